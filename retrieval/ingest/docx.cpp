#include "retrieval/ingest/docx.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <pugixml.hpp>

#include "retrieval/ingest/glossary.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/words.hpp"
#include "retrieval/ingest/zip_container.hpp"

namespace raadbot::ingest {
namespace {

constexpr int max_depth = 300;

std::string_view local_name(const pugi::xml_node& node) {
    const std::string_view name = node.name();
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Attribute by local name, or empty.
std::string_view value_of(const pugi::xml_node& node, std::string_view name = "val") {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        std::string_view full = attribute.name();
        if (const std::size_t colon = full.find(':'); colon != std::string_view::npos)
            full.remove_prefix(colon + 1);
        if (full == name) return attribute.value();
    }
    return {};
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) {
    for (const pugi::xml_node& child : node.children()) {
        if (local_name(child) == name) return child;
    }
    return {};
}

bool is_on(const pugi::xml_node& toggle) {
    if (!toggle) return false;
    const std::string_view value = value_of(toggle);
    return value != "0" && value != "false" && value != "off" && value != "none";
}

struct Style {
    int level = 0;  ///< Of a heading; 0 is none.
    bool title = false;
    bool hidden = false;
    bool quote = false;
    bool list = false;
    bool contents = false;
    std::string based_on;
};

/// "heading 1", "Overskrift 1", "Overskrift1", "Title", "Titel", "TOC 1", "Indholdsfortegnelse 1"
void name_style(std::string_view raw, Style& style) {
    std::string name;
    for (const char c : lower(raw)) {
        if (c != ' ' && c != '-') name += c;
    }
    for (const std::string_view word : {"heading", "overskrift", "rubrik"}) {
        if (name.starts_with(word) && name.size() > word.size() && name[word.size()] >= '1' &&
            name[word.size()] <= '9') {
            style.level = std::min(6, name[word.size()] - '0');
        }
    }
    if (name == "title" || name == "titel") style.title = true;
    if (name.starts_with("toc") || name.starts_with("indholdsfortegnelse")) style.contents = true;
    if (name.find("quote") != std::string::npos || name.find("citat") != std::string::npos)
        style.quote = true;
    if (name.starts_with("list") || name.starts_with("opstilling") || name.starts_with("punkttegn"))
        style.list = true;
}

std::map<std::string, Style, std::less<>> read_styles(const std::string& xml) {
    std::map<std::string, Style, std::less<>> styles;
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size());
    for (const pugi::xml_node& node : child_of(document, "styles").children()) {
        if (local_name(node) != "style") continue;
        Style style;
        name_style(value_of(node, "styleId"), style);
        name_style(value_of(child_of(node, "name")), style);
        style.based_on = value_of(child_of(node, "basedOn"));
        const std::string_view outline = value_of(child_of(child_of(node, "pPr"), "outlineLvl"));
        if (style.level == 0 && outline.size() == 1 && outline[0] >= '0' && outline[0] <= '5')
            style.level = outline[0] - '0' + 1;
        style.hidden = is_on(child_of(child_of(node, "rPr"), "vanish"));
        styles[std::string(value_of(node, "styleId"))] = style;
    }
    for (auto& [id, style] : styles) {  // one's own heading style is based on a built-in one
        std::string base = style.based_on;
        for (int steps = 0; steps < 8 && !base.empty(); ++steps) {
            const auto found = styles.find(base);
            if (found == styles.end()) break;
            if (style.level == 0 && !style.title) style.level = found->second.level;
            style.hidden = style.hidden || found->second.hidden;
            base = found->second.based_on;
        }
    }
    return styles;
}

class BodyReader {
public:
    BodyReader(const std::map<std::string, Style, std::less<>>& styles, ParseReport& report)
        : styles_(styles), report_(report) {}

    Blocks run(const pugi::xml_node& body) {
        blocks(body, 0);
        return std::move(blocks_);
    }
    [[nodiscard]] bool too_deep() const { return too_deep_; }

private:
    void blocks(const pugi::xml_node& parent, int depth) {
        if (depth > max_depth) {
            too_deep_ = true;
            return;
        }
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "p") {
                paragraph(node);
            } else if (name == "tbl") {
                table(node, depth);
            } else if (name == "sdt") {
                // A generated table of contents repeats the headings.
                const std::string_view gallery = value_of(
                    child_of(child_of(child_of(node, "sdtPr"), "docPartObj"), "docPartGallery"));
                if (gallery.find("Table of Contents") == std::string_view::npos)
                    blocks(child_of(node, "sdtContent"), depth + 1);
            } else if (name == "ins" || name == "moveTo" || name == "customXml" ||
                       name == "smartTag") {
                blocks(node, depth + 1);
            } else if (name == "AlternateContent") {
                blocks(child_of(node, "Choice"), depth + 1);
            }
        }
    }

    /// Runs of a paragraph. Deleted and moved-away text, field codes and hidden runs stay out.
    void runs(const pugi::xml_node& parent, std::string& text, std::size_t& bold, bool& all_bold,
              int depth) {
        if (depth > max_depth) {
            too_deep_ = true;
            return;
        }
        for (const pugi::xml_node& node : parent.children()) {
            const std::string_view name = local_name(node);
            if (name == "r") {
                const pugi::xml_node properties = child_of(node, "rPr");
                const auto style = styles_.find(value_of(child_of(properties, "rStyle")));
                const std::string_view size = value_of(child_of(properties, "sz"));
                const std::string_view color = value_of(child_of(properties, "color"));
                const bool white = (color == "FFFFFF" || color == "ffffff") &&
                                   !child_of(properties, "shd") &&
                                   !child_of(properties, "highlight") && !in_table_;
                const bool hidden = is_on(child_of(properties, "vanish")) ||
                                    is_on(child_of(properties, "webHidden")) ||
                                    (style != styles_.end() && style->second.hidden) ||
                                    size == "1" || size == "2" || white;
                if (hidden) {
                    ++report_.hidden_removed;
                    continue;
                }
                const std::size_t before = text.size();
                run(node, text, depth + 1);
                const bool is_bold = is_on(child_of(properties, "b"));
                if (text.size() > before && !trim(std::string_view(text).substr(before)).empty()) {
                    if (is_bold && all_bold) bold = text.size();
                    all_bold = all_bold && is_bold;
                }
            } else if (name == "ins" || name == "hyperlink" || name == "smartTag" ||
                       name == "sdtContent" || name == "moveTo" || name == "fldSimple" ||
                       name == "customXml" || name == "dir" || name == "bdo") {
                runs(node, text, bold, all_bold, depth + 1);
            } else if (name == "sdt") {
                runs(child_of(node, "sdtContent"), text, bold, all_bold, depth + 1);
            } else if (name == "del" || name == "moveFrom") {
                ++report_.hidden_removed;
            } else if (name == "oMath" || name == "oMathPara") {
                for (const auto& found : node.select_nodes(".//*[local-name()='t']"))
                    text += found.node().text().get();
            }
        }
    }

    void run(const pugi::xml_node& node, std::string& text, int depth) {
        for (const pugi::xml_node& part : node.children()) {
            const std::string_view name = local_name(part);
            if (name == "t") {
                text += part.text().get();
            } else if (name == "tab") {
                text += ' ';
            } else if (name == "br" || name == "cr") {
                text += value_of(part, "type") == "page" ? ' ' : '\n';
            } else if (name == "noBreakHyphen") {
                text += '-';
            } else if (name == "sym") {
                text += ' ';
            } else if (name == "drawing" || name == "pict" || name == "AlternateContent") {
                // Text boxes float beside the text: they come after the paragraph they hang on.
                const auto found = (name == "AlternateContent" ? child_of(part, "Choice") : part)
                                       .select_nodes(".//*[local-name()='txbxContent']");
                for (const auto& box : found) boxes_.push_back(box.node());
                static_cast<void>(depth);
            }
        }
    }

    void paragraph(const pugi::xml_node& node) {
        const pugi::xml_node properties = child_of(node, "pPr");
        const auto found = styles_.find(value_of(child_of(properties, "pStyle")));
        Style style = found == styles_.end() ? Style() : found->second;
        if (found == styles_.end()) name_style(value_of(child_of(properties, "pStyle")), style);
        if (style.contents) return;
        Block block;
        std::string text;
        std::size_t bold = 0;
        bool all_bold = true;
        runs(node, text, bold, all_bold, 0);
        block.text = tidy(text, true);
        block.bold = bold == 0 ? 0 : tidy(std::string_view(text).substr(0, bold), true).size();
        if (style.hidden) {
            ++report_.hidden_removed;
            block.text.clear();
        }
        const std::string_view outline = value_of(child_of(properties, "outlineLvl"));
        if (outline.size() == 1 && outline[0] >= '0' && outline[0] <= '5')
            style.level = outline[0] - '0' + 1;
        const pugi::xml_node numbering = child_of(properties, "numPr");
        if (!block.text.empty()) {
            if (style.title) style.level = 1;
            if (style.level > 0) {
                block.kind = BlockKind::heading;
                block.level = style.level;
                std::replace(block.text.begin(), block.text.end(), '\n', ' ');
            } else if (numbering || style.list) {
                const std::string_view depth = value_of(child_of(numbering, "ilvl"));
                block.kind = BlockKind::item;
                block.level = depth.size() == 1 && depth[0] >= '0' && depth[0] <= '8'
                                  ? depth[0] - '0' + 1
                                  : 1;
                if (blocks_.empty() || blocks_.back().kind != BlockKind::item) ++group_;
                block.group = group_;
                std::replace(block.text.begin(), block.text.end(), '\n', ' ');
            } else if (style.quote) {
                block.kind = BlockKind::quote;
            }
            blocks_.push_back(std::move(block));
        }
        const auto boxes = std::exchange(boxes_, {});
        for (const pugi::xml_node& box : boxes) blocks(box, 1);
    }

    std::string cell_text(const pugi::xml_node& cell, int depth, bool& bold) {
        Blocks outer = std::exchange(blocks_, {});
        blocks(cell, depth + 1);
        std::string text;
        bold = true;
        for (const Block& block : blocks_) {
            std::string line = block.text;
            std::replace(line.begin(), line.end(), '\n', ' ');
            text += (text.empty() ? "" : ", ") + line;
            bold = bold && (block.bold >= block.text.size() || block.kind == BlockKind::heading);
        }
        blocks_ = std::move(outer);
        return text;
    }

    void table(const pugi::xml_node& node, int depth) {
        std::vector<pugi::xml_node> rows;
        for (const pugi::xml_node& row : node.children()) {
            if (local_name(row) == "tr") rows.push_back(row);
        }
        std::size_t widest = 0;
        for (const auto& row : rows) {
            std::size_t cells = 0;
            for (const auto& cell : row.children()) cells += local_name(cell) == "tc" ? 1U : 0U;
            widest = std::max(widest, cells);
        }
        if (widest < 2) {  // a frame round text
            for (const auto& row : rows) {
                for (const auto& cell : row.children()) {
                    if (local_name(cell) == "tc") blocks(cell, depth + 1);
                }
            }
            return;
        }
        const bool outer_table = std::exchange(in_table_, true);
        const std::uint32_t group = ++group_;
        std::vector<std::string> columns;
        std::vector<std::string> above;
        bool first = true;
        for (const auto& row : rows) {
            const pugi::xml_node row_properties = child_of(row, "trPr");
            if (child_of(row_properties, "del") || is_on(child_of(row_properties, "hidden")))
                continue;
            std::vector<std::string> cells;
            bool all_bold = true;
            for (const auto& cell : row.children()) {
                if (local_name(cell) != "tc") continue;
                const pugi::xml_node properties = child_of(cell, "tcPr");
                bool bold = false;
                std::string text = cell_text(cell, depth, bold);
                const pugi::xml_node merge = child_of(properties, "vMerge");
                if (merge && value_of(merge) != "restart" && cells.size() < above.size())
                    text = above[cells.size()];
                all_bold = all_bold && (bold || text.empty());
                int span = 1;
                for (const char c : value_of(child_of(properties, "gridSpan")).substr(0, 2)) {
                    if (c >= '0' && c <= '9')
                        span = span == 1 && c != '0' ? c - '0' : span * 10 + (c - '0');
                }
                cells.push_back(text);
                for (int times = std::min(span, 50); times > 1; --times) cells.emplace_back();
            }
            above = cells;
            const bool heads = is_on(child_of(row_properties, "tblHeader")) || (first && all_bold);
            const bool numbered =
                !cells.empty() && !cells[0].empty() && cells[0][0] >= '0' && cells[0][0] <= '9';
            if (first && heads && !numbered && rows.size() > 1) {
                columns = cells;
                first = false;
                continue;
            }
            first = false;
            Block block;
            block.kind = BlockKind::row;
            block.group = group;
            block.cells = cells;
            block.columns = columns;
            std::size_t filled = 0;
            for (const std::string& cell : cells) filled += cell.empty() ? 0U : 1U;
            for (std::size_t at = 0; at < cells.size(); ++at) {
                if (cells[at].empty()) continue;
                if (columns.empty() && filled == 2) {
                    block.text += block.text.empty()
                                      ? cells[at]
                                      : (block.text.ends_with(':') ? " " : ": ") + cells[at];
                    continue;
                }
                if (!block.text.empty()) block.text += "; ";
                if (at < columns.size() && !columns[at].empty())
                    block.text += columns[at] + (columns[at].ends_with(':') ? " " : ": ");
                block.text += cells[at];
            }
            if (!block.text.empty()) blocks_.push_back(std::move(block));
        }
        in_table_ = outer_table;
    }

    const std::map<std::string, Style, std::less<>>& styles_;
    ParseReport& report_;
    Blocks blocks_;
    std::vector<pugi::xml_node> boxes_;
    std::uint32_t group_ = 0;
    bool in_table_ = false;
    bool too_deep_ = false;
};

/// pugixml reads and frees recursively nested elements iteratively, but our walk is recursive:
/// count first.
bool nested_too_deep(std::string_view xml) {
    std::size_t depth = 0;
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        if (at + 1 >= xml.size()) break;
        if (xml[at + 1] == '/') {
            if (depth > 0) --depth;
        } else if (xml[at + 1] != '?' && xml[at + 1] != '!') {
            const std::size_t end = xml.find('>', at);
            if (end == std::string_view::npos) break;
            if (xml[end - 1] != '/') ++depth;
            at = end - 1;
        }
        if (depth > 1000) return true;
    }
    return false;
}

}  // namespace

Result<Parsed> parse_docx(const ParseInput& input, const Limits& limits) {
    const std::string name = input.name.string();
    ZipContainer container(input.bytes, limits.max_text_bytes * 8);
    if (!container.ok()) {
        return fail(ErrorCode::unreadable,
                    name + ": is damaged, its container cannot be opened; save it again as .docx");
    }
    auto xml = container.read("word/document.xml");
    if (!xml && xml.error().code == ErrorCode::not_found)
        xml = container.read("word/document2.xml");
    if (!xml) {
        const bool missing = xml.error().code == ErrorCode::not_found;
        return fail(missing ? ErrorCode::unreadable : xml.error().code,
                    name + ": " +
                        (missing ? "holds no Word document (encrypted, or another format)"
                                 : xml.error().message));
    }
    if (nested_too_deep(*xml))
        return fail(ErrorCode::unreadable, name + ": nested too deeply to be a real document");
    pugi::xml_document document;
    const auto loaded =
        document.load_buffer(xml->data(), xml->size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!loaded) {
        return fail(ErrorCode::unreadable,
                    name + ": is damaged (" + loaded.description() + "); save it again");
    }
    const auto styles_xml = container.read("word/styles.xml");
    const auto styles = styles_xml && !nested_too_deep(*styles_xml)
                            ? read_styles(*styles_xml)
                            : std::map<std::string, Style, std::less<>>();
    ParseReport report;
    BodyReader reader(styles, report);
    Blocks blocks = reader.run(child_of(child_of(document, "document"), "body"));
    if (reader.too_deep())
        return fail(ErrorCode::unreadable, name + ": nested too deeply to be a real document");

    ParsedDocument facts;
    if (const auto core = container.read("docProps/core.xml"); core && !nested_too_deep(*core)) {
        pugi::xml_document properties;
        properties.load_buffer(core->data(), core->size());
        for (const pugi::xml_node& node : child_of(properties, "coreProperties").children()) {
            const std::string_view key = local_name(node);
            if (key == "title") facts.title = tidy(node.text().get());
            if (key == "modified") {
                if (const auto date = find_date(node.text().get())) facts.updated = date->date;
            }
            if (key == "language" && std::string_view(node.text().get()).size() >= 2) {
                facts.language = lower(std::string_view(node.text().get()).substr(0, 2));
            }
        }
    }
    promote_bold_headings(blocks);
    // The document's own first heading says more than a template's title property.
    for (std::size_t at = 0; at < blocks.size() && at < 4; ++at) {
        if (blocks[at].kind != BlockKind::heading || blocks[at].level > 2) continue;
        facts.title = blocks[at].text;
        blocks[at].level = 1;
        break;
    }
    if (facts.title.empty()) facts.title = input.name.stem().string();
    if (blocks.empty()) return fail(ErrorCode::unreadable, name + ": holds no text");

    MeetingParts parts;
    parts.title = facts.title;
    parts.updated = facts.updated;
    if (split_meeting(blocks, facts.title, parts)) {
        parts.single_item = parts.items.size() == 1 && parts.preamble.size() < 3;
        for (MeetingItem& item : parts.items) {
            item.url_suffix = parts.single_item ? std::string() : "#punkt=" + item.number;
            item.fragment_url = !parts.single_item;
        }
        return build_meeting(std::move(parts), std::move(report));
    }
    if (input.kind == SourceKind::meetings) report.closed_items += drop_closed_items(blocks).count;
    take_page_lines(blocks, PageKind::paper, facts.updated, facts.owner);
    CutOptions cut;
    cut.title = facts.title;
    facts.passages = cut_with_glossary(blocks, cut);
    Parsed parsed;
    parsed.documents.push_back(std::move(facts));
    parsed.report = std::move(report);
    return parsed;
}

}  // namespace raadbot::ingest
