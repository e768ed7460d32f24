#include "retrieval/ingest/html_dom.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <span>

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr int max_depth = 400;  ///< Deeper trees are attacks or broken; recursion stays shallow.

void append_utf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12U));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (code >> 18U));
        out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

/// Charset named in the first 2 KB, lower case, or empty.
std::string declared_charset(std::string_view bytes) {
    const std::string start = lower(bytes.substr(0, 2048));
    std::size_t at = start.find("charset");
    while (at != std::string::npos) {
        std::size_t value = at + 7;
        while (value < start.size() && (start[value] == ' ' || start[value] == '=' ||
                                        start[value] == '"' || start[value] == '\'')) {
            ++value;
        }
        std::size_t end = value;
        while (end < start.size() &&
               (std::isalnum(static_cast<unsigned char>(start[end])) != 0 || start[end] == '-' ||
                start[end] == '_' || start[end] == ':')) {
            ++end;
        }
        if (end > value) return start.substr(value, end - value);
        at = start.find("charset", end);
    }
    return {};
}

std::string without_blanks(std::string_view text) {
    std::string out;
    for (const char c : lower(text)) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') out += c;
    }
    return out;
}

/// Value of a CSS property in declarations without blanks, or empty; the last one wins.
std::string_view css_value(std::string_view declarations, std::string_view property) {
    std::string_view value;
    std::size_t begin = 0;
    while (begin < declarations.size()) {
        std::size_t end = declarations.find(';', begin);
        if (end == std::string_view::npos) end = declarations.size();
        const std::string_view one = declarations.substr(begin, end - begin);
        const std::size_t colon = one.find(':');
        if (colon != std::string_view::npos && one.substr(0, colon) == property)
            value = one.substr(colon + 1);
        begin = end + 1;
    }
    const std::size_t important = value.find("!important");
    return important == std::string_view::npos ? value : value.substr(0, important);
}

double css_number(std::string_view value) {
    const std::string copy(value.substr(0, 32));
    char* end = nullptr;
    const double number = std::strtod(copy.c_str(), &end);
    return end == copy.c_str() ? 1e9 : number;
}

std::string normal_color(std::string_view value) {
    if (value == "white" || value == "#fff" || value == "#ffffff" || value == "rgb(255,255,255)" ||
        value == "rgba(255,255,255,1)" || value == "#fffffe" || value == "#fefefe") {
        return "white";
    }
    return std::string(value);
}

/// Declarations that take an element out of a reader's sight. `known_background`: a colour is set
/// around.
bool declarations_hide(std::string_view css, bool known_background) {
    if (css_value(css, "display") == "none") return true;
    const std::string_view visibility = css_value(css, "visibility");
    if (visibility == "hidden" || visibility == "collapse") return true;
    const std::string_view opacity = css_value(css, "opacity");
    if (!opacity.empty() && css_number(opacity) < 0.05) return true;
    const std::string_view size = css_value(css, "font-size");
    if (!size.empty() &&
        (css_number(size) == 0.0 || (size.ends_with("px") && css_number(size) <= 2.0) ||
         (size.ends_with("pt") && css_number(size) <= 2.0))) {
        return true;
    }
    if (css_number(css_value(css, "text-indent")) <= -900.0) return true;
    const std::string_view position = css_value(css, "position");
    if (position == "absolute" || position == "fixed") {
        for (const std::string_view side : {"left", "right", "top", "bottom"}) {
            if (css_number(css_value(css, side)) <= -500.0) return true;
        }
        const std::string_view clip = css_value(css, "clip");
        if (clip.starts_with("rect(0") || clip.starts_with("rect(1px")) return true;
    }
    if (css_number(css_value(css, "margin-left")) <= -900.0) return true;
    if (css_value(css, "clip-path").starts_with("inset(50%") ||
        css_value(css, "clip-path").starts_with("inset(100%")) {
        return true;
    }
    if (css_value(css, "overflow") == "hidden") {
        for (const std::string_view side : {"height", "max-height", "width", "max-width"}) {
            const std::string_view value = css_value(css, side);
            if (!value.empty() && css_number(value) <= 1.0) return true;
        }
    }
    if (css_value(css, "transform").starts_with("scale(0)")) return true;
    const std::string color = normal_color(css_value(css, "color"));
    std::string background = normal_color(css_value(css, "background-color"));
    if (background.empty()) background = normal_color(css_value(css, "background"));
    if (color == "transparent") return true;
    if (!color.empty() && color == background) return true;
    return color == "white" && background.empty() && !known_background;
}

constexpr auto hidden_classes = std::to_array<std::string_view>(
    {"hidden", "d-none", "is-hidden", "u-hidden", "hide", "sr-only", "visually-hidden",
     "visuallyhidden", "screen-reader-text", "screenreader-only", "element-invisible",
     "element-hidden", "offscreen", "skjult", "u-visually-hidden", "js-hidden"});

}  // namespace

std::string decode_windows_1252(std::string_view bytes) {
    constexpr auto high = std::to_array<std::uint16_t>(
        {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
         0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
         0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178});
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(out, byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80U] : byte);
    }
    return out;
}

std::string decode_utf16(std::string_view bytes, bool big_endian) {
    std::string out;
    const auto unit_at = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian ? static_cast<std::uint32_t>(first << 8U | second)
                          : static_cast<std::uint32_t>(second << 8U | first);
    };
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        std::uint32_t code = unit_at(at);
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size()) {
            const std::uint32_t low = unit_at(at + 2);
            if (low >= 0xDC00 && low < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
                at += 2;
            }
        }
        if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
        if (code != 0xFEFF) append_utf8(out, code);
    }
    return out;
}

std::string decode_html(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return danish::to_valid_nfc(bytes.substr(3));
    if (bytes.starts_with("\xFE\xFF")) return decode_utf16(bytes, true);
    if (bytes.starts_with("\xFF\xFE")) return decode_utf16(bytes, false);
    // Valid UTF-8 with a byte beyond ASCII is hardly ever anything else, whatever the page
    // declares.
    if (danish::is_valid_utf8(bytes)) return danish::to_valid_nfc(bytes);
    const std::string charset = declared_charset(bytes);
    if (charset == "utf-8" || charset == "utf8") {
        // Declared but broken: a few bad bytes, or an old page under a new template.
        const std::string repaired = danish::to_valid_nfc(bytes);
        std::size_t broken = 0;
        std::size_t good = 0;
        for (std::size_t at = 0; at < repaired.size(); ++at) {
            const auto byte = static_cast<unsigned char>(repaired[at]);
            if (byte < 0xC0) continue;
            ++(repaired.compare(at, 3, "\xEF\xBF\xBD") == 0 ? broken : good);
        }
        if (broken <= good) return repaired;
    }
    return danish::to_valid_nfc(decode_windows_1252(bytes));
}

bool is_tag(Node node, GumboTag tag) { return is_element(node) && node->v.element.tag == tag; }

std::string_view attribute(Node node, const char* name) {
    if (!is_element(node)) return {};
    const GumboAttribute* found = gumbo_get_attribute(&node->v.element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_attribute(Node node, const char* name) {
    return is_element(node) && gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

std::string tag_name(Node node) {
    if (!is_element(node)) return {};
    const GumboElement& element = node->v.element;
    if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
    GumboStringPiece piece = element.original_tag;
    gumbo_tag_from_original_text(&piece);
    return piece.data == nullptr ? std::string() : lower({piece.data, piece.length});
}

std::vector<std::string_view> classes(Node node) {
    std::vector<std::string_view> out;
    const std::string_view all = attribute(node, "class");
    std::size_t at = 0;
    while (at < all.size()) {
        const std::size_t begin = all.find_first_not_of(" \t\n\r\f", at);
        if (begin == std::string_view::npos) break;
        std::size_t end = all.find_first_of(" \t\n\r\f", begin);
        if (end == std::string_view::npos) end = all.size();
        out.push_back(all.substr(begin, end - begin));
        at = end;
    }
    return out;
}

bool has_class(Node node, std::string_view name) {
    const auto all = classes(node);
    return std::find(all.begin(), all.end(), name) != all.end();
}

std::vector<std::string> name_words(Node node) {
    std::vector<std::string> out;
    std::string word;
    const auto take = [&](std::string_view name) {
        bool was_lower = false;
        const auto flush = [&] {
            if (!word.empty()) out.push_back(lower(word));
            word.clear();
        };
        for (const char c : name) {
            const bool upper_case = c >= 'A' && c <= 'Z';
            if (c == '-' || c == '_' || c == ' ' || c == ':' || c == '.' || c == '\t' ||
                c == '\n') {
                flush();
                was_lower = false;
                continue;
            }
            if (upper_case && was_lower) flush();
            was_lower = !upper_case;
            word += c;
        }
        flush();
    };
    take(attribute(node, "class"));
    take(attribute(node, "id"));
    return out;
}

int heading_level(Node node) {
    if (!is_element(node)) return 0;
    switch (node->v.element.tag) {
        case GUMBO_TAG_H1: return 1;
        case GUMBO_TAG_H2: return 2;
        case GUMBO_TAG_H3: return 3;
        case GUMBO_TAG_H4: return 4;
        case GUMBO_TAG_H5: return 5;
        case GUMBO_TAG_H6: return 6;
        default: break;
    }
    if (attribute(node, "role") == "heading") {
        const std::string_view level = attribute(node, "aria-level");
        return level.size() == 1 && level[0] >= '1' && level[0] <= '6' ? level[0] - '0' : 2;
    }
    return 0;
}

std::vector<Node> children(Node node) {
    if (!is_element(node) && node->type != GUMBO_NODE_DOCUMENT) return {};
    const GumboVector& vector =
        node->type == GUMBO_NODE_DOCUMENT ? node->v.document.children : node->v.element.children;
    std::vector<Node> out;
    out.reserve(vector.length);
    for (void* child : std::span(vector.data, vector.length))
        out.push_back(static_cast<Node>(child));
    return out;
}

HtmlDocument::HtmlDocument(std::string html) : html_(std::move(html)) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    output_ = gumbo_parse_with_options(&options, html_.data(), html_.size());
    for (const Node child : children(output_->root)) {
        if (is_tag(child, GUMBO_TAG_HEAD)) head_ = child;
        if (is_tag(child, GUMBO_TAG_BODY)) body_ = child;
    }
    if (body_ == nullptr) body_ = output_->root;
    if (head_ == nullptr) head_ = output_->root;
    scan(output_->root, 0, false);
}

HtmlDocument::~HtmlDocument() {
    if (output_ != nullptr) gumbo_destroy_output(&kGumboDefaultOptions, output_);
}

/// The element behind a control, or behind the heading or box that holds nothing else: what it
/// folds out where it names no id.
static Node element_behind(Node control) {
    for (int level = 0; level < 3; ++level) {
        const Node parent = control->parent;
        if (parent == nullptr || !is_element(parent)) return nullptr;
        bool passed = false;
        bool alone = true;
        for (const Node sibling : children(parent)) {
            if (passed && is_element(sibling)) return sibling;
            passed = passed || sibling == control;
            alone = alone && (sibling == control || sibling->type == GUMBO_NODE_WHITESPACE);
        }
        if (!alone) return nullptr;
        control = parent;
    }
    return nullptr;
}

/// A button or heading that folds out what follows it, by its state or its name.
static bool folds_out(Node node) {
    if (has_attribute(node, "aria-controls")) return false;
    if (has_attribute(node, "aria-expanded")) return true;
    if (!is_tag(node, GUMBO_TAG_BUTTON) && heading_level(node) == 0 &&
        attribute(node, "role") != "button") {
        return false;
    }
    const auto words = name_words(node);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
        return word.starts_with("accordion") || word.starts_with("collaps");
    });
}

void HtmlDocument::scan(Node node, int depth, bool hidden) {
    if (depth > max_depth) {
        ok_ = false;
        return;
    }
    if (is_tag(node, GUMBO_TAG_STYLE)) {
        for (const Node child : children(node)) {
            if (child->type == GUMBO_NODE_TEXT) read_style_rules(child->v.text.text);
        }
    }
    hidden = hidden || is_hidden(node);
    if (is_element(node) && !hidden) {
        // What a visible control on the page opens is content, though it is hidden until then.
        if (attribute(node, "role") == "tab" && !attribute(node, "id").empty()) {
            tab_ids_.emplace(attribute(node, "id"));
        }
        for (const char* name :
             {"aria-controls", "data-target", "data-bs-target", "data-toggle-target"}) {
            std::string_view target = attribute(node, name);
            if (target.starts_with('#')) target.remove_prefix(1);
            if (!target.empty()) opened_ids_.emplace(target);
        }
        if (has_attribute(node, "aria-expanded") || has_attribute(node, "data-toggle") ||
            has_attribute(node, "data-bs-toggle") || attribute(node, "role") == "tab") {
            std::string_view target = attribute(node, "href");
            if (target.starts_with('#')) opened_ids_.emplace(target.substr(1));
        }
        if (folds_out(node)) {
            if (const Node panel = element_behind(node); panel != nullptr) opened_.insert(panel);
        }
    }
    for (const Node child : children(node)) scan(child, depth + 1, hidden);
}

void HtmlDocument::read_style_rules(std::string_view css) {
    std::string plain;  // without comments
    for (std::size_t at = 0; at < css.size();) {
        if (css.substr(at).starts_with("/*")) {
            const std::size_t end = css.find("*/", at + 2);
            at = end == std::string_view::npos ? css.size() : end + 2;
        } else {
            plain += css[at++];
        }
    }
    std::size_t at = 0;
    while (at < plain.size()) {
        const std::size_t open = plain.find('{', at);
        if (open == std::string::npos) return;
        const std::string_view selectors = trim(std::string_view(plain).substr(at, open - at));
        if (selectors.starts_with('@')) {
            // A block for other media (print, narrow screens) says nothing about this reader;
            // "@media screen" and "@media all" do.
            const std::string name = without_blanks(selectors);
            if (name == "@mediascreen" || name == "@mediaall" || name.starts_with("@supports") ||
                name.starts_with("@layer")) {
                at = open + 1;
                continue;
            }
            int depth = 1;
            std::size_t end = open + 1;
            for (; end < plain.size() && depth > 0; ++end) {
                if (plain[end] == '{') ++depth;
                if (plain[end] == '}') --depth;
            }
            at = end;
            continue;
        }
        std::size_t close = plain.find('}', open);
        if (close == std::string::npos) close = plain.size();
        const std::string body =
            without_blanks(std::string_view(plain).substr(open + 1, close - open - 1));
        if (declarations_hide(body, true)) {
            std::size_t begin = 0;
            while (begin <= selectors.size()) {
                std::size_t end = selectors.find(',', begin);
                if (end == std::string_view::npos) end = selectors.size();
                std::string_view one = trim(selectors.substr(begin, end - begin));
                while (one.starts_with('}')) one = trim(one.substr(1));
                // Only simple selectors; of "a .b" nothing can be said without matching ancestors.
                if (!one.empty() && one.find_first_of(" >+~:[*") == std::string_view::npos) {
                    hidden_selectors_.emplace(one);
                }
                begin = end + 1;
            }
        }
        at = close + 1;
    }
}

bool HtmlDocument::is_hidden(Node node) const {
    if (node->type == GUMBO_NODE_COMMENT) return true;
    if (!is_element(node)) return false;
    switch (node->v.element.tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_NOFRAMES: return true;
        default: break;
    }
    const std::string_view id = attribute(node, "id");
    const bool opened = opened_.contains(node) || (!id.empty() && opened_ids_.contains(id)) ||
                        tab_ids_.contains(attribute(node, "aria-labelledby"));
    if (attribute(node, "type") == "hidden") return true;
    bool hidden = has_attribute(node, "hidden") || attribute(node, "aria-hidden") == "true";
    const std::string_view style = attribute(node, "style");
    if (!hidden && !style.empty()) {
        bool background = has_attribute(node, "class");
        for (Node up = node->parent; !background && up != nullptr; up = up->parent) {
            if (!is_element(up)) continue;
            background = attribute(up, "style").find("background") != std::string_view::npos ||
                         has_attribute(up, "bgcolor");
        }
        hidden = declarations_hide(without_blanks(style), background);
    }
    if (!hidden) {
        for (const std::string_view name : classes(node)) {
            hidden = hidden || std::find(hidden_classes.begin(), hidden_classes.end(), name) !=
                                   hidden_classes.end();
        }
    }
    if (!hidden && !hidden_selectors_.empty()) {
        const std::string tag = tag_name(node);
        hidden = hidden_selectors_.contains(tag) ||
                 (!id.empty() && (hidden_selectors_.contains("#" + std::string(id)) ||
                                  hidden_selectors_.contains(tag + "#" + std::string(id))));
        for (const std::string_view name : classes(node)) {
            hidden = hidden || hidden_selectors_.contains("." + std::string(name)) ||
                     hidden_selectors_.contains(tag + "." + std::string(name));
        }
    }
    if (!hidden && is_tag(node, GUMBO_TAG_FONT)) {
        hidden = normal_color(lower(attribute(node, "color"))) == "white";
    }
    return hidden && !opened;
}

std::vector<Node> HtmlDocument::visible_elements(Node from) const {
    std::vector<Node> out;
    const std::function<void(Node)> walk = [&](Node node) {
        if (is_hidden(node)) return;
        if (is_element(node)) out.push_back(node);
        for (const Node child : children(node)) walk(child);
    };
    walk(from);
    return out;
}

std::string HtmlDocument::file_link(Node node) {
    static constexpr auto endings = std::to_array<std::string_view>(
        {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".odt", ".ods", ".rtf",
         ".txt", ".md", ".vtt", ".zip", ".msg", ".eml"});
    static constexpr auto words = std::to_array<std::string_view>(
        {"bilag", "attachment", "download", "enclosure", "vedhaeft", "showfile", "getfile",
         "showdocument", "getdocument", "hentfil", "hentdokument",
         "documentid=", "dokumentid=", "fileid=", "filid="});
    if (!is_element(node) || !is_tag(node, GUMBO_TAG_A)) return {};
    const std::string_view href = attribute(node, "href");
    const std::string low = lower(href);
    const std::string_view path = std::string_view(low).substr(0, low.find_first_of("?#"));
    const bool file = has_attribute(node, "download") ||
                      std::any_of(endings.begin(), endings.end(),
                                  [&](auto ending) { return path.ends_with(ending); }) ||
                      std::any_of(words.begin(), words.end(),
                                  [&](auto word) { return low.find(word) != std::string::npos; });
    return file && !href.starts_with('#') ? std::string(href) : std::string();
}

std::vector<std::string> HtmlDocument::file_links(Node from) {
    std::vector<std::string> out;
    const std::function<void(Node)> walk = [&](Node node) {
        if (!is_element(node)) return;
        if (std::string link = file_link(node); !link.empty()) out.push_back(std::move(link));
        for (const Node child : children(node)) walk(child);
    };
    walk(from);
    return out;
}

std::string HtmlDocument::text(Node node) const {
    std::string raw;
    const std::function<void(Node)> walk = [&](Node at) {
        if (at->type == GUMBO_NODE_TEXT || at->type == GUMBO_NODE_WHITESPACE ||
            at->type == GUMBO_NODE_CDATA) {
            raw += at->v.text.text;
            return;
        }
        if (is_hidden(at)) return;
        const bool breaks = is_element(at) && at->v.element.tag != GUMBO_TAG_A &&
                            at->v.element.tag != GUMBO_TAG_SPAN &&
                            at->v.element.tag != GUMBO_TAG_B && at->v.element.tag != GUMBO_TAG_I &&
                            at->v.element.tag != GUMBO_TAG_STRONG &&
                            at->v.element.tag != GUMBO_TAG_EM;
        if (breaks) raw += ' ';
        for (const Node child : children(at)) walk(child);
        if (breaks) raw += ' ';
    };
    walk(node);
    return tidy(raw);
}

}  // namespace raadbot::ingest
