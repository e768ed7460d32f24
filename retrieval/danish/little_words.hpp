// Function words that questions are made of, and which of them an unknown word is a slip of. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace raadbot::danish {

struct LittleWord {
    std::string_view word;
    int slip = 0;  ///< What the slip costs; see SlipCost.
};

/// "nåe" -> "når", "efetr" -> "efter": the function word that one slip makes `folded` of; of equals
/// the commonest. The word must be at least 3 letters long, and unknown: this does not look.
[[nodiscard]] std::optional<LittleWord> nearest_little_word(std::string_view folded);

}  // namespace raadbot::danish
