// The names of Denmark's municipalities, to know when another one is asked about. Pure.
#pragma once

#include <string_view>

namespace raadbot::danish {

/// `folded`: one word, as tokenize() gives it. Names that are also another word ("Vejen", "Odder")
/// are not known; of "Ikast-Brande" and the like the first part is.
[[nodiscard]] bool is_municipality(std::string_view folded);

}  // namespace raadbot::danish
