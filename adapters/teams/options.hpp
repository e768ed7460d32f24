// What the Teams channel may be told; bot/app fills it from the configuration file and the secrets.
// There is no switch that turns a check off.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "bot/delivery/options.hpp"
#include "bot/message.hpp"
#include "retrieval/result.hpp"
#include "retrieval/types.hpp"

namespace raadbot::teams {

/// Who is entitled to more than public material. At least one of the five places is set; all that
/// are set must match.
///
/// A rule with `person`, or with `tenant` alone, is about people and holds in their personal chats.
/// A rule with `team`, `group` or `conversation` is about a room and says what everybody in it may
/// see; people's own rules do not count there, since others read along.
struct AudienceRule {
    std::string tenant;        ///< Entra tenant id.
    std::string group;         ///< Entra group id of a team.
    std::string team;          ///< "19:...@thread.tacv2"
    std::string conversation;  ///< A channel or a group chat, without ";messageid=".
    std::string person;        ///< Entra object id.
    std::vector<Audience> audiences;
};

struct Options {
    std::string app_id;                ///< The bot's, a GUID.
    std::vector<std::string> tenants;  ///< Whose people are answered; at least one.
    std::string token_tenant;   ///< Where our own token comes from; empty: the first of `tenants`.
    std::string client_secret;  ///< Secret, from the environment or a file.
    std::vector<std::string> service_hosts{
        "smba.trafficmanager.net"};     ///< Of serviceUrl; exact names.
    bool accept_api_audiences = false;  ///< Also "api://<app id>" and "api://botid-<app id>".

    std::vector<AudienceRule> audiences;
    /// Administrators who may give commands in their personal chat: Entra object id -> their name
    /// in the audit trail.
    std::map<std::string, std::string> staff;
    std::string municipality = "kommunen";
    std::string public_url;       ///< Base of permalinks.
    std::string language = "da";  ///< "da" or "en": of what the bot says by itself.
    bool welcome = true;          ///< A card at the first meeting.
    bool source_cards = true;     ///< A second message with the sources when there are several.

    std::string metadata_url = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    std::string issuer = "https://api.botframework.com";
    std::string login_url = "https://login.microsoftonline.com";
    std::string scope = "https://api.botframework.com/.default";
    std::chrono::milliseconds request_time{15'000};  ///< One call to Teams; 100 ms to 2 min.

    /// Published estimates (2026-10): per conversation and bot; per tenant and app.
    delivery::Limits limits{{{std::chrono::seconds(1), 7},
                             {std::chrono::seconds(2), 8},
                             {std::chrono::seconds(30), 60},
                             {std::chrono::hours(1), 1'800}},
                            {{std::chrono::seconds(1), 50}}};
};

/// Errors: invalid_config naming the setting and what it takes.
[[nodiscard]] Result<Options> checked(Options options);

/// "8-4-4-4-12" hexadecimal digits.
[[nodiscard]] bool is_guid(std::string_view text);

}  // namespace raadbot::teams
