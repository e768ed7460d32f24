// "Hvem er formand for teknikudvalget?", "hvad hedder borgmesteren?", also of a former council.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// The row or sentence that names who holds the office today, or at the time that the question
/// names. Nothing when no office of the council is asked for; Untold when one is and its holder is
/// nowhere printed for that body.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_offices(
    const QuestionView& question, const std::vector<std::string>& bodies, const Library& library,
    const Date& today);

}  // namespace raadbot::answer
