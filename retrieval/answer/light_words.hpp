// Words that a question may hold without being about them.
#pragma once

#include <string_view>

namespace raadbot::answer {

/// Everyday verbs, adjectives, adverbs and empty nouns ("bruge", "ting", "hurtig"), by lemma. A
/// passage need not repeat them.
[[nodiscard]] bool is_light_word(std::string_view lemma);

/// Words that only say what kind of answer is wanted ("koster", "hvornår", "telefonnummer",
/// "dato"): the kind of fact in the sentence answers them, not the word.
[[nodiscard]] bool is_question_frame(std::string_view lemma);

/// Words with which one asks for a case's outcome ("endte", "besluttet", "vedtaget", "skete").
[[nodiscard]] bool is_decision_frame(std::string_view lemma);

}  // namespace raadbot::answer
