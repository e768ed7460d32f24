// From a question to weighted terms in groups: one group for each thing asked about.
//
// Pure apart from reading the corpus view; the same question and the same corpus give the same query.
// Weights are global and come from general considerations (see QUALITY.md), never from a set of questions.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/scorer.hpp"

namespace raadbot::index {

/// Everything that can be switched off alone for an ablation.
struct QueryTuning {
    float part_weight = 0.35F;       ///< Parts of a compound that was asked for.
    float join_weight = 1.0F;        ///< Two neighbouring words written as one.
    float pair_weight = 0.3F;        ///< Two neighbouring words found next to each other.
    float similar_weight = 0.5F;     ///< Words that share most trigrams.
    float least_similarity = 0.5F;
    std::size_t similar_words = 12;
    float surface_weight = 0;
    float gram_weight = 0;
    unsigned grams = 0;
    float lexicon_weight = 0.8F;
    float thesaurus_weight = 0.15F;
    bool spelling = true;
    bool keep_stop_words = false;
};

class QueryBuilder {
public:
    QueryBuilder(std::shared_ptr<const danish::Lexicon> lexicon, QueryTuning tuning);

    [[nodiscard]] std::vector<TermGroup> groups(std::string_view question,
                                                const CorpusView& corpus) const;
    [[nodiscard]] Query build(std::string_view question, const CorpusView& corpus) const {
        return quantise(groups(question, corpus));
    }

private:
    std::shared_ptr<const danish::Lexicon> lexicon_;  ///< May be null.
    QueryTuning tuning_;
};

/// The best correction of a word that the corpus does not hold: by spelling distance among the similar
/// words of the corpus, and ae/oe/aa read as æ/ø/å.
[[nodiscard]] std::optional<std::string> correct_word(std::string_view folded,
                                                      const CorpusView& corpus);

}  // namespace raadbot::index
