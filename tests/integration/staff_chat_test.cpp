// The real program with a homeserver: a question is handed over and the human answer comes back
// into the room; administrators give commands in private, others do not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "bot/governance/desk.hpp"
#include "retrieval/store/ledger.hpp"
#include "tests/support/fake_homeserver.hpp"
#include "tests/support/homeserver_over_http.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* room = "!faelles";
constexpr const char* alone = "!ene";
constexpr auto patience = 3min;  // Of a busy machine.

class StaffChat : public ::testing::Test {
protected:
    void SetUp() override {
        ::setenv("STAFF_AS", "as-token-of-the-staff-test", 1);
        ::setenv("STAFF_HS", homeserver_.hs_token().c_str(), 1);
        town_.write_config(
            "[contact]\nname = \"Byrådssekretariatet\"\nmail = \"post@lunby.example\"\n"
            "[matrix]\nport = 0\nhomeserver_url = \"http://127.0.0.1:" +
            std::to_string(homeserver_.port()) +
            "\"\nserver_name = \"egelund.example\"\nurl = \"http://127.0.0.1:1\"\n"
            "as_token_env = \"STAFF_AS\"\nhs_token_env = \"STAFF_HS\"\n"
            "[admin]\nport = 0\n[[admin.chat]]\nlogin = \"lone\"\nroles = [\"curator\", "
            "\"operator\"]\nmatrix = \"" +
            std::string(test::lone) + "\"\n");
        ASSERT_EQ(town_.ingest().exit_code, 0);
        // The homeserver's events are of that day's noon; older questions are left alone.
        program_.emplace(town_.line("serve", {"--port", "0", "--now", "2026-11-23T12:00:00Z"}));
        const std::string mark = "matrix on http://127.0.0.1:";
        const bool up = wait([&] {
            const std::string out = program_->out();
            const auto at = out.find(mark);
            if (at == std::string::npos || out.find('\n', at) == std::string::npos) return false;
            homeserver_.add_room(room, {test::lone, test::bo}, true);
            homeserver_.add_room(alone, {test::lone}, true);
            homeserver_.set_bot(
                static_cast<std::uint16_t>(std::atoi(out.c_str() + at + mark.size())));
            return true;
        });
        ASSERT_TRUE(up) << program_->err();
    }
    void TearDown() override {
        if (!program_) return;
        program_->signal(SIGTERM);
        EXPECT_EQ(program_->wait(2min).exit_code, 0);
    }

    template <class Done>
    static bool wait(Done done) {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (std::chrono::steady_clock::now() < end) {
            if (done()) return true;
            std::this_thread::sleep_for(20ms);
        }
        return false;
    }
    /// All that the bot has said in the room, newest last.
    std::string said(const std::string& where) {
        std::string all;
        for (const auto& [id, message] : homeserver_.messages()) {
            if (message.room == where) all += message.content.value("body", "") + "\n---\n";
        }
        return all;
    }
    /// Says it and waits for an answer with `part` in it.
    bool ask(const std::string& where, const std::string& who, const std::string& text,
             const std::string& part) {
        json event = test::mention("$" + std::to_string(++events_), where, who, text);
        event["content"].erase("format");
        event["content"].erase("formatted_body");
        homeserver_.push(event);
        return wait([&] { return said(where).find(part) != std::string::npos; });
    }
    std::unique_ptr<store::Store> store() const {
        return store::Store::open(town_.folder / "data");
    }

    support::Town town_;
    test::HomeserverOverHttp homeserver_{{}};
    std::optional<support::Background> program_;
    int events_ = 0;
};

TEST_F(StaffChat, AHumanAnswerComesBackIntoTheConversation) {
    ASSERT_TRUE(ask(room, test::bo, "hvornår åbner svømmehallen", "Spørg sekretariatet"))
        << said(room) << program_->err();
    ASSERT_TRUE(ask(room, test::bo, "Spørg sekretariatet", "»hvornår åbner svømmehallen«"))
        << said(room);
    EXPECT_TRUE(store::Ledger(*store()).handoffs("open").empty()) << "not before they agree";
    ASSERT_TRUE(ask(room, test::bo, "Ja, send mit spørgsmål", "Svaret kommer her i samtalen"))
        << said(room);
    const auto open = store::Ledger(*store()).handoffs("open");
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].question, "hvornår åbner svømmehallen");
    EXPECT_FALSE(open[0].target.empty());

    const auto data = store();
    governance::DeskOptions options;
    options.data_dir = town_.folder / "data";
    const Timestamp now =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    governance::Desk desk(*data, options, {"karen", governance::Role::curator}, now);
    ASSERT_TRUE(desk.answer_handoff(open[0].id, "Den åbner den 3. marts kl. 10."));
    EXPECT_TRUE(wait([&] {
        return said(room).find("Den åbner den 3. marts kl. 10.") != std::string::npos;
    })) << said(room)
        << program_->err();
    EXPECT_TRUE(wait([&] { return store::Ledger(*store()).handoffs("delivered").size() == 1; }));
    const auto delivered = store::Ledger(*store()).handoffs("delivered");
    ASSERT_EQ(delivered.size(), 1U);
    EXPECT_TRUE(delivered[0].target.empty()) << "the way back is forgotten";
    EXPECT_EQ(said(alone), "") << "nobody else reads it";
}

TEST_F(StaffChat, CommandsAreForAdministratorsInPrivate) {
    ASSERT_TRUE(ask(alone, test::lone, "!kilder", "pages: i brug, 2 dokumenter")) << said(alone);
    // The same person where others read along, and somebody else: a polite no.
    ASSERT_TRUE(ask(room, test::lone, "/pause alt Prøve", "er for kommunens administratorer"));
    ASSERT_TRUE(ask(room, test::bo, "/kilder", "er for kommunens administratorer"));
    EXPECT_FALSE(store()->setting(governance::pause_setting));
    ASSERT_TRUE(ask(alone, test::lone, "/pause alt Forkerte takster", "sat på pause"))
        << said(alone);
    EXPECT_EQ(store()->setting(governance::pause_setting), "Forkerte takster");
    ASSERT_TRUE(ask(room, test::bo, "hvad er det faste vederlag", "Forkerte takster"))
        << said(room);
    ASSERT_TRUE(ask(alone, test::lone, "/fortsæt alt", "svarer igen")) << said(alone);
    ASSERT_TRUE(ask(room, test::bo, "hvad er det faste vederlag?", "112.203 kr.")) << said(room);
    std::string audit;
    for (const auto& row : store::Ledger(*store()).audit(0, 100))
        audit += row.actor + " " + row.action + "\n";
    EXPECT_NE(audit.find("lone bot.pause"), std::string::npos) << audit;
}

}  // namespace
}  // namespace raadbot
