#include "retrieval/answer/case_traits.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace raadbot::answer {
namespace {

TermSet words(std::string_view text) {
    TermSet set;
    set.add(text);
    return set;
}

Aspect compound(std::vector<std::string> parts) {
    Aspect aspect;
    aspect.alternatives.push_back({std::move(parts), 0.85F});
    return aspect;
}

Decision decided(std::string title, std::string text) {
    StoredPassage p;
    p.title = std::move(title);
    p.passage.text = std::move(text);
    Decision decision;
    decision.passages.push_back(std::move(p));
    return decision;
}

TEST(CaseTraits, AMemberOfAPartyIsAskedForByName) {
    EXPECT_TRUE(asks_who_of_party("hvem fra landsbylisten stemte ja"));
    EXPECT_TRUE(asks_who_of_party("hvem var den ene socialdemokrat der stemte for"));
    EXPECT_FALSE(asks_who_of_party("hvem var den eneste der stemte imod"));
    EXPECT_FALSE(asks_who_of_party("hvem stemte imod"));
}

TEST(CaseTraits, ACompoundMayBeSaidApart) {
    EXPECT_GT(coverage_of_parts(compound({"svejs", "hold"}), words("Ekstra hold i svejsning"), {}),
              0.62F);
    EXPECT_GT(coverage_of_parts(compound({"fjernvarme", "fusion"}),
                                words("Sammenlægning af fjernvarmeselskaber"),
                                words("Byrådet godkender fusionen.")),
              0.62F);
    EXPECT_EQ(coverage_of_parts(compound({"skole", "bus"}), words("Ny skole i Lind"),
                                words("Byrådet vedtog skolen.")),
              0.0F)
        << "no word of the other part";
    EXPECT_EQ(coverage_of_parts(compound({"skole", "bus"}), words("Budget 2027"),
                                words("Skolen og bussen koster mere.")),
              0.0F)
        << "the title tells of something else";
}

TEST(CaseTraits, PersonsAreElectedMattersAreNot) {
    EXPECT_TRUE(asks_who_elected("hvem stemte på Bo Dam som borgmester"));
    EXPECT_TRUE(asks_who_elected("hvor mange stemmer fik Bo Dam"));
    EXPECT_FALSE(asks_who_elected("hvem stemte for broen"));
    EXPECT_TRUE(elects(decided("Valg af borgmester", "Bo Dam fik 15 stemmer.")));
    EXPECT_TRUE(elects(decided("Byrådets ledelse", "Bo Dam blev valgt til borgmester.")));
    EXPECT_FALSE(elects(decided("Nyt plejehjem: valg af grund", "Bo Dam stemte imod.")));
    EXPECT_FALSE(elects(decided("Ny bro", "Bo Dam stemte imod, da en anden grund var valgt.")));
}

TEST(CaseTraits, AVoteToldByNumberNamesNobody) {
    EXPECT_TRUE(asks_who_voted("hvem stemte imod"));
    EXPECT_TRUE(asks_who_voted("hvilke partier stemte nej"));
    EXPECT_FALSE(asks_who_voted("hvor mange stemte imod"));
    EXPECT_FALSE(names_voters("12 stemte for afvisningen og 7 imod."));
    EXPECT_FALSE(names_voters("Forslag fra F faldt med 2 stemmer mod 3."));
    EXPECT_TRUE(names_voters("Imod stemte A, F og Ø."));
    EXPECT_TRUE(names_voters("Vedtaget enstemmigt."));
    EXPECT_TRUE(names_voters("Henrik Dahl (O) stemte imod."));
}

TEST(CaseTraits, WhatIsSentOutIsNotAdopted) {
    EXPECT_TRUE(is_out_for_hearing(decided("Lokalplan 7", "Forslaget sendes i høring i 4 uger.")));
    EXPECT_FALSE(is_out_for_hearing(decided("Lokalplan 7, endelig vedtagelse", "Vedtaget.")));
    EXPECT_FALSE(is_out_for_hearing(decided("Lokalplan 7", "Vedtaget efter høringen.")));
}

}  // namespace
}  // namespace raadbot::answer
