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

TEST(AskedClauses, TheStoryMayComeAfter) {
    const std::string text = "hvad koster flextur til lægen, min far kan ikke gå så langt";
    const auto clauses = asked_clauses(text);
    EXPECT_EQ(of(text, clauses.asked), "hvad koster flextur til lægen");
    ASSERT_EQ(clauses.story.size(), 1U);
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

TEST(AskedClauses, LeaveWholeWhatNeedsAllItsWords) {
    for (const char* text : {"hvad koster et pas", "må jeg parkere her, når der er møde",
                             "hvis jeg er syg, hvem skal jeg så ringe til",
                             "vi vil holde loppemarked, hvad koster det",
                             "jeg kan ikke finde min mødesal", "skolerne, sfo og klubberne", ""}) {
        const auto clauses = asked_clauses(text);
        EXPECT_TRUE(clauses.story.empty()) << text;
        EXPECT_EQ(clauses.asked, (Span{0, std::string_view(text).size()})) << text;
    }
}

}  // namespace
}  // namespace raadbot::danish
