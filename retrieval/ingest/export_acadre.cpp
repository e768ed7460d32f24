// Acadre: `table` elements by name, each with `fields/field` by name. An index names the agendas
// that are published (producedAgenda, everything in attributes); an agenda holds committee, meeting
// and agendaitemparents/agendaitem with bullets (escaped HTML) and enclosures. Access: 1 open, 2
// closed, 3 personal.
#include <algorithm>
#include <cstdlib>

#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

std::vector<Xml> tables(const Xml& node, std::string_view name) {
    std::vector<Xml> found;
    for (const Xml& one : children(node, "table")) {
        if (lower(attribute_of(one, "name")) == name) found.push_back(one);
    }
    return found;
}

std::vector<Xml> all_tables(const Xml& node, std::string_view name) {
    std::vector<Xml> found;
    for (const Xml& one : descendants(node, "table")) {
        if (lower(attribute_of(one, "name")) == name) found.push_back(one);
    }
    return found;
}

Xml field_node(const Xml& table, std::string_view name) {
    for (const Xml& fields : children(table, "fields")) {
        for (const Xml& one : children(fields, "field")) {
            if (lower(attribute_of(one, "name")) == name) return one;
        }
    }
    return {};
}

std::string field(const Xml& table, std::string_view name) {
    return text_of(field_node(table, name));
}

/// An attribute that any field of the table carries.
std::string field_attribute(const Xml& table, std::string_view name) {
    for (const Xml& fields : children(table, "fields")) {
        for (const Xml& one : children(fields, "field")) {
            if (std::string value = attribute_of(one, name); !value.empty()) return value;
        }
    }
    return {};
}

/// What the fields access, accessname, publishlevel and their kind say together.
Access table_access(const Xml& table) {
    Access sum = Access::unsaid;
    for (const std::string_view name :
         {"access", "accessname", "accessid", "publishlevel", "publiclevel",
          "publicaccesslevelname", "publish", "ispublic"}) {
        const Access one = access_value(field(table, name));
        if (one == Access::closed) return Access::closed;
        if (one == Access::open) sum = one;
    }
    return sum;
}

MeetingPaper paper_of_type(std::string_view type) {
    if (type == "2") return MeetingPaper::referat;
    return type == "1" ? MeetingPaper::dagsorden : MeetingPaper::none;
}

Parsed read_index(const std::vector<Xml>& agendas) {
    Parsed parsed;
    parsed.claim = Claim::index;
    for (const Xml& agenda : agendas) {
        const std::string folder = field_attribute(agenda, "filesfolder");
        const auto closed = [&](std::string_view name) {
            return access_value(field_attribute(agenda, name)) == Access::closed;
        };
        const bool open = access_value(field_attribute(agenda, "publish")) == Access::open &&
                          !closed("access") && !closed("accessid") && !closed("accessname");
        if (!open) ++parsed.report.closed_items;
        NamedFile file;
        file.open = open;
        file.role = NamedFile::Role::agenda_export;
        file.path = relative_path(folder + "/" + field_attribute(agenda, "xmlfilename"));
        file.meeting = MeetingInfo{};
        file.meeting->paper = paper_of_type(field_attribute(agenda, "type"));
        parsed.named.push_back(file);
        // The same agenda as one document, with or without attachments.
        for (const std::string_view name : {"docfilename", "pdffilename"}) {
            const std::string whole = field_attribute(agenda, name);
            if (whole.empty()) continue;
            parsed.named.push_back({relative_path(folder + "/" + whole),
                                    NamedFile::Role::same_text,
                                    open,
                                    {},
                                    std::nullopt});
        }
    }
    return parsed;
}

std::vector<std::string> member_names(const std::vector<Xml>& members, bool absent) {
    std::vector<std::string> names;
    for (const Xml& one : members) {
        for (const Xml& member : tables(one, "member")) {
            const bool away = std::atoi(field(member, "absent").c_str()) > 0 ||
                              std::atoi(field(one, "absent").c_str()) > 0;
            if (away == absent) names.push_back(field(member, "name"));
        }
    }
    return names;
}

void add_bullets(MeetingItem& item, const Xml& xml, ParseReport& report) {
    std::vector<Xml> bullets = tables(xml, "bullet");
    const auto order = [](const Xml& bullet) {
        const int number = std::atoi(field(bullet, "bulletsortorder").c_str());
        return number > 0 ? number : 1'000'000;
    };
    std::stable_sort(bullets.begin(), bullets.end(),
                     [&](const Xml& a, const Xml& b) { return order(a) < order(b); });
    for (const Xml& bullet : bullets) {
        const std::string content = long_text_of(field_node(bullet, "bulletcontent"));
        if (trim(content).empty()) continue;
        if (table_access(bullet) == Access::closed) {
            ++report.closed_items;
            continue;
        }
        Blocks blocks = html_fragment(content, report);
        std::string away;
        for (const Xml& member : tables(bullet, "absentmembers"))
            away += (away.empty() ? "" : ", ") + field(member, "name");
        if (!away.empty()) blocks.push_back(paragraph("Fraværende: " + away));
        add_section(item.blocks, field(bullet, "bulletname"), std::move(blocks));
    }
}

}  // namespace

std::optional<Parsed> read_acadre(const ParseInput& input, const Xml& root) {
    const auto produced = all_tables(root, "producedagenda");
    if (!produced.empty()) return read_index(produced);
    const auto item_parents = all_tables(root, "agendaitemparents");
    const auto committees = all_tables(root, "committee");
    const auto meetings = all_tables(root, "meeting");
    const auto agendas = all_tables(root, "agenda");
    if (meetings.empty() || (item_parents.empty() && agendas.empty())) return std::nullopt;
    MeetingParts parts;
    ParseReport report;
    std::vector<NamedFile> named;
    const Xml meeting = meetings.front();
    const Xml committee = committees.empty() ? Xml{} : committees.front();
    const Xml agenda = agendas.empty() ? Xml{} : agendas.front();
    parts.info.body = field(committee, "name");
    if (parts.info.body.empty()) parts.info.body = field(meeting, "name");
    parts.info.date = date_in(field(meeting, "date"));
    parts.info.paper = paper_of_type(field(agenda, "type"));
    for (const std::string& name : {field(agenda, "name"), field(agenda, "description")}) {
        if (parts.info.paper == MeetingPaper::none) parts.info.paper = paper_named(name);
    }
    const bool closed = table_access(agenda) == Access::closed ||
                        table_access(meeting) == Access::closed ||
                        opens_closed_part(field(agenda, "name"));
    if (!closed) {
        const std::string when = field(meeting, "date");
        if (!when.empty()) parts.preamble.push_back(paragraph("Tidspunkt: " + when));
        std::string place = field(meeting, "location");
        if (place.empty()) place = field(meeting, "address");
        if (!place.empty()) parts.preamble.push_back(paragraph("Sted: " + place));
        const auto came = tables(meeting, "meetmember");
        const auto absent = member_names(came, true);
        auto present = member_names(came, false);
        if (present.empty()) {
            for (const std::string& name : member_names(tables(committee, "commember"), false)) {
                if (std::find(absent.begin(), absent.end(), name) == absent.end())
                    present.push_back(name);
            }
        }
        add_names(parts.preamble, "Deltagere", present);
        add_names(parts.preamble, "Afbud", absent);
    }
    for (const Xml& parent : item_parents) {
        for (const Xml& xml : tables(parent, "agendaitem")) {
            MeetingItem item;
            item.number = field(parent, "sort");
            if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
            item.closed = closed || table_access(xml) != Access::open ||
                          table_access(parent) == Access::closed;
            item.title = field(xml, "name");
            if (const std::string neutral = field(xml, "neutraltitle");
                !item.closed && !neutral.empty())
                item.title = neutral;
            if (item.title.empty() && !item.closed) continue;
            item.case_number = field(xml, "caseno");
            const std::string id = field(xml, "sysid");
            item.url_suffix = "#punkt-" + item.number + (id.empty() ? "" : "-" + id);
            if (!item.closed) add_bullets(item, xml, report);
            MeetingInfo info = parts.info;
            info.item_number = item.number;
            info.case_number = item.case_number;
            std::vector<std::string> titles;
            const auto add = [&](bool open, const std::string& title, const std::string& file) {
                if (open) {
                    titles.push_back(title);
                } else if (!item.closed) {
                    ++report.closed_items;
                }
                const std::string path = relative_path(file);
                if (!path.empty())
                    named.push_back({path, NamedFile::Role::attachment, open, title, info});
            };
            auto enclosures = tables(xml, "enclosure");
            std::stable_sort(enclosures.begin(), enclosures.end(), [](const Xml& a, const Xml& b) {
                return std::atoi(field(a, "sort").c_str()) < std::atoi(field(b, "sort").c_str());
            });
            for (const Xml& one : enclosures) {
                add(!item.closed && table_access(one) == Access::open, field(one, "name"),
                    field(one, "filename"));
            }
            for (const Xml& one : all_tables(xml, "file")) {
                add(!item.closed && table_access(one) == Access::open, field(one, "title"),
                    field(one, "filename"));
            }
            add_names(item.blocks, "Bilag", titles);
            parts.items.push_back(std::move(item));
        }
    }
    return finish_export(input, std::move(parts), std::move(report), std::move(named));
}

}  // namespace raadbot::ingest
