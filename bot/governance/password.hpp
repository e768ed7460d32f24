// Passwords of local accounts, which exist for trials: a municipality signs in with its own
// provider. Kept as scrypt (RFC 7914), N = 2^15, r = 8, p = 1, with a salt of its own each.
#pragma once

#include <string>
#include <string_view>

#include "retrieval/result.hpp"
#include "retrieval/types.hpp"

namespace raadbot::governance {

/// "scrypt$15$8$1$<salt>$<key>" in hex. About 50 ms and 32 MB.
[[nodiscard]] std::string password_record(std::string_view password);
/// False for anything that is no such record.
[[nodiscard]] bool fits(std::string_view password, std::string_view record);
/// Takes as long as `fits`, for accounts that do not exist.
void pretend_to_check(std::string_view password);

/// 20 letters and digits without lookalikes, in groups of five: about 100 bits.
[[nodiscard]] std::string one_time_password();

/// A password that somebody chose: 12 to 128 characters, not the login, not one letter again and
/// again. Errors (invalid_input) say what is missing, as a code for texts: "short", "long",
/// "login", "simple".
[[nodiscard]] Result<void> check_new_password(std::string_view password, std::string_view login);

/// How long nobody may try after so many failures in a row: none for four, then 30 s doubling up to
/// 15 minutes.
[[nodiscard]] std::chrono::seconds delay_after(std::int64_t failures);

}  // namespace raadbot::governance
