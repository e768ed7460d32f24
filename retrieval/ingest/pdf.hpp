// PDF by poppler's pdftohtml, run as a program of its own: positions, fonts and pages of the
// visible text. What it prints is laid out here again as headings, paragraphs, lists and table
// rows.
#pragma once

#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

[[nodiscard]] Result<Parsed> parse_pdf(const ParseInput& input, const Limits& limits);

struct PdfLayout {
    Blocks blocks;
    std::size_t pages = 0;
    std::vector<std::uint32_t> empty_pages;  ///< Pages without any text.
    std::uint32_t hidden = 0;                ///< Text too small, white or off the page.
    std::string title;                       ///< The largest heading of the first page, or empty.
    std::optional<Date> dated;               ///< "Dato: ..." on the first page.
};
/// From `pdftohtml -xml` output; pure.
[[nodiscard]] PdfLayout lay_out_pdf(std::string_view xml);

}  // namespace raadbot::ingest
