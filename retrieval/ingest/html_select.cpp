#include "retrieval/ingest/html_select.hpp"

#include <algorithm>

#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view name_at(std::string_view css, std::size_t& at) {
    const std::size_t begin = at;
    while (at < css.size() && is_name_char(css[at])) ++at;
    return css.substr(begin, at - begin);
}

}  // namespace

Result<Selector::Path> Selector::parse_path(std::string_view css, std::string_view whole) {
    const auto wrong = [&](std::size_t at, std::string_view what) {
        return fail(ErrorCode::invalid_input,
                    "\"" + std::string(whole) + "\": " + std::string(what) + " at \"" +
                        std::string(css.substr(std::min(at, css.size()))) +
                        "\"; known are tag, #id, .class, [name=value], blank, > and ,");
    };
    Path path;
    bool child = false;
    std::size_t at = 0;
    while (at < css.size()) {
        if (css[at] == ' ' || css[at] == '\t' || css[at] == '\n') {
            ++at;
            continue;
        }
        if (css[at] == '>') {
            if (child || path.empty()) return wrong(at, "'>' needs an element before it");
            child = true;
            ++at;
            continue;
        }
        Step step;
        step.child = child;
        child = false;
        const std::size_t begin = at;
        if (css[at] == '*') {
            ++at;
        } else {
            step.tag = lower(name_at(css, at));
        }
        while (at < css.size() && (css[at] == '.' || css[at] == '#' || css[at] == '[')) {
            const char mark = css[at++];
            Condition condition;
            if (mark != '[') {
                condition.name = mark == '.' ? "class" : "id";
                condition.kind = mark == '.' ? '~' : '=';
                condition.value = name_at(css, at);
                if (condition.value.empty()) return wrong(at, "a name is missing");
            } else {
                condition.name = name_at(css, at);
                if (condition.name.empty()) return wrong(at, "an attribute's name is missing");
                if (at < css.size() && css[at] != ']') {
                    if (css[at] == '^' || css[at] == '*' || css[at] == '$' || css[at] == '~')
                        condition.kind = css[at++];
                    else
                        condition.kind = '=';
                    if (at >= css.size() || css[at] != '=') return wrong(at, "'=' is missing");
                    ++at;
                    const char quote = at < css.size() ? css[at] : '\0';
                    if (quote == '"' || quote == '\'') {
                        const std::size_t end = css.find(quote, at + 1);
                        if (end == std::string_view::npos) return wrong(at, "an open quote");
                        condition.value = css.substr(at + 1, end - at - 1);
                        at = end + 1;
                    } else {
                        condition.value = name_at(css, at);
                    }
                }
                if (at >= css.size() || css[at] != ']') return wrong(at, "']' is missing");
                ++at;
            }
            step.conditions.push_back(std::move(condition));
        }
        if (at == begin) return wrong(at, "not understood");
        path.push_back(std::move(step));
    }
    if (path.empty() || child) return wrong(css.size(), "an element is missing");
    return path;
}

Result<Selector> Selector::parse(std::string_view css) {
    Selector selector;
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t at = 0; at <= css.size(); ++at) {
        if (at < css.size() && (css[at] == '"' || css[at] == '\'')) quoted = !quoted;
        if (at < css.size() && (css[at] != ',' || quoted)) continue;
        auto path = parse_path(css.substr(begin, at - begin), css);
        if (!path) return tl::unexpected(path.error());
        selector.paths_.push_back(std::move(*path));
        begin = at + 1;
    }
    return selector;
}

bool Selector::fits(Node node, const Step& step) {
    if (!step.tag.empty() && tag_name(node) != step.tag) return false;
    return std::all_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& c) {
        if (c.name == "class" && c.kind == '~') return has_class(node, c.value);
        if (!has_attribute(node, c.name.c_str())) return false;
        const std::string_view value = attribute(node, c.name.c_str());
        switch (c.kind) {
            case '?': return true;
            case '=': return value == c.value;
            case '^': return !c.value.empty() && value.starts_with(c.value);
            case '$': return !c.value.empty() && value.ends_with(c.value);
            case '*': return !c.value.empty() && value.find(c.value) != std::string_view::npos;
            default:
                return (" " + std::string(value) + " ").find(" " + c.value + " ") !=
                       std::string::npos;
        }
    });
}

bool Selector::matches(Node node, const Path& path, std::size_t last) {
    if (!fits(node, path[last])) return false;
    if (last == 0) return true;
    for (Node above = node->parent; above != nullptr && is_element(above); above = above->parent) {
        if (matches(above, path, last - 1)) return true;
        if (path[last].child) return false;
    }
    return false;
}

bool Selector::matches(Node node) const {
    return is_element(node) && std::any_of(paths_.begin(), paths_.end(), [&](const Path& path) {
               return matches(node, path, path.size() - 1);
           });
}

std::vector<Node> Selector::all(const HtmlDocument& document, Node from) const {
    std::vector<Node> found;
    for (const Node node : document.visible_elements(from)) {
        if (!matches(node)) continue;
        bool within = false;
        for (Node above = node->parent; above != nullptr && !within; above = above->parent)
            within = !found.empty() && found.back() == above;
        if (!within) found.push_back(node);
    }
    return found;
}

}  // namespace raadbot::ingest
