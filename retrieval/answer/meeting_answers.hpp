// Answers that only the papers of meetings can give: what was decided, how was voted, who was
// there, what is on the agenda.
#pragma once

#include <optional>
#include <vector>

#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// Nothing when the question is not of that kind or the minutes do not tell; the general way is
/// then tried. `ranked`: the weighed candidates, best first.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_meetings(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<PassageEvidence>& ranked, const std::vector<store::Store::Meeting>& meetings,
    const Library& library, const Date& today);

/// True when the passage lies within the time and body that the question names.
[[nodiscard]] bool fits_scope(const QuestionView& question, const MeetingScope& scope,
                              const PassageView& view, const Date& today);

/// Questions about what a meeting did; only minutes answer them.
[[nodiscard]] bool is_about_decisions(const QuestionView& question);

}  // namespace raadbot::answer
