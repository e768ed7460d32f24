// Lines -> headings, paragraphs, list items and table rows, by place, size and weight of the type.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/pdf.hpp"
#include "retrieval/ingest/pdf_pages.hpp"
#include "retrieval/ingest/pdf_table.hpp"
#include "retrieval/ingest/pdf_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

class Layouter {
public:
    explicit Layouter(const std::vector<PdfPage>& pages) {
        std::map<int, std::size_t> sizes;
        for (const PdfPage& page : pages) {
            for (const PdfLine& line : page.lines) {
                for (const Fragment& part : line.parts) sizes[part.size] += part.text.size();
            }
        }
        std::size_t most = 0;
        for (const auto& [size, count] : sizes) {
            if (count > most) {
                most = count;
                body_size_ = size;
            }
        }
        // Sizes above the body's, largest first, are the levels of headings.
        for (auto size = sizes.rbegin(); size != sizes.rend(); ++size) {
            if (size->first > body_size_ + std::max(1, body_size_ / 10))
                heading_sizes_.push_back(size->first);
        }
    }

    Blocks run(const std::vector<PdfPage>& pages) {
        for (const PdfPage& page : pages) {
            page_ = page.number;
            pitch_ = usual_pitch(page);
            right_edge_ = 0;
            for (const PdfLine& line : page.lines)
                right_edge_ = std::max(right_edge_, line.right());
            lines_ = &page.lines;
            columns_ = page.columns;
            if (in_contents_ && contents_page_ != page_) in_contents_ = false;
            for (std::size_t at = 0; at < page.lines.size();) {
                const std::size_t before = at;
                at = in_contents_ ? at : add_table(page.lines, at);
                if (at == before) add_line(page.lines[at++]);
            }
            // A sentence that runs over the page's end goes on; all else ends with the page.
            const bool goes_on = !current_.text.empty() && current_.kind != BlockKind::heading &&
                                 !current_.text.ends_with('.') && !current_.text.ends_with(':') &&
                                 current_.text.size() > 60;
            if (!goes_on) flush();
            over_page_ = goes_on;
        }
        flush();
        return std::move(blocks_);
    }

private:
    static double usual_pitch(const PdfPage& page) {
        std::map<int, int> counts;
        for (std::size_t at = 1; at < page.lines.size(); ++at) {
            const double pitch = page.lines[at].top - page.lines[at - 1].top;
            if (pitch > 3 && pitch < 60) ++counts[static_cast<int>(std::lround(pitch))];
        }
        int best = 0;
        double pitch = 0;
        for (const auto& [value, count] : counts) {
            const auto next = counts.find(value + 1);
            const int near = count + (next == counts.end() ? 0 : next->second);
            if (near > best) {
                best = near;
                pitch = value + 0.5;
            }
        }
        return pitch;
    }

    void flush() {
        if (!current_.text.empty()) {
            if (current_.kind == BlockKind::heading && current_.text.ends_with(':'))
                current_.text.pop_back();
            if (current_.kind == BlockKind::paragraph && all_bold_)
                current_.bold = current_.text.size();
            blocks_.push_back(current_);
        }
        if (current_.kind != BlockKind::item) list_open_ = false;
        current_ = {};
        all_bold_ = false;
    }

    int heading_level_of(const PdfLine& line, std::string_view text) const {
        int size = 0;
        bool bold = true;
        for (const Fragment& part : line.parts) {
            size = std::max(size, part.size);
            bold = bold && (part.bold || is_marker(part.text));
        }
        const std::size_t words = word_count(text);
        if (words == 0 || words > 22 || text.size() < 3 || labels(text)) return 0;
        for (std::size_t rank = 0; rank < heading_sizes_.size(); ++rank) {
            if (size == heading_sizes_[rank])
                return static_cast<int>(std::min<std::size_t>(rank, 3)) + 1;
        }
        if (bold && words <= 14 && !text.ends_with('.') && !text.ends_with(',') &&
            size >= body_size_ - 1)
            return 5;
        return 0;
    }

    void add_line(const PdfLine& line) {
        std::string text = line_text(line);
        // Lines of a table of contents: dots that lead to a page number.
        if (text.find(".....") != std::string::npos || text.find(". . . . .") != std::string::npos)
            return;
        if (in_contents_ && line.parts.size() > 1 && mostly_number(line.parts.back().text)) return;
        const int level = heading_level_of(line, text);
        const std::size_t bullet = bullet_length(text);
        const bool letter = line.parts.size() > 1 && is_marker(line.parts[0].text) &&
                            !is_bullet(line.parts[0].text);
        const double gap = line.top - last_top_;
        const bool same_page = last_page_ == page_;
        const bool near =
            same_page ? gap > 0 && gap < std::max(pitch_, line.height()) * 1.45 : over_page_;
        bool ended_short = false;
        if (!current_.text.empty()) {
            const char last = current_.text.back();
            ended_short = last_right_ < right_edge_ - (right_edge_ - last_left_) * 0.3 &&
                          (last == '.' || last == ':' || last == '?' || last == '!');
        }
        if (level > 0 && bullet == 0) {
            if (lower(text).starts_with("indhold")) {
                in_contents_ = true;
                contents_page_ = page_;
            }
            // A heading over two lines is one heading.
            if (current_.kind == BlockKind::heading && current_.level == level && near &&
                !starts_numbered(text) && !broke_on_purpose(line, text) &&
                !section_named(text, true) && !section_named(current_.text, true)) {
                join_line(current_.text, text);
            } else {
                flush();
                start(BlockKind::heading, text);
                current_.level = level;
            }
        } else if (bullet > 0) {
            flush();
            if (!list_open_) ++group_;
            list_open_ = true;
            start(BlockKind::item, std::string(trim(std::string_view(text).substr(bullet))));
            current_.level = 1;
            current_.group = group_;
            item_left_ = line.parts.size() > 1 ? line.parts[1].left : line.left();
        } else if (!current_.text.empty() && current_.kind != BlockKind::heading && near &&
                   !ended_short && !letter && !starts_numbered(text) &&
                   !starts_section_sign(text) && !labels(text) && !labels_only(current_.text) &&
                   (current_.kind != BlockKind::item || line.left() >= item_left_ - 12)) {
            if (same_page && broke_on_purpose(line, text)) {
                current_.text += '\n' + text;
            } else {
                join_line(current_.text, text);
            }
            all_bold_ = false;
        } else {
            // Short lines under each other (names, addresses) stay one block, line by line.
            const bool stacked = !current_.text.empty() && current_.kind == BlockKind::paragraph &&
                                 near && !letter && !starts_section_sign(text) &&
                                 !starts_numbered(text) &&
                                 (labels(text) || labels_only(current_.text));
            if (stacked) {
                current_.text += '\n' + text;
            } else {
                flush();
                // "Byrådets beslutning den 4. december 2012" opens a section though it is printed
                // plain.
                const bool names_section = section_named(text, true).has_value();
                start(names_section ? BlockKind::heading : BlockKind::paragraph, text);
                if (names_section) current_.level = 5;
            }
        }
        last_top_ = line.top;
        last_left_ = line.left();
        last_right_ = line.right();
        last_page_ = page_;
        over_page_ = false;
    }

    /// The first word of this line would have fitted well on the line before: names under each
    /// other, addresses, a small heading in plain type.
    [[nodiscard]] bool broke_on_purpose(const PdfLine& line, std::string_view text) const {
        if (lower_start(text)) return false;
        double edge = right_edge_;
        if (columns_) {
            edge = 0;
            for (const PdfLine& other : *lines_) {
                if (std::abs(other.left() - last_left_) < 60) edge = std::max(edge, other.right());
            }
        }
        const std::size_t blank = std::min(text.size(), text.find(' '));
        const double word = (line.right() - line.left()) * static_cast<double>(blank) /
                            static_cast<double>(std::max<std::size_t>(1, text.size()));
        return edge - last_right_ > word + 0.22 * (edge - last_left_);
    }

    void start(BlockKind kind, std::string text) {
        current_ = {};
        current_.kind = kind;
        current_.text = std::move(text);
        current_.page = page_;
    }

    static bool starts_numbered(std::string_view text) {
        std::size_t at = 0;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        if (at == 0 || at > 2) return false;
        return at + 1 < text.size() && (text[at] == '.' || text[at] == ')') && text[at + 1] == ' ';
    }
    static bool starts_section_sign(std::string_view text) {
        return text.starts_with("§ ") || text.starts_with("Stk. ");
    }
    /// "Sagsnr.: 2010-3082", "Dato: 8. november": a label with its value.
    static bool labels(std::string_view text) {
        const std::size_t colon = text.find(':');
        return colon != std::string_view::npos && colon < 22 && colon + 1 < text.size() &&
               word_count(text) <= 9 && word_count(text.substr(0, colon)) <= 2;
    }
    static bool labels_only(std::string_view text) {
        for (const std::string_view line : lines_of(text)) {
            if (!labels(line)) return false;
        }
        return true;
    }

    /// The lines of one column, measured by its own edge.
    void add_column(const std::vector<PdfLine>& column) {
        const double page_edge = std::exchange(right_edge_, 0);
        for (const PdfLine& line : column) right_edge_ = std::max(right_edge_, line.right());
        for (const PdfLine& line : column) add_line(line);
        flush();
        right_edge_ = page_edge;
    }

    /// Takes the table that begins at this line; gives its end, or `at` when none does.
    std::size_t add_table(const std::vector<PdfLine>& lines, std::size_t at) {
        const PageMeasure measure{pitch_, right_edge_};
        std::size_t end = table_end(lines, at, measure);
        std::vector<PdfLine> table(lines.begin() + static_cast<std::ptrdiff_t>(at),
                                   lines.begin() + static_cast<std::ptrdiff_t>(end));
        if (end == at) {
            auto headed = table_under_head(lines, at, measure);
            if (!headed) return at;
            table = std::move(headed->lines);
            end = headed->end;
        }
        flush();
        if (const auto columns = columns_of_prose(table); !columns.empty()) {
            for (const std::vector<PdfLine>& column : columns) add_column(column);
            return end;
        }
        Blocks rows = table_rows(table);
        if (rows.empty()) {
            for (const PdfLine& line : table) add_line(line);
            flush();
            return end;
        }
        ++group_;
        for (Block& row : rows) {
            row.group = group_;
            row.page = page_;
            blocks_.push_back(std::move(row));
        }
        last_page_ = 0;
        return end;
    }

    Blocks blocks_;
    Block current_;
    bool all_bold_ = false;
    bool list_open_ = false;
    bool in_contents_ = false;
    bool over_page_ = false;
    bool columns_ = false;
    const std::vector<PdfLine>* lines_ = nullptr;
    std::uint32_t contents_page_ = 0;
    int body_size_ = 12;
    std::vector<int> heading_sizes_;
    std::uint32_t page_ = 0;
    std::uint32_t last_page_ = 0;
    std::uint32_t group_ = 0;
    double pitch_ = 0;
    double right_edge_ = 0;
    double last_top_ = 0, last_left_ = 0, last_right_ = 0, item_left_ = 0;
};

/// Paragraphs of a statute ("§ 12. Udvalget ...") get a heading "§ 12" when there are several.
Blocks with_statute_headings(Blocks blocks) {
    const auto sign = [](const Block& block) -> std::string {
        if (block.kind == BlockKind::item || block.kind == BlockKind::row ||
            !block.text.starts_with("§ "))
            return {};
        std::size_t at = 3;
        while (at < block.text.size() && block.text[at] >= '0' && block.text[at] <= '9') ++at;
        if (at == 3) return {};
        if (at + 1 < block.text.size() && block.text[at] == ' ' && block.text[at + 1] >= 'a' &&
            block.text[at + 1] <= 'h' &&
            (at + 2 == block.text.size() || block.text[at + 2] == '.' ||
             block.text[at + 2] == ' ')) {
            at += 2;
        }
        if (at < block.text.size() && block.text[at] != '.' && block.text[at] != ' ') return {};
        return block.text.substr(0, at);
    };
    const auto count = std::count_if(blocks.begin(), blocks.end(),
                                     [&](const Block& block) { return !sign(block).empty(); });
    if (count < 3) return blocks;
    Blocks out;
    for (Block& block : blocks) {
        const std::string name = sign(block);
        if (!name.empty() && block.kind != BlockKind::heading) {
            Block heading;
            heading.kind = BlockKind::heading;
            heading.level = 6;
            heading.text = name;
            heading.page = block.page;
            out.push_back(std::move(heading));
        } else if (!name.empty()) {
            block.level = 6;
        }
        out.push_back(std::move(block));
    }
    return out;
}

bool says_a_word(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '\xC3';  // Æ, Ø, Å; "•" and "–" begin with another byte
    });
}

}  // namespace

PdfLayout lay_out_pdf(std::string_view xml) {
    PdfLayout layout;
    std::vector<PdfPage> pages = read_pages(xml, layout.hidden);
    layout.pages = pages.size();
    for (PdfPage& page : pages) {
        if (page.fragments.empty()) layout.empty_pages.push_back(page.number);
        order_page(page);
    }
    drop_running_lines(pages);
    layout.blocks = with_statute_headings(Layouter(pages).run(pages));
    // The numbers along a figure's axis say nothing without it.
    std::erase_if(layout.blocks, [](const Block& block) {
        const auto cells = std::count_if(block.cells.begin(), block.cells.end(),
                                         [](const std::string& cell) { return !cell.empty(); });
        return block.kind != BlockKind::heading && cells < 2 && !says_a_word(block.text);
    });
    // The title: the largest heading near the start.
    int best = 5;
    for (std::size_t at = 0; at < layout.blocks.size() && at < 12; ++at) {
        const Block& block = layout.blocks[at];
        if (block.kind != BlockKind::heading || block.page.value_or(1) > 2) continue;
        if (word_count(block.text) < 1 || block.text.size() > 200 ||
            lower(block.text).starts_with("indhold"))
            continue;
        if (block.level < best || (layout.title.empty() && block.level <= 5)) {
            best = block.level;
            layout.title = block.text;
        }
    }
    for (std::size_t at = 0; at < layout.blocks.size() && at < 15 && !layout.dated; ++at) {
        const Block& block = layout.blocks[at];
        if (block.page.value_or(1) > 1) break;
        const std::string low = lower(block.text);
        const std::size_t label = low.find("dato");
        if (label == std::string::npos) continue;
        if (const auto date = find_date(std::string_view(block.text).substr(label)))
            layout.dated = date->date;
    }
    return layout;
}

}  // namespace raadbot::ingest
