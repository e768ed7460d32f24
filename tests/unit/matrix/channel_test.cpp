// The whole channel over a homeserver in memory.
#include "adapters/matrix/channel.hpp"

#include <gtest/gtest.h>

#include "tests/support/matrix_bot.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

constexpr const char* room = "!r:egelund.example";

Json thread_of(Json message, const std::string& root) {
    message["content"]["m.relates_to"] = {{"rel_type", "m.thread"},
                                          {"event_id", root},
                                          {"is_falling_back", true},
                                          {"m.in_reply_to", {{"event_id", root}}}};
    return message;
}

Json edit_of(const std::string& original, const std::string& id, const std::string& body,
             const std::string& sender = lone) {
    Json out = text_event(id, room, sender, "* " + body);
    out["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", original}};
    out["content"]["m.new_content"] = {
        {"msgtype", "m.text"}, {"body", body}, {"m.mentions", {{"user_ids", {bot_id}}}}};
    return out;
}

TEST(Channel, AnswersAMentionAsAReply) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    EXPECT_EQ(bot.receive({mention("$q", room, lone, "hvad koster hallen?")}), 200U);
    const auto standing = bot.homeserver->standing(room);
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_EQ(standing[0]["m.relates_to"]["m.in_reply_to"]["event_id"], "$q");
    EXPECT_EQ(standing[0]["msgtype"], "m.notice");
    ASSERT_EQ(bot.conversation.asked.size(), 1U);
    EXPECT_EQ(bot.conversation.asked[0].text, "hvad koster hallen?");
    EXPECT_EQ(bot.conversation.asked[0].channel, "matrix");
    EXPECT_EQ(bot.conversation.asked[0].audiences, std::vector<Audience>{Audience{}});
    EXPECT_EQ(bot.homeserver->read_up_to, "$q");
}

TEST(Channel, KnowsAdministratorsWhereNobodyElseIs) {
    Options options = matrix_options();
    options.staff = {{lone, "karen"}};
    MatrixBot bot(options);
    const auto staff_in = [&](const std::string& where, const std::vector<std::string>& people,
                              const std::string& who, const std::vector<Json>& more = {}) {
        bot.homeserver->add_room(where, people, more);
        bot.receive({mention("$" + where, where, who, "/kilder")});
        return bot.conversation.asked.empty() ? "none" : bot.conversation.asked.back().staff;
    };
    EXPECT_EQ(staff_in("!alone:egelund.example", {lone}, lone), "karen");
    EXPECT_EQ(bot.conversation.asked.back().text, "/kilder");
    EXPECT_EQ(staff_in("!bo:egelund.example", {bo}, bo), "");
    EXPECT_EQ(staff_in("!two:egelund.example", {lone, bo}, lone), "");
    EXPECT_EQ(staff_in("!open:egelund.example", {lone}, lone,
                       {test::state("m.room.history_visibility", "", "!open:egelund.example", lone,
                                    {{"history_visibility", "world_readable"}})}),
              "");
    EXPECT_EQ(bot.conversation.asked.size(), 4U);
}

TEST(Channel, TakesEachEventOnceWhateverTheTransaction) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    const Json question = mention("$q", room, lone, "hvad koster hallen?");
    for (int n = 0; n < 3; ++n) EXPECT_EQ(bot.receive({question}), 200U);
    EXPECT_EQ(bot.receive({question, mention("$q2", room, lone, "hallen")}), 200U);
    bot.stop();
    bot.start();
    EXPECT_EQ(bot.receive({question}), 200U);
    EXPECT_EQ(bot.homeserver->standing(room).size(), 2U);
}

TEST(Channel, PostsOnceWhenTheAnswerToASendIsLost) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.homeserver->lose_next_answer = true;
    bot.receive({mention("$q", room, lone, "hvad?")});
    EXPECT_EQ(bot.homeserver->standing(room).size(), 1U);
    EXPECT_EQ(bot.homeserver->repeats, 1);
}

TEST(Channel, WaitsOutLimitsAndFailures) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.homeserver->fail_next({ApiError::Kind::server, 502, {}, {}, "down"},
                              2);  // Asked for the room's state.
    bot.receive({mention("$q", room, lone, "hvad?")});
    EXPECT_EQ(bot.homeserver->standing(room).size(), 1U);
    bot.homeserver->fail_next(
        {ApiError::Kind::limited, 429, "M_LIMIT_EXCEEDED", std::chrono::milliseconds(20), "slow"},
        2);
    bot.homeserver->fail_next({ApiError::Kind::not_sent, 0, {}, {}, "no connection"}, 2);
    bot.homeserver->fail_next({ApiError::Kind::server, 504, {}, {}, "slow"});
    bot.receive({mention("$q2", room, lone, "hvad?")});
    EXPECT_EQ(bot.homeserver->standing(room).size(), 2U);
    EXPECT_EQ(bot.delivery->figures().failed, 0U);
}

TEST(Channel, EditsTheAnswerWithTheQuestion) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$q", room, lone, "hvad koster hallen?")});
    bot.receive({edit_of("$q", "$e1", "Raadbot: hvad koster en svømmehal?")});
    auto standing = bot.homeserver->standing(room);
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_EQ(standing[0]["body"].get<std::string>().find("Det svarer kommunens"), 0U);
    bot.receive({edit_of("$q", "$e2", "Raadbot: hallen", bo)});  // Somebody else's edit.
    EXPECT_EQ(bot.homeserver->standing(room), standing);
    EXPECT_EQ(bot.homeserver->all_sent().size(), 2U);
}

TEST(Channel, AnswersOnceWhenQuestionAndEditsComeTogether) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$q", room, lone, "hvad koster hallen?"),
                 edit_of("$q", "$e1", "Raadbot: hallen"),
                 edit_of("$q", "$e2", "Raadbot: hvad koster en svømmehal?")});
    const auto standing = bot.homeserver->standing(room);
    ASSERT_EQ(standing.size(), 1U);
    EXPECT_EQ(standing[0]["body"].get<std::string>().find("Det svarer kommunens"), 0U);
}

TEST(Channel, RedactsTheAnswerWithTheQuestion) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive(
        {mention("$q", room, lone, "hvad koster hallen?"), mention("$q2", room, lone, "hallen")});
    bot.receive({event("m.room.redaction", "$x", room, lone, {{"redacts", "$q"}})});
    EXPECT_EQ(bot.homeserver->standing(room).size(), 1U);
    bot.receive({mention("$q3", room, lone, "og hvad så?")});
    // The withdrawn question is no longer remembered for follow-ups.
    EXPECT_EQ(bot.conversation.asked.back().previous, std::vector<std::string>{"hallen"});
}

TEST(Channel, RedactsEvenWhenQuestionAndRedactionComeTogether) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$q", room, lone, "hvad koster hallen?"),
                 event("m.room.redaction", "$x", room, lone, {{"redacts", "$q"}})});
    EXPECT_TRUE(bot.homeserver->standing(room).empty());
}

TEST(Channel, AnswersWhatStandsWhenAnEditIsRedacted) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    const Json question = mention("$q", room, lone, "hvad koster hallen?");
    const Json first = edit_of("$q", "$e1", "Raadbot: hvad koster en svømmehal?");
    // One after the other: what is replaced before it went out is not sent at all.
    bot.receive({question});
    bot.receive({first});
    bot.receive({edit_of("$q", "$e2", "Raadbot: hallen")});
    const auto body = [&] {
        const auto standing = bot.homeserver->standing(room);
        return standing.size() == 1 ? standing[0]["body"].get<std::string>() : std::string();
    };
    const auto redacts = [&](const char* id, const char* what) {
        return event("m.room.redaction", id, room, lone, {{"redacts", what}});
    };
    Json bundled = question;
    bundled["unsigned"]["m.relations"]["m.replace"] = first;
    bot.homeserver->events["$q"] = bundled;
    bot.receive({redacts("$x2", "$e2")});
    EXPECT_EQ(body().find("Det svarer kommunens"), 0U) << body();
    bot.homeserver->events["$q"] = question;
    bot.receive({redacts("$x1", "$e1"), redacts("$x1", "$e1")});
    EXPECT_NE(body().find("42,0 mio. kr."), std::string::npos) << body();
    EXPECT_EQ(bot.conversation.asked.size(), 5U);
    EXPECT_EQ(bot.homeserver->all_sent().size(), 5U);
    // With the question everything goes, and no event of a person's is touched.
    bot.receive({redacts("$x0", "$q")});
    EXPECT_TRUE(bot.homeserver->standing(room).empty());
    bot.receive({redacts("$x3", "$e2")});
    EXPECT_EQ(bot.conversation.asked.size(), 5U);
    EXPECT_EQ(bot.delivery->figures().failed, 0U);
}

TEST(Channel, WithdrawsWhenOnlyTheRedactedEditNamedIt) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    const Json chatter = text_event("$q", room, lone, "hvad koster hallen?");
    Json edit = edit_of("$q", "$e1", "Raadbot: hvad koster hallen?");
    edit["content"]["m.mentions"] = {{"user_ids", {bot_id}}};
    bot.receive({chatter, edit});
    ASSERT_EQ(bot.homeserver->standing(room).size(), 1U);
    bot.homeserver->events["$q"] = chatter;
    bot.receive({event("m.room.redaction", "$x", room, lone, {{"redacts", "$e1"}})});
    EXPECT_TRUE(bot.homeserver->standing(room).empty());
}

TEST(Channel, AsksAgainWhileTheHomeserverCannotSayWhatStands) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    const Json question = mention("$q", room, lone, "hvad koster hallen?");
    bot.receive({question, edit_of("$q", "$e1", "Raadbot: hallen")});
    bot.homeserver->events["$q"] = question;
    bot.homeserver->fail_next({ApiError::Kind::server, 502, {}, {}, "502"}, 2);
    bot.receive({event("m.room.redaction", "$x", room, lone, {{"redacts", "$e1"}})});
    ASSERT_EQ(bot.homeserver->standing(room).size(), 1U);
    EXPECT_EQ(bot.conversation.asked.back().text, "hvad koster hallen?");
}

TEST(Channel, KeepsFollowUpsApart) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$1", room, lone, "hallen"), mention("$2", room, bo, "parkering"),
                 thread_of(mention("$3", room, lone, "i tråden"), "$root")});
    bot.receive({mention("$4", room, lone, "og hvad så?")});
    EXPECT_EQ(bot.conversation.asked.back().previous, std::vector<std::string>{"hallen"});
    bot.receive({mention("$5", room, bo, "og hvad så?")});
    EXPECT_EQ(bot.conversation.asked.back().previous, std::vector<std::string>{"parkering"});
    bot.receive({thread_of(mention("$6", room, bo, "og hvad så?"), "$root")});
    EXPECT_EQ(bot.conversation.asked.back().previous, std::vector<std::string>{"i tråden"});
}

TEST(Channel, AnswersInThreads) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({thread_of(mention("$1", room, lone, "hvad?"), "$root")});
    bot.receive({mention("$2", room, lone, "hvad?")});
    const std::string own = bot.homeserver->all_sent().back().event;
    bot.receive({thread_of(text_event("$3", room, bo, "og hvornår?"),
                           own)});  // Its own thread: no name needed.
    bot.receive({thread_of(text_event("$4", room, bo, "og hvornår?"), "$other")});  // Not its.
    const auto standing = bot.homeserver->standing(room);
    ASSERT_EQ(standing.size(), 3U);
    EXPECT_EQ(standing[0]["m.relates_to"]["event_id"], "$root");
    EXPECT_EQ(standing[0]["m.relates_to"]["rel_type"], "m.thread");
    EXPECT_FALSE(standing[1]["m.relates_to"].contains("rel_type"));
    EXPECT_EQ(standing[2]["m.relates_to"]["event_id"], own);
}

TEST(Channel, JoinsIntroducesItselfOnceAndLeavesWhenAlone) {
    MatrixBot bot;
    bot.receive({member(bot_id, "invite", room)});
    EXPECT_EQ(bot.homeserver->joined, std::vector<std::string>{room});
    bot.homeserver->add_room(room, {lone});
    bot.receive({member(bot_id, "join", room, bot_id)});
    bot.receive({member(bot_id, "join", room, bot_id)});  // A change of its display name.
    ASSERT_EQ(bot.homeserver->standing(room).size(), 1U);
    EXPECT_NE(
        bot.homeserver->standing(room)[0]["body"].get<std::string>().find("kunstig intelligens"),
        std::string::npos);
    bot.homeserver->add_room(room, {});
    bot.receive({member(lone, "leave", room)});
    EXPECT_EQ(bot.homeserver->left, std::vector<std::string>{room});
}

TEST(Channel, DeclinesStrangers) {
    MatrixBot bot;
    bot.receive({member(bot_id, "invite", room, "@fremmed:andet.example")});
    EXPECT_TRUE(bot.homeserver->joined.empty());
    EXPECT_EQ(bot.homeserver->left, std::vector<std::string>{room});
}

TEST(Channel, SaysOncePerRoomThatItCannotReadItAndGoes) {
    MatrixBot bot;
    const auto encryption = [] {
        return test::state("m.room.encryption", "", room, lone,
                           {{"algorithm", "m.megolm.v1.aes-sha2"}});
    };
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({encryption()});
    EXPECT_EQ(bot.homeserver->all_sent().size(), 1U);
    EXPECT_EQ(bot.homeserver->left.size(), 1U);
    bot.homeserver->add_room(room, {lone, bo}, {encryption()});
    bot.receive({member(bot_id, "join", room, bot_id)});
    bot.receive(
        {event("m.room.encrypted", "$e", room, lone, {{"algorithm", "m.megolm.v1.aes-sha2"}})});
    EXPECT_EQ(bot.homeserver->all_sent().size(), 1U);
    EXPECT_EQ(bot.homeserver->left.size(), 3U);
}

TEST(Channel, FollowsAnUpgradeWithItsAudience) {
    Options options = matrix_options();
    options.audiences = {{.room = room, .audiences = {Audience{"council"}}}};
    MatrixBot bot(options);
    constexpr const char* fresh = "!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM";
    const Json tombstone =
        test::state("m.room.tombstone", "", room, lone, {{"replacement_room", fresh}});
    bot.homeserver->add_room(room, {lone, bo}, {tombstone});
    bot.receive({tombstone});
    EXPECT_EQ(bot.homeserver->joined, std::vector<std::string>{fresh});
    const Json create =
        test::state("m.room.create", "", fresh, lone, {{"predecessor", {{"room_id", room}}}});
    bot.homeserver->add_room(fresh, {lone, bo}, {create});
    bot.receive({member(bot_id, "join", fresh, bot_id), mention("$q", fresh, lone, "hvad?")});
    EXPECT_EQ(bot.homeserver->standing(fresh).size(), 1U);  // No second introduction.
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 2U);

    // A room that only claims to continue it.
    bot.homeserver->add_room("!falsk", {lone, bo}, {create});
    bot.receive({mention("$q2", "!falsk", lone, "hvad?")});
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 1U);
}

TEST(Channel, LooksThroughTheSpaceThatLetsPeopleIn) {
    constexpr const char* space = "!space";
    Options options = matrix_options();
    options.audiences = {{.space = space, .audiences = {Audience{"council"}}}};
    MatrixBot bot(options);
    const std::vector<Json> of_space = {
        test::state("m.room.create", "", space, lone, {{"type", "m.space"}}),
        test::state("m.space.child", room, space, lone, {{"via", {"egelund.example"}}})};
    const Json rule =
        test::state("m.room.join_rules", "", room, lone,
                    {{"join_rule", "restricted"},
                     {"allow", {{{"type", "m.room_membership"}, {"room_id", space}}}}});
    bot.homeserver->add_room(space, {lone, bo}, of_space);
    bot.homeserver->add_room(room, {lone, bo}, {rule});
    bot.receive({mention("$1", room, lone, "hvad?")});
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 2U);
    // A guest in the space could walk into the room.
    bot.homeserver->add_room(space, {lone, bo, "@gaest:andet.example"}, of_space);
    bot.receive(
        {member("@gaest:andet.example", "join", space), mention("$2", room, lone, "hvad?")});
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 1U);
}

TEST(Channel, LearnsAtOnceWhenAGuestComesIn) {
    Options options = matrix_options();
    options.audiences = {{.room = room, .audiences = {Audience{"council"}}}};
    MatrixBot bot(options);
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$q", room, lone, "hvad?")});
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 2U);
    bot.receive({mention("$q2", room, lone, "hvad?")});
    EXPECT_EQ(bot.homeserver->state_calls, 1);
    bot.homeserver->add_room(room, {lone, bo, "@gaest:andet.example"});
    bot.receive(
        {member("@gaest:andet.example", "join", room), mention("$q3", room, lone, "hvad?")});
    EXPECT_EQ(bot.conversation.asked.back().audiences.size(), 1U);
}

TEST(Channel, KeepsThumbs) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$q", room, lone, "hvad koster hallen?")});
    const std::string own = bot.homeserver->all_sent().back().event;
    const auto react = [&](const char* id, const char* key) {
        return event(
            "m.reaction", id, room, bo,
            {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", own}, {"key", key}}}});
    };
    bot.receive(
        {react("$1", "👍️"), react("$2", "👎"), react("$3", "🎉"), react("$1", "👍️")});
    ASSERT_EQ(bot.conversation.rated.size(), 2U);
    EXPECT_TRUE(bot.conversation.rated[0].helpful);
    EXPECT_FALSE(bot.conversation.rated[1].helpful);
    EXPECT_EQ(bot.conversation.rated[0].answer_id, rich_answer().answer_id);

    const auto redacts = [&](const char* id, const char* what) {
        return event("m.room.redaction", id, room, bo, {{"redacts", what}});
    };
    bot.receive({redacts("$x2", "$2"), redacts("$x2again", "$2"), redacts("$x3", "$3")});
    EXPECT_NE(bot.conversation.rated[0].key, bot.conversation.rated[1].key);
    EXPECT_EQ(bot.conversation.taken_back, std::vector<std::string>{bot.conversation.rated[1].key});
    bot.stop();
    bot.start();
    bot.receive({redacts("$x1", "$1")});
    ASSERT_EQ(bot.conversation.taken_back.size(), 2U);
    EXPECT_EQ(bot.conversation.taken_back[1], bot.conversation.rated[0].key);
    EXPECT_EQ(bot.homeserver->all_sent().size(), 1U) << "a thumb is not talked about";
}

TEST(Channel, IsNotStoppedByPoison) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    std::string body =
        transaction({mention("$1", room, lone, "hvad?"), text_event("$x", room, lone, "X"),
                     mention("$2", room, lone, "hallen")});
    body.replace(body.find("\"X\""), 3, R"("\ud800")");
    EXPECT_EQ(bot.receive_bytes(body), 200U);
    EXPECT_EQ(bot.homeserver->standing(room).size(), 2U);
    EXPECT_EQ(bot.channel->figures().unreadable, 1U);
}

TEST(Channel, StopsAnsweringWhoeverAsksTooMuch) {
    Options options = matrix_options();
    options.answers_per_minute = 3;
    MatrixBot bot(options);
    bot.homeserver->add_room(room, {lone, bo});
    std::vector<Json> many;
    for (int n = 0; n < 10; ++n)
        many.push_back(mention("$m" + std::to_string(n), room, lone, "hvad?"));
    many.push_back(mention("$bo", room, bo, "hvad?"));
    bot.receive(many);
    const auto standing = bot.homeserver->standing(room);
    ASSERT_EQ(standing.size(),
              5U);  // Three answers, one word about it, and the other person's answer.
    EXPECT_EQ(standing[3]["body"].get<std::string>().find("Du har stillet mange spørgsmål"), 0U);
    EXPECT_EQ(bot.channel->figures().over_limit, 7U);
}

TEST(Channel, DropsWhatWaitsForARoomThatTakesNothing) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$1", room, lone, "hvad?")});
    bot.homeserver->fail_next(FakeHomeserver::refused(403, "M_FORBIDDEN"));
    bot.receive({mention("$2", room, lone, "hvad?")});
    EXPECT_EQ(bot.delivery->figures().failed, 1U);
}

TEST(Channel, ExplainsItselfWhenOnlyNamed) {
    MatrixBot bot;
    bot.homeserver->add_room(room, {lone, bo});
    bot.receive({mention("$1", room, lone, "")});
    ASSERT_EQ(bot.homeserver->standing(room).size(), 1U);
    EXPECT_TRUE(bot.conversation.asked.empty());
}

}  // namespace
}  // namespace raadbot::matrix
