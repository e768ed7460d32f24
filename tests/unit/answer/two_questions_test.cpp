#include "retrieval/answer/two_questions.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace raadbot::answer {
namespace {

Question asked(std::string text) {
    Question question;
    question.text = std::move(text);
    return question;
}

Proof proof(PassageId first_passage, const std::vector<std::string>& texts) {
    Proof result;
    for (const std::string& text : texts) {
        SourceCard card;
        card.number = static_cast<std::uint32_t>(result.cards.size() + 1);
        card.passage.id = first_passage++;
        card.passage.document = DocumentId{"d" + std::to_string(card.passage.id)};
        card.passage.passage.text = card.quote = text;
        result.sentences.push_back(Sentence::quote(card, 0, text.size()));
        result.cards.push_back(std::move(card));
    }
    return result;
}

TEST(TwoQuestions, AreTakenApartAndTheSecondFollowsTheFirst) {
    const auto parts = taken_apart(asked("hvad koster en plads, og får man rabat for søskende?"));
    ASSERT_TRUE(parts);
    EXPECT_EQ(parts->first.text, "hvad koster en plads");
    EXPECT_NE(parts->second.text.find("får man rabat for søskende?"), std::string::npos);
    EXPECT_EQ(parts->second.previous, std::vector<std::string>{parts->first.text});
}

TEST(TwoQuestions, AreOneWhereTheFirstNeedsTheSecondOrListsWhatTheSecondAsksOf) {
    for (const char* text :
         {"hvad koster en plads", "hvem stemte for, og hvem stemte imod broen?",
          "hvilke licenser findes der og hvad koster de", "hvor og hvornår holder rådet møde",
          "hvem bestemmer over busserne, altså hvilket udvalg", ""}) {
        EXPECT_FALSE(taken_apart(asked(text))) << text;
    }
}

TEST(TwoQuestions, AreAnsweredByTheFirstSentencesOfBothOnNumberedCards) {
    const Proof both = joined(
        proof(1, {"En plads koster 900 kr.", "Juli er gratis.", "Der er kø.", "Ring først."}),
        proof(7, {"Søskende får 40 pct. rabat.", "Rabatten gives af sig selv.", "Ring."}));
    ASSERT_EQ(both.sentences.size(), 4U);
    EXPECT_EQ(both.sentences[0].text(), "En plads koster 900 kr.");
    EXPECT_EQ(both.sentences[2].text(), "Søskende får 40 pct. rabat.");
    ASSERT_EQ(both.cards.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(both.cards[i].number, i + 1);
        EXPECT_EQ(both.sentences[i].citations().front().card, i + 1);
    }
}

TEST(TwoQuestions, KeepAListWholeAndSayNothingTwice) {
    const Proof list = proof(1, {"- bøger", "- film", "- spil"});
    const Proof both = joined(list, proof(3, {"- spil", "Lånetiden er 30 dage."}));
    ASSERT_EQ(both.sentences.size(), 4U);
    EXPECT_TRUE(both.sentences[0].is_list_item());
    EXPECT_EQ(both.sentences[2].text(), "spil");
    EXPECT_EQ(both.sentences[3].text(), "Lånetiden er 30 dage.");
}

}  // namespace
}  // namespace raadbot::answer
