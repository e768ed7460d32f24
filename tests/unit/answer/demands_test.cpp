#include "retrieval/answer/demands.hpp"

#include <gtest/gtest.h>

#include "retrieval/answer/fitting.hpp"
#include "retrieval/answer/unmet.hpp"
#include "retrieval/danish/morphology.hpp"

namespace raadbot::answer {
namespace {

const Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{20}};

struct Word {
    std::string text;
    Role role = Role::head;
};

/// One aspect a word, each covering itself alone.
QuestionView question_of(const std::string& text, std::vector<Word> words,
                         Wanted wanted = Wanted::nothing) {
    QuestionView question;
    question.text = text;
    question.type = danish::question_type(text);
    question.wanted = wanted;
    question.money = wanted == Wanted::money;
    question.personal =
        text.find("jeg") != std::string::npos || text.find("man") != std::string::npos;
    for (Word& word : words) {
        Aspect aspect;
        aspect.surface = word.text;
        aspect.lemma = danish::Morphology::instance().lemma(word.text);
        aspect.role = word.role;
        aspect.kind = danish::Morphology::instance().kind(word.text);
        aspect.alternatives.push_back({{aspect.lemma}, 1.0F});
        question.aspects.push_back(std::move(aspect));
    }
    return question;
}

/// What the first sentence of `text` leaves unmet.
Unmet unmet_in(const QuestionView& question, const std::string& text,
               const std::string& title = {}) {
    StoredPassage passage;
    passage.passage.text = text;
    passage.title = title;
    const PassageView view = make_view(std::move(passage));
    Coverage about;
    Coverage own;
    Coverage whole;
    for (const Aspect& aspect : question.aspects) {
        about.push_back(aspect.coverage(view.title));
        own.push_back(aspect.coverage(view.sentences.front().terms));
        whole.push_back(aspect.coverage(view.text));
    }
    Coverage placed = own;
    for (std::size_t i = 0; i < placed.size(); ++i) placed[i] = std::max(placed[i], about[i]);
    const Demands demands = demands_of(question, today);
    return UnmetReader(demands, question, view, about).of(0, placed, whole);
}

TEST(Demands, WhatBecameOfAProposalIsNotThatItWasHeard) {
    const auto question = question_of("blev lokalplanen vedtaget", {{"lokalplanen"}});
    EXPECT_EQ(unmet_in(question, "Lokalplanen var i høring til den 12. juni.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Lokalplanen er vedtaget i juni.").deed, 0);
}

TEST(Demands, AnotherHouseOfTheKindIsNotTheOneAskedFor) {
    const auto question = question_of("hvem er skoleleder på lunby skole",
                                      {{"skoleleder"}, {"lunby", Role::entity}, {"skole"}});
    const std::string row = "Skole: Nørre Skole; Distrikt: Nørre, Lunby; Skoleleder: Bo Dam";
    EXPECT_EQ(unmet_in(question, row).sibling, 1);
    EXPECT_EQ(unmet_in(question, "Skole: Lunby Skole; Skoleleder: Bo Dam").sibling, 0);
    EXPECT_EQ(unmet_in(question, row, "Lunby Skole").sibling, 0);
}

TEST(Demands, APlotIsNoReason) {
    EXPECT_FALSE(
        demands_of(question_of("hvad koster diget for den enkelte grund", {{"diget"}}), today)
            .reason);
    EXPECT_TRUE(
        demands_of(question_of("hvad var grunden til at diget blev dyrere", {{"diget"}}), today)
            .reason);
}

TEST(Demands, HowManyThereAreIsNotWhichTheyAre) {
    auto question = question_of("hvilke lodsejere er med", {{"lodsejere"}});
    question.aspects.front().focus = true;
    EXPECT_EQ(unmet_in(question, "Selskabet ejes af 41 lokale lodsejere.").names, 1);
    EXPECT_EQ(unmet_in(question, "Lodsejere er Bo Dam og Ida Ravn.").names, 0);
}

TEST(Fitting, ANumberThatTheQuestionSaysIsNotTheAnswer) {
    const std::vector<std::string> asked{"43"};
    EXPECT_TRUE(only_repeats_numbers(asked, "Der eksproprieres fra 43 ejendomme."));
    EXPECT_FALSE(only_repeats_numbers(asked, "De 43 ejendomme får 9.000 kr. hver."));
    EXPECT_FALSE(only_repeats_numbers(asked, "Der eksproprieres fra en række ejendomme."));
}

TEST(Demands, AWordThatIsUsedIsNotExplained) {
    const auto question = question_of("hvad er en startredegørelse", {{"startredegørelse"}});
    EXPECT_EQ(unmet_in(question, "Startredegørelsen blev behandlet i maj.").meaning, 1);
    EXPECT_EQ(unmet_in(question, "En startredegørelse er det første papir om en ny plan.").meaning,
              0);
    EXPECT_EQ(unmet_in(question, "Startredegørelse: det første papir om en ny plan.").meaning, 0);
    EXPECT_EQ(unmet_in(question, "Papiret kaldes en startredegørelse.").meaning, 0);
    EXPECT_EQ(unmet_in(question, "Det første papir om en plan.", "Startredegørelse").meaning, 0);
}

TEST(Demands, AKnownThingNeedsNoExplanation) {
    EXPECT_FALSE(demands_of(question_of("hvad er straffen", {{"straffen"}}), today).meaning);
    EXPECT_FALSE(
        demands_of(question_of("hvad er reglerne for habilitet", {{"habilitet"}}), today).meaning);
}

TEST(Demands, LettersAreSpelledOut) {
    const auto question = question_of("hvad står PPR for", {{"ppr", Role::entity}});
    EXPECT_EQ(unmet_in(question, "I PPR møder familien psykologer.").meaning, 1);
    EXPECT_FALSE(unmet_in(question, "I PPR møder familien psykologer.").explained);
    EXPECT_TRUE(unmet_in(question, "Pædagogisk Psykologisk Rådgivning er det samme.").explained);
    EXPECT_EQ(unmet_in(question, "Pædagogisk Psykologisk Rådgivning (PPR) hjælper.").meaning, 0);
    const auto committee = question_of("hvad står KBU for", {{"kbu", Role::entity}});
    EXPECT_TRUE(unmet_in(committee, "Klima- og Byudvalget mødes mandag.").explained);
}

TEST(Demands, HowToApplyNeedsAMeans) {
    const auto question = question_of("hvordan søger jeg beboerlicens", {{"beboerlicens"}});
    EXPECT_EQ(unmet_in(question, "En beboerlicens koster 300 kr. om året.").means, 1);
    EXPECT_EQ(unmet_in(question, "Beboerlicens søges på borger.dk.").means, 0);
    EXPECT_EQ(unmet_in(question, "Beboerlicens gives til én bil. Ring til os.").means, 0);
}

TEST(Demands, APlaceIsNotTheThingItself) {
    const auto question = question_of("hvor ligger bålpladserne", {{"bålpladserne"}});
    EXPECT_EQ(unmet_in(question, "Bål må kun tændes på bålpladserne.").place, 1);
    EXPECT_EQ(unmet_in(question, "Bålpladserne ligger ved Søvej.").place, 0);
}

TEST(Demands, WhatIsForbiddenMustBeSaid) {
    const auto question =
        question_of("må man grille i parken", {{"grille", Role::verb}, {"parken"}});
    EXPECT_EQ(unmet_in(question, "Parken er åben hele året.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Du må grille i parken.").deed, 0);
}

TEST(Demands, ANameMustBeNamed) {
    const auto question = question_of("hvad hedder vagtselskabet", {{"vagtselskabet"}});
    EXPECT_EQ(unmet_in(question, "Kortet spærres af vagtselskabet om aftenen.").names, 1);
    EXPECT_EQ(unmet_in(question, "Det nye vagtselskab er Nordvagt.").names, 0);
}

TEST(Demands, AThingsNameIsToldWhereItIsGiven) {
    const QuestionView question =
        question_of("hvad kommer den nye færge til at hedde", {{"færge"}});
    EXPECT_TRUE(unmet_in(question, "Den nye færge får navnet Sundternen.").explained);
    EXPECT_FALSE(unmet_in(question, "Færgen bygges på Lunby Værft.").explained);
    EXPECT_FALSE(unmet_in(question_of("hvad hedder lederen på skolen", {{"leder"}}),
                          "Leder Ida Holm hedder Ida.")
                     .explained);
}

TEST(Demands, WhereSomethingIsIsNotWhatItIsCalled) {
    const auto question = question_of("hvad kommer den nye færge til at hedde", {{"færge"}});
    EXPECT_EQ(unmet_in(question, "Den nye færge sejler til Lyngø.").names, 1);
    EXPECT_EQ(unmet_in(question, "Den nye færge hedder Lyngen.").names, 0);
}

TEST(Demands, APersonsNameIsAskedFor) {
    const auto doctor =
        question_of("hvad hedder lægen på Lyngø", {{"lægen"}, {"lyngø", Role::entity}});
    EXPECT_EQ(unmet_in(doctor, "Lægen er på Lyngø tirsdag og på Tærø onsdag.").names, 1);
    EXPECT_EQ(unmet_in(doctor, "Lægen på Lyngø er Else Holm.").names, 0);
    const auto members = question_of("hvem sidder i ø-udvalget", {{"ø-udvalget"}});
    EXPECT_EQ(unmet_in(members, "Ø-udvalget har fem medlemmer.").names, 1);
    EXPECT_EQ(unmet_in(members, "Ø-udvalget består af Jesper Kragh og Lis Thorup.").names, 0);
    EXPECT_FALSE(demands_of(question_of("hvem sidder i udvalget, hvor mange", {}), today).persons);
}

TEST(Demands, AReasonMustBeGiven) {
    const auto question = question_of("hvorfor lukker skolen", {{"skolen"}});
    EXPECT_EQ(unmet_in(question, "Skolen lukker i juni.").reason, 1);
    EXPECT_EQ(unmet_in(question, "Skolen lukker, fordi elevtallet falder.").reason, 0);
    EXPECT_EQ(unmet_in(question, "Skolen lukker, da elevtallet falder.").reason, 0);
}

TEST(Demands, HalfIsNotTheWhole) {
    const auto question =
        question_of("hvad koster en halv bane", {{"halv", Role::light}, {"bane"}}, Wanted::money);
    EXPECT_EQ(unmet_in(question, "En bane koster 600 kr. i timen.").units, 1);
    EXPECT_EQ(unmet_in(question, "En halv bane koster 300 kr. i timen.").units, 0);
}

TEST(Demands, LatenessIsNoUnitOfThePrice) {
    const auto unit_missing = [](const std::string& text) {
        return unmet_in(question_of(text, {{"måned", Role::light}, {"bog"}}, Wanted::money),
                        "En bog koster 80 kr.")
            .units;
    };
    EXPECT_EQ(unit_missing("hvad koster det at aflevere en bog en måned for sent"), 0);
    EXPECT_GT(unit_missing("hvad koster det at låne en bog i en måned"), 0);
}

TEST(Demands, AMonthsPriceMayGoUnsaidAndAYearsIsAnother) {
    const auto question = question_of("hvad koster en måned i klub",
                                      {{"måned", Role::light}, {"klub"}}, Wanted::money);
    EXPECT_LT(unmet_in(question, "En klub koster 600 kr.").units, 0.5F);
    EXPECT_EQ(unmet_in(question, "En klub koster 600 kr. om året.").units, 1);
    EXPECT_LT(unmet_in(question, "Klub (10-12 år): 600 kr.").units, 0.5F);
}

TEST(Demands, AConsequenceIsAskedForWhereSomebodyFails) {
    EXPECT_TRUE(demands_of(question_of("hvad sker der hvis jeg ikke betaler", {}), today).sanction);
    EXPECT_FALSE(
        demands_of(question_of("hvad sker der med et punkt vi ikke når", {}), today).sanction);
}

TEST(Demands, AYearIsNoNumberToBeTold) {
    EXPECT_EQ(unmet_in(question_of("hvornår er budget 2028 færdigt", {{"budget"}, {"2028"}}),
                       "Budget vedtages den 12. oktober 2027.")
                  .numbers,
              0);
    EXPECT_EQ(
        unmet_in(question_of("hvornår kører bus 47", {{"bus"}, {"47"}}), "Bus hver time.").numbers,
        1);
}

TEST(Demands, OpeningHoursTellNoOpening) {
    const auto question = question_of("hvornår åbnede hallen", {{"hallen"}});
    EXPECT_EQ(unmet_in(question, "Hallen har åbent mandag kl. 8-16.").past, 1);
    EXPECT_EQ(unmet_in(question, "Hallen blev indviet i 1974.").past, 0);
}

TEST(Demands, TheTitlesOtherThingIsAnother) {
    const auto question = question_of("hvornår lukker klubben", {{"klubben"}});
    EXPECT_EQ(unmet_in(question, "Alle SFO lukker kl. 17.", "SFO og klub").sibling, 1);
    EXPECT_EQ(unmet_in(question, "SFO og klub lukker kl. 17.", "SFO og klub").sibling, 0);
    // What a case is about is no other thing beside it.
    const auto site = question_of("hvad skal vi om fabriksgrunden", {{"fabriksgrunden"}});
    for (const char* title : {"Fabriksgrunden: byggeret", "Fabriksgrunden - byggeret"})
        EXPECT_EQ(unmet_in(site, "En byggeret behandles.", title).sibling, 0) << title;
    EXPECT_EQ(
        unmet_in(site, "En byggeret behandles.", "Planer: Fabriksgrunden og byggeret").sibling, 1);
}

TEST(Demands, AReasonIsMoreThanWhatIsAskedFor) {
    const auto question = question_of("hvorfor er der kommet revner i svømmehallen",
                                      {{"revner"}, {"svømmehallen", Role::adjunct}});
    EXPECT_EQ(unmet_in(question, "Svømmehallen er lukket på grund af revner.").reason, 1);
    EXPECT_EQ(unmet_in(question, "Der er revner på grund af frost.").reason, 0);
    EXPECT_EQ(unmet_in(question, "Revner skyldes, at grunden sætter sig.").reason, 0);
}

TEST(Demands, AQuestionIsNoAnswer) {
    const auto question =
        question_of("hvad blev svaret på spørgsmålet om broen", {{"spørgsmålet"}, {"broen"}});
    EXPECT_EQ(unmet_in(question, "Der var indkommet ét spørgsmål om broen.").said, 1);
    EXPECT_EQ(unmet_in(question, "Formanden svarede, at broen bliver.").said, 0);
    const auto said = question_of("hvad svarede lokalrådet om skolen", {{"lokalrådet"}});
    EXPECT_EQ(unmet_in(said, "Sagen er udsat, så lokalrådet kan udtale sig.").said, 1);
    EXPECT_EQ(unmet_in(said, "Lokalrådet udtalte, at skolen bør bestå.").said, 0);
}

TEST(Demands, WhatIsAllowedMustBeSaid) {
    const auto question = question_of("må man filme til møderne", {{"filme"}, {"møderne"}});
    EXPECT_EQ(unmet_in(question, "Møderne er kl. 17, og de sendes, når man filmer.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Møderne må filmes af alle.").deed, 0);
    EXPECT_EQ(unmet_in(question, "Filmen af møderne er forbudt.").deed, 0);
}

TEST(Demands, WhoVotedIsNoNumber) {
    auto question = question_of("hvem stemte imod broen", {{"broen"}});
    question.type = danish::QuestionType::vote;
    EXPECT_EQ(unmet_in(question, "12 stemte for broen og 7 imod.").names, 1);
    EXPECT_EQ(unmet_in(question, "Imod broen stemte A og F.").names, 0);
}

TEST(Demands, WhichOnesIsNotHowMany) {
    auto question = question_of("hvilke naboer klagede over tagterrassen", {{"naboer"}});
    question.type = danish::QuestionType::list;
    question.aspects.front().focus = true;
    EXPECT_EQ(unmet_in(question, "Tre naboer har klaget.").names, 1);
    EXPECT_EQ(unmet_in(question, "Tre naboer har klaget: Ida Holm og to fra Søvej.").names, 0);
}

TEST(Demands, WhatColumnsAreCalledIsNoPlace) {
    const auto question = question_of("hvor henter man hjælpemidler", {{"hjælpemidler"}});
    EXPECT_EQ(
        unmet_in(question, "Udvalg: Ældre; Formand: Rie Eskesen (C); Opgaver: hjælpemidler").place,
        1);
    EXPECT_EQ(unmet_in(question, "Ydelse: hjælpemidler; Stoppested: ved brugsen").place, 0);
    const auto depot =
        question_of("hvor ligger hjælpemiddel depotet", {{"hjælpemiddel"}, {"depotet"}});
    EXPECT_EQ(unmet_in(depot, "Du låner gennem Hjælpemiddeldepotet i 3 måneder.").place, 1);
}

TEST(Demands, WhatComesHasNotBeen) {
    const auto question = question_of("hvornår åbnede hallen", {{"hallen"}});
    EXPECT_EQ(unmet_in(question, "Hallen genoptages i første kvartal 2027.").past, 1);
    EXPECT_EQ(unmet_in(question, "Dag: onsdag; Hallen: lukket").past, 1);
    EXPECT_EQ(unmet_in(question, "Hallen åbnede i 1971 og udvides i 2027.").past, 0);
}

TEST(Demands, AnotherOfTheKindIsNamed) {
    const auto question =
        question_of("hvem er formand for handicaprådet", {{"formand"}, {"handicaprådet"}});
    EXPECT_EQ(unmet_in(question, "Formand for Seniorrådet er Kirsten Hald.").sibling, 1);
    EXPECT_EQ(unmet_in(question, "Formand for Handicaprådet er Kirsten Hald.").sibling, 0);
}

TEST(Demands, WhatASentenceBeginsWithIsWhatItTellsOf) {
    const auto question =
        question_of("hvad koster handicapkørsel", {{"handicapkørsel"}}, Wanted::money);
    EXPECT_EQ(unmet_in(question, "Lægekørsel er gratis.", "Handicapkørsel").sibling, 1);
    EXPECT_EQ(unmet_in(question, "Kørslen er gratis.", "Handicapkørsel").sibling, 0);
}

TEST(Demands, WhoIsNotAnsweredByTheQuestionsOwnNames) {
    const auto question =
        question_of("hvem laver skærmen ved kildevang", {{"skærmen"}, {"kildevang", Role::entity}});
    EXPECT_EQ(unmet_in(question, "Der rejses en skærm ved Kildevang.").names, 1);
    EXPECT_EQ(unmet_in(question, "Skærmen ved Kildevang rejses af Lunby Anlæg A/S.").names, 0);
}

TEST(Demands, WhatWasChangedLastIsADayThatHasBeen) {
    const auto question = question_of("hvornår blev planen sidst ændret", {{"planen"}});
    EXPECT_EQ(unmet_in(question, "Planen godkendes hvert år i februar.").past, 1);
    EXPECT_EQ(unmet_in(question, "Planen er ændret den 3. marts 2025.").past, 0);
}

TEST(Demands, AGroupIsNamedByItsPersonsOrTheirParties) {
    const auto question = question_of("hvem var de to der ville bevare skolen", {{"skolen"}});
    EXPECT_EQ(unmet_in(question, "To medlemmer ville bevare skolen.").names, 1);
    EXPECT_EQ(unmet_in(question, "Skolen bevares, mente Ida Holm og Bo Lund.").names, 0);
    EXPECT_EQ(unmet_in(question, "For skolen stemte 2 (F og Ø).").names, 0);
}

TEST(Demands, WhoWasElectedIsAPerson) {
    const auto question = question_of("hvem blev valgt til nævnet", {{"nævnet"}});
    EXPECT_EQ(unmet_in(question, "Der vælges 3 medlemmer til Nævnet.").names, 1);
    EXPECT_EQ(unmet_in(question, "Valgt blev Ida Holm til Nævnet.").names, 0);
}

TEST(Demands, WhoDidItIsNotToWhomItWent) {
    const auto who = question_of("hvem stillede forslaget om bussen", {{"forslaget"}, {"bussen"}});
    EXPECT_EQ(unmet_in(who, "Forslaget oversendes til Økonomiudvalget.").names, 1);
    EXPECT_EQ(unmet_in(who, "Forslaget er stillet af Lunby Lokalråd.").names, 0);
    const auto name = question_of("hvem fandt på navnet", {{"navnet"}});
    EXPECT_EQ(unmet_in(name, "Huset får navnet Børnehuset Kornblomsten.").names, 1);
    EXPECT_EQ(unmet_in(name, "Navnet er valgt af 5. klasse på Lunby Skole.").names, 0);
    EXPECT_FALSE(demands_of(question_of("hvem skal jeg skrive til", {}), today).doer);
}

TEST(Demands, ABodyThatDecidesDidNothing) {
    const auto leaves = [](const std::string& asked, const std::string& text) {
        return unmet_in(question_of(asked, {{"købmand"}}), text).names;
    };
    EXPECT_EQ(leaves("hvem kører den rullende købmand",
                     "Udvalget bevilgede 90.000 kr. til en rullende købmand."),
              1);
    EXPECT_EQ(leaves("hvem bevilgede penge til købmand",
                     "Økonomiudvalget bevilgede 90.000 kr. til en rullende købmand."),
              0);
    EXPECT_EQ(leaves("hvem kører den rullende købmand", "Købmand Ejnar Lund kører bussen."), 0);
}

TEST(Demands, WhatMayBeTakenAlongMustBeNamed) {
    const QuestionView question =
        question_of("må jeg tage hunden med på besøg", {{"hunden"}, {"besøg", Role::adjunct}});
    EXPECT_EQ(unmet_in(question, "Besøg er tilladt kl. 15-19.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Hunde er ikke tilladt ved besøg.").deed, 0);
}

TEST(Demands, WhatIsKeptMustBeNamedToo) {
    const QuestionView question =
        question_of("må man holde gæs i haven", {{"holde", Role::verb}, {"gæs"}});
    EXPECT_EQ(unmet_in(question, "Der må holdes 25 høns.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Der må holdes ti gæs.").deed, 0);
}

TEST(Demands, ThePartThatIsAskedOfMustBeNamed) {
    const QuestionView power = question_of("er strøm med i prisen", {{"strøm"}, {"prisen"}});
    EXPECT_EQ(unmet_in(power, "Prisen er 160 kr. pr. døgn.").deed, 1);
    EXPECT_EQ(unmet_in(power, "Strøm er indeholdt i prisen.").deed, 0);
    const QuestionView mayor =
        question_of("er det borgmesteren selv der vier", {{"borgmesteren"}, {"vier", Role::verb}});
    EXPECT_EQ(unmet_in(mayor, "Du bliver viet på rådhuset.").deed, 1);
}

TEST(Demands, ATermAtTheEndIsToBeExplained) {
    const auto meaning = [](const std::string& text, std::vector<Word> words) {
        return demands_of(question_of(text, std::move(words)), today).meaning;
    };
    EXPECT_TRUE(meaning("hvad er biocidholdig bundmaling",
                        {{"biocidholdig", Role::quality}, {"bundmaling"}}));
    EXPECT_FALSE(meaning("hvad er kommunens hjemmeside", {{"kommunens"}, {"hjemmeside"}}));
    EXPECT_FALSE(meaning("hvad er ksl §23", {{"ksl"}, {"§23", Role::entity}}));
}

TEST(Demands, AnotherPlacesSumIsNoneOfThisOnes) {
    const QuestionView question = question_of(
        "hvad koster salen i hjortlund", {{"salen"}, {"hjortlund", Role::entity}}, Wanted::money);
    EXPECT_EQ(unmet_in(question, "Salen koster 900 kr.").variant, 1);
    EXPECT_EQ(unmet_in(question, "Salen koster 900 kr.", "Hjortlund Hus").variant, 0);
}

TEST(Demands, AThingIsThereWhenItIsNamed) {
    const auto question =
        question_of("er der strøm på pladserne", {{"strøm"}, {"pladserne"}}, Wanted::nothing);
    EXPECT_EQ(unmet_in(question, "Pladserne skal være ryddet den 20. maj.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Der er strøm på alle pladserne.").deed, 0);
}

TEST(Demands, ARowDoesNotTellWhatTheTableHasAnotherFor) {
    const auto question =
        question_of("hvad koster dagpleje på deltid", {{"dagpleje"}, {"deltid"}}, Wanted::money);
    const std::string other = "\nTilbud: Vuggestue, deltid; Pris: 2.960 kr.";
    EXPECT_EQ(unmet_in(question, "Tilbud: Dagpleje; Pris: 3.310 kr." + other).variant, 1);
    EXPECT_EQ(unmet_in(question, "Tilbud: Dagpleje; Pris: 3.310 kr.").variant, 0);
    // The other row is the answer, not another thing.
    const auto inside = question_of("rotter inde i køkkenet, hvor hurtigt kommer nogen",
                                    {{"rotter"}, {"køkkenet"}});
    EXPECT_EQ(
        unmet_in(inside, "Sted: Have; Indsats: 3 dage\nSted: Køkken; Indsats: samme dag").variant,
        0);
}

TEST(Demands, TheSideOfARoadIsNoPlace) {
    const auto question = question_of("hvilken side af vejen kommer stien til at ligge på",
                                      {{"side"}, {"vejen"}, {"stien"}});
    EXPECT_FALSE(demands_of(question, today).place);
}

TEST(Demands, WhereInATownIsNoOtherTown) {
    const auto question =
        question_of("hvor holder bogbussen i Lunby", {{"bogbussen"}, {"lunby", Role::entity}});
    EXPECT_EQ(unmet_in(question, "Bogbussen kører til Lunby mandag og til Sandby tirsdag.").place,
              1);
    EXPECT_EQ(unmet_in(question, "Bogbussen holder i Lunby ved Søvej.").place, 0);
}

TEST(Demands, WhatSeveralPlacesHaveIsNotWhatOneHas) {
    auto question = question_of("hvor mange dagplejere er der i Lunby",
                                {{"dagplejere"}, {"lunby", Role::entity}}, Wanted::count);
    for (const std::string told : {"Der er 34 dagplejere i Sandby, Nørby og Lunby.",
                                   "Der er 34 dagplejere i Lunby, Nørby og Sandby.",
                                   "Der er 34 dagplejere i Nørby, Lunby og Sandby."})
        EXPECT_EQ(unmet_in(question, told).variant, 1) << told;
    EXPECT_EQ(unmet_in(question, "Der er 11 dagplejere i Lunby.").variant, 0);
}

TEST(Demands, WhoHoldsAnOfficeIsAPerson) {
    auto question = question_of("hvem er borgerrådgiver", {{"borgerrådgiver"}});
    question.person = true;
    EXPECT_EQ(unmet_in(question, "Borgerrådgiveren er uafhængig af Direktionen.").names, 1);
    EXPECT_EQ(unmet_in(question, "Borgerrådgiver er Ida Holm.").names, 0);
}

TEST(Demands, WhoSomebodyIsByHisWorkIsAPerson) {
    for (const std::string text : {"hvem er åmand på åen", "hvem er den bygningskyndige",
                                   "hvem af dem fra listen stemte imod"})
        EXPECT_TRUE(demands_of(question_of(text, {{"åen"}}), today).persons) << text;
    EXPECT_FALSE(demands_of(question_of("hvem er ansvarlig for åen", {{"åen"}}), today).persons);
}

TEST(Demands, HowLargeSomethingIsIsToldOfIt) {
    const auto question = question_of("hvor stort er indskuddet på plejehjemmet",
                                      {{"indskuddet"}, {"plejehjemmet"}}, Wanted::money);
    EXPECT_EQ(unmet_in(question, "Kosten på plejehjemmet koster 4.120 kr.").deed, 1);
    EXPECT_EQ(unmet_in(question, "Indskuddet på plejehjemmet er 14.000 kr.").deed, 0);
}

TEST(Demands, ANewNameIsNotAlwaysAskedFor) {
    EXPECT_FALSE(
        demands_of(question_of("skal hallen hedde noget andet", {{"hallen"}}), today).names);
    EXPECT_TRUE(demands_of(question_of("hvad skal hallen hedde", {{"hallen"}}), today).names);
}

TEST(Demands, ARowOfATableWithTicketsIsForItsOwn) {
    const auto question = question_of("hvad koster et årskort for en pensionist",
                                      {{"årskort"}, {"pensionist"}}, Wanted::money);
    const std::string voksen = "\nBillet: Årskort, voksen; Pris: 1.950 kr.";
    EXPECT_EQ(unmet_in(question, "Billet: Pensionist; Pris: 38 kr." + voksen).variant, 1);
    EXPECT_EQ(unmet_in(question, "Billet: Årskort, pensionist; Pris: 980 kr." + voksen).variant, 0);
}

TEST(Demands, AnotherWordsExplanation) {
    const auto question = question_of("hvad betyder likvide midler", {{"likvide"}, {"midler"}});
    EXPECT_EQ(unmet_in(question, "Lden: 71 dB").meaning, 1);
    EXPECT_TRUE(
        demands_of(question_of("hvad dækker socialområdet over", {{"socialområdet"}}), today)
            .meaning);
}

}  // namespace
}  // namespace raadbot::answer
