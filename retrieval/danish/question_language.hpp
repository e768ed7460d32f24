// Which language a question is asked in. Pure functions; not for callers outside this folder (they
// ask question_language of lexicon.hpp).
#pragma once

#include <string>
#include <vector>

namespace raadbot::danish {

/// True when more of the folded words are English than Danish.
[[nodiscard]] bool is_english(const std::vector<std::string>& words);

}  // namespace raadbot::danish
