#include "retrieval/answer/question_traits.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace raadbot::answer {
namespace {

using namespace std::chrono;

bool any_time_of_year(const std::string& text) {
    const Date today = year{2026} / November / 23;
    const auto dates = danish::find_dates(text, today);
    return !dates.empty() && std::all_of(dates.begin(), dates.end(), [&](const auto& mention) {
        return is_time_of_year(text, mention);
    });
}

TEST(TimeOfYear, IsWhatComesEveryYear) {
    for (const char* text :
         {"må hunden være løs på stranden om sommeren", "hvor tit tømmes den om vinteren",
          "hvad koster en billet i juli", "How much is a ticket in July?"}) {
        EXPECT_TRUE(any_time_of_year(text)) << text;
    }
    for (const char* text :
         {"hvad skete der i foråret", "hvad kostede det i juli 2025",
          "hvornår er der lukket den 3. marts", "hvad blev det til sidste sommer"}) {
        EXPECT_FALSE(any_time_of_year(text)) << text;
    }
}

TEST(Opening, TellsABareQuestionFromAStory) {
    const auto opening = [](const std::string& text) { return opening_of(danish::tokenize(text)); };
    for (const char* text : {"Hvad koster et pas", "og hvornår er der åbent?",
                             "Hej, hvem ringer man til", "How much is a passport?"}) {
        EXPECT_EQ(opening(text), Opening::question_word) << text;
    }
    for (const char* text :
         {"må man grille i parken", "Er der lift i hallen?", "Can I park there?"})
        EXPECT_EQ(opening(text), Opening::verb) << text;
    for (const char* text : {"min søn er faldet, hvem ringer jeg til", "pris på pas",
                             "hvis jeg flytter, hvad sker der så", "hverdage på biblioteket", ""}) {
        EXPECT_EQ(opening(text), Opening::story) << text;
    }
}

TEST(OwnCase, SpeaksOfTheAsker) {
    for (const char* text : {"hvor kan jeg parkere", "Vores hund er væk", "Where do we park?"})
        EXPECT_TRUE(speaks_of_asker(danish::tokenize(text))) << text;
    for (const char* text :
         {"hvor kan man parkere", "hvem er borgmester", "hvad sker der i parken"})
        EXPECT_FALSE(speaks_of_asker(danish::tokenize(text))) << text;
}

TEST(Counted, IsAThingAndNoDoing) {
    const auto counted = [](const std::string& text) -> std::string {
        const auto tokens = danish::tokenize(text);
        const Counted found = what_is_counted(tokens);
        EXPECT_TRUE(found.asked) << text;
        return found.thing ? tokens[*found.thing].text : "";
    };
    EXPECT_EQ(counted("hvor mange pladser er der i hallen"), "pladser");
    EXPECT_EQ(counted("hvor mange stemmer fik listen"), "stemmer");
    EXPECT_EQ(counted("hvor mange sidder der i byrådet"), "");
    EXPECT_EQ(counted("hvor mange mistede jobbet"), "");
}

TEST(YearOfAName, IsNoLimitOnWhenSomethingHappened) {
    const Date today = year{2026} / November / 23;
    for (const char* text : {"hvem stemte imod budgettet for 2027", "taksterne til 2028",
                             "Who voted against the budget for 2027?", "hvad er budget 2027"}) {
        EXPECT_TRUE(dates_of(text, today).empty()) << text;
    }
    EXPECT_EQ(dates_of("hvad blev besluttet i 2025", today).size(), 1U);
    const std::string next = "hvem sagde nej til budgettet for næste år";
    const auto dates = dates_of(next, today);
    ASSERT_EQ(dates.size(), 1U);
    EXPECT_TRUE(is_year_of_thing(next, dates.front()));
    const std::string when = "hvad koster det næste år";
    ASSERT_EQ(dates_of(when, today).size(), 1U);
    EXPECT_FALSE(is_year_of_thing(when, dates_of(when, today).front()));
}

TEST(Amounts, OfAYearAreAskedForWithoutAnArticleToo) {
    EXPECT_EQ(asks_for_amount("hvad var serviceramme i budget 2025"), Wanted::money);
    EXPECT_EQ(asks_for_amount("hvad er en serviceramme"), std::nullopt);
}

TEST(Price, IsWhatSomebodyTakesForAThing) {
    EXPECT_TRUE(asks_for_price("hvad tager lægen for en attest"));
    EXPECT_FALSE(asks_for_price("hvad tager I imod på pladsen"));
    EXPECT_TRUE(asks_for_price("hvad skal man give for en byggegrund"));
    EXPECT_TRUE(asks_for_price("hvad skal vi af med for et kort"));
    EXPECT_TRUE(asks_for_price("hvad slipper jeg med"));
    EXPECT_TRUE(asks_for_price("hvad endte posthuset med at blive solgt for"));
    EXPECT_FALSE(asks_for_price("hvad skal jeg give besked om"));
    EXPECT_FALSE(asks_for_price("hvad giver jeg ham med i skole"));
    EXPECT_TRUE(asks_for_time("hvad tid kører bussen"));
}

TEST(Phone, IsAskedForByItsNumber) {
    EXPECT_TRUE(asks_for_phone("hvilket nummer ringer jeg til"));
    EXPECT_TRUE(asks_for_phone("hvilket nummer har vagten"));
    EXPECT_FALSE(asks_for_phone("hvad er nummeret på sagen om havnen"));
}

TEST(Status, IsHowFarSomethingHasCome) {
    EXPECT_TRUE(asks_for_status("Hvordan går det med den nye hal?"));
    EXPECT_TRUE(asks_for_status("hvor langt er I med trafikplanen"));
    EXPECT_FALSE(asks_for_status("hvordan får jeg en plads"));
}

}  // namespace
}  // namespace raadbot::answer
