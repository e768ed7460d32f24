// Digests, random tokens and the comparison that takes the same time for any difference. Pure but
// for the system's random numbers.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::governance {

[[nodiscard]] std::string sha256_hex(std::string_view bytes);
/// `bytes` random bytes in hex. Throws std::runtime_error when the system has none.
[[nodiscard]] std::string random_hex(std::size_t bytes);
/// Takes as long for every text of b's length.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace raadbot::governance
