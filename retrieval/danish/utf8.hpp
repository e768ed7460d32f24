// Reading UTF-8 one code point at a time. Internal to retrieval/danish.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace raadbot::danish::utf8 {

struct CodePoint {
    std::uint32_t value = 0;  ///< U+FFFD when ill-formed.
    std::size_t length =
        1;  ///< Bytes taken; for an ill-formed one its maximal subpart (Unicode 3.9).
    bool valid = true;
};

inline std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

/// The code point at `at` (which must be inside the text).
CodePoint decode(std::string_view text, std::size_t at);

void append(std::string& out, std::uint32_t code_point);

/// Letters and the marks that combine with them.
bool is_letter(std::uint32_t code_point);
bool is_mark(std::uint32_t code_point);
bool is_upper(std::uint32_t code_point);
bool is_lower(std::uint32_t code_point);

/// Bytes of blank characters (space, tab, no-break and other Unicode spaces) at `at`; 0 when none.
std::size_t blank_length(std::string_view text, std::size_t at);

}  // namespace raadbot::danish::utf8
