// Spelling repair towards a vocabulary (the ingested corpus first, the Danish dictionary second).
// Immutable after construction; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace raadbot::danish {

struct Correction {
    std::string word;       ///< A word of the vocabulary.
    double confidence = 0;  ///< 0..1; 1 = only the spelling of æøå or a doubled letter differs.
};

class Speller {
public:
    /// `vocabulary`: folded word -> how many passages hold it. Memory about 60 bytes a word.
    explicit Speller(std::unordered_map<std::string, std::uint32_t> vocabulary);

    /// Corrections of a word that is not in the vocabulary, best first, at most `limit`: ae/oe/aa and
    /// missing accents ("moede", "mode"), transposed, missing, doubled, neighbouring keys, split or joined
    /// words. Empty when the word is in the vocabulary, is shorter than 4 letters or nothing is near.
    [[nodiscard]] std::vector<Correction> correct(std::string_view folded, std::size_t limit = 3) const;
    [[nodiscard]] bool contains(std::string_view folded) const;
    [[nodiscard]] std::uint32_t frequency(std::string_view folded) const;

private:
    std::unordered_map<std::string, std::uint32_t> vocabulary_;
    std::unordered_map<std::string, std::vector<const std::string*>> by_skeleton_;
};

/// "aendring" -> "ændring" when ae/oe/aa may stand for æ/ø/å: all readings, input first.
[[nodiscard]] std::vector<std::string> digraph_readings(std::string_view folded);

}  // namespace raadbot::danish
