// Percent encoding and form data (WHATWG URL, application/x-www-form-urlencoded). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadbot::http {

/// Nothing when an escape is broken, or when the result holds a NUL byte.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
/// Everything but unreserved characters (RFC 3986 §2.3) escaped.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// The pairs of a query or of a form's body, in order. Nothing when it is not such data, is not
/// UTF-8, holds a NUL byte, or has more than `most` pairs.
using Form = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::optional<Form> parse_form(std::string_view text, std::size_t most = 64);
/// The first value of that name; empty when absent.
[[nodiscard]] std::string_view value_of(const Form& form, std::string_view name);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace raadbot::http
