// Words that carry little topic in a question put to a council or an authority: "mener", "holdning", "oplyse",
// "fortsat", "forvaltningen". They are searched for, at a lower weight. From general knowledge of such questions.
#pragma once

#include <string_view>

namespace raadbot::index {

[[nodiscard]] bool is_light_word(std::string_view lemma);

}  // namespace raadbot::index
