// `raadbot manifest teams|matrix`: the file that the other side's administrator installs.
#include "adapters/teams/manifest.hpp"

#include <iostream>

#include "adapters/matrix/registration.hpp"
#include "bot/app/commands.hpp"
#include "bot/app/config_channels.hpp"

namespace raadbot::app {
namespace {

int teams_package(const Config& config, const std::filesystem::path& out) {
    if (auto written = teams::write_package(teams_package_inputs(config), out); !written)
        return report(written.error());
    std::cout << "Wrote " << out.string()
              << ": upload it in the Teams admin center (Teams apps, Manage apps, Upload)\n";
    return exit_good;
}

/// Keeps tokens that are there already, so that a registration can be written anew without a change
/// at the homeserver.
Result<matrix::Registration> registration_of(const Config& config) {
    const MatrixConfig& section = *config.matrix;
    if (is_unset(section.as_token) && is_unset(section.hs_token)) {
        return matrix::new_registration(section.options);
    }
    const auto options = matrix_options(config);
    if (!options) return tl::unexpected(options.error());
    return matrix::Registration{matrix::registration_yaml(*options), "", ""};
}

int matrix_registration(const Config& config, const std::filesystem::path& out) {
    const MatrixConfig& section = *config.matrix;
    const auto registration = registration_of(config);
    if (!registration) return report(registration.error());
    if (auto written = write_private(out, registration->yaml); !written)
        return report(written.error());
    std::cout << "Wrote " << out.string()
              << ": it holds secrets; the homeserver reads it (Synapse: "
                 "app_service_config_files), then restart the homeserver\n";
    if (registration->as_token.empty()) return exit_good;
    const auto keep = [&](const SecretPlace& place, const std::string& name,
                          const std::string& token) -> Result<void> {
        if (place.file.empty()) {
            std::cout << "Put its " << name << " into "
                      << (place.env.empty() ? "what matrix." + name + "_env or _file will name"
                                            : "the environment variable " + place.env)
                      << '\n';
            return {};
        }
        auto written = write_private(place.file, token + "\n");
        if (written) std::cout << "Wrote " << place.file.string() << '\n';
        return written;
    };
    if (auto kept = keep(section.as_token, "as_token", registration->as_token); !kept)
        return report(kept.error());
    if (auto kept = keep(section.hs_token, "hs_token", registration->hs_token); !kept)
        return report(kept.error());
    return exit_good;
}

}  // namespace

int manifest(const ManifestArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    const bool teams = arguments.channel == "teams";
    if (teams ? !config->teams.has_value() : !config->matrix.has_value()) {
        return report({ErrorCode::invalid_config, arguments.config.string() + ": there is no [" +
                                                      arguments.channel + "] section"});
    }
    return teams ? teams_package(*config, arguments.out)
                 : matrix_registration(*config, arguments.out);
}

}  // namespace raadbot::app
