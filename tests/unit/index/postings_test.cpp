#include "retrieval/index/postings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace raadbot::index {
namespace {

std::vector<DocImpact> random_postings(std::mt19937& random, std::size_t count,
                                       DocNumber passages) {
    std::map<DocNumber, std::uint8_t> chosen;
    while (chosen.size() < count) {
        chosen[static_cast<DocNumber>(random() % passages)] =
            static_cast<std::uint8_t>(1 + random() % 255);
    }
    std::vector<DocImpact> postings;
    for (const auto& [doc, impact] : chosen) postings.push_back({doc, impact});
    return postings;
}

TEST(Postings, AreReadBackWhole) {
    std::mt19937 random(4);
    for (const std::size_t count : {2U, 3U, 100U, 127U, 128U, 129U, 256U, 1000U, 5000U}) {
        for (const DocNumber passages : {5000U, 20000U, max_segment_passages}) {
            const auto postings = random_postings(random, count, passages);
            std::vector<std::uint8_t> bytes;
            encode_postings(postings, passages, bytes);
            PostingCursor cursor(bytes, passages);
            ASSERT_FALSE(cursor.damaged());
            EXPECT_EQ(cursor.size(), count);
            std::vector<DocImpact> again;
            cursor.append_all(again);
            EXPECT_EQ(again, postings);
        }
    }
}

TEST(Postings, RangesBoundsAndLookUpsAgreeWithTheList) {
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const DocNumber passages = 9000;
        const auto postings = random_postings(random, 2 + random() % 3000, passages);
        std::vector<std::uint8_t> bytes;
        encode_postings(postings, passages, bytes);
        PostingCursor cursor(bytes, passages);
        ASSERT_FALSE(cursor.damaged());
        DocNumber begin = 0;
        while (begin < passages) {
            const DocNumber end = begin + 1 + static_cast<DocNumber>(random() % 1500);
            std::vector<DocImpact> expected;
            std::uint8_t greatest = 0;
            for (const DocImpact& posting : postings) {
                if (posting.doc < begin || posting.doc >= end) continue;
                expected.push_back(posting);
                greatest = std::max(greatest, posting.impact);
            }
            EXPECT_GE(cursor.bound(begin, end), greatest);
            if (random() % 2 == 0) {
                std::vector<DocImpact> seen;
                cursor.for_range(begin, end, [&](DocNumber doc, std::uint32_t impact) {
                    seen.push_back({doc, static_cast<std::uint8_t>(impact)});
                });
                ASSERT_EQ(seen, expected);
            }
            for (int probe = 0; probe < 5; ++probe) {
                const DocNumber doc = begin + static_cast<DocNumber>(random() % (end - begin));
                const auto found = std::find_if(expected.begin(), expected.end(),
                                                [&](const DocImpact& p) { return p.doc == doc; });
                EXPECT_EQ(cursor.impact_of(doc), found == expected.end() ? 0 : found->impact);
            }
            begin = end;
        }
    }
}

TEST(Postings, WindowsAreAddedAndCandidatesLookedUpInBothForms) {
    std::mt19937 random(7);
    constexpr DocNumber window = DensePostings::window;
    for (const std::size_t count : {3U, 700U, 1300U, 6000U, 19990U}) {
        const DocNumber passages = 20'000;
        const auto postings = random_postings(random, count, passages);
        std::vector<std::uint8_t> bytes;
        encode_postings(postings, passages, bytes);
        PostingCursor adding(bytes, passages);
        PostingCursor raising(bytes, passages);
        std::map<DocNumber, std::uint32_t> impacts;
        for (const DocImpact& posting : postings) impacts[posting.doc] = posting.impact;
        const auto impact_of = [&](DocNumber doc) {
            const auto held = impacts.find(doc);
            return held == impacts.end() ? 0U : held->second;
        };
        for (DocNumber begin = 0; begin < passages; begin += window) {
            const DocNumber end = std::min(begin + window, passages);
            std::vector<std::uint32_t> sums(window, 5);
            adding.add(begin, end, 3, sums.data());
            std::vector<std::uint16_t> found;
            std::vector<std::uint32_t> most;
            for (DocNumber doc = begin; doc < begin + window; ++doc) {
                ASSERT_EQ(sums[doc - begin], 5 + 3 * impact_of(doc));
                if (doc >= end || random() % 7 != 0) continue;
                found.push_back(static_cast<std::uint16_t>(doc - begin));
                most.push_back(static_cast<std::uint32_t>(random() % 1000));
            }
            const std::vector<std::uint32_t> before = most;
            raising.raise(begin, found, 4, most.data());
            for (std::size_t i = 0; i < found.size(); ++i) {
                ASSERT_EQ(most[i], std::max(before[i], 4 * impact_of(begin + found[i])));
            }
        }
        EXPECT_FALSE(adding.damaged());
        EXPECT_FALSE(raising.damaged());
    }
}

TEST(Postings, AnyBytesAreReadSafely) {
    std::mt19937 random(6);
    for (const std::size_t count : {200U, 700U}) {  // In blocks, and as bits.
        const auto postings = random_postings(random, count, 4000);
        std::vector<std::uint8_t> sound;
        encode_postings(postings, 4000, sound);
        int noticed = 0;
        for (int round = 0; round < 20000; ++round) {
            std::vector<std::uint8_t> bytes = sound;
            for (int flips = 0; flips < 3; ++flips) {
                bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
            }
            if (random() % 4 == 0) bytes.resize(random() % bytes.size());
            PostingCursor cursor(bytes, 4000);
            std::vector<std::uint32_t> sums(DensePostings::window);
            cursor.add(0, 4000, 1, sums.data());
            const std::vector<std::uint16_t> found = {0, 100, 2000, 3999};
            cursor.raise(0, found, 1, sums.data());
            for (DocNumber begin = 0; begin < 4000; begin += 512) {
                (void)cursor.bound(begin, begin + 512);
                cursor.for_range(begin, begin + 512, [&](DocNumber doc, std::uint32_t impact) {
                    ASSERT_GE(doc, begin);
                    ASSERT_LT(doc, std::min(4000U, begin + 512));
                    ASSERT_LE(impact, 255U);
                });
                (void)cursor.impact_of(begin + static_cast<DocNumber>(random() % 512));
            }
            noticed += cursor.damaged() ? 1 : 0;
        }
        EXPECT_GT(noticed, 5000);
    }
}

}  // namespace
}  // namespace raadbot::index
