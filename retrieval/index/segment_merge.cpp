#include "retrieval/index/segment_merge.hpp"

#include <algorithm>
#include <map>
#include <queue>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/index/analyzer.hpp"

namespace raadbot::index {
namespace {

using DocMap = std::vector<DocNumber>;  ///< Old number -> new number or no_doc.

PassageTable merge_passages(std::span<const MergeInput> inputs, std::vector<DocMap>& maps) {
    struct Place {
        PassageId id;
        std::size_t input;
        DocNumber doc;
    };
    std::vector<Place> places;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Segment& segment = *inputs[i].segment;
        maps.emplace_back(segment.passages(), no_doc);
        for (DocNumber doc = 0; doc < segment.passages(); ++doc) {
            if (!inputs[i].deletes->contains(doc)) places.push_back({segment.ids()[doc], i, doc});
        }
    }
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return a.id < b.id; });
    PassageTable table;
    std::map<FacetClass, std::uint32_t> classes;
    for (const Place& place : places) {
        const Segment& segment = *inputs[place.input].segment;
        maps[place.input][place.doc] = static_cast<DocNumber>(table.ids.size());
        table.ids.push_back(place.id);
        table.dates.push_back(segment.dates()[place.doc]);
        const FacetClass& facets = segment.classes()[segment.class_of()[place.doc]];
        const auto [at, fresh] =
            classes.try_emplace(facets, static_cast<std::uint32_t>(classes.size()));
        if (fresh) table.classes.push_back(facets);
        table.class_of.push_back(at->second);
    }
    return table;
}

void merge_terms(std::span<const MergeInput> inputs, const std::vector<DocMap>& maps,
                 SegmentWriter& writer) {
    std::vector<std::size_t> next(inputs.size());
    std::vector<DocImpact> raw;
    std::vector<DocImpact> merged;
    while (true) {
        bool any = false;
        TermKey least = ~TermKey{0};
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            if (next[i] == inputs[i].segment->terms()) continue;
            least = std::min(least, inputs[i].segment->key_at(next[i]));
            any = true;
        }
        if (!any) return;
        merged.clear();
        bool ascending = true;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const Segment& segment = *inputs[i].segment;
            if (next[i] == segment.terms() || segment.key_at(next[i]) != least) continue;
            raw.clear();
            segment.cursor_at(next[i]++).append_all(raw);
            for (const DocImpact& posting : raw) {
                const DocNumber doc = maps[i][posting.doc];
                if (doc == no_doc) continue;
                ascending = ascending && (merged.empty() || merged.back().doc < doc);
                merged.push_back({doc, posting.impact});
            }
        }
        if (!ascending) {
            std::sort(merged.begin(), merged.end(),
                      [](const DocImpact& a, const DocImpact& b) { return a.doc < b.doc; });
        }
        writer.add_term(least, merged);
    }
}

void merge_words(std::span<const MergeInput> inputs, SegmentWriter& writer) {
    // Words of deleted passages go when nothing holds their lemma any more.
    const bool deleted = std::any_of(inputs.begin(), inputs.end(), [](const MergeInput& input) {
        return !input.deletes->empty();
    });
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto alive = [&](const std::string& word) {
        if (!deleted) return true;
        danish::Token token;
        token.text = word;
        return writer.has_term(term_key(TermSpace::word, word_terms(morphology, token).lemma));
    };
    std::map<std::string, std::uint32_t> words;
    for (const MergeInput& input : inputs) {
        input.segment->words().for_each(
            [&](const std::string& word, std::uint32_t frequency) { words[word] += frequency; });
    }
    std::vector<std::pair<std::string, std::uint32_t>> kept;
    for (auto& [word, frequency] : words) {
        if (alive(word)) kept.emplace_back(word, frequency);
    }
    for (const auto& [word, frequency] : kept) writer.add_word(word, frequency);
}

}  // namespace

WrittenSegment merge_segments(std::span<const MergeInput> inputs, FileLayer& files,
                              const std::filesystem::path& file) {
    std::vector<DocMap> maps;
    const PassageTable table = merge_passages(inputs, maps);
    SegmentWriter writer(files, file, table);
    merge_terms(inputs, maps, writer);
    merge_words(inputs, writer);
    return writer.finish();
}

}  // namespace raadbot::index
