// Lines come together from fragments on one height; columns of running text are read one after the
// other, whatever order the file draws them in.
#include "retrieval/ingest/pdf_pages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

#include "retrieval/ingest/pdf_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

double number_attribute(std::string_view tag, std::string_view name) {
    const std::string key = " " + std::string(name) + "=\"";
    const std::size_t at = tag.find(key);
    if (at == std::string_view::npos) return 0;
    const std::string value(tag.substr(at + key.size(), 16));
    const double number = std::strtod(value.c_str(), nullptr);
    return std::isfinite(number) && std::abs(number) < 1e6 ? number : 0;
}

std::string text_attribute(std::string_view tag, std::string_view name) {
    const std::string key = " " + std::string(name) + "=\"";
    const std::size_t at = tag.find(key);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + key.size();
    return std::string(tag.substr(begin, tag.find('"', begin) - begin));
}

/// Text of an element without inner tags; entities read. `bold`: all of it stands in <b>.
std::string inner_text(std::string_view inner, bool& bold) {
    std::string out;
    bool inside = false;
    bool plain = false;
    for (std::size_t at = 0; at < inner.size(); ++at) {
        if (inner[at] == '<') {
            const std::size_t end = inner.find('>', at);
            if (end == std::string_view::npos) break;
            const std::string_view tag = inner.substr(at, end - at + 1);
            if (tag == "<b>") inside = true;
            if (tag == "</b>") inside = false;
            at = end;
            continue;
        }
        if (!inside && inner[at] != ' ') plain = true;
        if (inner[at] == '&') {
            static constexpr auto entities =
                std::to_array<std::pair<std::string_view, std::string_view>>({{"&amp;", "&"},
                                                                              {"&lt;", "<"},
                                                                              {"&gt;", ">"},
                                                                              {"&quot;", "\""},
                                                                              {"&#160;", " "},
                                                                              {"&nbsp;", " "}});
            bool found = false;
            for (const auto& [name, value] : entities) {
                if (!inner.substr(at).starts_with(name)) continue;
                out += value;
                at += name.size() - 1;
                found = true;
                break;
            }
            if (found) continue;
            if (const std::size_t semicolon = inner.substr(at, 8).find(';');
                inner.substr(at).starts_with("&#") && semicolon != std::string_view::npos) {
                const int code =
                    std::atoi(std::string(inner.substr(at + 2, semicolon - 2)).c_str());
                if (code >= 32 && code < 127) out += static_cast<char>(code);
                at += semicolon;
                continue;
            }
        }
        out += inner[at];
    }
    bold = !plain && !out.empty();
    return out;
}

}  // namespace

std::vector<PdfPage> read_pages(std::string_view xml, std::uint32_t& hidden) {
    struct Font {
        int size = 0;
        bool bold = false;
        bool white = false;
    };
    std::vector<PdfPage> pages;
    std::map<int, Font> fonts;
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string_view::npos) break;
        const std::string_view tag = xml.substr(at, end - at);
        if (tag.starts_with("<page ")) {
            PdfPage page;
            page.number =
                static_cast<std::uint32_t>(std::max(1.0, number_attribute(tag, "number")));
            page.width = number_attribute(tag, "width");
            page.height = number_attribute(tag, "height");
            pages.push_back(std::move(page));
        } else if (tag.starts_with("<fontspec ")) {
            Font font;
            font.size = static_cast<int>(number_attribute(tag, "size"));
            const std::string family = lower(text_attribute(tag, "family"));
            font.bold = family.find("bold") != std::string::npos ||
                        family.find("black") != std::string::npos ||
                        family.find("semib") != std::string::npos ||
                        family.find("heavy") != std::string::npos;
            font.white = lower(text_attribute(tag, "color")) == "#ffffff";
            fonts[static_cast<int>(number_attribute(tag, "id"))] = font;
        } else if (tag.starts_with("<text ") && !pages.empty()) {
            const std::size_t close = xml.find("</text>", end);
            if (close == std::string_view::npos) break;
            Fragment part;
            part.top = number_attribute(tag, "top");
            part.left = number_attribute(tag, "left");
            part.width = number_attribute(tag, "width");
            part.height = number_attribute(tag, "height");
            const Font font = fonts[static_cast<int>(number_attribute(tag, "font"))];
            part.size = font.size;
            const std::string raw = inner_text(xml.substr(end + 1, close - end - 1), part.bold);
            part.bold = part.bold || font.bold;
            part.text = tidy(raw);
            at = close;
            if (part.text.empty()) continue;
            const PdfPage& page = pages.back();
            const bool outside = part.left >= page.width || part.top >= page.height ||
                                 part.right() <= 0 || part.bottom() <= 0;
            const bool small = font.size > 0 && font.size <= 2;
            // White words on a dark bar are a table's head; a white sentence is meant to be unseen.
            const bool unseen = font.white && word_count(part.text) > 8;
            if (outside || small || unseen) {
                ++hidden;
                continue;
            }
            if (part.width <= 0) continue;  // rotated: margins, watermarks
            pages.back().fragments.push_back(std::move(part));
        } else if (tag.starts_with("<outline")) {
            break;
        }
    }
    return pages;
}

namespace {

void make_lines(std::vector<Fragment> fragments, std::vector<PdfLine>& lines) {
    std::stable_sort(fragments.begin(), fragments.end(), [](const Fragment& a, const Fragment& b) {
        return a.top + a.height / 2 < b.top + b.height / 2;
    });
    std::vector<std::vector<Fragment>> rows;
    double bottom = -1;
    double top = 0;
    for (Fragment& part : fragments) {
        const double middle = part.top + part.height / 2;
        if (rows.empty() || middle > bottom - 0.25 * (bottom - top)) {
            rows.emplace_back();
            top = part.top;
            bottom = part.bottom();
        }
        rows.back().push_back(std::move(part));
    }
    for (auto& row : rows) {
        std::stable_sort(row.begin(), row.end(),
                         [](const Fragment& a, const Fragment& b) { return a.left < b.left; });
        PdfLine line;
        line.top = row.front().top;
        line.bottom = row.front().bottom();
        for (Fragment& part : row) {
            line.top = std::min(line.top, part.top);
            line.bottom = std::max(line.bottom, part.bottom());
            if (!line.parts.empty()) {
                Fragment& before = line.parts.back();
                const double gap = part.left - before.right();
                const double em = std::max(part.height, before.height);
                if (gap < 0.55 * em) {
                    if (part.text == before.text && part.left - before.left < 3)
                        continue;  // drawn twice for bold
                    if (gap > 0.12 * em) before.text += ' ';
                    before.bold = before.bold && part.bold;
                    before.text += part.text;
                    before.width = std::max(before.right(), part.right()) - before.left;
                    before.size = std::max(before.size, part.size);
                    continue;
                }
            }
            line.parts.push_back(std::move(part));
        }
        lines.push_back(std::move(line));
    }
}

/// What stands on one side of a gutter.
struct Side {
    double words = 0, parts = 0;
    double said_words = 0, said_parts = 0;  ///< Without bare numbers: those of a figure's axis.
    double going_on = 0;                    ///< Parts that begin within a sentence.

    void add(const Fragment& part) {
        const auto count = static_cast<double>(word_count(part.text));
        words += count;
        ++parts;
        if (mostly_number(part.text)) return;
        said_words += count;
        ++said_parts;
        going_on += lower_start(part.text) ? 1 : 0;
    }
    [[nodiscard]] bool is_prose() const { return parts >= 12 && words >= parts * 3.4; }
    /// The same beside a figure.
    [[nodiscard]] bool holds_prose() const {
        return said_parts >= 12 && said_words >= said_parts * 3.4 && going_on >= said_parts * 0.4;
    }
};

/// Running text in columns: a gutter that almost no fragment crosses, prose on both sides. Gives
/// its place, or 0.
double find_gutter(const std::vector<Fragment>& fragments) {
    if (fragments.size() < 24) return 0;
    double left_edge = 1e9;
    double right_edge = 0;
    for (const Fragment& part : fragments) {
        left_edge = std::min(left_edge, part.left);
        right_edge = std::max(right_edge, part.right());
    }
    const double width = right_edge - left_edge;
    if (width < 200) return 0;
    double best = 0;
    double best_words = 0;
    for (double x = left_edge + width * 0.2; x <= left_edge + width * 0.8; x += width * 0.01) {
        double crossing = 0;
        Side left;
        Side right;
        for (const Fragment& part : fragments) {
            if (part.left < x && part.right() > x) {
                crossing += static_cast<double>(word_count(part.text));
            } else {
                (part.right() <= x ? left : right).add(part);
            }
        }
        const double less = std::min(left.words, right.words);
        if (crossing > 0.15 * (left.words + right.words)) continue;
        const bool clear = crossing < 0.04 * (left.words + right.words);
        const bool beside_figure = clear && left.holds_prose() && right.holds_prose();
        if (!beside_figure && (!left.is_prose() || !right.is_prose())) continue;
        if (less > best_words) {
            best_words = less;
            best = x;
        }
    }
    return best;
}

/// All gutters of a page, found on the fragments between those found before.
void find_gutters(const std::vector<Fragment>& fragments, std::vector<double>& gutters, int depth) {
    const double gutter = depth > 3 ? 0 : find_gutter(fragments);
    if (gutter <= 0) return;
    gutters.push_back(gutter);
    std::vector<Fragment> left;
    std::vector<Fragment> right;
    for (const Fragment& part : fragments) {
        if (part.right() <= gutter) left.push_back(part);
        if (part.left >= gutter) right.push_back(part);
    }
    find_gutters(left, gutters, depth + 1);
    find_gutters(right, gutters, depth + 1);
}

}  // namespace

/// Bands between fragments that cross a gutter; in each band one column after the other.
void order_page(PdfPage& page) {
    std::vector<double> gutters;
    find_gutters(page.fragments, gutters, 0);
    if (gutters.empty()) {
        make_lines(std::move(page.fragments), page.lines);
        return;
    }
    page.columns = true;
    std::sort(gutters.begin(), gutters.end());
    std::vector<Fragment> spanning;
    std::vector<std::vector<Fragment>> columns(gutters.size() + 1);
    for (Fragment& part : page.fragments) {
        std::size_t column = 0;
        bool crosses = false;
        for (const double gutter : gutters) {
            crosses = crosses || (part.left < gutter && part.right() > gutter);
            column += part.left >= gutter ? 1U : 0U;
        }
        (crosses ? spanning : columns[column]).push_back(std::move(part));
    }
    std::stable_sort(spanning.begin(), spanning.end(),
                     [](const auto& a, const auto& b) { return a.top < b.top; });
    double from = -1e9;
    const auto take_band = [&](double to) {
        for (const auto& column : columns) {
            std::vector<Fragment> band;
            for (const Fragment& part : column) {
                if (part.top >= from && part.top < to) band.push_back(part);
            }
            make_lines(std::move(band), page.lines);
        }
        from = to;
    };
    for (std::size_t at = 0; at < spanning.size();) {
        take_band(spanning[at].top - 2);
        // Lines that cross together (a heading over all columns, a paragraph) are one run.
        std::vector<Fragment> run;
        double bottom = spanning[at].bottom();
        while (at < spanning.size() && spanning[at].top < bottom + spanning[at].height * 0.8) {
            const bool between =
                std::any_of(columns.begin(), columns.end(), [&](const auto& column) {
                    return std::any_of(column.begin(), column.end(), [&](const Fragment& part) {
                        return part.top >= bottom && part.bottom() <= spanning[at].top;
                    });
                });
            if (between && !run.empty()) break;
            bottom = spanning[at].bottom();
            run.push_back(spanning[at]);
            ++at;
        }
        make_lines(std::move(run), page.lines);
    }
    take_band(1e9);
}

std::string line_text(const PdfLine& line) {
    std::string out;
    for (const Fragment& part : line.parts) out += (out.empty() ? "" : " ") + part.text;
    return out;
}

namespace {

std::string without_digits(std::string_view text) {
    std::string out;
    for (const char c : lower(text)) {
        if (c >= '0' && c <= '9') {
            if (!out.ends_with('#')) out += '#';
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

void drop_running_lines(std::vector<PdfPage>& pages) {
    std::map<std::string, std::size_t> seen;
    const auto key_of = [](const PdfPage& page, const PdfLine& line) -> std::string {
        const double middle = (line.top + line.bottom) / 2;
        if (page.height <= 0) return {};
        const bool head = middle < page.height * 0.18;
        const bool foot = middle > page.height * 0.88;
        if (!head && !foot) return {};
        return (head ? "h" : "f") + std::to_string(static_cast<int>(std::lround(line.top / 8))) +
               without_digits(line_text(line));
    };
    for (const PdfPage& page : pages) {
        std::map<std::string, bool> once;
        for (const PdfLine& line : page.lines) {
            const std::string key = key_of(page, line);
            if (!key.empty() && !once[key]) {
                once[key] = true;
                ++seen[key];
            }
        }
    }
    const std::size_t enough = std::max<std::size_t>(2, (pages.size() * 2 + 4) / 5);
    for (PdfPage& page : pages) {
        std::erase_if(page.lines, [&](const PdfLine& line) {
            const std::string key = key_of(page, line);
            if (key.empty()) return false;
            const std::string text = without_digits(line_text(line));
            const bool numbers_page = text == "#" || text == "side #" || text == "side # af #" ||
                                      text == "# af #" || text == "- # -" || text == "page #" ||
                                      text == "#/#" || text == "side #/#" || text == "page # of #";
            return numbers_page || (pages.size() > 1 && seen[key] >= enough);
        });
    }
}

}  // namespace raadbot::ingest
