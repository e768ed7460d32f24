// Bytes to events: what clients of all ages and hostile ones send.
#include "adapters/matrix/codec.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

const Self self{UserId{bot_id}, "Raadbot"};

template <class T>
T content_of(const Json& json) {
    const auto event = parse_event(json.dump());
    EXPECT_TRUE(event) << json;
    if (!event || !std::holds_alternative<T>(event->content)) {
        ADD_FAILURE() << "other content: " << json;
        return T{};
    }
    return std::get<T>(event->content);
}

bool is_ignored(const Json& json) {
    const auto event = parse_event(json.dump());
    return event && std::holds_alternative<Ignored>(event->content);
}

TEST(Ids, AreOpaqueButBounded) {
    EXPECT_TRUE(parse_room_id(
        "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM"));  // Room version 12: no server.
    EXPECT_TRUE(parse_room_id("!a:b"));
    EXPECT_FALSE(parse_room_id("!"));
    EXPECT_FALSE(parse_room_id("#a:b"));
    EXPECT_FALSE(parse_room_id("!" + std::string(255, 'a')));
    EXPECT_FALSE(parse_room_id("!a\nb"));
    EXPECT_FALSE(parse_event_id(""));
    EXPECT_FALSE(parse_user_id("@a"));
    EXPECT_FALSE(parse_user_id("@a:"));
    EXPECT_FALSE(parse_user_id("@a b:c"));
    EXPECT_EQ(server_of(UserId{"@a:b.dk:8448"}), "b.dk:8448");
    EXPECT_EQ(localpart_of(UserId{"@a:b.dk:8448"}), "a");
}

TEST(Split, KeepsNeighboursOfBrokenEvents) {
    const auto events = split_transaction(
        R"( {"events" : [ {"a":"}]"} , {broken "x":} ,{"b":[1,{"c":"\""}]}], "ephemeral":[{}] } )");
    ASSERT_TRUE(events);
    ASSERT_EQ(events->size(), 3U);
    EXPECT_EQ((*events)[0], R"({"a":"}]"})");
    EXPECT_EQ((*events)[2], R"({"b":[1,{"c":"\""}]})");
}

TEST(Split, TakesNoEventsAsNone) {
    EXPECT_TRUE(split_transaction("{}")->empty());
    EXPECT_TRUE(split_transaction(R"({"events":[]})")->empty());
    EXPECT_TRUE(split_transaction(R"({"ephemeral":[{"type":"m.typing"}]})")->empty());
}

TEST(Split, RefusesWhatIsNoTransaction) {
    for (const char* body :
         {"", "null", "[]", "{", R"({"events")", R"({"events":})", R"({"events":{}})",
          R"({"events":[{})", R"({"events":[{}]}x)", R"({"events":[{} {}]})", "\"events\""}) {
        EXPECT_FALSE(split_transaction(body)) << body;
    }
    std::string many = R"({"events":[{})";
    for (int i = 0; i < 1'000; ++i) many += ",{}";
    EXPECT_EQ(split_transaction(many + "]}").error().code, ErrorCode::too_large);
}

TEST(ParseEvent, NeedsIds) {
    const Json good = text_event("$e", "!r", lone, "hej");
    EXPECT_TRUE(parse_event(good.dump()));
    for (const char* field : {"event_id", "room_id", "sender"}) {
        Json bad = good;
        bad.erase(field);
        EXPECT_FALSE(parse_event(bad.dump())) << field;
        for (const Json& wrong :
             {Json(5), Json(nullptr), Json::array(), Json::object(), Json(""), Json("x")}) {
            bad[field] = wrong;
            EXPECT_FALSE(parse_event(bad.dump())) << bad;
        }
    }
}

TEST(ParseEvent, SurvivesWrongTypesEverywhere) {
    const Json wrongs[] = {
        5, -1.5, nullptr, true, "x", Json::array({1}), Json{{"a", 1}}, std::string(70'000, 'x')};
    const Json samples[] = {
        mention("$e", "!r", lone, "hvad?"),
        event("m.reaction", "$e", "!r", lone,
              {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", "$a"}, {"key", "x"}}}}),
        event("m.room.redaction", "$e", "!r", lone, {{"redacts", "$a"}}),
        member(bot_id, "invite", "!r"),
        state("m.room.tombstone", "", "!r", lone, {{"replacement_room", "!n"}}),
    };
    for (const Json& sample : samples) {
        for (const auto& [name, value] : sample.items()) {
            for (const Json& wrong : wrongs) {
                Json bad = sample;
                bad[name] = wrong;
                (void)parse_event(bad.dump());
            }
        }
        for (const auto& [name, value] : sample["content"].items()) {
            for (const Json& wrong : wrongs) {
                Json bad = sample;
                bad["content"][name] = wrong;
                EXPECT_TRUE(parse_event(bad.dump())) << bad;
            }
        }
    }
}

TEST(ParseEvent, RefusesHugeDeepAndBrokenOnes) {
    EXPECT_EQ(
        parse_event(text_event("$e", "!r", lone, std::string(300'000, 'x')).dump()).error().code,
        ErrorCode::too_large);
    std::string deep = text_event("$e", "!r", lone, "x").dump();
    deep.insert(1, "\"z\":" + std::string(1'000, '[') + std::string(1'000, ']') + ",");
    EXPECT_EQ(parse_event(deep).error().code, ErrorCode::too_large);
    std::string nul = text_event("$e", "!r", lone, "x").dump();
    EXPECT_FALSE(parse_event(nul + std::string(1, '\0')));
    EXPECT_FALSE(parse_event("{\"event_id\":\"$\xff\"}"));
    EXPECT_FALSE(parse_event(
        R"({"event_id":"$e","room_id":"!r","sender":"@a:b","content":{"body":"\ud800"}})"));
}

TEST(ParseEvent, KnowsStateByItsKeyNotItsType) {
    Json odd = event("m.room.message", "$e", "!r", lone, {{"msgtype", "m.text"}, {"body", "x"}});
    odd["state_key"] = "";
    (void)content_of<OtherState>(odd);
    EXPECT_TRUE(is_ignored(event("m.room.member", "$e", "!r", lone, {{"membership", "join"}})));
}

TEST(ParseEvent, ReadsRedactionsOldAndNew) {
    EXPECT_EQ(
        content_of<Redaction>(event("m.room.redaction", "$e", "!r", lone, {{"redacts", "$new"}}))
            .redacts.value,
        "$new");
    Json old = event("m.room.redaction", "$e", "!r", lone, Json::object());
    old["redacts"] = "$old";
    EXPECT_EQ(content_of<Redaction>(old).redacts.value, "$old");
    old["content"]["redacts"] = "$new";
    EXPECT_EQ(content_of<Redaction>(old).redacts.value, "$new");
    EXPECT_TRUE(is_ignored(event("m.room.redaction", "$e", "!r", lone, Json::object())));
}

TEST(ParseEvent, LeavesRedactedMessagesAlone) {
    Json gone = text_event("$e", "!r", lone, "x");
    gone["unsigned"]["redacted_because"] = {{"type", "m.room.redaction"}};
    EXPECT_TRUE(is_ignored(gone));
}

TEST(ParseEvent, ReadsEdits) {
    Json edit = text_event("$e", "!r", lone, "* Raadbot: nyt");
    edit["content"]["m.mentions"] = Json::object();
    edit["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", "$orig"}};
    EXPECT_TRUE(is_ignored(edit));  // Without new content there is nothing to put in place.
    edit["content"]["m.new_content"] = {
        {"msgtype", "m.text"}, {"body", "Raadbot: nyt"}, {"m.mentions", {{"user_ids", {bot_id}}}}};
    const auto message = content_of<RoomMessage>(edit);
    EXPECT_EQ(message.relation.kind, Relation::Kind::replace);
    EXPECT_EQ(message.relation.target->value, "$orig");
    EXPECT_EQ(question_of(message.text, self), "nyt");
    EXPECT_TRUE(mentions(message.text, self));
    EXPECT_TRUE(message.new_mentions.users.empty());
}

TEST(ParseStanding, PutsTheSendersNewestEditInPlace) {
    Json question = mention("$q", "!r", lone, "hvad koster hallen?");
    question["content"]["m.relates_to"] = {{"rel_type", "m.thread"}, {"event_id", "$root"}};
    const auto text = [](const Result<Event>& event) {
        return std::get<RoomMessage>(event->content).text.body;
    };
    EXPECT_EQ(text(parse_standing(question.dump())), "Raadbot: hvad koster hallen?");
    Json edit = text_event("$e", "!r", lone, "* nyt");
    edit["origin_server_ts"] = 17;
    edit["content"]["m.new_content"] = {
        {"msgtype", "m.text"},
        {"body", "nyt"},
        {"m.relates_to", {{"rel_type", "m.thread"}, {"event_id", "$andet"}}}};
    Json& newest = question["unsigned"]["m.relations"]["m.replace"];
    newest = edit;
    const auto standing = parse_standing(question.dump());
    EXPECT_EQ(text(standing), "nyt");
    EXPECT_EQ(standing->id.value, "$q");
    EXPECT_EQ(standing->sent_ms, 17);
    EXPECT_EQ(std::get<RoomMessage>(standing->content).relation.target, EventId{"$root"});
    EXPECT_EQ(unseen_edit_of(question.dump()), std::nullopt);

    newest = {{"event_id", "$e"}, {"sender", lone}};  // As homeservers said it before.
    EXPECT_EQ(unseen_edit_of(question.dump()), EventId{"$e"});
    EXPECT_EQ(text(parse_standing(question.dump(), edit.dump())), "nyt");
    EXPECT_EQ(text(parse_standing(question.dump())), "Raadbot: hvad koster hallen?");
    edit["sender"] = bo;
    EXPECT_EQ(text(parse_standing(question.dump(), edit.dump())), "Raadbot: hvad koster hallen?");
    for (const Json& odd : {Json(5), Json::array(), Json{{"content", 5}},
                            Json{{"content", {{"m.new_content", "x"}}}}}) {
        newest = odd;
        EXPECT_EQ(text(parse_standing(question.dump(), "{")), "Raadbot: hvad koster hallen?");
    }
    EXPECT_FALSE(parse_standing("{}"));
    EXPECT_EQ(unseen_edit_of("["), std::nullopt);
}

TEST(ParseEvent, ReadsThreadsAndReplies) {
    Json threaded = text_event("$e", "!r", lone, "x");
    threaded["content"]["m.relates_to"] = {{"rel_type", "m.thread"},
                                           {"event_id", "$root"},
                                           {"is_falling_back", true},
                                           {"m.in_reply_to", {{"event_id", "$last"}}}};
    auto relation = content_of<RoomMessage>(threaded).relation;
    EXPECT_EQ(relation.kind, Relation::Kind::thread);
    EXPECT_EQ(relation.target->value, "$root");
    EXPECT_EQ(relation.reply_to->value, "$last");
    EXPECT_TRUE(relation.falling_back);

    Json reply =
        text_event("$e", "!r", lone, "> <@raadbot:egelund.example> gammelt\n> svar\n\nog hvad så?");
    reply["content"]["m.relates_to"] = {{"m.in_reply_to", {{"event_id", "$last"}}}};
    reply["content"]["format"] = "org.matrix.custom.html";
    reply["content"]["formatted_body"] =
        "<mx-reply><blockquote><a "
        "href=\"https://matrix.to/#/@raadbot:egelund.example\">x</a></blockquote></mx-reply>og "
        "hvad så?";
    const auto message = content_of<RoomMessage>(reply);
    EXPECT_EQ(message.relation.kind, Relation::Kind::none);
    EXPECT_EQ(message.text.body, "og hvad så?");
    EXPECT_EQ(message.text.formatted_body, "og hvad så?");
    EXPECT_FALSE(mentions(message.text, self));  // Only the quote named the bot.

    Json strange = text_event("$e", "!r", lone, "x");
    strange["content"]["m.relates_to"] = {{"rel_type", "org.example.x"}, {"event_id", "$a"}};
    EXPECT_EQ(content_of<RoomMessage>(strange).relation, Relation{});
}

TEST(ParseEvent, ReadsReactionsWithoutDecoration) {
    const auto key = [](const char* emoji) {
        return content_of<Reaction>(
                   event("m.reaction", "$e", "!r", lone,
                         {{"m.relates_to",
                           {{"rel_type", "m.annotation"}, {"event_id", "$a"}, {"key", emoji}}}}))
            .key;
    };
    EXPECT_EQ(key("👍"), "👍");
    EXPECT_EQ(key("👍️"), "👍");   // U+FE0F
    EXPECT_EQ(key("👍🏽"), "👍");  // A skin tone.
    EXPECT_EQ(key("👎🏿️"), "👎");
    EXPECT_TRUE(
        is_ignored(event("m.reaction", "$e", "!r", lone,
                         {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", "$a"}}}})));
}

TEST(ParseEvent, ReadsInvitesAndTombstones) {
    Json invite = member(bot_id, "invite", "!r");
    invite["content"]["is_direct"] = true;
    const auto change = content_of<MemberChange>(invite);
    EXPECT_TRUE(change.is_direct);
    EXPECT_EQ(change.membership, Membership::invite);
    EXPECT_EQ(content_of<Tombstone>(state("m.room.tombstone", "", "!r", lone,
                                          {{"replacement_room", "!31hneApxJ_1o"}}))
                  .replacement.value,
              "!31hneApxJ_1o");
    (void)content_of<OtherState>(
        state("m.room.tombstone", "", "!r", lone, {{"replacement_room", ""}}));
    (void)content_of<EncryptionEnabled>(
        state("m.room.encryption", "", "!r", lone, {{"algorithm", "m.megolm.v1.aes-sha2"}}));
}

struct Case {
    const char* body;
    const char* html;
    int given;  // m.mentions: 0 absent, 1 empty, 2 names the bot, 3 names another.
    bool meant;
    const char* question;
};

TEST(Mentions, AreFoundAsClientsWriteThem) {
    const Case cases[] = {
        {"Raadbot: hvad koster hallen?", "", 2, true, "hvad koster hallen?"},
        {"Hvad koster hallen, Raadbot?",
         "Hvad koster hallen, <a "
         "href=\"https://matrix.to/#/@raadbot:egelund.example\">Raadbot</a>?",
         2, true, "Hvad koster hallen, ?"},
        {"Raadbot: hvad?", "", 1, true, "hvad?"},  // Typed, by a client that then sends no ids.
        {"Raadbot svarede forkert", "", 1, false, nullptr},  // About it, not to it.
        {"Raadbot: hvad?", "", 3, false, nullptr},
        {"raadbot hvad koster hallen", "", 0, true, "hvad koster hallen"},
        {"@raadbot hvad?", "", 0, true, "hvad?"},
        {"@raadbot:egelund.example hvad?", "", 0, true, "hvad?"},
        {"@raadbot:egelund.example: hvad?", "", 1, true, "hvad?"},
        {"Spørg @raadbot:egelund.example om det", "", 0, true, "Spørg  om det"},
        {"Raadbotten er nede", "", 0, false, nullptr},
        {"hvad?", "", 0, false, nullptr},
        {"hvad?", "<a href='https://matrix.to/#/%40raadbot%3Aegelund.example'>Raadbot</a> hvad?", 0,
         true, "hvad?"},
        {"hvad?", "<a href=\"https://matrix.to/#/@raadbot:andet.example\">Raadbot</a> hvad?", 0,
         false, nullptr},
        {"Raadbot:\xc2\xa0hvad?", "", 2, true, "hvad?"},
        {"Raadbot", "", 2, true, ""},
        {"", "", 2, true, ""},
    };
    for (const Case& c : cases) {
        Text text;
        text.body = c.body;
        text.formatted_body = c.html;
        text.mentions.given = c.given > 0;
        if (c.given == 2) text.mentions.users = {UserId{bot_id}};
        if (c.given == 3) text.mentions.users = {UserId{bo}};
        EXPECT_EQ(mentions(text, self), c.meant) << c.body;
        if (c.question != nullptr) {
            EXPECT_EQ(question_of(text, self), c.question) << c.body;
        }
    }
}

TEST(Mentions, IgnoreTheWholeRoom) {
    Json all = text_event("$e", "!r", lone, "@room hvad?");
    all["content"]["m.mentions"] = {{"room", true}};
    EXPECT_FALSE(mentions(content_of<RoomMessage>(all).text, self));
}

TEST(Question, IsCutAtACharacter) {
    Text text;
    for (int i = 0; i < 3'000; ++i) text.body += "ø";
    const std::string question = question_of(text, self);
    EXPECT_EQ(question.size(), 4'000U);
    EXPECT_EQ(static_cast<unsigned char>(question.back()), 0xb8);
}

}  // namespace
}  // namespace raadbot::matrix
