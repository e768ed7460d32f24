// What a word is where it stands in a Danish question: "stemme" and "leje" are nouns and verbs.
#pragma once

#include <string_view>
#include <vector>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// The dictionary's commonest reading of the word at `position`, or another one of its readings
/// where the words around it allow no other: behind a subject and its modal comes a verb, behind
/// a preposition none. Same input, same output; safe from any thread.
[[nodiscard]] danish::Morphology::Kind kind_in_question(const std::vector<danish::Token>& tokens,
                                                        std::size_t position);

/// "sidder", "mistede", "betalte": the present or past form of some verb.
[[nodiscard]] bool is_verb_form(std::string_view word);

}  // namespace raadbot::answer
