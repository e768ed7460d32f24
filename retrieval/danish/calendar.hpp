// Civil calendar arithmetic for date mentions: months, ISO weeks, seasons, council terms. Pure
// functions. Not for reading text (see dates.hpp).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "retrieval/types.hpp"

namespace raadbot::danish {

/// Inclusive on both ends.
struct Period {
    Date first{};
    Date last{};
    friend bool operator==(const Period&, const Period&) = default;
};

[[nodiscard]] Date make_date(int year, unsigned month, unsigned day);
[[nodiscard]] Date add_days(const Date& date, int days);
/// The same day of another month; the month's last day when it has no such day.
[[nodiscard]] Date add_months(const Date& date, int months);

[[nodiscard]] Period year_period(int year);
[[nodiscard]] Period month_period(int year, unsigned month);
/// quarter 1-4, half 1-2.
[[nodiscard]] Period quarter_period(int year, unsigned quarter);
[[nodiscard]] Period half_period(int year, unsigned half);
/// ISO 8601 week, Monday to Sunday; nothing when that year has no such week.
[[nodiscard]] std::optional<Period> week_period(int year, unsigned week);
/// The ISO week that a day lies in.
[[nodiscard]] Period week_of(const Date& date);
/// Danish council terms run four years from 1 January: 2022-2025, 2026-2029 ...
[[nodiscard]] Period term_of(int year);

/// 1-12 for a Danish or English month name or abbreviation, given as loose key; 0 when it is none.
[[nodiscard]] unsigned month_number(std::string_view key);
/// 1 (Monday) - 7 for a Danish or English weekday, given as loose key, also "mandags"; 0 when it is
/// none.
[[nodiscard]] unsigned weekday_number(std::string_view key);
/// 1 (Monday) - 7.
[[nodiscard]] unsigned iso_weekday(const Date& date);

}  // namespace raadbot::danish
