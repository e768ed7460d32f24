// Sets of terms: what is held, how fully, and that a set stays true while it grows.
#include "retrieval/answer/term_set.hpp"

#include <string>

#include <gtest/gtest.h>

namespace raadbot::answer {
namespace {

TEST(TermSet, FindsAWordInEveryFormItIsAskedFor) {
    TermSet terms;
    terms.add("Byrådsmøderne om parkeringspladserne holdes i 2026.");
    EXPECT_FLOAT_EQ(terms.strength("2026"), 1.0F);
    EXPECT_GT(terms.strength("møde"), 0.7F) << "the head of a compound";
    EXPECT_GT(terms.strength("parkering"), 0.5F) << "a modifier";
    EXPECT_LT(terms.strength("parkering"), 1.0F) << "is not the word itself";
    EXPECT_FLOAT_EQ(terms.strength("svømmehal"), 0.0F);
}

TEST(TermSet, JoinsVerbAndNounOfAction) {
    EXPECT_EQ(stem_key("parkere"), stem_key("parkering"));
    EXPECT_EQ(stem_key("vedtage"), stem_key("vedtagelse"));
    EXPECT_TRUE(stem_key("bo").empty());
}

TEST(TermSet, IsEmptyUntilSomethingIsAdded) {
    TermSet set;
    EXPECT_TRUE(set.empty());
    EXPECT_EQ(set.strength("havn"), 0.0F);
    set.add("?");
    EXPECT_TRUE(set.empty());
    set.add("7");
    EXPECT_FALSE(set.empty());
    EXPECT_EQ(set.strength("7"), 1.0F);
}

TEST(TermSet, LosesNothingWhileItGrows) {
    constexpr int numbers = 3000;
    TermSet set;
    for (int i = 0; i < numbers; ++i) set.add(std::to_string(100'000 + i));
    for (int i = 0; i < numbers; ++i) {
        EXPECT_EQ(set.strength(std::to_string(100'000 + i)), 1.0F) << i;
        EXPECT_EQ(set.strength(std::to_string(200'000 + i)), 0.0F) << i;
    }
}

TEST(TermSet, KeepsTheFullerOfTwo) {
    TermSet set;
    set.add("cykelsti");
    const float part = set.strength("cykel");
    TermSet whole;
    whole.add("cykel");
    set.add(whole);
    EXPECT_LT(part, 1.0F);
    EXPECT_EQ(set.strength("cykel"), 1.0F);
    set.add("cykelsti");
    EXPECT_EQ(set.strength("cykel"), 1.0F);
    EXPECT_EQ(set.strength("cykelsti"), 1.0F);
}

}  // namespace
}  // namespace raadbot::answer
