// formatted_body as a tree of permitted elements (Matrix 1.19, "m.room.message msgtypes"): there is
// no way to put markup in but by building nodes, and every text is escaped when written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::matrix {

enum class Tag { text, p, br, strong, em, sup, a, ul, ol, li, blockquote, details, summary };

struct Node {
    Tag tag = Tag::text;
    std::string value;  ///< text: the text; a: the address.
    std::vector<Node> children;
};

[[nodiscard]] Node text(std::string_view text);
[[nodiscard]] Node element(Tag tag, std::vector<Node> children);
/// A link, where `url` is an absolute http(s) address without user, white space or control bytes;
/// else its children alone, in a <strong>.
[[nodiscard]] Node link_to(std::string_view url, std::vector<Node> children);

[[nodiscard]] bool is_web_address(std::string_view url);

/// Control bytes are left out; nodes deeper than 90 are written as their text.
[[nodiscard]] std::string to_html(const std::vector<Node>& nodes);

/// Whether any HTML keeps to what clients let through: elements, attributes and schemes of the
/// list, closed in order, at most 100 deep. What is sent is held against it. Error: invalid_input
/// naming what is wrong.
[[nodiscard]] Result<void> check_html(std::string_view html);

}  // namespace raadbot::matrix
