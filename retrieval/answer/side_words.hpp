// Words by which a question asks for a side of a matter and a sentence tells it (sides.hpp). Pure;
// internal to sides.cpp, sides_asked.cpp and demands.cpp.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

using SideWords = std::unordered_set<std::string_view>;

[[nodiscard]] inline bool holds(const std::vector<danish::Token>& tokens, const SideWords& words) {
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const danish::Token& token) { return words.contains(token.text); });
}

/// The two words next to each other.
[[nodiscard]] inline bool holds_pair(const std::vector<danish::Token>& tokens,
                                     std::string_view first, std::string_view second) {
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text == first && tokens[i + 1].text == second) return true;
    }
    return false;
}

/// "Depositum", "restværdien", "selvrisiko": a sum, and no price.
[[nodiscard]] bool is_other_sum(const danish::Token& token);

/// "Juleaften", "2. juledag", "påskedag": a day of a feast, or the days of one.
[[nodiscard]] bool names_feast(const danish::Token& token);

/// The first number behind one of these words ("over", "mere end"), without the points between its
/// thousands; empty when there is none.
[[nodiscard]] std::string number_behind(const std::vector<danish::Token>& tokens,
                                        const SideWords& words);

/// "Over 70", "mere end 20.000", "efter 30 dage"
inline const SideWords above_words{"over",  "mere",    "ældre", "længere",
                                   "flere", "derover", "udover"};
/// "Under 25", "indtil 10", "højst 3", "for de første 20.000"
inline const SideWords below_words{"under", "indtil", "højst", "første", "mindre", "yngre", "op"};

/// "Senest", "indtil", "ansøgningsfrist"; not "inden for 4,5 km".
[[nodiscard]] bool names_deadline(const std::vector<danish::Token>& tokens);

}  // namespace raadbot::answer
