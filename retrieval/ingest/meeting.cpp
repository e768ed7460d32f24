#include "retrieval/ingest/meeting.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>

#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

bool row_says_closed(const Block& block) {
    if (says_closed(block.text)) return true;
    // "Mandag | Lukket" is when a library is open.
    const std::string low = lower(block.text);
    for (const std::string_view day : {"dag", "weekend", "ferie", "helligdag", "jul"}) {
        const std::size_t at = low.find(day);
        if (at != std::string::npos && low.find("dagsorden") != at) return false;
    }
    return std::any_of(block.cells.begin(), block.cells.end(),
                       [](const auto& cell) { return says_closed(cell); });
}

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

/// Turns lines that are section names by themselves, or begin with one, into headings.
Blocks with_section_headings(const Blocks& blocks) {
    Blocks out;
    out.reserve(blocks.size());
    for (const Block& block : blocks) {
        const bool may_name = block.kind == BlockKind::paragraph || block.kind == BlockKind::row ||
                              (block.kind == BlockKind::item && block.bold > 0);
        if (!may_name) {
            out.push_back(block);
            continue;
        }
        // A block of several lines (<br>) may hold the name on its first line.
        std::string_view text = block.text;
        const std::size_t line_end = text.find('\n');
        const std::string_view first_line = text.substr(0, line_end);
        Block heading = block;
        heading.kind = BlockKind::heading;
        heading.level = 4;
        heading.group = 0;
        heading.bold = 0;
        if (section_named(first_line, true)) {
            heading.text = std::string(trim(first_line));
            out.push_back(heading);
            if (line_end != std::string_view::npos) {
                Block rest = block;
                rest.text = std::string(text.substr(line_end + 1));
                rest.bold = 0;
                out.push_back(std::move(rest));
            }
            continue;
        }
        std::size_t next = 0;
        std::vector<std::string> filled = block.cells;
        std::erase(filled, std::string());
        if (block.kind == BlockKind::row && filled.size() == 2 && section_named(filled[0], true)) {
            heading.text = filled[0];
            Block rest = block;
            rest.kind = BlockKind::paragraph;
            rest.group = 0;
            rest.text = filled[1];
            out.push_back(heading);
            out.push_back(std::move(rest));
            continue;
        }
        if (const std::size_t length = leading_section_name(text, next); length > 0) {
            heading.text = std::string(text.substr(0, length));
            out.push_back(heading);
            Block rest = block;
            rest.text = std::string(trim(text.substr(next)));
            rest.bold = 0;
            if (!rest.text.empty()) out.push_back(std::move(rest));
            continue;
        }
        out.push_back(block);
    }
    return out;
}

/// "Økonomiudvalget, 12-03-2024" under a heading "Beslutninger": whose decision follows.
std::optional<SectionName> decision_of(const Block& block) {
    if (block.kind != BlockKind::heading &&
        (block.kind != BlockKind::paragraph || block.bold < block.text.size())) {
        if (word_count(block.text) > 9 || block.text.ends_with('.')) return std::nullopt;
    }
    const std::string body = body_in(block.text);
    const auto date = find_date(block.text);
    if (body.empty() || !date || word_count(block.text) > 12 ||
        !std::string_view(block.text).starts_with(body.substr(0, 4))) {
        return std::nullopt;
    }
    return SectionName{Section::beslutning, body, date->date};
}

std::vector<Passage> item_passages(const MeetingItem& item, const MeetingInfo& info, bool slugs) {
    std::vector<Passage> passages;
    Blocks part;
    SectionName section;
    int section_level = 0;
    const auto flush = [&] {
        CutOptions cut;
        cut.title = item.title;
        cut.section = section.section;
        cut.anchors = !item.fragment_url;
        cut.slugs = slugs;
        std::vector<Passage> cut_part;
        if (section.section == Section::bilag) {
            Passage passage;
            for (const Block& block : part) {
                if (block.kind == BlockKind::heading) {
                    passage.headings = {block.text};
                    if (!item.fragment_url) passage.anchor.fragment = block.fragment;
                    continue;
                }
                for (const std::string_view line : lines_of(block.text)) {
                    if (trim(line).empty()) continue;
                    passage.text +=
                        (passage.text.empty() ? "- " : "\n- ") + std::string(trim(line));
                }
                if (block.page && !passage.anchor.page) passage.anchor.page = block.page;
            }
            if (!passage.text.empty()) {
                passage.section = Section::bilag;
                if (passage.anchor.page) passage.anchor.fragment.clear();
                cut_part.push_back(std::move(passage));
            }
        } else {
            cut_part = cut_passages(part, cut);
        }
        for (Passage& passage : cut_part) {
            if (section.section == Section::beslutning || section.section == Section::indstilling) {
                const bool other_body =
                    !section.body.empty() && lower(section.body) != lower(info.body);
                const bool other_day = section.date && section.date != info.date;
                if (section.section == Section::beslutning && (other_body || other_day)) {
                    passage.decided_by = section.body.empty() ? std::string() : section.body;
                    passage.decided_on = section.date;
                }
            }
            passages.push_back(std::move(passage));
        }
        part.clear();
    };
    for (const Block& block : with_section_headings(item.blocks)) {
        const bool heading = block.kind == BlockKind::heading;
        std::optional<SectionName> named =
            heading ? section_named(block.text, false) : std::nullopt;
        const bool stands_out =
            heading || (block.kind == BlockKind::paragraph && block.bold >= block.text.size());
        if (!named && (section.section == Section::beslutning || stands_out)) {
            named = decision_of(block);
            // "Byrådet, 3. juni" ahead of the meeting says where the case goes next, not what was
            // decided.
            if (named && info.date && named->date && *named->date > *info.date) named.reset();
        }
        // A list of names inside a decision ("Afbud: ...") stays with it.
        if (named && named->section == Section::deltagere) named.reset();
        if (named) {
            flush();
            section = *named;
            section_level = heading ? block.level : section_level;
            Block opening = block;
            opening.kind = BlockKind::heading;
            opening.level = 2;
            if (opening.text.ends_with(':')) opening.text.pop_back();
            part.push_back(std::move(opening));
            continue;
        }
        if (heading && section_level > 0 && block.level <= section_level) {
            flush();
            section = {};
            section_level = 0;
        }
        Block kept = block;
        if (heading)
            kept.level =
                std::min(6, section.section == Section::text ? 3 : std::max(3, block.level));
        part.push_back(std::move(kept));
    }
    flush();
    return passages;
}

/// Blocks of a closed item that are meant for the public: "Offentliggjort beslutning".
Blocks published_part(const Blocks& blocks) {
    Blocks out;
    bool inside = false;
    for (const Block& block : blocks) {
        const std::string name = lower(block.text);
        if (block.kind == BlockKind::heading || block.bold >= block.text.size()) {
            inside = name.starts_with("offentliggjort beslutning") ||
                     name.starts_with("offentlig beslutning") ||
                     name.starts_with("beslutning til offentliggørelse");
            if (!inside) continue;
            Block heading = block;
            heading.kind = BlockKind::heading;
            heading.level = 3;
            out.push_back(std::move(heading));
            continue;
        }
        if (inside && !says_closed(block.text)) out.push_back(block);
    }
    return out;
}

/// Takes lines that repeat a closed item's title out of everything that stays.
void scrub(ParsedDocument& document, const std::vector<std::string>& closed_titles) {
    const auto repeats = [&](std::string_view line) {
        const std::string low = lower(line);
        return std::any_of(closed_titles.begin(), closed_titles.end(),
                           [&](const std::string& title) {
                               return title.size() >= 15 ? low.find(title) != std::string::npos
                                                         : trim(low) == title;
                           });
    };
    for (Passage& passage : document.passages) {
        std::string kept;
        for (const std::string_view line : lines_of(passage.text)) {
            if (repeats(line)) continue;
            if (!kept.empty()) kept += '\n';
            kept += line;
        }
        passage.text = kept;
        std::erase_if(passage.headings,
                      [&](const std::string& heading) { return repeats(heading); });
    }
}

std::string item_label(const MeetingItem& item) {
    if (item.number.empty()) return item.title;
    return item.number + ". " + item.title;
}

}  // namespace

void read_meeting_info(std::string_view text, MeetingInfo& info) {
    if (info.body.empty()) info.body = body_in(text);
    if (!info.date) {
        if (const auto date = find_date(text)) info.date = date->date;
    }
    if (info.paper == MeetingPaper::none) info.paper = paper_named(text);
}

std::uint32_t drop_closed_items(Blocks& blocks) {
    Blocks kept;
    Blocks item;
    std::uint32_t dropped = 0;
    bool closed = false;
    bool closed_part = false;
    const auto flush = [&] {
        if (closed) ++dropped;
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

    bool closed_part = false;
    for (std::size_t at = 0; at < starts.front().at; ++at) {
        if (opens_closed_part(blocks[at].text)) closed_part = true;
        if (opens_public_part(blocks[at].text)) closed_part = false;
        parts.preamble.push_back(blocks[at]);
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
        for (std::size_t at = start.at + (start.after_heading ? 2U : 1U); at < end; ++at) {
            const Block& block = blocks[at];
            if (block.kind != BlockKind::item && opens_closed_part(block.text)) {
                next_closed = true;
                continue;
            }
            if (block.kind != BlockKind::item && opens_public_part(block.text)) {
                next_closed = false;
                continue;
            }
            // Behind the heading of the closed part nothing belongs to this item any more.
            if (next_closed && !closed_part) continue;
            item.blocks.push_back(block);
        }
        closed_part = next_closed;
        parts.items.push_back(std::move(item));
    }
    return true;
}

Parsed build_meeting(MeetingParts parts, ParseReport report) {
    Parsed parsed;
    std::vector<std::string> closed_titles;
    for (MeetingItem& item : parts.items) {
        // Parts of an open item that are closed leave it; an item that is closed in whole is
        // marked.
        for (const Block& block : item.blocks) {
            const bool label = block.kind != BlockKind::item && word_count(block.text) <= 8;
            if (label && row_says_closed(block)) item.closed = true;
        }
        if (std::erase_if(item.blocks,
                          [&](const Block& block) { return block.closed && !item.closed; }) > 0) {
            ++report.hidden_removed;
        }
        if (!item.closed) continue;
        ++report.closed_items;
        std::string title = lower(tidy(item.title));
        for (const std::string_view mark :
             {"lukket punkt:", "lukket punkt", "lukket sag:", "lukket:", "(lukket)", "lukket"}) {
            if (title.starts_with(mark))
                title = std::string(trim(std::string_view(title).substr(mark.size())));
            if (title.ends_with(mark))
                title = std::string(
                    trim(std::string_view(title).substr(0, title.size() - mark.size())));
        }
        if (title.size() >= 4) closed_titles.push_back(title);
    }

    bool any_decision = false;
    const auto document_of = [&](const MeetingItem& item) {
        ParsedDocument document;
        document.url = item.url;
        document.url_suffix = item.url_suffix;
        document.title = item.title;
        document.language = parts.language;
        document.updated = parts.updated;
        document.owner = parts.owner;
        document.meeting = parts.info;
        document.meeting->item_number = item.number;
        document.meeting->case_number = item.case_number;
        return document;
    };
    for (MeetingItem& item : parts.items) {
        if (item.closed) {
            const Blocks published = published_part(item.blocks);
            if (published.empty()) continue;
            item.title = "Lukket punkt " + item.number;
            item.case_number.clear();
            item.blocks = published;
        }
        if (item.case_number.empty() && !item.closed) {
            for (auto block = item.blocks.begin();
                 block != item.blocks.end() && block < item.blocks.begin() + 6; ++block) {
                item.case_number = case_number_in(block->text);
                if (item.case_number.empty()) continue;
                // A line with nothing but "Sagsnr. 24/1187" has been read; it is no text.
                if (block->text.size() < item.case_number.size() + 20 &&
                    block->text.ends_with(item.case_number)) {
                    item.blocks.erase(block);
                }
                break;
            }
        }
        ParsedDocument document = document_of(item);
        document.passages = item_passages(item, parts.info, parts.slugs);
        for (const Passage& passage : document.passages) {
            any_decision =
                any_decision || (passage.section == Section::beslutning && !passage.decided_on);
        }
        parsed.documents.push_back(std::move(document));
    }
    if (parts.info.paper == MeetingPaper::none) {
        parts.info.paper = any_decision ? MeetingPaper::referat : MeetingPaper::dagsorden;
        for (ParsedDocument& document : parsed.documents)
            document.meeting->paper = parts.info.paper;
    }

    // "Referat" alone tells no meeting from another.
    if (!parts.info.body.empty() && parts.info.date && word_count(parts.title) == 1 &&
        paper_named(parts.title) != MeetingPaper::none) {
        parts.title += " " + parts.info.body + " " + danish::danish_date(*parts.info.date);
    }
    if (!parts.single_item) {
        ParsedDocument meeting;
        meeting.url = parts.url;
        meeting.title = parts.title;
        meeting.language = parts.language;
        meeting.updated = parts.updated;
        meeting.owner = parts.owner;
        meeting.meeting = parts.info;
        // The head: facts and participants. Lines that only list the items come again below,
        // without the closed ones.
        Blocks head;
        for (const Block& block : with_section_headings(parts.preamble)) {
            const bool lists_item =
                item_heading(block.text).has_value() || opens_closed_part(block.text) ||
                opens_public_part(block.text) || block.closed ||
                std::any_of(parts.items.begin(), parts.items.end(), [&](const MeetingItem& item) {
                    return item.title.size() > 5 &&
                           lower(block.text).find(lower(item.title)) != std::string::npos;
                });
            if (lists_item || says_closed(block.text) || lower(block.text).starts_with("indhold"))
                continue;
            head.push_back(block);
            // "tirsdag den 4. december, kl. 13" printed large is a fact of the meeting, no heading.
            if (block.kind == BlockKind::heading && !section_named(block.text, false)) {
                head.back().kind = BlockKind::paragraph;
            }
        }
        Blocks part;
        Section section = Section::text;
        const auto flush = [&] {
            CutOptions cut;
            cut.title = meeting.title;
            cut.section = section;
            cut.slugs = parts.slugs;
            for (Passage& passage : cut_passages(part, cut))
                meeting.passages.push_back(std::move(passage));
            part.clear();
        };
        for (Block& block : head) {
            if (block.kind == BlockKind::heading) {
                const auto named = section_named(block.text, false);
                const Section next = named && named->section == Section::deltagere
                                         ? Section::deltagere
                                         : Section::text;
                if (next != section || next == Section::deltagere) flush();
                section = next;
            }
            part.push_back(std::move(block));
        }
        flush();
        Blocks list;
        Block lead;
        lead.kind = BlockKind::heading;
        lead.level = 2;
        lead.text = "Punkter";
        list.push_back(lead);
        for (const MeetingItem& item : parts.items) {
            if (item.closed || item.title.empty()) continue;
            Block line;
            line.kind = BlockKind::item;
            line.level = 1;
            line.group = 1;
            line.text = item_label(item);
            list.push_back(std::move(line));
        }
        CutOptions cut;
        cut.title = meeting.title;
        for (Passage& passage : cut_passages(list, cut))
            meeting.passages.push_back(std::move(passage));
        parsed.documents.insert(parsed.documents.begin(), std::move(meeting));
    }
    for (ParsedDocument& document : parsed.documents) scrub(document, closed_titles);
    parsed.report = std::move(report);
    return parsed;
}

}  // namespace raadbot::ingest
