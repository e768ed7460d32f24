#include "retrieval/index/query_builder.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/spelling.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/analyzer.hpp"

namespace raadbot::index {
namespace {

/// A content word of the question.
struct Asked {
    std::size_t token = 0;
    std::string text;
    WordTerms terms;
    double idf = 0;
};

class Draft {
public:
    explicit Draft(const CorpusView& corpus) : corpus_(corpus) {}

    [[nodiscard]] double idf(TermKey key) const {
        return inverse_document_frequency(corpus_.passages(), corpus_.holding(key));
    }
    void add(TermGroup& group, TermKey key, double weight, double idf_limit) const {
        const std::uint32_t holding = corpus_.holding(key);
        if (holding == 0 || weight <= 0) return;
        const double idf =
            std::min(idf_limit, inverse_document_frequency(corpus_.passages(), holding));
        group.push_back({key, static_cast<float>(weight * idf)});
    }

private:
    const CorpusView& corpus_;
};

constexpr double no_limit = 1e9;

}  // namespace

std::optional<std::string> correct_word(std::string_view folded, const CorpusView& corpus) {
    if (corpus.word_frequency(folded) > 0) return std::nullopt;
    std::unordered_map<std::string, std::uint32_t> near;
    for (const std::string& reading : danish::digraph_readings(folded)) {
        const std::uint32_t frequency = corpus.word_frequency(reading);
        if (frequency > 0) near.emplace(reading, frequency);
        for (SimilarWord& word : corpus.similar_words(reading, 0.25F, 60)) {
            near.emplace(std::move(word.word), word.frequency);
        }
    }
    if (near.empty()) return std::nullopt;
    const danish::Speller speller(std::move(near));
    std::vector<danish::Correction> corrections = speller.correct(folded, 1);
    if (corrections.empty()) return std::nullopt;
    return std::move(corrections.front().word);
}

QueryBuilder::QueryBuilder(std::shared_ptr<const danish::Lexicon> lexicon, QueryTuning tuning)
    : lexicon_(std::move(lexicon)), tuning_(tuning) {}

std::vector<TermGroup> QueryBuilder::groups(std::string_view question,
                                            const CorpusView& corpus) const {
    const danish::Morphology& morphology = danish::Morphology::instance();
    std::vector<danish::Token> tokens = danish::tokenize(question);
    const Draft draft(corpus);

    // Repair spelling first, so that everything after it sees real words.
    if (tuning_.spelling) {
        for (danish::Token& token : tokens) {
            if (token.kind != danish::TokenKind::word || danish::is_stop_word(token.text)) continue;
            if (corpus.word_frequency(token.text) > 0 ||
                corpus.holding(term_key(TermSpace::word, morphology.lemma(token.text))) > 0) {
                continue;
            }
            if (morphology.known(token.text)) continue;
            if (auto corrected = correct_word(token.text, corpus)) token.text = *corrected;
        }
    }

    std::vector<Asked> asked;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Asked word{i, tokens[i].text, word_terms(morphology, tokens[i]), 0};
        if (word.terms.stop_word && !tuning_.keep_stop_words) continue;
        word.idf = draft.idf(term_key(TermSpace::word, word.terms.lemma));
        asked.push_back(std::move(word));
    }

    std::vector<TermGroup> groups;
    std::vector<std::size_t> group_of_token(tokens.size(), tokens.size());
    for (const Asked& word : asked) {
        TermGroup group;
        draft.add(group, term_key(TermSpace::word, word.terms.lemma), 1, no_limit);
        if (tokens[word.token].kind == danish::TokenKind::word && tuning_.similar_weight > 0) {
            for (const SimilarWord& similar : corpus.similar_words(
                     word.text, tuning_.least_similarity, tuning_.similar_words)) {
                const std::string lemma = morphology.lemma(similar.word);
                draft.add(group, term_key(TermSpace::word, lemma),
                          static_cast<double>(tuning_.similar_weight * similar.similarity),
                          word.idf);
            }
        }
        group_of_token[word.token] = groups.size();
        groups.push_back(std::move(group));
        // Each part is evidence of its own.
        for (const std::string& part : word.terms.parts) {
            TermGroup part_group;
            draft.add(part_group, term_key(TermSpace::word, part),
                      static_cast<double>(tuning_.part_weight), word.idf);
            groups.push_back(std::move(part_group));
        }
        if (tuning_.surface_weight > 0) {
            TermGroup surface;
            draft.add(surface, term_key(TermSpace::surface, word.text),
                      static_cast<double>(tuning_.surface_weight), no_limit);
            groups.push_back(std::move(surface));
        }
        if (tuning_.gram_weight > 0 && tokens[word.token].kind == danish::TokenKind::word) {
            for (const TermKey gram : character_grams(word.text, tuning_.grams)) {
                TermGroup one;
                draft.add(one, gram, static_cast<double>(tuning_.gram_weight), no_limit);
                groups.push_back(std::move(one));
            }
        }
    }

    for (std::size_t i = 0; i + 1 < asked.size(); ++i) {
        const Asked& first = asked[i];
        const Asked& second = asked[i + 1];
        const TermKey first_key = term_key(TermSpace::word, first.terms.lemma);
        const TermKey second_key = term_key(TermSpace::word, second.terms.lemma);
        if (tuning_.pair_weight > 0) {
            TermGroup pair;
            draft.add(pair, pair_key(first_key, second_key),
                      static_cast<double>(tuning_.pair_weight), first.idf + second.idf);
            groups.push_back(std::move(pair));
        }
        if (tuning_.join_weight > 0 && second.token == first.token + 1) {
            TermGroup joined;
            for (const std::string_view link : {"", "s", "e", "-"}) {
                std::string whole = first.terms.lemma;
                whole += link;
                whole += second.terms.lemma;
                draft.add(joined, term_key(TermSpace::word, whole),
                          static_cast<double>(tuning_.join_weight), first.idf + second.idf);
            }
            groups.push_back(std::move(joined));
        }
    }

    if (lexicon_ != nullptr) {
        for (const danish::Expansion& expansion : lexicon_->expand(tokens)) {
            const bool thesaurus = expansion.kind == danish::ExpansionKind::thesaurus;
            const double weight =
                static_cast<double>(expansion.weight) *
                static_cast<double>(thesaurus ? tuning_.thesaurus_weight : tuning_.lexicon_weight);
            // A one-word term stands in for the asker's word; a phrase is evidence word by word.
            std::size_t home = tokens.size();
            if (expansion.last_token == expansion.first_token + 1 &&
                expansion.first_token < tokens.size()) {
                home = group_of_token[expansion.first_token];
            }
            for (const std::string& official : expansion.words) {
                danish::Token token;
                token.text = official;
                const WordTerms terms = word_terms(morphology, token);
                if (terms.stop_word) continue;
                const TermKey key = term_key(TermSpace::word, terms.lemma);
                const double share =
                    weight / static_cast<double>(std::max<std::size_t>(1, expansion.words.size()));
                if (home < groups.size() && expansion.words.size() == 1) {
                    draft.add(groups[home], key, weight, no_limit);
                } else {
                    TermGroup group;
                    draft.add(group, key, std::max(share, weight * 0.5), no_limit);
                    groups.push_back(std::move(group));
                }
            }
        }
    }
    std::erase_if(groups, [](const TermGroup& group) { return group.empty(); });
    return groups;
}

}  // namespace raadbot::index
