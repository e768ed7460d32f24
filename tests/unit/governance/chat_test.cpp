// Commands in a chat: who may, what they do, what others get.
#include "bot/governance/chat.hpp"

#include <gtest/gtest.h>

#include "bot/governance/audit.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::governance {
namespace {

using Verb = ChatCommand::Verb;
const Timestamp now{std::chrono::seconds{1'795'680'000}};  // 2026-11-26

/// Answers everything with its own text.
class Echo final : public bot::Conversation {
public:
    bot::Reply reply(const bot::Message& message) override {
        bot::Reply out;
        out.text = "spurgt: " + message.text;
        return out;
    }
    std::optional<bot::Reply> kept(std::string_view, const std::vector<Audience>&,
                                   Timestamp) override {
        return std::nullopt;
    }
    bool feedback(std::string_view, bool, std::string_view, Timestamp, std::string_view) override {
        return false;
    }
    bool take_back(std::string_view) override { return false; }
    std::vector<std::string> example_questions(std::string_view) override { return {}; }
    void refresh() override {}
};

class ChatTest : public ::testing::Test {
protected:
    ChatTest() {
        sources::Source source;
        source.id = SourceId{"haandbog"};
        source.path = folder_ / "haandbog";
        source.base_url = "https://lunby.example/";
        source.review_date = parse_date("2027-06-30");
        store_->put_source(source);
        ChatOptions options;
        options.desk.data_dir = folder_.path();
        options.staff = {{"karen", Role::curator},
                         {"olga", Roles(Role::operator_) | Role::curator},
                         {"rasmus", Role::reader}};
        options.admin_url = "https://admin.lunby.example";
        options.texts_dir = RAADBOT_SOURCE_DIR "/config/texts";
        auto made = with_commands(std::move(options), std::make_unique<Echo>());
        EXPECT_TRUE(made) << made.error().message;
        conversation_ = std::move(*made);
    }
    std::string say(const std::string& staff, const std::string& text) {
        bot::Message message;
        message.staff = staff;
        message.text = text;
        message.now = now;
        return conversation_->reply(message).text;
    }
    sources::State state() { return store_->source(SourceId{"haandbog"}).value().state; }
    std::vector<std::string> audit() {
        std::vector<std::string> out;
        for (const auto& row : store::Ledger(*store_).audit(0, 100))
            out.push_back(row.actor + " " + row.action);
        return out;
    }

    support::TemporaryFolder folder_;
    std::unique_ptr<store::Store> store_ = store::Store::open(folder_.path());
    std::unique_ptr<bot::Conversation> conversation_;
};

TEST(ChatCommands, AreReadWithTheirSubjectAndReason) {
    struct Case {
        const char* text;
        Verb verb;
        const char* subject;
        const char* reason;
    };
    constexpr Case cases[] = {
        {"/kilder", Verb::sources, "", ""},
        {"  /KILDER  ", Verb::sources, "", ""},
        {"!kilder", Verb::sources, "", ""},
        {"/pause haandbog Forældede takster.", Verb::pause, "haandbog", "Forældede takster."},
        {"/pause Haandbog: forkert", Verb::pause, "haandbog", "forkert"},
        {"/pause alt Forkerte svar", Verb::pause, "alt", "Forkerte svar"},
        {"/pause", Verb::pause, "", ""},
        {"/fortsæt alt", Verb::resume, "alt", ""},
        {"/Fortsaet alt", Verb::resume, "alt", ""},
        {"/resume haandbog", Verb::resume, "haandbog", ""},
        {"/pausen i mødet", Verb::none, "", ""},
        {"kilder", Verb::none, "", ""},
        {"hvad betyder /kilder", Verb::none, "", ""},
        {"", Verb::none, "", ""}};
    for (const Case& one : cases) {
        const ChatCommand command = parse_command(one.text);
        EXPECT_EQ(command.verb, one.verb) << one.text;
        EXPECT_EQ(command.subject, one.subject) << one.text;
        EXPECT_EQ(command.reason, one.reason) << one.text;
    }
}

TEST_F(ChatTest, QuestionsGoOnToTheConversation) {
    EXPECT_EQ(say("karen", "hvad koster hallen"), "spurgt: hvad koster hallen");
    EXPECT_EQ(say("", "hvad koster hallen"), "spurgt: hvad koster hallen");
}

TEST_F(ChatTest, OthersGetAPoliteNoAndNothingHappens) {
    for (const auto who : {"", "fremmed"}) {
        for (const auto text : {"/kilder", "/pause alt nu", "/pause haandbog nu", "/fortsæt alt"}) {
            const std::string said = say(who, text);
            EXPECT_EQ(said.find("Den kommando er for kommunens administratorer"), 0U) << said;
            EXPECT_EQ(said.find("haandbog"), std::string::npos);
        }
    }
    EXPECT_FALSE(store_->setting(pause_setting));
    EXPECT_EQ(state(), sources::State::approved);
    EXPECT_TRUE(audit().empty());
}

TEST_F(ChatTest, ADisabledAccountIsAnOther) {
    store::Ledger(*store_).put_staff({"olga", "Olga", "operator", "", false, true, now});
    EXPECT_EQ(say("olga", "/pause alt nu").find("Den kommando er for"), 0U);
    EXPECT_FALSE(store_->setting(pause_setting));
}

TEST_F(ChatTest, ListsSourcesWithTheirState) {
    const std::string said = say("rasmus", "/kilder");
    EXPECT_NE(said.find("haandbog: i brug, 0 dokumenter"), std::string::npos) << said;
    EXPECT_NE(said.find("30. juni 2027"), std::string::npos) << said;
    EXPECT_NE(say("rasmus", "/sources").find("haandbog: in use"), std::string::npos);
}

TEST_F(ChatTest, ASourceIsPausedAtOnceAndReturnsByProposal) {
    EXPECT_NE(say("karen", "/pause haandbog").find("hvorfor"), std::string::npos);
    EXPECT_EQ(state(), sources::State::approved);
    EXPECT_NE(say("karen", "/pause haandbog Forkerte takster").find("sat på pause"),
              std::string::npos);
    EXPECT_EQ(state(), sources::State::paused);
    EXPECT_NE(say("karen", "/fortsæt haandbog").find("admin.lunby.example/forslag"),
              std::string::npos);
    EXPECT_EQ(state(), sources::State::paused) << "it takes another person";
    EXPECT_EQ(store::Ledger(*store_).proposals("open").size(), 1U);
    const auto lines = audit();
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "karen source.pause"), 1);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), "karen source.return.propose"), 1);
    EXPECT_NE(say("karen", "/fortsæt haandbog").find("allerede"), std::string::npos);
}

TEST_F(ChatTest, TheWholeBotTakesTheRightRole) {
    EXPECT_NE(say("karen", "/pause alt Forkerte svar").find("anden rolle"), std::string::npos);
    EXPECT_FALSE(store_->setting(pause_setting));
    EXPECT_NE(say("olga", "/pause alt Forkerte svar").find("på pause"), std::string::npos);
    EXPECT_EQ(store_->setting(pause_setting), "Forkerte svar");
    EXPECT_NE(say("rasmus", "/kilder").find("Forkerte svar"), std::string::npos);
    EXPECT_NE(say("olga", "/fortsæt alt").find("svarer igen"), std::string::npos);
    EXPECT_FALSE(store_->setting(pause_setting));
}

TEST_F(ChatTest, AMistypedSourcePausesNothing) {
    EXPECT_NE(say("olga", "/pause haandbogen Forkert").find("ingen kilde"), std::string::npos);
    EXPECT_FALSE(store_->setting(pause_setting));
    EXPECT_EQ(state(), sources::State::approved);
}

}  // namespace
}  // namespace raadbot::governance
