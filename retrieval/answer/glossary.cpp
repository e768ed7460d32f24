#include "retrieval/answer/glossary.hpp"

#include <algorithm>

#include "retrieval/answer/composer.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

constexpr std::size_t most_terms = 3;
constexpr std::size_t shortest_term = 6;  // Everyday short words ("sag", "møde") need no note.

std::vector<std::string> lemmas_of(std::string_view text) {
    std::vector<std::string> result;
    for (const danish::Token& token : danish::tokenize(text)) {
        result.push_back(token.kind == danish::TokenKind::word
                             ? danish::Morphology::instance().lemma(token.text)
                             : token.text);
    }
    return result;
}

bool holds(const std::vector<std::string>& text, const std::vector<std::string>& term) {
    return std::search(text.begin(), text.end(), term.begin(), term.end()) != text.end();
}

}  // namespace

Glossary::Glossary(std::vector<StoredPassage> entries) {
    for (StoredPassage& passage : entries) {
        if (passage.passage.headings.empty()) continue;
        Entry entry;
        entry.term = passage.passage.headings.back();
        // "ESDH (elektronisk sags- og dokumenthåndtering)": the term is what stands before the
        // bracket.
        const std::string head = entry.term.substr(0, entry.term.find(" ("));
        entry.lemmas = lemmas_of(head);
        if (entry.lemmas.empty() || head.size() < shortest_term) continue;
        entry.passage = std::move(passage);
        entries_.push_back(std::move(entry));
    }
}

void Glossary::explain(const QuestionView& question, const Access& access, Proof& proof) const {
    std::vector<std::vector<std::string>> texts{lemmas_of(question.text)};
    for (const Sentence& sentence : proof.sentences) texts.push_back(lemmas_of(sentence.text()));
    for (const Entry& entry : entries_) {
        if (proof.terms.size() == most_terms) return;
        if (!access.admits(entry.passage)) continue;
        const bool mentioned = std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
            return holds(text, entry.lemmas);
        });
        if (!mentioned) continue;
        const bool cited = std::any_of(
            proof.cards.begin(), proof.cards.end(),
            [&](const SourceCard& card) { return card.passage.id == entry.passage.id; });
        if (cited || proof.cards.size() >= ProofBuilder::max_cards) continue;
        SourceCard card;
        card.number = static_cast<std::uint32_t>(proof.cards.size() + 1);
        card.passage = entry.passage;
        card.quote = entry.passage.passage.text;
        proof.terms.push_back({entry.term, entry.passage.passage.text, card.number});
        proof.cards.push_back(std::move(card));
    }
}

}  // namespace raadbot::answer
