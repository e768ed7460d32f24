#include "retrieval/answer/leaning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using Kind = danish::Morphology::Kind;

Aspect thing(const std::string& word, const std::string& preposition = {}) {
    Aspect aspect;
    aspect.surface = aspect.lemma = word;
    aspect.kind = Kind::noun;
    aspect.preposition = preposition;
    aspect.adjunct = !preposition.empty();
    aspect.alternatives = {{{word}, 1.0F}};
    return aspect;
}

Aspect verb(const std::string& word) {
    Aspect aspect = thing(word);
    aspect.kind = Kind::verb;
    return aspect;
}

QuestionView asked(const std::string& text, QuestionType type, std::vector<Aspect> aspects) {
    QuestionView view;
    view.text = view.search_text = text;
    view.type = type;
    view.aspects = std::move(aspects);
    return view;
}

QuestionView leaned(QuestionView view, const QuestionView& before) {
    lean_on(view, danish::read_follow_up(view.text), before);
    return view;
}

const Aspect* find(const QuestionView& view, const std::string& lemma) {
    const auto found = std::find_if(view.aspects.begin(), view.aspects.end(),
                                    [&](const Aspect& aspect) { return aspect.lemma == lemma; });
    return found == view.aspects.end() ? nullptr : &*found;
}

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

TEST(Leaning, CountsAYearFromTheOneThatWasAskedAbout) {
    const std::vector<std::string> previous{"hvad var skatten i 2025", "og i 2027?"};
    EXPECT_EQ(with_counted_year("og året før?", previous, today), "og 2026?");
    EXPECT_EQ(with_counted_year("hvad så året efter", previous, today), "hvad så 2028");
    EXPECT_EQ(with_counted_year("and the year before", previous, today), "and 2026");
    EXPECT_EQ(with_counted_year("og året før", {"hvad er skatten i år"}, today), "og 2025");
    // Counted from something else, or from nothing.
    EXPECT_EQ(with_counted_year("hvad skete der året før valget", previous, today),
              "hvad skete der året før valget");
    EXPECT_EQ(with_counted_year("og året før", {"hvad er skatten"}, today), "og året før");
    EXPECT_EQ(with_counted_year("og året før", {}, today), "og året før");
}

TEST(Leaning, TakesTheTimeOverAndNotWhereItWasSaid) {
    QuestionView before = asked("hvilke aktiviteter er der for de ældre i december måned",
                                QuestionType::list, {thing("aktivitet")});
    before.dates = danish::find_dates(before.text, today);
    ASSERT_FALSE(before.dates.empty());
    const QuestionView view =
        leaned(asked("og for børn?", QuestionType::unknown, {thing("barn", "for")}), before);
    ASSERT_EQ(view.dates.size(), before.dates.size());
    EXPECT_EQ(view.dates.front().first, before.dates.front().first);
    EXPECT_LE(view.dates.front().end, view.text.size());
}

TEST(Leaning, PutsAnotherPersonInTheFirstOnesPlace) {
    QuestionView before = asked("hvad får medlemmer i vederlag?", QuestionType::how_much,
                                {thing("medlem"), thing("vederlag", "i")});
    before.money = true;
    const QuestionView view = leaned(
        asked("og hvad med suppleanter?", QuestionType::unknown, {thing("suppleant")}), before);
    EXPECT_EQ(view.type, QuestionType::how_much);
    EXPECT_TRUE(view.money);
    EXPECT_EQ(find(view, "medlem"), nullptr);
    ASSERT_NE(find(view, "vederlag"), nullptr);
    EXPECT_FALSE(find(view, "vederlag")->context);
    EXPECT_NE(view.search_text.find("vederlag"), std::string::npos);
    EXPECT_EQ(view.search_text.find("medlem"), std::string::npos);
}

TEST(Leaning, PutsAnotherAgeInTheFirstOnesPlace) {
    Aspect adult = thing("voksen", "til");
    adult.kind = Kind::adjective;
    adult.age = 30;
    Aspect child = thing("barn", "til");
    child.age = 8;
    const QuestionView before =
        asked("hvad koster et pas til en voksen?", QuestionType::how_much, {thing("pas"), adult});
    const QuestionView view =
        leaned(asked("og til et barn?", QuestionType::unknown, {child}), before);
    EXPECT_EQ(find(view, "voksen"), nullptr);
    ASSERT_NE(find(view, "pas"), nullptr);
    EXPECT_FALSE(find(view, "pas")->context);
}

TEST(Leaning, PutsAThingInThePlaceBehindTheSamePreposition) {
    const QuestionView before =
        asked("hvad koster det at blive gift på en hverdag?", QuestionType::how_much,
              {verb("gifte"), thing("hverdag", "på")});
    const QuestionView view =
        leaned(asked("og på en lørdag?", QuestionType::unknown, {thing("lørdag", "på")}), before);
    EXPECT_EQ(find(view, "hverdag"), nullptr);
    ASSERT_NE(find(view, "gifte"), nullptr);
    EXPECT_FALSE(find(view, "gifte")->context);
}

TEST(Leaning, KeepsTheTopicAndDropsWhatWasAskedOfIt) {
    const QuestionView before = asked("hvornår åbner sfo om morgenen?", QuestionType::when,
                                      {verb("åbne"), thing("sfo"), thing("morgen", "om")});
    const QuestionView view = leaned(asked("hvad koster det?", QuestionType::how_much, {}), before);
    EXPECT_EQ(view.type, QuestionType::how_much);
    ASSERT_NE(find(view, "sfo"), nullptr);
    EXPECT_FALSE(find(view, "sfo")->context);
    for (const char* word : {"åbne", "morgen"}) {
        ASSERT_NE(find(view, word), nullptr) << word;
        EXPECT_TRUE(find(view, word)->context) << word;
        EXPECT_LT(find(view, word)->weight, 0.5F) << word;
    }
}

TEST(Leaning, TakesAnotherYearForTheFirst) {
    Aspect first = thing("2027");
    first.year = first.exact = true;
    Aspect other = first;
    other.surface = other.lemma = "2030";
    QuestionView view = asked("og i 2030?", QuestionType::unknown, {other});
    view.dates.push_back({});
    const QuestionView before = asked("hvad koster en vuggestueplads i 2027?",
                                      QuestionType::how_much, {thing("vuggestueplads"), first});
    view = leaned(view, before);
    EXPECT_EQ(find(view, "2027"), nullptr);
    ASSERT_NE(find(view, "vuggestueplads"), nullptr);
    EXPECT_FALSE(find(view, "vuggestueplads")->context);
}

TEST(Leaning, SetsATimeOrAPlaceBesideTheThing) {
    const QuestionView before = asked("hvad koster en klippetur?", QuestionType::how_much,
                                      {thing("klippetur"), thing("kort", "med")});
    for (const char* preposition : {"fra", "i"}) {
        const QuestionView view = leaned(asked("og " + std::string(preposition) + " x?",
                                               QuestionType::unknown, {thing("x", preposition)}),
                                         before);
        ASSERT_NE(find(view, "klippetur"), nullptr);
        EXPECT_FALSE(find(view, "klippetur")->context);
    }
    // But "for x" is somebody else's.
    const QuestionView view =
        leaned(asked("og for sejlere?", QuestionType::unknown, {thing("sejler", "for")}),
               asked("hvad koster en klippetur?", QuestionType::how_much, {thing("klippetur")}));
    EXPECT_TRUE(find(view, "klippetur")->context);
}

TEST(Leaning, PutsAPlaceInThePlacesPlace) {
    Aspect there = thing("åparken", "på");
    there.name = true;
    const QuestionView before =
        asked("hvor mange pladser er der i afsnittet på åparken?", QuestionType::how_much,
              {thing("plads"), thing("afsnit", "i"), there});
    const QuestionView view = leaned(
        asked("og ved bakkegården?", QuestionType::unknown, {thing("bakkegården", "ved")}), before);
    EXPECT_TRUE(find(view, "åparken")->context);
    EXPECT_FALSE(find(view, "afsnit")->context);
}

TEST(Leaning, GivesWhatIsSaidAnewTheWeightOfWhatIsKept) {
    Aspect common = thing("udvalg", "i");
    common.weight = 0.2F;
    Aspect rare = thing("stedfortræder");
    rare.weight = 0.8F;
    const QuestionView before =
        asked("hvornår indkaldes stedfortræderen?", QuestionType::when, {rare});
    const QuestionView view =
        leaned(asked("gælder det også i udvalg?", QuestionType::yes_no, {common}), before);
    EXPECT_FLOAT_EQ(find(view, "udvalg")->weight, 0.8F);
    EXPECT_FALSE(find(view, "udvalg")->inherited);
    EXPECT_TRUE(find(view, "stedfortræder")->inherited);
}

TEST(Leaning, TakesARuleForAnAnswerWhenItIsAskedWhetherTheSameHolds) {
    QuestionView before = asked("hvor længe skal man være væk før stedfortræderen indkaldes?",
                                QuestionType::how_much, {thing("stedfortræder")});
    before.wanted = Wanted::duration;
    for (const char* text : {"gælder det også i udvalg?", "og hvis det er i udvalg?"}) {
        const QuestionView view =
            leaned(asked(text, QuestionType::yes_no, {thing("udvalg", "i")}), before);
        EXPECT_EQ(view.type, QuestionType::yes_no) << text;
        EXPECT_EQ(view.wanted, Wanted::nothing) << text;
    }
    before.money = true;
    EXPECT_EQ(leaned(asked("og hvis vi er 20?", QuestionType::unknown, {}), before).type,
              QuestionType::how_much);
}

TEST(Leaning, AsksForWhatItAsksAndNotForWhatWasAskedBefore) {
    QuestionView before = asked("hvad koster et pas?", QuestionType::how_much, {thing("pas")});
    before.money = true;
    before.dates.push_back({});
    const QuestionView other =
        leaned(asked("hvad skal jeg have med?", QuestionType::unknown, {}), before);
    EXPECT_EQ(other.type, QuestionType::unknown);
    EXPECT_FALSE(other.money);
    EXPECT_NE(find(other, "pas"), nullptr);
    const QuestionView bare =
        leaned(asked("fotos?", QuestionType::unknown, {thing("foto")}), before);
    EXPECT_EQ(bare.type, QuestionType::how_much);
    // What may be a matter of its own is not held to the time that was asked about.
    const QuestionView perhaps = leaned(
        asked("er der lukket i juleferien?", QuestionType::yes_no, {thing("juleferie", "i")}),
        before);
    EXPECT_TRUE(perhaps.dates.empty());
    Aspect year = thing("år", "om");
    year.light = true;
    EXPECT_TRUE(
        leaned(asked("og hvor meget om året?", QuestionType::how_much, {year}), before).money);
}

TEST(Leaning, AsksForADecisionsDateByAskingForTheDecision) {
    const QuestionView before =
        asked("hvem stemte imod broen?", QuestionType::vote, {thing("bro")});
    EXPECT_EQ(leaned(asked("hvornår var det?", QuestionType::when, {}), before).type,
              QuestionType::vote);
    EXPECT_EQ(leaned(asked("hvornår åbner den?", QuestionType::when, {verb("åbne")}), before).type,
              QuestionType::when);
}

TEST(Leaning, KeepsTheFirstTopicBesideANewOne) {
    const QuestionView before =
        asked("hvor længe må jeg parkere på torvet?", QuestionType::how_much,
              {verb("parkere"), thing("torv", "på")});
    const QuestionView view =
        leaned(asked("og hvad koster en bøde?", QuestionType::how_much, {thing("bøde")}), before);
    ASSERT_NE(find(view, "parkere"), nullptr);
    EXPECT_TRUE(find(view, "parkere")->context);
    EXPECT_FALSE(find(view, "bøde")->context);
}

}  // namespace
}  // namespace raadbot::answer
