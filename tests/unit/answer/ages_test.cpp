// Ages that a text says something for, and whom they hold for.
#include "retrieval/answer/ages.hpp"

#include <gtest/gtest.h>

#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {
namespace {

TEST(Ages, AreReadFromRangesLabelsAndOpenEnds) {
    struct Case {
        const char* text;
        std::vector<Ages> ages;
    };
    const std::vector<Case> cases{
        {"Alder: 18-66 år; Gebyr: 985 kr.", {{18, 66}}},
        {"Aldersgruppe: 12-17; Pris: 218 kr.", {{12, 17}}},
        {"Billettype: Barn 3-15 år; Pris: 31 kr.", {{3, 15}}},
        {"Børn fra 3 til 15 år betaler halv pris.", {{3, 15}}},
        {"Mellem 18 og 66 år: 90 kr.", {{18, 66}}},
        {"Foreningers 50-, 75- og 100-års jubilæum: 1.500 kr.", {}},
        {"Voksne fra 16 år: 58 kr.", {{16, oldest}}},
        {"Unge under 18 år kommer gratis ind.", {{0, 17}}},
        {"67 år og derover: 345 kr.", {{67, oldest}}},
        {"Pension tilkendes fra det fyldte 18. år.", {{18, oldest}}},
        {"Søges før det fyldte 18. år.", {{0, 17}}},
        {"Børn til og med klassetrin 3.", {}},
        {"Passet gælder i 10 år.", {}},
        {"Mandag kl. 10-15, 12-17 pladser.", {}},
        {"Perioden 2026-2029 er på fire år.", {}},
    };
    for (const Case& c : cases) EXPECT_EQ(ages_of(c.text), c.ages) << c.text;
}

TEST(Ages, HoldForThoseWithinThem) {
    const std::vector<Ages> ages{{0, 11}, {67, oldest}};
    EXPECT_TRUE(holds_age(ages, 0));
    EXPECT_TRUE(holds_age(ages, 11));
    EXPECT_FALSE(holds_age(ages, 12));
    EXPECT_TRUE(holds_age(ages, 90));
    EXPECT_EQ(age_of_group("voksen"), 30);
    EXPECT_EQ(age_of_group("hund"), std::nullopt);
}

TEST(PassageView, CountsTheLastWordOfItsPathAsTitle) {
    StoredPassage page;
    page.title = "Når du skal bygge til";
    page.url = "https://by.example/byg/aeldrebolig-og-tilbygning.html?side=2";
    page.passage.text = "Send tegninger.";
    const PassageView view = make_view(page);
    EXPECT_GE(view.title.strength("tilbygning"), 1.0F);
    EXPECT_GE(view.title.strength("ældrebolig"), 1.0F);
    EXPECT_EQ(view.title.strength("side"), 0.0F);
    EXPECT_EQ(view.title.strength("by.example"), 0.0F);
    // A meeting's address is a number of the system.
    page.meeting.emplace();
    EXPECT_EQ(make_view(page).title.strength("ældrebolig"), 0.0F);
}

}  // namespace
}  // namespace raadbot::answer
