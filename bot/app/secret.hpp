// Where a secret is kept: in an environment variable or in a file of its own, never in the
// configuration file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "retrieval/result.hpp"

namespace raadbot::app {

struct SecretPlace {
    std::string env;             ///< Name of a variable; or
    std::filesystem::path file;  ///< a file that holds the secret and nothing else.
};

/// The secret, without white space around it. `setting` is what the configuration calls it, such as
/// "teams.app_secret". Errors (invalid_config) never show the secret.
[[nodiscard]] Result<std::string> read_secret(std::string_view setting, const SecretPlace& place);

/// True when the secret's place is empty: the variable not set, the file not there.
[[nodiscard]] bool is_unset(const SecretPlace& place);

/// A new file that only its owner may read (0600). Errors: conflict when there is one already,
/// unavailable when it cannot be written.
[[nodiscard]] Result<void> write_private(const std::filesystem::path& file, std::string_view text);

}  // namespace raadbot::app
