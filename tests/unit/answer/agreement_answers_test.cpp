#include "retrieval/answer/agreement_answers.hpp"

#include <gtest/gtest.h>

namespace raadbot::answer {
namespace {

bool asks(const std::string& text, danish::QuestionType type = danish::QuestionType::list) {
    QuestionView question;
    question.text = text;
    question.type = type;
    return asks_for_parties_behind(question);
}

TEST(Agreements, AreAskedForByTheirParties) {
    EXPECT_TRUE(asks("hvilke partier står bag budgetforliget"));
    EXPECT_TRUE(asks("hvem indgik aftalen om havnen", danish::QuestionType::who));
    EXPECT_TRUE(asks("hvem er med i forliget"));
    EXPECT_FALSE(asks("hvem er ikke med i forliget"));
    EXPECT_FALSE(asks("hvad er der med i budgetaftalen"));
    EXPECT_FALSE(asks("hvilke partier stemte for forliget", danish::QuestionType::vote));
    EXPECT_FALSE(asks("hvem er med i teknikudvalget"));
}

TEST(Agreements, SentencesThatNameTheParties) {
    EXPECT_EQ(parties_agreed("Budgetforliget er indgået mellem A, C, F, Ø og B den 4. maj 2026."),
              5U);
    EXPECT_EQ(parties_agreed("Forliget er indgået mellem Socialdemokratiet, SF og Venstre."), 3U);
    EXPECT_EQ(parties_agreed("A, C og V står bag forliget."), 3U);
    EXPECT_EQ(parties_agreed("Aftalen er indgået mellem kommunen og regionen."), 0U);
    EXPECT_EQ(parties_agreed("A og V stemte imod, C undlod."), 0U);
    EXPECT_EQ(parties_agreed("Der er en aftale om afhentning af have, papir og pap."), 0U);
}

}  // namespace
}  // namespace raadbot::answer
