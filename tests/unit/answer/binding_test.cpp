#include "retrieval/answer/binding.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "retrieval/answer/features.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

TEST(Wanted, IsReadFromTheQuestionsWords) {
    const auto of = [](std::string_view text, bool money = false) {
        return wanted_by(text, QuestionType::how_much, money);
    };
    EXPECT_EQ(of("hvor mange elever går der på skolen"), Wanted::count);
    EXPECT_EQ(of("hvor mange dage har jeg"), Wanted::duration);
    EXPECT_EQ(of("hvor længe må jeg parkere"), Wanted::duration);
    EXPECT_EQ(of("hvor lang tid tager det"), Wanted::duration);
    EXPECT_EQ(of("hvor tit bliver papir hentet"), Wanted::frequency);
    EXPECT_EQ(of("hvor mange gange om ugen kommer de"), Wanted::frequency);
    EXPECT_EQ(of("hvor mange gange må man prøve"), Wanted::count);
    EXPECT_EQ(of("hvor dybt er der i havnen"), Wanted::measure);
    EXPECT_EQ(of("hvad koster det", true), Wanted::money);
    EXPECT_EQ(of("hvor meget er kommuneskatten", true), Wanted::quantity);
    EXPECT_EQ(of("hvor meget får man i rabat for nummer to", true), Wanted::quantity);
    EXPECT_EQ(wanted_by("hvornår åbner det", QuestionType::when, false), Wanted::date);
}

/// One aspect a word, each covering itself alone.
QuestionView question_of(std::vector<std::string> words, Wanted wanted) {
    QuestionView question;
    question.wanted = wanted;
    for (std::string& word : words) {
        Aspect aspect;
        aspect.surface = aspect.lemma = word;
        aspect.alternatives.push_back({{word}, 1.0F});
        aspect.focus = question.aspects.empty();
        question.aspects.push_back(std::move(aspect));
    }
    return question;
}

Binding binding_in(const QuestionView& question, const std::string& text, std::size_t sentence) {
    StoredPassage passage;
    passage.passage.text = text;
    const PassageView view = make_view(std::move(passage));
    const SentenceView& s = view.sentences.at(sentence);
    Coverage own;
    for (const Aspect& aspect : question.aspects) own.push_back(aspect.coverage(s.terms));
    return binding_of(question, view, s, own, Coverage(own.size(), 0.0F));
}

TEST(Binding, APriceOfSomethingElseIsFarFromWhatIsAsked) {
    const auto question = question_of({"storskrald"}, Wanted::money);
    const std::string text = "Haveaffald koster 640 kr. om året. Storskrald hentes ved hoveddøren.";
    EXPECT_EQ(binding_in(question, text, 0).near, 0);
    EXPECT_EQ(binding_in(question, text, 0).fact, 1);
    EXPECT_EQ(binding_in(question, text, 1).fact, 0);
    EXPECT_GT(binding_in(question, "Storskrald koster 640 kr. om året.", 0).near, 0.8F);
}

TEST(Binding, ANumberCountsTheNounBehindIt) {
    const auto question = question_of({"elever"}, Wanted::count);
    EXPECT_EQ(binding_in(question, "Skolen har 212 elever.", 0).counted, 1);
    EXPECT_EQ(
        binding_in(question, "Elever fortsætter efter 6. klasse på en anden skole.", 0).counted, 0);
    EXPECT_EQ(binding_in(question, "Antallet af elever er pr. 5. september 94.", 0).counted, 1);
    EXPECT_EQ(binding_in(question, "Antallet af elever falder.", 0).counted, 0);
}

TEST(Binding, AValueBelongsToItsColumn) {
    const auto question = question_of({"formand"}, Wanted::money);
    const std::string row = "Formand: 207.400 kr.; Medlem: 20.924 kr.";
    EXPECT_GT(binding_in(question, row, 0).near, 0.9F);
    const std::string other = "Post: Medlem; Formand: nej; Løn: 20.924 kr.";
    EXPECT_LT(binding_in(question, other, 0).near, 0.5F);
}

TEST(Binding, AnotherYearIsSeen) {
    QuestionView question = question_of({"2030"}, Wanted::money);
    question.aspects.front().year = true;
    StoredPassage passage;
    passage.passage.text = "2026: 4.180 kr.; 2027: 4.310 kr.\nI 2030 koster den 5.000 kr.";
    const PassageView view = make_view(std::move(passage));
    EXPECT_EQ(speaks_of_other_year(question, view, view.sentences.at(0)), 1);
    EXPECT_EQ(speaks_of_other_year(question, view, view.sentences.at(1)), 0);
}

TEST(Binding, WhatEndedBeforeAYearIsOfTheTimeBeforeIt) {
    QuestionView question = question_of({"formand"}, Wanted::person);
    question.text = "hvem var formand før 2026";
    question.dates = danish::find_dates(question.text, Date{std::chrono::year{2026} / 11 / 27});
    StoredPassage passage;
    passage.passage.text =
        "Indtil udgangen af 2025: Peter Munk; Fra 1. januar 2026: Anders Toft\n"
        "Anders Toft er formand fra den 1. januar 2026.";
    const PassageView view = make_view(std::move(passage));
    EXPECT_EQ(speaks_of_other_time(question, view, view.sentences.at(0)), 0);
    EXPECT_EQ(speaks_of_other_time(question, view, view.sentences.at(1)), 1);
}

TEST(Facts, NumbersMayBeWrittenInLetters) {
    EXPECT_TRUE(facts_of("Mindst en tredjedel af medlemmerne skal forlange det.").count);
    EXPECT_TRUE(facts_of("For de øvrige betales halv pris.").count);
    EXPECT_FALSE(facts_of("Der er åbent en halv dag.").money);
    EXPECT_TRUE(facts_of("Der må bygges i fire etager.").size);
    EXPECT_FALSE(facts_of("Udvalget har fire medlemmer.").size);
    EXPECT_TRUE(facts_of("Afstanden er fire gange møllens højde.").size);
    EXPECT_FALSE(facts_of("Vi tømmer fire gange om året.").size);
}

TEST(Facts, WhatRecursIsATime) {
    EXPECT_TRUE(facts_of("Der gøres rent hver anden uge.").duration);
    EXPECT_TRUE(facts_of("Beholderen tømmes hver uge.").duration);
    EXPECT_FALSE(facts_of("Uge er et ord.").duration);
    EXPECT_FALSE(facts_of("Hver familie får besked i den uge.").duration);
}

TEST(Facts, ANumberThatNamesCountsNothing) {
    EXPECT_FALSE(facts_of("Plan: Lokalplanforslag 193; Område: Åmarken").counted);
    EXPECT_FALSE(facts_of("Længde: 8-10 m; Ventetid: ca. 2 år").counted);
    EXPECT_TRUE(facts_of("Beholderne tømmes hver 14. dag.").recurs);
}

TEST(Fits, HowManyTimesIsNoLengthOfTime) {
    QuestionView question;
    question.text = "hvor mange gange kan jeg forlænge et lån";
    question.type = QuestionType::how_much;
    question.wanted = Wanted::count;
    EXPECT_FALSE(fits(question, facts_of("Lånetiden er 28 dage."), false));
    EXPECT_TRUE(fits(question, facts_of("Lånet kan forlænges to gange."), false));
    EXPECT_TRUE(fits(question, facts_of("Tømning: hver 14. dag"), false));
}

TEST(Fits, AQueueIsSoLongAsManyWait) {
    QuestionView question = question_of({"venteliste"}, Wanted::measure);
    question.type = QuestionType::how_much;
    EXPECT_TRUE(fits(question, facts_of("Venter: 17"), false));
    question.aspects.front().lemma = "bro";
    EXPECT_FALSE(fits(question, facts_of("Venter: 17"), false));
}

TEST(Fits, HowHighIsNoTime) {
    QuestionView question = question_of({"hæk"}, Wanted::measure);
    question.type = QuestionType::how_much;
    question.text = "hvor høj må hækken være";
    EXPECT_FALSE(fits(question, facts_of("Hækken klippes hvert år."), false));
    EXPECT_TRUE(fits(question, facts_of("Hækken må være 1,8 meter."), false));
    question.text = "hvor langt er kurset";
    EXPECT_TRUE(fits(question, facts_of("Kurset varer 3 timer."), false));
}

TEST(Facts, ASumTellsHowMuchAlsoWhereNoMoneyIsNamed) {
    QuestionView question;
    question.type = QuestionType::how_much;
    question.wanted = Wanted::quantity;
    EXPECT_TRUE(fits(question, facts_of("For kørsel betales 3,94 kr."), false));
    question.wanted = Wanted::count;
    EXPECT_FALSE(fits(question, facts_of("For kørsel betales 3,94 kr."), false));
}

TEST(Facts, ARabatMayBeAShare) {
    QuestionView question;
    question.type = danish::QuestionType::how_much;
    question.money = true;
    Aspect discount;
    discount.lemma = "søskenderabat";
    question.aspects = {discount};
    EXPECT_TRUE(fits(question, facts_of("Søskende får 20 procents rabat."), false));
    question.aspects.front().lemma = "vuggestue";
    EXPECT_FALSE(fits(question, facts_of("Søskende får 20 procents rabat."), false));
}

TEST(Facts, ADayToPayByIsNoOpeningTime) {
    QuestionView question;
    question.type = danish::QuestionType::when;
    question.time = true;
    EXPECT_TRUE(fits(question, facts_of("Mandag-onsdag holdes der åbent."), false));
    EXPECT_FALSE(
        fits(question, facts_of("310 kr. betales senest den 5. december hver måned."), false));
}

TEST(Facts, AnInstitutionIsNoPerson) {
    EXPECT_FALSE(facts_of("Forslaget om Bjerre Skole er vedtaget.").person);
    EXPECT_FALSE(facts_of("Cykelstien Tranholt er sendt i udbud.").person);
    EXPECT_TRUE(facts_of("Periode: maj-juni").date);
    EXPECT_FALSE(facts_of("Periode: ni-maj").date);
    EXPECT_TRUE(facts_of("Skoleleder er Bente Ladegaard.").person);
    EXPECT_TRUE(facts_of("Huset må være 3 etager højt.").size);
    EXPECT_FALSE(facts_of("Havnen har 412 pladser.").size);
}

}  // namespace
}  // namespace raadbot::answer
