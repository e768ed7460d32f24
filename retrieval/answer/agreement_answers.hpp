// Who is behind a political agreement: "hvilke partier står bag budgetforliget", answered by the
// sentence that names the parties.
#pragma once

#include <optional>
#include <string_view>

#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// True when the question asks for the parties of an agreement, not for their votes. Pure.
[[nodiscard]] bool asks_for_parties_behind(const QuestionView& question);

/// How many parties the sentence calls parties to an agreement, by name or letter; zero when it
/// speaks of none. Pure.
[[nodiscard]] std::size_t parties_agreed(std::string_view sentence);

/// The newest such sentence that is about the agreement asked for. Nothing when it is not asked
/// for or nowhere printed.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_agreements(const QuestionView& question,
                                                                  const Library& library);

}  // namespace raadbot::answer
