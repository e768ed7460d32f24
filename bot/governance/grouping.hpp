// Questions that mean the same, together: by their words' lemmas, the parts of their compounds, and
// what the council lexicon says stands for the same. Pure; no asker anywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {

struct QuestionGroup {
    std::string question;  ///< The one asked most, the shortest of those.
    std::int64_t count = 0;
    Date last{};
    std::vector<store::UnansweredRow> rows;  ///< The newest first.
};

/// The groups, most asked first. Quadratic in the number of different texts: give it some hundreds.
[[nodiscard]] std::vector<QuestionGroup> group_by_meaning(
    const std::vector<store::UnansweredRow>& rows, const danish::Lexicon& lexicon);

}  // namespace raadbot::governance
