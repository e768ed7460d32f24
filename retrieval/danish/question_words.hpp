// The words of a question for telling its type: loose keys (see pieces.hpp) with misspelt question
// words repaired. Pure functions; not for callers outside this folder.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

/// Marks that part clauses are empty words.
using Words = std::vector<std::string>;

[[nodiscard]] Words words_of(std::string_view question);

/// True when the phrase (words separated by blanks) stands at words[i].
[[nodiscard]] bool at(const Words& words, std::size_t i, std::string_view phrase);
[[nodiscard]] bool at_any(const Words& words, std::size_t i,
                          std::initializer_list<std::string_view> phrases);
/// True when one of the phrases stands anywhere.
[[nodiscard]] bool has(const Words& words, std::initializer_list<std::string_view> phrases,
                       std::size_t from = 0);
/// True when a word holds one of the parts.
[[nodiscard]] bool has_part(const Words& words, std::initializer_list<std::string_view> parts);
/// The word, or an empty one behind the end.
[[nodiscard]] std::string word_at(const Words& words, std::size_t i);
[[nodiscard]] bool ends_with_any(std::string_view word,
                                 std::initializer_list<std::string_view> ends);

[[nodiscard]] bool is_question_word(std::string_view word);
/// A verb that opens a yes/no question.
[[nodiscard]] bool is_auxiliary(std::string_view word);

/// "vedtaget", "approved": a decision as a state.
[[nodiscard]] bool participle(const Words& words);
[[nodiscard]] bool past_decision(const Words& words);
[[nodiscard]] bool vote_words(const Words& words);
[[nodiscard]] bool money_words(const Words& words);

}  // namespace raadbot::danish
