// Is Matrix in order? What `raadbot doctor` asks the homeserver, each with what to do when it is
// not.
#pragma once

#include <string>
#include <vector>

#include "adapters/matrix/homeserver.hpp"
#include "adapters/matrix/options.hpp"

namespace raadbot::matrix {

struct Check {
    bool good = false;
    std::string what;    ///< "registration loaded"
    std::string detail;  ///< What was found, or what to do.
};

/// `now`: our clock. The ping comes back only while `raadbot serve` runs.
[[nodiscard]] std::vector<Check> examine(const Options& options, Homeserver& homeserver,
                                         Timestamp now);

}  // namespace raadbot::matrix
