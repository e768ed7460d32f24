// Answers that a meeting's own page gives: its agenda, who was there, when and where it is held.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// The one meeting that is meant: within the scope, else the next (agenda) or the last held
/// (attendance). Null when there is none; points into `meetings`.
[[nodiscard]] const store::Store::Meeting* meeting_meant(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<store::Store::Meeting>& meetings, const Date& today);

/// What a meeting decided, item by item: the first words of each decision under its item's title.
[[nodiscard]] std::optional<Proof> decisions_of_meeting(const store::Store::Meeting& meeting,
                                                        const store::Store& store,
                                                        const Access& access);

/// The agenda's items, or who was there.
[[nodiscard]] std::optional<Proof> answer_from_meeting_page(const QuestionView& question,
                                                            const store::Store::Meeting& meeting,
                                                            const store::Store& store,
                                                            const Access& access,
                                                            const Date& today);

/// "Hvornår er næste byrådsmøde?": a meeting's time or place and nothing else.
[[nodiscard]] bool asks_when_meeting(const QuestionView& question);

/// The meeting page's own line of date, time and place.
[[nodiscard]] std::optional<Proof> when_and_where(const store::Store::Meeting& meeting,
                                                  const store::Store& store, const Access& access);

/// Bodies with a meeting to come, the next first.
[[nodiscard]] std::vector<std::string> bodies_that_meet(
    const std::vector<store::Store::Meeting>& meetings, const Date& today);

}  // namespace raadbot::answer
