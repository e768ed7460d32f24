// The fast index against the reference: random passages, deletes, filters and queries.
#include "retrieval/index/search.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "retrieval/index/reference/plain_index.hpp"
#include "retrieval/index/segmented_index.hpp"
#include "tests/unit/index/temporary_directory.hpp"

namespace raadbot::index {
namespace {

#ifdef NDEBUG
constexpr int queries_a_version = 3800;  // 200,000 in all.
#else
constexpr int queries_a_version = 400;
#endif

/// Passages of made-up words; frequent words have short names.
class RandomCorpus {
public:
    explicit RandomCorpus(unsigned seed) : random(seed) {}

    std::string word() {
        // Zipf-like: the logarithm of the rank is uniform.
        const double rank = std::exp(std::uniform_real_distribution<>(0, std::log(3000.0))(random));
        return "q" + std::to_string(static_cast<int>(rank));
    }
    std::string words(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text += word() + " ";
        return text;
    }
    Entry entry(PassageId id) {
        title_ = words(random() % 4);
        headings_ = words(random() % 6);
        text_ = words(1 + random() % 60);
        Entry made;
        made.id = id;
        made.title = title_;
        made.headings = headings_;
        made.text = text_;
        made.audience.value = random() % 4 == 0 ? "council" : "public";
        made.source.value = "s" + std::to_string(random() % 3);
        made.kind = static_cast<SourceKind>(random() % 6);
        if (made.kind == SourceKind::meetings) {
            made.body_key = "b" + std::to_string(random() % 3);
            made.date = Date{std::chrono::sys_days{std::chrono::days{18000 + random() % 400}}};
            made.paper = random() % 2 == 0 ? MeetingPaper::dagsorden : MeetingPaper::referat;
        }
        return made;
    }
    Filter filter() {
        Filter made;
        if (random() % 20 != 0) made.audiences.push_back({"public"});
        if (random() % 2 == 0) made.audiences.push_back({"council"});
        if (random() % 4 == 0) made.sources.push_back({"s" + std::to_string(random() % 4)});
        if (random() % 6 == 0) made.kinds = {SourceKind::meetings, SourceKind::handbook};
        if (random() % 8 == 0) made.bodies.push_back("b" + std::to_string(random() % 4));
        if (random() % 8 == 0) made.papers.push_back(MeetingPaper::referat);
        const auto day = [&] {
            return Date{std::chrono::sys_days{std::chrono::days{18000 + random() % 400}}};
        };
        if (random() % 8 == 0) made.first_date = day();
        if (random() % 8 == 0) made.last_date = day();
        return made;
    }
    Query query() {
        std::vector<TermGroup> groups(1 + random() % 8);
        for (TermGroup& group : groups) {
            const std::size_t size = random() % 3 == 0 ? 1 + random() % 6 : 1;
            for (std::size_t i = 0; i < size; ++i) {
                const float weight = std::uniform_real_distribution<float>(0.01F, 9)(random);
                group.push_back({term_key(TermSpace::word, word()), weight});
            }
        }
        return quantise(groups);
    }
    std::mt19937 random;

private:
    std::string title_, headings_, text_;
};

void expect_same(const SegmentSnapshot& fast, const reference::PlainIndex& slow,
                 RandomCorpus& corpus, int queries) {
    for (int i = 0; i < queries; ++i) {
        const Query query = corpus.query();
        const Filter filter = corpus.filter();
        const std::size_t k = corpus.random() % 8 == 0 ? corpus.random() % 40 : 10;
        const auto expected = slow.search(query, filter, k);
        const auto found = fast.search(query, filter, k);
        ASSERT_EQ(found.size(), expected.size()) << "query " << i;
        for (std::size_t rank = 0; rank < found.size(); ++rank) {
            ASSERT_EQ(found[rank], expected[rank]) << "query " << i << " rank " << rank;
        }
    }
}

SegmentedOptions small_options(const TemporaryDirectory& directory) {
    SegmentedOptions options;
    options.directory = directory.path();
    options.flush_postings = 20'000;
    return options;
}

TEST(Search, EqualsTheReferenceThroughAddsDeletesCommitsAndMerges) {
    for (const unsigned seed : {11U, 12U, 13U, 14U}) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const TemporaryDirectory directory;
        RandomCorpus corpus(seed);
        auto index = SegmentedIndex::open(small_options(directory));
        ASSERT_TRUE(index);
        reference::PlainIndex slow({}, {});
        PassageId next = 1;
        for (int version = 0; version < 12; ++version) {
            const std::size_t adds = version == 0 ? 1500 : corpus.random() % 300;
            for (std::size_t i = 0; i < adds; ++i) {
                const PassageId id = corpus.random() % 10 == 0 && next > 10
                                         ? 1 + corpus.random() % (next - 1)
                                         : next++;
                const Entry entry = corpus.entry(id);
                (*index)->add(entry);
                slow.add(entry);
            }
            for (std::size_t i = 0; i < adds / 4; ++i) {
                const PassageId id = 1 + corpus.random() % next;
                (*index)->remove(id);
                slow.remove(id);
            }
            ASSERT_TRUE((*index)->commit());
            if (version % 4 == 3) (*index)->wait_for_merges();
            const auto snapshot = (*index)->segment_snapshot();
            EXPECT_EQ(snapshot->passage_count(), slow.passages());
            expect_same(*snapshot, slow, corpus, queries_a_version);
            for (int i = 0; i < 50; ++i) {
                const std::string word = corpus.word();
                EXPECT_EQ(snapshot->document_frequency(word),
                          slow.holding(term_key(TermSpace::word, word)));
            }
        }
        ASSERT_TRUE((*index)->merge_all());
        const auto merged = (*index)->segment_snapshot();
        EXPECT_EQ(merged->segments().size(), 1U);
        EXPECT_EQ(merged->holding(term_key(TermSpace::word, "q1")),
                  slow.holding(term_key(TermSpace::word, "q1")));
        expect_same(*merged, slow, corpus, queries_a_version);
    }
}

TEST(Search, EqualsTheReferenceOverManyWindowsAndBlocks) {
    const TemporaryDirectory directory;
    RandomCorpus corpus(21);
    SegmentedOptions options = small_options(directory);
    options.flush_postings = 10'000'000;
    auto index = SegmentedIndex::open(options);
    ASSERT_TRUE(index);
    reference::PlainIndex slow({}, {});
    for (PassageId id = 1; id <= 20'000; ++id) {
        const Entry entry = corpus.entry(id);
        (*index)->add(entry);
        slow.add(entry);
    }
    ASSERT_TRUE((*index)->commit());
    expect_same(*(*index)->segment_snapshot(), slow, corpus, 400);
}

TEST(Search, AnEmptyAudienceSetFindsNothing) {
    const TemporaryDirectory directory;
    auto index = SegmentedIndex::open(small_options(directory));
    ASSERT_TRUE(index);
    Entry entry;
    entry.id = 1;
    entry.text = "budget";
    (*index)->add(entry);
    ASSERT_TRUE((*index)->commit());
    Request request;
    request.text = "budget";
    EXPECT_TRUE((*index)->snapshot()->search(request).empty());
    request.filter.audiences = {Audience{}};
    EXPECT_EQ((*index)->snapshot()->search(request).size(), 1U);
}

TEST(Search, ASnapshotStaysAsItWas) {
    const TemporaryDirectory directory;
    auto index = SegmentedIndex::open(small_options(directory));
    ASSERT_TRUE(index);
    RandomCorpus corpus(31);
    reference::PlainIndex old({}, {});
    for (PassageId id = 1; id <= 500; ++id) {
        const Entry entry = corpus.entry(id);
        (*index)->add(entry);
        old.add(entry);
    }
    ASSERT_TRUE((*index)->commit());
    const auto before = (*index)->segment_snapshot();
    (*index)->clear();
    for (PassageId id = 400; id <= 900; ++id) (*index)->add(corpus.entry(id));
    ASSERT_TRUE((*index)->merge_all());
    EXPECT_NE(before->version(), (*index)->snapshot()->version());
    expect_same(*before, old, corpus, 200);
}

TEST(Search, RollbackForgetsWhatWasNotCommitted) {
    const TemporaryDirectory directory;
    auto index = SegmentedIndex::open(small_options(directory));
    ASSERT_TRUE(index);
    RandomCorpus corpus(41);
    reference::PlainIndex slow({}, {});
    for (PassageId id = 1; id <= 300; ++id) {
        const Entry entry = corpus.entry(id);
        (*index)->add(entry);
        slow.add(entry);
    }
    ASSERT_TRUE((*index)->commit());
    for (PassageId id = 200; id <= 1500; ++id) (*index)->add(corpus.entry(id));
    for (PassageId id = 1; id <= 100; ++id) (*index)->remove(id);
    (*index)->rollback();
    ASSERT_TRUE((*index)->commit());
    expect_same(*(*index)->segment_snapshot(), slow, corpus, 300);
}

TEST(Search, OneWriterAndReadersInOtherHandles) {
    const TemporaryDirectory directory;
    SegmentedOptions reading = small_options(directory);
    reading.read_only = true;
    EXPECT_EQ(SegmentedIndex::open(reading).error().code, ErrorCode::not_found);
    auto writer = SegmentedIndex::open(small_options(directory));
    ASSERT_TRUE(writer);
    EXPECT_EQ(SegmentedIndex::open(small_options(directory)).error().code, ErrorCode::conflict);
    RandomCorpus corpus(51);
    reference::PlainIndex slow({}, {});
    const auto add = [&](PassageId first, PassageId last) {
        for (PassageId id = first; id <= last; ++id) {
            const Entry entry = corpus.entry(id);
            (*writer)->add(entry);
            slow.add(entry);
        }
        ASSERT_TRUE((*writer)->commit());
    };
    add(1, 200);
    auto reader = SegmentedIndex::open(reading);
    ASSERT_TRUE(reader);
    expect_same(*(*reader)->segment_snapshot(), slow, corpus, 100);
    EXPECT_EQ((*reader)->refresh().value(), false);
    add(201, 400);
    EXPECT_EQ((*reader)->refresh().value(), true);
    expect_same(*(*reader)->segment_snapshot(), slow, corpus, 100);
    EXPECT_EQ((*reader)->snapshot()->version(), (*writer)->snapshot()->version());
}

}  // namespace
}  // namespace raadbot::index
