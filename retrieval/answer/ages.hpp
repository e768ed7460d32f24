// Ages: "Alder: 18-66 år" is where a price for "en på 30" stands. Pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// Whole years, both ends included.
struct Ages {
    int from = 0;
    int to = 0;
    friend bool operator==(const Ages&, const Ages&) = default;
};

/// Older than anybody; the end of "fra 67 år".
inline constexpr int oldest = 130;

/// The ages that a text says something for: "3-15 år", "fra 16 år", "under 18 år", "Alder: 12-17".
/// Lengths of time ("10 år") and times of day ("kl. 10-15") are none.
[[nodiscard]] std::vector<Ages> ages_of(std::string_view text);
/// The same; `tokens` is danish::tokenize(text).
[[nodiscard]] std::vector<Ages> ages_of(std::string_view text,
                                        const std::vector<danish::Token>& tokens);

/// An age of the group that a word names: "voksen" is 30, "barn" is 8; nothing for other words.
[[nodiscard]] std::optional<int> age_of_group(std::string_view lemma);

[[nodiscard]] bool holds_age(const std::vector<Ages>& ages, int age);

}  // namespace raadbot::answer
