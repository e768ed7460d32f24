// BM25F with impacts quantised to a byte, and query weights quantised so that sums are exact
// integers.
//
// The score of a passage is a sum of integers, so it does not depend on the order of addition:
// every search algorithm gives the same bits. Formula: S. Robertson, H. Zaragoza, "The
// Probabilistic Relevance Framework: BM25 and Beyond", 2009, section 3.6 (BM25F, "simple" form:
// fields are normalised, weighted and added before saturation). Quantised impacts: V. N. Anh, O. de
// Kretser, A. Moffat, "Vector-space ranking with effective early termination", SIGIR 2001.
#pragma once

#include <cstdint>
#include <vector>

#include "retrieval/index/term.hpp"

namespace raadbot::index {

/// How one index scores. Fixed when an index is created, so that passages added later get
/// comparable impacts; only a rebuild changes it. Lengths are counts of tokens.
struct Scoring {
    float k1 = 1.2F;            ///< Saturation of term frequency.
    float body_b = 0.3F;        ///< Length normalisation of the text, 0..1.
    float title_weight = 4.0F;  ///< One occurrence in the title counts as so many in the text.
    float heading_weight = 2.0F;
    float part_weight = 0.5F;  ///< One occurrence as a part of a compound.
    float average_body = 100;  ///< Passages are cut at 40-180 words.
    friend bool operator==(const Scoring&, const Scoring&) = default;
};

/// Occurrences of a term in the fields of a passage, compound parts already weighted.
struct FieldFrequencies {
    float body = 0;
    float title = 0;
    float headings = 0;
};

/// 1..255: saturated, normalised term frequency.
[[nodiscard]] std::uint8_t impact(const Scoring& scoring, const FieldFrequencies& frequencies,
                                  float body_length);

/// ln(1 + (N - n + 0.5) / (n + 0.5)): never negative (Lucene's form of the Robertson-Sparck Jones
/// weight).
[[nodiscard]] double inverse_document_frequency(std::uint32_t passages, std::uint32_t holding);

/// One alternative of a group: idf and all other weights multiplied in.
struct WeightedTerm {
    TermKey key = 0;
    float weight = 0;
};
/// What one word of the question may be found by. A passage gets the best of the alternatives, not
/// their sum: "løn" and "vederlag" in one passage are not twice the evidence.
using TermGroup = std::vector<WeightedTerm>;

/// A term ready for search: contribution = weight * impact.
struct QueryTerm {
    TermKey key = 0;
    std::uint32_t weight = 0;
    std::uint32_t group = 0;
    friend bool operator==(const QueryTerm&, const QueryTerm&) = default;
};

struct Query {
    std::vector<QueryTerm> terms;  ///< By group; a key occurs at most once in a group.
    std::uint32_t groups = 0;
    double scale = 1;  ///< Score = sum / scale.
};

/// Quantises weights so that every possible sum stays below 2^24: exact in a float.
[[nodiscard]] Query quantise(const std::vector<TermGroup>& groups);

[[nodiscard]] inline float score_of(const Query& query, std::uint32_t sum) {
    return static_cast<float>(static_cast<double>(sum) / query.scale);
}

}  // namespace raadbot::index
