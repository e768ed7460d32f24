// A table's row as passages hold it, one a line: "Udvalg: Teknik; Formand: Anders Toft (F)". A list
// item with a colon ("Teknikudvalget: 7 medlemmer") is a row of one cell. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

struct Cell {
    danish::Span heading;  ///< Byte range in the text the row was read from; may be empty.
    danish::Span value;
    [[nodiscard]] danish::Span whole() const { return {heading.begin, value.end}; }
};

/// The cells of the line `row` of `text`; empty when it is no row. Offsets are into `text`.
[[nodiscard]] std::vector<Cell> cells_of(std::string_view text, danish::Span row);

/// True for a line of two cells or more: running text with one colon is no row.
[[nodiscard]] bool is_row(std::string_view line);

/// The lines of a text, without their line breaks; empty ones are left out.
[[nodiscard]] std::vector<danish::Span> lines_of(std::string_view text);

[[nodiscard]] inline std::string_view part(std::string_view text, danish::Span span) {
    return text.substr(span.begin, span.end - span.begin);
}

}  // namespace raadbot::answer
