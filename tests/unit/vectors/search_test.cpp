// What is found among vectors: against floats, against brute force through every filter, and
// through a graph.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "retrieval/index/segmented_index.hpp"
#include "retrieval/vectors/vector_set.hpp"
#include "retrieval/vectors/vector_writer.hpp"
#include "tests/unit/index/temporary_directory.hpp"
#include "tests/unit/vectors/made_up.hpp"

namespace raadbot::vectors {
namespace {

using index::Hit;

LiveIds up_to(PassageId last) {
    return [last] {
        std::vector<PassageId> ids;
        for (PassageId id = 1; id <= last; ++id) ids.push_back(id);
        return ids;
    };
}

/// Part of the float vectors' true ten nearest that is among those found.
double recall(const std::vector<std::vector<float>>& vectors, const std::vector<float>& query,
              const std::vector<Hit>& found) {
    std::vector<std::pair<float, PassageId>> all;
    for (std::size_t i = 0; i < vectors.size(); ++i) {
        all.emplace_back(-cosine(vectors[i], query), i + 1);
    }
    std::partial_sort(all.begin(), all.begin() + 10, all.end());
    std::set<PassageId> ids;
    for (const Hit& hit : found) ids.insert(hit.passage);
    double hits = 0;
    for (std::size_t i = 0; i < 10; ++i) hits += ids.contains(all[i].second) ? 1 : 0;
    return hits / 10;
}

TEST(VectorSearch, QuantisedNumbersKeepNearlyAllOfTheTenNearest) {
    const index::TemporaryDirectory directory;
    MadeUp made(384, 50, 11);
    std::vector<std::vector<float>> vectors;
    Rows rows;
    for (PassageId id = 1; id <= 4000; ++id) append(rows, id, vectors.emplace_back(made.next()));
    VectorWriter writer({directory.path(), "m", 384});
    ASSERT_TRUE(writer.add(rows, up_to(4000)));
    const auto set = VectorSet::open(directory.path());
    ASSERT_TRUE(set && *set);
    double sum = 0;
    for (int i = 0; i < 50; ++i) {
        const auto query = made.next();
        EveryNth gate;
        const auto found = (*set)->search(*quantise_query(query), 10, gate);
        ASSERT_EQ(found.size(), 10U);
        EXPECT_TRUE(std::is_sorted(found.begin(), found.end(),
                                   [](const Hit& a, const Hit& b) { return a.score > b.score; }));
        sum += recall(vectors, query, found);
    }
    EXPECT_GE(sum / 50, 0.95);
}

TEST(VectorSearch, TheGraphFindsNearlyWhatLookingAtEachRowFinds) {
    const index::TemporaryDirectory directory;
    MadeUp made(64, 40, 12);
    Rows rows;
    for (PassageId id = 1; id <= 24'000; ++id) append(rows, id, made.next());
    VectorWriter writer({directory.path(), "m", 64, 10'000});
    ASSERT_TRUE(writer.add(rows, up_to(24'000)));
    ASSERT_TRUE(writer.finish(up_to(24'000)));
    const auto catalogue = read_catalogue(directory.path());
    ASSERT_TRUE(catalogue && *catalogue);
    ASSERT_EQ((*catalogue)->parts.size(), 1U);
    EXPECT_NE((*catalogue)->parts.front().graph, 0U);
    const auto set = VectorSet::open(directory.path());
    ASSERT_TRUE(set && *set);
    double same = 0;
    for (int i = 0; i < 100; ++i) {
        const auto query = quantise_query(made.next());
        EveryNth gate;
        const auto found = (*set)->search(*query, 10, gate);
        const auto exact = (*set)->search_exactly(*query, 10, gate);
        ASSERT_EQ(found.size(), 10U);
        for (const Hit& hit : found) same += std::count(exact.begin(), exact.end(), hit) > 0;
        // Few admitted: each is looked at, so nothing is missed.
        EveryNth narrow(7);
        EXPECT_EQ((*set)->search(*query, 10, narrow), (*set)->search_exactly(*query, 10, narrow));
    }
    EXPECT_GE(same / 1000, 0.95);
}

/// Passages with random facets, some deleted, some re-added with others; a filter, and what may
/// come out.
TEST(VectorSearch, GivesExactlyTheBestThatTheFilterAdmits) {
    constexpr unsigned seed = 13;
    const index::TemporaryDirectory directory;
    MadeUp made(32, 10, seed);
    auto& random = made.random();
    index::SegmentedOptions options;
    options.directory = directory.path() / "index";
    options.merge_factor = 100;  // Several segments stay.
    auto index = index::SegmentedIndex::open(options);
    ASSERT_TRUE(index);
    const std::vector<std::string> audiences = {"public", "council", "committee:a"};
    const std::vector<std::string> sources = {"s1", "s2", "s3"};
    const std::vector<std::string> bodies = {"", "by", "udvalg"};
    std::map<PassageId, index::Entry> live;
    const auto entry_of = [&](PassageId id) {
        index::Entry entry;
        entry.id = id;
        entry.text = "tekst";
        entry.audience.value = audiences[random() % 3];
        entry.source.value = sources[random() % 3];
        entry.kind = random() % 2 == 0 ? SourceKind::meetings : SourceKind::website;
        entry.body_key = bodies[random() % 3];
        entry.paper = random() % 2 == 0 ? MeetingPaper::referat : MeetingPaper::none;
        if (random() % 4 != 0) {
            entry.date = Date{std::chrono::year{2020 + static_cast<int>(random() % 5)},
                              std::chrono::month{1 + static_cast<unsigned>(random() % 12)},
                              std::chrono::day{5}};
        }
        return entry;
    };
    std::map<PassageId, Quantised> small;
    Rows rows;
    for (PassageId id = 1; id <= 900; ++id) {
        const auto vector = made.next();
        small.emplace(id, *quantise(vector));
        append(rows, id, vector);
    }
    for (int round = 0; round < 6; ++round) {
        for (int change = 0; change < 200; ++change) {
            const PassageId id = 1 + random() % 900;
            (*index)->remove(id);
            live.erase(id);
            if (random() % 3 == 0) continue;
            live[id] = entry_of(id);
            (*index)->add(live[id]);
        }
        ASSERT_TRUE((*index)->commit());
    }
    // The vectors lag behind: rows of passages that are gone are still there.
    VectorWriter writer({directory.path() / "vectors", "m", 32});
    ASSERT_TRUE(writer.add(rows, up_to(900)));
    const auto set = VectorSet::open(directory.path() / "vectors");
    ASSERT_TRUE(set && *set);
    const auto snapshot = (*index)->snapshot();
    const auto one_of = [&](const auto& values, auto& chosen, auto make) {
        for (const auto& value : values) {
            if (random() % 2 == 0) chosen.push_back(make(value));
        }
    };
    for (int round = 0; round < 3000; ++round) {
        index::Filter filter;
        one_of(audiences, filter.audiences, [](auto& v) { return Audience{v}; });
        if (random() % 2 == 0) one_of(sources, filter.sources, [](auto& v) { return SourceId{v}; });
        if (random() % 3 == 0) filter.bodies = {bodies[random() % 3]};
        if (random() % 3 == 0) filter.kinds = {SourceKind::meetings};
        if (random() % 4 == 0) filter.papers = {MeetingPaper::referat};
        if (random() % 3 == 0) filter.first_date = Date{std::chrono::year{2022} / 3 / 1};
        if (random() % 3 == 0) filter.last_date = Date{std::chrono::year{2023} / 7 / 1};
        const auto query = *quantise_query(made.next());
        const std::size_t k = 1 + random() % 20;
        std::vector<Hit> expected;
        const auto in = [](const auto& values, const auto& value) {
            return values.empty() || std::find(values.begin(), values.end(), value) != values.end();
        };
        for (const auto& [id, entry] : live) {
            if (filter.audiences.empty() || !in(filter.audiences, entry.audience) ||
                !in(filter.sources, entry.source) || !in(filter.kinds, entry.kind) ||
                !in(filter.bodies, entry.body_key) || !in(filter.papers, entry.paper)) {
                continue;
            }
            if (filter.first_date && (!entry.date || *entry.date < *filter.first_date)) continue;
            if (filter.last_date && (!entry.date || *entry.date > *filter.last_date)) continue;
            const Quantised& row = small.at(id);
            std::int32_t product = 0;
            for (std::size_t i = 0; i < 32; ++i) product += row.numbers[i] * query.numbers[i];
            expected.push_back({id, static_cast<float>(product) * query.scale * row.scale});
        }
        std::sort(expected.begin(), expected.end(), [](const Hit& a, const Hit& b) {
            return a.score != b.score ? a.score > b.score : a.passage < b.passage;
        });
        if (expected.size() > k) expected.resize(k);
        const auto gate = snapshot->gate(filter);
        ASSERT_EQ((*set)->search(query, k, *gate), expected) << "seed " << seed << ", " << round;
    }
}

}  // namespace
}  // namespace raadbot::vectors
