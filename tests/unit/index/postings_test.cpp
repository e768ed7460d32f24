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
            encode_postings(postings, bytes);
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
        encode_postings(postings, bytes);
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

TEST(Postings, AnyBytesAreReadSafely) {
    std::mt19937 random(6);
    const auto postings = random_postings(random, 700, 4000);
    std::vector<std::uint8_t> sound;
    encode_postings(postings, sound);
    for (int round = 0; round < 20000; ++round) {
        std::vector<std::uint8_t> bytes = sound;
        for (int flips = 0; flips < 3; ++flips) {
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        }
        if (random() % 4 == 0) bytes.resize(random() % bytes.size());
        PostingCursor cursor(bytes, 4000);
        for (DocNumber begin = 0; begin < 4000; begin += 512) {
            (void)cursor.bound(begin, begin + 512);
            cursor.for_range(begin, begin + 512, [&](DocNumber doc, std::uint32_t impact) {
                ASSERT_GE(doc, begin);
                ASSERT_LT(doc, begin + 512);
                ASSERT_LE(impact, 255U);
            });
            (void)cursor.impact_of(begin + static_cast<DocNumber>(random() % 512));
        }
    }
}

}  // namespace
}  // namespace raadbot::index
