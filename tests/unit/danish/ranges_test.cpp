#include "retrieval/danish/ranges.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raadbot::danish {
namespace {

std::string range(std::string_view cell, std::string_view heading = "") {
    const auto found = range_of(cell, heading);
    if (!found) return "-";
    return (found->scale == Scale::age ? "age " : "class ") + std::to_string(found->from) + ".." +
           std::to_string(found->to);
}

TEST(RangeOf, ReadsWhatTablesSortBy) {
    EXPECT_EQ(range("18-66 år"), "age 18..66");
    EXPECT_EQ(range("Voksne fra 67 år"), "age 67..130");
    EXPECT_EQ(range("70 år og derover"), "age 70..130");
    EXPECT_EQ(range("Børn under 12 år"), "age 0..11");
    EXPECT_EQ(range("over 75 år"), "age 76..130");
    EXPECT_EQ(range("0-11", "Alder"), "age 0..11");
    EXPECT_EQ(range("65+", "Alder"), "age 65..130");
    EXPECT_EQ(range("0.-3. klasse"), "class 0..3");
    EXPECT_EQ(range("4", "Klasse"), "class 4..4");
    EXPECT_EQ(range("10-15", "Åbent"), "-") << "opening hours are no ages";
    EXPECT_EQ(range("Voksne"), "-");
}

std::string asked(std::string_view question) {
    const auto found = number_asked(question);
    if (!found) return "-";
    return (found->scale == Scale::age ? "age " : "class ") + std::to_string(found->number);
}

TEST(NumberAsked, IsAnAgeOrASchoolYear) {
    EXPECT_EQ(asked("hvad koster et pas til en på 30"), "age 30");
    EXPECT_EQ(asked("min datter på 8 og jeg skal have pas"), "age 8");
    EXPECT_EQ(asked("hvad koster et pas når man er 75"), "age 75");
    EXPECT_EQ(asked("må et barn på 12 år svømme alene"), "age 12");
    EXPECT_EQ(asked("hvor langt må der være til skole i 3. klasse"), "class 3");
    EXPECT_EQ(asked("hvad sker der i 3 år"), "-") << "how long";
    EXPECT_EQ(asked("hvad koster plads 14 på torvet"), "-");
}

std::string days(std::string_view text) {
    std::string out;
    for (const bool day : weekdays_in(text)) out += day ? 'x' : '.';
    return out;
}

TEST(WeekdaysIn, ReadsSpansAndNames) {
    EXPECT_EQ(days("Mandag-torsdag"), "xxxx...");
    EXPECT_EQ(days("tors.-fre."), "...xx..");
    EXPECT_EQ(days("Man-fre"), "xxxxx..");
    EXPECT_EQ(days("Søn- og helligdage"), "......x");
    EXPECT_EQ(days("hverdage"), "xxxxx..");
    EXPECT_EQ(days("lørdag og søndag"), ".....xx");
    EXPECT_EQ(days("om torsdagen"), "...x...");
    EXPECT_EQ(days("hvornår kan man komme"), ".......") << "no day is meant";
    EXPECT_EQ(days("Søndag-torsdag"), "xxxx..x");
}

std::string months(std::string_view text) {
    std::string out;
    for (const bool month : months_in(text)) out += month ? 'x' : '.';
    return out;
}

TEST(MonthsIn, ReadsSpansAndNamesButNoDates) {
    EXPECT_EQ(months("Maj og september: 160 kr."), "....x...x...");
    EXPECT_EQ(months("Juni-august"), ".....xxx....");
    EXPECT_EQ(months("1. april - 30. september"), "...xxxxxx...");
    EXPECT_EQ(months("november til marts"), "xxx.......xx");
    EXPECT_EQ(months("hele året"), "xxxxxxxxxxxx");
    EXPECT_EQ(months("fra den 1. april 2026"), "............");
    EXPECT_EQ(months("i oktober"), ".........x..");
}

}  // namespace
}  // namespace raadbot::danish
