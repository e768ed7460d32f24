#include "retrieval/danish/asked_clause.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raadbot::danish {
namespace {

std::string of(std::string_view text, Span span) {
    const std::string clause(text.substr(span.begin, span.end - span.begin));
    return clause.substr(clause.find_first_not_of(' '));
}

TEST(AskedClauses, TellTheStoryFromTheQuestion) {
    const std::string text =
        "goddag, jeg er 81 år og kan ikke støvsuge, hvor tit kommer hjemmehjælpen og gør rent";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "hvor tit kommer hjemmehjælpen og gør rent");
    ASSERT_EQ(clauses.story.size(), 2U);
    EXPECT_EQ(of(text, clauses.story[1]), "jeg er 81 år og kan ikke støvsuge");
}

TEST(AskedClauses, AskingForImpartialityMakesTheOwnCaseAStory) {
    const std::string text = "min søster er leder i børnehaven, er jeg inhabil når vi lukker den";
    const auto clauses = asked_clauses(text);
    EXPECT_FALSE(clauses.named.has_value());
    ASSERT_EQ(clauses.story.size(), 1U);
    EXPECT_EQ(of(text, clauses.story[0]), "min søster er leder i børnehaven");
}

TEST(AskedClauses, ACitizensMatterIsAStoryWhereItIsAskedWhatToDo) {
    const std::string text = "en borger har skrevet til mig om sin førtidspension, hvad gør jeg";
    const auto clauses = asked_clauses(text);
    ASSERT_EQ(clauses.story.size(), 1U);
    EXPECT_EQ(of(text, clauses.story[0]), "om sin førtidspension");
    EXPECT_TRUE(asked_clauses("hvad kan en borger få at vide om sin sag").story.empty());
    EXPECT_TRUE(asked_clauses("en borger klager, hvad gør jeg").story.empty());
}

TEST(AskedClauses, TheStoryMayComeAfter) {
    const std::string text = "hvad koster flextur til lægen, min far kan ikke gå så langt";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "hvad koster flextur til lægen");
    ASSERT_EQ(clauses.story.size(), 1U);
}

TEST(AskedClauses, KnowWhatIsToldInEnglish) {
    const std::string text = "I work at a pig farm here. Where do I get my licence number?";
    EXPECT_EQ(of(text, asked_clauses(text).asked), "Where do I get my licence number");
    EXPECT_TRUE(
        asked_clauses("I need to register my address, how soon must I do it").story.empty());
    const std::string arrived = "I just moved here, how quickly must I register my new address";
    EXPECT_EQ(of(arrived, asked_clauses(arrived).asked),
              "how quickly must I register my new address");
    EXPECT_TRUE(asked_clauses("i dag er der møde. Hvad er dagsordenen for mødet?").story.empty());
}

TEST(AskedClauses, KnowIndirectQuestions) {
    const std::string text =
        "Min kone og jeg har boet her længe, og vi vil gerne vide, hvordan man melder sig til "
        "borgermødet";
    EXPECT_EQ(of(text, asked_clauses(text).asked), "hvordan man melder sig til borgermødet");
    const std::string other =
        "Jeg er ny her, så jeg vil spørge om genbrugspladsen har søndagsåbent";
    EXPECT_EQ(of(other, asked_clauses(other).asked),
              "så jeg vil spørge om genbrugspladsen har søndagsåbent");
}

TEST(AskedClauses, KnowAStatementWithTheVerbFirst) {
    const std::string text =
        "Vi har lige købt hus, nu vil vi male havelågen, skal man søge om lov til farven";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "skal man søge om lov til farven");
    EXPECT_EQ(clauses.story.size(), 2U);
}

TEST(AskedClauses, GoBackToTheThingThatWasTold) {
    for (const std::string text :
         {"jeg har mistet min nøglebrik, hvad koster en ny",
          "vi skal have gæster på øen, hvornår skal jeg bestille det",
          "min mor vil gerne på Fyrbakken, hvor lang er ventelisten der"}) {
        const auto clauses = asked_clauses(text);
        ASSERT_TRUE(clauses.named.has_value()) << text;
        EXPECT_EQ(of(text, *clauses.named), text.substr(0, text.find(',')));
    }
    EXPECT_FALSE(asked_clauses("jeg er syg, hvad koster et nyt pas").named.has_value());
}

TEST(AskedClauses, AStoryMayLeaveOutItsSubject) {
    const std::string text = "Er selvstændig vognmand. Hvornår begynder kommunen at betale?";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "Hvornår begynder kommunen at betale");
    EXPECT_TRUE(asked_clauses("Er det gratis. Hvornår åbner hallen?").story.empty());
}

TEST(AskedClauses, KeepWhatTheQuestionOnlyPointsAt) {
    struct Row {
        std::string text;
        std::string named;
        std::string asked;
    };
    for (const Row& row :
         {Row{"vi vil holde loppemarked, hvad koster det", "vi vil holde loppemarked",
              "hvad koster det"},
          {"vi skal fejre guldbryllup og har set på salen ved åen, hvad koster det at leje den",
           "vi skal fejre guldbryllup og har set på salen ved åen", "hvad koster det at leje den"},
          {"min kone er med i roklubben, må jeg stemme om deres nye bådhus",
           "min kone er med i roklubben", "må jeg stemme om deres nye bådhus"}}) {
        const auto clauses = asked_clauses(row.text);
        ASSERT_TRUE(clauses.named) << row.text;
        EXPECT_EQ(of(row.text, *clauses.named), row.named);
        EXPECT_EQ(of(row.text, clauses.asked), row.asked);
    }
    // A clause that is heard of names it too; that it was read somewhere only tells.
    const std::string heard =
        "jeg læste i bladet at broen ved åen bliver lukket, er det rigtigt og hvornår lukker den";
    const auto clauses = asked_clauses(heard);
    ASSERT_EQ(clauses.story.size(), 1U);
    EXPECT_EQ(of(heard, clauses.story.front()), "jeg læste i bladet ");
    EXPECT_EQ(of(heard, clauses.asked), "og hvornår lukker den");
    for (const char* infinitive : {"springe", "være", "få", "male", "se", "bo"}) {
        const std::string text = "jeg elsker bare at " + std::string(infinitive) +
                                 " ved åen, hvad koster det at leje salen";
        EXPECT_EQ(asked_clauses(text).story, (std::vector{Span{0, text.find(',')}})) << text;
    }
    const std::string person = "min søn er seks, hvornår skal jeg skrive ham op til skole";
    EXPECT_FALSE(asked_clauses(person).named);
    EXPECT_EQ(asked_clauses(person).story.size(), 1U);
}

TEST(AskedClauses, HearTheQuestionInWhatIsSaidWithoutStops) {
    const std::string text =
        "altså min mor på 90 vil gerne låne lydbøger men hun kan ikke selv gå så langt kan hun få "
        "dem bragt hjem";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "kan hun få dem bragt hjem");
    const std::string intolerant =
        "jeg kan ikke drikke mælk hvornår skal køkkenet have det at vide";
    EXPECT_EQ(of(intolerant, asked_clauses(intolerant).asked),
              "hvornår skal køkkenet have det at vide");
    const std::string subclause = "jeg ved snart ikke hvornår køkkenet skal have besked";
    EXPECT_EQ(asked_clauses(subclause).asked, (Span{0, subclause.size()}));
    const std::string statement = "vi er flyttet hertil i maj og nu skal vi finde en børnehave";
    EXPECT_EQ(asked_clauses(statement).asked, (Span{0, statement.size()}));
}

TEST(AskedClauses, LeaveWholeWhatNeedsAllItsWords) {
    for (const char* text : {"hvad koster et pas", "må jeg parkere her, når der er møde",
                             "hvis jeg er syg, hvem skal jeg så ringe til",
                             "jeg kan ikke finde min mødesal", "skolerne, sfo og klubberne", ""}) {
        const auto clauses = asked_clauses(text);
        EXPECT_TRUE(clauses.story.empty()) << text;
        EXPECT_EQ(clauses.asked, (Span{0, std::string_view(text).size()})) << text;
    }
}

}  // namespace
}  // namespace raadbot::danish
