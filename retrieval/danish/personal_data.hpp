// CPR numbers by date and shape (never by modulus 11, which newer numbers do not keep). Pure
// functions. domain.md §4: with or without hyphen or blanks; redacted at ingest, in questions and
// in logs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

/// Byte ranges of everything shaped like a CPR number whose first six digits are a date (DDMMYY).
/// Not: case numbers, amounts, phone numbers ("99 00 10 00"), ISO dates with times, longer digit
/// runs.
[[nodiscard]] std::vector<Span> find_cpr(std::string_view text);

/// The text with each CPR number replaced by "[CPR fjernet]".
[[nodiscard]] std::string mask_cpr(std::string_view text);

/// Also masks e-mail addresses and phone numbers: for question text that is stored or logged.
[[nodiscard]] std::string mask_personal_data(std::string_view text);

}  // namespace raadbot::danish
