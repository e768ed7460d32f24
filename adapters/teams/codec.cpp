#include "adapters/teams/codec.hpp"

#include <algorithm>

namespace raadbot::teams {
namespace {

bool same_id(std::string_view a, std::string_view b) {
    return !a.empty() && std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        };
        return lower(x) == lower(y);
    });
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

/// Removes exactly what the mentions of the bot put into the text; other people's mentions keep
/// their names.
void take_out_mentions(const Json& entities, Activity& activity, std::string& text) {
    if (!entities.is_array()) return;
    for (const Json& entity : entities) {
        if (string_at(entity, "type") != "mention") continue;
        const std::string mark = string_at(entity, "text");
        if (same_id(string_at(entity, "mentioned", "id"), activity.recipient_id)) {
            activity.addressed = true;
            const std::size_t at = mark.empty() ? std::string::npos : text.find(mark);
            if (at != std::string::npos) text.replace(at, mark.size(), 1, ' ');
        } else if (!mark.empty()) {
            replace_all(text, mark, string_at(entity, "mentioned", "name"));
        }
    }
}

/// What stands for a quoted message; its words are not the asker's.
void take_out_quotes(std::string& text) {
    constexpr std::string_view begin = "<quoted ";
    for (std::size_t at = 0; (at = text.find(begin, at)) != std::string::npos;) {
        const std::size_t end = text.find("/>", at);
        if (end == std::string::npos) return;
        text.replace(at, end + 2 - at, " ");
    }
}

std::vector<std::string> ids_of(const Json& members) {
    std::vector<std::string> ids;
    if (!members.is_array()) return ids;
    for (const Json& member : members) {
        if (std::string id = string_at(member, "id"); !id.empty()) ids.push_back(std::move(id));
    }
    return ids;
}

}  // namespace

Activity read_activity(const Json& json) {
    Activity a;
    a.type = string_at(json, "type");
    a.id = string_at(json, "id");
    a.channel_id = string_at(json, "channelId");
    a.service_url = string_at(json, "serviceUrl");
    a.timestamp = string_at(json, "timestamp");
    a.from_id = string_at(json, "from", "id");
    a.from_object = string_at(json, "from", "aadObjectId");
    a.from_bot = string_at(json, "from", "role") == "bot";
    a.recipient_id = string_at(json, "recipient", "id");
    a.conversation_id = string_at(json, "conversation", "id");
    a.tenant = string_at(json, "channelData", "tenant", "id");
    a.conversation_tenant = string_at(json, "conversation", "tenantId");
    a.team = string_at(json, "channelData", "team", "id");
    a.team_group = string_at(json, "channelData", "team", "aadGroupId");
    a.channel = string_at(json, "channelData", "channel", "id");
    a.shared_channel = string_at(json, "channelData", "channel", "type") == "shared";
    a.event_type = string_at(json, "channelData", "eventType");
    a.locale = string_at(json, "locale");
    a.reply_to = string_at(json, "replyToId");
    a.name = string_at(json, "name");
    a.action = string_at(json, "action");
    a.value = value_at(json, "value");
    a.added = ids_of(value_at(json, "membersAdded"));
    a.removed = ids_of(value_at(json, "membersRemoved"));
    if (const Json& reactions = value_at(json, "reactionsAdded"); reactions.is_array()) {
        for (const Json& reaction : reactions)
            a.reactions_added.push_back(string_at(reaction, "type"));
    }
    const std::string kind = string_at(json, "conversation", "conversationType");
    const bool group = value_at(json, "conversation", "isGroup") == true;
    if (kind == "channel" || (kind.empty() && !a.channel.empty())) {
        a.place = Place::channel;
    } else if (kind == "groupChat" || (kind != "personal" && group)) {
        a.place = Place::group_chat;
    }
    a.addressed = a.place == Place::personal;
    std::string text = string_at(json, "text");
    take_out_mentions(value_at(json, "entities"), a, text);
    take_out_quotes(text);
    replace_all(text, "\xC2\xA0", " ");  // U+00A0, which Teams puts around mentions.
    replace_all(text, "&nbsp;", " ");
    a.text = trimmed(text);
    return a;
}

std::string_view without_thread(std::string_view conversation_id) {
    return conversation_id.substr(0, conversation_id.find(";messageid="));
}

std::string reply_conversation(const Activity& activity) {
    if (activity.place != Place::channel || activity.type == "conversationUpdate" ||
        activity.type == "installationUpdate" ||
        activity.conversation_id.find(";messageid=") != std::string::npos) {
        return activity.conversation_id;
    }
    // The message is itself the root of a thread.
    const bool number = !activity.id.empty() && activity.id != "0" &&
                        std::all_of(activity.id.begin(), activity.id.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    return number ? activity.conversation_id + ";messageid=" + activity.id
                  : activity.conversation_id;
}

bool is_feedback(const Activity& activity) {
    return activity.type == "invoke" && activity.name == "message/submitAction" &&
           string_at(activity.value, "actionName") == "feedback";
}

FormFeedback read_feedback(const Activity& activity) {
    FormFeedback out;
    out.helpful = string_at(activity.value, "actionValue", "reaction") == "like";
    const std::string given = string_at(activity.value, "actionValue", "feedback");
    const auto inner = parse_json(given, 4);
    out.comment = inner && inner->is_object() ? string_at(*inner, "feedbackText") : given;
    return out;
}

std::string path_part(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
    return out;
}

}  // namespace raadbot::teams
