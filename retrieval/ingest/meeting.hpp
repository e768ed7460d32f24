// A meeting as its parsers see it (head, items with blocks) -> documents: the meeting itself and
// one per open item, sections named. Closed items end here: nothing of them goes further but a
// count.
#pragma once

#include "retrieval/ingest/blocks.hpp"
#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

struct MeetingItem {
    std::string number;
    std::string title;
    std::string case_number;
    std::string url;         ///< Whole URL when the meeting's is known ...
    std::string url_suffix;  ///< ... else what to append to the file's.
    bool closed = false;
    bool fragment_url = false;  ///< The URL has a '#': passages get no anchors of their own.
    Blocks blocks;
    std::vector<std::string> links;  ///< Files that its heading links to; others are its blocks'.
};

struct MeetingParts {
    MeetingInfo info;
    std::string url;
    std::string title;
    std::string language = "da";
    std::optional<Date> updated;
    std::string owner;
    Blocks preamble;  ///< What stands before the items: place, time, participants.
    std::vector<MeetingItem> items;
    /// Where closed items' attachments lie, as the page links to them, besides what the items'
    /// blocks link to. What an open item links to as well is open.
    std::vector<std::string> closed_links;
    std::vector<std::string> page_links;  ///< Of the whole page: closed when all its items are.
    bool single_item = false;  ///< The page is one item of a meeting, no meeting of its own.
    bool slugs = false;
};

/// A line or row that says its item is closed; rows of opening hours do not.
[[nodiscard]] bool row_says_closed(const Block& block);

/// Splits a run of blocks into preamble and items; false when it does not look like an agenda.
/// `hint`: title and other text that may name body and date.
[[nodiscard]] bool split_meeting(const Blocks& blocks, std::string_view hint, MeetingParts& parts);

/// For a meeting page that could not be split: takes out what an item's row or heading, or a label
/// below it, says is closed, up to the next item.
struct DroppedItems {
    std::uint32_t count = 0;
    std::vector<std::string> links;  ///< The files that they link to.
};
DroppedItems drop_closed_items(Blocks& blocks);

/// As Parsed names files that must not be read.
[[nodiscard]] std::vector<NamedFile> closed_files(std::vector<std::string> links);

/// Fills body, date and paper from the text where they are not known yet.
void read_meeting_info(std::string_view text, MeetingInfo& info);

[[nodiscard]] Parsed build_meeting(MeetingParts parts, ParseReport report);

}  // namespace raadbot::ingest
