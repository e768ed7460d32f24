// What somebody said at a meeting, from its transcript.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/library.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// The turn in which the speaker that the question names speaks of the topic, or of the item that
/// is about it: by name, by office (who held it on the meeting's day, as the material says) or by
/// party; else what the minutes have of his stand. Nothing when the question calls nobody; Untold
/// when it asks what somebody said who said nothing of it. `bodies`: those in the material, as
/// printed.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_speech(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<PassageEvidence>& ranked, const std::vector<std::string>& bodies,
    const Library& library, const Date& today);

/// True when the question asks what somebody said: "hvad sagde", "ifølge ... på mødet".
[[nodiscard]] bool asks_for_speech(const QuestionView& question);

}  // namespace raadbot::answer
