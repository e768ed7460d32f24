// What building a query needs to know of the corpus. Implemented by snapshots and, plainly, by the
// reference.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/index/term.hpp"

namespace raadbot::index {

struct SimilarWord {
    std::string word;             ///< Folded surface word of the corpus.
    std::uint32_t frequency = 0;  ///< Passages that hold it.
    /// Which part of the trigrams of the sought "__word__" it holds, weighted by their rarity among
    /// words; 0..1.
    float similarity = 0;
};

/// More similar first, then by word.
[[nodiscard]] inline bool more_similar(const SimilarWord& a, const SimilarWord& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.word < b.word;
}

class CorpusView {
public:
    virtual ~CorpusView() = default;
    [[nodiscard]] virtual std::uint32_t passages() const = 0;
    /// Passages that hold the term.
    [[nodiscard]] virtual std::uint32_t holding(TermKey key) const = 0;
    /// Passages that hold the folded surface word.
    [[nodiscard]] virtual std::uint32_t word_frequency(std::string_view word) const = 0;
    /// Words of the corpus that share trigrams, most similar first, ties by word; without the word
    /// itself.
    [[nodiscard]] virtual std::vector<SimilarWord> similar_words(std::string_view word,
                                                                 float least_similarity,
                                                                 std::size_t limit) const = 0;
    /// The first words of the corpus that begin so, in order.
    [[nodiscard]] virtual std::vector<std::string> words_with_prefix(std::string_view prefix,
                                                                     std::size_t limit) const = 0;
};

}  // namespace raadbot::index
