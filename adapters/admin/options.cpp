#include "adapters/admin/options.hpp"

namespace raadbot::admin {

Result<void> check(const Options& options) {
    const auto bad = [](std::string what) {
        return fail(ErrorCode::invalid_config, "admin: " + std::move(what));
    };
    if (options.language != "da" && options.language != "en") return bad("language: da or en");
    if (!options.oidc && !options.local_accounts) {
        return bad("nobody could sign in: set [admin.oidc], or local_accounts = true");
    }
    const bool own_url = options.url.starts_with("https://") || options.url.starts_with("http://");
    if (!options.url.empty() && !own_url) return bad("url must begin with https:// or http://");
    if (!options.oidc) return {};
    const OidcOptions& oidc = *options.oidc;
    if (!oidc.issuer.starts_with("https://") && !oidc.issuer.starts_with("http://127.0.0.1:") &&
        !oidc.issuer.starts_with("http://localhost:")) {
        return bad("oidc.issuer must begin with https://");
    }
    if (oidc.client_id.empty()) return bad("oidc.client_id is missing");
    if (oidc.roles.empty()) return bad("oidc.role: say who has which role");
    if (options.url.empty()) return bad("url is needed with oidc: the provider sends people back");
    for (const RoleRule& rule : oidc.roles) {
        if (rule.claim.empty() || rule.value.empty()) {
            return bad("oidc.role: claim and value must both be given");
        }
    }
    return {};
}

}  // namespace raadbot::admin
