#include "adapters/teams/flow.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/teams/audience.hpp"
#include "tests/support/teams_world.hpp"

namespace raadbot::teams {
namespace {

using test::teams_activity;
using test::teams_options;

Decision decided(const Json& activity, const Options& options = teams_options()) {
    return decide(read_activity(activity), options, "teams");
}
const delivery::Event& stored(const Decision& decision) { return std::get<Store>(decision).event; }
std::string kind(const Decision& decision) {
    return parse_json(stored(decision).payload)->at("kind");
}

Json in_channel(const std::string& id) {
    return {{"conversation", {{"id", id}, {"conversationType", "channel"}, {"isGroup", true}}},
            {"channelData",
             {{"team",
               {{"id", "19:team@thread.tacv2"},
                {"aadGroupId", "99999999-0000-0000-0000-000000000001"}}},
              {"channel", {{"id", "19:room@thread.tacv2"}}}}}};
}
Json mention(const std::string& text) {
    return {
        {"entities",
         Json::array({{{"type", "mention"},
                       {"text", text},
                       {"mentioned",
                        {{"id", std::string("28:") + test::teams_app}, {"name", "Raadbot"}}}}})}};
}

TEST(Codec, TakesOutExactlyTheMentionOfTheBot) {
    Json more = in_channel("19:room@thread.tacv2;messageid=7");
    more["entities"] =
        Json::array({{{"type", "mention"},
                      {"text", "<at>Raadbot</at>"},
                      {"mentioned", {{"id", "28:11111111-2222-3333-4444-555555555555"}}}},
                     {{"type", "mention"},
                      {"text", "<at>Alex</at>"},
                      {"mentioned", {{"id", "29:alex"}, {"name", "Alex Wilber"}}}}});
    const Activity a = read_activity(
        teams_activity("1", "<at>Raadbot</at>\xC2\xA0hvad sagde <at>Alex</at> om Raadbot?", more));
    EXPECT_TRUE(a.addressed);
    EXPECT_EQ(a.text, "hvad sagde Alex Wilber om Raadbot?");
    EXPECT_EQ(a.place, Place::channel);
}

TEST(Codec, TakesOutWhatStandsForAQuote) {
    const auto text = [](const char* given) {
        return read_activity(teams_activity("1", given)).text;
    };
    EXPECT_EQ(text("<quoted messageId=\"17\"/> og hvem besluttede det?"),
              "og hvem besluttede det?");
    EXPECT_EQ(text("før <quoted messageId=\"1\"/><quoted messageId=\"2\"/>"), "før");
    EXPECT_EQ(text("er 3 <quoted 4?"), "er 3 <quoted 4?");
}

TEST(Codec, AnswersInTheThreadOrBeginsOne) {
    const auto where = [](const std::string& conversation, const std::string& id,
                          const char* type = "message") {
        Json more = in_channel(conversation);
        more["type"] = type;
        return reply_conversation(read_activity(teams_activity(id, "x", more)));
    };
    EXPECT_EQ(where("19:r@thread.tacv2;messageid=7", "9"), "19:r@thread.tacv2;messageid=7");
    EXPECT_EQ(where("19:r@thread.tacv2", "9"), "19:r@thread.tacv2;messageid=9");
    EXPECT_EQ(where("19:r@thread.tacv2", "0"), "19:r@thread.tacv2");
    EXPECT_EQ(where("19:r@thread.tacv2", "x"), "19:r@thread.tacv2");
    EXPECT_EQ(where("19:r@thread.tacv2", "9", "conversationUpdate"), "19:r@thread.tacv2");
    EXPECT_EQ(path_part("19:r@thread.tacv2;messageid=7"), "19%3Ar%40thread.tacv2%3Bmessageid%3D7");
}

TEST(Codec, LivesWithAnythingInAnyField) {
    for (const char* text :
         {"{}", R"({"type":1,"id":{},"from":[],"entities":{"a":1},"membersAdded":[1,null,{}]})",
          R"({"type":"message","text":null,"entities":[null,[],{"type":"mention"}],"value":[]})",
          R"({"conversation":"x","channelData":"y","reactionsAdded":[7]})"}) {
        (void)decide(read_activity(*parse_json(text)), teams_options(), "teams");
    }
}

TEST(Flow, StoresAQuestionWithWhatAnsweringItNeeds) {
    const Decision decision = decided(teams_activity("1", "Hvad er vederlaget?"));
    const delivery::Event& event = stored(decision);
    EXPECT_EQ(event.event, "1");
    EXPECT_EQ(event.conversation, "a:chat");
    EXPECT_EQ(event.tenant, test::teams_tenant);
    EXPECT_EQ(read_target(event.target).service_url, test::teams_service);
    EXPECT_EQ(read_target(event.target).conversation, "a:chat");
    EXPECT_EQ(kind(decision), "ask");
    EXPECT_EQ(event.fingerprint,
              stored(decided(teams_activity("2", "Hvad er vederlaget?"))).fingerprint);
    EXPECT_NE(event.fingerprint,
              stored(decided(teams_activity("1", "Hvad er diæten?"))).fingerprint);
}

TEST(Flow, IgnoresWhatIsNotForTheBot) {
    EXPECT_TRUE(std::holds_alternative<Ignore>(
        decided(teams_activity("1", "hej", in_channel("19:x;messageid=1")))));
    EXPECT_TRUE(std::holds_alternative<Ignore>(
        decided(teams_activity("1", "hej", {{"from", {{"role", "bot"}}}}))));
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(
        teams_activity("1", "hej", {{"from", {{"id", std::string("28:") + test::teams_app}}}}))));
    for (const char* type : {"typing", "event", "endOfConversation", "noget nyt", ""}) {
        EXPECT_TRUE(
            std::holds_alternative<Ignore>(decided(teams_activity("1", "hej", {{"type", type}}))))
            << type;
    }
}

TEST(Flow, AnswersTheButtonsOfItsOwnCardsWithoutAMention) {
    Json more = in_channel("19:x@thread.tacv2;messageid=1");
    more["value"] = {{"question", "Spørg sekretariatet"}};
    const Decision pressed = decided(teams_activity("f:1", "", more));
    EXPECT_EQ(kind(pressed), "ask");
    EXPECT_EQ(parse_json(stored(pressed).payload)->at("text"), "Spørg sekretariatet");
    more["value"] = {{"answer", "x"}};
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(teams_activity("f:1", "", more))));
    more["value"] = {{"question", "x"}};
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(teams_activity("1", "til de andre", more))));
}

TEST(Flow, AnswersAMentionWithoutWordsWithTheWelcome) {
    Json more = in_channel("19:x@thread.tacv2;messageid=1");
    more.update(mention("<at>Raadbot</at>"));
    EXPECT_EQ(kind(decided(teams_activity("1", "<at>Raadbot</at>", more))), "help");
}

TEST(Flow, FollowsEditsAndDeletions) {
    const Json edit{{"type", "messageUpdate"}, {"channelData", {{"eventType", "editMessage"}}}};
    const Decision first = decided(teams_activity("1", "rettet", edit));
    EXPECT_EQ(kind(first), "ask");
    EXPECT_NE(stored(first).event, "1");
    EXPECT_EQ(stored(first).event, stored(decided(teams_activity("1", "rettet", edit))).event);
    EXPECT_NE(stored(first).event, stored(decided(teams_activity("1", "rettet igen", edit))).event);
    const Json remove{{"type", "messageDelete"},
                      {"channelData", {{"eventType", "softDeleteMessage"}}}};
    EXPECT_EQ(kind(decided(teams_activity("1", "", remove))), "delete");
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(teams_activity(
        "1", "x", {{"type", "messageUpdate"}, {"channelData", {{"eventType", "andet"}}}}))));
}

TEST(Flow, GreetsOnInstallationAndForgetsOnRemoval) {
    EXPECT_EQ(
        kind(decided(teams_activity("1", "", {{"type", "installationUpdate"}, {"action", "add"}}))),
        "greet");
    EXPECT_EQ(kind(decided(
                  teams_activity("1", "", {{"type", "installationUpdate"}, {"action", "remove"}}))),
              "forget");
    EXPECT_EQ(kind(decided(teams_activity(
                  "1", "", {{"type", "installationUpdate"}, {"action", "remove-upgrade"}}))),
              "forget");
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(
        teams_activity("1", "", {{"type", "installationUpdate"}, {"action", "add-upgrade"}}))));
    const Json us = Json::array({{{"id", std::string("28:") + test::teams_app}}});
    const Json them = Json::array({{{"id", "29:other"}}});
    EXPECT_EQ(kind(decided(
                  teams_activity("1", "", {{"type", "conversationUpdate"}, {"membersAdded", us}}))),
              "greet");
    EXPECT_TRUE(std::holds_alternative<Ignore>(decided(
        teams_activity("1", "", {{"type", "conversationUpdate"}, {"membersAdded", them}}))));
    EXPECT_EQ(kind(decided(teams_activity(
                  "1", "", {{"type", "conversationUpdate"}, {"membersRemoved", us}}))),
              "forget");
    Json gone = in_channel("19:r@thread.tacv2;messageid=3");
    gone["type"] = "conversationUpdate";
    gone["channelData"]["eventType"] = "channelDeleted";
    gone["channelData"]["channel"]["id"] = "19:r@thread.tacv2";
    EXPECT_EQ(stored(decided(teams_activity("1", "", gone))).conversation, "19:r@thread.tacv2");
    // It may be told in the team's own conversation.
    gone["channelData"]["channel"]["id"] = "19:other@thread.tacv2";
    EXPECT_EQ(stored(decided(teams_activity("1", "", gone))).conversation, "19:other@thread.tacv2");
}

TEST(Flow, GivesAllFindingsOfASearchAtOnce) {
    const auto decision = [](int skip) {
        return decided(teams_activity(
            "1", "",
            {{"type", "invoke"},
             {"name", "composeExtension/query"},
             {"value",
              {{"commandId", "findSource"},
               {"parameters", Json::array({{{"name", "query"}, {"value", "vederlag"}}})},
               {"queryOptions", {{"skip", skip}, {"count", 25}}}}}}));
    };
    EXPECT_EQ(std::get<Search>(decision(0)).text, "vederlag");
    const Json more = std::get<Say>(decision(25)).body;
    EXPECT_EQ(more["composeExtension"]["type"], "result");
    EXPECT_EQ(more["composeExtension"]["attachments"], Json::array());
}

TEST(Flow, ReadsFeedbackInBothForms) {
    const auto rated = [](const Json& feedback) {
        return std::get<Rate>(decided(teams_activity(
            "1", "",
            {{"type", "invoke"},
             {"name", "message/submitAction"},
             {"replyToId", "m1"},
             {"value",
              {{"actionName", "feedback"},
               {"actionValue", {{"reaction", "dislike"}, {"feedback", feedback}}}}}})));
    };
    EXPECT_EQ(rated(R"({"feedbackText":"forkert år"})").comment, "forkert år");
    EXPECT_EQ(rated("forkert år, skriv til a@b.dk").comment.find("a@b.dk"), std::string::npos);
    EXPECT_FALSE(rated("x").helpful);
    EXPECT_EQ(rated("x").remote_id, "m1");
    const Decision liked =
        decided(teams_activity("1", "",
                               {{"type", "messageReaction"},
                                {"replyToId", "m2"},
                                {"reactionsAdded", Json::array({{{"type", "like"}}})}}));
    EXPECT_TRUE(std::get<Rate>(liked).helpful);
    EXPECT_TRUE(std::holds_alternative<Ignore>(
        decided(teams_activity("1", "",
                               {{"type", "messageReaction"},
                                {"replyToId", "m2"},
                                {"reactionsAdded", Json::array({{{"type", "surprised"}}})}}))));
}

TEST(Flow, AnswersInvokesThatItDoesNotKnowWith501AndNoBody) {
    for (const char* name :
         {"signin/verifyState", "fileConsent/invoke", "config/fetch", "noget/nyt", ""}) {
        const Decision decision =
            decided(teams_activity("1", "", {{"type", "invoke"}, {"name", name}}));
        EXPECT_EQ(std::get<Say>(decision).status, 501U) << name;
        EXPECT_TRUE(std::get<Say>(decision).body.is_null()) << name;
    }
}

TEST(Audience, AdministratorsAreKnownInTheirOwnChatAlone) {
    Options options = teams_options();
    options.staff = {{"0A0A0A0A-0000-0000-0000-000000000001", "karen"}};
    const auto staff = [&](const Json& more) {
        const Decision decision = decided(teams_activity("1", "/kilder", more), options);
        return parse_json(stored(decision).payload)->at("staff").get<std::string>();
    };
    EXPECT_EQ(staff(Json::object()), "karen");
    EXPECT_EQ(staff({{"from", {{"aadObjectId", "0b0a0a0a-0000-0000-0000-000000000001"}}}}), "");
    EXPECT_EQ(staff({{"from", {{"aadObjectId", nullptr}}}}), "");
    Json room = in_channel("19:room@thread.tacv2;messageid=1");
    room.merge_patch(mention("<at>Raadbot</at>"));
    room["text"] = "<at>Raadbot</at> /kilder";
    EXPECT_EQ(staff(room), "");
    Json group = {{"conversation", {{"id", "19:g@thread.v2"}, {"conversationType", "groupChat"}}}};
    group.merge_patch(mention("<at>Raadbot</at>"));
    group["text"] = "<at>Raadbot</at> /kilder";
    EXPECT_EQ(staff(group), "");

    test::FakeConversation conversation;
    const Decision decision = decided(teams_activity("1", "/kilder"), options);
    static_cast<void>(respond(stored(decision), {}, options, conversation, Timestamp{}));
    ASSERT_EQ(conversation.asked().size(), 1U);
    EXPECT_EQ(conversation.asked()[0].staff, "karen");
}

TEST(Audience, PeopleInTheirOwnChatRoomsInTheirs) {
    Options options = teams_options();
    const auto rule = [](auto&& set, const char* audience) {
        AudienceRule r;
        set(r);
        r.audiences = {Audience{audience}};
        return r;
    };
    options.audiences = {
        rule([](auto& r) { r.person = "0a0a0a0a-0000-0000-0000-000000000001"; }, "council"),
        rule([](auto& r) { r.team = "19:team@thread.tacv2"; }, "committee:tmu"),
        rule([](auto& r) { r.group = "99999999-0000-0000-0000-000000000001"; }, "council"),
        rule([](auto& r) { r.conversation = "19:secret@thread.tacv2"; }, "committee:oeu"),
    };
    const auto names = [&](const Json& more) {
        std::string out;
        for (const Audience& audience :
             audiences_of(read_activity(teams_activity("1", "x", more)), options.audiences)) {
            out += audience.value + " ";
        }
        return out;
    };
    EXPECT_EQ(names(Json::object()), "council public ");
    EXPECT_EQ(names({{"from", {{"aadObjectId", "0B0A0A0A-0000-0000-0000-000000000001"}}}}),
              "public ");
    // Two rules for one team: the least. The asker's own rule does not count where others read
    // along.
    EXPECT_EQ(names(in_channel("19:room@thread.tacv2;messageid=1")), "council public ");
    EXPECT_EQ(names(in_channel("19:secret@thread.tacv2;messageid=1")),
              "committee:oeu council public ");
    Json shared = in_channel("19:room@thread.tacv2;messageid=1");
    shared["channelData"]["channel"]["type"] = "shared";
    EXPECT_EQ(names(shared), "public ");
    EXPECT_EQ(
        names({{"conversation", {{"id", "19:g@thread.v2"}, {"conversationType", "groupChat"}}}}),
        "public ");
    EXPECT_EQ(room_audiences_of(read_activity(teams_activity("1", "x")), options.audiences),
              widen({Audience{}}));
}

TEST(Respond, PutsAnswerAndSourcesUnderTheQuestion) {
    test::FakeConversation conversation;
    const Decision decision = decided(teams_activity("1", "Hvad er vederlaget?"));
    delivery::Known known;
    known.asked = {{"0", "før"}, {"1", "det samme, før det blev rettet"}, {"2", "efter"}};
    const auto handling =
        respond(stored(decision), known, teams_options(), conversation, Timestamp{});
    EXPECT_EQ(handling.question, "1");
    ASSERT_EQ(handling.parts.size(), 2U);
    EXPECT_EQ(handling.parts[0].note, "a1");
    // Suggestions belong to the last message: the card has them.
    EXPECT_FALSE(parse_json(handling.parts[0].body).value().contains("suggestedActions"));
    Options without_cards = teams_options();
    without_cards.source_cards = false;
    const auto alone = respond(stored(decision), known, without_cards, conversation, Timestamp{});
    ASSERT_EQ(alone.parts.size(), 1U);
    EXPECT_TRUE(parse_json(alone.parts[0].body).value().contains("suggestedActions"));
    EXPECT_EQ(handling.remember, "Hvad er vederlaget?");
    EXPECT_EQ(conversation.asked()[0].previous, (std::vector<std::string>{"før"}));
    EXPECT_EQ(conversation.asked()[0].channel, "teams");
}

TEST(Respond, SaysMeanwhileWhatItIsDoingAndNeverTextOfAnAnswer) {
    const Options options = teams_options();
    const delivery::Event own = stored(decided(teams_activity("1", "Hvad er vederlaget?")));
    const auto first = meanwhile(own, 0, options), second = meanwhile(own, 1, options);
    EXPECT_EQ(first.question, "1");
    const Json step = parse_json(first.parts.at(0).body).value();
    EXPECT_EQ(step["type"], "typing");
    EXPECT_EQ(step["text"], card_texts("da").searching);
    EXPECT_EQ(parse_json(second.parts.at(0).body).value()["text"],
              card_texts("da").still_searching);
    EXPECT_TRUE(meanwhile(own, 2, options).question.empty());

    Json more = in_channel("19:x@thread.tacv2;messageid=1");
    more.update(mention("<at>Raadbot</at>"));
    const delivery::Event room =
        stored(decided(teams_activity("2", "<at>Raadbot</at> hvad blev besluttet?", more)));
    const Json words = parse_json(meanwhile(room, 0, options).parts.at(0).body).value();
    EXPECT_EQ(words["type"], "message");
    EXPECT_EQ(words["replyToId"], "2");
    EXPECT_FALSE(words.contains("entities"));
    EXPECT_TRUE(meanwhile(room, 1, options).question.empty());

    delivery::Event busy = own;
    busy.busy = true;
    EXPECT_TRUE(meanwhile(busy, 0, options).question.empty());
    const delivery::Event hello = stored(
        decided(teams_activity("3", "", {{"type", "installationUpdate"}, {"action", "add"}})));
    EXPECT_TRUE(meanwhile(hello, 0, options).question.empty());
}

TEST(Respond, MasksPersonalDataInWhatIsKept) {
    test::FakeConversation conversation;
    const auto handling =
        respond(stored(decided(teams_activity("1", "Hvad med 010190-1234 og a@b.dk?"))), {},
                teams_options(), conversation, Timestamp{});
    EXPECT_EQ(handling.remember.find("010190"), std::string::npos);
    EXPECT_EQ(handling.remember.find("a@b.dk"), std::string::npos);
}

TEST(Respond, SaysSoWhenThereIsTooMuchOrSomethingFailed) {
    test::FakeConversation conversation;
    delivery::Event event = stored(decided(teams_activity("1", "x")));
    event.busy = true;
    EXPECT_NE(respond(event, {}, teams_options(), conversation, Timestamp{})
                  .parts.at(0)
                  .body.find("Prøv igen om lidt"),
              std::string::npos);
    EXPECT_TRUE(conversation.asked().empty());
    EXPECT_NE(apologise(event, teams_options()).parts.at(0).body.find("noteret"),
              std::string::npos);
}

#ifdef RAADBOT_SHARED_DIR
// Activities captured from a real client: none fails, and each is what it is taken for.
TEST(Captured, EveryActivityIsHandled) {
    const std::string shared = RAADBOT_SHARED_DIR;
    const std::map<std::string, std::string> expected{
        {"conversationUpdate-channelCreated-channel", "ignore"},
        {"conversationUpdate-membersAdded-channel-user", "ignore"},
        {"conversationUpdate-membersAdded-channel", "greet"},
        {"conversationUpdate-membersAdded-groupChat", "greet"},
        {"conversationUpdate-membersAdded-personal", "greet"},
        {"conversationUpdate-membersRemoved-channel", "ignore"},
        {"handwritten-message-attachment-personal", "ask"},
        {"handwritten-messageReaction-personal", "rate"},
        {"handwritten-typing-personal", "ignore"},
        {"installationUpdate-add-channel", "greet"},
        {"installationUpdate-add-groupChat", "greet"},
        {"installationUpdate-add-personal", "greet"},
        {"installationUpdate-remove-personal", "forget"},
        {"invoke-adaptiveCard-action", "say 200"},
        {"invoke-composeExtension-fetchTask", "say 200"},
        {"invoke-composeExtension-query", "search"},
        {"invoke-composeExtension-queryLink", "say 200"},
        {"invoke-message-submitAction-like", "rate"},
        {"message-card-action-submit-personal", "ignore"},
        {"message-channel-mention-thread-reply", "ask"},
        {"message-channel-mention", "ask"},
        {"message-groupChat-mention", "ask"},
        {"message-personal", "ask"},
    };
    std::size_t seen = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(shared + "/suites/teams-activities")) {
        const std::string name = entry.path().stem().string();
        if (entry.path().extension() != ".json" || name.starts_with("_")) continue;
        std::ifstream file(entry.path());
        const auto json = parse_json(std::string((std::istreambuf_iterator<char>(file)), {}));
        ASSERT_TRUE(json) << name;
        const Activity activity = read_activity(*json);
        const Decision decision = decided(*json);
        std::string what = "ignore";
        if (std::holds_alternative<Store>(decision)) what = kind(decision);
        if (std::holds_alternative<Rate>(decision)) what = "rate";
        if (std::holds_alternative<Search>(decision)) what = "search";
        if (const auto* say = std::get_if<Say>(&decision))
            what = "say " + std::to_string(say->status);
        ASSERT_TRUE(expected.contains(name)) << name;
        EXPECT_EQ(what, expected.at(name)) << name;
        if (name.starts_with("message-channel-mention")) {
            EXPECT_NE(reply_conversation(activity).find(";messageid="), std::string::npos);
            EXPECT_EQ(activity.text.find("<at>"), std::string::npos);
        }
        ++seen;
    }
    EXPECT_EQ(seen, expected.size());
}
#endif

}  // namespace
}  // namespace raadbot::teams
