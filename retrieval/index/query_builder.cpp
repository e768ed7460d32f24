#include "retrieval/index/query_builder.hpp"

#include <algorithm>
#include <utility>

#include "retrieval/danish/slips.hpp"
#include "retrieval/danish/spelling.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/derivation.hpp"

namespace raadbot::index {
namespace {

constexpr double no_limit = 1e9;
constexpr std::size_t no_group = ~std::size_t{0};
constexpr std::size_t max_remembered_lemmas = 200'000;
constexpr std::size_t max_asked_words = 64;  ///< A pasted page is searched by its beginning.
constexpr double part_strength = 0.7;        ///< All parts of a compound, in place of it.
constexpr std::size_t words_of_a_stem = 200;
constexpr std::size_t longest_ending =
    9;  ///< Bytes of derivation and inflection together; longer is a compound.

/// A content word of the question.
struct Asked {
    std::size_t token = 0;
    WordTerms terms;
    double idf = 0;
    bool is_word = false;
    double repeat = 1;  ///< Below 1 when it was asked for before.
    std::size_t group = no_group;
    std::size_t part_group = no_group;  ///< The first of its parts'.
};

}  // namespace

std::optional<std::string> correct_word(std::string_view folded, const CorpusView& corpus) {
    if (corpus.word_frequency(folded) > 0) return std::nullopt;
    const danish::Morphology& morphology = danish::Morphology::instance();
    const std::vector<std::string> readings = danish::digraph_readings(folded);
    std::unordered_map<std::string, std::uint32_t> near;
    for (const std::string& reading : readings) {
        // "byraadsmoede" is "byrådsmøde" when the corpus holds any form of it.
        if (reading != folded &&
            (corpus.word_frequency(reading) > 0 ||
             corpus.holding(term_key(TermSpace::word, morphology.lemma(reading))) > 0)) {
            return reading;
        }
        for (SimilarWord& word : corpus.similar_words(reading, 0.3F, 60)) {
            near.emplace(std::move(word.word), word.frequency);
        }
        // Two letters swapped leave a short word hardly any n-gram.
        for (std::string& variant : danish::undone_slips(reading)) {
            if (const std::uint32_t frequency = corpus.word_frequency(variant); frequency > 0)
                near.emplace(std::move(variant), frequency);
        }
    }
    if (near.empty()) return std::nullopt;
    const danish::Speller speller(std::move(near));
    std::optional<danish::Correction> best;
    for (const std::string& reading : readings) {
        for (danish::Correction& correction : speller.correct(reading, 1)) {
            if (!best || correction.confidence > best->confidence) best = std::move(correction);
        }
    }
    if (!best) return std::nullopt;
    return std::move(best->word);
}

/// The groups of one question while they are gathered.
class QueryBuilder::Draft {
public:
    Draft(const QueryBuilder& builder, std::string_view question, const CorpusView& corpus)
        : builder_(builder),
          tuning_(builder.tuning_),
          corpus_(corpus),
          tokens_(danish::tokenize(question)) {}

    UnderstoodQuestion finish() {
        if (tuning_.spelling) repair_spelling();
        gather_asked();
        group_of_token_.assign(tokens_.size(), no_group);
        for (Asked& word : asked_) add_word(word);
        for (std::size_t i = 0; i + 1 < asked_.size(); ++i)
            add_neighbours(asked_[i], asked_[i + 1]);
        if (builder_.lexicon_ != nullptr) add_expansions();
        UnderstoodQuestion result;
        for (const Asked& word : asked_) result.asked.push_back(asked_word(word));
        for (danish::Token& token : tokens_) result.tokens.push_back(std::move(token.text));
        std::erase_if(groups_, [](const TermGroup& group) { return group.empty(); });
        result.groups = std::move(groups_);
        return result;
    }

private:
    static TermKey word_key(std::string_view lemma) { return term_key(TermSpace::word, lemma); }

    void add(TermGroup& group, TermKey key, double weight, double idf_limit) const {
        const std::uint32_t holding = corpus_.holding(key);
        if (holding == 0 || !(weight > 0)) return;
        const double idf =
            std::min(idf_limit, inverse_document_frequency(corpus_.passages(), holding));
        group.push_back({key, static_cast<float>(weight * idf)});
    }

    /// First of all, so that everything after it sees real words.
    void repair_spelling() {
        for (danish::Token& token : tokens_) {
            if (token.kind != danish::TokenKind::word || danish::is_stop_word(token.text) ||
                corpus_.word_frequency(token.text) > 0 ||
                corpus_.holding(word_key(builder_.lemma(token.text))) > 0 ||
                builder_.morphology_.known(token.text)) {
                continue;
            }
            if (auto corrected = correct_word(token.text, corpus_)) token.text = *corrected;
        }
    }

    void gather_asked() {
        for (std::size_t i = 0; i < tokens_.size() && asked_.size() < max_asked_words; ++i) {
            Asked word{i, word_terms(builder_.morphology_, tokens_[i]), 0,
                       tokens_[i].kind == danish::TokenKind::word};
            if (word.terms.stop_word && !tuning_.keep_stop_words) continue;
            word.idf = inverse_document_frequency(corpus_.passages(),
                                                  corpus_.holding(word_key(word.terms.lemma)));
            if (std::any_of(asked_.begin(), asked_.end(), [&](const Asked& before) {
                    return before.terms.lemma == word.terms.lemma;
                })) {
                word.repeat = static_cast<double>(tuning_.repeat_weight);
            }
            asked_.push_back(std::move(word));
        }
    }

    [[nodiscard]] AskedWord asked_word(const Asked& word) const {
        AskedWord result{tokens_[word.token].text,
                         word.terms.lemma,
                         word.terms.parts,
                         {},
                         word.idf,
                         word.is_word};
        const auto take = [&](const TermGroup& group, double share) {
            for (const WeightedTerm& term : group) {
                const double strength =
                    static_cast<double>(term.weight) / (word.repeat * std::max(0.1, word.idf));
                result.alternatives.push_back(
                    {term.key, static_cast<float>(std::min(1.0, strength) * share)});
            }
        };
        take(groups_[word.group], 1);
        const auto parts = static_cast<double>(word.terms.parts.size());
        for (std::size_t i = 0; i < word.terms.parts.size(); ++i) {
            take(groups_[word.part_group + i], part_strength / parts);
        }
        return result;
    }

    void add_word(Asked& word) {
        TermGroup group;
        const std::string& text = tokens_[word.token].text;
        add(group, word_key(word.terms.lemma), word.repeat, no_limit);
        if (word.is_word) {
            add_derived(word.terms.lemma, word.repeat, word.idf, group);
            add_similar(text, word, group);
        }
        word.group = groups_.size();
        group_of_token_[word.token] = word.group;
        groups_.push_back(std::move(group));
        word.part_group = groups_.size();
        for (const std::string& part : word.terms.parts) {
            TermGroup part_group;
            const double weight = static_cast<double>(tuning_.part_weight) * word.repeat;
            add(part_group, word_key(part), weight, word.idf);
            add_derived(part, weight, word.idf, part_group);
            groups_.push_back(std::move(part_group));
        }
        if (tuning_.surface_weight > 0 && text != word.terms.lemma) {
            TermGroup surface;
            add(surface, term_key(TermSpace::surface, text),
                static_cast<double>(tuning_.surface_weight) * word.repeat, no_limit);
            groups_.push_back(std::move(surface));
        }
        if (tuning_.gram_weight > 0 && word.is_word) {
            for (const TermKey gram : character_grams(text, tuning_.grams)) {
                TermGroup one;
                add(one, gram, static_cast<double>(tuning_.gram_weight), no_limit);
                groups_.push_back(std::move(one));
            }
        }
    }

    void add_derived(const std::string& lemma, double weight, double idf_limit,
                     TermGroup& group) const {
        if (!(tuning_.derived_weight > 0)) return;
        const std::string stem = derivation_stem(lemma);
        if (stem.size() < 4) return;
        std::string last;
        for (const std::string& word : corpus_.words_with_prefix(stem, words_of_a_stem)) {
            if (word.size() > stem.size() + longest_ending) continue;
            std::string other = builder_.lemma(word);
            if (other == lemma || other == last || derivation_stem(other) != stem) continue;
            add(group, word_key(other), weight * static_cast<double>(tuning_.derived_weight),
                idf_limit);
            last = std::move(other);
        }
    }

    void add_similar(const std::string& text, const Asked& word, TermGroup& group) const {
        if (!(tuning_.similar_weight > 0) || text.size() < 4) return;
        for (const SimilarWord& similar :
             corpus_.similar_words(text, tuning_.least_similarity, tuning_.similar_words)) {
            const std::string other = builder_.lemma(similar.word);
            if (other == word.terms.lemma) continue;
            add(group, word_key(other),
                static_cast<double>(tuning_.similar_weight * similar.similarity) * word.repeat,
                word.idf);
        }
    }

    void add_neighbours(const Asked& first, const Asked& second) {
        const double limit = first.idf + second.idf;
        if (tuning_.pair_weight > 0) {
            TermGroup pair;
            add(pair, pair_key(word_key(first.terms.lemma), word_key(second.terms.lemma)),
                static_cast<double>(tuning_.pair_weight), limit);
            groups_.push_back(std::move(pair));
        }
        if (tuning_.join_weight > 0 && second.token == first.token + 1) {
            TermGroup joined;
            for (const std::string_view link : {"", "s", "e", "-"}) {
                std::string whole = first.terms.lemma;
                whole += link;
                whole += second.terms.lemma;
                add(joined, word_key(whole), static_cast<double>(tuning_.join_weight), limit);
            }
            groups_.push_back(std::move(joined));
        }
    }

    void add_expansions() {
        const auto used = [this](const std::string& word) {
            return corpus_.holding(word_key(builder_.lemma(word))) > 0;
        };
        for (const danish::Expansion& expansion : builder_.lexicon_->expand(tokens_, {}, used)) {
            const bool thesaurus = expansion.kind == danish::ExpansionKind::thesaurus;
            const double weight =
                static_cast<double>(expansion.weight) *
                static_cast<double>(thesaurus ? tuning_.thesaurus_weight : tuning_.lexicon_weight);
            // One word for one word: it stands in for the asker's. A phrase is evidence word by
            // word.
            std::size_t home = no_group;
            if (expansion.words.size() == 1 && expansion.first_token < tokens_.size() &&
                expansion.last_token == expansion.first_token + 1) {
                home = group_of_token_[expansion.first_token];
            }
            for (const std::string& official : expansion.words) {
                danish::Token token;
                token.text = official;
                const WordTerms terms = word_terms(builder_.morphology_, token);
                if (terms.stop_word) continue;
                if (home != no_group) {
                    add(groups_[home], word_key(terms.lemma), weight, no_limit);
                } else {
                    const auto words = static_cast<double>(expansion.words.size());
                    TermGroup group;
                    add(group, word_key(terms.lemma), weight * std::max(0.5, 1 / words), no_limit);
                    groups_.push_back(std::move(group));
                }
            }
        }
    }

    const QueryBuilder& builder_;
    const QueryTuning& tuning_;
    const CorpusView& corpus_;
    std::vector<danish::Token> tokens_;
    std::vector<Asked> asked_;
    std::vector<TermGroup> groups_;
    std::vector<std::size_t> group_of_token_;  ///< Or no_group.
};

QueryBuilder::QueryBuilder(std::shared_ptr<const danish::Lexicon> lexicon, QueryTuning tuning)
    : lexicon_(std::move(lexicon)), tuning_(tuning), morphology_(danish::Morphology::instance()) {}

std::string QueryBuilder::lemma(const std::string& folded) const {
    {
        const std::lock_guard guard(mutex_);
        const auto found = lemmas_.find(folded);
        if (found != lemmas_.end()) return found->second;
    }
    std::string lemma = morphology_.lemma(folded);
    const std::lock_guard guard(mutex_);
    if (lemmas_.size() >= max_remembered_lemmas) lemmas_.clear();
    lemmas_.emplace(folded, lemma);
    return lemma;
}

UnderstoodQuestion QueryBuilder::understand(std::string_view question,
                                            const CorpusView& corpus) const {
    return Draft(*this, question, corpus).finish();
}

}  // namespace raadbot::index
