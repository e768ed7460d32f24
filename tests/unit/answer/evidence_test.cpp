// What is measured of a sentence in its place, and what bars a passage from answering.
#include "retrieval/answer/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "retrieval/answer/roles.hpp"
#include "retrieval/answer/weights.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using Kind = danish::Morphology::Kind;

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{23}};

Aspect aspect(std::string word, Kind kind = Kind::noun) {
    Aspect a;
    a.surface = a.lemma = word;
    a.kind = kind;
    a.alternatives.push_back({{std::move(word)}, 1.0F});
    return a;
}

Candidate candidate(std::string title, std::string text, std::string document = "d") {
    StoredPassage p;
    p.document = DocumentId{std::move(document)};
    p.title = std::move(title);
    p.passage.text = std::move(text);
    return {std::make_shared<const PassageView>(make_view(std::move(p))), 1.0F, true};
}

TEST(Weights, AreThoseOfTheFeatures) {
    for (std::size_t i = 0; i < rank_feature_count; ++i)
        EXPECT_EQ(rank_weights.at(i).feature, rank_feature_names.at(i));
    for (std::size_t i = 0; i < decision_feature_count; ++i)
        EXPECT_EQ(decision_weights.at(i).feature, decision_feature_names.at(i));
}

TEST(DecisionFeatures, StandWhereTheirNamesDo) {
    EXPECT_EQ(decision_feature_names.at(decision_other_year), "other_year");
    EXPECT_EQ(decision_feature_names.at(decision_no_fact), "no_fact_of_kind");
    EXPECT_EQ(decision_feature_names.at(decision_another), "another");
    EXPECT_EQ(decision_feature_names.at(decision_other_key), "other_key");
    EXPECT_EQ(decision_feature_names.at(decision_other_age), "other_age");
}

TEST(Roles, TellNamesFromThingsAndCircumstances) {
    QuestionView question;
    Aspect price = aspect("leje");
    Aspect place = aspect("skovby");
    Aspect party = aspect("bryllup");
    party.adjunct = true;
    Aspect light = aspect("tid");
    light.light = true;
    question.aspects = {price, place, party, light, aspect("bygge", Kind::verb)};
    // The material writes the place as a name, whatever the dictionary says.
    assign_roles(question, {candidate("Hallen", "Hallen i Skovby kan lejes.")});
    EXPECT_EQ(question.aspects[0].role, Role::head);
    EXPECT_EQ(question.aspects[1].role, Role::entity);
    EXPECT_EQ(question.aspects[2].role, Role::adjunct);
    EXPECT_EQ(question.aspects[3].role, Role::light);
    EXPECT_EQ(question.aspects[4].role, Role::verb);
}

TEST(Roles, AnUnknownWordThatPapersWriteSmallIsNoName) {
    QuestionView question;
    Aspect unknown = aspect("flimmerkort", Kind::unknown);
    unknown.name = true;
    question.aspects = {unknown};
    assign_roles(question, {candidate("Kort", "Et flimmerkort koster 40 kr.")});
    EXPECT_EQ(question.aspects[0].role, Role::head);
    assign_roles(question, {candidate("Kort", "Hos Flimmerkort koster det 40 kr.")});
    EXPECT_EQ(question.aspects[0].role, Role::entity);
    // What no paper says may be a name.
    assign_roles(question, {candidate("Kort", "Det koster 40 kr.")});
    EXPECT_EQ(question.aspects[0].role, Role::entity);
}

float decision_of(const PassageEvidence& evidence, std::string_view name) {
    const auto at = std::find(decision_feature_names.begin(), decision_feature_names.end(), name);
    return evidence.decision.at(static_cast<std::size_t>(at - decision_feature_names.begin()));
}

TEST(Roles, AClubIsNoNameForStandingInOneAndACommitteeIs) {
    QuestionView question;
    question.aspects = {aspect("boldklub"), aspect("fritidsudvalg")};
    assign_roles(question, {candidate("Klubber", "Egelund Boldklub og Fritidsudvalg svarer.")});
    EXPECT_EQ(question.aspects[0].role, Role::head);
    EXPECT_EQ(question.aspects[1].role, Role::entity);
}

TEST(Evidence, TheRangeThatHoldsAMeasureTellsIt) {
    QuestionView question;
    question.text = "hvad koster en plads til en båd på 11 meter";
    question.type = QuestionType::how_much;
    question.money = true;
    question.wanted = Wanted::money;
    question.aspects = {aspect("plads"), aspect("11"), aspect("meter")};
    const auto found =
        weigh(question,
              {candidate("Plads",
                         "Længde: Indtil 10 m; Pris: 160 kr.\nLængde: 10-12 m; Pris: 195 kr.\n"
                         "Længde: Over 12 m; Pris: 260 kr.")},
              today);
    ASSERT_FALSE(found.empty());
    const danish::Span span = found.front().view->sentences[found.front().telling].span;
    EXPECT_NE(found.front()
                  .view->stored.passage.text.substr(span.begin, span.end - span.begin)
                  .find("195"),
              std::string::npos);
    EXPECT_EQ(decision_of(found.front(), "other_variant"), 0.0F);
    const auto other =
        weigh(question, {candidate("Plads", "Længde: Indtil 10 m; Pris: 160 kr.")}, today);
    EXPECT_EQ(decision_of(other.front(), "other_variant"), 1.0F);
}

TEST(Evidence, AMonthBetweenTwoIsTold) {
    QuestionView question;
    question.text = "må min hund komme med i juli";
    question.type = QuestionType::yes_no;
    question.aspects = {aspect("hund"), aspect("juli")};
    const auto found = weigh(
        question, {candidate("Stranden", "Hunde skal i snor 1. april - 30. september.")}, today);
    const auto without = weigh(
        question, {candidate("Stranden", "Hunde skal i snor 1. oktober - 31. marts.")}, today);
    EXPECT_GT(decision_of(found.front(), "place"), decision_of(without.front(), "place"));
}

TEST(Evidence, OnlyHereAnswersForThere) {
    QuestionView question;
    question.text = "kan jeg aflevere asbest i rosted";
    question.type = QuestionType::yes_no;
    Aspect place = aspect("rosted", Kind::name);
    question.aspects = {aspect("asbest"), place};
    assign_roles(question, {});
    const auto only =
        weigh(question, {candidate("Genbrug", "Asbest modtages kun på pladsen i Lindby.")}, today);
    const auto also =
        weigh(question, {candidate("Genbrug", "Asbest modtages på pladsen i Lindby.")}, today);
    EXPECT_GT(decision_of(only.front(), "entity"), decision_of(also.front(), "entity"));
}

TEST(Evidence, ACountIsNotToldByDays) {
    QuestionView question;
    question.text = "hvor mange børn bliver undervist hjemme";
    question.type = QuestionType::how_much;
    question.wanted = Wanted::count;
    question.aspects = {aspect("barn")};
    const auto days = weigh(question, {candidate("Børn", "Børn følges efter tre måneder.")}, today);
    const auto count = weigh(question, {candidate("Børn", "I alt 34 børn får det.")}, today);
    EXPECT_EQ(decision_of(days.front(), "unkind"), 1.0F);
    EXPECT_EQ(decision_of(count.front(), "unkind"), 0.0F);
}

TEST(Evidence, SeesThatARowIsForAnotherThing) {
    QuestionView question;
    question.type = QuestionType::how_much;
    question.money = true;
    question.wanted = Wanted::money;
    Aspect month = aspect("månedskort");
    month.others = {"dag", "uge", "år"};
    question.aspects = {month, aspect("svømmehal")};
    const Candidate week = candidate("Svømmehal", "Kort: Ugekort; Pris: 190 kr.", "a");
    const Candidate asked = candidate("Svømmehal", "Kort: Månedskort; Pris: 390 kr.", "b");
    assign_roles(question, {week, asked});
    for (const PassageEvidence& e : weigh(question, {week, asked}, today)) {
        const bool other = e.view->stored.document.value == "a";
        EXPECT_EQ(decision_of(e, "another") > 0, other);
        EXPECT_EQ(decision_of(e, "other_key") > 0, other);
    }
}

TEST(Evidence, AWordForBothDoesNotMakeOneTheOther) {
    QuestionView question;
    question.type = QuestionType::how_much;
    question.money = true;
    question.wanted = Wanted::money;
    Aspect asked = aspect("dagpleje");
    asked.alternatives.push_back({{"daginstitution"}, 0.85F});
    asked.others = {"børnehave"};
    question.aspects = {aspect("frokost"), asked};
    const auto place_of = [&](const std::string& title, const std::string& text) {
        const Candidate row = candidate(title, text);
        assign_roles(question, {row});
        return decision_of(weigh(question, {row}, today).front(), "place");
    };
    const std::string other = "Plads: Frokost, børnehave; Pris: 695 kr.";
    EXPECT_LT(place_of("Daginstitution", other), 0.75F);
    EXPECT_GT(place_of("Daginstitution", "Plads: Frokost; Pris: 695 kr."), 0.85F);
    EXPECT_GT(place_of("Dagpleje", other), 0.85F);
    // Who asks for both is answered by the row of either, also where it is for a third.
    question.aspects.push_back(aspect("børnehave"));
    EXPECT_GT(place_of("Daginstitution", other), 0.85F);
    question.aspects[1].others = {"børnehave", "vuggestue"};
    EXPECT_GT(place_of("Daginstitution", "Plads: Frokost, vuggestue, børnehave; Pris: 695 kr."),
              0.85F);
}

TEST(Evidence, AnotherRowsKeyDoesNotTellThisOne) {
    QuestionView question;
    Aspect pensioner = aspect("pensionist");
    pensioner.others = {"voksen"};
    pensioner.age = 70;
    question.aspects = {aspect("årskort"), pensioner};
    const Candidate rows = candidate(
        "Billet", "Billet: Pensionist; Pris: 38 kr.\nBillet: Årskort, voksen; Pris: 955 kr.");
    assign_roles(question, {rows});
    const auto measured = measure(question, {rows}, today);
    constexpr std::size_t whole = 1;  // Of the decision's features.
    ASSERT_EQ(decision_feature_names.at(whole), "whole");
    EXPECT_LT(measured[0].sentences[1].decision.at(whole), 0.75F);
}

TEST(Evidence, ADeadlineIsToldWithoutItsName) {
    const auto place_of = [](const std::string& text) {
        QuestionView question;
        question.type = QuestionType::when;
        question.aspects = {aspect("frist"), aspect("ansøgning")};
        const Candidate page = candidate("Puljen", text);
        assign_roles(question, {page});
        return decision_of(weigh(question, {page}, today).front(), "place");
    };
    EXPECT_GT(place_of("En ansøgning sendes senest den 1. maj."), 0.85F);
    EXPECT_LT(place_of("En ansøgning behandles den 1. maj."), 0.75F);
    EXPECT_LT(place_of("En ansøgning sendes senest til udvalget."), 0.75F);
}

TEST(Evidence, ABudgetsSumsAreThoseOfItsFirstYear) {
    const auto place_of = [](const std::string& year, const std::string& text) {
        QuestionView question;
        question.type = QuestionType::how_much;
        question.money = true;
        question.wanted = Wanted::money;
        Aspect asked = aspect(year);
        asked.exact = asked.year = true;
        question.aspects = {aspect("asfalt"), asked};
        const Candidate budget = candidate("Budget 2026-2029, 2. behandling", text);
        assign_roles(question, {budget});
        return decision_of(weigh(question, {budget}, today).front(), "place");
    };
    EXPECT_GT(place_of("2026", "Asfalt: 13,0 mio. kr."), 0.85F);
    EXPECT_LT(place_of("2029", "Asfalt: 13,0 mio. kr."), 0.75F);
    EXPECT_GT(place_of("2029", "Asfalt, 2029: 13,0 mio. kr."), 0.85F);
}

TEST(Evidence, SeesThatAnAgeIsAnothers) {
    QuestionView question;
    Aspect child = aspect("15");
    child.age = 15;
    question.aspects = {aspect("pas"), child};
    const Candidate grown = candidate("Pas", "Alder: 18-66 år; Pris: 900 kr.", "a");
    const Candidate young = candidate("Pas", "Alder: 12-17 år; Pris: 180 kr.", "b");
    assign_roles(question, {grown, young});
    for (const PassageEvidence& e : weigh(question, {grown, young}, today))
        EXPECT_EQ(decision_of(e, "another") > 0, e.view->stored.document.value == "a");
}

TEST(Evidence, TheNewQuestionsAgeIsTheOneThatCounts) {
    QuestionView question;
    Aspect child = aspect("barn");
    child.age = 8;
    Aspect grown = aspect("voksen");
    grown.age = 30;
    grown.inherited = true;
    question.aspects = {child, grown, aspect("billet")};
    const Candidate row = candidate("Billet", "Gæst: Barn 3-11 år; Billet: 105 kr.");
    assign_roles(question, {row});
    EXPECT_EQ(decision_of(weigh(question, {row}, today).front(), "other_age"), 0);
    question.aspects[1].inherited = false;
    EXPECT_GT(decision_of(weigh(question, {row}, today).front(), "other_age"), 0);
}

TEST(Evidence, ARowIsNotToldByTheOneBefore) {
    QuestionView question;
    question.aspects = {aspect("pensionist")};
    const Candidate rows = candidate(
        "Billet", "Billet: Pensionist; Pris: 38 kr.\nBillet: Voksen; Pris: 55 kr.", "rows");
    const Candidate text =
        candidate("Billet", "En pensionist betaler mindre. Billetten koster 38 kr.", "text");
    assign_roles(question, {rows, text});
    const auto measured = measure(question, {rows, text}, today);
    constexpr std::size_t place = 0;  // Of the decision's features.
    ASSERT_EQ(decision_feature_names.at(place), "place");
    EXPECT_GT(measured[0].sentences[0].decision.at(place), 0.9F);
    EXPECT_LT(measured[0].sentences[1].decision.at(place), 0.5F);
    EXPECT_GT(measured[1].sentences[1].decision.at(place), 0.7F);
}

TEST(Evidence, TrustsWhatTypicallyAnswersSooner) {
    QuestionView question;
    question.aspects = {aspect("bank"), aspect("kontanthjælp")};
    const std::vector<Candidate> told{
        candidate("Kontanthjælp", "En enlig kan have en formue på 15.000 kr.", "a")};
    assign_roles(question, told);
    const float before = weigh(question, told, today).front().confidence;
    question.typical.likeness = 0.9F;
    question.typical.words = {{{"formue"}, 1.0F}};
    const PassageEvidence known = weigh(question, told, today).front();
    EXPECT_GT(decision_of(known, "typical"), 0.8F);
    EXPECT_GT(known.confidence, before);
}

TEST(Evidence, ChoosesTheSentenceThatHoldsTheFactAskedFor) {
    QuestionView question;
    question.type = QuestionType::how_much;
    question.money = true;
    question.aspects = {aspect("svømmehal")};
    const auto ranked = weigh(
        question,
        {candidate("Svømmehal", "Svømmehallen ligger ved havnen. En billet koster 49 kr.")}, today);
    ASSERT_EQ(ranked.size(), 1U);
    EXPECT_TRUE(ranked.front().barred.empty()) << ranked.front().barred;
    EXPECT_EQ(ranked.front().telling, 1U);
}

TEST(Sentences, ThatOnlyTellWhereToReadSayNothingThemselves) {
    const auto refers_on = [](const char* text) {
        return candidate("Orlov", text).view->sentences.front().refers_on;
    };
    EXPECT_TRUE(refers_on("Grund: Barsel; Fast vederlag: se siden om barselsorlov"));
    EXPECT_FALSE(refers_on("Det koster 40 kr., se siden om takster."));
    EXPECT_FALSE(refers_on("Det faste vederlag bevares fuldt ud."));
}

TEST(Evidence, PrefersWhereTheQuestionBeforeWasAnswered) {
    QuestionView question;
    Aspect kept = aspect("pasning");
    kept.context = kept.inherited = true;
    question.aspects = {aspect("rabat"), kept};
    std::vector<Candidate> found{candidate("Musik", "Søskende får rabat.", "a"),
                                 candidate("Klub", "Søskende får rabat.", "b"),
                                 candidate("Havn", "Både må ligge her.", "c")};
    const auto before = weigh(question, found, today);
    EXPECT_EQ(before.front().view->stored.document.value, "a");
    found[1].spoken_of = found[2].spoken_of = true;
    const auto after = weigh(question, found, today);
    EXPECT_EQ(after.front().view->stored.document.value, "b");
    EXPECT_GT(after.front().confidence, before.front().confidence);
    // Nothing speaks for a place that does not say what is asked about now.
    EXPECT_FLOAT_EQ(after.back().confidence, before.back().confidence);
}

TEST(Evidence, BarsPlacesWithoutTheKindOfFactAskedFor) {
    QuestionView question;
    question.type = QuestionType::when;
    question.aspects = {aspect("svømmehal")};
    const auto ranked =
        weigh(question, {candidate("Svømmehal", "Svømmehallen ligger ved havnen.")}, today);
    EXPECT_EQ(ranked.front().barred, "no fact of the kind asked for");
}

TEST(Evidence, BarsPlacesThatLackTheNumberThatNamesTheThing) {
    QuestionView question;
    question.aspects = {aspect("lokalplan"), aspect("139")};
    question.aspects[1].exact = true;
    question.aspects[1].alternatives = {{{number_key("lokalplan", "139")}, 1.0F}, {{"139"}, 0.35F}};
    const auto ranked = weigh(question,
                              {candidate("Lokalplaner", "Lokalplan 139 er vedtaget.", "right"),
                               candidate("Lokalplaner", "Lokalplan 142 koster 139 kr.", "wrong")},
                              today);
    for (const PassageEvidence& e : ranked) {
        EXPECT_EQ(e.barred.empty(), e.view->stored.document.value == "right")
            << e.view->stored.passage.text;
    }
}

TEST(Evidence, NamesOfAttachmentsAnswerNothingElse) {
    StoredPassage p;
    p.title = "Lokalplan for havnen";
    p.passage.section = Section::bilag;
    p.passage.text = "- Forslag til lokalplan.pdf\n- Notat om facader.pdf";
    p.meeting.emplace();
    p.meeting->item_number = "4";
    const Candidate attachments{std::make_shared<const PassageView>(make_view(p)), 1.0F, true};
    QuestionView question;
    question.aspects = {aspect("facade")};
    EXPECT_EQ(weigh(question, {attachments}, today).front().barred, "only names of attachments");
    question.aspects.push_back(aspect("bilag"));
    EXPECT_TRUE(weigh(question, {attachments}, today).front().barred.empty());
}

TEST(Evidence, OfAnotherTimeNeverAnswers) {
    QuestionView question;
    question.aspects = {aspect("svømmehal")};
    Candidate other = candidate("Svømmehal", "Svømmehallen åbner i maj.");
    other.in_scope = false;
    EXPECT_FALSE(is_answer(weigh(question, {other}, today).front()));
}

TEST(Evidence, WithoutTheThingAskedForIsNoAnswer) {
    QuestionView question;
    question.aspects = {aspect("gravplads"), aspect("kirkegård")};
    question.aspects[1].adjunct = true;
    const std::vector<Candidate> found{candidate("Kirkegården", "Kirkegården har fået en ny mur.")};
    assign_roles(question, found);
    EXPECT_FALSE(is_answer(weigh(question, found, today).front()));
    question.aspects.erase(question.aspects.begin());
    EXPECT_TRUE(is_answer(weigh(question, found, today).front()));
}

TEST(Answering, IsLessStrictWhereTheTitleNamesAllThatIsAskedAbout) {
    QuestionView question;
    question.type = danish::QuestionType::how_much;
    question.wanted = Wanted::money;
    question.money = true;
    question.aspects = {aspect("cykelsti")};
    const auto leniency = [&](std::string title) {
        const std::vector<Candidate> pages{
            candidate(std::move(title), "Anlægget koster 4 mio. kr.")};
        assign_roles(question, pages);
        return weigh(question, pages, Date{}).front().leniency;
    };
    const float named = leniency("Cykelsti");
    EXPECT_GT(named, 0.0F);
    EXPECT_EQ(leniency("Idrætshal"), 0.0F);
    // "En ny cykelsti": a light word that the title does not hold, and that asks for nothing.
    Aspect light = aspect("ny");
    light.light = true;
    question.aspects.push_back(light);
    EXPECT_GT(leniency("Cykelsti"), 0.0F);
    EXPECT_LT(leniency("Cykelsti"), named);
    // What a day is told of may be something beside.
    question.money = false;
    EXPECT_EQ(leniency("Cykelsti"), 0.0F);
}

TEST(Barred, AreTheOpeningHoursOfAnotherPlace) {
    QuestionView question;
    question.type = danish::QuestionType::when;
    question.time = true;
    question.aspects = {aspect("svømmehal"), aspect("søndag")};
    question.aspects.back().adjunct = true;
    const auto barred = [&](std::string title) {
        const std::vector<Candidate> pages{
            candidate(std::move(title), "Her er åbent søndag kl. 8-18.")};
        assign_roles(question, pages);
        return !weigh(question, pages, Date{}).front().barred.empty();
    };
    EXPECT_TRUE(barred("Genbrugspladsen"));
    EXPECT_FALSE(barred("Svømmehal"));
}

TEST(Decision, APlaceBehindADoubtfulOneMustBeSurer) {
    const auto places = [](float first, float second) {
        std::vector<PassageEvidence> found(2);
        found[0].confidence = first;
        found[1].confidence = second;
        return found;
    };
    const auto proving = [&](float first, float second) {
        std::vector<PassageEvidence> found = places(first, second);
        return proving_place(found) - found.begin();
    };
    const float sure = least_confidence;
    EXPECT_EQ(proving(sure, sure + 5), 0);
    EXPECT_EQ(proving(sure - 0.1F, sure + 0.1F), 1);
    EXPECT_EQ(proving(-2, sure + 0.1F), 2);  // None.
    EXPECT_EQ(proving(-2, sure + 2), 1);
    EXPECT_EQ(proving(0, sure - 0.1F), 2);
    std::vector<PassageEvidence> none;
    EXPECT_EQ(proving_place(none), none.end());
}

}  // namespace
}  // namespace raadbot::answer
