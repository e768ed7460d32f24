#include "retrieval/danish/spelling.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace raadbot::danish {
namespace {

const Speller& corpus() {
    static const Speller kSpeller({{"møde", 900},        {"mode", 2},
                                   {"kommunen", 800},    {"kommunens", 300},
                                   {"budget", 500},      {"vederlag", 90},
                                   {"ændring", 120},     {"cykelsti", 40},
                                   {"forvaltning", 400}, {"forvaltningen", 700},
                                   {"lokalplan", 250},   {"århus", 10},
                                   {"aabenraa", 12},     {"e-mail", 30},
                                   {"suppleant", 60},    {"økonomiudvalget", 200},
                                   {"skole", 300},       {"skove", 20},
                                   {"beslutning", 300},  {"børnehave", 80},
                                   {"midlertidig", 5}});
    return kSpeller;
}

std::string first(std::string_view word) {
    const auto found = corpus().correct(word);
    return found.empty() ? "" : found.front().word;
}

TEST(Spelling, RepairsUsualSlips) {
    struct Case {
        const char* typed;
        const char* meant;
    };
    for (const Case& one : {Case{"moede", "møde"},
                            Case{"aendring", "ændring"},

                            Case{"komunen", "kommunen"},
                            Case{"kommunnen", "kommunen"},
                            Case{"budegt", "budget"},
                            Case{"vederlga", "vederlag"},
                            Case{"cykelsit", "cykelsti"},
                            Case{"forvatningen", "forvaltningen"},
                            Case{"lokalpaln", "lokalplan"},
                            Case{"aarhus", "århus"},
                            Case{"åbenrå", "aabenraa"},
                            Case{"email", "e-mail"},
                            Case{"lokal-plan", "lokalplan"},
                            Case{"lokal plan", "lokalplan"},
                            Case{"suplleant", "suppleant"},
                            Case{"okonomiudvalget", "økonomiudvalget"},
                            Case{"oekonomiudvalget", "økonomiudvalget"},
                            Case{"kommunensbudget", "kommunens budget"},
                            Case{"bornehave", "børnehave"},
                            Case{"midlertidlig", "midlertidig"}}) {
        EXPECT_EQ(first(one.typed), one.meant) << one.typed;
    }
}

TEST(Spelling, IsSureOfDigraphsAndDoubledLetters) {
    EXPECT_EQ(corpus().correct("moede").front().confidence, 1.0);
    EXPECT_EQ(corpus().correct("komunen").front().confidence, 1.0);
    EXPECT_LT(corpus().correct("vaderlag").front().confidence, 1.0);
}

TEST(Spelling, LeavesKnownShortAndForeignWordsAlone) {
    EXPECT_TRUE(corpus().correct("mode").empty());
    EXPECT_TRUE(corpus().correct("møde").empty());
    EXPECT_TRUE(corpus().correct("mød").empty());
    EXPECT_TRUE(corpus().correct("xylofonist").empty());
    EXPECT_TRUE(corpus().correct("").empty());
    EXPECT_TRUE(corpus().correct("дума").empty());
    EXPECT_TRUE(corpus().correct("\xFF\xFE\xFF\xFE\xFF").empty());
    EXPECT_TRUE(corpus().correct(std::string(500, 'a')).empty());
}

TEST(Spelling, GivesBestFirstAndNoMoreThanAsked) {
    const auto found = corpus().correct("skoke", 1);
    ASSERT_EQ(found.size(), 1U);
    for (const char* word : {"skoke", "kommunes", "forvaltninge"}) {
        const auto all = corpus().correct(word, 5);
        EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return a.confidence > b.confidence;
        }));
        for (const auto& one : all) EXPECT_TRUE(corpus().contains(one.word)) << one.word;
    }
}

TEST(Spelling, OneRandomSlipInALongWordIsFoundAgain) {
    std::mt19937 random(4711);
    const std::vector<std::string> words = {"forvaltningen", "lokalplan", "beslutning",
                                            "vederlag",      "suppleant", "midlertidig"};
    for (int i = 0; i < 500; ++i) {
        const std::string& word = words[random() % words.size()];
        std::string typed = word;
        const std::size_t at = 1 + random() % (typed.size() - 2);
        switch (random() % 3) {
            case 0: typed.erase(at, 1); break;
            case 1: typed.insert(at, 1, static_cast<char>('a' + random() % 26)); break;
            default: std::swap(typed[at], typed[at - 1]);
        }
        if (corpus().contains(typed)) continue;
        const auto found = corpus().correct(typed);
        EXPECT_TRUE(std::any_of(found.begin(), found.end(),
                                [&](const auto& one) { return one.word == word; }))
            << typed << " from " << word;
    }
}

TEST(Spelling, DigraphReadingsBeginWithTheInput) {
    EXPECT_EQ(digraph_readings("aendring"), (std::vector<std::string>{"aendring", "ændring"}));
    EXPECT_EQ(digraph_readings("hus"), std::vector<std::string>{"hus"});
    EXPECT_EQ(digraph_readings("aaoe").size(), 4U);
    EXPECT_LE(digraph_readings(std::string(200, 'a')).size(), 64U);
}

}  // namespace
}  // namespace raadbot::danish
