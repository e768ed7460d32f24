#include "retrieval/answer/table_rows.hpp"

namespace raadbot::answer {
namespace {

constexpr std::size_t longest_heading = 60;  // Bytes.

/// Where the colon of "Heading: value" stands, or npos. Times ("kl. 16:30") have no blank behind.
std::size_t colon_of(std::string_view piece) {
    const std::size_t colon = piece.find(": ");
    return colon == 0 || colon > longest_heading ? std::string_view::npos : colon;
}

}  // namespace

std::vector<Cell> cells_of(std::string_view text, danish::Span row) {
    std::vector<Cell> cells;
    std::size_t at = row.begin;
    if (text.substr(at, row.end - at).starts_with("- ")) at += 2;
    while (at < row.end) {
        const std::string_view rest = text.substr(at, row.end - at);
        const std::size_t semicolon = rest.find("; ");
        const std::string_view piece = rest.substr(0, semicolon);
        const std::size_t colon = colon_of(piece);
        if (colon != std::string_view::npos) {
            cells.push_back({{at, at + colon}, {at + colon + 2, at + piece.size()}});
        } else if (!cells.empty()) {
            cells.back().value.end = at + piece.size();  // A semicolon within the value.
        } else if (semicolon != std::string_view::npos) {
            cells.push_back({{at, at}, {at, at + piece.size()}});  // Its column has no name.
        } else {
            return {};
        }
        if (semicolon == std::string_view::npos) break;
        at += semicolon + 2;
    }
    return cells;
}

bool is_row(std::string_view line) {
    return line.find("; ") != std::string_view::npos && cells_of(line, {0, line.size()}).size() > 1;
}

std::vector<danish::Span> lines_of(std::string_view text) {
    std::vector<danish::Span> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t end = text.find('\n', at);
        if (end == std::string_view::npos) end = text.size();
        if (end > at) lines.push_back({at, end});
        at = end + 1;
    }
    return lines;
}

}  // namespace raadbot::answer
