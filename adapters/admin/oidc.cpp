#include "adapters/admin/oidc.hpp"

#include <algorithm>

#include "adapters/token/json.hpp"
#include "bot/governance/digest.hpp"

namespace raadbot::admin {
namespace {

using namespace std::chrono_literals;
using governance::random_hex;
using governance::same_secret;
using token::Json;
using token::string_at;
using token::value_at;

constexpr auto pending_for = 10min;
constexpr std::size_t most_pending = 1'000;
constexpr auto skew = 2min;
constexpr auto provider_for = 24h;

bool is_safe_endpoint(std::string_view url) {
    return url.starts_with("https://") || url.starts_with("http://127.0.0.1:") ||
           url.starts_with("http://localhost:");
}

/// S256 of RFC 7636: base64url of SHA-256 over the verifier's letters.
std::string challenge_of(const std::string& verifier) {
    const std::string hex = governance::sha256_hex(verifier);
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return token::base64url_encoded(bytes);
}

bool claim_holds(const Json& claims, const std::string& claim, const std::string& value) {
    const auto found = claims.find(claim);
    if (found == claims.end()) return false;
    if (found->is_string()) return *found == value;
    return found->is_array() && std::any_of(found->begin(), found->end(), [&](const Json& item) {
               return item.is_string() && item == value;
           });
}

std::optional<Timestamp> time_at(const Json& claims, const char* key) {
    const Json& value = value_at(claims, key);
    if (!value.is_number_integer() && !value.is_number_unsigned()) return std::nullopt;
    const auto seconds = value.get<std::int64_t>();
    if (seconds < 0 || seconds > 253'402'300'799) return std::nullopt;  // To the year 9999.
    return Timestamp{std::chrono::seconds{seconds}};
}

std::string query_of(const http::Form& pairs) {
    std::string out;
    for (const auto& [name, value] : pairs) {
        if (!out.empty()) out += '&';
        out += name + "=" + http::percent_encoded(value);
    }
    return out;
}

std::string basic_credentials(const std::string& id, const std::string& secret) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string text = http::percent_encoded(id) + ":" + http::percent_encoded(secret);
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits <<= 8U;
            if (i + k < text.size()) bits |= static_cast<unsigned char>(text[i + k]);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += i + k > text.size() ? '=' : letters[(bits >> (18U - 6U * k)) & 63U];
        }
    }
    return out;
}

}  // namespace

Result<Provider> read_provider(std::string_view text, const std::string& issuer) {
    const auto json = token::parse_json(text);
    if (!json) return fail(ErrorCode::invalid_input, "the provider's configuration is no JSON");
    Provider out;
    out.issuer = string_at(*json, "issuer");
    if (out.issuer != issuer && out.issuer != issuer + "/") {
        return fail(ErrorCode::denied, "the provider's configuration is of another issuer");
    }
    out.authorization_endpoint = string_at(*json, "authorization_endpoint");
    out.token_endpoint = string_at(*json, "token_endpoint");
    if (!is_safe_endpoint(out.authorization_endpoint) || !is_safe_endpoint(out.token_endpoint)) {
        return fail(ErrorCode::denied, "the provider's endpoints are not https");
    }
    const Json& sends = value_at(*json, "authorization_response_iss_parameter_supported");
    out.sends_issuer = sends.is_boolean() && sends.get<bool>();
    const Json& methods = value_at(*json, "code_challenge_methods_supported");
    if (methods.is_array() && std::find(methods.begin(), methods.end(), "S256") == methods.end()) {
        return fail(ErrorCode::denied, "the provider does not offer PKCE with S256");
    }
    return out;
}

Result<Identity> read_claims(std::string_view payload, const OidcOptions& options,
                             std::string_view nonce, bool must_be_fresh, Timestamp now) {
    const auto denied = [](const char* why) { return fail(ErrorCode::denied, why); };
    const auto claims = token::parse_json(payload);
    if (!claims || !claims->is_object()) return denied("the token's claims are no JSON object");
    const std::string issuer = string_at(*claims, "iss");
    if (issuer != options.issuer && issuer != options.issuer + "/") {
        return denied("the token is of another issuer");
    }
    if (!claim_holds(*claims, "aud", options.client_id)) return denied("the token is not for us");
    const Json& audience = value_at(*claims, "aud");
    const std::string party = string_at(*claims, "azp");
    if (audience.is_array() && audience.size() > 1 && party.empty()) {
        return denied("the token is for several and does not say which");
    }
    if (!party.empty() && party != options.client_id) return denied("the token is another's");
    const auto expires = time_at(*claims, "exp");
    const auto issued = time_at(*claims, "iat");
    if (!expires || !issued) return denied("the token does not say when it is valid");
    if (now >= *expires + skew) return denied("the token has expired");
    if (*issued > now + skew || now - *issued > pending_for)
        return denied("the token is not of now");
    if (const auto from = time_at(*claims, "nbf"); from && *from > now + skew) {
        return denied("the token is not valid yet");
    }
    if (nonce.empty() || !same_secret(string_at(*claims, "nonce"), nonce)) {
        return denied("the token belongs to another sign-in");
    }
    if (must_be_fresh) {
        // Providers that do not say when (Entra, unless asked) were told to ask anew all the same.
        const auto when = time_at(*claims, "auth_time");
        if (when && now - *when > 5min) return denied("the provider did not ask anew");
    }
    const std::string subject = string_at(*claims, "sub");
    if (subject.empty() || subject.size() > 255) return denied("the token names nobody");
    Identity out;
    out.login = "oidc-" + governance::sha256_hex(options.issuer + "\n" + subject).substr(0, 16);
    for (const std::string& claim :
         {options.login_claim, std::string("name"), std::string("sub")}) {
        if (out.name.empty()) out.name = string_at(*claims, claim.c_str()).substr(0, 200);
    }
    for (const RoleRule& rule : options.roles) {
        if (claim_holds(*claims, rule.claim, rule.value)) out.roles = out.roles | rule.role;
    }
    return out;
}

Oidc::Oidc(OidcOptions options, std::string own_url, Get get, Post post)
    : options_(std::move(options)),
      own_url_(std::move(own_url)),
      get_(std::move(get)),
      post_(std::move(post)),
      keys_(options_.issuer + "/.well-known/openid-configuration", get_,
            token::KeyCache::KeysAt::any_https) {}

Result<Provider> Oidc::provider(Timestamp now) {
    {
        const std::lock_guard lock(mutex_);
        if (provider_ && now - provider_read_ < provider_for) return *provider_;
    }
    const auto text = get_(options_.issuer + "/.well-known/openid-configuration");
    if (!text) return tl::unexpected(text.error());
    auto fresh = read_provider(*text, options_.issuer);
    if (!fresh) return fresh;
    const std::lock_guard lock(mutex_);
    provider_ = *fresh;
    provider_read_ = now;
    return fresh;
}

Result<Oidc::Start> Oidc::start(bool again, Timestamp now, std::string next) {
    const auto provider = this->provider(now);
    if (!provider) return tl::unexpected(provider.error());
    Pending pending{random_hex(32), random_hex(32), random_hex(32), again, now, std::move(next)};
    http::Form query = {{"response_type", "code"},
                        {"client_id", options_.client_id},
                        {"redirect_uri", redirect_uri()},
                        {"scope", options_.scope},
                        {"state", pending.state},
                        {"nonce", pending.nonce},
                        {"code_challenge", challenge_of(pending.verifier)},
                        {"code_challenge_method", "S256"},
                        {"response_mode", "query"}};
    if (again) {
        query.emplace_back("prompt", "login");
        query.emplace_back("max_age", "0");
    }
    Start out;
    const std::string& endpoint = provider->authorization_endpoint;
    out.location =
        endpoint + (endpoint.find('?') == std::string::npos ? "?" : "&") + query_of(query);
    out.ticket = random_hex(32);
    const std::lock_guard lock(mutex_);
    std::erase_if(pending_,
                  [&](const auto& entry) { return now - entry.second.begun >= pending_for; });
    if (pending_.size() >= most_pending) {
        return fail(ErrorCode::unavailable, "too many sign-ins have begun and not ended");
    }
    pending_.emplace(governance::sha256_hex(out.ticket), std::move(pending));
    return out;
}

Result<std::string> Oidc::exchange(const Provider& provider, std::string_view code,
                                   const Pending& pending) {
    http::Form form = {{"grant_type", "authorization_code"},
                       {"code", std::string(code)},
                       {"redirect_uri", redirect_uri()},
                       {"client_id", options_.client_id},
                       {"code_verifier", pending.verifier}};
    std::vector<http::Field> fields;
    if (!options_.client_secret.empty()) {
        if (options_.send_secret_in_body) {
            form.emplace_back("client_secret", options_.client_secret);
        } else {
            fields.push_back(
                {"Authorization",
                 "Basic " + basic_credentials(options_.client_id, options_.client_secret)});
        }
    }
    const auto answer = post_(provider.token_endpoint, query_of(form), fields);
    if (!answer) return tl::unexpected(answer.error());
    const auto json = token::parse_json(*answer);
    std::string token = json ? string_at(*json, "id_token") : "";
    if (token.empty()) return fail(ErrorCode::denied, "the provider gave no ID token");
    return token;
}

Result<Oidc::Finished> Oidc::finish(std::string_view ticket, const http::Form& query,
                                    Timestamp now) {
    const auto denied = [](std::string why) { return fail(ErrorCode::denied, std::move(why)); };
    Pending pending;
    {
        // One use: whatever comes of it, the ticket is gone.
        const std::lock_guard lock(mutex_);
        const auto found = pending_.find(governance::sha256_hex(ticket));
        if (ticket.empty() || found == pending_.end()) return denied("no such sign-in has begun");
        pending = std::move(found->second);
        pending_.erase(found);
    }
    if (now - pending.begun >= pending_for) return denied("the sign-in took too long");
    if (!same_secret(http::value_of(query, "state"), pending.state)) {
        return denied("the answer belongs to another sign-in");
    }
    const auto provider = this->provider(now);
    if (!provider) return tl::unexpected(provider.error());
    const std::string_view issuer = http::value_of(query, "iss");
    if (issuer.empty() ? provider->sends_issuer : issuer != provider->issuer) {
        return denied("the answer is of another issuer");
    }
    if (!http::value_of(query, "error").empty()) return denied("the provider said no");
    const std::string_view code = http::value_of(query, "code");
    if (code.empty() || code.size() > 4'096) return denied("the answer holds no code");
    const auto token = exchange(*provider, code, pending);
    if (!token) return tl::unexpected(token.error());
    const auto jws = token::read_jws(*token);
    if (!jws) return denied("the ID token is not signed with RS256");
    const auto keys = keys_.keys_for(jws->key_id, now);
    if (keys == nullptr) {
        return fail(ErrorCode::unavailable,
                    "the provider's keys cannot be fetched: " + keys_.problem());
    }
    const token::Key* key = keys->find(jws->key_id);
    if (key == nullptr || !key->key.verifies(jws->signed_text, jws->signature)) {
        return denied("the ID token's signature does not hold");
    }
    auto identity = read_claims(jws->payload, options_, pending.nonce, pending.again, now);
    if (!identity) return tl::unexpected(identity.error());
    return Finished{std::move(*identity), pending.again, std::move(pending.next)};
}

}  // namespace raadbot::admin
