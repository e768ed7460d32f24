#include "adapters/teams/render.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/teams_world.hpp"

namespace raadbot::teams {
namespace {

using test::some_reply;
const Address address{"28:bot", "a:chat", "1", "29:asker"};

std::size_t units(const std::string& text) { return utf16_bytes(text) / 2 - 2; }

const Json& entity(const Json& message) { return message["entities"][0]; }

TEST(Render, PutsLabelAndCitationsIntoOneRootEntity) {
    const Json message = answer_message(some_reply(2), address);
    ASSERT_EQ(message["entities"].size(), 1U);
    EXPECT_EQ(entity(message)["type"], "https://schema.org/Message");
    EXPECT_EQ(entity(message)["additionalType"], Json::array({"AIGeneratedContent"}));
    ASSERT_EQ(entity(message)["citation"].size(), 2U);
    const Json& citation = entity(message)["citation"][1];
    EXPECT_EQ(citation["position"], 2);
    EXPECT_EQ(citation["appearance"]["name"],
              "Teknik- og Miljøudvalget, punkt 2, Teknik- og Miljøudvalget, 2026-03-04");
    EXPECT_EQ(citation["appearance"]["keywords"],
              Json::array({"Dagsorden/referat", "beslutning", "2026-03-04"}));
    EXPECT_EQ(message["channelData"]["feedbackLoop"]["type"], "default");
    EXPECT_FALSE(message["channelData"].contains("feedbackLoopEnabled"));
    EXPECT_EQ(message["replyToId"], "1");
    for (const char* left_out : {"id", "timestamp", "serviceUrl", "recipient", "attachments"}) {
        EXPECT_FALSE(message.contains(left_out)) << left_out;
    }
}

TEST(Render, KeepsTeamsLimitsForCitations) {
    bot::Reply reply = some_reply(25);
    for (bot::ReplySource& source : reply.sources) {
        source.title = std::string(79, 'x') + " ø\xF0\x9F\x98\x80 hale";
        source.quote.clear();
        for (int n = 0; n < 60; ++n) source.quote += "æø\xF0\x9F\x98\x80";
        source.section = "en meget lang overskrift som ikke kan stå der";
    }
    const Json message = answer_message(reply, address);
    const Json& citations = entity(message)["citation"];
    EXPECT_EQ(citations.size(), 20U);
    std::set<int> positions;
    for (const Json& citation : citations) {
        const Json& appearance = citation["appearance"];
        EXPECT_LE(units(appearance["name"]), 80U);
        EXPECT_GT(units(appearance["name"]), 60U);
        EXPECT_LE(units(appearance["abstract"]), 160U);
        EXPECT_LE(appearance["keywords"].size(), 3U);
        for (const Json& keyword : appearance["keywords"]) EXPECT_LE(units(keyword), 28U);
        EXPECT_TRUE(positions.insert(citation["position"].get<int>()).second);
        const std::string mark = "[" + std::to_string(citation["position"].get<int>()) + "]";
        EXPECT_NE(message["text"].get<std::string>().find(mark), std::string::npos);
    }
}

TEST(Render, CitesOnlyWhatTheTextCites) {
    bot::Reply reply = some_reply(2);
    reply.text = "Kun det ene [2] og ikke [3] eller [02x].";
    const Json message = answer_message(reply, address);
    ASSERT_EQ(entity(message)["citation"].size(), 1U);
    EXPECT_EQ(entity(message)["citation"][0]["position"], 2);
    EXPECT_EQ(message["text"].get<std::string>().substr(0, 45),
              "Kun det ene [2] og ikke \\[3\\] eller \\[02x\\].\n");
}

TEST(Render, LeavesTheCitationListOutWhenThereIsNone) {
    bot::Reply reply;
    reply.text = "Det kan jeg ikke finde.";
    const Json message = answer_message(reply, address);
    EXPECT_FALSE(entity(message).contains("citation"));
}

TEST(Render, TakesTextForTextAndNothingElse) {
    bot::Reply reply;
    reply.text =
        "<at>Alle</at> **fed** _skrå_ `kode` [link](javascript:alert(1)) "
        "![b](https://x.example/a.png) & <b>";
    const std::string text = answer_message(reply, address)["text"];
    EXPECT_EQ(text,
              "&lt;at&gt;Alle&lt;/at&gt; \\*\\*fed\\*\\* \\_skrå\\_ \\`kode\\` "
              "\\[link\\](javascript:alert(1)) "
              "\\!\\[b\\](https://x.example/a.png) &amp; &lt;b&gt;");
    EXPECT_EQ(markdown_escaped("# a\n1. b\n- c\n+ d\n> e\n---\n2) f"),
              "\\# a\n1\\. b\n\\- c\n\\+ d\n&gt; e\n\\---\n2\\) f");
}

TEST(Render, KeepsAddressesOfOurOwnClickable) {
    bot::Reply reply;
    reply.text = "Det nærmeste er her: https://egelund.example.dk/a_(b)?x=1";
    const std::string text = answer_message(reply, address)["text"];
    EXPECT_NE(text.find("](https://egelund.example.dk/a_%28b%29?x=1)"), std::string::npos) << text;
}

TEST(Render, WritesListsSoThatPhonesShowThem) {
    bot::Reply reply = some_reply(1);
    reply.text = "Det koster:\n- 10 kr. [1]\n- 20 kr. [1]";
    EXPECT_EQ(answer_message(reply, address)["text"].get<std::string>().substr(0, 50),
              "Det koster:\n\n\xE2\x80\xA2 10 kr. [1]\n\n\xE2\x80\xA2 20 kr. [1]\n\n[Svar");
}

TEST(Render, CutsAVeryLongAnswerAtAParagraphAndPointsToThePage) {
    bot::Reply reply = some_reply(3);
    reply.text += "\n";
    for (int n = 0; n < 3'000; ++n) reply.text += "Et afsnit med mange ord i, som fylder noget.\n";
    reply.text += "Sidste [3]";
    const Json message = answer_message(reply, address);
    EXPECT_LE(utf16_bytes(message), largest_message);
    EXPECT_GT(utf16_bytes(message), largest_message / 2);
    const std::string text = message["text"];
    EXPECT_NE(text.find("https://raadbot.example.dk/svar/a1"), std::string::npos);
    EXPECT_EQ(text.find("Sidste"), std::string::npos);
}

TEST(Render, SuggestsAtMostThreeAndOnlyToSomebody) {
    EXPECT_EQ(answer_message(some_reply(), address)["suggestedActions"]["actions"].size(), 3U);
    EXPECT_FALSE(answer_message(some_reply(), {"28:bot", "19:x@thread.v2", "1", ""})
                     .contains("suggestedActions"));
}

TEST(Render, ShortensAtWordsAndNeverInsideACharacter) {
    EXPECT_EQ(shortened("kort", 10), "kort");
    EXPECT_EQ(shortened("ti tegn ja", 10), "ti tegn ja");
    EXPECT_EQ(shortened("ti tegn ja!", 10), "ti tegn\xE2\x80\xA6");
    EXPECT_EQ(shortened("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 4),
              "\xF0\x9F\x98\x80\xE2\x80\xA6");
    EXPECT_EQ(shortened("en\nto", 10), "en to");
}

TEST(Render, SendsTheSourcesAsASecondMessageWhenThereAreSeveral) {
    EXPECT_FALSE(source_message(some_reply(1), address));
    const auto message = source_message(some_reply(2), address);
    ASSERT_TRUE(message);
    EXPECT_FALSE(message->contains("text"));  // Text and card in one message would lose its id.
    EXPECT_FALSE(message->contains("suggestedActions"));
    const Json& card = (*message)["attachments"][0]["content"];
    EXPECT_EQ(card["version"], "1.5");
    ASSERT_EQ(card["actions"].size(), 5U);
    EXPECT_EQ(card["actions"][0]["title"], "Hvornår er næste møde?");
    EXPECT_EQ(card["actions"][2]["data"]["msteams"]["value"], "Hvad koster det?");
    EXPECT_EQ(card["actions"][3]["title"], "Læs op");
    EXPECT_EQ(card["actions"][4]["title"], "Spørg sekretariatet");
    EXPECT_EQ(card["actions"][4]["data"]["msteams"]["value"], "Spørg sekretariatet");
    EXPECT_EQ(card["body"].size(), 3U);
    EXPECT_EQ(card["body"][1]["items"][3]["actions"][0]["title"], "Vis mere");
}

TEST(Render, WhatBelongsToASourceHasButtonsOfItsOwn) {
    bot::Reply reply = some_reply(1);
    reply.sources[0].also = {
        {"agenda", "Dagsorden", "https://by.example/d#3", std::nullopt, std::nullopt},
        {"recording", "Mødet", "https://by.example/video?t=70", 70, 190},
        {"item", "Punkt", "javascript:alert(1)", std::nullopt, std::nullopt}};
    const auto message = source_message(reply, address);
    ASSERT_TRUE(message) << "one source is enough then";
    const std::string all = serialised(*message);
    EXPECT_NE(all.find("\"title\":\"Dagsordenen\""), std::string::npos) << all;
    EXPECT_NE(all.find("Se behandlingen på video 1.10"), std::string::npos) << all;
    EXPECT_NE(all.find("https://by.example/video?t=70"), std::string::npos) << all;
    EXPECT_EQ(all.find("javascript:"), std::string::npos) << all;
}

TEST(Render, GivesButtonsInRoomsTheirQuestionSinceNobodyMentionsTheBotThere) {
    Address room = address;
    room.asker.clear();
    const auto message = source_message(some_reply(2), room);
    ASSERT_TRUE(message);
    const Json& data = (*message)["attachments"][0]["content"]["actions"][4]["data"];
    EXPECT_EQ(data, (Json{{"question", "Spørg sekretariatet"}}));
}

TEST(Render, NeverLinksToAnythingButPages) {
    bot::Reply reply = some_reply(2);
    reply.permalink = "javascript:alert(1)";
    reply.sources[0].url = "javascript:alert(1)";
    reply.sources[1].url = "data:text/html,x";
    const std::string all =
        serialised(answer_message(reply, address)) + serialised(*source_message(reply, address));
    EXPECT_EQ(all.find("\"url\""), std::string::npos) << all;
}

TEST(Render, GreetsWithQuestionsThatCanBeAskedByAClick) {
    const Json message =
        welcome_message({"Hvad er en partshøring?"}, "Egelund Kommune", "da", address);
    const Json& card = message["attachments"][0]["content"];
    EXPECT_EQ(card["actions"][0]["data"]["msteams"]["value"], "Hvad er en partshøring?");
    EXPECT_NE(card["body"][0]["text"].get<std::string>().find("Egelund Kommunes"),
              std::string::npos);
}

}  // namespace
}  // namespace raadbot::teams
