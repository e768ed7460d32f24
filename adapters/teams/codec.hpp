// Activities as Teams sends them, turned into plain values. Pure. Whatever is missing, unknown or
// of another kind than expected is empty: Teams adds fields and kinds without notice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/teams/json.hpp"

namespace raadbot::teams {

enum class Place { personal, group_chat, channel };

struct Activity {
    std::string type;
    std::string id;
    std::string channel_id;  ///< "msteams"
    std::string service_url;
    std::string timestamp;
    std::string from_id;      ///< "29:..."
    std::string from_object;  ///< Entra object id.
    bool from_bot = false;
    std::string recipient_id;     ///< "28:<app id>"
    std::string conversation_id;  ///< In a thread with ";messageid=<root>".
    Place place = Place::personal;
    std::string tenant;               ///< channelData.tenant.id
    std::string conversation_tenant;  ///< conversation.tenantId
    std::string team;
    std::string team_group;  ///< Entra group id of the team.
    std::string channel;
    bool shared_channel = false;  ///< Shared with other teams or organisations.
    std::string event_type;       ///< channelData.eventType
    std::string text;             ///< Without the mention of the bot, trimmed.
    bool addressed = false;       ///< Personal chat, or the bot is mentioned.
    std::string locale;
    std::string reply_to;
    std::string name;                ///< Of an invoke.
    std::string action;              ///< Of an installationUpdate.
    Json value;                      ///< Of an invoke or a card.
    std::vector<std::string> added;  ///< Members, by id.
    std::vector<std::string> removed;
    std::vector<std::string> reactions_added;
};

[[nodiscard]] Activity read_activity(const Json& json);

/// "19:...@thread.tacv2;messageid=1" -> "19:...@thread.tacv2".
[[nodiscard]] std::string_view without_thread(std::string_view conversation_id);

/// Where an answer goes: the thread that the message is in or begins (channels), else the chat.
[[nodiscard]] std::string reply_conversation(const Activity& activity);

/// A sent feedback form: what the user thought. Accepts the form's text as a JSON string holding
/// JSON, as documented, and as plain text.
struct FormFeedback {
    bool helpful = false;
    std::string comment;
};
[[nodiscard]] bool is_feedback(const Activity& activity);
[[nodiscard]] FormFeedback read_feedback(const Activity& activity);

/// Letters, digits and "-._~" stay, all else is escaped: ids hold ':', '@', ';' and '='.
[[nodiscard]] std::string path_part(std::string_view text);

}  // namespace raadbot::teams
