// Patterns of words, for recognising what is asked whatever the spelling. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::bot {

using Words = std::vector<std::string>;

/// The words of a text, their letters reduced to what people type: å, aa -> a; æ, ae -> a; ø, oe ->
/// o.
[[nodiscard]] Words loose_words(std::string_view text);

/// A pattern is words in order; "word*" matches a prefix, "..." lets up to four words stand
/// between, "^" is the beginning, "$" the end. Written in loose letters.
[[nodiscard]] bool matches(const Words& text, std::string_view pattern);

template <std::size_t N>
[[nodiscard]] bool any_match(const Words& text, const std::array<std::string_view, N>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](std::string_view pattern) { return matches(text, pattern); });
}

}  // namespace raadbot::bot
