// An English question cut into the words and phrases of the dictionary, and what of its words the
// grammar turns on. Pure; internal to danish_reading.cpp.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/danish/english_words.hpp"

namespace raadbot::danish {

/// English to Danish, of words that the grammar reads by itself.
using GrammarWords = std::unordered_map<std::string_view, std::string_view>;
[[nodiscard]] const GrammarWords& pronouns();
[[nodiscard]] const GrammarWords& determiners();
[[nodiscard]] const GrammarWords& modals();

[[nodiscard]] inline bool is_do(std::string_view word) {
    return word == "do" || word == "does" || word == "did";
}
[[nodiscard]] inline bool was(std::string_view word) { return word == "was" || word == "were"; }
[[nodiscard]] inline bool is_have(std::string_view word) {
    return word == "has" || word == "have" || word == "had";
}
[[nodiscard]] bool is_be(std::string_view word);
[[nodiscard]] bool is_preposition(std::string_view word);

/// A word or a phrase of the files.
struct Chunk {
    std::string text;   ///< Folded.
    std::string typed;  ///< As it stands.
    const std::vector<EnglishSense>* senses = nullptr;
    bool genitive = false;
    bool capital = false;  ///< Not by the beginning of a sentence.
    char mark = 0;         ///< Behind it: , . ? ! ; :
};

/// A reading of the chunk as a word of the class, or as the form of a verb; nullptr when it has
/// none. Borrowed from the dictionary.
[[nodiscard]] const EnglishSense* sense_of(const Chunk& chunk, EnglishClass word_class);
[[nodiscard]] const EnglishSense* verb_of(const Chunk& chunk, EnglishForm form);
/// It has no other reading.
[[nodiscard]] bool is_only_verb(const Chunk& chunk);

/// The longest phrases that the dictionary has, and what it does not know word by word.
/// `dictionary` must outlive them.
[[nodiscard]] std::vector<Chunk> english_chunks(std::string_view question,
                                                const EnglishWords& dictionary);

}  // namespace raadbot::danish
