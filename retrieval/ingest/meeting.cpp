#include "retrieval/ingest/meeting.hpp"

#include <algorithm>
#include <set>

#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

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

std::vector<NamedFile> closed_files(std::vector<std::string> links) {
    std::vector<NamedFile> files;
    for (std::string& link : links)
        files.push_back({std::move(link), NamedFile::Role::attachment, false, {}, std::nullopt});
    return files;
}

Parsed build_meeting(MeetingParts parts, ParseReport report) {
    Parsed parsed;
    std::vector<std::string> closed_titles;
    std::vector<std::string>& closed_links = parts.closed_links;
    std::size_t open_items = 0;
    std::set<std::string> open_links;
    const auto sort_links = [&](const std::vector<std::string>& links, bool closed) {
        if (closed) {
            closed_links.insert(closed_links.end(), links.begin(), links.end());
        } else {
            open_links.insert(links.begin(), links.end());
        }
    };
    for (MeetingItem& item : parts.items) {
        // Parts of an open item that are closed leave it; an item that is closed in whole is
        // marked.
        for (const Block& block : item.blocks) {
            const bool label = block.kind != BlockKind::item && word_count(block.text) <= 8;
            if (label && row_says_closed(block)) item.closed = true;
        }
        if (!item.closed) ++open_items;
        sort_links(item.links, item.closed);
        for (const Block& block : item.blocks) sort_links(block.links, item.closed || block.closed);
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
    // "Meddelelser" stands on both halves of an agenda: what is public anyway hides nothing.
    std::erase_if(closed_titles, [&](const std::string& title) {
        return std::any_of(parts.items.begin(), parts.items.end(), [&](const MeetingItem& item) {
            return !item.closed && lower(tidy(item.title)) == title;
        });
    });

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
    // Where all is closed, attachments may stand anywhere.
    if (open_items == 0) sort_links(parts.page_links, true);
    std::erase_if(closed_links, [&](const std::string& link) { return open_links.contains(link); });
    std::sort(closed_links.begin(), closed_links.end());
    closed_links.erase(std::unique(closed_links.begin(), closed_links.end()), closed_links.end());
    parsed.named = closed_files(std::move(closed_links));
    parsed.report = std::move(report);
    return parsed;
}

}  // namespace raadbot::ingest
