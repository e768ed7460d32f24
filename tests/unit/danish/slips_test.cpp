#include "retrieval/danish/slips.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "retrieval/danish/dictionary.hpp"
#include "retrieval/danish/little_words.hpp"
#include "retrieval/danish/spelling.hpp"

namespace raadbot::danish {
namespace {

std::string key(const char* word) { return sound_key(*to_latin1(word)); }

TEST(SoundKey, IsOneForWhatSoundsAlike) {
    EXPECT_EQ(key("bileter"), key("billetter"));
    EXPECT_EQ(key("hvidvand"), key("vidvan"));
    EXPECT_EQ(key("kørre"), key("kører"));
    EXPECT_EQ(key("hjemmejælp"), key("hjemmehjælp"));
    EXPECT_EQ(key("exempel"), key("eksempel"));
    EXPECT_EQ(key("leder"), key("læder"));
    EXPECT_NE(key("budget"), key("bygget"));
    EXPECT_NE(key("skole"), key("stole"));
}

TEST(Slips, CostLessTheLikelierTheyAre) {
    EXPECT_EQ(slip_cost("frist", "frist"), 0);
    EXPECT_LT(slip_cost("bøgger", "bøger"), slip_cost("bøgger", "bygger"));
    EXPECT_LT(slip_cost("frsit", "frist"), slip_cost("frsit", "frit"));
    EXPECT_LT(slip_cost("fristn", "fristen"), slip_cost("frisen", "fristen"));
    // "ø" stands for itself, "o" for "ø" as well.
    EXPECT_LT(slip_cost("spore", "spøre"), slip_cost("spøre", "spore"));
    EXPECT_LT(slip_cost("loen", "løn"), 2 * SlipCost::other_letter + 1);
}

TEST(Slips, AreUndone) {
    const auto undone = [](const char* typed, const char* meant) {
        const auto slips = undone_slips(typed);
        return std::find(slips.begin(), slips.end(), meant) != slips.end();
    };
    EXPECT_TRUE(undone("frsit", "frist"));
    EXPECT_TRUE(undone("bøgger", "bøger"));
    EXPECT_TRUE(undone("tilskuud", "tilskud"));
    EXPECT_TRUE(undone("grupeværelse", "gruppeværelse"));
    EXPECT_TRUE(undone("åert", "året"));
    EXPECT_TRUE(undone("fristn", "fristen"));
    EXPECT_FALSE(undone("stat", "setat"));
    // Danish doubles no vowels.
    EXPECT_FALSE(undone("ventres", "ventrees"));
}

TEST(LittleWords, AreFoundBySlipsOfOne) {
    const auto nearest = [](const char* typed) {
        const auto found = nearest_little_word(typed);
        return found ? std::string(found->word) : "";
    };
    EXPECT_EQ(nearest("nåe"), "når");
    EXPECT_EQ(nearest("efetr"), "efter");
    EXPECT_EQ(nearest("kna"), "kan");
    EXPECT_EQ(nearest("hvonår"), "hvornår");
    EXPECT_EQ(nearest("ti"), "");
    EXPECT_EQ(nearest("buu"), "");
    EXPECT_EQ(nearest("tvvil"), "");
}

TEST(Speller, FindsWhatSoundsAlikeWithMoreThanOneLetterWrong) {
    const Speller speller({{"billetter", 3}, {"biler", 50}, {"hvidvask", 2}});
    const auto found = speller.correct("bileter");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().word, "billetter");
}

}  // namespace
}  // namespace raadbot::danish
