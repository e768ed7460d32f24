#include "retrieval/index/rerank.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

namespace raadbot::index {
namespace {

constexpr std::size_t most_neighbours = 10;

float& at(Features& features, Feature feature) {
    return features[static_cast<std::size_t>(feature)];
}

/// 0 for one asked word, 1 for twenty and more.
float length_share(std::size_t asked) {
    const auto of = [](float words) { return words / (words + 8); };
    const float share = (of(static_cast<float>(asked)) - of(1)) / (of(20) - of(1));
    return std::clamp(share, 0.0F, 1.0F);
}

/// How alike the documents are: cosines of their terms, row by row.
std::vector<float> likenesses(const std::vector<DocumentTerms>& documents) {
    struct Held {
        TermKey key;
        std::size_t document;
        float weight;
    };
    std::vector<Held> held;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        for (const auto& [key, weight] : documents[i]) held.push_back({key, i, weight});
    }
    std::sort(held.begin(), held.end(), [](const Held& a, const Held& b) {
        return a.key != b.key ? a.key < b.key : a.document < b.document;
    });
    std::vector<float> result(documents.size() * documents.size(), 0);
    for (std::size_t i = 0; i < held.size();) {
        std::size_t end = i;
        while (end < held.size() && held[end].key == held[i].key) ++end;
        for (std::size_t one = i; one < end; ++one) {
            float* row = &result[held[one].document * documents.size()];
            for (std::size_t other = i; other < end; ++other) {
                row[held[other].document] += held[one].weight * held[other].weight;
            }
        }
        i = end;
    }
    return result;
}

/// Each document's most similar ones speak for it: mean of their first-stage scores.
void set_neighbours(const std::vector<DocumentTerms>& terms, std::vector<FoundDocument>& found) {
    const std::vector<float> alike = likenesses(terms);
    std::vector<std::pair<float, std::size_t>> near_ones;
    for (std::size_t i = 0; i < found.size(); ++i) {
        near_ones.clear();
        for (std::size_t j = 0; j < found.size(); ++j) {
            if (j != i) near_ones.emplace_back(alike[i * found.size() + j], j);
        }
        const std::size_t count = std::min(most_neighbours, near_ones.size());
        std::partial_sort(near_ones.begin(), near_ones.begin() + static_cast<std::ptrdiff_t>(count),
                          near_ones.end(), [](const auto& a, const auto& b) {
                              return a.first != b.first ? a.first > b.first : a.second < b.second;
                          });
        float sum = 0;
        float weights = 0;
        for (std::size_t j = 0; j < count; ++j) {
            const auto& [likeness, document] = near_ones[j];
            sum += likeness * at(found[document].features, Feature::first_stage);
            weights += likeness;
        }
        if (weights > 0) at(found[i].features, Feature::neighbours) = sum / weights;
    }
}

}  // namespace

Reranker::Reranker(const CorpusView& corpus, std::shared_ptr<const Meaning> meaning,
                   RerankOptions options)
    : corpus_(corpus),
      meaning_(std::move(meaning)),
      options_(options),
      reader_(corpus_, meaning_) {}

std::vector<FoundDocument> Reranker::look(const UnderstoodQuestion& question,
                                          std::span<const Hit> hits,
                                          const PassageTexts& texts) const {
    std::vector<PassageId> ids;
    std::unordered_map<PassageId, std::size_t> place;
    for (const Hit& hit : hits.first(std::min(hits.size(), options_.read))) {
        place.emplace(hit.passage, ids.size());
        ids.push_back(hit.passage);
    }
    struct Document {
        std::vector<std::size_t> hits;
        // Words are close to each other in the order of the document, which is that of its ids.
        std::map<PassageId, std::shared_ptr<const ReadText>> texts;
    };
    std::unordered_map<std::uint64_t, Document> by_document;
    for (const PassageText& passage : texts.read_documents(ids, options_.document)) {
        Document& document = by_document[passage.document];
        if (!document.texts.emplace(passage.id, reader_.read(passage)).second) continue;
        const auto hit = place.find(passage.id);
        if (hit != place.end()) document.hits.push_back(hit->second);
    }
    std::vector<Document> documents;
    std::size_t words = 0;
    for (auto& [id, document] : by_document) {
        if (document.hits.empty()) continue;
        std::sort(document.hits.begin(), document.hits.end());
        for (const auto& [passage, text] : document.texts) {
            for (const ReadLine& line : text->lines) words += line.size();
        }
        documents.push_back(std::move(document));
    }
    if (documents.empty()) return {};
    std::sort(documents.begin(), documents.end(),
              [](const Document& a, const Document& b) { return a.hits.front() < b.hits.front(); });

    const float average =
        std::max(1.0F, static_cast<float>(words) / static_cast<float>(documents.size()));
    const float top = std::max(hits[documents.front().hits.front()].score, 1e-6F);
    std::vector<FoundDocument> found(documents.size());
    std::vector<DocumentTerms> terms(documents.size());
    DocumentLook look(question, corpus_, meaning_.get());
    for (std::size_t i = 0; i < documents.size(); ++i) {
        std::vector<std::shared_ptr<const ReadText>> in_order;
        for (const auto& [passage, text] : documents[i].texts) in_order.push_back(text);
        found[i].hits = std::move(documents[i].hits);
        at(found[i].features, Feature::first_stage) = hits[found[i].hits.front()].score / top;
        look.see(in_order, average, found[i].features, terms[i]);
    }
    set_neighbours(terms, found);
    return found;
}

std::vector<Hit> Reranker::rerank(const UnderstoodQuestion& question, std::vector<Hit> hits,
                                  const PassageTexts& texts, std::size_t k) const {
    const std::vector<FoundDocument> found = look(question, hits, texts);
    const float share = length_share(question.asked.size());
    std::vector<float> values;
    float best = -1e9F;
    for (const FoundDocument& document : found) {
        float value = 0;
        for (std::size_t i = 0; i < feature_count; ++i) {
            value += ((1 - share) * options_.one_word[i] + share * options_.twenty_words[i]) *
                     document.features[i];
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
        for (const std::size_t hit : found[i].hits) {
            taken[hit] = true;
            const float part = strongest > 0 ? hits[hit].score / strongest : 1;
            result.push_back({hits[hit].passage, of_document * part});
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
