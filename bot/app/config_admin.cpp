// The [admin] section.
#include <algorithm>

#include "bot/app/config_channels.hpp"
#include "bot/app/table_reader.hpp"

namespace raadbot::app {

namespace fs = std::filesystem;

Result<void> read_admin(const fs::path& file, const toml::table& table, Config& config) {
    AdminConfig section;
    std::int64_t idle = 30;
    std::int64_t absolute = 10;
    std::int64_t fresh = 15;
    std::vector<std::string> roots;
    std::string secret_file;
    const fs::path base = fs::absolute(file).parent_path();
    const auto oidc = [&](const toml::table& inner) -> Result<void> {
        admin::OidcOptions& options = section.options.oidc.emplace();
        auto read =
            TableReader(file, inner, "admin.oidc.")
                .text("issuer", options.issuer)
                .text("client_id", options.client_id)
                .text("client_secret_env", section.client_secret.env)
                .text("client_secret_file", secret_file)
                .text("scope", options.scope)
                .text("login_claim", options.login_claim)
                .flag("send_secret_in_body", options.send_secret_in_body)
                .tables("role",
                        [&](const toml::table& rule_table) -> Result<void> {
                            admin::RoleRule rule;
                            std::string role;
                            auto rule_read = TableReader(file, rule_table, "admin.oidc.role.")
                                                 .text("claim", rule.claim)
                                                 .text("value", rule.value)
                                                 .text("role", role)
                                                 .done();
                            if (!rule_read) return rule_read;
                            const auto parsed = governance::parse_role(role);
                            if (!parsed) {
                                return fail(ErrorCode::invalid_config,
                                            where(file, rule_table) + parsed.error().message);
                            }
                            rule.role = *parsed;
                            options.roles.push_back(std::move(rule));
                            return {};
                        })
                .done();
        while (options.issuer.ends_with('/')) options.issuer.pop_back();
        return read;
    };
    const auto chat = [&](const toml::table& inner) -> Result<void> {
        ChatPerson one;
        std::vector<std::string> roles;
        auto read = TableReader(file, inner, "admin.chat.")
                        .text("login", one.person.login)
                        .texts("roles", roles)
                        .text("teams", one.teams)
                        .text("matrix", one.matrix)
                        .done();
        if (!read) return read;
        for (const std::string& name : roles) {
            const auto role = governance::parse_role(name);
            if (!role)
                return fail(ErrorCode::invalid_config, where(file, inner) + role.error().message);
            one.person.roles = one.person.roles | *role;
        }
        const bool somewhere = !one.teams.empty() || !one.matrix.empty();
        if (one.person.login.empty() || one.person.roles.empty() || !somewhere) {
            return fail(ErrorCode::invalid_config,
                        where(file, inner) +
                            "admin.chat: give login, roles, and teams (Entra object id) or matrix "
                            "(full id)");
        }
        section.chat.push_back(std::move(one));
        return {};
    };
    auto read = TableReader(file, table, "admin.")
                    .text("address", section.address)
                    .number("port", section.port, 0, 65535)
                    .text("url", section.options.url)
                    .text("language", section.options.language)
                    .flag("local_accounts", section.options.local_accounts)
                    .flag("four_eyes", section.options.desk.four_eyes)
                    .texts("source_roots", roots)
                    .number("idle_minutes", idle, 1, 480)
                    .number("absolute_hours", absolute, 1, 24)
                    .number("fresh_sign_in_minutes", fresh, 1, 120)
                    .table("oidc", oidc)
                    .tables("chat", chat)
                    .done();
    if (!read) return read;
    while (section.options.url.ends_with('/')) section.options.url.pop_back();
    if (!secret_file.empty()) section.client_secret.file = base / secret_file;
    if (roots.empty()) roots.emplace_back(".");
    for (const std::string& root : roots) section.options.desk.roots.push_back(base / root);
    section.options.sessions.idle = std::chrono::minutes{idle};
    section.options.sessions.absolute = std::chrono::hours{absolute};
    section.options.sessions.fresh_sign_in = std::chrono::minutes{fresh};
    config.admin = std::move(section);
    return {};
}

Result<admin::Options> admin_options(const Config& config) {
    admin::Options options = config.admin.value().options;
    options.municipality = config.municipality;
    options.public_url = config.public_url;
    options.desk = desk_options(config);
    const SecretPlace& place = config.admin->client_secret;
    if (options.oidc && !(place.env.empty() && place.file.empty())) {
        auto secret = read_secret("admin.oidc.client_secret", place);
        if (!secret) return tl::unexpected(secret.error());
        options.oidc->client_secret = std::move(*secret);
    }
    if (auto good = admin::check(options); !good) return tl::unexpected(good.error());
    return options;
}

governance::DeskOptions desk_options(const Config& config) {
    governance::DeskOptions options;
    if (config.admin) {
        options = config.admin->options.desk;
    } else {
        options.four_eyes = false;  // Whoever has the machine is the only one there is.
    }
    options.data_dir = config.data_dir;
    return options;
}

}  // namespace raadbot::app
