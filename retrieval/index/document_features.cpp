#include "retrieval/index/document_features.hpp"

#include <algorithm>
#include <cmath>

#include "retrieval/danish/text.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/words.hpp"

namespace raadbot::index {
namespace {

constexpr std::uint32_t near = 8;              ///< Words apart that still count as together.
constexpr std::size_t most_occurrences = 200;  ///< Of one asked word in a document.
constexpr float least_lookalike = 0.35F;
constexpr float part_strength = 0.8F;  ///< An asked word found as a part of a compound.
constexpr float part_direction = 0.5F;
constexpr float least_centrality = 0.3F;
constexpr float saturation = 1.2F;
constexpr float length_slope = 0.3F;
constexpr float gram_length_slope = 0.75F;
constexpr float title_factor = 4;  ///< One occurrence in the title counts as so many.
constexpr float title_share = 2;   ///< The same where nothing saturates.
constexpr double passage_words = 100;
constexpr float prior_words = 300;  ///< Dirichlet mu.
constexpr std::uint32_t opening_words = 60;
constexpr float shortest_line = 3;  ///< By idf, as a line may be one frequent word.

float saturated(float frequency) { return frequency / (frequency + saturation); }

/// One of the words is the other's part, or they share most trigrams.
float lookalike(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    if (a.empty() || b.empty()) return 0;
    std::size_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] < b[j]) {
            ++i;
        } else if (b[j] < a[i]) {
            ++j;
        } else {
            ++shared;
            ++i;
            ++j;
        }
    }
    const auto both = static_cast<float>(shared);
    const float dice = 2 * both / static_cast<float>(a.size() + b.size());
    const float held = both / static_cast<float>(std::min(a.size(), b.size()));
    const float likeness = std::max(dice, 0.7F * held);
    return likeness > least_lookalike ? likeness : 0;
}

template <class Direction>
float cosine(const Direction& a, const Direction& b) {
    float dot = 0;
    float left = 0;
    float right = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        dot += a[i] * b[i];
        left += a[i] * a[i];
        right += b[i] * b[i];
    }
    return left > 0 && right > 0 ? std::max(0.0F, dot / std::sqrt(left * right)) : 0;
}

std::uint64_t bigram(std::uint64_t first, std::uint64_t second) {
    return (first * 0x9e3779b97f4a7c15U) ^ second;
}

}  // namespace

/// What one word of a text has to do with the question.
struct DocumentLook::Resemblance {
    std::vector<std::pair<std::size_t, float>> matches;  ///< Asked word, strength; each once.
    std::vector<float> kindred;
    std::vector<float> alike;
    std::vector<std::size_t> grams;
    float best = 0;  ///< Strongest match.
};

DocumentLook::DocumentLook(const UnderstoodQuestion& question, const CorpusView& corpus,
                           const Meaning* meaning)
    : meaning_(meaning), question_(question), gram_counts_(Meaning::gram_buckets, 0) {
    const double all_words = std::max(1.0, passage_words * corpus.passages());
    for (std::size_t i = 0; i < question.asked.size(); ++i) {
        const AskedWord& asked = question.asked[i];
        const auto idf = static_cast<float>(asked.idf);
        total_ += idf;
        double expected = 0;
        for (const auto& alternative : asked.alternatives) {
            by_key_[alternative.key].emplace_back(i, alternative.strength);
            expected += static_cast<double>(alternative.strength) * corpus.holding(alternative.key);
        }
        expected_.push_back(std::max(0.5, expected) / all_words);
        const auto add_direction = [&](std::string_view lemma, float weight) {
            if (meaning_ == nullptr) return std::optional<std::size_t>();
            const auto known = meaning_->find(term_key(TermSpace::word, lemma));
            if (known) add(direction_, *known, weight * idf);
            return known;
        };
        meanings_.push_back(add_direction(asked.lemma, 1));
        for (const std::string& part : asked.parts) add_direction(part, part_direction);
        trigrams_.push_back(asked.is_word ? trigram_keys(asked.text)
                                          : std::vector<std::uint64_t>());
        if (!asked.is_word) continue;
        for (const TermKey gram : character_grams(asked.text, 4)) {
            const auto bucket = static_cast<std::uint32_t>(gram % Meaning::gram_buckets);
            const auto [at, fresh] = gram_.try_emplace(bucket, gram_weights_.size());
            if (fresh) gram_weights_.push_back(0);
            gram_weights_[at->second] += rarity(bucket);
            gram_total_ += rarity(bucket);
        }
    }
    for (const float weight : gram_weights_) gram_length_ += weight * weight;
    gram_length_ = std::sqrt(gram_length_);
    for (std::size_t i = 0; i < question.asked.size(); ++i) {
        float agreement = 0;
        if (meanings_[i]) {
            Direction own{};
            add(own, *meanings_[i], 1);
            agreement = cosine(own, direction_);
        }
        centrality_.push_back(static_cast<float>(question.asked[i].idf) *
                              (least_centrality + agreement));
    }
    for (std::size_t i = 0; i + 1 < question.tokens.size(); ++i) {
        const std::string& first = question.tokens[i];
        const std::string& second = question.tokens[i + 1];
        if (danish::is_stop_word(first) && danish::is_stop_word(second)) continue;
        bigrams_.insert(
            bigram(term_key(TermSpace::surface, first), term_key(TermSpace::surface, second)));
    }
}

DocumentLook::~DocumentLook() = default;

void DocumentLook::add(Direction& to, std::size_t word, float weight) const {
    const float scale = weight * meaning_->length(word) / 127;
    const Meaning::Direction& from = meaning_->direction(word);
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += scale * static_cast<float>(from[i]);
}

float DocumentLook::rarity(std::size_t bucket) const {
    return meaning_ != nullptr ? meaning_->gram_rarity(bucket) : 1.0F;
}

DocumentLook::Resemblance& DocumentLook::resemblance(const ReadWord& word) {
    const auto [at, fresh] = seen_.try_emplace(&word);
    Resemblance& seen = at->second;
    if (!fresh) return seen;
    const std::size_t asked = question_.asked.size();
    seen.kindred.assign(asked, 0);
    seen.alike.assign(asked, 0);
    for (std::size_t stem = 0; stem < word.stems.size(); ++stem) {
        const auto found = by_key_.find(word.stems[stem].key);
        if (found != by_key_.end()) {
            for (const auto& [which, full] : found->second) {
                const float strength = stem == 0 ? full : full * part_strength;
                const auto same = std::find_if(seen.matches.begin(), seen.matches.end(),
                                               [i = which](const auto& m) { return m.first == i; });
                if (same == seen.matches.end()) {
                    seen.matches.emplace_back(which, strength);
                } else {
                    same->second = std::max(same->second, strength);
                }
                seen.best = std::max(seen.best, strength);
            }
        }
        if (const auto& meaning = word.stems[stem].meaning) {
            for (std::size_t i = 0; i < asked; ++i) {
                if (!meanings_[i]) continue;
                seen.kindred[i] = std::max(
                    seen.kindred[i],
                    similarity(meaning_->direction(*meanings_[i]), meaning_->direction(*meaning)));
            }
        }
    }
    for (std::size_t i = 0; word.letters && i < asked; ++i) {
        seen.alike[i] = lookalike(trigrams_[i], word.trigrams);
    }
    for (const std::uint32_t gram : word.grams) {
        const auto found = gram_.find(gram);
        if (found != gram_.end()) seen.grams.push_back(found->second);
    }
    return seen;
}

/// One document while it is looked at.
class DocumentLook::Document {
public:
    explicit Document(DocumentLook& look)
        : look_(look),
          asked_(look.question_.asked.size()),
          body_(asked_, 0),
          title_(asked_, 0),
          covered_(asked_, 0),
          opening_(asked_, 0),
          in_line_(asked_, 0),
          places_(asked_),
          grams_(look.gram_weights_.size(), 0),
          title_grams_(look.gram_weights_.size(), 0) {}

    void read_title(const ReadLine& title) {
        for (const ReadWordPointer& word : title) {
            if (word->stop_word) continue;
            Counted& counted = count(*word);
            counted.title += 1;
            for (const auto& [which, strength] : counted.seen->matches) {
                title_[which] += strength;
                covered_[which] = std::max(covered_[which], strength);
                opening_[which] = std::max(opening_[which], strength);
            }
            for (const std::size_t gram : counted.seen->grams) title_grams_[gram] += 1;
            for (const std::uint32_t gram : word->grams) title_gram_mass_ += look_.rarity(gram);
        }
    }

    void read_line(const ReadLine& line) {
        const ReadWord* previous = nullptr;
        float mass = 0;
        float asked_mass = 0;
        touched_.clear();
        for (const ReadWordPointer& pointer : line) {
            const ReadWord& word = *pointer;
            if (previous != nullptr && !(previous->stop_word && word.stop_word)) {
                const std::uint64_t pair = bigram(previous->form, word.form);
                if (look_.bigrams_.contains(pair)) phrases_.insert(pair);
            }
            previous = &word;
            ++length_;
            if (word.stop_word) continue;
            Counted& counted = count(word);
            counted.body += 1;
            const float idf = word.stems.front().idf;
            mass += idf;
            asked_mass += idf * counted.seen->best;
            for (const auto& [which, strength] : counted.seen->matches) {
                body_[which] += strength;
                covered_[which] = std::max(covered_[which], strength);
                if (in_line_[which] == 0) touched_.push_back(which);
                in_line_[which] = std::max(in_line_[which], strength);
                if (length_ <= opening_words) {
                    opening_[which] = std::max(opening_[which], strength);
                }
                if (places_[which].size() < most_occurrences) {
                    places_[which].emplace_back(length_, strength);
                }
            }
            for (const std::size_t gram : counted.seen->grams) grams_[gram] += 1;
        }
        mass_ += mass;
        asked_mass_ += asked_mass;
        float covered = 0;
        for (const std::size_t which : touched_) {
            covered += idf_of(which) * in_line_[which];
            in_line_[which] = 0;
        }
        if (!(covered > 0) || !(mass > 0)) return;
        const float of_line = asked_mass / mass;
        const float of_question = covered / look_.total_;
        best_line_ = std::max(best_line_, 2 * of_line * of_question / (of_line + of_question));
        best_cosine_ = std::max(best_cosine_,
                                covered / std::sqrt(look_.total_ * std::max(mass, shortest_line)));
    }

    void finish(float average_words, Features& features, DocumentTerms& terms) {
        const auto set = [&](Feature feature, float value) {
            features[static_cast<std::size_t>(feature)] = value;
        };
        const float relative = static_cast<float>(length_) / average_words;
        const float norm = 1 - length_slope + length_slope * relative;
        std::vector<float> kindred(asked_, 0);
        std::vector<float> alike(asked_, 0);
        for (const auto& [word, counted] : counted_) {
            for (std::size_t i = 0; i < asked_; ++i) {
                kindred[i] = std::max(kindred[i], counted.seen->kindred[i]);
                alike[i] = std::max(alike[i], counted.seen->alike[i]);
            }
        }
        float words = 0;
        float central = 0;
        float all_central = 0;
        float likelihood = 0;
        float repeated = 0;
        float pairs = 0;
        float together = 0;
        for (std::size_t i = 0; i < asked_; ++i) {
            const float frequency = saturated(body_[i] / norm + title_factor * title_[i]);
            words += idf_of(i) * frequency;
            central += look_.centrality_[i] * frequency;
            all_central += look_.centrality_[i];
            const float count = body_[i] + title_share * title_[i];
            const auto expected = static_cast<float>(look_.expected_[i]);
            likelihood += std::log((count / expected + prior_words) /
                                   (static_cast<float>(length_) + prior_words));
            repeated += std::log1p(count / (1000 * expected));
            if (i + 1 < asked_) {
                const float weight = idf_of(i) + idf_of(i + 1);
                const float found = windows(places_[i], places_[i + 1]) / norm;
                pairs += weight;
                together += weight * found / (found + 1);
            }
        }
        const auto number = static_cast<float>(asked_);
        set(Feature::words, words / look_.total_);
        set(Feature::central, all_central > 0 ? central / all_central : 0);
        set(Feature::likelihood, likelihood / number / 5);
        set(Feature::repeated, repeated / number / 5);
        set(Feature::together, pairs > 0 ? together / pairs : 0);
        set(Feature::covered, mean(covered_));
        set(Feature::opening, mean(opening_));
        set(Feature::kindred, mean(kindred));
        set(Feature::lookalikes, mean(alike));
        set(Feature::line, best_line_);
        set(Feature::line_cosine, best_cosine_);
        set(Feature::density, mass_ > 0 ? asked_mass_ / mass_ : 0);
        if (!look_.bigrams_.empty()) {
            set(Feature::phrases,
                static_cast<float>(phrases_.size()) / static_cast<float>(look_.bigrams_.size()));
        }
        set_grams(1 - gram_length_slope + gram_length_slope * relative, features);
        set(Feature::topic, gather_terms(terms));
    }

private:
    struct Counted {
        Resemblance* seen = nullptr;
        float title = 0;
        float body = 0;
    };

    Counted& count(const ReadWord& word) {
        const auto [at, fresh] = number_.try_emplace(&word, counted_.size());
        if (fresh) counted_.push_back({&word, {&look_.resemblance(word)}});
        return counted_[at->second].second;
    }

    [[nodiscard]] float idf_of(std::size_t asked) const {
        return static_cast<float>(look_.question_.asked[asked].idf);
    }
    [[nodiscard]] float mean(const std::vector<float>& of_asked) const {
        float sum = 0;
        for (std::size_t i = 0; i < asked_; ++i) sum += idf_of(i) * of_asked[i];
        return sum / look_.total_;
    }

    /// Strengths of all pairs of places that are near each other; both ascend.
    static float windows(const std::vector<std::pair<std::uint32_t, float>>& first,
                         const std::vector<std::pair<std::uint32_t, float>>& second) {
        float sum = 0;
        std::size_t from = 0;
        for (const auto& [place, strength] : first) {
            while (from < second.size() && second[from].first + near < place) ++from;
            for (std::size_t i = from; i < second.size() && second[i].first <= place + near; ++i) {
                sum += strength * second[i].second;
            }
        }
        return sum;
    }

    void set_grams(float norm, Features& features) const {
        const auto set = [&](Feature feature, float value) {
            features[static_cast<std::size_t>(feature)] = value;
        };
        if (!(look_.gram_total_ > 0)) return;
        float sum = 0;
        float title_sum = 0;
        for (std::size_t i = 0; i < grams_.size(); ++i) {
            sum += look_.gram_weights_[i] *
                   saturated(grams_[i] / norm + title_share * title_grams_[i]);
            if (title_grams_[i] > 0) title_sum += look_.gram_weights_[i];
        }
        set(Feature::grams, sum / look_.gram_total_);
        if (title_gram_mass_ > 0) {
            set(Feature::title_grams, title_sum / std::sqrt(title_gram_mass_ * look_.gram_total_));
        }
        std::vector<float>& counts = look_.gram_counts_;
        std::vector<std::uint32_t> buckets;
        for (const auto& [word, counted] : counted_) {
            for (const std::uint32_t gram : word->grams) {
                if (counts[gram] == 0) buckets.push_back(gram);
                counts[gram] += counted.body + title_share * counted.title;
            }
        }
        float squares = 0;
        for (const std::uint32_t bucket : buckets) {
            counts[bucket] = (1 + std::log(counts[bucket])) * look_.rarity(bucket);
            squares += counts[bucket] * counts[bucket];
        }
        float dot = 0;
        for (const auto& [bucket, gram] : look_.gram_) {
            dot += counts[bucket] * look_.gram_weights_[gram];
        }
        for (const std::uint32_t bucket : buckets) counts[bucket] = 0;
        if (squares > 0) {
            set(Feature::gram_cosine, dot / (std::sqrt(squares) * look_.gram_length_));
        }
    }

    /// Returns the agreement of the directions.
    float gather_terms(DocumentTerms& terms) const {
        struct Term {
            float count = 0;
            const ReadWord::Stem* stem = nullptr;
        };
        std::unordered_map<TermKey, Term> stems;
        for (const auto& [word, counted] : counted_) {
            for (const ReadWord::Stem& stem : word->stems) {
                Term& term = stems[stem.key];
                term.count += (counted.body + title_share * counted.title) * stem.share;
                term.stem = &stem;
            }
        }
        float squares = 0;
        for (const auto& [key, term] : stems) {
            if (term.count > 0) terms.emplace_back(key, term.stem->idf * saturated(term.count));
        }
        std::sort(terms.begin(), terms.end());
        for (const auto& [key, weight] : terms) squares += weight * weight;
        Direction direction{};
        for (auto& [key, weight] : terms) {
            weight /= std::sqrt(squares);
            if (const auto& meaning = stems[key].stem->meaning) {
                look_.add(direction, *meaning, weight);
            }
        }
        return cosine(direction, look_.direction_);
    }

    DocumentLook& look_;
    std::size_t asked_;
    std::vector<float> body_;  ///< Occurrences of each asked word, by strength.
    std::vector<float> title_;
    std::vector<float> covered_;
    std::vector<float> opening_;
    std::vector<float> in_line_;
    std::vector<std::size_t> touched_;
    std::vector<std::vector<std::pair<std::uint32_t, float>>> places_;
    std::vector<float> grams_;
    std::vector<float> title_grams_;
    float title_gram_mass_ = 0;
    std::uint32_t length_ = 0;
    float mass_ = 0;
    float asked_mass_ = 0;
    float best_line_ = 0;
    float best_cosine_ = 0;
    std::unordered_set<std::uint64_t> phrases_;
    std::unordered_map<const ReadWord*, std::size_t> number_;
    std::vector<std::pair<const ReadWord*, Counted>> counted_;  ///< In order of appearance.
};

void DocumentLook::see(std::span<const std::shared_ptr<const ReadText>> texts, float average_words,
                       Features& features, DocumentTerms& terms) {
    if (!(total_ > 0)) return;
    Document document(*this);
    document.read_title(texts.front()->title);  // Once, though every passage carries it.
    const std::string* headings = nullptr;
    for (const auto& text : texts) {
        if (headings == nullptr || *headings != text->headings) {
            for (const ReadLine& line : text->heading_lines) document.read_line(line);
        }
        headings = &text->headings;
        for (const ReadLine& line : text->lines) document.read_line(line);
    }
    document.finish(average_words, features, terms);
}

}  // namespace raadbot::index
