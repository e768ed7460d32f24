#include "retrieval/models/fusion.hpp"

#include <gtest/gtest.h>

namespace raadbot::models {
namespace {

using Ids = std::vector<PassageId>;

TEST(Fusion, IsThePapersSumOfReciprocalRanks) {
    // 1: 1/61 + 1/63 = .03227; 2: 1/62 + 1/61 = .03252; 3: 1/63 = .01587; 4: 1/62 = .01613.
    const std::vector<Ids> orders = {{1, 2, 3}, {2, 4, 1}};
    EXPECT_EQ(fuse(orders), (Ids{2, 1, 4, 3}));
}

TEST(Fusion, OfOneOrderIsThatOrder) {
    const std::vector<Ids> one = {{5, 3, 9}};
    EXPECT_EQ(fuse(one), (Ids{5, 3, 9}));
    const std::vector<Ids> with_nothing = {{5, 3, 9}, {}};
    EXPECT_EQ(fuse(with_nothing), (Ids{5, 3, 9}));
    EXPECT_TRUE(fuse({}).empty());
}

TEST(Fusion, TiesGoToTheFirstOrder) {
    const std::vector<Ids> orders = {{7}, {2}};
    EXPECT_EQ(fuse(orders), (Ids{7, 2}));
    const std::vector<Ids> neither = {{}, {9, 4}, {4, 9}};
    EXPECT_EQ(fuse(neither), (Ids{4, 9}));
}

TEST(Fusion, APassageCountsOnceInAnOrder) {
    const std::vector<Ids> orders = {{1, 2}, {2, 2, 2, 3}};
    EXPECT_EQ(fuse(orders), (Ids{2, 1, 3}));
}

TEST(Fusion, PlacesKeepTheScoresOfTheWords) {
    const std::vector<index::Hit> words = {{1, 10}, {2, 4}};
    const Ids order = {2, 8, 1, 9};
    const auto hits = with_scores_of(words, order, 3);
    ASSERT_EQ(hits.size(), 3U);
    EXPECT_EQ(hits[0], (index::Hit{2, 10}));
    EXPECT_EQ(hits[1], (index::Hit{8, 4}));
    EXPECT_EQ(hits[2].passage, 1U);
    EXPECT_LT(hits[2].score, 4);
    EXPECT_GT(hits[2].score, 3);
    const auto nothing_in_words = with_scores_of({}, order, 10);
    ASSERT_EQ(nothing_in_words.size(), 4U);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_LT(nothing_in_words[i].score, nothing_in_words[i - 1].score);
    }
}

}  // namespace
}  // namespace raadbot::models
