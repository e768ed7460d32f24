// What lies between a format and its passages: a flat run of headings, paragraphs, list items and
// table rows in reading order. Every parser gives blocks; passages.cpp cuts them, meeting.cpp reads
// them as agenda items. Not a document tree: nesting survives only as heading level and item depth.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retrieval/types.hpp"

namespace raadbot::ingest {

enum class BlockKind { heading, paragraph, item, row, quote, term };

struct Block {
    BlockKind kind = BlockKind::paragraph;
    int level = 0;                   ///< heading: 1-6; item: depth from 1.
    std::string text;                ///< Tidy; '\n' only where the source breaks the line.
    std::string fragment;            ///< "#id" of a heading or of what stands around it, or empty.
    std::string term;                ///< term (dt): what `text` explains.
    std::vector<std::string> cells;  ///< row: the bare cells.
    std::vector<std::string> columns;  ///< row: names of the columns, or empty.
    std::uint32_t group = 0;           ///< Blocks of one list or table share it; 0 is none.
    std::size_t bold = 0;              ///< Bytes of `text` that a bold run at its start covers.
    bool closed = false;  ///< Stands inside an element marked as closed for the public.
    std::optional<std::uint32_t> page;  ///< PDF only, from 1.
    std::vector<std::string> links;     ///< HTML only: files that it links to, as written.
};

using Blocks = std::vector<Block>;

struct CutOptions {
    std::string title;            ///< A heading of the same text is not part of a path.
    bool slugs = false;           ///< Headings without an id get a slug (Markdown) ...
    bool text_fragments = false;  ///< ... or a text fragment "#:~:text=..." (pages).
    bool anchors = true;          ///< Off where the document's URL has a fragment already.
    Section section = Section::text;
};

/// Cuts blocks into passages of about 40-180 words that never cross a heading. A list or table
/// keeps the line that leads it in, again at the top of each piece when it must be cut.
[[nodiscard]] std::vector<Passage> cut_passages(const Blocks& blocks, const CutOptions& options);

/// Short paragraphs that are bold from end to end, followed by text, become headings of level 5.
void promote_bold_headings(Blocks& blocks);

}  // namespace raadbot::ingest
