// html5lib's tree-construction cases against the tree that our page parsers walk (suites/
// html5lib-tests): elements with their attributes, and the text in document order. Counts printed.
// Not run: fragments (we parse whole pages) and cases that ask for a script to run. What differs is
// gumbo's age: <menuitem>, <search>, <isindex> and ruby come out as the standard had them in 2015.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <span>

#include "retrieval/ingest/html_dom.hpp"

// Debian's gumbo loses a few bytes on some of these pages (an attribute twice); our own leaks still
// count. Read by LeakSanitizer; without it nobody calls it.
extern "C" const char* __lsan_default_suppressions() { return "leak:libgumbo"; }

namespace raadbot::ingest {
namespace {

namespace fs = std::filesystem;

struct Case {
    std::string data;
    std::string tree;  ///< From <html> down, as the suite writes it.
    std::string text;  ///< Its text nodes.
    bool runs = true;
};

std::vector<std::string> lines_of_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// "#data ... #errors ... [#document-fragment ...] [#script-on] #document ..."
std::vector<Case> read_cases(const fs::path& path) {
    std::vector<Case> cases;
    std::string section;
    Case one;
    bool begun = false;
    std::vector<std::string> document;
    const auto finish = [&] {
        if (!begun) return;
        if (!one.data.empty()) one.data.pop_back();
        while (!document.empty() && document.back().empty()) document.pop_back();
        // Lines without "| " go on with the text node above.
        std::vector<std::string> nodes;
        for (const std::string& line : document) {
            if (line.starts_with("| ")) {
                nodes.push_back(line.substr(2));
            } else if (!nodes.empty()) {
                nodes.back() += "\n" + line;
            }
        }
        bool inside = false;
        for (const std::string& node : nodes) {
            if (node.starts_with("<html>")) inside = true;
            if (node.starts_with("<!--") && inside) inside = false;
            if (!inside) continue;
            const std::size_t at = node.find_first_not_of(' ');
            if (node.compare(at, 4, "<!--") == 0) continue;
            one.tree += node + "\n";
            if (node[at] == '"') one.text += node.substr(at + 1, node.size() - at - 2);
        }
        cases.push_back(one);
        one = {};
        document.clear();
        begun = false;
    };
    for (const std::string& line : lines_of_file(path)) {
        if (line == "#data") {
            finish();
            begun = true;
            section = line;
        } else if (line == "#errors" || line == "#new-errors" || line == "#document" ||
                   line == "#document-fragment" || line == "#script-on" || line == "#script-off") {
            section = line;
            if (line == "#document-fragment" || line == "#script-on") one.runs = false;
        } else if (section == "#data") {
            one.data += line + "\n";
        } else if (section == "#document") {
            document.push_back(line);
        }
    }
    finish();
    return cases;
}

std::string_view prefix_of(Node node) {
    switch (node->v.element.tag_namespace) {
        case GUMBO_NAMESPACE_SVG: return "svg ";
        case GUMBO_NAMESPACE_MATHML: return "math ";
        default: return "";
    }
}

std::string name_of(Node node) {
    if (node->v.element.tag_namespace == GUMBO_NAMESPACE_SVG) {
        GumboStringPiece original = node->v.element.original_tag;
        gumbo_tag_from_original_text(&original);
        if (const char* adjusted = gumbo_normalize_svg_tagname(&original)) return adjusted;
    }
    return tag_name(node);
}

void write_tree(Node node, std::size_t depth, std::string& tree, std::string& text) {
    const std::string indent(depth * 2, ' ');
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
        node->type == GUMBO_NODE_CDATA) {
        tree += indent + "\"" + node->v.text.text + "\"\n";
        text += node->v.text.text;
        return;
    }
    if (!is_element(node)) return;
    tree += indent + "<" + std::string(prefix_of(node)) + name_of(node) + ">\n";
    std::map<std::string, std::string> attributes;
    const GumboVector& vector = node->v.element.attributes;
    for (void* entry : std::span(vector.data, vector.length)) {
        const auto* one = static_cast<const GumboAttribute*>(entry);
        const char* space = one->attr_namespace == GUMBO_ATTR_NAMESPACE_XLINK   ? "xlink "
                            : one->attr_namespace == GUMBO_ATTR_NAMESPACE_XML   ? "xml "
                            : one->attr_namespace == GUMBO_ATTR_NAMESPACE_XMLNS ? "xmlns "
                                                                                : "";
        attributes[std::string(space) + one->name] = one->value;
    }
    for (const auto& [name, value] : attributes)
        tree += indent + "  " + name + "=\"" + value + "\"\n";
    std::size_t inner = depth + 1;
    if (node->type == GUMBO_NODE_TEMPLATE) {
        tree += indent + "  content\n";
        ++inner;
    }
    for (const Node child : children(node)) write_tree(child, inner, tree, text);
}

TEST(Html5lib, TreesAndTexts) {
    const fs::path folder =
        fs::path(RAADBOT_SHARED_DIR) / "suites/html5lib-tests/tree-construction";
    ASSERT_TRUE(fs::exists(folder)) << "RAADBOT_SHARED lacks " << folder;
    std::size_t all = 0;
    std::size_t texts = 0;
    std::size_t trees = 0;
    std::map<std::string, std::size_t> differing;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".dat") continue;
        for (const Case& one : read_cases(entry.path())) {
            if (!one.runs) continue;
            ++all;
            const HtmlDocument document(one.data);
            std::string tree;
            std::string text;
            if (document.ok()) write_tree(document.root(), 0, tree, text);
            if (text == one.text) ++texts;
            if (tree == one.tree) {
                ++trees;
            } else {
                ++differing[entry.path().filename().string()];
            }
        }
    }
    for (const auto& [file, count] : differing)
        std::printf("  %zu trees differ in %s\n", count, file.c_str());
    std::printf("conformance: html5lib: %zu/%zu texts, %zu/%zu trees\n", texts, all, trees, all);
    EXPECT_GT(all, 1000U);
    EXPECT_GE(texts * 100, all * 99);
    EXPECT_GE(trees * 100, all * 95);
}

}  // namespace
}  // namespace raadbot::ingest
