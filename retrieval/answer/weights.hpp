// The weights of evidence. Fitted, not guessed: tests/golden/fit_weights says how; refit when
// features change, and report how each town fares under weights fitted on the other.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "retrieval/answer/features.hpp"

namespace raadbot::answer {

struct Weight {
    std::string_view feature;
    float value = 0;
};

/// Softmax over the sentences of all candidates: which one tells what was asked.
extern const std::array<Weight, rank_feature_count> rank_weights;
/// Logistic: does the best sentence's place answer the question?
extern const std::array<Weight, decision_feature_count> decision_weights;
extern const float decision_bias;
/// Logistic too: of the signs of a question's form (question_form.hpp), sorted by them.
extern const std::span<const Weight> form_weights;
/// Softmax as well: of a sign of a sentence's wording where a sign of what is asked for holds, ""
/// for any question (wording.hpp).
struct WordingWeight {
    std::string_view asking;
    std::string_view sign;
    float value = 0;
};
extern const std::span<const WordingWeight> wording_weights;
/// Answers from here on are given, well above where one more right answer would cost one more wrong
/// one: a wrong answer costs more trust than a refusal that quotes the nearest place.
extern const float least_confidence;

}  // namespace raadbot::answer
