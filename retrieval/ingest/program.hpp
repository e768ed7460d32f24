// Runs a helper program (poppler's) on bytes: no shell, the input as a read-only memory file,
// output and time limited. Used inside the confined child; the limits hold without it too.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::ingest {

struct ProgramResult {
    std::string output;
    std::string errors;   ///< The first 4 KB of standard error.
    int exit_status = 0;  ///< -1 when killed by a signal.
};

struct ProgramLimits {
    std::chrono::seconds max_seconds{30};
    std::uint64_t max_output = 128ULL << 20;
    std::uint64_t max_memory = 1ULL << 30;
};

/// `arguments[0]` is looked up in PATH; "{}" among the arguments becomes the input's path.
/// Errors: unavailable (not installed), timed_out, too_large.
[[nodiscard]] Result<ProgramResult> run_program(std::vector<std::string> arguments,
                                                std::string_view input,
                                                const ProgramLimits& limits);

}  // namespace raadbot::ingest
