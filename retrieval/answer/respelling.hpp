// Misspelt words of a question put right: by the words of the material first, then by those of the
// lexicon and the dictionary. Pure; needs the corpus statistics.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/spelling.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::answer {

/// For one question; both arguments must outlive it.
class Respelling {
public:
    Respelling(const index::Snapshot& snapshot, const danish::Speller& lexicon)
        : snapshot_(snapshot), lexicon_(lexicon) {}

    /// The tokens of a Danish question with misspelt words repaired, words that were written apart
    /// joined ("bolig støtte"), joined ones apart. A joined token spans both; of a parted one, both
    /// span it. An abbreviation ("MaaS") stays.
    [[nodiscard]] std::vector<danish::Token> repaired(std::string_view question) const;
    /// The tokens of an English question, repaired by the lexicon's words.
    [[nodiscard]] std::vector<danish::Token> repaired_english(
        std::vector<danish::Token> tokens) const;

private:
    /// Passages that hold the word in this or its basic form.
    [[nodiscard]] std::uint32_t frequency(const std::string& word) const;
    /// The material or the lexicon uses it.
    [[nodiscard]] bool in_use(const std::string& word) const;
    /// "vagtnummeret", "telefonbus": parts that are words, whether or not anybody here uses the
    /// whole. Nothing when it is no such compound; else what a slip may cost for the whole to be
    /// misspelt all the same.
    [[nodiscard]] std::optional<int> sound_compound(const std::string& word) const;
    [[nodiscard]] bool joins_the_same(const std::string& word, const std::string& other) const;
    [[nodiscard]] std::optional<std::string> meant(const std::string& word) const;
    [[nodiscard]] std::optional<std::string> repair(const std::string& word) const;
    [[nodiscard]] std::optional<std::string> correction(const std::string& word) const;
    /// "fristn", "kostr": the commonest word that has an e more.
    [[nodiscard]] std::optional<std::string> weak_e_restored(const std::string& word) const;
    /// "nåe", "efetr": the function word that an unknown one is a slip of.
    [[nodiscard]] std::optional<std::string> little_word(const std::string& word) const;
    /// "i udvalgt": the noun that the material has, where a preposition wants one.
    [[nodiscard]] std::optional<std::string> noun_meant(const std::vector<danish::Token>& tokens,
                                                        std::size_t at) const;
    /// "pairerne": an inflected form that the material has not, of a word that it has.
    [[nodiscard]] std::optional<std::string> inflected_correction(const std::string& word) const;
    /// The nearest word of the material or the lexicon, when one slip makes it.
    [[nodiscard]] std::optional<std::string> near(const std::string& word) const;
    /// "togbileter", "bandalarmen": a compound with one part misspelt.
    [[nodiscard]] std::optional<std::string> compound_correction(const std::string& word) const;
    /// Two words typed as one ("voresgruppe", "cykelstienlangs"), the first of which can begin no
    /// compound.
    [[nodiscard]] std::optional<std::string> parted(const std::string& word) const;
    /// One word typed as two: the word.
    [[nodiscard]] std::optional<std::string> together(const danish::Token& first,
                                                      const danish::Token& second) const;
    [[nodiscard]] std::vector<danish::Token> joined(std::vector<danish::Token> tokens) const;

    const index::Snapshot& snapshot_;
    const danish::Speller& lexicon_;
};

}  // namespace raadbot::answer
