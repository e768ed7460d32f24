#include "adapters/teams/auth.hpp"

#include <algorithm>

namespace raadbot::teams {
namespace {

constexpr std::chrono::seconds skew{300};

bool same_id(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        };
        return lower(x) == lower(y);
    });
}

std::string_view without_slash(std::string_view url) {
    if (url.ends_with('/')) url.remove_suffix(1);
    return url;
}

/// Seconds since the epoch; nothing for what is no sensible whole number.
std::optional<Timestamp> time_at(const Json& claims, const char* name) {
    const Json& value = value_at(claims, name);
    if (!value.is_number_integer()) return std::nullopt;
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > 253'402'300'799U)
        return std::nullopt;
    const auto seconds = value.get<std::int64_t>();
    if (seconds < 0) return std::nullopt;
    return Timestamp(std::chrono::seconds(seconds));
}

bool is_for_us(const std::string& audience, const Options& options) {
    return audience == options.app_id ||
           (options.accept_api_audiences &&
            (audience == "api://" + options.app_id || audience == "api://botid-" + options.app_id));
}

}  // namespace

std::string_view to_string(Denial denial) {
    switch (denial) {
        case Denial::none: return "none";
        case Denial::no_token: return "no bearer token";
        case Denial::malformed: return "malformed token";
        case Denial::issuer: return "wrong issuer";
        case Denial::audience: return "wrong audience";
        case Denial::expired: return "expired token";
        case Denial::not_yet: return "token not yet valid";
        case Denial::unknown_key: return "unknown key";
        case Denial::signature: return "wrong signature";
        case Denial::service_url: return "serviceurl does not fit";
        case Denial::service_host: return "service host not allowed";
        case Denial::endorsement: return "key not endorsed for the channel";
        case Denial::channel: return "channel not served";
        case Denial::tenant: return "tenant not allowed";
        case Denial::recipient: return "meant for another bot";
    }
    return "?";
}

unsigned status_of(Denial denial) {
    if (denial == Denial::none) return 200;
    return denial < Denial::service_url ? 401 : 403;
}

Presented read_token(std::string_view authorization) {
    Presented out;
    const auto deny = [&](Denial denial) {
        out.denial = denial;
        return out;
    };
    constexpr std::string_view scheme = "Bearer ";
    if (!authorization.starts_with(scheme)) return deny(Denial::no_token);
    const std::string_view token = authorization.substr(scheme.size());
    if (token.empty() || token.find_first_of(" \t,") != std::string_view::npos) {
        return deny(Denial::no_token);
    }
    auto jws = token::read_jws(token);
    if (!jws) return deny(Denial::malformed);
    const auto claims = parse_json(jws->payload, 8);
    if (!claims || !claims->is_object()) return deny(Denial::malformed);
    out.claims.key_id = jws->key_id;
    out.claims.issuer = string_at(*claims, "iss");
    out.claims.audience = string_at(*claims, "aud");
    out.claims.service_url = string_at(*claims, "serviceurl");
    out.claims.expires = time_at(*claims, "exp");
    out.claims.begins = time_at(*claims, "nbf");
    out.claims.has_begin = claims->contains("nbf");
    out.jws = std::move(*jws);
    return out;
}

Denial check_claims(const Presented& presented, const Options& options, Timestamp now) {
    if (presented.denial != Denial::none) return presented.denial;
    const Claims& claims = presented.claims;
    if (claims.issuer != options.issuer) return Denial::issuer;
    if (!is_for_us(claims.audience, options)) return Denial::audience;
    if (!claims.expires || now >= *claims.expires + skew) return Denial::expired;
    if (claims.has_begin && (!claims.begins || now + skew < *claims.begins)) return Denial::not_yet;
    return Denial::none;
}

Denial check_signature(const Presented& presented, const KeySet& keys) {
    if (presented.denial != Denial::none) return presented.denial;
    const Key* key = keys.find(presented.jws.key_id);
    if (key == nullptr) return Denial::unknown_key;
    return key->key.verifies(presented.jws.signed_text, presented.jws.signature)
               ? Denial::none
               : Denial::signature;
}

bool is_service_url(std::string_view url, const Options& options) {
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme) || url.size() > 500) return false;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find('/'));
    const std::string_view path = rest.substr(host.size());
    const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '-' || c == '_' || c == '.';
    });
    return plain && path.find("..") == std::string_view::npos &&
           std::find(options.service_hosts.begin(), options.service_hosts.end(), host) !=
               options.service_hosts.end();
}

Denial check_activity(const Activity& activity, const Claims& claims, const KeySet& keys,
                      const Options& options) {
    if (claims.service_url.empty() ||
        without_slash(claims.service_url) != without_slash(activity.service_url)) {
        return Denial::service_url;
    }
    if (!is_service_url(activity.service_url, options)) return Denial::service_host;
    if (activity.channel_id != "msteams") return Denial::channel;
    const Key* key = keys.find(claims.key_id);
    if (key == nullptr) return Denial::unknown_key;
    if (!key->endorsements.empty() && std::find(key->endorsements.begin(), key->endorsements.end(),
                                                activity.channel_id) == key->endorsements.end()) {
        return Denial::endorsement;
    }
    // One of the two is always there; neither may be foreign.
    if (activity.tenant.empty() && activity.conversation_tenant.empty()) return Denial::tenant;
    for (const std::string& tenant : {activity.tenant, activity.conversation_tenant}) {
        if (!tenant.empty() &&
            std::none_of(options.tenants.begin(), options.tenants.end(),
                         [&](const std::string& t) { return same_id(t, tenant); })) {
            return Denial::tenant;
        }
    }
    if (!same_id(activity.recipient_id, "28:" + options.app_id)) return Denial::recipient;
    return Denial::none;
}

}  // namespace raadbot::teams
