#include "retrieval/index/segment_builder.hpp"

#include <algorithm>
#include <numeric>

namespace raadbot::index {

SegmentBuilder::SegmentBuilder(Scoring scoring, Analyzer::Representation representation)
    : analyzer_(scoring, representation) {}

void SegmentBuilder::add(const Entry& entry) {
    remove(entry.id);
    const AnalysedPassage& analysed = analyzer_.analyse(entry.title, entry.headings, entry.text);
    FacetClass facets{entry.audience.value, entry.source.value, entry.kind, entry.body_key,
                      entry.paper};
    const auto class_id =
        class_ids_.try_emplace(std::move(facets), static_cast<std::uint32_t>(class_ids_.size()))
            .first->second;
    place_of_[entry.id] = waiting_.size();
    waiting_.push_back({entry.id, class_id, day_number(entry.date),
                        static_cast<std::uint32_t>(postings_.size()),
                        static_cast<std::uint32_t>(word_numbers_.size()), true});
    ++alive_;
    for (const Posting& posting : analysed.postings) {
        const auto [at, fresh] =
            term_numbers_.try_emplace(posting.key, static_cast<std::uint32_t>(keys_.size()));
        if (fresh) keys_.push_back(posting.key);
        postings_.push_back(at->second);
        impacts_.push_back(posting.impact);
    }
    for (const std::string_view word : analysed.words) {
        word_numbers_.push_back(
            word_ids_.try_emplace(std::string(word), static_cast<std::uint32_t>(word_ids_.size()))
                .first->second);
    }
}

bool SegmentBuilder::remove(PassageId id) {
    const auto found = place_of_.find(id);
    if (found == place_of_.end()) return false;
    waiting_[found->second].alive = false;
    place_of_.erase(found);
    --alive_;
    return true;
}

void SegmentBuilder::clear() {
    waiting_.clear();
    place_of_.clear();
    alive_ = 0;
    impacts_.clear();
    postings_.clear();
    word_numbers_.clear();
    term_numbers_.clear();
    keys_.clear();
    word_ids_.clear();
    class_ids_.clear();
}

WrittenSegment SegmentBuilder::write(FileLayer& files, const std::filesystem::path& file) {
    // Passages by ascending id.
    std::vector<std::uint32_t> order;
    for (std::size_t i = 0; i < waiting_.size(); ++i) {
        if (waiting_[i].alive) order.push_back(static_cast<std::uint32_t>(i));
    }
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return waiting_[a].id < waiting_[b].id; });
    PassageTable table;
    table.classes.resize(class_ids_.size());
    for (const auto& [facets, number] : class_ids_) table.classes[number] = facets;
    for (const std::uint32_t i : order) {
        table.ids.push_back(waiting_[i].id);
        table.class_of.push_back(waiting_[i].facets);
        table.dates.push_back(waiting_[i].date);
    }
    const auto posting_end = [&](std::uint32_t i) {
        return i + 1 < waiting_.size() ? waiting_[i + 1].first_posting : postings_.size();
    };
    const auto word_end = [&](std::uint32_t i) {
        return i + 1 < waiting_.size() ? waiting_[i + 1].first_word : word_numbers_.size();
    };

    // Counting sort by term; within a term the passages stay ascending.
    std::vector<std::size_t> starts(keys_.size() + 1);
    for (const std::uint32_t i : order) {
        for (std::size_t p = waiting_[i].first_posting; p < posting_end(i); ++p) {
            ++starts[postings_[p] + 1];
        }
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<DocImpact> sorted(starts.back());
    std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
    for (std::size_t doc = 0; doc < order.size(); ++doc) {
        const std::uint32_t i = order[doc];
        for (std::size_t p = waiting_[i].first_posting; p < posting_end(i); ++p) {
            sorted[next[postings_[p]]++] = {static_cast<DocNumber>(doc), impacts_[p]};
        }
    }
    std::vector<std::uint32_t> by_key(keys_.size());
    std::iota(by_key.begin(), by_key.end(), 0U);
    std::sort(by_key.begin(), by_key.end(),
              [&](std::uint32_t a, std::uint32_t b) { return keys_[a] < keys_[b]; });

    SegmentWriter writer(files, file, table);
    for (const std::uint32_t term : by_key) {
        writer.add_term(keys_[term],
                        std::span(sorted).subspan(starts[term], starts[term + 1] - starts[term]));
    }
    std::vector<std::uint32_t> frequencies(word_ids_.size());
    for (const std::uint32_t i : order) {
        for (std::size_t w = waiting_[i].first_word; w < word_end(i); ++w) {
            ++frequencies[word_numbers_[w]];
        }
    }
    std::vector<std::pair<std::string_view, std::uint32_t>> words;
    for (const auto& [word, number] : word_ids_) {
        if (frequencies[number] > 0) words.emplace_back(word, frequencies[number]);
    }
    std::sort(words.begin(), words.end());
    for (const auto& [word, frequency] : words) writer.add_word(word, frequency);
    const WrittenSegment written = writer.finish();
    clear();
    return written;
}

}  // namespace raadbot::index
