// Every date that a stretch of a calendar prints, also those whose month or year stands elsewhere:
// "onsdag den 9. december", "3., 10. og 17. november", "9/12", "27." under "Januar". Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::danish {

/// What stands around the text: a column's month, a table's year.
struct DateContext {
    std::optional<int> year;
    std::optional<unsigned> month;  ///< 1..12
};

struct PrintedDate {
    Date date{};
    Span span;  ///< From the weekday, if one stands before it, to the last of day, month and year.
};

/// In order of the text. What is no date of the calendar (31 November), and what lacks a month or
/// year that neither text nor context says, is left out. Of "20.-21. august" both are given.
[[nodiscard]] std::vector<PrintedDate> printed_dates(std::string_view text,
                                                     const DateContext& context);

/// The only year (2000..2099) that the text names, or nothing.
[[nodiscard]] std::optional<int> only_year(std::string_view text);

/// The month that a heading or cell is ("Januar", "jan.", "Januar 2027"), 1..12, or nothing.
[[nodiscard]] std::optional<unsigned> only_month(std::string_view text);

}  // namespace raadbot::danish
