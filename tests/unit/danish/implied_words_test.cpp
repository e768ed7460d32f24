#include "retrieval/danish/implied_words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

std::vector<std::string> implied(const std::string& text) {
    return implied_words(text, tokenize(text));
}

bool implies(const std::string& text, const std::string& word) {
    const auto words = implied(text);
    return std::find(words.begin(), words.end(), word) != words.end();
}

TEST(ImpliedWords, CompleteCompoundsThatShareTheirEnd) {
    EXPECT_TRUE(implies("Søn- og helligdage: 9-16", "søndage"));
    EXPECT_TRUE(implies("drifts- og anlægsbudgettet", "driftsbudgettet"));
    EXPECT_TRUE(implies("Børne- og Ungeudvalget", "børneudvalget"));
    EXPECT_TRUE(implies("drifts-, anlægs- og lånebudget", "driftsbudget"));
    EXPECT_TRUE(implies("drifts-, anlægs- og lånebudget", "anlægsbudget"));
}

TEST(ImpliedWords, JoinVerbsWithTheirParticles) {
    EXPECT_TRUE(implies("Villaen rives ned i marts", "nedrive"));
    EXPECT_TRUE(implies("Villaen rives ned i marts", "nedrivning"));
    EXPECT_FALSE(implies("Villaen rives i marts", "nedrive"));
}

TEST(ImpliedWords, AreNoneWhereNothingIsLeftOpen) {
    EXPECT_TRUE(implied("Søndage og helligdage").empty());
    EXPECT_TRUE(implied("by-nær og helligdage").empty());
    EXPECT_TRUE(implied("en pris - og helligdage").empty());
    EXPECT_TRUE(implied("drifts- og så").empty());
    EXPECT_TRUE(implied("drifts- 25").empty());
    EXPECT_TRUE(implied("").empty());
}

TEST(ImpliedWords, NameTheDaysOfARange) {
    const std::vector<std::string> workdays{"mandag", "tirsdag", "onsdag", "torsdag", "fredag"};
    for (const char* text : {"Mandag-fredag: 10-18", "mandag – fredag", "mandag til fredag kl. 8",
                             "Man-fre 8-16", "man. - fre. 8-16"}) {
        EXPECT_EQ(implied(text), workdays) << text;
    }
    EXPECT_EQ(implied("lørdag-mandag"), (std::vector<std::string>{"lørdag", "søndag", "mandag"}));
    EXPECT_TRUE(implied("Hvad kan man til fredag").empty());
    EXPECT_EQ(implied("Alle hverdage kl. 8-16"), workdays);
    EXPECT_TRUE(implied("virker efter 2 hverdage").empty());
    EXPECT_TRUE(implied("senest otte hverdage før mødet").empty());
    EXPECT_TRUE(implied("mandag og onsdag").empty());
    EXPECT_TRUE(implied("mandag 10-18, fredag 9-12").empty());
}

}  // namespace
}  // namespace raadbot::danish
