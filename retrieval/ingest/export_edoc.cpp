// eDoc: Meeting/MeetingAgendaTypes/MeetingAgendaType/MeetingAgendaItems/MeetingAgendaItem. The text
// of an item is one FullText, its PDF and its attachments' lie beside the XML. Title may be
// confidential; NeutralTitle is the one for the public.
#include <algorithm>

#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr std::string_view must_publish = "skal publiceres";

bool says_published(const Xml& node) {
    return lower(text_of(child(node, "PublishingType"))) == must_publish &&
           access_of(node) != Access::closed;
}

bool type_is_closed(std::string_view type) {
    const std::string low = lower(type);
    return low.find("lukket") != std::string::npos || low.find("fortrolig") != std::string::npos ||
           low.find("ikke offentlig") != std::string::npos;
}

/// An item may stand on several agendas; where it stands on this meeting's own closed one, that
/// closes it. An agenda that does not say whose it is counts as this meeting's.
bool on_closed_agenda(const Xml& document, const MeetingInfo& info) {
    const auto items = children(child(document, "AgendaItems"), "AgendaItem");
    return std::any_of(items.begin(), items.end(), [&](const Xml& item) {
        const std::string body = text_of(child(item, "Committee"));
        std::string day = text_of(child(item, "MeetingDate"));
        if (day.empty()) day = text_of(child(item, "PlannedMeetingDate"));
        const auto date = date_in(day);
        const bool elsewhere = (!body.empty() && lower(body) != lower(info.body)) ||
                               (date && info.date && date != info.date);
        return !elsewhere && type_is_closed(text_of(child(item, "AgendaType")));
    });
}

/// Codes of access that only some towns fill in.
bool is_secured(const Xml& document) {
    const std::string code = lower(text_of(child(document, "SecurityCode")));
    return type_is_closed(code) || code.find("hemmelig") != std::string::npos ||
           code.find("personfølsom") != std::string::npos;
}

std::string public_title(const Xml& node) {
    std::string neutral = text_of(child(node, "NeutralTitle"));
    return neutral.empty() ? text_of(child(node, "Title")) : neutral;
}

/// What is confidential in the title must not come back through the text that repeats it: there
/// the neutral title stands instead.
void hide_title(const Xml& node, Blocks& blocks) {
    const std::string title = lower(text_of(child(node, "Title")));
    const std::string neutral = text_of(child(node, "NeutralTitle"));
    // A title that is part of the neutral one ("Regnskab", "Regnskab 2012") hides nothing.
    if (title.size() < 4 || neutral.empty() || lower(neutral).find(title) != std::string::npos)
        return;
    for (Block& block : blocks) {
        std::string low = lower(block.text);
        const bool aligned = low.size() == block.text.size();
        for (std::size_t at = low.find(title); at != std::string::npos;
             at = low.find(title, at + neutral.size())) {
            if (!aligned) {  // Letters whose small form is longer: the whole block goes.
                block.text = neutral;
                break;
            }
            block.text.replace(at, title.size(), neutral);
            low.replace(at, title.size(), std::string(neutral.size(), ' '));
        }
    }
}

/// The number as the case carries it, when its text does not say it.
std::string filed_case_number(const Xml& document) {
    const Xml filed = child(document, "Case");
    for (const Xml& one : {child(filed, "CaseLogicIdentifier"), child(filed, "LogicIdentifier"),
                           child(document, "CaseLogicIdentifier"), child(filed, "OtherId")}) {
        std::string number = text_of(one);
        const bool digits =
            std::any_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (digits) return number;
    }
    return {};
}

bool is_number_line(std::string_view line) {
    const bool labelled = line.starts_with("Dok.nr") || line.starts_with("Dok. nr") ||
                          line.starts_with("Sagsnr") || line.starts_with("Sagsnummer");
    return labelled && word_count(line) <= 3;
}

/// An item's FullText without its title and numbers, which are said elsewhere.
Blocks item_blocks(const std::string& full_text, const std::string& title) {
    Blocks blocks = plain_blocks(full_text);
    const std::string low_title = lower(title);
    if (!blocks.empty() && !blocks.front().text.empty()) {
        const auto heading = item_heading(blocks.front().text);
        if (heading && (lower(heading->title) == low_title || low_title.empty()))
            blocks.erase(blocks.begin());
    }
    std::erase_if(blocks, [](const Block& block) { return is_number_line(block.text); });
    // Printed whether or not anybody left: a line without names says nothing.
    for (auto block = blocks.begin(); block != blocks.end();) {
        const bool asks =
            block->text.starts_with("Følgende deltog ikke") && block->text.ends_with(':');
        const bool last = block + 1 == blocks.end();
        block = asks && last ? blocks.erase(block) : block + 1;
    }
    return blocks;
}

/// Names glued together: "(A) - formandGrethe Larsen (A)".
std::string names_apart(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool upper =
            (text[i] >= 'A' && text[i] <= 'Z') ||
            (i + 1 < text.size() && text[i] == '\xC3' &&
             (text[i + 1] == '\x86' || text[i + 1] == '\x98' || text[i + 1] == '\x85'));
        const bool ends =
            i > 0 && (text[i - 1] == ')' || (text[i - 1] >= 'a' && text[i - 1] <= 'z'));
        if (upper && ends) out += '\n';
        out += text[i];
    }
    return out;
}

/// Place, time and participants: what the whole paper's text holds before its list of items.
Blocks head_blocks(const std::string& full_text, const std::string& body) {
    std::string head = full_text;
    const std::string low = lower(head);
    std::size_t end = low.find("indholdsfortegnelse");
    if (end == std::string::npos) end = low.find("lukket referat");
    if (end == std::string::npos) end = low.find("lukket dagsorden");
    if (end == std::string::npos) end = low.find("\n1.");
    if (end == std::string::npos) return {};
    head.resize(end);
    if (std::count(head.begin(), head.end(), '\n') < 3) head = names_apart(head);
    Blocks blocks = plain_blocks(head);
    Blocks kept;
    bool names = false;
    for (Block& block : blocks) {
        const auto named = section_named(block.text, true);
        if (named && named->section == Section::deltagere) {
            block.kind = BlockKind::heading;
            block.level = 2;
            names = true;
        } else if (names) {
            block.kind = BlockKind::item;
            block.level = 1;
            block.group = 1;
        } else if (word_count(block.text) < 3 || block.text == body) {
            continue;  // "Referat", "Side": the paper's furniture.
        }
        kept.push_back(std::move(block));
    }
    // A heading without a name below it: nobody was absent.
    for (auto block = kept.begin(); block != kept.end();) {
        const bool empty = block->kind == BlockKind::heading &&
                           (block + 1 == kept.end() || (block + 1)->kind == BlockKind::heading);
        block = empty ? kept.erase(block) : block + 1;
    }
    return kept;
}

void name_file(std::vector<NamedFile>& named, const Xml& node, NamedFile::Role role, bool open,
               const std::string& title, const MeetingInfo& info) {
    NamedFile file;
    file.path = relative_path(text_of(child(node, "PDFDocument")));
    if (file.path.empty()) return;
    file.role = role;
    file.open = open;
    file.title = title;
    file.meeting = info;
    named.push_back(std::move(file));
}

Parsed read_meeting(const ParseInput& input, const Xml& root) {
    const auto types = children(child(root, "MeetingAgendaTypes"), "MeetingAgendaType");
    MeetingParts parts;
    ParseReport report;
    std::vector<NamedFile> named;
    parts.info.body = text_of(child(root, "Committee"));
    parts.info.date = date_in(text_of(child(root, "MeetingDate")));
    const std::string state = text_of(child(root, "MeetingState"));
    parts.info.paper = paper_named(state);
    const bool meeting_closed = type_is_closed(state) || access_of(root) == Access::closed;
    for (const Xml& type : types) {
        const bool closed = meeting_closed || type_is_closed(text_of(child(type, "AgendaType"))) ||
                            access_of(type) == Access::closed;
        if (!closed) {
            if (parts.preamble.empty())
                parts.preamble =
                    head_blocks(long_text_of(child(type, "FullText")), parts.info.body);
            const std::string whole = relative_path(text_of(child(type, "PDFDocument")));
            if (parts.url.empty()) parts.url = url_beside(input.url, whole);
        }
        // The whole paper in one file may hold what an item's flag closes.
        name_file(named, type, NamedFile::Role::same_text, !closed, {}, parts.info);
    }
    parts.info.meeting_url = parts.url;
    for (const Xml& type : types) {
        const bool type_closed = meeting_closed ||
                                 type_is_closed(text_of(child(type, "AgendaType"))) ||
                                 access_of(type) == Access::closed;
        for (const Xml& xml : children(child(type, "MeetingAgendaItems"), "MeetingAgendaItem")) {
            const Xml document = child(xml, "Document");
            MeetingItem item;
            item.number = text_of(child(xml, "AgendaItemNumber"));
            if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
            item.closed = type_closed || !says_published(document) ||
                          on_closed_agenda(document, parts.info) || is_secured(document) ||
                          access_of(xml) == Access::closed ||
                          access_of(child(document, "Case")) == Access::closed;
            item.title = item.closed ? text_of(child(document, "Title")) : public_title(document);
            const std::string full_text = long_text_of(child(xml, "FullText"));
            item.case_number = case_number_in(unglue(full_text));
            if (item.case_number.empty()) item.case_number = filed_case_number(document);
            item.blocks = item_blocks(full_text, text_of(child(document, "Title")));
            hide_title(document, item.blocks);
            MeetingInfo info = parts.info;
            info.item_number = item.number;
            info.case_number = item.case_number;
            const bool has_text = !item.blocks.empty();
            item.url = url_beside(input.url, relative_path(text_of(child(xml, "PDFDocument"))));
            // A paper that only its PDF tells is that PDF's document; this one is its place in the
            // list.
            if (!has_text) item.url.clear();
            if (item.url.empty()) item.url_suffix = "#punkt-" + item.number;
            name_file(named, xml,
                      has_text ? NamedFile::Role::same_text : NamedFile::Role::attachment,
                      !item.closed, item.title, info);
            std::vector<std::string> attachments;
            bool some_closed = false;
            for (const Xml& file : children(child(document, "Attachments"), "Attachment")) {
                const bool open = !item.closed && says_published(file) && !is_secured(file);
                some_closed = some_closed || (!open && !item.closed);
                if (!open && !item.closed) ++report.closed_items;
                if (open) attachments.push_back(public_title(file));
                hide_title(file, item.blocks);
                name_file(named, file, NamedFile::Role::attachment, open, public_title(file), info);
            }
            // The text lists all attachments by title; a closed one's is not for the public.
            if (some_closed) static_cast<void>(drop_section(item.blocks, Section::bilag));
            if (!has_section(item.blocks, Section::bilag))
                add_names(item.blocks, "Bilag", attachments);
            parts.items.push_back(std::move(item));
        }
    }
    return finish_export(input, std::move(parts), std::move(report), std::move(named));
}

}  // namespace

std::optional<Parsed> read_edoc(const ParseInput& input, const Xml& root) {
    std::vector<Xml> meetings = {root};
    if (!is_named(root.name(), "Meeting")) meetings = children(root, "Meeting");
    std::erase_if(meetings, [](const Xml& one) {
        return children(child(one, "MeetingAgendaTypes"), "MeetingAgendaType").empty();
    });
    if (meetings.empty()) return std::nullopt;
    Parsed parsed;
    for (std::size_t at = 0; at < meetings.size(); ++at)
        add_meeting(parsed, read_meeting(input, meetings[at]), "#moede-" + std::to_string(at + 1));
    return parsed;
}

}  // namespace raadbot::ingest
