// Words that a text leaves to its reader: the shared end of compounds ("søn- og helligdage" speaks
// of Sundays), the days of a range ("mandag-fredag" holds Wednesday), and the joined word of a verb
// whose particle stands apart ("rives ned" speaks of "nedrivning"). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

/// Folded, each kind in the order of the text, perhaps with doubles. `tokens` is tokenize(text).
[[nodiscard]] std::vector<std::string> implied_words(std::string_view text,
                                                     const std::vector<Token>& tokens);

}  // namespace raadbot::danish
