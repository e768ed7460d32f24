// The second stage of a search: what the first stage found is read and put in a better order.
//
// The first stage adds up terms and knows nothing else of a passage. Here each found document is
// looked at as a whole (document_features.hpp), and beside it what its neighbours scored. A linear
// combination with global weights (QUALITY.md: what each gives). Deterministic; thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/document_features.hpp"
#include "retrieval/index/meaning.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/read_text.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::index {

struct RerankOptions {
    std::size_t read = 100;     ///< So many best passages of the first stage.
    std::size_t document = 12;  ///< At most so many passages are read of one document.
    // A catchword is found by other signs than a long question. Between the two the weights go
    // over into each other as n / (n + 8) does, where n is how many words are asked for.
    Features one_word = {3.4F,  -0.8F, 2.1F, -2.7F, 7.0F,  -2.9F, -3.0F, 3.8F, -3.3F, 2.0F,
                         -2.4F, 3.9F,  0.8F, 2.8F,  -0.2F, 1.4F,  1.4F,  0.5F, 4.5F};
    Features twenty_words = {3.3F,  9.1F,   15.5F, 11.2F, -6.5F, -4.3F, -3.0F, -12.7F, 14.5F, 1.5F,
                             18.0F, -16.8F, 2.1F,  -5.2F, 5.5F,  10.2F, 11.6F, 3.8F,   -22.4F};
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
    const CorpusView& corpus_;
    std::shared_ptr<const Meaning> meaning_;
    RerankOptions options_;
    TextReader reader_;
};

}  // namespace raadbot::index
