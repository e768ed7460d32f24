// What a line of a PDF begins with or is made of: bullets, markers, numbers; and how lines join.
#pragma once

#include <string>
#include <string_view>

namespace raadbot::ingest {

[[nodiscard]] bool starts_with_symbol(std::string_view text);
[[nodiscard]] bool is_bullet(std::string_view text);
[[nodiscard]] std::size_t bullet_length(std::string_view text);
[[nodiscard]] bool is_marker(std::string_view text);
[[nodiscard]] bool lower_start(std::string_view text);
void join_line(std::string& text, std::string_view next);

/// "1.250,5 mio." and its like: digits, and at most three letters.
[[nodiscard]] bool mostly_number(std::string_view text);

}  // namespace raadbot::ingest
