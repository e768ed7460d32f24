// From a question to weighted terms in groups: one group for each thing asked about.
//
// Reads the corpus view and the Danish dictionary; the same question and the same corpus give the
// same query. Weights are global and general (QUALITY.md has the ablation); nothing is learned from
// questions. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/scorer.hpp"

namespace raadbot::index {

/// Everything that can be switched off alone for an ablation. A weight multiplies the idf of the
/// term.
struct QueryTuning {
    float part_weight =
        0.7F;  ///< Parts of a compound that was asked for, each evidence of its own.
    float join_weight = 0.5F;     ///< Two neighbouring words written as one.
    float pair_weight = 0.3F;     ///< Two neighbouring words found next to each other.
    float derived_weight = 0.6F;  ///< "beregning" for "beregne" (derivation.hpp).
    float similar_weight =
        0.6F;  ///< Words that hold most of the asked word's trigrams, times similarity.
    float least_similarity = 0.35F;
    std::size_t similar_words = 12;
    float surface_weight = 0.3F;  ///< The very form that was asked for.
    float gram_weight = 0;        ///< Character n-grams; off, they double the index (QUALITY.md).
    unsigned grams = 0;
    float lexicon_weight = 0.8F;
    float thesaurus_weight = 0.15F;
    float repeat_weight = 0.4F;  ///< A word that was asked for before.
    bool spelling = true;
    bool keep_stop_words = false;
};

/// A content word of the question and what may stand for it.
struct AskedWord {
    struct Alternative {
        TermKey key = 0;
        float strength = 0;  ///< 1 for the word itself.
    };
    std::string text;  ///< Folded, spelling repaired.
    std::string lemma;
    std::vector<std::string> parts;
    std::vector<Alternative> alternatives;
    double idf = 0;
    bool is_word = false;  ///< As opposed to numbers, paragraphs and case numbers.
};

struct UnderstoodQuestion {
    std::vector<TermGroup> groups;
    std::vector<AskedWord> asked;
    std::vector<std::string> tokens;  ///< All of them, folded.
};

class QueryBuilder {
public:
    QueryBuilder(std::shared_ptr<const danish::Lexicon> lexicon, QueryTuning tuning);

    [[nodiscard]] UnderstoodQuestion understand(std::string_view question,
                                                const CorpusView& corpus) const;
    [[nodiscard]] std::vector<TermGroup> groups(std::string_view question,
                                                const CorpusView& corpus) const {
        return understand(question, corpus).groups;
    }
    [[nodiscard]] Query build(std::string_view question, const CorpusView& corpus) const {
        return quantise(groups(question, corpus));
    }

private:
    class Draft;
    [[nodiscard]] std::string lemma(const std::string& folded) const;

    std::shared_ptr<const danish::Lexicon> lexicon_;  ///< May be null.
    QueryTuning tuning_;
    const danish::Morphology& morphology_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, std::string>
        lemmas_;  ///< Remembered: corpora repeat words.
};

/// The best correction of a word that the corpus does not hold: by spelling distance among the
/// similar words of the corpus, and ae/oe/aa read as æ/ø/å.
[[nodiscard]] std::optional<std::string> correct_word(std::string_view folded,
                                                      const CorpusView& corpus);

}  // namespace raadbot::index
