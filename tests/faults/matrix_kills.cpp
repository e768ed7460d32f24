// kill -9 at random points while a homeserver hands over questions, edits, redactions and
// invitations, and repeats what was not acknowledged. Afterwards every question is counted:
// answered once, edited answers edited, withdrawn ones withdrawn, rooms joined and greeted once.
//
// matrix_kills <kills> <seed> [questions per second]
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <set>

#include "tests/support/fake_homeserver.hpp"
#include "tests/support/homeserver_over_http.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using namespace raadbot::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int rooms = 40;
constexpr int asked_per_person = 15;  // Below the bot's own limit.

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

struct Asked {
    std::string room, text;
    bool withdrawn = false;
};

class Town {
public:
    Town(HomeserverOverHttp& homeserver, std::uint64_t seed)
        : homeserver_(homeserver), random_(seed) {
        for (int n = 0; n < rooms; ++n) {
            const std::string room = "!r" + std::to_string(n);
            homeserver_.add_room(room, {lone, bo}, false);
            push(member(bot_id, "invite", room));
        }
    }

    void ask() {
        const int n = static_cast<int>(asked.size());
        const std::string id = "$q" + std::to_string(n);
        // A homeserver sends the talk of rooms that the bot is in, no other.
        const auto joined = homeserver_.joins();
        const std::string room = "!r" + std::to_string(random_() % rooms);
        if (!joined.contains(room)) return;
        const std::string person = "@p" + std::to_string(n / asked_per_person) + ":egelund.example";
        const std::string text = "spørgsmål " + std::to_string(n);
        push(mention(id, room, person, text));
        asked[id] = {room, text};
        const auto what = random_() % 10;
        if (what == 0) {
            const std::string changed = text + " rettet";
            Json edit = text_event(id + "e", room, person, "* " + changed);
            edit["content"]["m.relates_to"] = {{"rel_type", "m.replace"}, {"event_id", id}};
            edit["content"]["m.new_content"] = {
                {"msgtype", "m.text"}, {"body", changed}, {"m.mentions", {{"user_ids", {bot_id}}}}};
            push(edit);
            asked[id].text = changed;
        } else if (what == 1) {
            push(event("m.room.redaction", id + "r", room, person, {{"redacts", id}}));
            asked[id].withdrawn = true;
        }
    }

    std::map<std::string, Asked> asked;

private:
    void push(Json json) {
        json["origin_server_ts"] = now_ms();
        homeserver_.push(std::move(json));
    }
    HomeserverOverHttp& homeserver_;
    std::mt19937_64 random_;
};

struct Counts {
    std::size_t lost = 0, twice = 0, wrong = 0, unjoined = 0, ungreeted = 0;
    std::string first_lost;
    [[nodiscard]] bool good() const { return lost + twice + wrong + unjoined + ungreeted == 0; }
};

Counts count(HomeserverOverHttp& homeserver, const Town& town) {
    std::map<std::string, int> answers;           // By question.
    std::map<std::string, std::string> standing;  // By question: what it says now.
    std::map<std::string, std::string> question_of;
    std::map<std::string, int> greetings;
    std::set<std::string> redacted;
    // Ids are numbered; edits come after what they edit.
    std::map<std::uint64_t, std::pair<std::string, HomeserverOverHttp::Message>> in_order;
    for (const auto& [id, message] : homeserver.messages())
        in_order[std::stoull(id.substr(5))] = {id, message};
    for (const auto& [n, entry] : in_order) {
        const auto& [id, message] = entry;
        const Json relates = message.content.value("m.relates_to", Json::object());
        if (relates.value("rel_type", "") == "m.replace") {
            standing[question_of[relates["event_id"]]] = message.content["m.new_content"]["body"];
        } else if (relates.contains("m.in_reply_to")) {
            const std::string question = relates["m.in_reply_to"]["event_id"];
            ++answers[question];
            question_of[id] = question;
            standing[question] = message.content["body"];
            if (message.redacted) redacted.insert(question);
        } else {
            ++greetings[message.room];
        }
    }
    Counts counts;
    for (const auto& [id, asked] : town.asked) {
        if (answers[id] > 1) ++counts.twice;
        if (asked.withdrawn) {
            if (answers[id] > 0 && !redacted.contains(id)) ++counts.wrong;
            continue;
        }
        if (answers[id] == 0) {
            ++counts.lost;
            counts.first_lost = id;
        } else if (!standing[id].starts_with("Svar på: " + asked.text + " [1]"))
            ++counts.wrong;
    }
    const auto joins = homeserver.joins();
    for (int n = 0; n < rooms; ++n) {
        const std::string room = "!r" + std::to_string(n);
        if (!joins.contains(room) || joins.at(room) != 1) ++counts.unjoined;
        if (greetings[room] != 1) ++counts.ungreeted;
    }
    return counts;
}

}  // namespace

int main(int argc, char** argv) {
    const int kills = argc > 1 ? std::atoi(argv[1]) : 300;
    const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    const int rate = argc > 3 ? std::atoi(argv[3]) : 20;
    const raadbot::support::TemporaryFolder folder;
    std::mt19937_64 random(seed);
    HomeserverOverHttp homeserver({.batch = 10, .slowest = 5ms, .seed = seed});
    Town town(homeserver, seed);
    BotProcess bot(folder.path().string(), homeserver);

    for (int n = 0; n <= kills; ++n) {
        homeserver.set_bot(bot.start());
        if (n == kills) break;
        const auto until = Clock::now() + std::chrono::milliseconds(5 + random() % 200);
        while (Clock::now() < until) {
            town.ask();
            std::this_thread::sleep_for(std::chrono::milliseconds(1'000 / rate));
        }
        bot.kill();
    }
    Counts counts;
    for (int n = 0; n < 240; ++n) {
        std::this_thread::sleep_for(500ms);
        if (!homeserver.handed_over()) continue;
        counts = count(homeserver, town);
        if (counts.good()) break;
    }
    std::this_thread::sleep_for(1s);  // Whatever comes too much would come now.
    counts = count(homeserver, town);
    std::printf(
        "seed %llu: %d kills, %zu questions in %d rooms, %llu sends repeated; lost %zu, answered "
        "twice %zu, "
        "not as last asked %zu, rooms not joined once %zu, not greeted once %zu\n",
        static_cast<unsigned long long>(seed), kills, town.asked.size(), rooms,
        static_cast<unsigned long long>(homeserver.repeats()), counts.lost, counts.twice,
        counts.wrong, counts.unjoined, counts.ungreeted);
    if (counts.good()) return 0;
    std::printf("first lost: %s\n", counts.first_lost.c_str());
    if (const char* keep = std::getenv("RAADBOT_KEEP")) {
        bot.kill();
        std::filesystem::copy(folder.path(), keep, std::filesystem::copy_options::recursive);
    }
    return 1;
}
