// Chosen passages and sentences -> a proof: quotes in the right order, numbered cards, terms,
// caveats.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/answer/evidence.hpp"

namespace raadbot::answer {

/// Collects sentences and their cards; each passage is one card.
class ProofBuilder {
public:
    static constexpr std::size_t max_cards = 5;
    /// When each section of a page is an item of the list asked for.
    static constexpr std::size_t max_sections = 10;

    explicit ProofBuilder(std::size_t most_cards = max_cards) : most_cards_(most_cards) {}

    /// Adds the span of the passage as a sentence; false when no card is left for it or the same
    /// words are already there (they then also cite this passage).
    bool quote(const StoredPassage& passage, danish::Span span,
               std::optional<Lead> lead = std::nullopt);
    void add_caveat(Caveat caveat);
    [[nodiscard]] bool empty() const { return proof_.sentences.empty(); }
    [[nodiscard]] std::size_t size() const { return proof_.sentences.size(); }
    [[nodiscard]] const Proof& proof() const { return proof_; }
    [[nodiscard]] Proof take() { return std::move(proof_); }

private:
    [[nodiscard]] SourceCard* card_for(const StoredPassage& passage, std::string_view quote);
    std::size_t most_cards_;
    Proof proof_;
};

/// All passages of a document that the asker may see, in order.
using DocumentReader = std::function<std::vector<StoredPassage>(const DocumentId&)>;

/// One to four sentences (or a list) of a generic answer: from the best passage, and one sentence
/// from another document when it is as good. `ranked` is sorted best first; all of them are
/// answers.
[[nodiscard]] Proof compose(const QuestionView& question,
                            const std::vector<PassageEvidence>& ranked, const Date& today,
                            const DocumentReader& read_document);

/// What to say before a quote: the meeting that it is from, or the term that it explains.
[[nodiscard]] std::optional<Lead> lead_of(const StoredPassage& passage);

/// True when two texts say the same (dagsorden and referat, page and its copy).
[[nodiscard]] bool near_duplicate(std::string_view a, std::string_view b);

/// The different words of a text, for comparing it with many others.
class WordsOf {
public:
    explicit WordsOf(std::string_view text);
    [[nodiscard]] bool nearly(const WordsOf& other) const;
    /// True when one of two sentences says nothing beyond the other, and both give the same
    /// numbers.
    [[nodiscard]] bool repeats(const WordsOf& other) const;

private:
    [[nodiscard]] std::size_t common_with(const WordsOf& other) const;

    std::vector<std::string> words_;  // Ascending.
};

}  // namespace raadbot::answer
