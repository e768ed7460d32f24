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
    /// `vocabulary`: folded word -> how many passages hold it. Memory about 130 bytes a word.
    explicit Speller(std::unordered_map<std::string, std::uint32_t> vocabulary);
    Speller(const Speller&) = delete;  // items point into the vocabulary
    Speller& operator=(const Speller&) = delete;
    Speller(Speller&&) = default;
    Speller& operator=(Speller&&) = default;
    ~Speller() = default;

    /// Corrections of a word that is not in the vocabulary, best first, at most `limit`: ae/oe/aa
    /// and missing accents ("moede", "mode"), transposed, missing, doubled, neighbouring keys,
    /// split or joined words ("kommunensbudget" gives "kommunens budget", the only correction that
    /// holds a blank; "cykel-sti" and "cykel sti" give "cykelsti"). Empty when the word is in the
    /// vocabulary, is shorter than 4 letters or nothing is near.
    [[nodiscard]] std::vector<Correction> correct(std::string_view folded,
                                                  std::size_t limit = 3) const;
    [[nodiscard]] bool contains(std::string_view folded) const;
    [[nodiscard]] std::uint32_t frequency(std::string_view folded) const;

private:
    struct Item {
        std::uint32_t offset = 0;  ///< Of the word in Latin-1, in letters_.
        std::uint32_t frequency = 0;
        const std::string* word = nullptr;  ///< A key of vocabulary_.
    };
    /// Words of the same number of letters. The masks say which letters a word has once and which
    /// twice or more: an edit adds at most one bit and takes at most one, so most words are never
    /// read.
    struct Group {
        std::vector<std::uint64_t> masks;
        std::vector<Item> items;
    };

    [[nodiscard]] std::vector<Correction> similar(std::string_view word, std::size_t limit) const;
    [[nodiscard]] std::vector<Correction> rejoined(std::string_view folded) const;

    std::unordered_map<std::string, std::uint32_t> vocabulary_;
    std::string letters_;
    std::vector<Group> by_length_;
    std::unordered_map<std::string, const std::string*>
        by_bare_;  ///< Hyphenated words, hyphens left out.
    std::unordered_map<std::string, std::vector<const std::string*>> by_sound_;  ///< By sound_key.
};

/// "aendring" -> "ændring" when ae/oe/aa may stand for æ/ø/å: all readings, input first.
[[nodiscard]] std::vector<std::string> digraph_readings(std::string_view folded);

}  // namespace raadbot::danish
