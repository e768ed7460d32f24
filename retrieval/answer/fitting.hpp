// Whether a sentence holds the kind of fact that a question asks for: a date for "hvornår", a sum
// for "hvad koster". Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

/// True when the sentence's facts are of the kind the question type asks for; types that ask for no
/// special kind are always fitted.
[[nodiscard]] bool fits(const QuestionView& question, const Facts& facts, bool money_unit);

/// "De 43 ejendomme" does not tell how much "de 43 ejendomme hver" get: every number of the text is
/// one of `asked`, the question's own.
[[nodiscard]] bool only_repeats_numbers(const std::vector<std::string>& asked,
                                        std::string_view text);

/// The numbers of a question that asks how much or how many, as written; none of other questions.
[[nodiscard]] std::vector<std::string> numbers_of(const QuestionView& question);

/// "Hvor lang er køen": so many wait.
[[nodiscard]] bool asks_for_queue(const QuestionView& question);

/// True when the question asks for a special kind of fact.
[[nodiscard]] bool wants_kind(const QuestionView& question);

/// Questions whose place is the papers of meetings.
[[nodiscard]] bool is_about_meetings(danish::QuestionType type);

}  // namespace raadbot::answer
