// Ranges that tables sort by: ages ("18-66 år", "under 12 år", "fra 75 år"), school years
// ("0.-3. klasse"), days of the week ("mandag-torsdag", "hverdage", "søn- og helligdage"), months
// ("maj-august"). Pure.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace raadbot::danish {

enum class Scale { age, school_year };

struct NumberRange {
    Scale scale = Scale::age;
    int from = 0;  ///< Inclusive.
    int to = 0;    ///< Inclusive.
    [[nodiscard]] bool holds(int number) const { return from <= number && number <= to; }
};

/// The range that a table's cell names, or nothing. `heading`: of its column ("Alder"), which says
/// what bare numbers are.
[[nodiscard]] std::optional<NumberRange> range_of(std::string_view cell, std::string_view heading);

struct NumberAsked {
    Scale scale = Scale::age;
    int number = 0;
};

/// "til en på 30", "min datter på 8", "et barn på 12 år", "i 3. klasse", "når man er 75".
[[nodiscard]] std::optional<NumberAsked> number_asked(std::string_view question);

/// Monday first.
using Weekdays = std::array<bool, 7>;

/// The days that a heading or cell names; none when it names no day.
[[nodiscard]] Weekdays weekdays_in(std::string_view text);

/// January first.
using Months = std::array<bool, 12>;

/// The months that a heading, cell or question names, and what lies between two: "juni-august",
/// "1. april til 30. september". A single date ("1. april", "april 2026") is none of them.
[[nodiscard]] Months months_in(std::string_view text);

}  // namespace raadbot::danish
