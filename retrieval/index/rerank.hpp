// The second stage of a search: what the first stage found is read and put in a better order.
//
// The first stage adds up terms and knows nothing else of a passage. Here the found passages of a
// document are looked at together: closeness of the asked words, phrases, the title, spelling-like
// and meaning-like resemblance, and what neighbouring documents scored. A linear combination of
// such features with global weights (QUALITY.md: what each gives). Deterministic; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/meaning.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::index {

enum class Feature : std::size_t {
    first_stage,  ///< Best passage, by the best of all.
    whole,        ///< Sum of the document's passages in the first stage, by the greatest such sum.
    grams,        ///< Character 4-grams, BM25.
    title_grams,  ///< Of the title, cosine-like.
    title_words,  ///< Harmonic mean: title words asked for, and asked words in the title.
    neighbours,   ///< First stage of the most similar of the found documents.
    closeness,    ///< Words asked side by side, near each other.
    phrases,      ///< Two words as they stand in the question, function words included.
    topic,        ///< Direction of the whole text against that of the question.
    kindred,      ///< For each asked word its nearest in meaning.
    lookalikes,   ///< For each asked word its nearest in writing.
    covered,      ///< Part of the asked words that is there, by idf. Its weight is below zero
                  ///< because `kindred` counts a word that is there as well.
    count
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::count);
using Features = std::array<float, feature_count>;

struct RerankOptions {
    std::size_t read = 100;  ///< So many best passages of the first stage.
    Features weights = {4.7F, 1.1F, 2.0F, 1.0F, 1.3F, 2.5F, 2.2F, 1.0F, 4.8F, 4.8F, 2.7F, -2.5F};
};

/// A found document: which hits are its passages, and what was seen of it.
struct FoundDocument {
    std::vector<std::size_t> hits;  ///< Places in the list of hits, best first.
    Features features{};
};

class Reranker {
public:
    /// `meaning` may be null. The corpus must outlive the reranker.
    Reranker(const CorpusView& corpus, std::shared_ptr<const Meaning> meaning,
             RerankOptions options);
    ~Reranker();
    Reranker(const Reranker&) = delete;
    Reranker& operator=(const Reranker&) = delete;

    /// `hits`: of the first stage, best first. Passages that were not read follow the others. At
    /// most k.
    [[nodiscard]] std::vector<Hit> rerank(const UnderstoodQuestion& question, std::vector<Hit> hits,
                                          const PassageTexts& texts, std::size_t k) const;
    /// What rerank() weighs, in order of each document's best hit.
    [[nodiscard]] std::vector<FoundDocument> look(const UnderstoodQuestion& question,
                                                  std::span<const Hit> hits,
                                                  const PassageTexts& texts) const;
    [[nodiscard]] const RerankOptions& options() const { return options_; }

private:
    struct Word;
    struct Text;
    class Look;
    using WordPointer = std::shared_ptr<const Word>;

    [[nodiscard]] WordPointer word(const std::string& text, bool letters) const;
    [[nodiscard]] std::vector<WordPointer> words(std::string_view text) const;
    [[nodiscard]] std::shared_ptr<const Text> analyse(const PassageText& passage) const;

    const CorpusView& corpus_;
    std::shared_ptr<const Meaning> meaning_;
    RerankOptions options_;
    mutable std::mutex mutex_;  ///< Of what is remembered.
    mutable std::unordered_map<std::string, WordPointer> words_;
    mutable std::unordered_map<PassageId, std::shared_ptr<const Text>> texts_;
};

}  // namespace raadbot::index
