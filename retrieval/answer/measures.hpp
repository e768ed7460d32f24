// Ranges of sizes, sums and classes that lists and rules sort by: "10-12 m", "over 50 m²", "indtil
// 300.000 kr.", "4.-6. klasse" are where an answer for a boat of 11 metres, a barn of 80 m² or the
// 5th class stands. Ages have their own (ages.hpp). Pure functions.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace raadbot::answer {

struct QuestionView;

enum class Unit {
    metre,
    square_metre,
    cubic_metre,
    kilometre,
    kilogram,
    tonne,
    litre,
    krone,
    school_year,
    head
};

/// Both ends included.
struct MeasureRange {
    Unit unit = Unit::metre;
    double from = 0;
    double to = 0;
};

/// In order. A single measure ("en båd på 9 m") is no range.
[[nodiscard]] std::vector<MeasureRange> measure_ranges(std::string_view text);

/// A measure that is asked about: "en båd på 11 meter", "400.000 dyrere".
struct MeasureAsked {
    Unit unit = Unit::metre;
    double value = 0;
    std::vector<std::size_t> aspects;  ///< The number's, and its unit's.
};

[[nodiscard]] std::vector<MeasureAsked> measures_asked(const QuestionView& question);

/// What the ranges say of an asked measure.
enum class Held { untold, no, yes };
[[nodiscard]] Held held_by(const MeasureAsked& asked, const std::vector<MeasureRange>& ranges);

}  // namespace raadbot::answer
