#include "retrieval/answer/measures.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "retrieval/answer/aspects.hpp"

namespace raadbot::answer {
namespace {

/// "m 10-12; kr 0-300000"
std::string told(std::string_view text) {
    static constexpr std::array<std::string_view, 10> names{"m", "m2", "m3", "km",    "kg",
                                                            "t", "l",  "kr", "class", "head"};
    std::ostringstream out;
    for (const MeasureRange& range : measure_ranges(text)) {
        out << (out.tellp() > 0 ? "; " : "") << names.at(static_cast<std::size_t>(range.unit))
            << ' ' << range.from << '-';
        if (std::isinf(range.to)) {
            out << "*";
        } else {
            out << range.to;
        }
    }
    return out.str();
}

TEST(MeasureRanges, AreReadFromListsAndRules) {
    EXPECT_EQ(told("Længde: 10-12 m; Strandby: 195 kr."), "m 10-12");
    EXPECT_EQ(told("Bredde: 2,26-2,75 m"), "m 2.26-2.75");
    EXPECT_EQ(told("SFO (0.-3. klasse) og klub (4.-6. klasse)"), "class 0-3; class 4-6");
    EXPECT_EQ(told("Indtil 10 m"), "m 0-10");
    EXPECT_EQ(told("Merudgift indtil 300.000 kr."), "kr 0-300000");
    EXPECT_EQ(told("Fra 20 m og derover"), "m 20-*");
    EXPECT_EQ(told("Mellem 50 og 100 m²"), "m2 50-100");
    EXPECT_EQ(told("Køretøj indtil 3.500 kg"), "kg 0-3500");
}

TEST(MeasureRanges, ASingleMeasureAndOtherNumbersAreNone) {
    EXPECT_EQ(told("Båden er 9 m lang, og pladsen koster 300 kr."), "");
    EXPECT_EQ(told("Mandag kl. 10-15"), "");
    EXPECT_EQ(told("Perioden 2026-2029"), "");
    EXPECT_EQ(told("Alder: 18-66 år"), "");
}

Aspect aspect(std::string surface) {
    Aspect made;
    made.surface = made.lemma = std::move(surface);
    return made;
}

Held held(const std::string& text, std::vector<std::string> aspects, std::string_view sentence) {
    QuestionView question;
    question.text = text;
    for (std::string& one : aspects) question.aspects.push_back(aspect(std::move(one)));
    const auto asked = measures_asked(question);
    return asked.empty() ? Held::untold : held_by(asked.front(), measure_ranges(sentence));
}

TEST(MeasuresAsked, AreHeldByTheRangeTheyLieIn) {
    const std::string boat = "hvad koster en plads til en båd på 11 meter";
    EXPECT_EQ(held(boat, {"11", "meter"}, "10-12 m: 195 kr."), Held::yes);
    EXPECT_EQ(held(boat, {"11", "meter"}, "Indtil 10 m: 160 kr."), Held::no);
    EXPECT_EQ(held(boat, {"11", "meter"}, "Plads: 160 kr."), Held::untold);
    EXPECT_EQ(held(boat, {"11", "meter"}, "4.-6. klasse: 160 kr."), Held::untold);
    EXPECT_EQ(held("hvem godkender 400.000 mere", {"400000"}, "Over 300.000 kr.: byrådet"),
              Held::yes);
    EXPECT_EQ(held("hvem godkender 400.000 mere", {"400000"}, "Indtil 300.000 kr.: udvalget"),
              Held::no);
}

TEST(MeasuresAsked, MayBeSpelledOutAndCubic) {
    EXPECT_EQ(held("en vogn på otte meter", {"otte", "meter"}, "Stade 3-6 meter: 290 kr."),
              Held::no);
    EXPECT_EQ(held("vores tank er på 5 kubikmeter", {"5", "kubikmeter"}, "Indtil 3 m³: 1.040 kr."),
              Held::no);
}

TEST(MeasuresAsked, BeyondANumberIsNotTheNumber) {
    EXPECT_EQ(held("en båd over 3,5 meter bred", {"3,5", "meter"}, "3,0-3,5 m: 6.840 kr."),
              Held::no);
    EXPECT_EQ(held("og efter 3. klasse", {"3", "klasse"}, "SFO (0.-3. klasse)"), Held::no);
    EXPECT_EQ(held("og efter 3. klasse", {"3", "klasse"}, "Klub (4.-6. klasse)"), Held::yes);
}

TEST(MeasuresAsked, BelongToTheirAspects) {
    QuestionView question;
    question.text = "en båd på 11 meter i havnen";
    question.aspects = {aspect("båd"), aspect("11"), aspect("meter"), aspect("havn")};
    const auto asked = measures_asked(question);
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked.front().aspects, (std::vector<std::size_t>{1, 2}));
}

}  // namespace
}  // namespace raadbot::answer
