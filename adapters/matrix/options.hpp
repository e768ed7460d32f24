// What the Matrix channel may be told; bot/app fills it from the configuration file and the
// secrets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/matrix/ids.hpp"
#include "retrieval/result.hpp"
#include "retrieval/types.hpp"

namespace raadbot::matrix {

/// Who is entitled to more than public material. Exactly one of server, room, space and user is
/// set.
///
/// A user's or a server's grant belongs to those people wherever they ask. A room's or a space's
/// grant says what the room is for: inside it, people from `Options::servers` hold it too. A room's
/// answers draw only on what every other person in it, invited ones included, may see; a room that
/// anybody may join or read is public; where membership of a space lets people in, all of its
/// members count.
struct Grant {
    std::string server = {};  ///< "example.dk"
    std::string room = {};    ///< "!opaque"
    std::string space = {};   ///< "!opaque": the bot must be a member of the space.
    std::string user = {};    ///< "@lone:example.dk"
    std::vector<Audience> audiences;
};

struct Options {
    std::string homeserver_url;  ///< "https://matrix.example.dk": where the client-server API is.
    std::string server_name;     ///< "example.dk": what follows ':' in the bot's id.
    std::string url;             ///< Where the homeserver reaches the bot: "http://127.0.0.1:8090".
    std::string id = "raadbot";  ///< Of the registration.
    std::string localpart = "raadbot";
    std::string display_name = "Raadbot";
    std::string as_token;                   ///< Secret: bot to homeserver.
    std::string hs_token;                   ///< Secret: homeserver to bot.
    std::string municipality = "kommunen";  ///< For the introduction.
    std::string language = "da";            ///< "da" or "en": of what the bot says by itself.

    std::vector<std::string>
        servers;  ///< Whose people may invite the bot; empty: server_name alone.
    std::vector<std::string> people;  ///< Full ids of others who may.
    std::vector<std::string> bots;    ///< Full ids never answered.
    std::vector<Grant> audiences;
    /// Administrators who may give commands in a room with the bot alone: full id -> their name in
    /// the audit trail.
    std::map<std::string, std::string> staff;

    std::size_t answers_per_minute = 20;   ///< To one person; then silence. 1 to 1,000.
    std::chrono::hours answer_within{24};  ///< Older questions are left alone; 1 h to 30 d.
    bool show_typing = true;
    bool send_receipts = true;
    std::chrono::milliseconds request_time{
        15'000};  ///< One call to the homeserver; 100 ms to 2 min.
    std::chrono::seconds room_wait{
        20};  ///< How long to try to learn who is in a room; 1 s to 5 min.

    [[nodiscard]] UserId bot() const { return {"@" + localpart + ":" + server_name}; }
};

/// Fills `servers` and checks. Errors: invalid_config naming the setting and what it takes.
[[nodiscard]] Result<Options> checked(Options options);

/// True when `user` may bring the bot into a room.
[[nodiscard]] bool may_invite(const Options& options, const UserId& user);

}  // namespace raadbot::matrix
