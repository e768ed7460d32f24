// Reads JSON from outside (questions, events, requests) strictly, as RFC 8259 has it. Pure.
//
// Beyond the grammar: no NUL byte anywhere (nlohmann/json 3.11.2 takes one at the end for the end
// of the text), no byte order mark, bounded nesting, and no key twice in one object, because two
// readers of such an object may see two different requests.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

#include "retrieval/result.hpp"

namespace raadbot::bot {

enum class DuplicateKeys {
    refuse,
    keep_last,  ///< As RFC 8259 allows; for documents that others write.
};

struct StrictJsonOptions {
    std::size_t most_depth = 64;  ///< Arrays and objects within each other, at least 1.
    DuplicateKeys duplicate_keys = DuplicateKeys::refuse;
};

/// Errors: invalid_input, too_large (nesting). The message says what is wrong and at which byte; it
/// never quotes the text, which may hold personal data.
[[nodiscard]] Result<nlohmann::json> parse_strict_json(std::string_view text,
                                                       const StrictJsonOptions& options = {});

}  // namespace raadbot::bot
