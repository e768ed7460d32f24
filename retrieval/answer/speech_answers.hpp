// What somebody said at a meeting, from its transcript.
#pragma once

#include <optional>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// The turn in which, or shortly after which, the topic is spoken of by the speaker that the
/// question names; nothing when there is none.
[[nodiscard]] std::optional<Proof> answer_from_speech(const QuestionView& question,
                                                      const MeetingScope& scope,
                                                      const std::vector<PassageEvidence>& ranked,
                                                      const store::Store& store,
                                                      const Access& access, const Date& today);

}  // namespace raadbot::answer
