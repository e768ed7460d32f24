// Figures over days as a picture (SVG in the page, no script) and, for whoever does not see it, as
// a sentence and a table. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/admin/layout.hpp"

namespace raadbot::admin {

struct Day {
    std::string label;  ///< "23. november 2026"
    std::vector<std::uint64_t> values;
};

/// Stacked bars, one a day; at most six series, named in order. `summary`: the picture in a
/// sentence.
void plot(Html& html, const Texts& texts, std::string_view title, std::string_view summary,
          const std::vector<std::string>& series, const std::vector<Day>& days);

}  // namespace raadbot::admin
