// Tables on a PDF's page: where lines stand in columns, and what their rows say.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/pdf_pages.hpp"

namespace raadbot::ingest {

/// Of the page, in poppler's units.
struct PageMeasure {
    double pitch = 0;       ///< From one line of running text to the next.
    double right_edge = 0;  ///< Where its longest line ends.
};

/// End of the table that begins at this line, or the line itself.
[[nodiscard]] std::size_t table_end(const std::vector<PdfLine>& lines, std::size_t begin,
                                    const PageMeasure& page);

struct HeadedTable {
    std::vector<PdfLine> lines;  ///< The first is the head.
    std::size_t end = 0;         ///< Behind its last line, in the lines it was found in.
};
/// A table whose names of columns poppler gave as one bold line: cut where the columns below begin.
[[nodiscard]] std::optional<HeadedTable> table_under_head(const std::vector<PdfLine>& lines,
                                                          std::size_t at, const PageMeasure& page);

/// Running text in columns that were taken for a table's: sentences go on down each column, and
/// across none. The lines of each column, or nothing when it is a table.
[[nodiscard]] std::vector<std::vector<PdfLine>> columns_of_prose(const std::vector<PdfLine>& lines);

/// Blocks of kind row, without group and page; none when the lines have no two columns.
[[nodiscard]] Blocks table_rows(std::vector<PdfLine> lines);

}  // namespace raadbot::ingest
