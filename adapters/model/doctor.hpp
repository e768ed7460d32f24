// What `raadbot doctor` tries with the models: that they answer, as agreed, in time.
#pragma once

#include <string>
#include <vector>

#include "adapters/model/options.hpp"

namespace raadbot::model {

struct Check {
    enum class State { good, look, bad };
    State state = State::good;
    std::string text;  ///< What was tried, what came of it and what to do.
};

/// Asks each model a made-up question; nothing of the municipality's material is sent.
[[nodiscard]] std::vector<Check> examine(const Options& options);

}  // namespace raadbot::model
