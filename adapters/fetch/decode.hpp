// Bodies as they come -> bytes as the parsers want them: gzip and deflate undone within limits,
// text in UTF-8. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "retrieval/result.hpp"

namespace raadbot::fetch {

struct InflateLimits {
    std::size_t bytes = 32U << 20U;  ///< Of the result.
    std::size_t ratio = 200;         ///< Result to input, once the result is beyond 1 MB.
};

/// gzip, zlib or raw deflate. Errors: too_large (a limit; nothing beyond it is produced),
/// unreadable (damaged or cut short).
[[nodiscard]] Result<std::string> inflate(std::string_view bytes, const InflateLimits& limits);

/// "text/html" of "Text/HTML; charset=x"; lower case.
[[nodiscard]] std::string media_type(std::string_view content_type);
/// The charset parameter of a Content-Type, lower case, or empty.
[[nodiscard]] std::string charset_of(std::string_view content_type);

/// Text in the charset that the response's header names, as UTF-8. What is UTF-8 already stays,
/// whatever the header says; an unknown or missing charset leaves the bytes as they are, for the
/// parser, which looks for the page's own <meta charset> and falls back to Windows-1252.
[[nodiscard]] std::string to_utf8(std::string bytes, std::string_view charset);

}  // namespace raadbot::fetch
