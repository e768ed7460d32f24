// The obvious search index: everything in ordinary maps, every passage that shares a term is
// scored, the scores are sorted. Slow on purpose; each test of the fast index compares with it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::index::reference {

/// True when the passage may be shown to the asker and lies in the asked range.
[[nodiscard]] bool passes(const Filter& filter, const Entry& entry);

class PlainIndex final : public CorpusView {
public:
    PlainIndex(Scoring scoring, Analyzer::Representation representation);

    void add(const Entry& entry);
    void remove(PassageId id);

    /// Passages with a score above zero that pass the filter, best first, ties by smaller id, at
    /// most k.
    [[nodiscard]] std::vector<Hit> search(const Query& query, const Filter& filter,
                                          std::size_t k) const;

    [[nodiscard]] std::uint32_t passages() const override;
    [[nodiscard]] std::uint32_t holding(TermKey key) const override;
    [[nodiscard]] std::uint32_t word_frequency(std::string_view word) const override;
    [[nodiscard]] std::vector<SimilarWord> similar_words(std::string_view word,
                                                         float least_similarity,
                                                         std::size_t limit) const override;
    [[nodiscard]] std::vector<std::string> words_with_prefix(std::string_view prefix,
                                                             std::size_t limit) const override;

private:
    struct Passage {
        Entry entry;  ///< Its texts are empty.
        std::vector<Posting> postings;
        std::vector<std::string> words;
    };

    Analyzer analyzer_;
    std::vector<Passage> passages_;                        ///< Removed ones stay, without postings.
    std::unordered_map<PassageId, std::size_t> place_of_;  ///< Of the living.
    std::unordered_map<TermKey, std::vector<std::pair<std::size_t, std::uint8_t>>> postings_;
    std::map<std::string, std::uint32_t> words_;
    std::unordered_map<std::string, std::map<std::string, std::uint32_t>> words_of_trigram_;
};

/// Character trigrams of "__word__" (bytes of code points), sorted, without doubles.
[[nodiscard]] std::vector<std::string> trigrams(std::string_view word);

}  // namespace raadbot::index::reference
