// What a follow-up takes from the question before it. Pure functions.
#pragma once

#include "retrieval/answer/aspects.hpp"
#include "retrieval/danish/follow_up.hpp"

namespace raadbot::answer {

/// Completes `view`, a question understood by itself, with what it leaves unsaid of `before`, the
/// earlier question (itself completed already). What it says anew takes its place: "og hvad med
/// suppleanter?" keeps what was asked and puts the substitutes where the members stood; "hvad
/// koster det?" keeps what was spoken of and drops what was asked about it. Changes type, signs,
/// aspects, dates, bodies and the texts that are searched for.
void lean_on(QuestionView& view, const danish::FollowUp& form, const QuestionView& before);

/// "og året før?" behind a question about 2027 is "og 2026?": the text with the year that it counts
/// from the last one of the earlier questions (oldest first); the text itself when there is none.
[[nodiscard]] std::string with_counted_year(std::string_view text,
                                            const std::vector<std::string>& previous,
                                            const Date& today);

}  // namespace raadbot::answer
