// From the fields of a passage to its weighted index terms, and from one word to the terms it
// stands for.
//
// Not thread-safe: it remembers words it has seen (a corpus repeats them). One per writer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/index/term.hpp"

namespace raadbot::index {

/// The word terms of one token: its lemma, and the lemmas of its parts when it is a compound.
struct WordTerms {
    std::string lemma;
    std::vector<std::string> parts;  ///< Lemmas; without doubles and without the lemma itself.
    bool stop_word = false;
};

[[nodiscard]] WordTerms word_terms(const danish::Morphology& morphology,
                                   const danish::Token& token);

/// The bucket term of two neighbouring content lemmas. Buckets bound the dictionary: the pairs of a
/// million passages would be tens of millions of distinct terms, nearly all found once.
[[nodiscard]] TermKey pair_key(TermKey first, TermKey second);

/// Character n-grams of "_word_", counted in code points; a shorter word is one gram.
[[nodiscard]] std::vector<TermKey> character_grams(std::string_view word, unsigned length);

struct Posting {
    TermKey key = 0;
    std::uint8_t impact = 0;
    friend bool operator==(const Posting&, const Posting&) = default;
};

struct AnalysedPassage {
    std::vector<Posting> postings;  ///< Sorted by key, no doubles.
    std::vector<std::string_view>
        words;  ///< Folded surface words, sorted, no doubles; valid until the next call.
};

class Analyzer {
public:
    struct Representation {
        bool keep_stop_words = false;
        bool surfaces = true;  ///< Words as written, where that is not their lemma.
        unsigned grams = 0;    ///< Length of character n-grams; 0 = none.
        bool pairs = true;
        friend bool operator==(const Representation&, const Representation&) = default;
    };

    Analyzer(Scoring scoring, Representation representation);

    /// The result is valid until the next call.
    const AnalysedPassage& analyse(std::string_view title, std::string_view headings,
                                   std::string_view text);

private:
    struct KnownWord {
        TermKey lemma = 0;
        std::vector<TermKey> parts;
        std::vector<TermKey> grams;
        TermKey surface = 0;
        bool stop_word = false;
        bool inflected = false;
        bool is_word = false;  ///< Letters, as opposed to numbers, paragraphs and case numbers.
        std::string text;
    };
    enum class Field : std::uint8_t { body, title, headings };
    struct Occurrence {
        TermKey key;
        float count;
        Field field;
    };

    const KnownWord& look_up(const danish::Token& token);
    std::size_t add_field(std::string_view text, Field field);

    Scoring scoring_;
    Representation representation_;
    const danish::Morphology* morphology_;
    std::unordered_map<std::string, KnownWord> known_;
    std::vector<Occurrence> occurrences_;
    std::vector<TermKey> pairs_;
    AnalysedPassage result_;
};

}  // namespace raadbot::index
