// A case by its number ("sag 24/1187"), and the number of a case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/evidence.hpp"

namespace raadbot::answer {

/// The case numbers of a text as papers print them, in order.
[[nodiscard]] std::vector<std::string> case_numbers_in(std::string_view text);

/// "Hvad handler sag 24/1187 om?", "hvad er sagsnummeret på cykelstien?": a case by its number, or
/// the number of a case, which stand in no text. Nothing when that is not asked, or no case of that
/// number or name is there.
[[nodiscard]] std::optional<Proof> answer_from_case_number(
    const QuestionView& question, const std::vector<PassageEvidence>& ranked,
    const store::Store& store, const Access& access);

}  // namespace raadbot::answer
