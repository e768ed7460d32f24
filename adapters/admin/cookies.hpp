// Cookies: what a browser sends, and what it is given (RFC 6265). Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace raadbot::admin {

/// The value of a Cookie field's cookie; empty when it is absent, malformed, or there twice: of
/// two, nobody knows which is ours.
[[nodiscard]] std::string_view cookie(std::string_view field, std::string_view name);

enum class SameSite { strict, lax };

/// A Set-Cookie field: HttpOnly, for the whole host and no other, gone with the browser unless
/// `age` is given (0: gone now). `secure`: by TLS only. `value`: letters, digits and ".-_" only.
[[nodiscard]] std::string set_cookie(std::string_view name, std::string_view value, bool secure,
                                     SameSite same_site, int age = -1);

}  // namespace raadbot::admin
