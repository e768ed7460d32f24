// Evidence as JSON: every candidate's features, for fitting the weights that decide.
#pragma once

#include <string>
#include <vector>

#include "retrieval/answer/evidence.hpp"

namespace raadbot::answer {

/// One JSON object; `special`: the papers of meetings answer the question in their own way.
[[nodiscard]] std::string to_json(const QuestionView& question,
                                  const std::vector<PassageEvidence>& ranked, bool special);

}  // namespace raadbot::answer
