// The HTML tree as gumbo gives it, with what all page parsers ask of it: attributes, class words,
// whether a reader can see an element. Not a browser: of CSS it knows inline styles and plain rules
// of the page's own <style>.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

using Node = const GumboNode*;

/// UTF-8 text of an HTML file: byte order mark, then <meta charset>, then valid UTF-8, else
/// Windows-1252.
[[nodiscard]] std::string decode_html(std::string_view bytes);
/// Windows-1252 to UTF-8.
[[nodiscard]] std::string decode_windows_1252(std::string_view bytes);
/// UTF-16 to UTF-8; ill-formed units become U+FFFD.
[[nodiscard]] std::string decode_utf16(std::string_view bytes, bool big_endian);

[[nodiscard]] inline bool is_element(Node node) {
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}
[[nodiscard]] bool is_tag(Node node, GumboTag tag);
/// Attribute's value, or empty.
[[nodiscard]] std::string_view attribute(Node node, const char* name);
[[nodiscard]] bool has_attribute(Node node, const char* name);
/// Tag name in lower case, also of tags that gumbo does not know.
[[nodiscard]] std::string tag_name(Node node);
/// Classes as written, split at blanks.
[[nodiscard]] std::vector<std::string_view> classes(Node node);
[[nodiscard]] bool has_class(Node node, std::string_view name);
/// Class and id taken apart at '-', '_' and camelCase, lower case: "site-footer__navCol" gives
/// site, footer, nav, col.
[[nodiscard]] std::vector<std::string> name_words(Node node);
/// Level of h1-h6 (or role=heading), else 0.
[[nodiscard]] int heading_level(Node node);
[[nodiscard]] std::vector<Node> children(Node node);

class HtmlDocument {
public:
    /// `html` is UTF-8. Trees deeper than gumbo's and our recursion can bear give `ok() == false`.
    explicit HtmlDocument(std::string html);
    HtmlDocument(const HtmlDocument&) = delete;
    HtmlDocument& operator=(const HtmlDocument&) = delete;
    ~HtmlDocument();

    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] Node root() const { return output_->root; }
    [[nodiscard]] Node head() const { return head_; }
    [[nodiscard]] Node body() const { return body_; }

    /// Hidden from a reader's eyes, and not opened by a button of the page (accordion, tab).
    [[nodiscard]] bool is_hidden(Node node) const;

    /// Elements of the subtree in document order, without hidden ones.
    [[nodiscard]] std::vector<Node> visible_elements(Node from) const;
    /// The address of the file that the element links to (by ending, download attribute or a word
    /// like "bilag"), as written, or empty.
    [[nodiscard]] static std::string file_link(Node node);
    /// All of a subtree, hidden parts included.
    [[nodiscard]] static std::vector<std::string> file_links(Node from);
    /// The visible text of a subtree, one blank between words, without scripts.
    [[nodiscard]] std::string text(Node node) const;

private:
    void scan(Node node, int depth, bool hidden);
    void read_style_rules(std::string_view css);

    std::string html_;
    GumboOutput* output_ = nullptr;
    Node head_ = nullptr;
    Node body_ = nullptr;
    bool ok_ = true;
    std::set<std::string, std::less<>> hidden_selectors_;  ///< "tag", ".class", "#id", "tag.class"
    std::set<std::string, std::less<>> opened_ids_;  ///< Panels that a control of the page opens.
    std::set<Node> opened_;                          ///< Those behind a control that names none.
    std::set<std::string, std::less<>>
        tab_ids_;  ///< Tabs; a panel labelled by one is opened by it.
};

}  // namespace raadbot::ingest
