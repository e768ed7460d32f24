// A strict OpenID Connect provider in memory: it takes an authorization request, a code and a token
// request only as the specifications have them, and remembers what it refused.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/http/url.hpp"
#include "adapters/token/jwt.hpp"
#include "bot/governance/digest.hpp"
#include "retrieval/types.hpp"
#include "tests/support/token_signer.hpp"

namespace raadbot::test {

class FakeProvider {
public:
    FakeProvider(std::string issuer, std::string redirect_uri)
        : issuer_(std::move(issuer)), redirect_uri_(std::move(redirect_uri)) {}

    nlohmann::json claims = {{"sub", "abc-123"}, {"preferred_username", "karen@lunby.example"}};
    std::string client_id = "raadbot-admin";
    std::string client_secret = "hemmelig";
    Timestamp now{};
    bool basic = false;        ///< Wants the secret in the Authorization field.
    std::string wrong_nonce;   ///< Set: put into tokens instead of the request's.
    std::string token_header;  ///< Set: the tokens' header.
    std::vector<std::string> refused;

    [[nodiscard]] std::string configuration() const {
        return nlohmann::json{{"issuer", issuer_},
                              {"authorization_endpoint", issuer_ + "/authorize"},
                              {"token_endpoint", issuer_ + "/token"},
                              {"jwks_uri", issuer_ + "/keys"},
                              {"authorization_response_iss_parameter_supported", true},
                              {"code_challenge_methods_supported", {"S256"}},
                              {"id_token_signing_alg_values_supported", {"RS256"}}}
            .dump();
    }

    Result<std::string> get(const std::string& url) const {
        if (url == issuer_ + "/.well-known/openid-configuration") return configuration();
        if (url == issuer_ + "/keys") return signer_.jwks();
        return fail(ErrorCode::unavailable, "404");
    }

    /// The browser follows the redirect and the person signs in: the query that comes back.
    std::optional<http::Form> authorize(const std::string& location) {
        const std::string base = issuer_ + "/authorize?";
        if (!location.starts_with(base)) return refuse("another endpoint");
        const auto query = http::parse_form(location.substr(base.size()));
        if (!query) return refuse("no query");
        const auto value = [&](std::string_view name) {
            return std::string(http::value_of(*query, name));
        };
        if (value("response_type") != "code") return refuse("response_type");
        if (value("client_id") != client_id) return refuse("client_id");
        if (value("redirect_uri") != redirect_uri_) return refuse("redirect_uri");
        if ((" " + value("scope") + " ").find(" openid ") == std::string::npos) {
            return refuse("scope");
        }
        if (value("state").size() < 32 || value("nonce").size() < 32) return refuse("entropy");
        if (value("code_challenge_method") != "S256" || value("code_challenge").size() != 43) {
            return refuse("code_challenge");
        }
        const std::string code = "code-" + std::to_string(++codes_);
        pending_[code] = {value("code_challenge"), value("nonce")};
        return http::Form{{"code", code}, {"state", value("state")}, {"iss", issuer_}};
    }

    Result<std::string> token(const std::string& url, const std::string& body,
                              const std::vector<http::Field>& fields) {
        const auto no = [&](const char* why) {
            refused.emplace_back(why);
            return fail(ErrorCode::unavailable, "400");
        };
        if (url != issuer_ + "/token") return no("another endpoint");
        const auto form = http::parse_form(body);
        if (!form) return no("no form");
        const auto value = [&](std::string_view name) {
            return std::string(http::value_of(*form, name));
        };
        if (value("grant_type") != "authorization_code") return no("grant_type");
        if (value("redirect_uri") != redirect_uri_) return no("redirect_uri");
        if (value("client_id") != client_id) return no("client_id");
        const bool in_field =
            fields.size() == 1 && fields[0].value == "Basic cmFhZGJvdC1hZG1pbjpoZW1tZWxpZw==";
        if (basic ? !in_field || !value("client_secret").empty()
                  : value("client_secret") != client_secret) {
            return no("client_secret");
        }
        const auto found = pending_.find(value("code"));
        if (found == pending_.end()) return no("code");
        const auto [challenge, nonce] = found->second;
        pending_.erase(found);
        if (value("code_verifier").size() < 43 || challenge_of(value("code_verifier")) != challenge)
            return no("code_verifier");
        nlohmann::json all = claims;
        const auto give = [&](const char* key, nlohmann::json otherwise) {
            if (!all.contains(key)) all[key] = std::move(otherwise);
        };
        give("iss", issuer_);
        give("aud", client_id);
        give("iat", now.time_since_epoch().count());
        give("exp", now.time_since_epoch().count() + 300);
        give("nonce", wrong_nonce.empty() ? nonce : wrong_nonce);
        const std::string token = token_header.empty() ? signer_.token(all.dump())
                                                       : signer_.token(token_header, all.dump());
        return nlohmann::json{{"id_token", token}, {"token_type", "Bearer"}}.dump();
    }

    [[nodiscard]] const TokenSigner& signer() const { return signer_; }

private:
    std::optional<http::Form> refuse(const char* why) {
        refused.emplace_back(why);
        return std::nullopt;
    }
    static std::string challenge_of(const std::string& verifier) {
        const std::string hex = governance::sha256_hex(verifier);
        std::string bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        }
        return token::base64url_encoded(bytes);
    }

    std::string issuer_;
    std::string redirect_uri_;
    TokenSigner signer_{"key-1"};
    std::map<std::string, std::pair<std::string, std::string>> pending_;
    int codes_ = 0;
};

}  // namespace raadbot::test
