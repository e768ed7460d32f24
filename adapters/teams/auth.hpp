// Is this request from the Bot Connector, for this bot, about this conversation? Every check is
// mandatory. Pure given the keys and the time. Source: protocols of the Bot Connector REST
// authentication.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/teams/codec.hpp"
#include "adapters/teams/options.hpp"
#include "adapters/token/jwt.hpp"
#include "retrieval/types.hpp"

namespace raadbot::teams {

using token::Jws;
using token::Key;
using token::KeySet;

enum class Denial {
    none,
    no_token,   ///< No Authorization field, or not exactly "Bearer <token>".
    malformed,  ///< Not a compact RS256 token with JSON claims.
    issuer,
    audience,
    expired,
    not_yet,
    unknown_key,
    signature,
    service_url,   ///< Missing, or another than the activity's.
    service_host,  ///< Not https, or no allowed host.
    endorsement,   ///< The key is not meant for this channel.
    channel,
    tenant,
    recipient,  ///< The activity is for another bot.
};
[[nodiscard]] std::string_view to_string(Denial denial);
/// 401 for a missing or bad token, 403 for a good one that does not fit.
[[nodiscard]] unsigned status_of(Denial denial);

struct Claims {
    std::string key_id;
    std::string issuer;
    std::string audience;
    std::string service_url;
    std::optional<Timestamp> expires;
    std::optional<Timestamp> begins;
    bool has_begin = false;  ///< Stated, be it as nonsense.
};

/// A token taken apart. What it claims is not checked.
struct Presented {
    Denial denial = Denial::none;  ///< no_token or malformed: the rest is empty.
    Jws jws;
    Claims claims;
};
/// First part: the form. Says the same of the same field for ever.
[[nodiscard]] Presented read_token(std::string_view authorization);

/// Second part, before the body is looked at and before any key is fetched: issuer, audience and
/// times. On every request.
[[nodiscard]] Denial check_claims(const Presented& presented, const Options& options,
                                  Timestamp now);

/// Third part: the signature.
[[nodiscard]] Denial check_signature(const Presented& presented, const KeySet& keys);

/// Does the activity fit the token? `keys` must know the token's key.
[[nodiscard]] Denial check_activity(const Activity& activity, const Claims& claims,
                                    const KeySet& keys, const Options& options);

/// https, an allowed host, no port, user, query or fragment.
[[nodiscard]] bool is_service_url(std::string_view url, const Options& options);

}  // namespace raadbot::teams
