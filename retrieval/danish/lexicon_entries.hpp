// What the lexicon holds in memory, and how its files become that: shared by lexicon_reading.cpp
// and lexicon.cpp. Not for others; ask Lexicon.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/morphology.hpp"

namespace raadbot::danish {

/// One reading of a "from": its words and what they stand for.
struct LexiconEntry {
    std::vector<std::string> words;  ///< Folded surface.
    std::vector<std::string> lemmas;
    std::vector<std::string> target;  ///< Folded words of the official term.
    ExpansionKind kind = ExpansionKind::synonym;
    float weight = 0;
    bool capitals = false;  ///< The everyday word of the same letters is common ("MED", "TA").
};

/// One item of a list, taken apart once for all the pairs it stands in.
struct LexiconPhrase {
    std::string_view text;
    std::vector<std::string> words;   ///< Folded.
    std::vector<std::string> lemmas;  ///< As the asker's words will be compared.
};

struct LexiconData {
    std::vector<LexiconEntry> entries;
    /// First word or its lemma -> entries, longest phrase first.
    std::unordered_map<std::string, std::vector<std::uint32_t>> danish;
    std::unordered_map<std::string, std::vector<std::uint32_t>>
        english;  ///< By english_stem of the first word.

    Contrasts contrasts;
    TypicalQuestions typical_questions;
    EnglishWords english_words;

    std::unordered_map<std::string, std::string> lemmas;  ///< Empty after finish().

    [[nodiscard]] Result<void> read(const std::filesystem::path& file,
                                    const Morphology& morphology);
    void add(const LexiconPhrase& from, const LexiconPhrase& to, ExpansionKind kind, float weight);
    /// Morphology::lemma, asked once for each word of the files.
    const std::string& lemma_of(const std::string& word, const Morphology& morphology);
    void finish();
};

struct Lexicon::Data : LexiconData {};

/// The words of a text, folded.
[[nodiscard]] std::vector<std::string> folded_words(std::string_view text);

/// English plural and verb endings off, so that "members" finds "member" and "parking" stays.
[[nodiscard]] std::string english_stem(std::string_view word);

}  // namespace raadbot::danish
