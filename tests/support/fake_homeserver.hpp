// A homeserver in memory: rooms with members, transaction ids that give the same event again,
// errors on demand. And events as a homeserver words them.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/matrix/homeserver.hpp"

namespace raadbot::test {

using Json = nlohmann::json;

inline constexpr const char* bot_id = "@raadbot:egelund.example";
inline constexpr const char* lone = "@lone:egelund.example";
inline constexpr const char* bo = "@bo:egelund.example";

inline matrix::Options matrix_options() {
    matrix::Options options;
    options.homeserver_url = "http://127.0.0.1:1";
    options.server_name = "egelund.example";
    options.url = "http://127.0.0.1:2";
    options.as_token = "as-token-0123456789abcdef";
    options.hs_token = "hs-token-0123456789abcdef";
    options.municipality = "Egelund Kommune";
    options.servers = {"egelund.example"};
    return options;
}

/// 2026-11-23 12:00:00 UTC.
inline constexpr std::int64_t noon_ms = 1'795'435'200'000;

inline Json event(const std::string& type, const std::string& id, const std::string& room,
                  const std::string& sender, Json content) {
    return {{"type", type},
            {"event_id", id},
            {"room_id", room},
            {"sender", sender},
            {"origin_server_ts", noon_ms},
            {"content", std::move(content)}};
}

inline Json state(const std::string& type, const std::string& key, const std::string& room,
                  const std::string& sender, Json content) {
    static int count = 0;
    Json out = event(type, "$state" + std::to_string(++count), room, sender, std::move(content));
    out["state_key"] = key;
    return out;
}

inline Json member(const std::string& user, const std::string& membership, const std::string& room,
                   const std::string& sender = lone) {
    return state("m.room.member", user, room, sender, {{"membership", membership}});
}

inline Json text_event(const std::string& id, const std::string& room, const std::string& sender,
                       const std::string& body) {
    return event("m.room.message", id, room, sender, {{"msgtype", "m.text"}, {"body", body}});
}

/// "Raadbot: ..." as today's clients send it.
inline Json mention(const std::string& id, const std::string& room, const std::string& sender,
                    const std::string& question) {
    Json out = text_event(id, room, sender, "Raadbot: " + question);
    out["content"]["format"] = "org.matrix.custom.html";
    out["content"]["formatted_body"] =
        std::string("<a href=\"https://matrix.to/#/") + bot_id + "\">Raadbot</a>: " + question;
    out["content"]["m.mentions"] = {{"user_ids", {bot_id}}};
    return out;
}

inline std::string transaction(const std::vector<Json>& events) {
    return Json{{"events", events},
                {"ephemeral", Json::array()},
                {"de.sorunome.msc2409.to_device", Json::array()}}
        .dump();
}

class FakeHomeserver final : public matrix::Homeserver {
public:
    struct Sent {
        std::string room, event, txn;
        Json content;
        bool redacted = false;
    };

    void add_room(const std::string& room, const std::vector<std::string>& people,
                  std::vector<Json> more = {}) {
        const std::lock_guard lock(mutex_);
        Json& all = states_[room];
        all = Json::array();
        all.push_back(test::state("m.room.create", "", room, lone, {{"room_version", "11"}}));
        all.push_back(test::state("m.room.join_rules", "", room, lone, {{"join_rule", "invite"}}));
        all.push_back(member(bot_id, "join", room));
        for (const std::string& person : people) all.push_back(member(person, "join", room));
        for (Json& item : more) all.push_back(std::move(item));
    }
    void set_state(const std::string& room, Json all) {
        const std::lock_guard lock(mutex_);
        states_[room] = std::move(all);
    }
    void fail_next(matrix::ApiError error, int times = 1) {
        const std::lock_guard lock(mutex_);
        for (int n = 0; n < times; ++n) errors_.push_back(error);
    }

    matrix::Api<matrix::EventId> send(const matrix::RoomId& room, std::string_view txn,
                                      std::string_view content) override {
        const std::lock_guard lock(mutex_);
        ++calls;
        if (auto error = next_error()) return tl::unexpected(*error);
        if (!states_.contains(room.value)) return tl::unexpected(refused(403, "M_FORBIDDEN"));
        const auto key = std::make_pair(room.value, std::string(txn));
        if (const auto known = by_txn_.find(key); known != by_txn_.end()) {
            ++repeats;
            return matrix::EventId{known->second};
        }
        const std::string id = "$sent" + std::to_string(sent.size() + 1);
        by_txn_[key] = id;
        sent.push_back({room.value, id, std::string(txn), Json::parse(content), false});
        if (lose_next_answer) {
            lose_next_answer = false;
            return tl::unexpected(
                matrix::ApiError{matrix::ApiError::Kind::unknown, 0, {}, {}, "cut"});
        }
        return matrix::EventId{id};
    }
    matrix::Api<void> redact(const matrix::RoomId&, const matrix::EventId& event,
                             std::string_view) override {
        const std::lock_guard lock(mutex_);
        if (auto error = next_error()) return tl::unexpected(*error);
        for (Sent& one : sent) {
            if (one.event == event.value) one.redacted = true;
        }
        return {};
    }
    matrix::Api<void> join(const matrix::RoomId& room, std::string_view) override {
        const std::lock_guard lock(mutex_);
        if (auto error = next_error()) return tl::unexpected(*error);
        joined.push_back(room.value);
        return {};
    }
    matrix::Api<void> leave(const matrix::RoomId& room, std::string_view) override {
        const std::lock_guard lock(mutex_);
        if (auto error = next_error()) return tl::unexpected(*error);
        left.push_back(room.value);
        states_.erase(room.value);
        return {};
    }
    matrix::Api<void> typing(const matrix::RoomId&, bool) override { return {}; }
    matrix::Api<void> read(const matrix::RoomId&, const matrix::EventId& event,
                           const std::optional<matrix::EventId>&) override {
        const std::lock_guard lock(mutex_);
        read_up_to = event.value;
        return {};
    }
    matrix::Api<std::string> event(const matrix::RoomId&, const matrix::EventId& id) override {
        const std::lock_guard lock(mutex_);
        if (auto error = next_error()) return tl::unexpected(*error);
        const auto found = events.find(id.value);
        if (found == events.end()) return tl::unexpected(refused(404, "M_NOT_FOUND"));
        return found->second.dump();
    }
    matrix::Api<std::string> state(const matrix::RoomId& room) override {
        const std::lock_guard lock(mutex_);
        ++state_calls;
        if (auto error = next_error()) return tl::unexpected(*error);
        const auto found = states_.find(room.value);
        if (found == states_.end()) return tl::unexpected(refused(403, "M_FORBIDDEN"));
        return found->second.dump();
    }
    matrix::Api<void> register_bot() override { return {}; }
    matrix::Api<void> set_display_name(std::string_view) override { return {}; }
    matrix::Api<matrix::UserId> whoami() override {
        if (auto error = next_error()) return tl::unexpected(*error);
        return matrix::UserId{bot_id};
    }
    matrix::Api<About> about() override { return About{"v1.12", clock}; }
    matrix::Api<std::chrono::milliseconds> ping(std::string_view) override {
        if (auto error = next_error()) return tl::unexpected(*error);
        return std::chrono::milliseconds(7);
    }

    static matrix::ApiError refused(unsigned status, const char* code) {
        return {matrix::ApiError::Kind::refused, status, code, {}, code};
    }

    /// What stands in a room: the newest wording of each message that is not redacted.
    [[nodiscard]] std::vector<Json> standing(const std::string& room) {
        const std::lock_guard lock(mutex_);
        std::vector<std::pair<std::string, Json>> out;
        for (const Sent& one : sent) {
            if (one.room != room || one.redacted) continue;
            const Json relates = one.content.value("m.relates_to", Json::object());
            if (relates.value("rel_type", "") == "m.replace") {
                for (auto& [id, content] : out) {
                    if (id == relates.value("event_id", ""))
                        content = one.content.at("m.new_content");
                }
            } else {
                out.emplace_back(one.event, one.content);
            }
        }
        std::vector<Json> contents;
        for (auto& [id, content] : out) contents.push_back(std::move(content));
        return contents;
    }
    [[nodiscard]] std::vector<Sent> all_sent() {
        const std::lock_guard lock(mutex_);
        return sent;
    }

    std::vector<Sent> sent;
    std::vector<std::string> joined, left;
    std::map<std::string, Json> events;  ///< What GET event gives.
    std::string read_up_to;
    std::optional<Timestamp> clock;
    int calls = 0, repeats = 0, state_calls = 0;
    bool lose_next_answer = false;

private:
    std::optional<matrix::ApiError> next_error() {
        if (errors_.empty()) return std::nullopt;
        const matrix::ApiError error = errors_.front();
        errors_.pop_front();
        return error;
    }
    std::mutex mutex_;
    std::map<std::string, Json> states_;
    std::map<std::pair<std::string, std::string>, std::string> by_txn_;
    std::deque<matrix::ApiError> errors_;
};

}  // namespace raadbot::test
