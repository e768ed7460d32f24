#include "adapters/matrix/html.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace raadbot::matrix {
namespace {

constexpr std::size_t deepest_built = 90;
constexpr std::size_t deepest = 100;

std::string_view name_of(Tag tag) {
    switch (tag) {
        case Tag::text: return {};
        case Tag::p: return "p";
        case Tag::br: return "br";
        case Tag::strong: return "strong";
        case Tag::em: return "em";
        case Tag::sup: return "sup";
        case Tag::a: return "a";
        case Tag::ul: return "ul";
        case Tag::ol: return "ol";
        case Tag::li: return "li";
        case Tag::blockquote: return "blockquote";
        case Tag::details: return "details";
        case Tag::summary: return "summary";
    }
    return {};
}

void escape(std::string& out, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            case '\n': out += '\n'; break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
        }
    }
}

void write(std::string& out, const Node& node, std::size_t depth) {
    if (node.tag == Tag::text) return escape(out, node.value);
    const bool shown = depth < deepest_built;
    const std::string_view name = name_of(node.tag);
    if (shown) {
        out += '<';
        out += name;
        if (node.tag == Tag::a) {
            out += " href=\"";
            escape(out, node.value);
            out += '"';
        }
        out += '>';
    }
    if (node.tag == Tag::br) return;
    for (const Node& child : node.children) write(out, child, depth + 1);
    if (shown) {
        out += "</";
        out += name;
        out += '>';
    }
}

constexpr std::array permitted_tags = std::to_array<std::string_view>(
    {"del", "h1",      "h2",  "h3",   "h4",  "h5",      "h6",     "blockquote", "p",      "a",
     "ul",  "ol",      "sup", "sub",  "li",  "b",       "i",      "u",          "strong", "em",
     "s",   "code",    "hr",  "br",   "div", "table",   "thead",  "tbody",      "tr",     "th",
     "td",  "caption", "pre", "span", "img", "details", "summary"});
constexpr std::array void_tags = std::to_array<std::string_view>({"br", "hr", "img"});

template <class List>
bool has(const List& list, std::string_view what) {
    return std::find(list.begin(), list.end(), what) != list.end();
}

bool has_scheme(std::string_view url) {
    constexpr std::array schemes =
        std::to_array<std::string_view>({"https:", "http:", "ftp:", "mailto:", "magnet:"});
    return std::any_of(schemes.begin(), schemes.end(),
                       [&](std::string_view scheme) { return url.starts_with(scheme); });
}

bool is_permitted(std::string_view tag, std::string_view attribute, std::string_view value) {
    if (tag == "a") {
        if (attribute == "target") return true;
        return attribute == "href" && has_scheme(value);
    }
    if (tag == "img") {
        if (attribute == "src") return value.starts_with("mxc://");
        return attribute == "width" || attribute == "height" || attribute == "alt" ||
               attribute == "title";
    }
    if (tag == "ol") return attribute == "start";
    if (tag == "code") return attribute == "class" && value.starts_with("language-");
    if (tag == "span") {
        return attribute == "data-mx-bg-color" || attribute == "data-mx-color" ||
               attribute == "data-mx-spoiler" || attribute == "data-mx-maths";
    }
    return tag == "div" && attribute == "data-mx-maths";
}

tl::unexpected<Error> broken(std::string message) {
    return fail(ErrorCode::invalid_input, std::move(message));
}

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

/// The inside of a start tag: `a href="..."`.
Result<std::string_view> check_start_tag(std::string_view inside) {
    std::size_t at = 0;
    while (at < inside.size() && is_name(inside[at])) ++at;
    const std::string_view tag = inside.substr(0, at);
    if (!has(permitted_tags, tag))
        return broken("element <" + std::string(tag.substr(0, 20)) + ">");
    while (at < inside.size()) {
        if (inside[at++] != ' ') return broken("attribute syntax");
        const std::size_t begin = at;
        while (at < inside.size() && is_name(inside[at])) ++at;
        const std::string_view attribute = inside.substr(begin, at - begin);
        if (!inside.substr(at).starts_with("=\"")) return broken("attribute syntax");
        at += 2;
        const std::size_t end = inside.find('"', at);
        if (end == std::string_view::npos) return broken("attribute without end");
        if (!is_permitted(tag, attribute, inside.substr(at, end - at))) {
            return broken("attribute " + std::string(attribute.substr(0, 20)) + " of <" +
                          std::string(tag) + ">");
        }
        at = end + 1;
    }
    return tag;
}

}  // namespace

Node text(std::string_view value) { return {Tag::text, std::string(value), {}}; }
Node element(Tag tag, std::vector<Node> children) { return {tag, {}, std::move(children)}; }

Node link_to(std::string_view url, std::vector<Node> children) {
    if (!is_web_address(url)) return element(Tag::strong, std::move(children));
    return {Tag::a, std::string(url), std::move(children)};
}

bool is_web_address(std::string_view url) {
    std::string_view rest = url;
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return false;
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    return !host.empty() && host.find_first_of("@\\") == std::string_view::npos &&
           url.size() <= 2'000 && std::none_of(url.begin(), url.end(), [](char c) {
               return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '"' || c == '<' ||
                      c == '>' || c == '\\';
           });
}

std::string to_html(const std::vector<Node>& nodes) {
    std::string out;
    for (const Node& node : nodes) write(out, node, 1);
    return out;
}

Result<void> check_html(std::string_view html) {
    std::vector<std::string_view> open;
    for (std::size_t at = 0; at < html.size();) {
        if (html[at] == '>') return broken("bare '>'");
        if (html[at] != '<') {
            ++at;
            continue;
        }
        const std::size_t end = html.find('>', at);
        if (end == std::string_view::npos) return broken("tag without end");
        std::string_view inside = html.substr(at + 1, end - at - 1);
        at = end + 1;
        if (inside.starts_with('/')) {
            if (open.empty() || open.back() != inside.substr(1))
                return broken("end tag out of order");
            open.pop_back();
            continue;
        }
        const auto tag = check_start_tag(inside);
        if (!tag) return tl::unexpected(tag.error());
        if (has(void_tags, *tag)) continue;
        open.push_back(*tag);
        if (open.size() > deepest) return broken("deeper than 100 elements");
    }
    if (!open.empty()) return broken("element without end");
    return {};
}

}  // namespace raadbot::matrix
