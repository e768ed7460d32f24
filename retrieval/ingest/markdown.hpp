// Markdown (CommonMark with tables) with front matter. Rendered to HTML first, so that inline HTML
// is read, hidden and dropped by the same rules as on a web page.
#pragma once

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

[[nodiscard]] Result<Parsed> parse_markdown(const ParseInput& input);

}  // namespace raadbot::ingest
