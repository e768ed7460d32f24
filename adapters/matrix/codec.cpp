#include "adapters/matrix/codec.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/http/url.hpp"

namespace raadbot::matrix {
namespace {

using Json = nlohmann::json;

constexpr std::size_t most_events = 1'000;
constexpr std::size_t largest_event = 256 * 1'024;  // Four times what the specification permits.
constexpr int deepest = 64;

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

std::string text_of(const Json& object, const char* name) {
    const Json* value = member(object, name);
    return value && value->is_string() ? value->get<std::string>() : std::string{};
}

bool flag_of(const Json& object, const char* name) {
    const Json* value = member(object, name);
    return value && value->is_boolean() && value->get<bool>();
}

Relation relation_of(const Json& content) {
    Relation out;
    const Json* relates = member(content, "m.relates_to");
    if (!relates) return out;
    if (const Json* reply = member(*relates, "m.in_reply_to")) {
        out.reply_to = parse_event_id(text_of(*reply, "event_id"));
    }
    const std::string type = text_of(*relates, "rel_type");
    out.target = parse_event_id(text_of(*relates, "event_id"));
    if (!out.target) return out;
    if (type == "m.thread") out.kind = Relation::Kind::thread;
    if (type == "m.replace") out.kind = Relation::Kind::replace;
    if (type == "m.annotation") out.kind = Relation::Kind::annotation;
    if (out.kind == Relation::Kind::none) out.target.reset();
    out.falling_back = flag_of(*relates, "is_falling_back");
    return out;
}

Mentions mentions_of(const Json& content) {
    Mentions out;
    const Json* given = member(content, "m.mentions");
    if (!given || !given->is_object()) return out;
    out.given = true;
    const Json* users = member(*given, "user_ids");
    if (!users || !users->is_array()) return out;
    for (const Json& user : *users) {
        if (!user.is_string() || out.users.size() == 200) continue;
        if (auto id = parse_user_id(user.get<std::string>())) out.users.push_back(std::move(*id));
    }
    return out;
}

Text text_content(const Json& content, bool is_reply) {
    Text out;
    out.body = text_of(content, "body");
    if (text_of(content, "format") == "org.matrix.custom.html") {
        out.formatted_body = text_of(content, "formatted_body");
    }
    if (is_reply || out.formatted_body.starts_with("<mx-reply>")) {
        out.body = without_reply_fallback(out.body);
        out.formatted_body = without_mx_reply(out.formatted_body);
    }
    out.mentions = mentions_of(content);
    return out;
}

Content message_content(const Json& content) {
    RoomMessage out;
    out.msgtype = text_of(content, "msgtype");
    out.relation = relation_of(content);
    if (out.msgtype.empty()) return Ignored{};
    if (out.relation.kind == Relation::Kind::replace) {
        const Json* replacement = member(content, "m.new_content");
        if (!replacement || !replacement->is_object()) return Ignored{};
        out.msgtype = text_of(*replacement, "msgtype");
        out.text = text_content(*replacement, true);
        out.new_mentions = mentions_of(content);
    } else {
        out.text = text_content(content, out.relation.reply_to.has_value());
    }
    return out;
}

Content member_content(const Json& content, const std::string& state_key) {
    MemberChange out;
    auto user = parse_user_id(state_key);
    if (!user) return Ignored{};
    out.member = std::move(*user);
    const std::string membership = text_of(content, "membership");
    if (membership == "invite")
        out.membership = Membership::invite;
    else if (membership == "join")
        out.membership = Membership::join;
    else if (membership == "leave")
        out.membership = Membership::leave;
    else if (membership == "ban")
        out.membership = Membership::ban;
    else if (membership == "knock")
        out.membership = Membership::knock;
    else
        return Ignored{};
    out.is_direct = flag_of(content, "is_direct");
    return out;
}

Content state_content(const Json& event, const Json& content, const std::string& type) {
    const std::string key = text_of(event, "state_key");
    if (type == "m.room.member") return member_content(content, key);
    if (type == "m.room.encryption" && key.empty()) {
        if (text_of(content, "algorithm").empty()) return OtherState{type};
        return EncryptionEnabled{};
    }
    if (type == "m.room.tombstone" && key.empty()) {
        auto room = parse_room_id(text_of(content, "replacement_room"));
        if (!room) return OtherState{type};
        return Tombstone{std::move(*room)};
    }
    return OtherState{type.substr(0, 255)};
}

Content content_of(const Json& event) {
    const std::string type = text_of(event, "type");
    const Json* given = member(event, "content");
    const Json empty = Json::object();
    const Json& content = given && given->is_object() ? *given : empty;
    if (member(event, "state_key")) return state_content(event, content, type);
    if (type == "m.room.redaction") {
        auto target = parse_event_id(text_of(content, "redacts"));
        if (!target) target = parse_event_id(text_of(event, "redacts"));
        if (!target) return Ignored{};
        return Redaction{std::move(*target)};
    }
    if (const Json* more = member(event, "unsigned"); more && member(*more, "redacted_because")) {
        return Ignored{};
    }
    if (type == "m.room.message") return message_content(content);
    if (type == "m.room.encrypted") return Encrypted{};
    if (type == "m.reaction") {
        const Relation relation = relation_of(content);
        if (relation.kind != Relation::Kind::annotation) return Ignored{};
        const std::string key = text_of(*member(content, "m.relates_to"), "key");
        if (key.empty() || key.size() > 255) return Ignored{};
        return Reaction{*relation.target, plain_reaction(key)};
    }
    return Ignored{};
}

Result<Json> parse_json(std::string_view json) {
    if (json.size() > largest_event) return fail(ErrorCode::too_large, "event over 256 KiB");
    // nlohmann/json 3.11.2 takes a trailing NUL for the end.
    if (json.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::invalid_input, "NUL byte in an event");
    }
    bool too_deep = false;
    Json out = Json::parse(
        json,
        [&](int depth, Json::parse_event_t, Json&) {
            too_deep = too_deep || depth > deepest;
            return !too_deep;
        },
        false);
    if (too_deep) return fail(ErrorCode::too_large, "event nested too deeply");
    if (!out.is_object()) return fail(ErrorCode::invalid_input, "event is not a JSON object");
    return out;
}

Result<Event> event_of(const Json& json) {
    auto id = parse_event_id(text_of(json, "event_id"));
    auto room = parse_room_id(text_of(json, "room_id"));
    auto sender = parse_user_id(text_of(json, "sender"));
    if (!id || !room || !sender) {
        return fail(ErrorCode::invalid_input, "event without a usable event_id, room_id or sender");
    }
    Event out;
    out.id = std::move(*id);
    out.room = std::move(*room);
    out.sender = std::move(*sender);
    if (const Json* sent = member(json, "origin_server_ts"); sent && sent->is_number_integer()) {
        out.sent_ms = sent->get<std::int64_t>();
    }
    out.is_state = member(json, "state_key") != nullptr;
    out.content = content_of(json);
    return out;
}

/// An empty object when there is none.
Json bundled_edit(const Json& event) {
    const Json* found = member(event, "unsigned");
    if (found) found = member(*found, "m.relations");
    if (found) found = member(*found, "m.replace");
    return found && found->is_object() ? *found : Json::object();
}

/// Walks over JSON by brackets and quotes only.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    void space() {
        while (at_ < text_.size() &&
               std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool take(char c) {
        space();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    /// The value that begins here, or nothing when the text ends inside it or there is none.
    std::optional<std::string_view> value() {
        space();
        const std::size_t begin = at_;
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                if (!string()) return std::nullopt;
                if (depth == 0) break;
                continue;
            }
            if (depth == 0 && (c == ',' || c == ']' || c == '}')) break;
            ++at_;
            if (c == '{' || c == '[') ++depth;
            if ((c == '}' || c == ']') && --depth == 0) break;
        }
        if (depth > 0 || at_ == begin) return std::nullopt;
        return text_.substr(begin, at_ - begin);
    }
    [[nodiscard]] bool ended() const { return at_ == text_.size(); }

private:
    bool string() {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\')
                ++at_;
            else if (text_[at_] == '"')
                return ++at_, true;
        }
        at_ = text_.size();
        return false;
    }
    std::string_view text_;
    std::size_t at_ = 0;
};

std::string id_member(std::string_view json, const char* name) {
    const auto parsed = parse_json(json);
    return parsed ? text_of(*parsed, name) : std::string{};
}

bool starts_with_name(std::string_view body, std::string_view name) {
    if (name.empty() || body.size() < name.size()) return false;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (lower(body[i]) != lower(name[i])) return false;
    }
    if (body.size() == name.size()) return true;
    const char next = body[name.size()];
    return next == ' ' || next == ':' || next == ',' || next == '\n' || next == '?' ||
           next == '!' || static_cast<unsigned char>(next) == 0xc2;  // U+00A0
}

/// "Raadbot: ..." or "@Raadbot, ...".
bool is_called(std::string_view body, std::string_view name) {
    if (body.starts_with('@')) body.remove_prefix(1);
    return starts_with_name(body, name) && body.size() > name.size() &&
           (body[name.size()] == ':' || body[name.size()] == ',');
}

void replace_once(std::string& text, std::string_view what) {
    if (what.empty()) return;
    if (const std::size_t at = text.find(what); at != std::string::npos)
        text.erase(at, what.size());
}

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        while (!text.empty() &&
               std::string_view(" \t\r\n:,").find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
            again = true;
        }
        if (text.starts_with("\xc2\xa0")) {
            text.remove_prefix(2);
            again = true;
        }
    }
    while (!text.empty() &&
           std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) {
        text.remove_suffix(1);
    }
    return text;
}

std::string unescaped(std::string_view html) {
    static constexpr std::pair<std::string_view, char> names[] = {
        {"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
        {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}};
    std::string out;
    for (std::size_t i = 0; i < html.size();) {
        const auto name = std::find_if(std::begin(names), std::end(names), [&](const auto& n) {
            return html.substr(i).starts_with(n.first);
        });
        if (name == std::end(names)) {
            out += html[i++];
        } else {
            out += name->second;
            i += name->first.size();
        }
    }
    return out;
}

std::string without_tags(std::string_view html) {
    std::string out;
    bool inside = false;
    for (const char c : html) {
        if (c == '<')
            inside = true;
        else if (c == '>' && inside)
            inside = false;
        else if (!inside)
            out += c;
    }
    return unescaped(out);
}

}  // namespace

Result<std::vector<std::string_view>> split_transaction(std::string_view body) {
    const auto broken = [] {
        return fail(ErrorCode::invalid_input, "the transaction is not a JSON object");
    };
    std::vector<std::string_view> out;
    Scanner scanner(body);
    if (!scanner.take('{')) return broken();
    for (bool first = true; !scanner.take('}'); first = false) {
        if (!first && !scanner.take(',')) return broken();
        const auto key = scanner.value();
        if (!key || key->size() < 2 || key->front() != '"' || !scanner.take(':')) return broken();
        const auto value = scanner.value();
        if (!value) return broken();
        if (*key != "\"events\"") continue;
        Scanner events(*value);
        if (!events.take('[')) return fail(ErrorCode::invalid_input, "\"events\" is not an array");
        for (bool start = true; !events.take(']'); start = false) {
            if (!start && !events.take(',')) return broken();
            const auto event = events.value();
            if (!event) return broken();
            if (out.size() == most_events)
                return fail(ErrorCode::too_large, "more than 1,000 events");
            out.push_back(*event);
        }
    }
    scanner.space();
    if (!scanner.ended()) return broken();
    return out;
}

Result<Event> parse_event(std::string_view json) { return parse_json(json).and_then(event_of); }

Result<Event> parse_standing(std::string_view json, std::string_view edit) {
    auto original = parse_json(json);
    if (!original) return tl::unexpected(original.error());
    Json newest = bundled_edit(*original);
    if (!member(newest, "content") && !edit.empty()) {
        if (auto fetched = parse_json(edit)) newest = std::move(*fetched);
    }
    const Json* content = member(newest, "content");
    const Json* fresh = content ? member(*content, "m.new_content") : nullptr;
    // Anybody's edit is passed on; only the sender's own counts.
    if (fresh && fresh->is_object() && text_of(newest, "sender") == text_of(*original, "sender")) {
        Json relates = Json::object();
        if (const Json* old = member(*original, "content")) {
            if (const Json* found = member(*old, "m.relates_to")) relates = *found;
        }
        Json replaced = *fresh;
        replaced["m.relates_to"] = std::move(relates);  // An edit cannot move a message.
        (*original)["content"] = std::move(replaced);
        if (const Json* sent = member(newest, "origin_server_ts"))
            (*original)["origin_server_ts"] = *sent;
    }
    return event_of(*original);
}

std::optional<EventId> unseen_edit_of(std::string_view json) {
    const auto original = parse_json(json);
    if (!original) return std::nullopt;
    const Json newest = bundled_edit(*original);
    if (member(newest, "content")) return std::nullopt;
    return parse_event_id(text_of(newest, "event_id"));
}

std::string event_id_of(std::string_view json) {
    const std::string id = id_member(json, "event_id");
    return parse_event_id(id) ? id : std::string{};
}

std::string room_id_of(std::string_view json) {
    const std::string id = id_member(json, "room_id");
    return parse_room_id(id) ? id : std::string{};
}

std::string plain_reaction(std::string_view key) {
    std::string out;
    for (std::size_t i = 0; i < key.size();) {
        const std::string_view rest = key.substr(i);
        if (rest.starts_with("\xef\xb8\x8f")) {  // U+FE0F
            i += 3;
        } else if (rest.size() >= 4 && rest.starts_with("\xf0\x9f\x8f") &&
                   static_cast<unsigned char>(rest[3]) >= 0xbb &&
                   static_cast<unsigned char>(rest[3]) <= 0xbf) {
            i += 4;  // U+1F3FB to U+1F3FF
        } else {
            out += key[i++];
        }
    }
    return out;
}

std::string without_reply_fallback(std::string_view body) {
    if (!body.starts_with("> ")) return std::string(body);
    while (body.starts_with("> ") || body.starts_with(">\n")) {
        const std::size_t end = body.find('\n');
        body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    }
    if (body.starts_with('\n')) body.remove_prefix(1);
    return std::string(body);
}

std::string without_mx_reply(std::string_view html) {
    if (!html.starts_with("<mx-reply>")) return std::string(html);
    constexpr std::string_view end = "</mx-reply>";
    const std::size_t at = html.find(end);
    // Without an end everything is the quote.
    return at == std::string_view::npos ? std::string{} : std::string(html.substr(at + end.size()));
}

std::vector<Pill> pills(std::string_view html) {
    constexpr std::string_view prefix = "https://matrix.to/#/";
    std::vector<Pill> out;
    for (std::size_t at = 0; out.size() < 50;) {
        at = html.find("<a ", at);
        if (at == std::string_view::npos) break;
        const std::size_t tag_end = html.find('>', at);
        if (tag_end == std::string_view::npos) break;
        const std::string_view tag = html.substr(at, tag_end - at);
        at = tag_end + 1;
        const std::size_t href = tag.find(prefix);
        if (href == std::string_view::npos) continue;
        std::string_view target = tag.substr(href + prefix.size());
        target = target.substr(0, target.find_first_of("\"'? "));
        const auto decoded = http::percent_decoded(target);
        if (!decoded) continue;
        auto user = parse_user_id(*decoded);
        if (!user) continue;
        const std::size_t close = html.find("</a>", at);
        if (close == std::string_view::npos) break;
        out.push_back({std::move(*user), without_tags(html.substr(at, close - at))});
        at = close;
    }
    return out;
}

bool mentions(const Text& text, const Self& self) {
    const std::string_view body = trimmed(text.body);
    if (text.mentions.given) {
        const auto& users = text.mentions.users;
        if (std::find(users.begin(), users.end(), self.id) != users.end()) return true;
        // Clients that send an empty m.mentions although the name was typed: only as plain an
        // address as "Raadbot: ..." or the full id in front counts then.
        return users.empty() && (body.starts_with(self.id.value) || is_called(body, self.name));
    }
    const auto linked = pills(text.formatted_body);
    if (std::any_of(linked.begin(), linked.end(),
                    [&](const Pill& pill) { return pill.user == self.id; })) {
        return true;
    }
    const std::string localpart(localpart_of(self.id));
    return body.find(self.id.value) != std::string_view::npos ||
           starts_with_name(body, self.name) || starts_with_name(body, localpart) ||
           starts_with_name(body, "@" + localpart) ||
           (!self.name.empty() && starts_with_name(body, "@" + self.name));
}

std::string question_of(const Text& text, const Self& self) {
    std::string body = text.body;
    for (const Pill& pill : pills(text.formatted_body)) {
        if (pill.user == self.id && pill.label != self.id.value) replace_once(body, pill.label);
    }
    replace_once(body, self.id.value);
    std::string_view rest = trimmed(body);
    const std::string localpart(localpart_of(self.id));
    for (const std::string& name : {"@" + self.name, self.name, "@" + localpart, localpart}) {
        if (name.size() > 1 && starts_with_name(rest, name)) {
            rest = trimmed(rest.substr(name.size()));
            break;
        }
    }
    if (rest.size() > 4'000) {
        std::size_t end = 4'000;
        while (end > 0 && (static_cast<unsigned char>(rest[end]) & 0xc0) == 0x80) --end;
        rest = rest.substr(0, end);
    }
    return std::string(rest);
}

}  // namespace raadbot::matrix
