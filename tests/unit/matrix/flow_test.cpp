// Conduct, a decision a line.
#include "adapters/matrix/flow.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

const Self self{UserId{bot_id}, "Raadbot"};
constexpr const char* room_id = "!r";

class Flow : public ::testing::Test {
protected:
    Flow() {
        options.people = {"@ven:andet.example"};
        options.bots = {"@ekko:egelund.example"};
        room.id = RoomId{room_id};
        room.bot_is_in = true;
        room.joined = {lone, bo};
        memory.answer_to = [this](const RoomId&, const EventId& question) -> std::optional<Note> {
            const auto found = answers.find(question.value);
            return found == answers.end() ? std::nullopt : std::optional(found->second);
        };
        memory.own = [this](const RoomId&, const EventId& message) -> std::optional<Memory::Own> {
            const auto found = own.find(message.value);
            return found == own.end() ? std::nullopt : std::optional(found->second);
        };
        memory.followed = [this](const RoomId&,
                                 const EventId& event) -> std::optional<Memory::Own> {
            const auto found = followed.find(event.value);
            return found == followed.end() ? std::nullopt : std::optional(found->second);
        };
    }
    Decision decided(const Json& json, bool known_room = true) {
        const auto event = parse_event(json.dump());
        EXPECT_TRUE(event) << json;
        return decide(*event, self, options, known_room ? &room : nullptr, follows, memory,
                      noon_ms);
    }
    template <class T>
    bool leads_to(const Json& json) {
        return std::holds_alternative<T>(decided(json));
    }

    Options options = matrix_options();
    Room room;
    bool follows = false;
    Memory memory;
    std::map<std::string, Note> answers;
    std::map<std::string, Memory::Own> own, followed;
};

TEST_F(Flow, JoinsOnInvitationByThePermittedOnly) {
    const auto from = [](const char* sender) { return member(bot_id, "invite", room_id, sender); };
    EXPECT_TRUE(leads_to<Join>(from(lone)));
    EXPECT_TRUE(leads_to<Join>(from("@ven:andet.example")));
    for (const char* stranger :
         {"@fremmed:andet.example", "@lone:egelund.example.evil", "@ekko:egelund.example"}) {
        const Decision decision = decided(from(stranger));
        ASSERT_TRUE(std::holds_alternative<Leave>(decision)) << stranger;
        EXPECT_EQ(std::get<Leave>(decision).why, Leave::Why::not_invited);
    }
    EXPECT_EQ(std::get<Join>(decided(from(lone))).via, "egelund.example");
    EXPECT_TRUE(leads_to<Nothing>(member(bo, "invite", room_id)));
}

TEST_F(Flow, ComesIntoEncryptedRoomsToSayThatItCannotReadThem) {
    Json invite = member(bot_id, "invite", room_id);
    invite["unsigned"]["invite_room_state"] = Json::array({{{"type", "m.room.encryption"}}});
    EXPECT_TRUE(leads_to<Join>(invite));
    room.encrypted = true;
    EXPECT_TRUE(leads_to<ExplainEncryption>(member(bot_id, "join", room_id, bot_id)));
}

TEST_F(Flow, IntroducesItselfWhenIn) {
    const Json joined = member(bot_id, "join", room_id, bot_id);
    EXPECT_TRUE(leads_to<Introduce>(joined));
    room.is_space = true;
    EXPECT_TRUE(leads_to<Nothing>(joined));
    room.is_space = false;
    follows = true;  // The people of an upgraded room know it already.
    EXPECT_TRUE(leads_to<Nothing>(joined));
    room.encrypted = true;
    EXPECT_TRUE(leads_to<ExplainEncryption>(joined));
    EXPECT_TRUE(std::holds_alternative<Nothing>(decided(joined, false)));
}

TEST_F(Flow, AnswersWhenNamed) {
    const Decision decision = decided(mention("$q", room_id, lone, "hvad?"));
    ASSERT_TRUE(std::holds_alternative<Answer>(decision));
    EXPECT_EQ(std::get<Answer>(decision).text, "hvad?");
    EXPECT_EQ(std::get<Answer>(decision).question.value, "$q");
    EXPECT_FALSE(std::get<Answer>(decision).thread);
    EXPECT_TRUE(leads_to<Nothing>(text_event("$q", room_id, lone, "hvad?")));
}

TEST_F(Flow, AlwaysAnswersOnePerson) {
    room.joined = {lone};
    EXPECT_TRUE(leads_to<Answer>(text_event("$q", room_id, lone, "hvad?")));
}

TEST_F(Flow, AnswersInThreadsItBegan) {
    own["$svar"] = {"$q", to_json(Note{})};
    Json threaded = text_event("$q2", room_id, lone, "og hvad så?");
    threaded["content"]["m.relates_to"] = {{"rel_type", "m.thread"}, {"event_id", "$svar"}};
    const Decision decision = decided(threaded);
    ASSERT_TRUE(std::holds_alternative<Answer>(decision));
    EXPECT_EQ(std::get<Answer>(decision).thread->value, "$svar");
    threaded["content"]["m.relates_to"]["event_id"] = "$andet";
    EXPECT_TRUE(leads_to<Nothing>(threaded));
}

TEST_F(Flow, TakesAnOldClientsReplyAsAddress) {
    own["$svar"] = {"$q", to_json(Note{})};
    Json reply = text_event("$q2", room_id, lone, "og hvad så?");
    reply["content"]["m.relates_to"] = {{"m.in_reply_to", {{"event_id", "$svar"}}}};
    EXPECT_TRUE(leads_to<Answer>(reply));
    reply["content"]["m.mentions"] = Json::object();  // The asker took the name out on purpose.
    EXPECT_TRUE(leads_to<Nothing>(reply));
}

TEST_F(Flow, NeverAnswersItselfNoticesOrBots) {
    room.joined = {lone};
    EXPECT_TRUE(leads_to<Nothing>(text_event("$q", room_id, bot_id, "hvad?")));
    EXPECT_TRUE(
        leads_to<Nothing>(text_event("$q", room_id, "@ekko:egelund.example", "Raadbot: hvad?")));
    for (const char* type : {"m.notice", "m.emote", "m.image", "m.file", "m.location",
                             "m.server_notice", "org.example"}) {
        Json other = mention("$q", room_id, lone, "hvad?");
        other["content"]["msgtype"] = type;
        EXPECT_TRUE(leads_to<Nothing>(other)) << type;
    }
}

TEST_F(Flow, LeavesOldQuestionsAlone) {
    Json old = mention("$q", room_id, lone, "hvad?");
    old["origin_server_ts"] = noon_ms - 23 * 3'600'000LL;
    EXPECT_TRUE(leads_to<Answer>(old));
    old["origin_server_ts"] = noon_ms - 25 * 3'600'000LL;
    EXPECT_TRUE(leads_to<Nothing>(old));
}

TEST_F(Flow, AnswersEditsByTheAskerOnly) {
    answers["$q"] = {"a1", mark_of(UserId{lone}, EventId{"$q"}), noon_ms - 10, "$root"};
    Json edit = text_event("$edit", room_id, lone, "* Raadbot: nyt");
    edit["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", "$q"}};
    edit["content"]["m.new_content"] = {{"msgtype", "m.text"}, {"body", "Raadbot: nyt"}};
    const Decision decision = decided(edit);
    ASSERT_TRUE(std::holds_alternative<Answer>(decision));
    EXPECT_EQ(std::get<Answer>(decision).question.value, "$q");
    EXPECT_EQ(std::get<Answer>(decision).text, "nyt");
    EXPECT_EQ(std::get<Answer>(decision).thread->value, "$root");
    EXPECT_TRUE(std::get<Answer>(decision).is_edit);

    edit["sender"] = bo;  // Servers pass on anybody's; clients do not show it.
    EXPECT_TRUE(leads_to<Nothing>(edit));
    edit["sender"] = lone;
    edit["origin_server_ts"] = noon_ms - 11;  // An older edit that comes late.
    EXPECT_TRUE(leads_to<Nothing>(edit));
}

TEST_F(Flow, TakesAnEditOfAnUnansweredMessageOnlyWhenItNamesTheBot) {
    Json edit = text_event("$edit", room_id, lone, "* Raadbot: nyt");
    edit["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", "$q"}};
    edit["content"]["m.new_content"] = {{"msgtype", "m.text"}, {"body", "nyt"}};
    EXPECT_TRUE(leads_to<Nothing>(edit));
    edit["content"]["m.mentions"] = {{"user_ids", {bot_id}}};
    EXPECT_TRUE(leads_to<Answer>(edit));
}

TEST_F(Flow, WithdrawsWithTheQuestion) {
    EXPECT_TRUE(
        leads_to<Nothing>(event("m.room.redaction", "$r", room_id, lone, {{"redacts", "$q"}})));
    answers["$q"] = {};
    EXPECT_EQ(std::get<Withdraw>(
                  decided(event("m.room.redaction", "$r", room_id, lone, {{"redacts", "$q"}})))
                  .question.value,
              "$q");
    Json old = event("m.room.redaction", "$r", room_id, lone, Json::object());
    old["redacts"] = "$q";
    EXPECT_TRUE(leads_to<Withdraw>(old));
}

TEST_F(Flow, ReadsTheQuestionAgainWhenAnEditIsRedacted) {
    Note note;
    note.edits = {"$e1", "$e2"};
    answers["$q"] = note;
    followed["$e1"] = {"$q", to_json(Note{.edits = {"$e1"}})};
    const Decision decision =
        decided(event("m.room.redaction", "$r", room_id, lone, {{"redacts", "$e1"}}));
    ASSERT_TRUE(std::holds_alternative<Reread>(decision));
    const Reread reread = std::get<Reread>(decision);
    EXPECT_EQ(reread.question.value, "$q");
    EXPECT_EQ(reread.edits, note.edits);

    const auto stands = [&](const Json& json) {
        return standing(reread, *parse_standing(json.dump()), self, options, &room, memory);
    };
    const Decision again = stands(mention("$q", room_id, lone, "hvad koster hallen?"));
    ASSERT_TRUE(std::holds_alternative<Answer>(again));
    EXPECT_EQ(std::get<Answer>(again).text, "hvad koster hallen?");
    EXPECT_TRUE(std::get<Answer>(again).is_edit);
    EXPECT_EQ(std::get<Answer>(again).edits, note.edits);
    // The name was put in by the edit that is gone; or the question went as well.
    EXPECT_TRUE(std::holds_alternative<Withdraw>(stands(text_event("$q", room_id, lone, "hvad?"))));
    EXPECT_TRUE(std::holds_alternative<Withdraw>(
        standing(reread, std::nullopt, self, options, &room, memory)));

    answers.clear();  // The question itself was withdrawn before.
    EXPECT_TRUE(
        leads_to<Nothing>(event("m.room.redaction", "$r", room_id, lone, {{"redacts", "$e1"}})));
}

TEST_F(Flow, TakesBackWithTheThumb) {
    Note note;
    note.answer_id = "a1";
    note.helpful = false;
    answers["$t"] = note;
    const Decision decision =
        decided(event("m.room.redaction", "$r", room_id, lone, {{"redacts", "$t"}}));
    ASSERT_TRUE(std::holds_alternative<TakeBack>(decision));
    answers.clear();
    followed["$t"] = {"$t", to_json(note)};  // Being taken back.
    EXPECT_TRUE(
        leads_to<Nothing>(event("m.room.redaction", "$r2", room_id, lone, {{"redacts", "$t"}})));
}

TEST_F(Flow, TakesThumbsAsFeedback) {
    Note note;
    note.answer_id = "a1";
    own["$svar"] = {"$q", to_json(note)};
    const auto reaction = [](const char* key, const char* target = "$svar",
                             const char* sender = lone) {
        return event(
            "m.reaction", "$r", room_id, sender,
            {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", target}, {"key", key}}}});
    };
    EXPECT_TRUE(std::get<Feedback>(decided(reaction("👍️"))).helpful);
    EXPECT_FALSE(std::get<Feedback>(decided(reaction("👎🏽"))).helpful);
    EXPECT_EQ(std::get<Feedback>(decided(reaction("👍"))).answer_id, "a1");
    EXPECT_TRUE(leads_to<Nothing>(reaction("🎉")));
    EXPECT_TRUE(leads_to<Nothing>(reaction("👍", "$andet")));
    EXPECT_TRUE(leads_to<Nothing>(reaction("👍", "$svar", bot_id)));
}

TEST_F(Flow, LeavesEmptyRooms) {
    EXPECT_TRUE(leads_to<Nothing>(member("@gaest:andet.example", "leave", room_id)));
    room.joined.clear();
    EXPECT_TRUE(leads_to<Leave>(member(lone, "leave", room_id)));
    EXPECT_TRUE(leads_to<Leave>(member(lone, "ban", room_id)));
    EXPECT_TRUE(leads_to<Leave>(member(bot_id, "join", room_id, bot_id)));  // Nobody waited.
    room.invited = {bo};
    EXPECT_TRUE(leads_to<Nothing>(member(lone, "leave", room_id)));
}

TEST_F(Flow, FollowsUpgradesOfThePermitted) {
    const Decision decision =
        decided(state("m.room.tombstone", "", room_id, lone, {{"replacement_room", "!ny"}}));
    EXPECT_EQ(std::get<Join>(decision).room.value, "!ny");
    EXPECT_EQ(std::get<Join>(decision).via, "egelund.example");
    EXPECT_TRUE(leads_to<Nothing>(
        state("m.room.tombstone", "", room_id, "@x:andet.example", {{"replacement_room", "!ny"}})));
}

TEST_F(Flow, SaysThatItCannotReadEncryptedRooms) {
    EXPECT_TRUE(leads_to<ExplainEncryption>(
        event("m.room.encrypted", "$e", room_id, lone, {{"algorithm", "x"}})));
    EXPECT_TRUE(
        leads_to<Nothing>(event("m.room.encrypted", "$e", room_id, bot_id, {{"algorithm", "x"}})));
    EXPECT_TRUE(leads_to<ExplainEncryption>(
        state("m.room.encryption", "", room_id, lone, {{"algorithm", "m.megolm.v1.aes-sha2"}})));
    room.encrypted = true;
    EXPECT_TRUE(leads_to<ExplainEncryption>(mention("$q", room_id, lone, "hvad?")));
}

TEST_F(Flow, ForgetsRoomsItWasPutOutOf) {
    EXPECT_TRUE(leads_to<Forget>(member(bot_id, "leave", room_id, lone)));
    EXPECT_TRUE(leads_to<Forget>(member(bot_id, "ban", room_id, lone)));
    EXPECT_TRUE(leads_to<Nothing>(member(bot_id, "leave", room_id, bot_id)));
}

TEST_F(Flow, SaysNothingInSpacesOrRoomsItIsNotIn) {
    room.is_space = true;
    EXPECT_TRUE(leads_to<Nothing>(mention("$q", room_id, lone, "hvad?")));
    room.is_space = false;
    room.bot_is_in = false;
    EXPECT_TRUE(leads_to<Nothing>(mention("$q", room_id, lone, "hvad?")));
    EXPECT_TRUE(
        std::holds_alternative<Nothing>(decided(mention("$q", room_id, lone, "hvad?"), false)));
}

TEST_F(Flow, StoresOnlyWhatMayConcernIt) {
    const auto concerns = [&](const Json& json, bool known = true) {
        return concerns_bot(*parse_event(json.dump()), self, options, known ? &room : nullptr);
    };
    EXPECT_TRUE(concerns(mention("$q", room_id, lone, "hvad?")));
    EXPECT_FALSE(concerns(text_event("$q", room_id, lone, "snak")));
    EXPECT_TRUE(
        concerns(text_event("$q", room_id, lone, "snak"), false));  // Perhaps they are alone.
    EXPECT_FALSE(concerns(text_event("$q", room_id, bot_id, "svar")));
    EXPECT_FALSE(concerns(member(bo, "join", room_id)));
    EXPECT_TRUE(concerns(member(bo, "leave", room_id)));
    EXPECT_TRUE(concerns(member(bot_id, "join", room_id, bot_id)));
    EXPECT_FALSE(concerns(state("m.room.topic", "", room_id, lone, {{"topic", "x"}})));
    EXPECT_FALSE(concerns(event("m.room.encrypted", "$e", room_id, bot_id, Json::object())));
}

TEST(Note, ComesBackAsWritten) {
    const Note note{"a1", "mark", 17, "$root", {"$e1", "$e2"}, false};
    EXPECT_EQ(parse_note(to_json(note)), note);
    EXPECT_EQ(parse_note(to_json(Note{})), Note{});
    EXPECT_EQ(parse_note(R"({"edits":[1]})"), std::nullopt);
    EXPECT_EQ(parse_note(R"({"answer":5})"), std::nullopt);
    EXPECT_EQ(parse_note(""), std::nullopt);
    EXPECT_EQ(to_json(note).find("@"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::matrix
