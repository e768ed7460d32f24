// Word lists: a document or section that says it explains terms gives one term passage per entry.
#pragma once

#include "retrieval/ingest/blocks.hpp"

namespace raadbot::ingest {

/// "Ordliste", "Fagudtryk", "Begreber og forkortelser", "Glossar", "Ordforklaring" ...
[[nodiscard]] bool names_glossary(std::string_view heading);

/// cut_passages, with term passages where the title or a heading names a glossary.
[[nodiscard]] std::vector<Passage> cut_with_glossary(const Blocks& blocks,
                                                     const CutOptions& options);

}  // namespace raadbot::ingest
