// SBSYS in two shapes. `Publication` (eDagsorden): Agendas/Agenda with Meeting, Committee, Items
// and Enclosures, fields of HTML, IsPublic on anything. `Dagsorden` (Danish names, attributes):
// Møde/@Udvalg, Dagsordenpunkter[/Gruppe]/Dagsordenpunkt/@Åbent, Bilag/@MaaPubliceres.
#include <algorithm>

#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

struct Members {
    std::vector<std::string> present;
    std::vector<std::string> absent;
    std::vector<std::string> invited;  ///< Before the meeting nobody has come yet.
};

/// Participation statuses: by their words, else by number: 0 undecided, 1 and 4 there, the rest
/// not (as OS2web's importer of the same system reads them).
Members read_members(const Xml& meeting) {
    Members members;
    for (const Xml& xml : children(child(meeting, "Members"), "MeetingMember")) {
        std::string name = text_of(child(xml, "Name"));
        if (name.empty()) name = text_of(at(xml, {"Member", "Name"}));
        const std::string note = text_of(child(xml, "ParticipationNote"));
        if (!note.empty()) name += ", " + note;
        const std::string role = text_of(child(xml, "MeetingMemberRolesList"));
        if (!role.empty()) name += " (" + role + ")";
        const std::string status = lower(text_of(child(xml, "ParticipationStatusAsText")));
        const std::string value = text_of(child(xml, "ParticipationStatusAsValue"));
        const auto says = [&](std::string_view word) {
            return status.find(word) != std::string::npos;
        };
        const bool away = says("not") || says("ikke") || says("absent") || says("afbud") ||
                          says("declin") || says("fravær") || says("cancel");
        const bool here = says("attend") || says("particip") || says("deltag") ||
                          says("til stede") || says("tilstede") || says("mødt") ||
                          says("present") || says("accept");
        if (status.empty() ? value.empty() || value == "0"
                           : says("notdecided") || says("ikke bestemt") || says("undecided")) {
            members.invited.push_back(name);
        } else if (away || (!here && !value.empty() && value != "1" && value != "4")) {
            members.absent.push_back(name);
        } else {
            members.present.push_back(name);
        }
    }
    return members;
}

/// Where a meeting has no list of its own, the committee's.
Members committee_members(const Xml& committee) {
    Members members;
    for (const Xml& xml : children(child(committee, "Members"), "CommitteeMember")) {
        std::string name = text_of(at(xml, {"Member", "Name"}));
        if (name.empty()) name = text_of(child(xml, "Name"));
        if (!name.empty()) members.invited.push_back(std::move(name));
    }
    return members;
}

/// Agendas of the same meeting: by the meeting's id, else by body and time.
std::string meeting_key(const Xml& agenda) {
    const Xml meeting = child(agenda, "Meeting");
    const std::string id = attribute_of(meeting, "ID");
    if (!id.empty() && id != "0") return id;
    return text_of(at(agenda, {"Committee", "Name"})) + "\n" + text_of(child(meeting, "When"));
}

/// Markup whose elements stand bare in the XML: <Indhold><p>...</p></Indhold>.
bool is_markup(const Xml& node) {
    static constexpr std::string_view tags[] = {"p",  "div", "span", "br", "ul",    "ol",   "table",
                                                "h1", "h2",  "h3",   "h4", "b",     "html", "body",
                                                "i",  "em",  "a",    "u",  "strong"};
    return std::any_of(std::begin(tags), std::end(tags),
                       [&](std::string_view tag) { return is_named(node.name(), tag); });
}

void add_members(Blocks& to, const Members& members) {
    if (members.present.empty() && members.absent.empty()) {
        add_names(to, "Medlemmer", members.invited);
        return;
    }
    std::vector<std::string> present = members.present;
    present.insert(present.end(), members.invited.begin(), members.invited.end());
    add_names(to, "Til stede", present);
    add_names(to, "Afbud", members.absent);
}

std::string file_of(const Xml& enclosure) {
    for (const std::string_view name :
         {"InstantiationFilePathRelative", "InstantiationFileName", "FileName"}) {
        const std::string path = relative_path(text_of(child(enclosure, name)));
        if (!path.empty()) return path;
    }
    return {};
}

struct Reader {
    const ParseInput& input;
    MeetingParts parts;
    ParseReport report;
    std::vector<NamedFile> named;

    /// Fields of an item; a closed field goes, its item stays.
    void fields(const Xml& xml, MeetingItem& item) {
        std::vector<Xml> list = children(child(xml, "Fields"), "ItemField");
        std::stable_sort(list.begin(), list.end(), [](const Xml& a, const Xml& b) {
            return child(a, "Index").text().as_int() < child(b, "Index").text().as_int();
        });
        for (const Xml& field : list) {
            Blocks blocks = html_fragment(long_text_of(child(field, "Content")), report);
            if (blocks.empty()) continue;
            if (access_of(field) == Access::closed) {
                ++report.closed_items;
                continue;
            }
            std::string caption = text_of(child(field, "Caption"));
            if (caption.empty()) caption = "Sagsfremstilling";
            add_section(item.blocks, caption, std::move(blocks));
        }
    }

    /// Decisions of earlier meetings.
    void history(const Xml& xml, MeetingItem& item) {
        for (const Xml& field : children(child(xml, "ItemHistory"), "ItemField")) {
            if (access_of(field) == Access::closed) continue;
            const Xml details = child(field, "MeetingDetails");
            std::string heading = text_of(child(field, "Caption"));
            const std::string body = text_of(child(details, "CommitteeName"));
            const auto date = date_in(text_of(child(details, "MeetingDueDate")));
            if (heading.empty()) heading = "Beslutning";
            if (!body.empty()) heading += " i " + body;
            if (date) heading += " den " + to_string(*date);
            add_section(item.blocks, heading,
                        html_fragment(long_text_of(child(field, "Content")), report));
        }
    }

    /// Who left the room for this item.
    static void absences(const Xml& xml, MeetingItem& item) {
        std::vector<std::string> names;
        for (const Xml& member : children(child(xml, "Members"), "ItemMember")) {
            const std::string status = lower(text_of(child(member, "ParticipationStatusAsText")));
            if (status.find("notparticipat") != std::string::npos ||
                status.find("absent") != std::string::npos ||
                status.find("deltager ikke") != std::string::npos)
                names.push_back(text_of(child(member, "Name")));
        }
        if (!names.empty()) {
            std::string line = "Deltog ikke i behandlingen af punktet: ";
            for (const std::string& name : names)
                line += (&name == names.data() ? "" : ", ") + name;
            item.blocks.push_back(paragraph(std::move(line)));
        }
    }

    void publication_item(const Xml& xml, bool agenda_closed, const std::vector<Xml>& enclosures) {
        MeetingItem item;
        item.number = text_of(child(xml, "Number"));
        if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
        item.title = text_of(child(xml, "Caption"));
        item.closed = agenda_closed || access_of(xml) != Access::open;
        for (const Xml& from : {child(xml, "ItemCaseNumber"), at(xml, {"Case", "Number"})}) {
            if (item.case_number.empty()) item.case_number = text_of(from);
        }
        if (item.case_number == "-") item.case_number.clear();
        const std::string id = attribute_of(xml, "ID");
        item.url_suffix = "#punkt-" + item.number + (id.empty() ? "" : "-" + id);
        if (!item.closed) {
            fields(xml, item);
            history(xml, item);
            absences(xml, item);
        }
        MeetingInfo info = parts.info;
        info.item_number = item.number;
        info.case_number = item.case_number;
        std::vector<std::string> titles;
        std::vector<std::string> seen;
        const auto add = [&](const Xml& enclosure) {
            // The same one stands with its item and again with the agenda.
            if (const std::string key = attribute_of(enclosure, "ID"); !key.empty()) {
                if (std::find(seen.begin(), seen.end(), key) != seen.end()) return;
                seen.push_back(key);
            }
            const bool open = !item.closed && access_of(enclosure) != Access::closed;
            std::string title = text_of(child(enclosure, "Name"));
            if (open) {
                titles.push_back(title);
            } else if (!item.closed) {
                ++report.closed_items;
            }
            if (const std::string path = file_of(enclosure); !path.empty())
                named.push_back({path, NamedFile::Role::attachment, open, title, info});
        };
        for (const Xml& one : children(child(xml, "Enclosures"), "Enclosure")) add(one);
        for (const Xml& one : enclosures) {
            if (!id.empty() && attribute_of(one, "ItemID") == id) add(one);
        }
        add_names(item.blocks, "Bilag", titles);
        parts.items.push_back(std::move(item));
    }

    /// One meeting of a publication with all its agendas.
    Parsed publication(const Xml& root, const std::vector<Xml>& agendas) {
        const std::string type = lower(text_of(child(root, "PublicationTypeAsEnum")));
        const std::string value = text_of(child(root, "PublicationTypeAsValue"));
        const bool draft = type == "draft" || type == "kladde" || (type.empty() && value == "0");
        if (draft) report.notes.emplace_back("is a draft, not published; nothing of it is read");
        parts.info.paper = type.find("minut") != std::string::npos ||
                                   type.find("referat") != std::string::npos || value == "2"
                               ? MeetingPaper::referat
                               : MeetingPaper::dagsorden;
        const bool all_closed = draft || access_of(root) == Access::closed;
        for (const Xml& agenda : agendas) {
            const Xml meeting = child(agenda, "Meeting");
            const Xml committee = child(agenda, "Committee");
            const bool closed = all_closed || access_of(agenda) == Access::closed ||
                                access_of(meeting) == Access::closed ||
                                access_of(committee) == Access::closed;
            MeetingInfo& info = parts.info;
            if (info.body.empty()) info.body = text_of(child(committee, "Name"));
            if (info.body.empty()) info.body = text_of(child(agenda, "Name"));
            if (!info.date) info.date = date_in(text_of(child(meeting, "When")));
            if (!closed && parts.preamble.empty()) {
                const std::string when = text_of(child(meeting, "When"));
                if (!when.empty()) parts.preamble.push_back(paragraph("Tidspunkt: " + when));
                const std::string where = text_of(child(meeting, "Where"));
                if (!where.empty()) parts.preamble.push_back(paragraph("Sted: " + where));
                Members members = read_members(meeting);
                if (members.present.empty() && members.absent.empty() && members.invited.empty())
                    members = committee_members(committee);
                for (Block& block : html_fragment(long_text_of(child(agenda, "Frontpage")), report))
                    parts.preamble.push_back(std::move(block));
                add_members(parts.preamble, members);
            }
            const auto enclosures = children(child(agenda, "Enclosures"), "Enclosure");
            for (const Xml& item : children(child(agenda, "Items"), "Item"))
                publication_item(item, closed, enclosures);
            // An enclosure of no item that is here belongs to something that is not published.
            for (const Xml& one : enclosures) {
                const std::string path = file_of(one);
                const bool known = path.empty() ||
                                   std::any_of(named.begin(), named.end(),
                                               [&](const auto& file) { return file.path == path; });
                if (!known)
                    named.push_back({path, NamedFile::Role::attachment, false, {}, std::nullopt});
            }
        }
        return finish_export(input, std::move(parts), std::move(report), std::move(named));
    }

    /// `group_open`: the group of items says so; the item itself may still close.
    void danish_item(const Xml& xml, bool closed, bool group_open) {
        MeetingItem item;
        item.number = attribute_of(xml, "Nummer");
        if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
        item.title = text_of(child(xml, "Overskrift"));
        const Access access = access_of(xml);
        item.closed =
            closed || access == Access::closed || (access == Access::unsaid && !group_open);
        for (const std::string_view name : {"Sagsnummer", "SagsNummer", "Sagsnr"}) {
            if (item.case_number.empty()) item.case_number = attribute_of(xml, name);
            if (item.case_number.empty()) item.case_number = text_of(child(xml, name));
        }
        const std::string id = attribute_of(xml, "DagsordenpunktID");
        item.url_suffix = "#punkt-" + item.number + (id.empty() ? "" : "-" + id);
        if (!item.closed) {
            // Indhold's children are named after their sections: <Sagsfremstilling>, <Beslutning>.
            const Xml content = child(xml, "Indhold");
            bool structured = false;
            for (const Xml& part : content.children()) {
                if (part.type() != pugi::node_element) continue;
                if (is_markup(part)) break;
                structured = true;
                if (access_of(part) == Access::closed) {
                    ++report.closed_items;
                    continue;
                }
                std::string heading = attribute_of(part, "Navn");
                if (heading.empty()) heading = part.name();
                std::replace(heading.begin(), heading.end(), '_', ' ');
                add_section(item.blocks, heading, html_fragment(long_text_of(part), report));
            }
            if (!structured)
                add_section(item.blocks, {}, html_fragment(long_text_of(content), report));
        }
        MeetingInfo info = parts.info;
        info.item_number = item.number;
        info.case_number = item.case_number;
        std::vector<std::string> titles;
        for (const Xml& one : children(child(xml, "Bilagsliste"), "Bilag")) {
            const bool open = !item.closed && access_of(one) == Access::open;
            const std::string title = attribute_of(one, "Navn");
            if (open) {
                titles.push_back(title);
            } else if (!item.closed) {
                ++report.closed_items;
            }
            if (const std::string path = relative_path(attribute_of(one, "BilagUrl"));
                !path.empty())
                named.push_back({path, NamedFile::Role::attachment, open, title, info});
        }
        add_names(item.blocks, "Bilag", titles);
        parts.items.push_back(std::move(item));
    }

    std::optional<Parsed> danish(const Xml& root) {
        const Xml meeting = child(root, "Møde");
        const auto lists = children(root, "Dagsordenpunkter");
        if (lists.empty()) return std::nullopt;
        parts.info.body = attribute_of(meeting, "Udvalg");
        parts.info.date = date_in(attribute_of(meeting, "Mødedato"));
        parts.info.paper = paper_named(attribute_of(root, "Dagsordentype"));
        if (parts.info.paper == MeetingPaper::none) parts.info.paper = MeetingPaper::dagsorden;
        const bool closed =
            access_of(root) == Access::closed || access_of(meeting) == Access::closed;
        if (!closed) {
            const std::string time = attribute_of(meeting, "Mødetid");
            const std::string day = attribute_of(meeting, "Mødedato");
            if (!day.empty())
                parts.preamble.push_back(
                    paragraph("Tidspunkt: " + day + (time.empty() ? "" : " kl. " + time)));
            const std::string place = attribute_of(meeting, "Mødested");
            if (!place.empty()) parts.preamble.push_back(paragraph("Sted: " + place));
            std::vector<std::string> present;
            std::vector<std::string> absent;
            for (const Xml& one : descendants(root, "Deltager")) {
                std::string name = attribute_of(one, "Navn");
                if (name.empty()) name = text_of(one);
                const std::string away =
                    lower(attribute_of(one, "Afbud") + attribute_of(one, "Fraværende"));
                (away == "true" || away == "1" || away == "ja" ? absent : present).push_back(name);
            }
            add_names(parts.preamble, "Deltagere", present);
            add_names(parts.preamble, "Afbud", absent);
        }
        // The whole agenda as a page, closed items and all.
        named.push_back({"Dagsorden.html", NamedFile::Role::same_text, false, {}, std::nullopt});
        for (const Xml& list : lists) {
            for (const Xml& item : children(list, "Dagsordenpunkt"))
                danish_item(item, closed, false);
            for (const Xml& group : children(list, "Gruppe")) {
                const std::string name = attribute_of(group, "navn");
                const bool group_closed =
                    closed || opens_closed_part(name) || access_of(group) == Access::closed;
                for (const Xml& item : children(group, "Dagsordenpunkt"))
                    danish_item(item, group_closed, opens_public_part(name));
            }
        }
        return finish_export(input, std::move(parts), std::move(report), std::move(named));
    }
};

}  // namespace

std::optional<Parsed> read_sbsys(const ParseInput& input, const Xml& root) {
    if (is_named(root.name(), "Publication")) {
        std::vector<std::pair<std::string, std::vector<Xml>>> meetings;
        for (const Xml& agenda : children(child(root, "Agendas"), "Agenda")) {
            const std::string key = meeting_key(agenda);
            auto found = std::find_if(meetings.begin(), meetings.end(),
                                      [&](const auto& one) { return one.first == key; });
            if (found == meetings.end()) found = meetings.insert(found, {key, {}});
            found->second.push_back(agenda);
        }
        if (meetings.empty()) return std::nullopt;
        Parsed parsed;
        for (std::size_t at = 0; at < meetings.size(); ++at) {
            Reader reader{input, {}, {}, {}};
            add_meeting(parsed, reader.publication(root, meetings[at].second),
                        "#moede-" + std::to_string(at + 1));
        }
        return parsed;
    }
    Reader reader{input, {}, {}, {}};
    if (is_named(root.name(), "Dagsorden")) return reader.danish(root);
    return std::nullopt;
}

}  // namespace raadbot::ingest
