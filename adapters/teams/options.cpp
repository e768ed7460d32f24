#include "adapters/teams/options.hpp"

namespace raadbot::teams {
namespace {

tl::unexpected<Error> wrong(const std::string& setting, const std::string& what) {
    return fail(ErrorCode::invalid_config, "teams." + setting + ": " + what);
}

bool is_host(std::string_view text) {
    if (text.empty() || text.size() > 253 || text.front() == '.' || text.front() == '-')
        return false;
    for (const char c : text) {
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'))
            return false;
    }
    return text.find('.') != std::string_view::npos;
}

}  // namespace

bool is_guid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t n = 0; n < text.size(); ++n) {
        const char c = text[n];
        const bool dash = n == 8 || n == 13 || n == 18 || n == 23;
        const bool digit =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !digit) return false;
    }
    return true;
}

Result<Options> checked(Options options) {
    if (!is_guid(options.app_id)) return wrong("app_id", "takes the bot's app id, a GUID");
    if (options.tenants.empty()) {
        return wrong("tenants", "name at least one Entra tenant id; nobody else is answered");
    }
    for (const std::string& tenant : options.tenants) {
        if (!is_guid(tenant))
            return wrong("tenants", "\"" + tenant + "\" is no tenant id (a GUID)");
    }
    if (options.token_tenant.empty()) options.token_tenant = options.tenants.front();
    if (!is_guid(options.token_tenant) && options.token_tenant != "botframework.com") {
        return wrong("token_tenant",
                     "takes a tenant id, or botframework.com for an old multi-tenant bot");
    }
    if (options.client_secret.empty()) {
        return wrong("client_secret",
                     "is missing: name an environment variable or a file that holds it");
    }
    if (options.service_hosts.empty()) return wrong("service_hosts", "name at least one host");
    for (const std::string& host : options.service_hosts) {
        if (!is_host(host)) return wrong("service_hosts", "\"" + host + "\" is no host name");
    }
    if (options.language != "da" && options.language != "en") {
        return wrong("language", "takes \"da\" or \"en\"");
    }
    for (const AudienceRule& rule : options.audiences) {
        if (rule.tenant.empty() && rule.group.empty() && rule.team.empty() &&
            rule.conversation.empty() && rule.person.empty()) {
            return wrong("audience",
                         "each rule names a tenant, group, team, conversation or person");
        }
        if (rule.audiences.empty())
            return wrong("audience", "each rule gives at least one audience");
        for (const std::string* id : {&rule.tenant, &rule.group, &rule.person}) {
            if (!id->empty() && !is_guid(*id)) {
                return wrong("audience", "\"" + *id + "\" is no Entra id (a GUID)");
            }
        }
    }
    for (const auto& [id, login] : options.staff) {
        if (!is_guid(id)) return wrong("staff", "\"" + id + "\" is no Entra object id (a GUID)");
    }
    using namespace std::chrono_literals;
    if (options.request_time < 100ms || options.request_time > 120'000ms) {
        return wrong("request_time", "takes 100 ms to 2 min");
    }
    return options;
}

}  // namespace raadbot::teams
