// What the section that answers a turn of question is called.
#include "retrieval/danish/section_sought.hpp"

#include <gtest/gtest.h>

namespace raadbot::danish {
namespace {

bool answers(std::string_view heading, std::string_view question) {
    return is_called(heading, section_sought(question).called);
}

TEST(SectionSought, WhatToBring) {
    for (const std::string_view question :
         {"hvad skal jeg have med til fornyelse af kortet", "hvad skal vi medbringe",
          "hvilke papirer skal jeg aflevere", "what documents do I need for it",
          "hvad skal man vedlægge ansøgningen"}) {
        EXPECT_TRUE(answers("Medbring", question)) << question;
        EXPECT_TRUE(answers("Ansøgningen vedlægges følgende:", question)) << question;
        EXPECT_FALSE(answers("Pris", question)) << question;
        EXPECT_TRUE(section_sought(question).in_sentences);
    }
    EXPECT_TRUE(section_sought("hvad har det med sagen at gøre").called.empty());
    EXPECT_TRUE(section_sought("skal jeg have med byrådet at gøre").called.empty());
    EXPECT_TRUE(section_sought("hvilke dokumenter er offentlige").called.empty());
}

TEST(SectionSought, WhatIsForbiddenRequiredOrHeld) {
    EXPECT_TRUE(answers("Ikke tilladt", "hvad må man ikke i skoven"));
    EXPECT_FALSE(answers("Tilladt", "hvad må man ikke i skoven"));
    EXPECT_TRUE(section_sought("hvad må man i skoven").called.empty());
    EXPECT_TRUE(answers("Betingelser for støtte", "hvilke krav er der til støtten"));
    EXPECT_TRUE(answers("Ordningen omfatter:", "hvad dækker ordningen"));
    EXPECT_TRUE(answers("Hovedpunkterne er:", "hvad indeholder budgetforliget"));
    EXPECT_TRUE(section_sought("er der krav om uddannelse").called.empty());
}

}  // namespace
}  // namespace raadbot::danish
