// Lists that are asked for as such, each item proved by its own place: which committees there are,
// who sits in one, which papers a case has.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// Nothing when no such list is asked for, or the material does not hold it as a list; Untold when
/// a body's members are asked for and are nowhere listed. `bodies`: those that hold meetings, as
/// printed.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_lists(
    const QuestionView& question, const std::vector<PassageEvidence>& ranked,
    const std::vector<std::string>& bodies, const Library& library, const Date& today);

/// "Hvilke stående udvalg har vi", and nothing more.
[[nodiscard]] bool asks_which_bodies(const QuestionView& question);

/// "Hvem sidder i teknikudvalget", "medlemmerne af byrådet".
[[nodiscard]] bool asks_for_members(const QuestionView& question);

}  // namespace raadbot::answer
