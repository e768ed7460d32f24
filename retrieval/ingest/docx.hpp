// Word documents (ECMA-376): headings by style, lists, tables; hidden text, deleted revisions,
// comments, headers and footers stay out.
#pragma once

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

[[nodiscard]] Result<Parsed> parse_docx(const ParseInput& input, const Limits& limits);

}  // namespace raadbot::ingest
