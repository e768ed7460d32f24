#include "bot/conversation/handoff.hpp"

#include <gtest/gtest.h>

#include "retrieval/store/ledger.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::bot {
namespace {

class HandoffTest : public ::testing::Test {
protected:
    Reply say(const std::string& text, std::vector<std::string> previous,
              const std::string& address = {}) {
        Message message;
        message.channel = address.empty() ? "web" : "teams";
        message.text = text;
        message.previous = std::move(previous);
        message.reply_address = address;
        message.now = Timestamp{std::chrono::seconds{1'795'680'000}};
        step_ = handoff_step(message);
        return hand_off(message, step_, *store_, {texts_, "https://spoerg.example", contact_});
    }
    std::vector<store::HandoffRow> kept() { return store::Ledger(*store_).handoffs(""); }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
    Texts texts_ = Texts::load(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/texts").value();
    Contact contact_{"Sekretariatet", "s@lunby.example", ""};
    HandoffStep step_ = HandoffStep::none;
};

const std::string question = "Hvornår åbner den nye hal?";

TEST_F(HandoffTest, NothingIsKeptBeforeTheAskerSaysYes) {
    const Reply reply = say("Spørg sekretariatet", {question});
    EXPECT_EQ(step_, HandoffStep::ask);
    EXPECT_NE(reply.text.find(question), std::string::npos);
    ASSERT_EQ(reply.options.size(), 1U);
    EXPECT_TRUE(kept().empty());
    const Reply sent = say(reply.options[0], {question, "spørg sekretariatet"});
    EXPECT_EQ(step_, HandoffStep::send);
    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(kept()[0].question, question);
    EXPECT_NE(sent.text.find("https://spoerg.example/henvendelse/" + kept()[0].id),
              std::string::npos);
}

TEST_F(HandoffTest, AConversationThatCanBeFoundAgainGetsTheAnswerThere) {
    const Reply sent = say("ja, send mit spørgsmål", {question, "Spørg sekretariatet!"}, "{}");
    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(kept()[0].target, "{}");
    EXPECT_EQ(sent.text.find("henvendelse/"), std::string::npos);
}

TEST_F(HandoffTest, AYesToSomethingElseHandsNothingOver) {
    Message message;
    message.text = "ja send";
    message.previous = {question};
    EXPECT_EQ(handoff_step(message), HandoffStep::none);
    message.text = "Hvordan spørger jeg sekretariatet om noget?";
    EXPECT_EQ(handoff_step(message), HandoffStep::none);
    static_cast<void>(say("Spørg sekretariatet", {}));
    EXPECT_TRUE(kept().empty());
}

TEST_F(HandoffTest, PersonalDataIsNotSent) {
    const std::string personal = "Hvad er der sket i sagen om 010190-1234?";
    static_cast<void>(say("Ja, send mit spørgsmål", {personal, "Spørg sekretariatet"}));
    EXPECT_TRUE(kept().empty());
}

}  // namespace
}  // namespace raadbot::bot
