// The Teams app package: manifest, Danish and English texts, icons drawn here. Pure but for
// write_package.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "adapters/teams/json.hpp"
#include "adapters/teams/options.hpp"

namespace raadbot::teams {

struct PackageInputs {
    std::string app_id;             ///< The bot's; also the app's in Teams.
    std::string version = "1.0.0";  ///< major.minor.patch; must grow for an update.
    std::string municipality;       ///< "Egelund Kommune"
    std::string public_url;  ///< "https://raadbot.example.dk"; pages /om and /privatliv are named.
    std::string name = "Raadbot";  ///< At most 30 characters.
    std::vector<std::string> questions_da,
        questions_en;  ///< Prompt starters; the first ten are used.
};

/// The files of the package by name. Errors: invalid_config naming the setting that does not fit.
[[nodiscard]] Result<std::map<std::string, std::string>> package_files(const PackageInputs& inputs);
/// As one zip. Errors: unavailable when it cannot be written, and those of package_files.
[[nodiscard]] Result<void> write_package(const PackageInputs& inputs,
                                         const std::filesystem::path& zip);

}  // namespace raadbot::teams
