#include "adapters/matrix/room.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace raadbot::matrix {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_parents = 16;

std::string text_of(const Json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

void take_member(Room& room, const UserId& bot, const std::string& key, const Json& content) {
    const auto user = parse_user_id(key);
    // Whoever cannot be told apart counts as a stranger: the room is then no more than public.
    const std::string who = user ? user->value : "@?:" + key.substr(0, 64);
    const std::string membership = text_of(content, "membership");
    if (membership != "join" && membership != "invite") return;
    if (user && *user == bot) {
        room.bot_is_in = room.bot_is_in || membership == "join";
    } else if (membership == "join") {
        room.joined.insert(who);
    } else {
        room.invited.insert(who);
    }
}

void take_join_rule(Room& room, const Json& content) {
    room.join_rule = text_of(content, "join_rule");
    room.doors.clear();
    const auto allow = content.find("allow");
    if (allow == content.end() || !allow->is_array()) return;
    for (const Json& condition : *allow) {
        auto door = parse_room_id(text_of(condition, "room_id"));
        if (text_of(condition, "type") != "m.room_membership" || !door ||
            room.doors.size() == most_parents) {
            // A condition that is not understood lets in nobody knows whom.
            room.doors.clear();
            return;
        }
        room.doors.push_back(std::move(*door));
    }
}

void take(Room& room, const UserId& bot, const Json& event) {
    const std::string type = text_of(event, "type");
    const std::string key = text_of(event, "state_key");
    static const Json nothing = Json::object();
    const auto given = event.find("content");
    const Json& content = given != event.end() && given->is_object() ? *given : nothing;
    if (type == "m.room.member") return take_member(room, bot, key, content);
    if (type == "m.space.child") {
        if (content.contains("via") && content["via"].is_array() && !content["via"].empty())
            room.children.insert(key);
        return;
    }
    if (type == "m.space.parent") {
        auto parent = parse_room_id(key);
        if (parent && room.parents.size() < most_parents)
            room.parents.push_back(std::move(*parent));
        return;
    }
    if (!key.empty()) return;
    if (type == "m.room.encryption")
        room.encrypted = room.encrypted || !text_of(content, "algorithm").empty();
    if (type == "m.room.join_rules") take_join_rule(room, content);
    if (type == "m.room.history_visibility")
        room.history_visibility = text_of(content, "history_visibility");
    if (type == "m.room.tombstone")
        room.successor = parse_room_id(text_of(content, "replacement_room"));
    if (type == "m.room.create") {
        room.is_space = text_of(content, "type") == "m.space";
        if (const auto old = content.find("predecessor"); old != content.end()) {
            room.predecessor = parse_room_id(text_of(*old, "room_id"));
        }
    }
}

void add(std::set<Audience>& set, const std::vector<Audience>& more) {
    for (const Audience& audience : widen(more)) set.insert(audience);
}

/// What one person holds anywhere.
std::set<Audience> own_audiences(const std::string& user, const Options& options) {
    std::set<Audience> out{Audience{}};
    const auto id = parse_user_id(user);
    if (!id) return out;
    for (const Grant& grant : options.audiences) {
        if (grant.user == id->value || (!grant.server.empty() && grant.server == server_of(*id))) {
            add(out, grant.audiences);
        }
    }
    return out;
}

}  // namespace

bool Room::is_open() const {
    if (history_visibility == "world_readable") return true;
    if (join_rule == "restricted" || join_rule == "knock_restricted") return !may_come.has_value();
    return join_rule != "invite" && join_rule != "knock" && join_rule != "private";
}

Result<Room> parse_room(const RoomId& id, const UserId& bot, std::string_view state) {
    const Json events = Json::parse(state, nullptr, false);
    if (!events.is_array()) return fail(ErrorCode::invalid_input, "room state is not an array");
    Room room;
    room.id = id;
    for (const Json& event : events) {
        if (event.is_object()) take(room, bot, event);
    }
    return room;
}

std::vector<Audience> audiences_of(const Room& room, const std::vector<RoomId>& spaces,
                                   const std::vector<RoomId>& lineage, const Options& options) {
    const std::vector<Audience> only_public{Audience{}};
    if (room.is_open() || room.people() == 0) return only_public;

    std::set<Audience> of_room;
    for (const Grant& grant : options.audiences) {
        const auto is = [](const std::string& name) {
            return [&name](const RoomId& other) { return !name.empty() && other.value == name; };
        };
        if ((!grant.room.empty() && grant.room == room.id.value) ||
            std::any_of(lineage.begin(), lineage.end(), is(grant.room)) ||
            std::any_of(spaces.begin(), spaces.end(), is(grant.space))) {
            add(of_room, grant.audiences);
        }
    }

    std::optional<std::set<Audience>> common;
    const auto meet = [&](const std::string& person) {
        std::set<Audience> theirs = own_audiences(person, options);
        const auto id = parse_user_id(person);
        const bool ours = id && std::find(options.servers.begin(), options.servers.end(),
                                          server_of(*id)) != options.servers.end();
        if (ours) theirs.insert(of_room.begin(), of_room.end());
        if (!common) {
            common = std::move(theirs);
            return;
        }
        std::set<Audience> both;
        std::set_intersection(common->begin(), common->end(), theirs.begin(), theirs.end(),
                              std::inserter(both, both.begin()));
        common = std::move(both);
    };
    for (const std::string& person : room.joined) meet(person);
    for (const std::string& person : room.invited) meet(person);
    if (room.may_come) {
        for (const std::string& person : *room.may_come) meet(person);
    }
    return {common->begin(), common->end()};
}

}  // namespace raadbot::matrix
