// Naughty strings and hostile HTML everywhere a stranger can put them: none passes through, none
// stops the bot.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "adapters/matrix/html.hpp"
#include "adapters/matrix/render.hpp"
#include "tests/support/matrix_bot.hpp"

// The fuzz target; its kept inputs are ordinary tests as well.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace raadbot::matrix {
namespace {

using namespace test;

std::vector<std::string> hostile_strings() {
    std::vector<std::string> out{"<script>alert(1)</script>",
                                 "@room",
                                 "@everyone",
                                 "</summary></details><img src=x onerror=alert(1)>",
                                 "[x](javascript:alert(1))",
                                 "\xe2\x80\xae"
                                 "evil",
                                 "<mx-reply>",
                                 "https://matrix.to/#/@lone:egelund.example",
                                 std::string("a\0b", 3),
                                 "\xff\xfe",
                                 std::string(5'000, '<'),
                                 "' OR 1=1 --",
                                 "{\"events\":[]}"};
#ifdef RAADBOT_SHARED_DIR
    std::ifstream file(std::string(RAADBOT_SHARED_DIR) + "/suites/naughty-strings/blns.json");
    for (const Json& item : Json::parse(file)) out.push_back(item.get<std::string>());
#endif
    return out;
}

std::string json_of(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TEST(Hostile, NamesAndMessagesAreAnsweredSafely) {
    Options options = matrix_options();
    options.answers_per_minute = 1'000;
    MatrixBot bot(options);
    std::size_t n = 0;
    for (const std::string& text : hostile_strings()) {
        const std::string room = "!r" + std::to_string(++n);
        Json named = member(lone, "join", room);
        named["content"]["displayname"] = text;
        Json title = test::state("m.room.name", "", room, lone, {{"name", text}});
        bot.homeserver->add_room(room, {bo},
                                 {Json::parse(json_of(named)), Json::parse(json_of(title))});
        Json question = mention("$q" + std::to_string(n), room, lone, text);
        question["content"]["body"] = text;
        EXPECT_EQ(bot.put("{\"events\":[" + json_of(named) + "," + json_of(title) + "," +
                          json_of(question) + "]}"),
                  200U);
    }
    for (int i = 0; i < 30 && !bot.delivery->idle(); ++i) bot.settle();
    EXPECT_EQ(bot.delivery->figures().poison, 0U);
    const auto sent = bot.homeserver->all_sent();
    EXPECT_EQ(sent.size(), n);
    for (const auto& one : sent) {
        EXPECT_EQ(one.content["m.mentions"], Json::object());
        EXPECT_EQ(one.content["msgtype"], "m.notice");
    }
}

/// What a room may see of the bot: no alert, and of HTML only what the rules allow.
void expect_harmless(const Json& content) {
    EXPECT_EQ(content["m.mentions"], Json::object());
    EXPECT_EQ(content["msgtype"], "m.notice");
    EXPECT_TRUE(content["body"].is_string());
    if (content.contains("m.new_content")) expect_harmless(content["m.new_content"]);
    if (!content.contains("formatted_body")) return;
    const std::string html = content["formatted_body"];
    EXPECT_TRUE(check_html(html)) << html;
    for (const char* never :
         {"<script", "<img", "<mx-reply", "href=\"javascript", "href=\"https://matrix.to"}) {
        EXPECT_EQ(html.find(never), std::string::npos) << html;
    }
}

TEST(Hostile, EveryStringInEveryFieldOfAQuestion) {
    Options options = matrix_options();
    options.answers_per_minute = 1'000;
    MatrixBot bot(options);
    bot.conversation.echoes = true;
    const std::string pill =
        "<a href=\"https://matrix.to/#/" + std::string(bot_id) + "\">Raadbot</a>: ";
    std::size_t n = 0;
    for (const std::string& text : hostile_strings()) {
        const std::string room = "!e" + std::to_string(++n), id = "$q" + std::to_string(n);
        Json named = member(lone, "join", room);
        named["content"]["displayname"] = text;
        named["content"]["reason"] = text;
        std::vector<Json> states{named};
        for (const char* type : {"m.room.name", "m.room.topic", "m.room.canonical_alias"}) {
            states.push_back(test::state(type, "", room, lone,
                                         {{"name", text}, {"topic", text}, {"alias", text}}));
        }
        for (Json& state : states) state = Json::parse(json_of(state));
        bot.homeserver->add_room(room, {bo}, states);
        Json question = mention(id.c_str(), room, lone, text);
        question["content"]["body"] = text;
        question["content"]["format"] = "org.matrix.custom.html";
        question["content"]["formatted_body"] = pill + text;
        Json edit = mention((id + "e").c_str(), room, lone, text);
        edit["content"]["m.new_content"] = question["content"];
        edit["content"]["m.new_content"]["formatted_body"] = pill + "rettet " + text;
        edit["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", id}};
        Json thumb = event(
            "m.reaction", (id + "t").c_str(), room, bo,
            {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", text}, {"key", text}}}});
        std::string body = "{\"events\":[";
        for (const Json& state : states) body += json_of(state) + ",";
        EXPECT_EQ(
            bot.put(body + json_of(question) + "," + json_of(edit) + "," + json_of(thumb) + "]}"),
            200U);
    }
    for (int i = 0; i < 30 && !bot.delivery->idle(); ++i) bot.settle();
    EXPECT_EQ(bot.delivery->figures().poison, 0U);
    const auto sent = bot.homeserver->all_sent();
    EXPECT_GE(sent.size(), n);
    for (const auto& one : sent) expect_harmless(one.content);
}

/// Every value in it, replaced by `other`, one at a time.
void each_replaced(const Json& whole, const Json& other,
                   const std::function<void(const Json&)>& use) {
    const Json flat = whole.flatten();
    for (const auto& [path, value] : flat.items()) {
        Json changed = whole;
        changed[Json::json_pointer(path)] = other;
        use(changed);
        // And each object or list on the way there.
        for (auto at = Json::json_pointer(path).parent_pointer(); !at.empty();
             at = at.parent_pointer()) {
            Json cut = whole;
            cut[at] = other;
            use(cut);
        }
    }
}

TEST(Hostile, WrongMissingAndHugeFieldsHoldUpNobody) {
    Options options = matrix_options();
    options.answers_per_minute = 1'000'000;
    MatrixBot bot(options);
    const std::string room = "!r";
    bot.homeserver->add_room(room, {lone, bo});
    Json asked = mention("$q", room, lone, "hvad?");
    asked["content"]["format"] = "org.matrix.custom.html";
    asked["content"]["formatted_body"] = "<b>hvad?</b>";
    asked["content"]["m.relates_to"] = {{"rel_type", "m.thread"},
                                        {"event_id", "$root"},
                                        {"m.in_reply_to", {{"event_id", "$root"}}}};
    Json edited = mention("$e", room, lone, "* hvor?");
    edited["content"]["m.new_content"] = asked["content"];
    edited["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", "$q"}};
    const std::vector<Json> kinds{
        asked,
        edited,
        event("m.reaction", "$t", room, bo,
              {{"m.relates_to", {{"rel_type", "m.annotation"}, {"event_id", "$q"}, {"key", "👍"}}}}),
        event("m.room.redaction", "$x", room, lone, {{"redacts", "$q"}}),
        member(bot_id, "invite", room),
        test::state("m.room.tombstone", "", room, lone, {{"replacement_room", "!n"}}),
        test::state("m.room.encryption", "", room, lone, {{"algorithm", "m.megolm.v1.aes-sha2"}})};
    Json deep = "x";
    for (int n = 0; n < 60; ++n) deep = Json::array({deep});
    const std::vector<Json> others{nullptr,
                                   true,
                                   -1,
                                   1e300,
                                   "",
                                   std::string(70'000, 'x'),
                                   Json::array(),
                                   Json::object({{"event_id", 1}}),
                                   deep,
                                   "!r:evil.example/../../admin"};
    std::size_t count = 0;
    for (const Json& kind : kinds) {
        for (const Json& other : others) {
            std::vector<Json> events;
            each_replaced(kind, other, [&](const Json& changed) { events.push_back(changed); });
            count += events.size();
            EXPECT_EQ(bot.put(transaction(events)), 200U);
        }
        for (const auto& [name, value] : kind.items()) {
            Json without = kind;
            without.erase(name);
            EXPECT_EQ(bot.put(transaction({without})), 200U);
        }
    }
    EXPECT_GT(count, 1'000U);
    for (int i = 0; i < 30 && !bot.delivery->idle(); ++i) bot.settle();
    EXPECT_EQ(bot.delivery->figures().poison, 0U);
    for (const auto& one : bot.homeserver->all_sent()) {
        if (one.content.contains("msgtype")) expect_harmless(one.content);
    }
    // Somebody else is answered all the same.
    bot.homeserver->add_room("!good", {lone, bo});
    EXPECT_EQ(bot.receive({mention("$good", "!good", lone, "hvad koster hallen?")}), 200U);
    EXPECT_EQ(bot.homeserver->standing("!good").size(), 1U);
}

TEST(Hostile, RepliesMadeOfAnythingStayWithinTheRules) {
    for (const std::string& text : hostile_strings()) {
        bot::Reply reply = rich_answer();
        reply.text = reply.ai_label = text;
        reply.permalink = text;
        for (auto& sentence : reply.sentences) sentence.text = sentence.lead = text;
        for (auto& source : reply.sources) {
            source.title = source.quote = source.url = source.committee = source.date =
                source.section = source.checked = text;
        }
        for (auto& term : reply.terms) term.term = term.explanation = text;
        reply.notes = reply.follow_ups = reply.options = {text};
        for (const auto kind :
             {bot::ReplyKind::answered, bot::ReplyKind::refused, bot::ReplyKind::clarify}) {
            reply.kind = kind;
            const Json content = Json::parse(render(reply, {EventId{"$q"}, EventId{"$r"}}));
            EXPECT_EQ(content["m.mentions"], Json::object());
            if (!content.contains("formatted_body")) continue;
            const std::string html = content["formatted_body"];
            EXPECT_TRUE(check_html(html)) << html;
            EXPECT_EQ(html.find("<img"), std::string::npos);
            EXPECT_EQ(html.find("<script"), std::string::npos);
        }
    }
}

TEST(Hostile, KeptFuzzInputsPass) {
    std::size_t count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(RAADBOT_SOURCE_DIR "/tests/fuzz/corpus/matrix")) {
        const std::string bytes = support::read_file(entry.path());
        EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                         bytes.size()),
                  0);
        ++count;
    }
    EXPECT_GT(count, 5U);
}

TEST(Hostile, BrokenTransactionsAreRefusedOrTaken) {
    MatrixBot bot;
    bot.homeserver->add_room("!r", {lone, bo});
    const std::string whole = transaction(
        {mention("$1", "!r", lone, "hvad?"), member(bot_id, "invite", "!s"),
         test::state("m.room.tombstone", "", "!r", lone, {{"replacement_room", "!n"}})});
    for (std::size_t cut = 0; cut < whole.size(); cut += 3) {
        const unsigned status = bot.put(whole.substr(0, cut));
        EXPECT_TRUE(status == 400U || status == 200U) << cut;
    }
    std::mt19937 random(7);
    for (int n = 0; n < 300; ++n) {
        std::string damaged = whole;
        for (int k = 0; k < 4; ++k)
            damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        const unsigned status = bot.put(damaged);
        EXPECT_TRUE(status == 400U || status == 200U);
    }
    EXPECT_EQ(bot.put(whole), 200U);
    bot.settle();
    EXPECT_GE(bot.homeserver->standing("!r").size(), 1U);
}

}  // namespace
}  // namespace raadbot::matrix
