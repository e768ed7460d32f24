#include "retrieval/danish/question.hpp"

#include "retrieval/danish/follow_up.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace raadbot::danish {
namespace {

struct Case {
    const char* question;
    QuestionType type;
};

void check(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        EXPECT_EQ(to_string(question_type(c.question)), to_string(c.type)) << c.question;
    }
}

TEST(QuestionType, TellsVotesAndDecisionsHoweverTheyArePut) {
    using enum QuestionType;
    check({
        {"hvor mange stemmer fik Bo Dam som borgmester", vote},
        {"hvor mange stemmer fik Bo Dam personligt ved valget", how_much},
        {"hvor mange stemmer kræver det", how_much},
        {"var der enighed om broen", vote},
        {"hvad blev aftalt om fortovet i Lind", decision},
        {"hvad blev der sagt ja til om broen", decision},
        {"hvad koster det at få godkendt en lejlighed", how_much},
        {"hvad fik formanden sidste år", how_much},
        {"hvad får anden viceborgmester om året", how_much},
        {"hvor kom pengene fra", unknown},
        {"hvad giver kommunen i timen for en tolk", how_much},
        {"stemmetal for cykelstien", vote},
        {"hvad skal vi tale om på tirsdag", agenda},
        {"hvem var den eneste der ikke ville have hallen", vote},
        {"hvad blev der sagt om broen", said},
    });
}

TEST(QuestionType, TellsWhatABodyDidDealtWithAndHeard) {
    using enum QuestionType;
    check({
        {"hvad gjorde udvalget ved de manglende lokaler", decision},
        {"hvad lavede børneudvalget med skolesagen i september", decision},
        {"hvad lavede økonomiudvalget den 9. juni", agenda},
        {"hvad havde økonomiudvalget på om fodbold den 9. juni", agenda},
        {"hvad skal byrådet tage op på tirsdag", agenda},
        {"hvad gjorde bestyrelsen af klubben", unknown},
        {"hvordan forklarede borgmesteren at hallen blev dyrere", said},
        {"hvad var Bo Dams argument om festivalen i debatten", said},
        {"hvad spurgte tilhørerne om i juni", said},
        {"hvem ville hverken sige ja eller nej til budgettet", vote},
        {"var der nogen der manglede på mødet i juni", attendance},
    });
}

TEST(QuestionType, ADegreeOfAThingIsHowMuch) {
    using enum QuestionType;
    check({
        {"hvor fin en gave må jeg beholde", how_much},
        {"hvor dyrt et hotel må jeg tage", how_much},
        {"hvor søger en forening om tilskud", where},
        {"hvor henne er et toilet", where},
        {"hvor kan en borger klage", where},
        {"vonår lukker hallen", when},
    });
}

TEST(QuestionType, AnswersDanishQuestionsByTheirFirstQuestionWord) {
    using enum QuestionType;
    check({
        {"hvad er et budgetforlig", definition},
        {"Hvad er habilitet?", definition},
        {"hvad betyder rådighedsbeløb", definition},
        {"hvad betyder det når noget er taget til efterretning", definition},
        {"hvad er et § 17, stk. 4-udvalg", definition},
        {"hvad vil det sige at være inhabil", definition},
        {"forklar serviceramme", definition},
        {"hvad er forskel på drift og anlæg", definition},
        {"hvad står KLE for", definition},
        {"hvad er en dagsorden", definition},
        {"hvem er formand for økonomiudvalget", who},
        {"hvem bestemmer rækkefølgen", who},
        {"hvem skal jeg melde afbud til", who},
        {"hvilken afdeling har ansvar for vejene", who},
        {"hvad hedder borgmesteren", who},
        {"hvornår er 2. behandling", when},
        {"hvornår er frist for forslag tl næste bryådsmøde", when},
        {"hvad dato er næste møde", when},
        {"hvad tid starter mødet", when},
        {"hvilken dag bliver skraldet hentet", when},
        {"hvad er fristen for at stille forslag", when},
        {"hvor sent kan jeg aflevere", when},
        {"hvornår blev det vedtaget", when},
        {"hvor er mødet", where},
        {"hvor hård straf kan man få", how_much},
        {"hvilket lokale er mødet i", where},
        {"hvad er adressen på rådhuset", where},
        {"hvor kan jeg parkere", where},
        {"hvor meget får jeg i løn", how_much},
        {"hvor mange minutter må jeg tale", how_much},
        {"hvor længe er planen i høring", how_much},
        {"hvad koster en plads i vuggestuen", how_much},
        {"hvad giver posten", how_much},
        {"hvad får man for at sidde i et udvalg", how_much},
        {"hvad er taksten for kørsel", how_much},
        {"hvilket beløb er der afsat", how_much},
        {"hvilken § handler om inhabilitet", which_rule},
        {"hvilken paragraf er det", which_rule},
        {"hvor står det i loven", which_rule},
        {"efter hvilken lov kan jeg få aktindsigt", which_rule},
        {"hvem sidder i økonomiudvalget", list},
        {"hvilke udvalg er der", list},
        {"nævn de stående udvalg", list},
        {"hvem er medlem af skoleudvalget", list},
        {"må jeg se mailene i sagen", yes_no},
        {"kan de nægte mig at få det på", yes_no},
        {"må min suppleant tage udvalget", yes_no},
        {"mit barn er sygt på mødedagen, skal jeg melde afbud", yes_no},
        {"min søster arbejder der, er jeg inhabil", yes_no},
        {"får jeg tabt arbejdsfortjeneste til kurset", yes_no},
        {"må jeg se hvem der har stemt", yes_no},
        {"hvordan får jeg en sag på dagsordenen", how},
        {"borger skriver om egen sag, hvad gør jeg", how},
        {"hvordan melder jeg afbud", how},
        {"hvorfor er punktet lukket", why},
        {"hvad er grunden til lukningen", why},
        {"hvad endte vi med om hallen", decision},
        {"blev det vedtaget", decision},
        {"hvad blev besluttet om svømmehallen", decision},
        {"hvad besluttede byrådet om skolen i marts", decision},
        {"hvordan gik det med lokalplanen", decision},
        {"er lokalplanen vedtaget", decision},
        {"hvem var for", vote},
        {"hvem stemte imod", vote},
        {"hvordan faldt stemmerne", vote},
        {"hvor mange stemte for", vote},
        {"hvilke partier stemte nej", vote},
        {"hvad foreslog forvaltningen", proposal},
        {"hvad indstiller forvaltningen om cykelstien", proposal},
        {"hvad var indstillingen", proposal},
        {"hvad sagde formanden i debatten", said},
        {"hvad mente Hansen om hallen", said},
        {"hvad er på dagsordenen", agenda},
        {"hvilke punkter er der på næste møde", agenda},
        {"hvad skal byrådet behandle på onsdag", agenda},
        {"hvem var til stede", attendance},
        {"hvem var fraværende på sidste byrådsmøde", attendance},
        {"hvem deltog ikke", attendance},
        {"hvor står bestemmelsen om inhabilitet", which_rule},
        {"hvad fik kulturhuset i tilskud i 2025", how_much},
        {"hvad skal vi på næste møde", agenda},
        {"hvad skal byrådet snakke om næste gang", agenda},
        {"hvad drøfter udvalget på næste møde", agenda},
        {"hvem må stemme", who},
        {"what are the rules for parking", unknown},
        {"cykelsti Havnevej", unknown},
        {"", unknown},
    });
}

TEST(QuestionType, ReadsMisspeltQuestionWords) {
    using enum QuestionType;
    check({
        {"hvornaar er mødet", when},
        {"hvornar er mødet", when},
        {"vornår er mødet", when},
        {"hvornår ermødet", when},
        {"hvonår er der møde", when},
        {"hvormeget får jeg", how_much},
        {"hvor meegt koster det", how_much},
        {"hvorlænge må jeg tale", how_much},
        {"hvem sider i teknisk udvalg", list},
        {"vem sidder i byrådet", list},
        {"hvm er borgmester", who},
        {"hvodan gør jeg", how},
        {"hvordna gør jeg", how},
        {"hvorfro er det lukket", why},
        {"hvilken paragaf", unknown},
        {"vad koster det", how_much},
        {"hva er habilitet", definition},
        {"maa jeg sige det til min gruppe", yes_no},
    });
}

TEST(QuestionType, AnswersEnglishQuestions) {
    using enum QuestionType;
    check({
        {"what is a local plan", definition},
        {"what does habilitet mean", definition},
        {"who is the mayor", who},
        {"who sits on the finance committee", list},
        {"when is the next council meeting", when},
        {"what time does the meeting start", when},
        {"what is the deadline for proposals", when},
        {"where is the meeting", where},
        {"how much am I paid", how_much},
        {"how long may I speak", how_much},
        {"what does it cost to park", how_much},
        {"what is the mileage rate", how_much},
        {"which section of the law", which_rule},
        {"can I see the case files", yes_no},
        {"do I get lost earnings", yes_no},
        {"how do I get an item on the agenda", how},
        {"why is the item closed", why},
        {"what was decided about the swimming pool", decision},
        {"did the council approve the local plan", decision},
        {"who voted against", vote},
        {"how did they vote", vote},
        {"what did the administration recommend", proposal},
        {"what did the mayor say about the school", said},
        {"what is on the agenda", agenda},
        {"who was absent", attendance},
        {"can you tell me when the meeting is", when},
    });
}

TEST(QuestionType, ReadsEmbeddedQuestions) {
    using enum QuestionType;
    check({
        {"kan du sige mig hvornår mødet er", when},
        {"ved du hvem der er formand", who},
        {"jeg vil gerne vide hvor meget jeg får i vederlag", how_much},
    });
}

TEST(QuestionTypes, ADegreeIsNoPlaceAndWhatIsToldFirstIsNotAsked) {
    EXPECT_EQ(question_type("har fældet et træ, hvor tyk må roden være"), QuestionType::how_much);
    EXPECT_EQ(question_type("har fået en bøde, hvornår skal jeg klage"), QuestionType::when);
    EXPECT_EQ(question_type("hvor stærkt må man køre"), QuestionType::how_much);
    EXPECT_EQ(question_type("hvor få børn må der være"), QuestionType::how_much);
    EXPECT_EQ(question_type("hvor langt tilbage går arkivet"), QuestionType::when);
    EXPECT_EQ(question_type("hvem var imod de nye priser"), QuestionType::vote);
    EXPECT_EQ(question_type("pris på pas"), QuestionType::how_much);
    EXPECT_EQ(question_type("price for a shelter"), QuestionType::how_much);
}

TEST(QuestionTypes, WhatAWordMeansIsADefinitionThoughTheWordTellsOfDecisions) {
    EXPECT_EQ(question_type("hvad betyder taget til efterretning"), QuestionType::definition);
    EXPECT_EQ(question_type("hvad betyder frigivelse"), QuestionType::definition);
    EXPECT_NE(question_type("hvad betyder det for skolen at sagen blev udsat"),
              QuestionType::definition);
}

TEST(AsksForMoney, TellsSumsFromOtherNumbers) {
    for (const char* question :
         {"hvad koster det", "hvor meget får jeg i løn", "hvad er vederlaget",
          "hvor mange penge er der afsat", "how much is the salary",
          "how much is a place for a 4 year old", "hvad giver posten", "hvad er taksten for kørsel",
          "hvad får de borgere for at møde op", "hvad får min suppleant for et enkelt møde",
          "hvor meget får man udbetalt i kontanthjælp", "hvad løb den nye færge op i",
          "hvad skal en voksen af med for at svømme", "hvad fik vinterbaderne i tilskud",
          "hvad har byrådet givet til saunaen", "hvad får museet af kommunen hvert år"}) {
        EXPECT_TRUE(asks_for_money(question)) << question;
    }
    for (const char* question :
         {"hvor mange medlemmer er der", "hvor længe får jeg vederlag", "hvornår får jeg løn",
          "hvem får vederlag", "hvor mange minutter må jeg tale", "hvor ofte udbetales løn",
          "hvor mange får vederlag", "hvad får vi at spise før mødet",
          "hvad får man at vide for sent", "hvad skal jeg gøre for at komme af med sofaen",
          "hvad har byrådet besluttet"}) {
        EXPECT_FALSE(asks_for_money(question)) << question;
    }
}

TEST(AsksForMoney, CountsTimesAndDistancesAreNoSumsWhateverIsGiven) {
    for (const char* question :
         {"hvor mange boliger giver lokalplanen plads til", "hvor lang tid bruger I på en sag",
          "hvor meget tid giver I til spørgsmål", "how many seats does it give"}) {
        EXPECT_TRUE(measures_other_than_money(question)) << question;
    }
    for (const char* question : {"hvor mange penge giver kommunen", "hvad giver I til klubben",
                                 "hvor meget giver I til klubben"}) {
        EXPECT_FALSE(measures_other_than_money(question)) << question;
    }
}

TEST(FollowUp, KnowsQuestionsThatCannotStandAlone) {
    for (const char* question :
         {"og hvad med suppleanter?", "også for udvalgsformænd?", "hvornår blev det vedtaget?",
          "hvorfor?", "hvem var for?", "hvad med børn", "hvad koster det", "hvad sagde han om det",
          "for suppleanter?", "i økonomiudvalget?", "må jeg det?", "and what about deputies?",
          "when was it decided?", "hvor længe?", "hvem stemte imod?",
          "gælder det også for formænd"}) {
        EXPECT_TRUE(is_follow_up(question)) << question;
    }
    for (const char* question :
         {"hvornår er næste byrådsmøde", "hvad er habilitet", "hvem er borgmester",
          "hvornår er det næste møde", "hvad koster en byggetilladelse",
          "må jeg se mailene i sagen", "hvad endte vi med om hallen",
          "hvem sidder i økonomiudvalget", "what is a local plan", "hvor kan jeg parkere",
          "hvad er på dagsordenen den 3. marts"}) {
        EXPECT_FALSE(is_follow_up(question)) << question;
    }
}

TEST(QuestionType, SeesLeaveAskedForAndAMistypedPrice) {
    using enum QuestionType;
    check({
        {"må jeg fortælle min gruppe hvad der blev sagt", yes_no},
        {"hvad kostet et pas", how_much},
        {"hvad kostr det at leje hallen", how_much},
        {"hvad kaster man ud", unknown},
    });
}

TEST(QuestionType, TakesWhoMayForAConditionAndWhoToCallForAPerson) {
    using enum QuestionType;
    check({
        {"hvem kan få det gratis", unknown},
        {"hvem må bruge salen", unknown},
        {"who can apply", unknown},
        {"hvem kan jeg ringe til", who},
        {"hvem skal betale", who},
    });
}

TEST(FollowUp, MayMeanMoreThanAShortQuestionSays) {
    for (const char* question : {"er der lukket i juleferien?", "hvad koster et pas?"}) {
        const FollowUp form = read_follow_up(question);
        EXPECT_TRUE(form.may_lean && !form.leans && !form.bare) << question;
    }
    EXPECT_FALSE(read_follow_up("hvem er formand for foreningen der driver skydebanen?").may_lean);
    EXPECT_TRUE(read_follow_up("søskenderabat?").bare);
}

TEST(FollowUp, SeesAskingTheSameOfSomethingElse) {
    for (const char* question :
         {"og hvad med suppleanter?", "også for udvalgsformænd?", "og på en lørdag?", "og i 2030?",
          "og børnehave?", "hvad hvis jeg er syg?", "og når det er budget?", "what about deputies?",
          "and for substitutes?", "gælder det også for formænd", "hvad så i Havnsø?"}) {
        EXPECT_TRUE(read_follow_up(question).replaces) << question;
    }
    for (const char* question : {"hvor mange boliger drejer det sig om?", "hvad handler det om?",
                                 "hvad havde forvaltningen foreslået?"}) {
        const FollowUp form = read_follow_up(question);
        EXPECT_TRUE(form.leans || form.may_lean) << question;
    }
    for (const char* question :
         {"hvad koster det?", "hvornår blev det vedtaget?", "hvem stemte imod?", "og fra hvornår?",
          "how much does it cost?", "hvor meget?"}) {
        const FollowUp form = read_follow_up(question);
        EXPECT_TRUE(form.leans && !form.replaces) << question;
    }
}

TEST(FollowUp, KnowsPronounsFromDeterminersAndFromThingsNamedInTheQuestion) {
    for (const char* question :
         {"hvor mange elever går der på den?", "hvornår åbner den?", "hvem skal jeg bede om det?",
          "hvad sagde hun om budgettet?", "who voted against it?"}) {
        EXPECT_TRUE(read_follow_up(question).pronoun) << question;
    }
    for (const char* question :
         {"hvornår åbner den nye skole?", "hvad får de unge i tilskud?",
          "hvis jeg får en gave, skal jeg så oplyse om den?", "hvad koster det at leje en hal?",
          "er det tilladt at brænde haveaffald?", "is it allowed to burn garden waste?"}) {
        const FollowUp form = read_follow_up(question);
        EXPECT_FALSE(form.pronoun || form.leans) << question;
    }
}

TEST(FollowUp, LeavesOpenWhatAShortQuestionMayMean) {
    for (const char* question : {"hvad koster en tur?", "hvem er formand?"})
        EXPECT_TRUE(read_follow_up(question).may_lean) << question;
    for (const char* question : {"hvad koster et pas til et barn under 12?", "hvad siger § 16?",
                                 "hvornår blev det vedtaget?"})
        EXPECT_FALSE(read_follow_up(question).may_lean) << question;
    // A noun that is always somebody's leans on who that is.
    EXPECT_TRUE(read_follow_up("hvad hedder arkitekten?").leans);
    EXPECT_TRUE(read_follow_up("hvad er straffen?").leans);
}

}  // namespace
}  // namespace raadbot::danish
