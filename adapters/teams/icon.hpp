// The app's icons: a town hall's columns in a speech bubble, drawn from shapes, written as PNG.
// Pure.
#pragma once

#include <string>

namespace raadbot::teams {

/// 192 x 192, white on the accent colour.
[[nodiscard]] std::string colour_icon();
/// 32 x 32, white on nothing.
[[nodiscard]] std::string outline_icon();
inline constexpr const char* accent_colour = "#1F4E79";

}  // namespace raadbot::teams
