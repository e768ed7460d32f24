// What the section or the lead-in of a list is called that answers a turn of question: "hvad skal
// jeg have med" is answered under "Medbring" or "vedlægges følgende". Pure functions; safe from any
// thread.
#pragma once

#include <span>
#include <string_view>

namespace raadbot::danish {

/// Beginnings of words (loose keys, see pieces.hpp; phrases separated by blanks) of which such a
/// heading holds one; empty when the question has no such turn. The views live as long as the
/// program.
[[nodiscard]] std::span<const std::string_view> section_sought(std::string_view question);

/// True when the words hold one of the beginnings.
[[nodiscard]] bool is_called(std::string_view words, std::span<const std::string_view> beginnings);

}  // namespace raadbot::danish
