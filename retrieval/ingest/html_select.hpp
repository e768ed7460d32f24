// CSS selectors over the HTML tree: tag, *, #id, .class, [name], [name=value], [name^=value],
// [name*=value], [name$=value], descendants by a blank, children by '>', alternatives by ','. No
// pseudo-classes, no siblings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/ingest/html_dom.hpp"

namespace raadbot::ingest {

class Selector {
public:
    /// Error: invalid_input that says what is not understood, and where.
    [[nodiscard]] static Result<Selector> parse(std::string_view css);

    [[nodiscard]] bool matches(Node node) const;
    /// Matching elements of the subtree that a reader can see, outermost first and none within
    /// another, in document order.
    [[nodiscard]] std::vector<Node> all(const HtmlDocument& document, Node from) const;

private:
    struct Condition {
        std::string name;   ///< Attribute; "class" with kind '~' is a class word.
        std::string value;  ///< Compared as `kind` says.
        char kind = '?';    ///< ? exists, = whole, ~ word, ^ start, * part, $ end
    };
    struct Step {
        std::string tag;  ///< Lower case; empty: any.
        std::vector<Condition> conditions;
        bool child = false;  ///< Of the step before: its child, else any descendant.
    };
    using Path = std::vector<Step>;

    static Result<Path> parse_path(std::string_view css, std::string_view whole);
    [[nodiscard]] static bool fits(Node node, const Step& step);
    [[nodiscard]] static bool matches(Node node, const Path& path, std::size_t last);

    std::vector<Path> paths_;
};

}  // namespace raadbot::ingest
