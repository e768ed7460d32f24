// An HTML subtree -> blocks in reading order: headings, paragraphs, list items, table rows, terms.
// Hidden elements and comments never come out; what else to leave out is the caller's `skip`.
#pragma once

#include <cstdint>
#include <functional>

#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/html_dom.hpp"

namespace raadbot::ingest {

struct HtmlTextOptions {
    std::function<bool(Node)> skip;  ///< Elements that are not content.
    /// Skipped ones whose file links are still of what stands round them; none by default.
    std::function<bool(Node)> furniture;
    bool keep_controls = false;  ///< Labels and buttons count as text (Markdown has none).
};

[[nodiscard]] Blocks html_blocks(const HtmlDocument& document, Node from,
                                 const HtmlTextOptions& options, ParseReport& report);

/// Class, id or data attribute says that the element is closed for the public ("punktrow lukket",
/// data-adgang="lukket"); not an accordion that happens to be folded.
[[nodiscard]] bool marked_closed(Node node);

}  // namespace raadbot::ingest
