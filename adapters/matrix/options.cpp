#include "adapters/matrix/options.hpp"

#include <algorithm>

namespace raadbot::matrix {
namespace {

bool is_base_url(const std::string& url) {
    return (url.starts_with("https://") || url.starts_with("http://")) && url.back() != '/' &&
           url.find_first_of(" \t\r\n\"<>#?") == std::string::npos;
}

bool is_localpart(const std::string& text) {
    return !text.empty() && text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-' || c == '=' || c == '/' || c == '+';
    });
}

bool is_token(const std::string& text) {
    return text.size() >= 16 && text.size() <= 512 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

bool has(const std::vector<std::string>& list, std::string_view what) {
    return std::find(list.begin(), list.end(), what) != list.end();
}

}  // namespace

Result<Options> checked(Options options) {
    const auto wrong = [](std::string message) {
        return fail(ErrorCode::invalid_config, "matrix." + std::move(message));
    };
    if (!is_base_url(options.homeserver_url)) {
        return wrong("homeserver_url: an http(s) address without a trailing slash");
    }
    if (!is_base_url(options.url)) return wrong("url: an http(s) address without a trailing slash");
    if (!is_server_name(options.server_name))
        return wrong("server_name: a host name in lower case");
    if (!is_localpart(options.localpart)) return wrong("localpart: a-z, 0-9 and ._-=/+");
    if (!is_localpart(options.id)) return wrong("id: a-z, 0-9 and ._-=/+");
    if (!is_token(options.as_token)) return wrong("as_token: 16 to 512 visible characters");
    if (!is_token(options.hs_token)) return wrong("hs_token: 16 to 512 visible characters");
    if (options.as_token == options.hs_token) return wrong("as_token and hs_token must differ");
    if (options.language != "da" && options.language != "en")
        return wrong("language: \"da\" or \"en\"");
    if (options.display_name.empty() || options.display_name.size() > 200) {
        return wrong("display_name: 1 to 200 bytes");
    }
    if (options.answers_per_minute < 1 || options.answers_per_minute > 1'000) {
        return wrong("answers_per_minute: 1 to 1,000");
    }
    if (options.answer_within < std::chrono::hours(1) ||
        options.answer_within > std::chrono::hours(24 * 30)) {
        return wrong("answer_within: 1 hour to 30 days");
    }
    if (options.request_time < std::chrono::milliseconds(100) ||
        options.request_time > std::chrono::minutes(2)) {
        return wrong("request_time: 100 ms to 2 minutes");
    }
    if (options.room_wait < std::chrono::seconds(1) ||
        options.room_wait > std::chrono::minutes(5)) {
        return wrong("room_wait: 1 s to 5 minutes");
    }
    if (options.servers.empty()) options.servers.push_back(options.server_name);
    for (const std::string& server : options.servers) {
        if (!is_server_name(server)) return wrong("servers: \"" + server + "\" is no server name");
    }
    for (const auto* list : {&options.people, &options.bots}) {
        for (const std::string& user : *list) {
            if (!parse_user_id(user))
                return wrong("people, bots: \"" + user + "\" is no user id (@name:server)");
        }
    }
    for (const Grant& grant : options.audiences) {
        const int set = !grant.server.empty() + !grant.room.empty() + !grant.space.empty() +
                        !grant.user.empty();
        if (set != 1)
            return wrong("audiences: exactly one of server, room, space and user in each entry");
        if (grant.audiences.empty()) return wrong("audiences: an entry without audiences");
        if (!grant.server.empty() && !is_server_name(grant.server)) {
            return wrong("audiences: \"" + grant.server + "\" is no server name");
        }
        if (!grant.user.empty() && !parse_user_id(grant.user)) {
            return wrong("audiences: \"" + grant.user + "\" is no user id");
        }
        for (const std::string& room : {grant.room, grant.space}) {
            if (!room.empty() && !parse_room_id(room)) {
                return wrong("audiences: \"" + room +
                             "\" is no room id (\"!...\"; aliases do not do)");
            }
        }
    }
    return options;
}

bool may_invite(const Options& options, const UserId& user) {
    return !has(options.bots, user.value) &&
           (has(options.servers, server_of(user)) || has(options.people, user.value));
}

}  // namespace raadbot::matrix
