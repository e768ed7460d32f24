// What was decided, voted or proposed in a case, from the papers of all the meetings it went
// through.
#pragma once

#include <optional>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/evidence.hpp"
#include "retrieval/answer/meetings.hpp"

namespace raadbot::answer {

/// Nothing when no case is about the topic, or its minutes do not tell. `ranked`: the weighed
/// candidates, best first.
[[nodiscard]] std::optional<MeetingAnswer> answer_from_cases(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<PassageEvidence>& ranked, const store::Store& store, const Access& access);

}  // namespace raadbot::answer
