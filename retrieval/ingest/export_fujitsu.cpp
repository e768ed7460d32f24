// Fujitsu's eDoc: Root (namespace http://www.fujitsu.dk/agenda/xml/schemas/...), either a
// Notification that says which agenda is published, or Committee/Meeting/Agenda/AgendaElements with
// CasePresentation/Title+Content, HandlingPlan (decisions of each body) and Attachments.
#include <algorithm>

#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

Parsed read_notification(const Xml& notification) {
    Parsed parsed;
    parsed.claim = Claim::index;
    NamedFile file;
    file.role = NamedFile::Role::agenda_export;
    file.path = relative_path(text_of(child(notification, "PathToXml")));
    file.open = access_value(text_of(child(notification, "Publish"))) == Access::open;
    if (!file.open) parsed.report.notes.emplace_back("says that its agenda is not published");
    if (!file.path.empty()) parsed.named.push_back(std::move(file));
    return parsed;
}

void add_participants(Blocks& to, const Xml& meeting) {
    std::vector<std::string> present;
    std::vector<std::string> absent;
    for (const Xml& one : children(child(meeting, "MeetingParticipants"), "MeetingParticipant")) {
        std::string name = text_of(child(one, "Name"));
        const std::string role = text_of(child(one, "RoleInMeeting"));
        const std::string participates = lower(text_of(child(one, "Participate")));
        const bool here = participates.empty() || participates == "true" || participates == "1";
        if (!role.empty() && lower(role) != "medlem") name += " (" + role + ")";
        (here ? present : absent).push_back(std::move(name));
    }
    add_names(to, "Deltagere", present);
    add_names(to, "Afbud", absent);
}

/// "Beslutning i <udvalg> den <dato>" for each body that has handled the item.
void add_decisions(MeetingItem& item, const Xml& handling_item, const MeetingInfo& info,
                   ParseReport& report) {
    for (const Xml& one : children(child(handling_item, "HandlingPlan"), "Handling")) {
        const std::string decision = long_text_of(child(one, "Decision"));
        if (access_of(one) == Access::closed) {
            ++report.closed_items;
            continue;
        }
        Blocks blocks = html_fragment(decision, report);
        const bool withheld = std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
            return says_closed(block.text);  // "Beslutning ikke frigivet"
        });
        if (blocks.empty() || withheld) continue;
        std::vector<std::string> absent;
        for (const Xml& away : children(child(one, "HandlingAbsences"), "HandlingAbsence")) {
            const std::string reason = text_of(child(away, "Reason"));
            const std::string name = text_of(child(away, "Name"));
            if (!name.empty()) absent.push_back(name + (reason.empty() ? "" : " (" + reason + ")"));
        }
        if (!absent.empty()) {
            std::string line = "Fraværende: ";
            for (std::size_t i = 0; i < absent.size(); ++i)
                line += (i == 0 ? "" : ", ") + absent[i];
            blocks.push_back(paragraph(std::move(line)));
        }
        const std::string body = text_of(child(one, "CommitteeName"));
        const auto date = date_in(text_of(child(one, "MeetingDate")));
        std::string heading = "Beslutning";
        if (!body.empty()) heading += " i " + body;
        if (date) heading += " den " + to_string(*date);
        const bool own = lower(body) == lower(info.body) && (!date || date == info.date);
        add_section(item.blocks, own ? "Beslutning" : heading, std::move(blocks));
    }
}

Parsed read_meeting(const ParseInput& input, const Xml& root, const Xml& committee,
                    const Xml& meeting) {
    MeetingParts parts;
    ParseReport report;
    std::vector<NamedFile> named;
    parts.info.body = text_of(child(committee, "Name"));
    parts.info.date = date_in(text_of(child(meeting, "MeetingDateTime")));
    const std::string type = lower(text_of(child(root, "OutputTypeEnumName")));
    parts.info.paper = type.starts_with("minute") || type == "referat" ? MeetingPaper::referat
                                                                       : MeetingPaper::dagsorden;
    bool closed = access_of(root) == Access::closed || access_of(committee) == Access::closed ||
                  access_of(meeting) == Access::closed;
    if (closed)
        report.notes.emplace_back("was not made for the public (OutputFilterIsPublic); not read");
    if (!closed) {
        const std::string when = text_of(child(meeting, "MeetingDateTime"));
        if (!when.empty()) parts.preamble.push_back(paragraph("Tidspunkt: " + when));
        const std::string place = text_of(child(meeting, "MeetingLocation"));
        if (!place.empty()) parts.preamble.push_back(paragraph("Sted: " + place));
        add_participants(parts.preamble, meeting);
    }
    for (const Xml& agenda : children(meeting, "Agenda")) {
        const bool agenda_closed = closed || access_of(agenda) == Access::closed;
        for (const Xml& element : children(child(agenda, "AgendaElements"), "AgendaElement")) {
            const Xml handling = child(element, "HandlingItem");
            MeetingItem item;
            item.number = text_of(child(handling, "SerialNo"));
            item.closed = agenda_closed || access_of(element) != Access::open ||
                          access_of(handling) == Access::closed;
            const std::string neutral = text_of(child(handling, "NeutralTitle"));
            item.title = text_of(child(handling, "Title"));
            if (!item.closed && !neutral.empty()) item.title = neutral;
            if (item.title.empty() && !item.closed) continue;
            item.case_number = text_of(child(handling, "CaseNumber"));
            const std::string id = text_of(child(element, "Identifier"));
            if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
            item.url_suffix =
                "#punkt-" + item.number + (id.empty() ? "" : "-" + percent_encode(id));
            if (!item.closed) {
                const auto texts =
                    children(child(handling, "CasePresentations"), "CasePresentation");
                for (const Xml& one : texts) {
                    if (access_of(one) == Access::closed) {
                        ++report.closed_items;
                        continue;
                    }
                    add_section(item.blocks, text_of(child(one, "Title")),
                                html_fragment(long_text_of(child(one, "Content")), report));
                }
                add_decisions(item, handling, parts.info, report);
            }
            MeetingInfo info = parts.info;
            info.item_number = item.number;
            info.case_number = item.case_number;
            std::vector<std::string> titles;
            auto attachments = children(child(handling, "Attachments"), "Attachment");
            std::stable_sort(attachments.begin(), attachments.end(),
                             [](const Xml& a, const Xml& b) {
                                 return std::atoi(text_of(child(a, "ShowOrder")).c_str()) <
                                        std::atoi(text_of(child(b, "ShowOrder")).c_str());
                             });
            for (const Xml& one : attachments) {
                const bool open = !item.closed && access_of(one) != Access::closed;
                const std::string title = text_of(child(one, "Title"));
                if (open) {
                    titles.push_back(title);
                } else if (!item.closed) {
                    ++report.closed_items;
                }
                const std::string path = relative_path(text_of(child(one, "Link")));
                if (!path.empty())
                    named.push_back({path, NamedFile::Role::attachment, open, title, info});
            }
            add_names(item.blocks, "Bilag", titles);
            parts.items.push_back(std::move(item));
        }
    }
    return finish_export(input, std::move(parts), std::move(report), std::move(named));
}

}  // namespace

std::optional<Parsed> read_fujitsu(const ParseInput& input, const Xml& root) {
    if (lower(root.name()).find("root") == std::string::npos) return std::nullopt;
    if (const Xml notification = child(root, "Notification"))
        return read_notification(notification);
    std::optional<Parsed> parsed;
    std::size_t count = 0;
    for (const Xml& committee : children(root, "Committee")) {
        for (const Xml& meeting : children(committee, "Meeting")) {
            if (!parsed) parsed.emplace();
            add_meeting(*parsed, read_meeting(input, root, committee, meeting),
                        "#moede-" + std::to_string(++count));
        }
    }
    return parsed;
}

}  // namespace raadbot::ingest
