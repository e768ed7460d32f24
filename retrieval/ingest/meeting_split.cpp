#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>

#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {

bool row_says_closed(const Block& block) {
    if (says_closed(block.text)) return true;
    // "Mandag | Lukket" is when a library is open. Only a row that begins with a day is: a title
    // with "dagpleje" in it may be closed.
    const std::string low = lower(trim(block.text));
    for (const std::string_view day : {"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag",
                                       "søndag", "hverdag", "weekend", "helligdag"}) {
        const std::string_view rest =
            std::string_view(low).substr(std::min(day.size(), low.size()));
        if (low.starts_with(day) && (rest.empty() || rest[0] == ':' || rest[0] == ';' ||
                                     rest[0] == 'e' || rest[0] == '-' || rest[0] == ' '))
            return false;
    }
    return std::any_of(block.cells.begin(), block.cells.end(),
                       [](const auto& cell) { return says_closed(cell); });
}

namespace {

/// What may be an item's heading: "7", "Ny idrætshal" and "Åbent" side by side are one line.
std::string heading_line(const Block& block) {
    if (block.kind != BlockKind::row || block.cells.size() < 2) return block.text;
    std::string joined;
    for (const std::string& cell : block.cells) {
        const std::string low = lower(cell);
        if (cell.empty() || low == "åbent" || low == "åben" || low == "lukket") continue;
        const bool marked = joined.ends_with('.') || joined.ends_with(')') || joined.ends_with(':');
        if (!joined.empty()) joined += marked ? " " : ". ";
        joined += cell;
        if (const auto heading = item_heading(joined); heading && !heading->title.empty()) break;
    }
    return joined;
}

}  // namespace

void read_meeting_info(std::string_view text, MeetingInfo& info) {
    if (info.body.empty()) info.body = body_in(text);
    if (!info.date) {
        if (const auto date = find_date(text)) info.date = date->date;
    }
    if (info.paper == MeetingPaper::none) info.paper = paper_named(text);
}

DroppedItems drop_closed_items(Blocks& blocks) {
    DroppedItems dropped;
    Blocks kept;
    Blocks item;
    bool closed = false;
    bool closed_part = false;
    const auto flush = [&] {
        if (closed) ++dropped.count;
        for (Block& block : item) {
            if (closed)
                std::move(block.links.begin(), block.links.end(),
                          std::back_inserter(dropped.links));
        }
        if (!closed) std::move(item.begin(), item.end(), std::back_inserter(kept));
        item.clear();
        closed = false;
    };
    for (Block& block : blocks) {
        const auto heading = item_heading(heading_line(block));
        // "2Køb af grundLukket": parts of a line that only a stylesheet holds apart.
        const bool line = block.kind == BlockKind::paragraph && word_count(block.text) <= 20 &&
                          !block.text.ends_with('.');
        const bool tagged = line && block.text.ends_with("Lukket");
        const bool numbered = line && block.text[0] >= '0' && block.text[0] <= '9';
        const bool starts =
            tagged || numbered ||
            (heading && (block.kind == BlockKind::heading || block.kind == BlockKind::row ||
                         heading->named || block.bold >= block.text.size()));
        const bool part = opens_closed_part(block.text);
        if (starts || part || opens_public_part(block.text)) flush();
        closed_part = (closed_part || part) && !opens_public_part(block.text);
        closed = closed || closed_part || block.closed || tagged ||
                 (starts && heading && heading->closed) ||
                 (word_count(block.text) <= 8 && !item.empty() && row_says_closed(block)) ||
                 (starts && row_says_closed(block));
        item.push_back(std::move(block));
    }
    flush();
    blocks = std::move(kept);
    return dropped;
}

namespace {

/// Where items begin that only their headings mark: those above "Sagsfremstilling", "Beslutning".
std::vector<std::size_t> unnumbered_items(const Blocks& blocks) {
    const auto is_section = [](const Block& block) {
        const auto named = section_named(block.text, false);
        return named && named->section != Section::deltagere;
    };
    std::vector<std::size_t> starts;
    int level = 0;
    std::optional<std::size_t> above;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const Block& block = blocks[at];
        if (block.kind != BlockKind::heading) continue;
        if (!is_section(block)) {
            above = at;
            if (level > 0 && block.level == level) starts.push_back(at);
        } else if (level == 0 && above && block.level > blocks[*above].level &&
                   paper_named(blocks[*above].text) == MeetingPaper::none) {
            level = blocks[*above].level;
            starts.push_back(*above);
        }
    }
    if (starts.size() < 2) starts.clear();
    return starts;
}

}  // namespace

bool split_meeting(const Blocks& blocks, std::string_view hint, MeetingParts& parts) {
    struct Start {
        std::size_t at;
        ItemHeading heading;
        bool after_heading;  ///< The title is the next block.
    };
    std::vector<Start> starts;
    // Evidence that an item begins here: a case number or a section name before the next candidate.
    const auto evidence = [&](std::size_t at) {
        for (std::size_t next = at + 1; next < blocks.size() && next < at + 8; ++next) {
            const Block& block = blocks[next];
            if (!case_number_in(block.text).empty()) return true;
            const std::string_view first =
                std::string_view(block.text).substr(0, block.text.find('\n'));
            if (section_named(first, block.kind != BlockKind::heading)) return true;
            std::size_t rest = 0;
            if (leading_section_name(block.text, rest) > 0) return true;
            if (row_says_closed(block)) return true;
            if (item_heading(block.text) && block.kind == BlockKind::heading) return false;
        }
        return false;
    };
    // A list of the items ahead of them: its rows begin nothing, but what it calls closed is.
    std::map<std::pair<std::string, std::string>, std::size_t> printed;
    std::vector<ItemHeading> listed_closed;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const auto heading = item_heading(heading_line(blocks[at]));
        if (!heading) continue;
        if (blocks[at].kind == BlockKind::heading) printed[{heading->number, heading->title}] = at;
        const bool row_closed = blocks[at].kind == BlockKind::row && row_says_closed(blocks[at]);
        if ((heading->closed || row_closed) && !heading->title.empty())
            listed_closed.push_back(*heading);
    }
    const auto is_listed_closed = [&](const ItemHeading& heading) {
        return std::any_of(
            listed_closed.begin(), listed_closed.end(), [&](const ItemHeading& other) {
                return other.number == heading.number && !heading.title.empty() &&
                       lower(other.title).find(lower(heading.title)) != std::string::npos;
            });
    };
    int last_number = 0;
    int level = 0;
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        const Block& block = blocks[at];
        bool strong = block.kind == BlockKind::heading && block.level <= 4;
        const bool whole_bold =
            block.kind == BlockKind::paragraph && block.bold >= block.text.size();
        if (block.kind == BlockKind::item || block.kind == BlockKind::term ||
            block.kind == BlockKind::quote) {
            continue;
        }
        auto heading = item_heading(heading_line(block));
        if (!heading) continue;
        if (block.kind == BlockKind::row) {
            const auto again = printed.find({heading->number, heading->title});
            if (again != printed.end() && again->second > at) continue;
        }
        if (block.kind != BlockKind::heading && !heading->named && !whole_bold &&
            block.kind != BlockKind::row && block.text.find('\n') != std::string::npos) {
            continue;
        }
        if (level > 0 && strong && !heading->named && block.level != level) continue;
        const int number = std::atoi(heading->number.c_str());
        const bool follows = number > last_number && number <= last_number + 25;
        // Closed items may be numbered by themselves.
        const bool apart = heading->closed && (strong || whole_bold);
        if (!follows && !heading->named && !apart) continue;
        strong = strong || heading->named || whole_bold;
        if (!evidence(at) && !(heading->named && block.kind == BlockKind::heading) &&
            !heading->closed)
            continue;
        if (!strong && !evidence(at)) continue;
        bool after = false;
        if (heading->title.empty()) {
            if (at + 1 < blocks.size() && word_count(blocks[at + 1].text) <= 35 &&
                !item_heading(blocks[at + 1].text) && !section_named(blocks[at + 1].text, true)) {
                heading->title = blocks[at + 1].text;
                heading->closed = heading->closed || says_closed(heading->title);
                after = true;
            }
        }
        if (block.kind == BlockKind::heading && !heading->named && level == 0) level = block.level;
        heading->closed = heading->closed || block.closed || is_listed_closed(*heading) ||
                          (block.kind == BlockKind::row && row_says_closed(block));
        if (follows || !apart) last_number = number;
        starts.push_back({at, *heading, after});
        if (after) ++at;
    }
    // Items without numbers: headings of the level right above the sections'.
    const bool unnumbered = starts.empty();
    if (unnumbered) {
        for (const std::size_t at : unnumbered_items(blocks)) {
            ItemHeading heading;
            heading.number = std::to_string(starts.size() + 1);
            heading.title = blocks[at].text;
            heading.closed = blocks[at].closed || says_closed(heading.title);
            starts.push_back({at, heading, false});
        }
    }
    std::size_t strong_sections = 0;
    for (const Block& block : blocks) {
        const std::string_view first =
            std::string_view(block.text).substr(0, block.text.find('\n'));
        auto named = section_named(first, block.kind != BlockKind::heading);
        std::size_t rest = 0;
        if (!named && block.kind == BlockKind::paragraph) {
            if (const std::size_t length = leading_section_name(block.text, rest); length > 0) {
                named = section_named(block.text.substr(0, length), true);
            }
        }
        if (named &&
            (named->section == Section::indstilling || named->section == Section::beslutning ||
             named->section == Section::sagsfremstilling || named->section == Section::resume)) {
            ++strong_sections;
        }
    }
    std::string head_text(hint);
    const std::size_t head_end =
        starts.empty() ? std::min<std::size_t>(blocks.size(), 12) : starts.front().at;
    std::string preamble_text;
    for (std::size_t at = 0; at < std::min<std::size_t>(head_end, 30); ++at)
        preamble_text += "\n" + blocks[at].text;
    read_meeting_info(head_text, parts.info);
    for (const std::string_view line : lines_of(preamble_text)) read_meeting_info(line, parts.info);
    bool meeting_known = !parts.info.body.empty() && parts.info.date;
    // An item printed by itself names its meeting only where it says who decided, and when.
    if (!meeting_known && starts.size() == 1) {
        for (const Block& block : blocks) {
            const std::string_view first =
                std::string_view(block.text).substr(0, block.text.find('\n'));
            const auto named = section_named(first, block.kind != BlockKind::heading);
            if (!named || named->section != Section::beslutning || named->body.empty() ||
                !named->date)
                continue;
            if (parts.info.date && *parts.info.date >= *named->date) continue;
            parts.info.body = named->body;
            parts.info.date = named->date;
            parts.info.paper = MeetingPaper::referat;
            meeting_known = true;
        }
    }
    if (starts.empty() || strong_sections == 0 || (unnumbered && !meeting_known)) return false;
    const bool numbered_only =
        std::none_of(starts.begin(), starts.end(), [](const Start& s) { return s.heading.named; });
    if (!meeting_known && (parts.info.paper == MeetingPaper::none || numbered_only)) return false;
    if (numbered_only && starts.size() < 2 && parts.info.paper == MeetingPaper::none &&
        strong_sections < 2)
        return false;

    const auto close_links = [&](const Block& block) {
        parts.closed_links.insert(parts.closed_links.end(), block.links.begin(), block.links.end());
    };
    bool closed_part = false;
    for (std::size_t at = 0; at < starts.front().at; ++at) {
        const Block& block = blocks[at];
        if (opens_closed_part(block.text)) closed_part = true;
        if (opens_public_part(block.text)) closed_part = false;
        const auto heading = item_heading(heading_line(block));
        if (closed_part || block.closed || row_says_closed(block) ||
            (heading && (heading->closed || is_listed_closed(*heading))))
            close_links(block);
        parts.preamble.push_back(block);
    }
    // A title that says "Lukket referat" closes nothing when open items are listed before it.
    if (closed_part) {
        for (const Block& block : parts.preamble) {
            if (opens_public_part(block.text)) closed_part = false;
        }
    }
    for (std::size_t index = 0; index < starts.size(); ++index) {
        const Start& start = starts[index];
        const std::size_t end = index + 1 < starts.size() ? starts[index + 1].at : blocks.size();
        MeetingItem item;
        item.number = start.heading.number;
        item.title = start.heading.title;
        item.closed = start.heading.closed || closed_part;
        const std::string& fragment = blocks[start.at].fragment;
        if (!fragment.empty()) {
            item.url_suffix = fragment;
        } else if (start.after_heading) {
            item.url_suffix = blocks[start.at + 1].fragment;
        }
        bool next_closed = closed_part;
        item.links = blocks[start.at].links;
        if (start.after_heading) {
            const auto& more = blocks[start.at + 1].links;
            item.links.insert(item.links.end(), more.begin(), more.end());
        }
        for (std::size_t at = start.at + (start.after_heading ? 2U : 1U); at < end; ++at) {
            const Block& block = blocks[at];
            if (block.kind != BlockKind::item && opens_closed_part(block.text)) {
                next_closed = true;
                close_links(block);
                continue;
            }
            if (block.kind != BlockKind::item && opens_public_part(block.text)) {
                next_closed = false;
                continue;
            }
            // Behind the heading of the closed part nothing belongs to this item any more.
            if (next_closed && !closed_part) {
                close_links(block);
                continue;
            }
            item.blocks.push_back(block);
        }
        closed_part = next_closed;
        parts.items.push_back(std::move(item));
    }
    return true;
}

}  // namespace raadbot::ingest
