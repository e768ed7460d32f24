// A PDF's pages as poppler prints them: fragments with their places, put together into lines in
// reading order, without running heads and feet. What the lines mean is pdf_layout's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::ingest {

struct Fragment {
    double top = 0, left = 0, width = 0, height = 0;
    int size = 0;
    bool bold = false;
    std::string text;
    [[nodiscard]] double right() const { return left + width; }
    [[nodiscard]] double bottom() const { return top + height; }
};

struct PdfLine {
    std::vector<Fragment> parts;  ///< From left to right, apart from each other.
    double top = 0, bottom = 0;
    [[nodiscard]] double left() const { return parts.front().left; }
    [[nodiscard]] double right() const { return parts.back().right(); }
    [[nodiscard]] double height() const { return bottom - top; }
};

struct PdfPage {
    std::uint32_t number = 0;
    double width = 0, height = 0;
    bool columns = false;  ///< Two columns of running text.
    std::vector<Fragment> fragments;
    std::vector<PdfLine> lines;
};

/// From `pdftohtml -xml` output. Counts text that no reader sees (off the page, tiny, white) in
/// `hidden`.
[[nodiscard]] std::vector<PdfPage> read_pages(std::string_view xml, std::uint32_t& hidden);
/// Fills `lines` from `fragments`, column after column.
void order_page(PdfPage& page);
/// Heads and feet: the same words (numbers aside) at the same height on most pages, near an edge.
void drop_running_lines(std::vector<PdfPage>& pages);
[[nodiscard]] std::string line_text(const PdfLine& line);

}  // namespace raadbot::ingest
