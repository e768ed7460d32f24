// "Hvornår mødes økonomiudvalget i december?", "hvornår er næste byrådsmøde?": from the meetings'
// own pages and from calendars, never with a date that has passed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// When a meeting is to be held, as a question asks it.
struct MeetingDateAsked {
    enum class Which { first, last, all };
    Which which = Which::first;
    Date from{};        ///< Inclusive; never before today.
    Date to{};          ///< Inclusive.
    bool next = false;  ///< "næste": no time was said but that it comes.
};

/// Nothing when the question asks for something else, for a meeting that was held, or for the
/// usual day of the month.
[[nodiscard]] std::optional<MeetingDateAsked> meeting_date_asked(const QuestionView& question,
                                                                 const Date& today);

/// Nothing when no coming meeting is asked for, or no body is named. Untold when one is and the
/// material knows none.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_calendar(
    const QuestionView& question, const std::vector<store::Store::Meeting>& meetings,
    const std::vector<std::string>& bodies, const Library& library, const Date& today);

}  // namespace raadbot::answer
