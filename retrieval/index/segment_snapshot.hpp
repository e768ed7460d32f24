// One published version of the index: segments with their deletes, and the understanding of
// questions. Immutable but for memory of what similar words were found; thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/rerank.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/index/similar_memory.hpp"
#include "retrieval/index/top_k.hpp"

namespace raadbot::index {

class SegmentSnapshot final : public Snapshot, public CorpusView {
public:
    /// `meaning` may be null.
    SegmentSnapshot(std::vector<SegmentView> segments, std::shared_ptr<const QueryBuilder> builder,
                    std::shared_ptr<const Meaning> meaning, RerankOptions reranking,
                    std::string version);

    [[nodiscard]] std::vector<Hit> search(const Request& request) const override;
    [[nodiscard]] std::unique_ptr<Gate> gate(const Filter& filter) const override;
    [[nodiscard]] std::uint32_t document_frequency(std::string_view lemma) const override;
    [[nodiscard]] std::uint32_t passage_count() const override;
    [[nodiscard]] std::optional<std::string> correct(std::string_view folded) const override;
    [[nodiscard]] std::string version() const override { return version_; }

    // CorpusView. Deleted passages count until a merge drops them, as in other engines of this
    // kind.
    [[nodiscard]] std::uint32_t passages() const override { return passages_; }
    [[nodiscard]] std::uint32_t holding(TermKey key) const override;
    [[nodiscard]] std::uint32_t word_frequency(std::string_view word) const override;
    [[nodiscard]] std::vector<SimilarWord> similar_words(std::string_view word,
                                                         float least_similarity,
                                                         std::size_t limit) const override;

    [[nodiscard]] std::vector<std::string> words_with_prefix(std::string_view prefix,
                                                             std::size_t limit) const override;

    [[nodiscard]] const Reranker& reranker() const { return reranker_; }
    /// The understood question, for tests and measurement.
    [[nodiscard]] Query understand(std::string_view question) const;
    [[nodiscard]] std::vector<Hit> search(const Query& query, const Filter& filter,
                                          std::size_t k) const;
    [[nodiscard]] const std::vector<SegmentView>& segments() const { return segments_; }

private:
    std::vector<SegmentView> segments_;
    std::shared_ptr<const QueryBuilder> builder_;
    std::string version_;
    std::uint32_t passages_ = 0;
    Reranker reranker_;
    mutable SimilarMemory similar_;
};

}  // namespace raadbot::index
