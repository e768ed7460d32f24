// The words of time in questions, as loose keys (see pieces.hpp): directions, seasons, units, small
// numbers. Pure functions.
#pragma once

#include <optional>
#include <string_view>

namespace raadbot::danish {

enum class Direction { none, past, current, future };
enum class Unit { none, day, week, month, year };

/// "sidste" past, "denne" current, "næste" future.
[[nodiscard]] Direction direction_of(std::string_view word);
/// 0 spring, 1 summer, 2 autumn, 3 winter.
[[nodiscard]] std::optional<unsigned> season_of(std::string_view word);
/// "to", "3", "couple".
[[nodiscard]] std::optional<unsigned> small_number(std::string_view word);
[[nodiscard]] Unit unit_of(std::string_view word);
/// "møde", "byrådsmøde", "referat", "meeting": what is held or published per meeting.
[[nodiscard]] bool is_meeting(std::string_view word);

}  // namespace raadbot::danish
