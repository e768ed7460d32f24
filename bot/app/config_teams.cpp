#include <chrono>

#include "bot/app/config_channels.hpp"
#include "bot/app/table_reader.hpp"

namespace raadbot::app {

namespace fs = std::filesystem;

Result<void> read_teams(const fs::path& file, const toml::table& table, Config& config) {
    TeamsConfig section;
    teams::Options& options = section.options;
    std::string secret_file;
    std::int64_t request_seconds = 15;
    auto read = TableReader(file, table, "teams.")
                    .text("address", section.address)
                    .number("port", section.port, 0, 65535)
                    .text("app_id", options.app_id)
                    .text("app_secret_env", section.app_secret.env)
                    .text("app_secret_file", secret_file)
                    .texts("tenants", options.tenants)
                    .text("token_tenant", options.token_tenant)
                    .texts("service_hosts", options.service_hosts)
                    .flag("accept_api_audiences", options.accept_api_audiences)
                    .text("language", options.language)
                    .flag("welcome", options.welcome)
                    .flag("source_cards", options.source_cards)
                    .number("request_seconds", request_seconds, 1, 120)
                    .text("app_name", section.app_name)
                    .text("app_version", section.app_version)
                    .texts("starters_da", section.starters_da)
                    .texts("starters_en", section.starters_en)
                    .tables("audience",
                            [&](const toml::table& inner) -> Result<void> {
                                teams::AudienceRule rule;
                                auto rule_read = TableReader(file, inner, "teams.audience.")
                                                     .text("tenant", rule.tenant)
                                                     .text("group", rule.group)
                                                     .text("team", rule.team)
                                                     .text("conversation", rule.conversation)
                                                     .text("person", rule.person)
                                                     .audiences("may_see", rule.audiences)
                                                     .done();
                                if (rule_read) options.audiences.push_back(std::move(rule));
                                return rule_read;
                            })
                    .done();
    if (!read) return read;
    if (!secret_file.empty())
        section.app_secret.file = fs::absolute(file).parent_path() / secret_file;
    options.request_time = std::chrono::seconds{request_seconds};
    config.teams = std::move(section);
    return {};
}

Result<teams::Options> teams_options(const Config& config) {
    teams::Options options = config.teams.value().options;
    auto secret = read_secret("teams.app_secret", config.teams->app_secret);
    if (!secret) return tl::unexpected(secret.error());
    options.client_secret = std::move(*secret);
    options.municipality = config.municipality;
    options.public_url = config.public_url;
    for (const ChatPerson& one : config.admin ? config.admin->chat : std::vector<ChatPerson>{}) {
        if (!one.teams.empty()) options.staff[one.teams] = one.person.login;
    }
    return teams::checked(std::move(options));
}

teams::PackageInputs teams_package_inputs(const Config& config) {
    const TeamsConfig& section = config.teams.value();
    teams::PackageInputs inputs;
    inputs.app_id = section.options.app_id;
    inputs.version = section.app_version;
    inputs.name = section.app_name;
    inputs.municipality = config.municipality;
    inputs.public_url = config.public_url;
    inputs.questions_da = section.starters_da;
    inputs.questions_en = section.starters_en;
    return inputs;
}

}  // namespace raadbot::app
