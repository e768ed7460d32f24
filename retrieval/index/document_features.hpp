// What a found document has to do with a question: the figures that the second stage weighs.
//
// The document's passages are looked at as one text. Most figures are means over the asked words,
// weighted by their rarity, of how well the document holds each. All are about 0..1. QUALITY.md
// says what each gives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/meaning.hpp"
#include "retrieval/index/query_builder.hpp"
#include "retrieval/index/read_text.hpp"

namespace raadbot::index {

enum class Feature : std::size_t {
    first_stage,  ///< Best passage, by the best of all.
    neighbours,   ///< First stage of the most similar of the found documents.
    words,        ///< BM25F.
    likelihood,   ///< Query likelihood with Dirichlet smoothing (C. Zhai, J. Lafferty, 2004).
    repeated,     ///< Logarithm of how much more often than expected; no length normalisation.
    central,      ///< As words, those asked words in front that point where the question points.
    covered,      ///< Is it there.
    grams,        ///< BM25F of character 4-grams.
    gram_cosine,  ///< Of character 4-grams.
    title_grams,  ///< Of the title, cosine-like.
    line,         ///< Best line: harmonic mean of how much of each is in the other.
    line_cosine,  ///< Best line, cosine-like.
    opening,      ///< Is it in the title or the first words.
    together,     ///< Two neighbouring asked words within a few words (as in D. Metzler,
                  ///< W. B. Croft, "A Markov Random Field Model for Term Dependencies", 2005).
    phrases,      ///< Two words as they stand in the question, function words included.
    topic,        ///< Direction of the whole text against that of the question.
    kindred,      ///< For each asked word its nearest in meaning.
    lookalikes,   ///< For each asked word its nearest in writing.
    density,      ///< How much of the document is what was asked for.
    count
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::count);
using Features = std::array<float, feature_count>;

/// Terms of a document with weights of unit length; ascending keys.
using DocumentTerms = std::vector<std::pair<TermKey, float>>;

/// One question. Not thread-safe: remembers what words have to do with it.
class DocumentLook {
public:
    /// All must outlive the look; `meaning` may be null.
    DocumentLook(const UnderstoodQuestion& question, const CorpusView& corpus,
                 const Meaning* meaning);
    ~DocumentLook();
    DocumentLook(const DocumentLook&) = delete;
    DocumentLook& operator=(const DocumentLook&) = delete;

    /// `texts`: in reading order, at least one; `average_words` of the documents that are looked
    /// at. Sets all features but first_stage and neighbours.
    void see(std::span<const std::shared_ptr<const ReadText>> texts, float average_words,
             Features& features, DocumentTerms& terms);

private:
    using Direction = std::array<float, Meaning::dimensions>;
    struct Resemblance;
    class Document;

    void add(Direction& to, std::size_t word, float weight) const;
    [[nodiscard]] float rarity(std::size_t bucket) const;
    Resemblance& resemblance(const ReadWord& word);

    const Meaning* meaning_;
    const UnderstoodQuestion& question_;
    float total_ = 0;                ///< Sum of the asked words' idf.
    std::vector<float> centrality_;  ///< Of each asked word, idf multiplied in.
    std::vector<double> expected_;   ///< Part of all words that may stand for the asked one.
    std::unordered_map<TermKey, std::vector<std::pair<std::size_t, float>>> by_key_;
    std::vector<std::optional<std::size_t>> meanings_;
    std::vector<std::vector<std::uint64_t>> trigrams_;
    Direction direction_{};
    std::unordered_map<std::uint32_t, std::size_t> gram_;  ///< Bucket to number.
    std::vector<float> gram_weights_;                      ///< Rarity times how often asked.
    float gram_total_ = 0;
    float gram_length_ = 0;
    std::unordered_set<std::uint64_t> bigrams_;
    std::unordered_map<const ReadWord*, Resemblance> seen_;
    std::vector<float> gram_counts_;  ///< Scratch, by bucket; zero between documents.
};

}  // namespace raadbot::index
