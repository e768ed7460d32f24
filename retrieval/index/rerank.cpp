#include "retrieval/index/rerank.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/words.hpp"

namespace raadbot::index {
namespace {

constexpr std::size_t max_remembered_words = 100'000;
constexpr std::size_t max_remembered_texts = 10'000;
constexpr std::size_t most_neighbours = 10;
constexpr std::uint32_t near = 12;            ///< Words apart that still count as close.
constexpr std::size_t most_occurrences = 64;  ///< Of one asked word in a document.
constexpr float least_lookalike = 0.35F;
constexpr float part_share = 0.8F;  ///< A word found as a part of a compound.
constexpr float unknown_idf = 6;
constexpr float length_slope = 0.3F;
constexpr float title_factor = 4;

/// One of the words is the other's part, or they share most trigrams.
float lookalike(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
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

using Direction = std::array<float, Meaning::dimensions>;

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

std::uint64_t bigram(std::string_view first, std::string_view second) {
    std::string both(first);
    both += ' ';
    both += second;
    return term_key(TermSpace::surface, both);
}

}  // namespace

/// A word of a text with everything that is asked of it again and again.
struct Reranker::Word {
    struct Stem {
        TermKey key = 0;
        float idf = 0;
        float share = 1;
        std::optional<std::size_t> meaning;
    };
    std::string text;
    std::vector<Stem> stems;  ///< Its lemma, then its parts.
    std::vector<std::uint32_t> grams;
    std::vector<std::uint64_t> trigrams;
    bool letters = false;
    bool stop_word = false;
};

struct Reranker::Text {
    std::vector<WordPointer> title;
    std::vector<WordPointer> body;
};

Reranker::Reranker(const CorpusView& corpus, std::shared_ptr<const Meaning> meaning,
                   RerankOptions options)
    : corpus_(corpus), meaning_(std::move(meaning)), options_(options) {}
Reranker::~Reranker() = default;

Reranker::WordPointer Reranker::word(const std::string& text, bool letters) const {
    std::string name = text;
    name += letters ? 'w' : 'n';
    {
        const std::lock_guard guard(mutex_);
        const auto found = words_.find(name);
        if (found != words_.end()) return found->second;
    }
    danish::Token token;
    token.text = text;
    token.kind = letters ? danish::TokenKind::word : danish::TokenKind::number;
    const WordTerms terms = word_terms(danish::Morphology::instance(), token);
    auto fresh = std::make_shared<Word>();
    fresh->text = text;
    fresh->letters = letters;
    fresh->stop_word = terms.stop_word;
    if (!terms.stop_word) {
        const auto add = [&](const std::string& lemma, float share) {
            Word::Stem stem;
            stem.key = term_key(TermSpace::word, lemma);
            const std::uint32_t holding = corpus_.holding(stem.key);
            stem.idf =
                holding == 0
                    ? unknown_idf
                    : static_cast<float>(inverse_document_frequency(corpus_.passages(), holding));
            stem.share = share;
            // A word of one passage says nothing of another.
            if (holding < 2) stem.share = 0;
            if (meaning_ != nullptr) stem.meaning = meaning_->find(stem.key);
            fresh->stems.push_back(stem);
        };
        add(terms.lemma, 1);
        for (const std::string& part : terms.parts) add(part, 0.5F);
        if (letters) {
            fresh->trigrams = trigram_keys(text);
            for (const TermKey gram : character_grams(text, 4)) {
                fresh->grams.push_back(static_cast<std::uint32_t>(gram % Meaning::gram_buckets));
            }
        }
    }
    const std::lock_guard guard(mutex_);
    if (words_.size() >= max_remembered_words) words_.clear();
    return words_.emplace(std::move(name), std::move(fresh)).first->second;
}

std::vector<Reranker::WordPointer> Reranker::words(std::string_view text) const {
    std::vector<WordPointer> result;
    for (const danish::Token& token : danish::tokenize(text)) {
        result.push_back(word(token.text, token.kind == danish::TokenKind::word));
    }
    return result;
}

std::shared_ptr<const Reranker::Text> Reranker::analyse(const PassageText& passage) const {
    {
        const std::lock_guard guard(mutex_);
        const auto found = texts_.find(passage.id);
        if (found != texts_.end()) return found->second;
    }
    auto text = std::make_shared<Text>();
    text->title = words(passage.title);
    text->body = words(passage.headings);
    for (WordPointer& one : words(passage.text)) text->body.push_back(std::move(one));
    const std::lock_guard guard(mutex_);
    if (texts_.size() >= max_remembered_texts) texts_.clear();
    return texts_.emplace(passage.id, std::move(text)).first->second;
}

/// One question over the found documents.
class Reranker::Look {
public:
    Look(const Reranker& reranker, const UnderstoodQuestion& question)
        : meaning_(reranker.meaning_.get()), question_(question) {
        for (std::size_t i = 0; i < question.asked.size(); ++i) {
            const AskedWord& asked = question.asked[i];
            total_ += static_cast<float>(asked.idf);
            for (const auto& alternative : asked.alternatives) {
                by_key_[alternative.key].push_back({i, alternative.strength});
            }
            const auto add_direction = [&](std::string_view lemma, float weight) {
                if (meaning_ == nullptr) return std::optional<std::size_t>();
                const auto known = meaning_->find(term_key(TermSpace::word, lemma));
                if (known) add(direction_, *known, weight * static_cast<float>(asked.idf));
                return known;
            };
            meanings_.push_back(add_direction(asked.lemma, 1));
            for (const std::string& part : asked.parts) add_direction(part, 0.5F);
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
        for (std::size_t i = 0; i + 1 < question.tokens.size(); ++i) {
            if (danish::is_stop_word(question.tokens[i]) &&
                danish::is_stop_word(question.tokens[i + 1])) {
                continue;
            }
            bigrams_.insert(bigram(question.tokens[i], question.tokens[i + 1]));
        }
    }

    struct Document {
        std::vector<std::shared_ptr<const Text>> texts;
        std::vector<std::pair<TermKey, float>> terms;  ///< Unit length, ascending keys.
    };

    void see(Document& document, float average_length, Features& features) {
        const std::size_t asked = question_.asked.size();
        std::vector<float> covered(asked, 0);
        std::vector<float> in_title(asked, 0);
        std::vector<float> kindred(asked, 0);
        std::vector<float> alike(asked, 0);
        std::vector<float> grams(gram_weights_.size(), 0);
        std::vector<float> title_grams(gram_weights_.size(), 0);
        std::vector<std::vector<std::pair<std::uint32_t, float>>> places(asked);
        std::unordered_map<TermKey, Stem> stems;
        std::unordered_set<std::uint64_t> phrases;
        std::uint32_t place = 0;
        const Word* previous = nullptr;

        const auto look_at = [&](const Word& word, bool title) {
            if (previous != nullptr && !(previous->stop_word && word.stop_word) &&
                !bigrams_.empty()) {
                const std::uint64_t pair = bigram(previous->text, word.text);
                if (bigrams_.contains(pair)) phrases.insert(pair);
            }
            previous = &word;
            if (word.stop_word) return;
            const Resemblance& seen = resemblance(word);
            for (const auto& [which, strength] : seen.matches) {
                float& best = title ? in_title[which] : covered[which];
                best = std::max(best, strength);
                if (!title && places[which].size() < most_occurrences) {
                    places[which].emplace_back(place, strength);
                }
            }
            for (std::size_t i = 0; i < asked; ++i) {
                kindred[i] = std::max(kindred[i], seen.kindred[i]);
                alike[i] = std::max(alike[i], seen.alike[i]);
            }
            for (const std::size_t gram : seen.grams) (title ? title_grams : grams)[gram] += 1;
            for (const Word::Stem& stem : word.stems) {
                Stem& held = stems[stem.key];
                held.count += (title ? 2.0F : 1.0F) * stem.share;
                held.idf = stem.idf;
                held.meaning = stem.meaning;
            }
        };

        // The title once, though every passage carries it.
        float title_mass = 0;
        float title_asked = 0;
        float title_gram_mass = 0;
        for (const WordPointer& word : document.texts.front()->title) {
            look_at(*word, true);
            if (word->stop_word) continue;
            float best = 0;
            for (const auto& [which, strength] : resemblance(*word).matches) {
                best = std::max(best, strength);
            }
            title_mass += word->stems.front().idf;
            title_asked += word->stems.front().idf * best;
            for (const std::uint32_t gram : word->grams) title_gram_mass += rarity(gram);
        }
        previous = nullptr;
        for (const auto& text : document.texts) {
            for (const WordPointer& word : text->body) {
                look_at(*word, false);
                ++place;
            }
            previous = nullptr;
        }

        const auto set = [&](Feature feature, float value) {
            features[static_cast<std::size_t>(feature)] = value;
        };
        if (!(total_ > 0)) return;
        float covered_mass = 0;
        float title_covered = 0;
        float kindred_mass = 0;
        float alike_mass = 0;
        float close_mass = 0;
        for (std::size_t i = 0; i < asked; ++i) {
            const auto idf = static_cast<float>(question_.asked[i].idf);
            covered_mass += idf * std::max(covered[i], in_title[i]);
            title_covered += idf * in_title[i];
            kindred_mass += idf * kindred[i];
            alike_mass += std::max(1.0F, idf) * alike[i];
            if (i + 1 < asked) {
                close_mass += closeness(places[i], places[i + 1]) *
                              (idf + static_cast<float>(question_.asked[i + 1].idf));
            }
        }
        set(Feature::covered, covered_mass / total_);
        set(Feature::kindred, kindred_mass / total_);
        set(Feature::lookalikes, alike_mass / total_);
        set(Feature::closeness, close_mass / (2 * total_));
        const float of_title = title_mass > 0 ? title_asked / title_mass : 0;
        const float of_question = title_covered / total_;
        if (of_title + of_question > 0) {
            set(Feature::title_words, 2 * of_title * of_question / (of_title + of_question));
        }
        if (!bigrams_.empty()) {
            set(Feature::phrases,
                static_cast<float>(phrases.size()) / static_cast<float>(bigrams_.size()));
        }
        if (gram_total_ > 0) {
            const float norm =
                1 - length_slope + length_slope * static_cast<float>(place) / average_length;
            float sum = 0;
            float title_sum = 0;
            for (std::size_t i = 0; i < gram_weights_.size(); ++i) {
                const float frequency = grams[i] / norm + title_factor * title_grams[i];
                sum += gram_weights_[i] * frequency / (frequency + 1.2F);
                if (title_grams[i] > 0) title_sum += gram_weights_[i];
            }
            set(Feature::grams, sum / gram_total_);
            if (title_gram_mass > 0) {
                set(Feature::title_grams, title_sum / std::sqrt(title_gram_mass * gram_total_));
            }
        }
        Direction direction{};
        float squares = 0;
        for (const auto& [key, held] : stems) {
            if (!(held.count > 0)) continue;
            const float weight = held.idf * held.count / (held.count + 1.2F);
            document.terms.emplace_back(key, weight);
            squares += weight * weight;
        }
        std::sort(document.terms.begin(), document.terms.end());
        for (auto& [key, weight] : document.terms) {
            weight /= std::sqrt(squares);
            if (const auto& meaning = stems[key].meaning) add(direction, *meaning, weight);
        }
        set(Feature::topic, cosine(direction, direction_));
    }

private:
    struct Stem {
        float count = 0;
        float idf = 0;
        std::optional<std::size_t> meaning;
    };
    /// What one word of a text has to do with the question.
    struct Resemblance {
        std::vector<std::pair<std::size_t, float>> matches;
        std::vector<float> kindred;
        std::vector<float> alike;
        std::vector<std::size_t> grams;
    };

    [[nodiscard]] float rarity(std::size_t bucket) const {
        return meaning_ != nullptr ? meaning_->gram_rarity(bucket) : 1.0F;
    }

    void add(Direction& to, std::size_t word, float weight) const {
        const float scale = weight * meaning_->length(word) / 127;
        const Meaning::Direction& from = meaning_->direction(word);
        for (std::size_t i = 0; i < to.size(); ++i) to[i] += scale * static_cast<float>(from[i]);
    }

    const Resemblance& resemblance(const Word& word) {
        const auto [at, fresh] = seen_.try_emplace(&word);
        Resemblance& seen = at->second;
        if (!fresh) return seen;
        const std::size_t asked = question_.asked.size();
        seen.kindred.assign(asked, 0);
        seen.alike.assign(asked, 0);
        for (std::size_t stem = 0; stem < word.stems.size(); ++stem) {
            const auto found = by_key_.find(word.stems[stem].key);
            if (found != by_key_.end()) {
                for (const auto& [which, strength] : found->second) {
                    seen.matches.emplace_back(which, stem == 0 ? strength : strength * part_share);
                }
            }
            if (const auto& meaning = word.stems[stem].meaning) {
                for (std::size_t i = 0; i < asked; ++i) {
                    if (!meanings_[i]) continue;
                    seen.kindred[i] =
                        std::max(seen.kindred[i], similarity(meaning_->direction(*meanings_[i]),
                                                             meaning_->direction(*meaning)));
                }
            }
        }
        for (std::size_t i = 0; word.letters && i < asked; ++i) {
            if (!trigrams_[i].empty()) seen.alike[i] = lookalike(trigrams_[i], word.trigrams);
        }
        for (const std::uint32_t gram : word.grams) {
            const auto found = gram_.find(gram);
            if (found != gram_.end()) seen.grams.push_back(found->second);
        }
        return seen;
    }

    static float closeness(const std::vector<std::pair<std::uint32_t, float>>& first,
                           const std::vector<std::pair<std::uint32_t, float>>& second) {
        float best = 0;
        for (const auto& [place, strength] : first) {
            for (const auto& [other, also] : second) {
                const std::uint32_t apart = place > other ? place - other : other - place;
                if (apart > near) continue;
                best = std::max(best, strength * also / static_cast<float>(std::max(1U, apart)));
            }
        }
        return best;
    }

    const Meaning* meaning_;
    const UnderstoodQuestion& question_;
    float total_ = 0;
    std::unordered_map<TermKey, std::vector<std::pair<std::size_t, float>>> by_key_;
    std::vector<std::optional<std::size_t>> meanings_;
    std::vector<std::vector<std::uint64_t>> trigrams_;
    Direction direction_{};
    std::unordered_map<std::uint32_t, std::size_t> gram_;
    std::vector<float> gram_weights_;
    float gram_total_ = 0;
    std::unordered_set<std::uint64_t> bigrams_;
    std::unordered_map<const Word*, Resemblance> seen_;
};

std::vector<FoundDocument> Reranker::look(const UnderstoodQuestion& question,
                                          std::span<const Hit> hits,
                                          const PassageTexts& texts) const {
    std::vector<PassageId> ids;
    for (const Hit& hit : hits.first(std::min(hits.size(), options_.read))) {
        ids.push_back(hit.passage);
    }
    std::unordered_map<PassageId, std::size_t> place;
    for (std::size_t i = 0; i < hits.size(); ++i) place.emplace(hits[i].passage, i);

    struct Read {
        std::uint64_t document;
        std::shared_ptr<const Text> text;
    };
    std::map<std::size_t, Read> read;  // By place.
    for (const PassageText& passage : texts.read(ids)) {
        const auto at = place.find(passage.id);
        if (at != place.end()) read[at->second] = {passage.document, analyse(passage)};
    }
    std::vector<FoundDocument> found;
    std::vector<Look::Document> documents;
    std::unordered_map<std::uint64_t, std::size_t> number_of;
    std::size_t length = 0;
    for (const auto& [at, passage] : read) {
        const auto [number, fresh] = number_of.try_emplace(passage.document, found.size());
        if (fresh) {
            found.emplace_back();
            documents.emplace_back();
        }
        found[number->second].hits.push_back(at);
        length += passage.text->body.size();
    }
    if (found.empty()) return found;
    const float average =
        std::max(1.0F, static_cast<float>(length) / static_cast<float>(read.size()));
    const float top = std::max(hits[read.begin()->first].score, 1e-6F);
    float greatest = 0;
    std::vector<float> sums;
    Look look(*this, question);
    for (std::size_t i = 0; i < found.size(); ++i) {
        // Words are close to each other in the order of the document, which is that of its ids.
        std::vector<std::size_t> order = found[i].hits;
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return hits[a].passage < hits[b].passage; });
        float sum = 0;
        for (const std::size_t at : order) {
            documents[i].texts.push_back(read[at].text);
            sum += hits[at].score;
        }
        sums.push_back(sum);
        greatest = std::max(greatest, sum);
        look.see(documents[i], average, found[i].features);
        found[i].features[static_cast<std::size_t>(Feature::first_stage)] =
            hits[found[i].hits.front()].score / top;
    }
    std::unordered_map<TermKey, std::vector<std::pair<std::size_t, float>>> holders;
    for (std::size_t i = 0; i < found.size(); ++i) {
        for (const auto& [key, weight] : documents[i].terms) holders[key].emplace_back(i, weight);
    }
    std::vector<std::pair<float, std::size_t>> near_ones;
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i].features[static_cast<std::size_t>(Feature::whole)] =
            greatest > 0 ? sums[i] / greatest : 0;
        near_ones.assign(found.size(), {0.0F, 0});
        for (std::size_t j = 0; j < found.size(); ++j) near_ones[j].second = j;
        for (const auto& [key, weight] : documents[i].terms) {
            for (const auto& [j, other] : holders[key]) near_ones[j].first += weight * other;
        }
        near_ones[i].first = -1;
        const std::size_t count = std::min(most_neighbours, near_ones.size() - 1);
        std::partial_sort(near_ones.begin(), near_ones.begin() + static_cast<std::ptrdiff_t>(count),
                          near_ones.end(), [](const auto& a, const auto& b) {
                              return a.first != b.first ? a.first > b.first : a.second < b.second;
                          });
        float sum = 0;
        float weights = 0;
        for (std::size_t j = 0; j < count; ++j) {
            sum +=
                near_ones[j].first *
                found[near_ones[j].second].features[static_cast<std::size_t>(Feature::first_stage)];
            weights += near_ones[j].first;
        }
        if (weights > 0) {
            found[i].features[static_cast<std::size_t>(Feature::neighbours)] = sum / weights;
        }
    }
    return found;
}

std::vector<Hit> Reranker::rerank(const UnderstoodQuestion& question, std::vector<Hit> hits,
                                  const PassageTexts& texts, std::size_t k) const {
    const std::vector<FoundDocument> found = look(question, hits, texts);
    std::vector<float> values;
    float best = -1e9F;
    for (const FoundDocument& document : found) {
        float value = 0;
        for (std::size_t i = 0; i < feature_count; ++i) {
            value += options_.weights[i] * document.features[i];
        }
        values.push_back(value);
        best = std::max(best, value);
    }
    // Back to the first stage's scale, which those who read the hits know: the best keeps the best
    // score, and a passage that is weaker than its document's best stays so.
    constexpr float softness = 8;
    const float top = hits.empty() ? 0 : hits.front().score;
    std::vector<Hit> result;
    std::vector<bool> taken(hits.size(), false);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const float of_document = top * std::exp((values[i] - best) / softness);
        const float strongest = hits[found[i].hits.front()].score;
        for (const std::size_t at : found[i].hits) {
            taken[at] = true;
            const float share = strongest > 0 ? hits[at].score / strongest : 1;
            result.push_back({hits[at].passage, of_document * share});
        }
    }
    std::sort(result.begin(), result.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.passage < b.passage;
    });
    const float least = result.empty() ? top : result.back().score;
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (!taken[i]) result.push_back({hits[i].passage, std::min(hits[i].score, least)});
    }
    if (result.size() > k) result.resize(k);
    return result;
}

}  // namespace raadbot::index
