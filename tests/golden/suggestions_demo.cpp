// What Raadbot offers beside an answer: next questions that it can answer, and a choice when a
// question fits several things.
#include <gtest/gtest.h>

#include "tests/support/demo.hpp"

namespace raadbot {
namespace {

using nlohmann::json;

json ask(const std::string& question) {
    const auto outcome = support::run({RAADBOT_BINARY, "ask", "--config", RAADBOT_DEMO_CONFIG,
                                       "--now", "2026-11-23T09:00:00+01:00", "--json", question});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out);
}

TEST(FollowUps, AreQuestionsThatTheMaterialAnswers) {
    const json reply = ask("Hvad får man i vederlag?");
    ASSERT_EQ(reply.at("kind"), "answered");
    ASSERT_TRUE(reply.contains("follow_ups")) << reply.dump(1);
    EXPECT_LE(reply["follow_ups"].size(), 3U);
    for (const json& next : reply["follow_ups"])
        EXPECT_EQ(ask(next.get<std::string>()).at("kind"), "answered") << next;
}

TEST(Clarify, AsksWhichMeetingIsMeant) {
    const json reply = ask("hvornår er mødet");
    ASSERT_EQ(reply.at("kind"), "clarify") << reply.dump(1);
    ASSERT_GE(reply.at("options").size(), 2U);
    for (const json& option : reply["options"])
        EXPECT_EQ(ask(option.get<std::string>()).at("kind"), "answered") << option;
    EXPECT_EQ(ask("hvornår er næste byrådsmøde").at("kind"), "answered");
}

TEST(Refusals, SayWhatTheMaterialHasThatIsNear) {
    const json reply = ask("Hvad koster en gravplads på Egelund Vestre Kirkegård?");
    ASSERT_EQ(reply.at("kind"), "refused") << reply.dump(1);
    ASSERT_EQ(reply.at("sources").size(), 1U);
    const std::string title = reply["sources"][0].at("title");
    EXPECT_NE(reply.at("text").get<std::string>().find(title), std::string::npos);
}

TEST(Answers, SayNoSentenceTwice) {
    for (const json& line : support::json_lines(support::ask_demo(support::demo_questions()).out)) {
        std::vector<std::string> texts;
        for (const json& sentence : line.at("sentences")) {
            // Two items may have been decided alike; their titles stand before.
            std::string text =
                sentence.value("lead", std::string()) + sentence.at("text").get<std::string>();
            EXPECT_EQ(std::count(texts.begin(), texts.end(), text), 0) << line.dump(1);
            texts.push_back(std::move(text));
        }
    }
}

}  // namespace
}  // namespace raadbot
