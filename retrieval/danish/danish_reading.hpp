// An English question in Danish words, so that it is read as a Dane's question is: its kind, its
// side of the matter, its words. Word for word and phrase for phrase (english_words.hpp), with the
// verb where Danish has it; names and unknown words stay. For searching, not for showing. Pure.
#pragma once

#include <string>
#include <string_view>

#include "retrieval/danish/english_words.hpp"
#include "retrieval/danish/lexicon.hpp"

namespace raadbot::danish {

/// `question`: English, UTF-8. `used`: which compounds the material has ("bus card" is "buskort"
/// there); empty joins none.
[[nodiscard]] std::string danish_reading(std::string_view question, const EnglishWords& words,
                                         const UsedWords& used);

}  // namespace raadbot::danish
