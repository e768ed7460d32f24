// A ZIP of papers: a whole export, or attachments in one file. Each file in it becomes documents as
// if it lay in a folder, under the rules that exports in it lay down; their URL is the ZIP's with
// the path behind '#'. A ZIP in a ZIP is not read.
#pragma once

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

[[nodiscard]] Result<Parsed> parse_papers_zip(const ParseInput& input, const Limits& limits);

}  // namespace raadbot::ingest
