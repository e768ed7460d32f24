// The council lexicon that the configuration names.
#pragma once

#include <memory>

#include "bot/app/config.hpp"
#include "retrieval/danish/lexicon.hpp"

namespace raadbot::app {

/// Reads it, or shares what the process holds of it already: it takes a good part of a start's time
/// and memory. Error: invalid_config naming file and line. Safe from any thread.
[[nodiscard]] Result<std::shared_ptr<const danish::Lexicon>> lexicon_of(const Config& config);

}  // namespace raadbot::app
