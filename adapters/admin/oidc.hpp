// OpenID Connect, authorization code flow with PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC
// 9207 where the provider sends it). This file decides; what is fetched is handed in.
//
// Every sign-in has its own state, nonce and code verifier; they live here, named by a cookie of
// their own, for ten minutes and one use. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/admin/options.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/url.hpp"
#include "adapters/token/jwt.hpp"
#include "adapters/token/keys.hpp"
#include "retrieval/types.hpp"

namespace raadbot::admin {

/// What the provider says of itself, the part that is used.
struct Provider {
    std::string issuer;
    std::string authorization_endpoint;
    std::string token_endpoint;
    bool sends_issuer = false;  ///< RFC 9207: the answer must carry "iss".
};
/// Errors: denied when it is another issuer, or an endpoint that is not https (but for this
/// machine); invalid_input when it is no such document.
[[nodiscard]] Result<Provider> read_provider(std::string_view json, const std::string& issuer);

/// Whoever signed in, from a token that passed every check.
struct Identity {
    std::string login;  ///< "oidc-" and a hash of issuer and subject: stable, and never used again.
    std::string name;
    governance::Roles roles;
};

/// Checks an ID token's claims (not the signature): issuer, audience, authorised party, times,
/// nonce, subject. Errors: denied; the message is for the log.
[[nodiscard]] Result<Identity> read_claims(std::string_view payload, const OidcOptions& options,
                                           std::string_view nonce, bool must_be_fresh,
                                           Timestamp now);

class Oidc {
public:
    /// Body of a 200 answer. Blocks.
    using Get = std::function<Result<std::string>(const std::string& url)>;
    /// Posts a form with further header fields; body of a 200 answer. Blocks.
    using Post = std::function<Result<std::string>(const std::string& url, const std::string& form,
                                                   const std::vector<http::Field>& fields)>;

    Oidc(OidcOptions options, std::string own_url, Get get, Post post);

    struct Start {
        std::string location;  ///< Where the browser is sent.
        std::string ticket;    ///< For the cookie.
    };
    /// `again`: the person must prove anew who they are. `next`: a path of our own, given back by
    /// finish().
    [[nodiscard]] Result<Start> start(bool again, Timestamp now, std::string next = {});

    struct Finished {
        Identity identity;
        bool again = false;
        std::string next;
    };
    /// The provider's answer, with the cookie's ticket. Errors: denied (forged, foreign, used,
    /// late, or the provider said no), unavailable.
    [[nodiscard]] Result<Finished> finish(std::string_view ticket, const http::Form& query,
                                          Timestamp now);

    [[nodiscard]] std::string redirect_uri() const { return own_url_ + "/log-ind/svar"; }

private:
    struct Pending {
        std::string state;
        std::string nonce;
        std::string verifier;
        bool again = false;
        Timestamp begun{};
        std::string next;
    };
    [[nodiscard]] Result<Provider> provider(Timestamp now);
    [[nodiscard]] Result<std::string> exchange(const Provider& provider, std::string_view code,
                                               const Pending& pending);

    OidcOptions options_;
    std::string own_url_;
    Get get_;
    Post post_;
    token::KeyCache keys_;
    std::mutex mutex_;
    std::map<std::string, Pending, std::less<>> pending_;
    std::optional<Provider> provider_;
    Timestamp provider_read_{};
};

}  // namespace raadbot::admin
