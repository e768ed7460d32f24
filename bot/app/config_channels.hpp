// The configuration's sections for Teams, Matrix and the administration; read_config calls them.
#pragma once

#include <toml++/toml.h>

#include <filesystem>

#include "adapters/teams/manifest.hpp"
#include "bot/app/config.hpp"

namespace raadbot::app {

[[nodiscard]] Result<void> read_teams(const std::filesystem::path& file, const toml::table& table,
                                      Config& config);
[[nodiscard]] Result<void> read_matrix(const std::filesystem::path& file, const toml::table& table,
                                       Config& config);
[[nodiscard]] Result<void> read_admin(const std::filesystem::path& file, const toml::table& table,
                                      Config& config);

[[nodiscard]] Result<void> read_model(const std::filesystem::path& file, const toml::table& table,
                                      Config& config);

/// What the app package of `[teams]` says.
[[nodiscard]] teams::PackageInputs teams_package_inputs(const Config& config);

}  // namespace raadbot::app
