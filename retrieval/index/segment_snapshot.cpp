#include "retrieval/index/segment_snapshot.hpp"

#include <algorithm>

namespace raadbot::index {
SegmentSnapshot::SegmentSnapshot(std::vector<SegmentView> segments,
                                 std::shared_ptr<const QueryBuilder> builder,
                                 std::shared_ptr<const Meaning> meaning, RerankOptions reranking,
                                 std::string version)
    : segments_(std::move(segments)),
      builder_(std::move(builder)),
      version_(std::move(version)),
      reranker_(*this, std::move(meaning), reranking) {
    for (const SegmentView& view : segments_) passages_ += view.segment->passages();
}

std::vector<Hit> SegmentSnapshot::search(const Request& request) const {
    const UnderstoodQuestion question = builder_->understand(request.text, *this);
    const Query query = quantise(question.groups);
    if (request.texts == nullptr) return search(query, request.filter, request.top_k);
    std::vector<Hit> hits =
        search(query, request.filter, std::max(request.top_k, reranker_.options().read));
    return reranker_.rerank(question, std::move(hits), *request.texts, request.top_k);
}

Query SegmentSnapshot::understand(std::string_view question) const {
    return builder_->build(question, *this);
}

std::vector<Hit> SegmentSnapshot::search(const Query& query, const Filter& filter,
                                         std::size_t k) const {
    return search_top_k(segments_, query, filter, k);
}

std::uint32_t SegmentSnapshot::document_frequency(std::string_view lemma) const {
    const TermKey key = term_key(TermSpace::word, lemma);
    std::uint32_t live = 0;
    for (const SegmentView& view : segments_) {
        if (view.deletes->empty()) {
            live += view.segment->holding(key);
            continue;
        }
        auto cursor = view.segment->cursor(key);
        if (!cursor) continue;
        cursor->for_range(0, view.segment->passages(), [&](DocNumber doc, std::uint32_t) {
            if (!view.deletes->contains(doc)) ++live;
        });
    }
    return live;
}

std::uint32_t SegmentSnapshot::passage_count() const {
    std::uint32_t live = 0;
    for (const SegmentView& view : segments_) {
        live += view.segment->passages() - view.deletes->count();
    }
    return live;
}

std::optional<std::string> SegmentSnapshot::correct(std::string_view folded) const {
    return correct_word(folded, *this);
}

std::uint32_t SegmentSnapshot::holding(TermKey key) const {
    std::uint32_t sum = 0;
    for (const SegmentView& view : segments_) sum += view.segment->holding(key);
    return sum;
}

std::uint32_t SegmentSnapshot::word_frequency(std::string_view word) const {
    std::uint32_t sum = 0;
    for (const SegmentView& view : segments_) sum += view.segment->words().frequency(word);
    return sum;
}

std::vector<std::string> SegmentSnapshot::words_with_prefix(std::string_view prefix,
                                                            std::size_t limit) const {
    std::vector<std::string> words;
    for (const SegmentView& view : segments_) {
        for (std::string& word : view.segment->words().with_prefix(prefix, limit)) {
            words.push_back(std::move(word));
        }
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    if (words.size() > limit) words.resize(limit);
    return words;
}

std::vector<SimilarWord> SegmentSnapshot::similar_words(std::string_view word,
                                                        float least_similarity,
                                                        std::size_t limit) const {
    std::string key = SimilarMemory::key(word, least_similarity, limit);
    if (auto known = similar_.find(key)) return std::move(*known);
    std::vector<SimilarWord> result;
    for (const SegmentView& view : segments_) {
        for (SimilarWord& similar : view.segment->words().similar(word, least_similarity, limit)) {
            result.push_back(std::move(similar));
        }
    }
    // A word of several segments counts as in the one where it is most similar.
    std::sort(result.begin(), result.end(), [](const SimilarWord& a, const SimilarWord& b) {
        return a.word != b.word ? a.word < b.word : a.similarity > b.similarity;
    });
    result.erase(
        std::unique(result.begin(), result.end(),
                    [](const SimilarWord& a, const SimilarWord& b) { return a.word == b.word; }),
        result.end());
    std::sort(result.begin(), result.end(), more_similar);
    if (result.size() > limit) result.resize(limit);
    if (segments_.size() > 1) {
        for (SimilarWord& similar : result) similar.frequency = word_frequency(similar.word);
    }
    similar_.keep(std::move(key), result);
    return result;
}

}  // namespace raadbot::index
