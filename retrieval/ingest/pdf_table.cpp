#include "retrieval/ingest/pdf_table.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "retrieval/ingest/pdf_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool is_table_line(const PdfLine& line) {
    if (line.parts.size() < 2) return false;
    if (line.parts.size() == 2 && is_marker(line.parts[0].text)) return false;
    if (line_text(line).find(".....") != std::string::npos) return false;
    return true;
}

struct Column {
    double left;
    double right;
};

std::vector<Column> columns_of(const std::vector<PdfLine>& lines, std::size_t begin,
                               std::size_t end) {
    std::vector<Column> columns;
    std::vector<Column> parts;
    // Names of columns may reach over their neighbours: the rows under a bold head place the
    // columns.
    const auto bold = [](const PdfLine& line) {
        return std::all_of(line.parts.begin(), line.parts.end(),
                           [](const Fragment& part) { return part.bold; });
    };
    std::size_t plain = 0;
    for (std::size_t at = begin; at < end; ++at)
        plain += lines[at].parts.size() >= 2 && !bold(lines[at]) ? 1U : 0U;
    for (std::size_t at = begin; at < end; ++at) {
        if (lines[at].parts.size() < 2 || (plain >= 2 && bold(lines[at]))) continue;
        for (const Fragment& part : lines[at].parts) parts.push_back({part.left, part.right()});
    }
    std::sort(parts.begin(), parts.end(),
              [](const Column& a, const Column& b) { return a.left < b.left; });
    for (const Column& part : parts) {
        if (!columns.empty() && part.left < columns.back().right - 1) {
            columns.back().right = std::max(columns.back().right, part.right);
        } else {
            columns.push_back(part);
        }
    }
    return columns;
}

/// "Teknik- og Miljøudvalget 154": poppler glues a number to a cell that nearly touches it.
/// Where other rows begin a column inside such a part, the number is cut off again.
void split_glued_numbers(std::vector<PdfLine>& lines) {
    std::map<int, int> edges;
    for (const PdfLine& line : lines) {
        for (const Fragment& part : line.parts) ++edges[static_cast<int>(std::lround(part.left))];
    }
    for (PdfLine& line : lines) {
        for (std::size_t index = 0; index < line.parts.size(); ++index) {
            const Fragment part = line.parts[index];
            const std::size_t blank = part.text.rfind(' ');
            if (blank == std::string::npos || mostly_number(part.text) ||
                !mostly_number(part.text.substr(blank + 1)))
                continue;
            const double share =
                static_cast<double>(blank + 1) / static_cast<double>(part.text.size());
            const double place = part.left + part.width * share;
            for (const auto& [edge, count] : edges) {
                if (count < 2 || edge <= part.left + 10 || edge >= part.right() ||
                    std::abs(edge - place) > part.height * 1.2)
                    continue;
                Fragment number = part;
                number.text = part.text.substr(blank + 1);
                number.left = edge;
                number.width = part.right() - edge;
                line.parts[index].text = part.text.substr(0, blank);
                line.parts[index].width = edge - part.left - 2;
                line.parts.insert(line.parts.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                                  number);
                ++index;
                break;
            }
        }
    }
}

}  // namespace

std::size_t table_end(const std::vector<PdfLine>& lines, std::size_t begin,
                      const PageMeasure& page) {
    if (!is_table_line(lines[begin])) return begin;
    std::size_t rows = 0;
    std::size_t end = begin;
    for (std::size_t at = begin; at < lines.size(); ++at) {
        const double gap = at == begin ? 0 : lines[at].top - lines[at - 1].bottom;
        if (gap > 2.2 * std::max(page.pitch, lines[at].height()) ||
            (at > begin && lines[at].top < lines[at - 1].top))
            break;
        if (is_table_line(lines[at])) {
            ++rows;
            end = at + 1;
            continue;
        }
        // One part alone: the rest of a cell, if it stands under a cell and not at full width.
        const PdfLine& line = lines[at];
        const bool under_cell = std::any_of(lines[at - 1].parts.begin(), lines[at - 1].parts.end(),
                                            [&](const Fragment& part) {
                                                return std::abs(part.left - line.left()) < 6 ||
                                                       std::abs(part.right() - line.right()) < 6;
                                            });
        const bool narrow =
            line.right() - line.left() < (page.right_edge - lines[begin].left()) * 0.62;
        if (!under_cell || !narrow || gap > 0.8 * std::max(page.pitch, line.height())) break;
    }
    if (rows < 2) return begin;
    return end;
}

std::optional<HeadedTable> table_under_head(const std::vector<PdfLine>& lines, std::size_t at,
                                            const PageMeasure& page) {
    if (lines[at].parts.size() != 1 || !lines[at].parts[0].bold || at + 1 >= lines.size())
        return std::nullopt;
    if (lines[at + 1].top - lines[at].bottom > 2.2 * std::max(page.pitch, lines[at].height()))
        return std::nullopt;
    const std::size_t end = table_end(lines, at + 1, page);
    if (end == at + 1) return std::nullopt;
    const std::vector<Column> columns = columns_of(lines, at + 1, end);
    const Fragment& whole = lines[at].parts[0];
    const auto letters = [](std::string_view text) {
        return static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) {
            return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }));
    };
    const double width = whole.width / std::max(1.0, letters(whole.text));  // of one letter
    std::vector<std::size_t> cuts = {0};
    for (std::size_t column = 1; column < columns.size(); ++column) {
        std::size_t best = 0;
        double best_off = 3.0 * width;
        for (std::size_t blank = whole.text.find(' ', cuts.back() + 1); blank != std::string::npos;
             blank = whole.text.find(' ', blank + 1)) {
            const double place =
                whole.left + width * (letters(std::string_view(whole.text).substr(0, blank)) + 1);
            if (std::abs(place - columns[column].left) < best_off) {
                best_off = std::abs(place - columns[column].left);
                best = blank;
            }
        }
        if (best == 0) return std::nullopt;
        cuts.push_back(best);
    }
    if (cuts.size() < 2) return std::nullopt;
    std::vector<PdfLine> table(lines.begin() + static_cast<std::ptrdiff_t>(at),
                               lines.begin() + static_cast<std::ptrdiff_t>(end));
    table[0].parts.clear();
    for (std::size_t column = 0; column < columns.size(); ++column) {
        Fragment part = whole;
        const std::size_t to = column + 1 < cuts.size() ? cuts[column + 1] : whole.text.size();
        part.text =
            std::string(trim(std::string_view(whole.text).substr(cuts[column], to - cuts[column])));
        part.left = columns[column].left;
        part.width = columns[column].right - columns[column].left;
        table[0].parts.push_back(std::move(part));
    }
    return HeadedTable{std::move(table), end};
}

std::vector<std::vector<PdfLine>> columns_of_prose(const std::vector<PdfLine>& lines) {
    constexpr std::size_t least_lines = 4;
    const std::vector<Column> places = columns_of(lines, 0, lines.size());
    if (places.size() < 2 || lines.size() < least_lines) return {};
    std::vector<std::vector<PdfLine>> columns(places.size());
    for (const PdfLine& line : lines) {
        for (const Fragment& part : line.parts) {
            std::size_t column = 0;
            while (column + 1 < places.size() && part.left >= places[column + 1].left - 1) ++column;
            if (columns[column].empty() || columns[column].back().top != line.top)
                columns[column].push_back({{}, line.top, line.bottom});
            columns[column].back().parts.push_back(part);
        }
    }
    for (const std::vector<PdfLine>& column : columns) {
        // A table's cells end at different heights; a column of prose has no gaps.
        if (column.size() < least_lines) return {};
        const auto between = std::count_if(lines.begin(), lines.end(), [&](const PdfLine& line) {
            return line.top >= column.front().top && line.top <= column.back().top;
        });
        if (column.size() * 5 < static_cast<std::size_t>(between) * 4) return {};
        std::size_t words = 0;
        std::size_t goes_on = 0;
        for (std::size_t at = 0; at < column.size(); ++at) {
            const std::string text = line_text(column[at]);
            words += word_count(text);
            if (at == 0) continue;
            const std::string before = line_text(column[at - 1]);
            const char last = before.empty() ? '.' : before.back();
            const bool open = last != '.' && last != ':' && last != '?' && last != '!';
            goes_on += open && lower_start(text) ? 1U : 0U;
        }
        if (words < column.size() * 3 || goes_on * 2 < column.size() - 1) return {};
    }
    return columns;
}

Blocks table_rows(std::vector<PdfLine> lines) {
    split_glued_numbers(lines);
    const std::size_t begin = 0;
    const std::size_t end = lines.size();
    const std::vector<Column> columns = columns_of(lines, begin, end);
    if (columns.size() < 2) return {};
    struct Row {
        std::vector<std::string> cells;
        bool bold = true;
        double bottom = 0;
    };
    std::vector<Row> rows;
    for (std::size_t at = begin; at < end; ++at) {
        const PdfLine& line = lines[at];
        Row row;
        row.cells.resize(columns.size());
        row.bottom = line.bottom;
        for (const Fragment& part : line.parts) {
            std::size_t best = 0;
            double best_score = -1e9;
            for (std::size_t column = 0; column < columns.size(); ++column) {
                const Column& place = columns[column];
                double score =
                    std::min(part.right(), place.right) - std::max(part.left, place.left);
                if (at == begin &&
                    part.bold) {  // a head belongs where an edge or the middle agrees
                    score = -std::min(
                        {std::abs(part.left - place.left), std::abs(part.right() - place.right),
                         std::abs(part.left + part.right() - place.left - place.right) / 2});
                }
                if (score > best_score) {
                    best_score = score;
                    best = column;
                }
            }
            if (!row.cells[best].empty()) row.cells[best] += ' ';
            row.cells[best] += part.text;
            row.bold = row.bold && part.bold;
        }
        // A line that has no first cell and follows closely goes on with the row above.
        const bool goes_on = !rows.empty() && row.bold == rows.back().bold &&
                             line.top - rows.back().bottom < 0.35 * line.height() &&
                             (row.cells[0].empty() || line.parts.size() == 1);
        if (goes_on && !(row.cells[0].empty() &&
                         std::any_of(row.cells.begin(), row.cells.end(), mostly_number))) {
            for (std::size_t column = 0; column < columns.size(); ++column) {
                if (!row.cells[column].empty())
                    join_line(rows.back().cells[column], row.cells[column]);
            }
            rows.back().bottom = row.bottom;
            continue;
        }
        rows.push_back(std::move(row));
    }
    // The first row names the columns when it is bold or wordy above numbers.
    std::vector<std::string> names;
    std::size_t first = 0;
    if (rows.size() > 1) {
        const Row& head = rows[0];
        const bool wordy = std::none_of(head.cells.begin(), head.cells.end(), mostly_number);
        bool numbers_below = false;
        for (std::size_t column = 1; column < columns.size(); ++column) {
            numbers_below = numbers_below || mostly_number(rows[1].cells[column]);
        }
        const auto filled = std::count_if(head.cells.begin(), head.cells.end(),
                                          [](const auto& c) { return !c.empty(); });
        if (filled >= 2 && columns.size() > 1 &&
            ((head.bold && !rows[1].bold) || (wordy && numbers_below && columns.size() > 2))) {
            names = head.cells;
            first = 1;
        }
    }
    Blocks blocks;
    for (std::size_t at = first; at < rows.size(); ++at) {
        Block block;
        block.kind = BlockKind::row;
        block.cells = rows[at].cells;
        block.columns = names;
        std::vector<std::size_t> filled;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (!block.cells[column].empty()) filled.push_back(column);
        }
        if (names.empty() && filled.size() == 2) {
            const std::string& name = block.cells[filled[0]];
            block.text = name + (name.ends_with(':') ? " " : ": ") + block.cells[filled[1]];
        } else {
            for (const std::size_t column : filled) {
                if (!block.text.empty()) block.text += "; ";
                if (column < names.size() && !names[column].empty()) {
                    block.text += names[column] + (names[column].ends_with(':') ? " " : ": ");
                }
                block.text += block.cells[column];
            }
        }
        if (!block.text.empty()) blocks.push_back(std::move(block));
    }
    return blocks;
}

}  // namespace raadbot::ingest
