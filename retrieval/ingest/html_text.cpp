#include "retrieval/ingest/html_text.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <span>
#include <utility>

#include "retrieval/ingest/html_kinds.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr char bold_on = '\x01';
constexpr char bold_off = '\x02';

struct Cell {
    std::string text;
    bool header = false;
};

class BlockWalker {
public:
    BlockWalker(const HtmlDocument& document, const HtmlTextOptions& options, ParseReport& report)
        : document_(document), options_(options), report_(report) {}

    Blocks run(Node from) {
        for (const Node child : children(from)) walk(child);
        flush();
        return std::move(blocks_);
    }

private:
    void append_text(std::string_view text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            line_ += byte < 0x20 ? ' ' : c;
        }
    }

    /// The pending inline text as one block of the current context.
    void flush() {
        if (line_.empty()) return;
        // Markers of a bold run that lasts into the next block.
        Block block;
        block.text = tidy(line_, true);
        block.bold = bold_prefix();
        line_.clear();
        if (bold_depth_ > 0) line_ += bold_on;
        if (block.text.empty()) return hang_links();
        block.links = std::exchange(links_, {});
        block.closed = closed_depth_ > 0;
        if (heading_ > 0) {
            block.kind = BlockKind::heading;
            block.level = heading_;
            block.fragment = fragment_;
            std::replace(block.text.begin(), block.text.end(), '\n', ' ');
        } else if (!terms_.empty() && in_description_) {
            block.kind = BlockKind::term;
            block.term = terms_;
            block.group = group_;
        } else if (list_depth_ > 0) {
            block.kind = BlockKind::item;
            block.level = list_depth_;
            block.group = group_;
            std::replace(block.text.begin(), block.text.end(), '\n', ' ');
            if (item_open_ && !blocks_.empty() && blocks_.back().kind == BlockKind::item &&
                blocks_.back().level == list_depth_) {
                blocks_.back().text += " " + block.text;
                links_ = std::move(block.links);
                hang_links();
                return;
            }
            item_open_ = true;
        } else if (quote_depth_ > 0) {
            block.kind = BlockKind::quote;
        }
        blocks_.push_back(std::move(block));
    }

    /// Links without words of their own belong to what stands before them.
    void hang_links() {
        if (blocks_.empty()) return;
        auto& before = blocks_.back().links;
        std::move(links_.begin(), links_.end(), std::back_inserter(before));
        links_.clear();
    }

    void add_links(std::vector<std::string> links) {
        std::move(links.begin(), links.end(), std::back_inserter(links_));
        if (line_.empty()) hang_links();
    }

    /// Bytes of the tidy text that the bold run at the start of the line covers.
    [[nodiscard]] std::size_t bold_prefix() const {
        std::string covered;
        bool inside = false;
        for (const char c : line_) {
            if (c == bold_on) {
                inside = true;
            } else if (c == bold_off) {
                inside = false;
            } else if (inside || c == ' ' || c == '\n') {
                covered += c;
            } else if (c == ':' && !covered.empty()) {
                covered += c;
            } else {
                break;
            }
        }
        return tidy(covered, true).size();
    }

    void walk_children(Node node) {
        for (const Node child : children(node)) walk(child);
    }

    void walk(Node node) {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
            node->type == GUMBO_NODE_CDATA) {
            append_text(node->v.text.text);
            return;
        }
        if (node->type == GUMBO_NODE_COMMENT) {
            ++report_.hidden_removed;
            return;
        }
        if (!is_element(node)) return;
        const GumboTag tag = node->v.element.tag;
        if (pictures_closed(node)) append_text(" (lukket) ");
        if (document_.is_hidden(node)) {
            if (tag != GUMBO_TAG_SCRIPT && tag != GUMBO_TAG_STYLE) ++report_.hidden_removed;
            add_links(HtmlDocument::file_links(node));
            return;
        }
        if (options_.skip && options_.skip(node)) {
            if (is_block_tag(tag)) flush();
            if (options_.furniture && options_.furniture(node))
                add_links(HtmlDocument::file_links(node));
            return;
        }
        const bool closed = marked_closed(node);
        if (closed) {
            flush();
            ++closed_depth_;
        }
        element(node, tag);
        if (auto file = HtmlDocument::file_link(node); !file.empty()) add_links({std::move(file)});
        if (closed) {
            flush();
            --closed_depth_;
        }
    }

    /// A padlock: what only the picture says counts as said.
    static bool pictures_closed(Node node) {
        const GumboTag tag = node->v.element.tag;
        bool picture = tag == GUMBO_TAG_IMG || tag == GUMBO_TAG_SVG || tag == GUMBO_TAG_I;
        for (const std::string& word : name_words(node)) {
            picture = picture || word == "icon" || word == "ikon" || word == "lock" ||
                      word == "padlock" || word == "glyphicon" || word == "fa";
        }
        for (const char* name : {"alt", "title", "aria-label"}) {
            const std::string_view value = attribute(node, name);
            if (value.empty() || !says_closed(value)) continue;
            if (picture || word_count(value) > 1) return true;
        }
        return false;
    }

    static bool opens_panel(Node button) {
        for (const std::string& word : name_words(button)) {
            if (word.starts_with("accordion") || word.starts_with("collaps")) return true;
        }
        return false;
    }

    void element(Node node, GumboTag tag) {
        if (heading_ == 0 && is_control(tag)) {
            const bool opens =
                tag == GUMBO_TAG_BUTTON &&
                (has_attribute(node, "aria-controls") || has_attribute(node, "aria-expanded") ||
                 opens_panel(node) || item_heading(document_.text(node)));
            if (opens && !document_.text(node).empty()) {
                heading(node, 5);
            } else if (options_.keep_controls) {
                walk_children(node);
            }
            return;
        }
        if (const int level = heading_level(node); level > 0) {
            heading(node, level);
            return;
        }
        switch (tag) {
            case GUMBO_TAG_BR: line_ += '\n'; return;
            case GUMBO_TAG_SUMMARY: heading(node, 5); return;
            case GUMBO_TAG_TABLE: table(node); return;
            case GUMBO_TAG_UL:
            case GUMBO_TAG_OL: list(node); return;
            case GUMBO_TAG_DL: definitions(node); return;
            case GUMBO_TAG_LI: item(node); return;
            case GUMBO_TAG_BLOCKQUOTE:
                flush();
                ++quote_depth_;
                walk_children(node);
                flush();
                --quote_depth_;
                return;
            case GUMBO_TAG_ABBR:
            case GUMBO_TAG_ACRONYM: abbreviation(node); return;
            default: break;
        }
        const bool bold = is_bold(node);
        const bool block = is_block_tag(tag);
        if (block) flush();
        if (bold) {
            line_ += bold_on;
            ++bold_depth_;
        }
        walk_children(node);
        if (bold) {
            --bold_depth_;
            if (bold_depth_ == 0) line_ += bold_off;
        }
        if (block) flush();
        // Custom elements and spans set side by side (cards, badges) must not glue their words.
        if (!block && (tag == GUMBO_TAG_UNKNOWN || !classes(node).empty())) line_ += ' ';
    }

    void heading(Node node, int level) {
        flush();
        const int outer = heading_;
        heading_ = level;
        fragment_ = fragment_of(node);
        const int list_depth = std::exchange(list_depth_, 0);
        walk_children(node);
        flush();
        list_depth_ = list_depth;
        heading_ = outer;
    }

    /// The id that leads to a heading: its own, an anchor in it, or of the section that it opens.
    [[nodiscard]] std::string fragment_of(Node node) const {
        if (const auto id = attribute(node, "id"); !id.empty()) return "#" + std::string(id);
        for (const Node child : children(node)) {
            for (const char* name : {"id", "name"}) {
                if (const auto id = attribute(child, name); !id.empty() && is_element(child)) {
                    return "#" + std::string(id);
                }
            }
        }
        const Node parent = node->parent;
        if (parent != nullptr && is_element(parent) && !attribute(parent, "id").empty() &&
            !is_tag(parent, GUMBO_TAG_MAIN) && !is_tag(parent, GUMBO_TAG_BODY)) {
            for (const Node child : children(parent)) {
                if (child == node) return "#" + std::string(attribute(parent, "id"));
                if (is_element(child)) break;
            }
        }
        return {};
    }

    void list(Node node) {
        flush();
        const bool outer_open = std::exchange(item_open_, false);
        if (list_depth_ == 0) group_ = ++groups_;
        ++list_depth_;
        walk_children(node);
        flush();
        --list_depth_;
        item_open_ = outer_open && list_depth_ > 0;
    }

    void item(Node node) {
        flush();
        const bool stray = list_depth_ == 0;
        if (stray) {
            group_ = ++groups_;
            ++list_depth_;
        }
        item_open_ = false;
        walk_children(node);
        flush();
        item_open_ = false;
        if (stray) --list_depth_;
    }

    void definitions(Node node) {
        flush();
        group_ = ++groups_;
        std::string terms;
        bool described = true;
        const std::function<void(Node)> entries = [&](Node at) {
            for (const Node child : children(at)) {
                if (!is_element(child) || document_.is_hidden(child)) continue;
                if (is_tag(child, GUMBO_TAG_DT)) {
                    if (described) terms.clear();
                    described = false;
                    if (!terms.empty()) terms += " / ";
                    terms += document_.text(child);
                    add_links(HtmlDocument::file_links(child));
                } else if (is_tag(child, GUMBO_TAG_DD)) {
                    described = true;
                    terms_ = terms;
                    in_description_ = true;
                    walk_children(child);
                    flush();
                    in_description_ = false;
                    terms_.clear();
                } else {
                    entries(child);
                }
            }
        };
        entries(node);
    }

    void abbreviation(Node node) {
        const std::string text = document_.text(node);
        const std::string title = tidy(attribute(node, "title"));
        append_text(text);
        if (!title.empty() && lower(title) != lower(text)) append_text(" (" + title + ")");
    }

    // Tables --------------------------------------------------------------------------------------

    std::vector<Node> rows_of(Node table) const {
        std::vector<Node> rows;
        for (const Node part : children(table)) {
            if (document_.is_hidden(part)) continue;
            if (is_tag(part, GUMBO_TAG_TR)) rows.push_back(part);
            if (is_tag(part, GUMBO_TAG_THEAD) || is_tag(part, GUMBO_TAG_TBODY) ||
                is_tag(part, GUMBO_TAG_TFOOT)) {
                for (const Node row : children(part)) {
                    if (is_tag(row, GUMBO_TAG_TR) && !document_.is_hidden(row)) rows.push_back(row);
                }
            }
        }
        return rows;
    }

    /// A table that only places things: blocks in its cells, or one column.
    bool is_layout(Node table, const std::vector<Node>& rows) const {
        if (attribute(table, "role") == "presentation" || attribute(table, "role") == "none")
            return true;
        std::size_t most_cells = 0;
        for (const Node row : rows) {
            std::size_t cells = 0;
            for (const Node cell : children(row)) {
                if (!is_tag(cell, GUMBO_TAG_TD) && !is_tag(cell, GUMBO_TAG_TH)) continue;
                ++cells;
                for (const Node inner : document_.visible_elements(cell)) {
                    if (heading_level(inner) > 0 || is_tag(inner, GUMBO_TAG_TABLE)) return true;
                }
                if (is_tag(cell, GUMBO_TAG_TD) && document_.text(cell).size() > 1200) return true;
            }
            most_cells = std::max(most_cells, cells);
        }
        return most_cells < 2;
    }

    static int span_of(Node cell, const char* name) {
        const std::string_view value = attribute(cell, name);
        int number = 0;
        for (const char c : value.substr(0, 3)) {
            if (c < '0' || c > '9') break;
            number = number * 10 + (c - '0');
        }
        return std::clamp(number, 1, 50);
    }

    std::string cell_text(Node cell) {
        // Lists and breaks within a cell become one line.
        BlockWalker inner(document_, options_, report_);
        std::string out;
        for (const Block& block : inner.run(cell)) {
            if (!out.empty()) out += ", ";
            std::string text =
                block.kind == BlockKind::term ? block.term + ": " + block.text : block.text;
            for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n')) {
                const bool marked =
                    at > 0 && (text[at - 1] == ',' || text[at - 1] == ';' || text[at - 1] == ':');
                text.replace(at, 1, marked ? " " : ", ");
            }
            out += text;
        }
        return out;
    }

    void table(Node node) {
        flush();
        const std::vector<Node> rows = rows_of(node);
        for (const Node part : children(node)) {
            if (is_tag(part, GUMBO_TAG_CAPTION)) walk(part);
        }
        flush();
        if (is_layout(node, rows)) {
            for (const Node row : rows) {
                const bool skipped = options_.skip && options_.skip(row);
                if (!skipped) walk(row);
                flush();
            }
            return;
        }
        std::uint32_t group = ++groups_;
        std::vector<std::string> columns;
        std::map<std::size_t, std::pair<int, Cell>> carried;  // rowspan: column -> rows left
        bool first = true;
        for (const Node row : rows) {
            if (options_.skip && options_.skip(row)) continue;
            std::vector<Cell> cells;
            const auto take_carried = [&] {
                for (auto found = carried.find(cells.size());
                     found != carried.end() && found->second.first > 0;
                     found = carried.find(cells.size())) {
                    --found->second.first;
                    cells.push_back(found->second.second);
                }
            };
            bool all_headers = true;
            bool bold_cells = true;
            std::vector<Node> filled;
            for (const Node node_cell : children(row)) {
                const bool th = is_tag(node_cell, GUMBO_TAG_TH);
                if ((!th && !is_tag(node_cell, GUMBO_TAG_TD)) || document_.is_hidden(node_cell))
                    continue;
                take_carried();
                Cell cell{cell_text(node_cell), th};
                all_headers = all_headers && (th || cell.text.empty());
                if (!cell.text.empty()) filled.push_back(node_cell);
                bold_cells = bold_cells && (cell.text.empty() || all_bold(node_cell));
                const int down = span_of(node_cell, "rowspan");
                for (int times = span_of(node_cell, "colspan"); times > 0; --times) {
                    if (down > 1) carried[cells.size()] = {down - 1, cell};
                    cells.push_back(cell);
                    cell.text = times > 1 && th ? cell.text : std::string();
                }
            }
            take_carried();
            const bool in_head = row->parent != nullptr && is_tag(row->parent, GUMBO_TAG_THEAD);
            if (cells.empty()) continue;
            // "4 | Ny idrætshal | Åbent" in bold is an agenda item, no row of column names.
            const bool numbered =
                !cells[0].text.empty() && cells[0].text[0] >= '0' && cells[0].text[0] <= '9';
            const bool names_columns =
                in_head || all_headers || (first && bold_cells && !numbered && filled.size() > 1);
            if (names_columns && rows.size() > 1) {
                std::vector<std::string> names;
                for (const Cell& cell : cells) names.push_back(cell.text);
                if (columns.empty() || !in_head) {
                    columns = names;
                } else {  // a second header row names parts of the first's columns
                    columns.resize(std::max(columns.size(), names.size()));
                    for (std::size_t at = 0; at < names.size(); ++at) {
                        if (names[at].empty() || names[at] == columns[at]) continue;
                        columns[at] += (columns[at].empty() ? "" : " ") + names[at];
                    }
                }
                first = false;
                continue;
            }
            first = false;
            // One cell across a table without column names is text put into it: an old system's
            // "Beslutning<br>Godkendt." under its item's row.
            if (filled.size() == 1 && columns.empty() && is_tag(filled[0], GUMBO_TAG_TD) &&
                std::count_if(cells.begin(), cells.end(),
                              [](const Cell& cell) { return !cell.text.empty(); }) == 1) {
                walk(filled[0]);
                flush();
                group = ++groups_;
                continue;
            }
            links_ = HtmlDocument::file_links(row);
            add_row(cells, columns, group);
        }
    }

    bool all_bold(Node cell) const {
        const std::string all = document_.text(cell);
        std::string bold;
        for (const Node inner : document_.visible_elements(cell)) {
            if (is_bold(inner)) {
                bold = document_.text(inner);
                break;
            }
        }
        return !all.empty() && bold == all;
    }

    void add_row(const std::vector<Cell>& cells, const std::vector<std::string>& columns,
                 std::uint32_t group) {
        Block block;
        block.kind = BlockKind::row;
        block.group = group;
        block.columns = columns;
        block.closed = closed_depth_ > 0;
        for (const Cell& cell : cells) block.cells.push_back(cell.text);
        block.text = row_text(block.cells, columns);
        if (block.text.empty()) return hang_links();
        block.links = std::exchange(links_, {});
        blocks_.push_back(std::move(block));
    }

    static std::string row_text(const std::vector<std::string>& cells,
                                const std::vector<std::string>& columns) {
        std::string out;
        std::vector<std::size_t> filled;
        for (std::size_t at = 0; at < cells.size(); ++at) {
            if (!cells[at].empty()) filled.push_back(at);
        }
        if (columns.empty() && filled.size() == 2) {
            const std::string& name = cells[filled[0]];
            return name + (name.ends_with(':') ? " " : ": ") + cells[filled[1]];
        }
        for (const std::size_t at : filled) {
            if (!out.empty()) out += "; ";
            if (at < columns.size() && !columns[at].empty() && columns[at] != cells[at]) {
                out += columns[at] + (columns[at].ends_with(':') ? " " : ": ");
            }
            out += cells[at];
        }
        return out;
    }

    const HtmlDocument& document_;
    const HtmlTextOptions& options_;
    ParseReport& report_;
    Blocks blocks_;
    std::string line_;
    std::vector<std::string> links_;  ///< Of the line.
    std::string fragment_;
    std::string terms_;
    int heading_ = 0;
    int list_depth_ = 0;
    int quote_depth_ = 0;
    int closed_depth_ = 0;
    int bold_depth_ = 0;
    bool item_open_ = false;
    bool in_description_ = false;
    std::uint32_t group_ = 0;
    std::uint32_t groups_ = 0;
};

}  // namespace

Blocks html_blocks(const HtmlDocument& document, Node from, const HtmlTextOptions& options,
                   ParseReport& report) {
    return BlockWalker(document, options, report).run(from);
}

}  // namespace raadbot::ingest
