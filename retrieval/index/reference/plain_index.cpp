#include "retrieval/index/reference/plain_index.hpp"

#include <algorithm>

#include "retrieval/index/words.hpp"

namespace raadbot::index::reference {
namespace {

template <class T>
bool holds(const std::vector<T>& values, const T& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool passes(const Filter& filter, const Entry& entry) {
    if (!holds(filter.audiences, entry.audience)) return false;
    if (!filter.sources.empty() && !holds(filter.sources, entry.source)) return false;
    if (!filter.kinds.empty() && !holds(filter.kinds, entry.kind)) return false;
    if (!filter.bodies.empty() && !holds(filter.bodies, entry.body_key)) return false;
    if (!filter.papers.empty() && !holds(filter.papers, entry.paper)) return false;
    if (filter.first_date && (!entry.date || *entry.date < *filter.first_date)) return false;
    if (filter.last_date && (!entry.date || *entry.date > *filter.last_date)) return false;
    return true;
}

std::vector<std::string> trigrams(std::string_view word) {
    std::string padded = "__";
    padded += word;
    padded += "__";
    std::vector<std::size_t> starts;
    for (std::size_t i = 0; i < padded.size(); ++i) {
        if ((static_cast<unsigned char>(padded[i]) & 0xC0U) != 0x80U) starts.push_back(i);
    }
    starts.push_back(padded.size());
    std::vector<std::string> grams;
    for (std::size_t i = 0; i + 3 < starts.size(); ++i) {
        grams.push_back(padded.substr(starts[i], starts[i + 3] - starts[i]));
    }
    std::sort(grams.begin(), grams.end());
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    return grams;
}

PlainIndex::PlainIndex(Scoring scoring, Analyzer::Representation representation)
    : analyzer_(scoring, representation) {}

void PlainIndex::add(const Entry& entry) {
    remove(entry.id);
    const AnalysedPassage& analysed = analyzer_.analyse(entry.title, entry.headings, entry.text);
    Passage passage;
    passage.entry = entry;
    passage.entry.title = passage.entry.headings = passage.entry.text = {};
    passage.postings = analysed.postings;
    for (const Posting& posting : passage.postings) {
        postings_[posting.key].emplace_back(passages_.size(), posting.impact);
    }
    for (const std::string_view word : analysed.words) {
        const std::uint32_t frequency = ++words_[std::string(word)];
        for (const std::string& gram : trigrams(word)) {
            words_of_trigram_[gram][std::string(word)] = frequency;
        }
        passage.words.emplace_back(word);
    }
    place_of_[entry.id] = passages_.size();
    passages_.push_back(std::move(passage));
}

void PlainIndex::remove(PassageId id) {
    const auto found = place_of_.find(id);
    if (found == place_of_.end()) return;
    Passage& passage = passages_[found->second];
    for (const Posting& posting : passage.postings) {
        const auto list = postings_.find(posting.key);
        std::erase_if(list->second, [&](const auto& held) { return held.first == found->second; });
        if (list->second.empty()) postings_.erase(list);
    }
    for (const std::string& word : passage.words) {
        const auto counted = words_.find(word);
        const bool last = --counted->second == 0;
        for (const std::string& gram : trigrams(word)) {
            auto& holders = words_of_trigram_[gram];
            if (last) {
                holders.erase(word);
            } else {
                holders[word] = counted->second;
            }
        }
        if (last) words_.erase(counted);
    }
    passage.postings.clear();
    passage.words.clear();
    place_of_.erase(found);
}

std::vector<Hit> PlainIndex::search(const Query& query, const Filter& filter, std::size_t k) const {
    std::vector<std::uint32_t> sums(passages_.size());
    for (std::uint32_t group = 0; group < query.groups; ++group) {
        std::vector<std::uint32_t> best(passages_.size());
        for (const QueryTerm& term : query.terms) {
            const auto list = postings_.find(term.key);
            if (term.group != group || list == postings_.end()) continue;
            for (const auto& [place, posting_impact] : list->second) {
                std::uint32_t& value = best[place];
                value = std::max(value, term.weight * posting_impact);
            }
        }
        for (std::size_t place = 0; place < best.size(); ++place) sums[place] += best[place];
    }
    std::vector<Hit> hits;
    for (std::size_t place = 0; place < sums.size(); ++place) {
        const Entry& entry = passages_[place].entry;
        if (sums[place] == 0 || !passes(filter, entry)) continue;
        hits.push_back({entry.id, score_of(query, sums[place])});
    }
    std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.passage < b.passage;
    });
    if (hits.size() > k) hits.resize(k);
    return hits;
}

std::uint32_t PlainIndex::passages() const { return static_cast<std::uint32_t>(place_of_.size()); }

std::uint32_t PlainIndex::holding(TermKey key) const {
    const auto list = postings_.find(key);
    return list == postings_.end() ? 0 : static_cast<std::uint32_t>(list->second.size());
}

std::uint32_t PlainIndex::word_frequency(std::string_view word) const {
    const auto found = words_.find(std::string(word));
    return found == words_.end() ? 0 : found->second;
}

std::vector<std::string> PlainIndex::words_with_prefix(std::string_view prefix,
                                                       std::size_t limit) const {
    std::vector<std::string> found;
    for (const auto& [word, frequency] : words_) {
        if (word.starts_with(prefix) && found.size() < limit) found.push_back(word);
    }
    return found;
}

std::vector<SimilarWord> PlainIndex::similar_words(std::string_view word, float least_similarity,
                                                   std::size_t limit) const {
    const std::vector<std::string> grams = trigrams(word);
    const auto all = static_cast<double>(words_.size());
    float total = 0;
    std::map<std::string, float> shared;
    for (const std::string& gram : grams) {
        const auto holders = words_of_trigram_.find(gram);
        const bool known = holders != words_of_trigram_.end();
        const float weight =
            trigram_weight(all, known ? static_cast<double>(holders->second.size()) : 0);
        total += weight;
        if (!known) continue;
        for (const auto& [other, frequency] : holders->second) shared[other] += weight;
    }
    std::vector<SimilarWord> similar;
    for (const auto& [other, weight] : shared) {
        if (other == word || weight < least_similarity * total) continue;
        similar.push_back({other, word_frequency(other), weight / total});
    }
    std::sort(similar.begin(), similar.end(), more_similar);
    if (similar.size() > limit) similar.resize(limit);
    return similar;
}

}  // namespace raadbot::index::reference
