// What the administration is told by the program.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/governance/desk.hpp"
#include "bot/governance/roles.hpp"
#include "bot/governance/sessions.hpp"
#include "retrieval/result.hpp"

namespace raadbot::admin {

/// Who has `value` in the token's claim `claim` (a text or a list of texts) has `role`.
struct RoleRule {
    std::string claim;
    std::string value;
    governance::Role role = governance::Role::reader;
};

/// Sign-in with OpenID Connect: authorization code with PKCE.
struct OidcOptions {
    std::string issuer;  ///< "https://login.microsoftonline.com/<tenant>/v2.0", no trailing slash.
    std::string client_id;
    std::string client_secret;  ///< Empty: a public client.
    std::string scope = "openid profile";
    std::string login_claim = "preferred_username";  ///< Shown; the subject is what counts.
    std::vector<RoleRule> roles;
    bool send_secret_in_body = true;  ///< client_secret_post; else client_secret_basic.
};

struct Options {
    std::string municipality = "kommunen";
    /// The administration's own origin: "https://raadbot-admin.egelund.example". Empty: what the
    /// request says.
    std::string url;
    std::string public_url;  ///< Of the public site, for links to answers.
    std::string language = "da";
    bool local_accounts = true;
    std::optional<OidcOptions> oidc;
    governance::SessionRules sessions;
    governance::DeskOptions desk;
    /// Told why a request got the apology page, and what of a sign-in was refused; no secrets.
    std::function<void(std::string_view)> log = {};
};

/// Errors: invalid_config naming the option.
[[nodiscard]] Result<void> check(const Options& options);

}  // namespace raadbot::admin
