// The registration file that the homeserver's administrator installs (Matrix 1.19, application
// service API, "Registration").
#pragma once

#include <string>

#include "adapters/matrix/options.hpp"

namespace raadbot::matrix {

/// 32 random bytes in hex. Throws std::runtime_error when the system has no randomness.
[[nodiscard]] std::string random_token();

/// The YAML. Needs url, id, localpart, server_name and the tokens of `options`. No namespaces but
/// the bot's own user: others would bring it the talk of rooms it is not in.
[[nodiscard]] std::string registration_yaml(const Options& options);

struct Registration {
    std::string yaml;
    std::string as_token;  ///< Both also go where the configuration says that secrets are.
    std::string hs_token;
};
/// With fresh tokens, whatever `options` has. Errors: those of checked().
[[nodiscard]] Result<Registration> new_registration(Options options);

}  // namespace raadbot::matrix
