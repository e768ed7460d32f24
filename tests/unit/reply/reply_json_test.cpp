#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "bot/conversation/conversation.hpp"
#include "tests/support/fake_conversation.hpp"

namespace raadbot::bot {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> out;
    for (const auto& [key, value] : object.items()) out.push_back(key);
    return out;
}

using Keys = std::vector<std::string>;

TEST(ReplyJson, AnsweredHasExactlyTheContractsKeys) {
    const Json json = Json::parse(reply_json(test::rich_answer(), "q7", 12.3456));
    EXPECT_EQ(keys_of(json), (Keys{"id", "kind", "text", "language", "answer_id", "permalink",
                                   "elapsed_ms", "sentences", "sources", "terms", "notes",
                                   "follow_ups", "ai_label", "index_version"}));
    EXPECT_EQ(json["id"], "q7");
    EXPECT_EQ(json["kind"], "answered");
    EXPECT_EQ(json["elapsed_ms"], 12.346);
    EXPECT_EQ(keys_of(json["sentences"][0]), (Keys{"text", "citations", "lead"}));
    EXPECT_EQ(keys_of(json["sentences"][3]), (Keys{"text", "citations", "list_item"}));
    EXPECT_EQ(json["sentences"][5]["citations"], Json::parse("[3,2]"));
    EXPECT_EQ(keys_of(json["sources"][0]),
              (Keys{"n", "source_id", "document_id", "url", "title", "kind", "committee", "date",
                    "section", "quote", "anchor", "checked"}));
    EXPECT_EQ(keys_of(json["sources"][2]),
              (Keys{"n", "source_id", "document_id", "url", "title", "kind", "date", "section",
                    "quote", "anchor", "checked"}));
    EXPECT_EQ(keys_of(json["terms"][0]), (Keys{"term", "explanation", "source"}));
}

TEST(ReplyJson, RefusedHasReasonAndContactAndEmptyLists) {
    const Json json = Json::parse(reply_json(test::refusal(), "", 0));
    EXPECT_EQ(keys_of(json)[0], "kind");  // No id was given.
    EXPECT_EQ(json["kind"], "refused");
    EXPECT_EQ(json["reason"], "no_answer_in_material");
    EXPECT_EQ(json["sentences"], Json::array());
    EXPECT_EQ(json["terms"], Json::array());
    EXPECT_EQ(keys_of(json["contact"]), (Keys{"name", "mail", "phone"}));
    EXPECT_FALSE(json.contains("options"));
}

TEST(ReplyJson, ClarifyHasOptions) {
    const Json json = Json::parse(reply_json(test::clarification(), "", 1));
    EXPECT_EQ(json["kind"], "clarify");
    EXPECT_EQ(json["options"].size(), 3U);
    EXPECT_FALSE(json.contains("reason"));
}

TEST(ReplyJson, ComesBackAsItWas) {
    for (const Reply& reply : {test::rich_answer(), test::refusal(), test::clarification(),
                               test::FakeConversation::hostile(), Reply{}}) {
        const auto back = reply_from_json(reply_json(reply, "x", 3));
        ASSERT_TRUE(back) << back.error().message;
        EXPECT_EQ(*back, reply);
    }
}

TEST(ReplyJson, WhatBelongsToASourceComesAlong) {
    Reply reply = test::rich_answer();
    reply.sources[0].also = {
        {"agenda", "Dagsorden", "https://by.example/d#3", std::nullopt, std::nullopt},
        {"recording", "Mødet", "https://by.example/video?t=70", 70, 190}};
    const std::string text = reply_json(reply, "x", 3);
    const Json json = Json::parse(text);
    EXPECT_EQ(json["sources"][0]["also"],
              Json::parse(R"([{"kind":"agenda","title":"Dagsorden","url":"https://by.example/d#3"},
                  {"kind":"recording","title":"Mødet","url":"https://by.example/video?t=70",
                   "second":70,"until":190}])"));
    EXPECT_FALSE(json["sources"][1].contains("also"));
    const auto back = reply_from_json(text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, reply);
}

TEST(ReplyJson, IsOneLineOfUtf8WhateverTheTextHolds) {
    Reply reply = test::rich_answer();
    reply.text = "a\nb\xff\x01\xe2\x80\xa8";
    const std::string json = reply_json(reply, "", 0);
    EXPECT_EQ(json.find('\n'), std::string::npos);
    EXPECT_TRUE(reply_from_json(json));
}

TEST(ReplyJson, EveryMissingKeyAndWrongTypeIsNamed) {
    const Json good = Json::parse(reply_json(test::rich_answer(), "", 1));
    for (const std::string key :
         {"kind", "text", "language", "answer_id", "permalink", "sentences", "sources", "terms"}) {
        Json bad = good;
        bad.erase(key);
        auto result = reply_from_json(bad.dump());
        ASSERT_FALSE(result) << key;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
        EXPECT_NE(result.error().message.find(key), std::string::npos) << result.error().message;
        bad[key] = 7;
        EXPECT_FALSE(reply_from_json(bad.dump())) << key;
    }
    for (const char* bad :
         {"", "[]", "{}", "null", "{\"kind\":\"other\"}", "{\"kind\":1}", "{", "{} x"}) {
        EXPECT_FALSE(reply_from_json(bad)) << bad;
    }
    EXPECT_FALSE(reply_from_json(good.dump() + std::string(1, '\0')));
    Json negative = good;
    negative["sources"][0]["n"] = -1;
    EXPECT_FALSE(reply_from_json(negative.dump()));
    Json large = good;
    large["sentences"][0]["citations"] = Json::array({5'000'000'000});
    EXPECT_FALSE(reply_from_json(large.dump()));
}

}  // namespace
}  // namespace raadbot::bot
