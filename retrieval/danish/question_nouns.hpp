// What "hvad", "what", "hvilken" and "which" ask for, by the words behind them. Pure functions over
// loose keys (see question_words.hpp); for question.cpp alone.
#pragma once

#include <cstddef>
#include <string_view>

#include "retrieval/danish/question.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {

/// "hvilken|hvilket|hvilke|which|what <noun>"; unknown when the noun says nothing.
[[nodiscard]] QuestionType type_of_noun(std::string_view noun);
[[nodiscard]] bool is_copula(std::string_view word);
/// "Hvad løb færgen op i", "hvad skal en voksen af med", "hvad fik de i støtte"; `words[what]` is
/// "hvad".
[[nodiscard]] bool asks_for_a_sum(const Words& words, std::size_t what);
/// `words[i]` is the question word.
[[nodiscard]] QuestionType type_of_what(const Words& words, std::size_t i);
[[nodiscard]] QuestionType type_of_which(const Words& words, std::size_t i);

}  // namespace raadbot::danish
