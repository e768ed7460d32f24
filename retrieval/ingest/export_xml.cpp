#include "retrieval/ingest/export_xml.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <set>

#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/html_text.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

constexpr int most_depth = 200;
constexpr std::size_t most_nodes = 4'000'000;

std::string_view local(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// UTF-8 whatever the file's encoding. pugixml knows UTF-8, UTF-16, UTF-32 and Latin-1 by itself;
/// Danish exports also come as Windows-1252, said or unsaid, and as UTF-8 that says it is Latin-1:
/// letters that happen to be well-formed UTF-8 are no accident, so the bytes are believed first.
std::string to_utf8(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE")) return decode_utf16(bytes.substr(2), false);
    if (bytes.starts_with("\xFE\xFF")) return decode_utf16(bytes.substr(2), true);
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    using namespace std::string_view_literals;
    if (bytes.starts_with("<\0"sv)) return decode_utf16(bytes, false);
    if (bytes.starts_with("\0<"sv)) return decode_utf16(bytes, true);
    return danish::is_valid_utf8(bytes) ? std::string(bytes) : decode_windows_1252(bytes);
}

/// Depth and number of elements, without recursion.
bool within_limits(const Xml& root) {
    int depth = 0;
    std::size_t nodes = 0;
    Xml node = root.first_child();
    while (node) {
        if (++nodes > most_nodes) return false;
        if (node.first_child()) {
            node = node.first_child();
            if (++depth > most_depth) return false;
            continue;
        }
        while (node && !node.next_sibling()) {
            node = node.parent();
            --depth;
            if (node == root) return true;
        }
        if (node) node = node.next_sibling();
    }
    return true;
}

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Names of flags whose truth means "public" ...
constexpr auto opening = std::to_array<std::string_view>({"ispublic",
                                                          "accessispublic",
                                                          "outputfilterispublic",
                                                          "publish",
                                                          "publishinternet",
                                                          "public",
                                                          "åbent",
                                                          "åben",
                                                          "aaben",
                                                          "aabent",
                                                          "offentlig",
                                                          "offentligt",
                                                          "maapubliceres",
                                                          "måpubliceres",
                                                          "publishingtype",
                                                          "accessenumname",
                                                          "accessname",
                                                          "publicaccess",
                                                          "publicaccesslevelname",
                                                          "access",
                                                          "accessid",
                                                          "publishlevel",
                                                          "adgang",
                                                          "adgangsniveau"});
/// ... and "not public".
constexpr auto closing = std::to_array<std::string_view>(
    {"isprotected", "isclosed", "isconfidential", "ispersonal", "lukket", "fortrolig", "closed",
     "protected", "confidential", "hemmelig"});

void join(Access& sum, Access one) {
    if (one == Access::closed || (one == Access::open && sum == Access::unsaid)) sum = one;
}

Access flag(std::string_view name, std::string_view value) {
    const std::string key = lower(local(name));
    if (one_of(key, opening)) return access_value(value);
    if (one_of(key, closing)) {
        const std::string said = lower(tidy(value));
        if (said.empty()) return Access::unsaid;
        const bool no = said == "false" || said == "0" || said == "nej" || said == "no";
        return no ? Access::unsaid : Access::closed;
    }
    return Access::unsaid;
}

/// "&lt;p&gt;" that was escaped once more than XML asks.
std::string unescape_markup(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = std::string_view(text).substr(at);
        if (rest.starts_with("&lt;")) {
            out += '<';
            at += 4;
        } else if (rest.starts_with("&gt;")) {
            out += '>';
            at += 4;
        } else if (rest.starts_with("&amp;")) {
            out += '&';
            at += 5;
        } else {
            out += text[at++];
        }
    }
    return out;
}

bool has_tag(std::string_view text) {
    for (std::size_t at = text.find('<'); at != std::string_view::npos;
         at = text.find('<', at + 1)) {
        if (at + 1 < text.size() &&
            ((text[at + 1] >= 'a' && text[at + 1] <= 'z') ||
             (text[at + 1] >= 'A' && text[at + 1] <= 'Z') || text[at + 1] == '!'))
            return true;
    }
    return false;
}

}  // namespace

bool is_named(std::string_view full, std::string_view name) {
    return local(full) == name || lower(local(full)) == lower(name);
}

Result<Xml> load_export(const ParseInput& input, pugi::xml_document& into) {
    const std::string text = to_utf8(input.bytes);
    const pugi::xml_parse_result result =
        into.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!result) {
        return fail(ErrorCode::unreadable,
                    input.name.string() + ": is no well-formed XML (" + result.description() +
                        " at byte " + std::to_string(result.offset) + "); export it again");
    }
    if (!within_limits(into)) {
        return fail(ErrorCode::unreadable,
                    input.name.string() + ": nested too deeply to be an export");
    }
    return into.document_element();
}

Xml child(const Xml& node, std::string_view name) {
    for (const Xml& one : node.children()) {
        if (one.type() == pugi::node_element && is_named(one.name(), name)) return one;
    }
    return {};
}

std::vector<Xml> children(const Xml& node, std::string_view name) {
    std::vector<Xml> found;
    for (const Xml& one : node.children()) {
        if (one.type() == pugi::node_element && is_named(one.name(), name)) found.push_back(one);
    }
    return found;
}

Xml at(Xml node, std::initializer_list<std::string_view> path) {
    for (const std::string_view name : path) node = child(node, name);
    return node;
}

std::vector<Xml> descendants(const Xml& node, std::string_view name) {
    std::vector<Xml> found;
    Xml one = node.first_child();
    while (one) {
        if (one.type() == pugi::node_element && is_named(one.name(), name)) found.push_back(one);
        if (one.first_child()) {
            one = one.first_child();
            continue;
        }
        while (one && one != node && !one.next_sibling()) one = one.parent();
        if (!one || one == node) break;
        one = one.next_sibling();
    }
    return found;
}

std::string text_of(const Xml& node) { return tidy(long_text_of(node)); }

std::string long_text_of(const Xml& node) {
    const bool has_elements =
        node.find_child([](const Xml& inner) { return inner.type() == pugi::node_element; });
    if (has_elements) {
        // Markup that was neither escaped nor put into CDATA.
        struct Writer : pugi::xml_writer {
            std::string out;
            void write(const void* data, std::size_t size) override {
                out.append(static_cast<const char*>(data), size);
            }
        } writer;
        for (const Xml& part : node.children())
            part.print(writer, "", pugi::format_raw, pugi::encoding_utf8);
        return std::move(writer.out);
    }
    std::string text;
    for (const Xml& part : node.children()) {
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
            text += part.value();
    }
    return text;
}

std::string attribute_of(const Xml& node, std::string_view name) {
    for (const pugi::xml_attribute& one : node.attributes()) {
        if (is_named(one.name(), name)) return tidy(one.value());
    }
    return {};
}

Access access_value(std::string_view value) {
    const std::string said = lower(tidy(value));
    if (said.empty()) return Access::unsaid;
    static constexpr auto open = std::to_array<std::string_view>(
        {"true", "1", "ja", "yes", "åben", "åbent", "open", "public", "offentlig", "offentligt",
         "skal publiceres", "må publiceres", "publiceres", "åben sag", "åbent punkt"});
    return one_of(said, open) ? Access::open : Access::closed;
}

Access access_of(const Xml& node) {
    Access sum = Access::unsaid;
    for (const pugi::xml_attribute& one : node.attributes())
        join(sum, flag(one.name(), one.value()));
    for (const Xml& one : node.children()) {
        if (one.type() == pugi::node_element &&
            !one.find_child([](const Xml& inner) { return inner.type() == pugi::node_element; }))
            join(sum, flag(one.name(), text_of(one)));
    }
    return sum;
}

Blocks html_fragment(const std::string& html, ParseReport& report) {
    std::string markup = html;
    if (!has_tag(markup) && markup.find("&lt;") != std::string::npos)
        markup = unescape_markup(markup);
    if (!has_tag(markup)) {
        Blocks blocks = plain_blocks(markup);
        // "KMD&#39;s": entities without any tag.
        if (markup.find('&') != std::string::npos && markup.find(';') != std::string::npos) {
            for (Block& block : blocks) {
                const HtmlDocument line("<p>" + block.text + "</p>");
                if (line.ok()) block.text = line.text(line.body());
            }
        }
        return blocks;
    }
    // Deep markup would need a deep walk; no editor of a case system writes it.
    std::size_t tags = 0;
    for (std::size_t at = markup.find('<'); at != std::string::npos; at = markup.find('<', at + 1))
        ++tags;
    if (tags > 200'000) {
        report.notes.emplace_back("a text field holds too much markup; left out");
        return {};
    }
    const HtmlDocument document("<!DOCTYPE html><html><body>" + markup + "</body></html>");
    if (!document.ok()) {
        report.notes.emplace_back("a text field is nested too deeply; left out");
        return {};
    }
    Blocks blocks = html_blocks(document, document.body(), {}, report);
    promote_bold_headings(blocks);
    for (Block& block : blocks) {
        if (block.kind == BlockKind::heading) block.level = std::max(block.level, 3);
        block.fragment.clear();
    }
    std::erase_if(blocks, [](const Block& block) { return trim(block.text).empty(); });
    return blocks;
}

void add_section(Blocks& to, std::string_view heading, Blocks blocks) {
    if (blocks.empty()) return;
    if (!trim(heading).empty()) {
        Block opening_line;
        opening_line.kind = BlockKind::heading;
        opening_line.level = 2;
        opening_line.text = tidy(heading);
        to.push_back(std::move(opening_line));
    }
    std::uint32_t groups = 0;
    for (const Block& block : to) groups = std::max(groups, block.group);
    for (Block& block : blocks) {
        if (block.group > 0) block.group += groups;
        to.push_back(std::move(block));
    }
}

void add_names(Blocks& to, std::string_view heading, const std::vector<std::string>& names) {
    Blocks items;
    for (const std::string& name : names) {
        if (trim(name).empty()) continue;
        Block item;
        item.kind = BlockKind::item;
        item.level = 1;
        item.group = 1;
        item.text = tidy(name);
        items.push_back(std::move(item));
    }
    add_section(to, heading, std::move(items));
}

Block paragraph(std::string text) {
    Block block;
    block.text = std::move(text);
    return block;
}

std::optional<Date> date_in(std::string_view text) {
    // "2013-05-15T16:30:00": the clock is glued to the day.
    std::string apart(text);
    if (apart.size() > 10 && apart[10] == 'T') apart[10] = ' ';
    if (const auto found = find_date(apart)) return found->date;
    return std::nullopt;
}

std::string relative_path(std::string_view written) {
    std::string path(trim(written));
    std::replace(path.begin(), path.end(), '\\', '/');
    if (path.size() > 1 && path[1] == ':') path.erase(0, 2);
    std::string out;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = std::string_view(path).substr(begin, end - begin);
        begin = end + 1;
        if (part.empty() || part == ".") continue;
        if (part == "..") return {};
        if (!out.empty()) out += '/';
        out += part;
    }
    return out;
}

std::string url_beside(std::string_view url, std::string_view path) {
    const std::size_t slash = url.rfind('/');
    if (url.empty() || slash == std::string_view::npos || path.empty()) return {};
    std::string out(url.substr(0, slash + 1));
    std::string part;
    for (const char c : path) {
        if (c == '/') {
            out += percent_encode(part) + "/";
            part.clear();
        } else {
            part += c;
        }
    }
    return out + percent_encode(part);
}

Parsed finish_export(const ParseInput& input, MeetingParts parts, ParseReport report,
                     std::vector<NamedFile> named) {
    if (parts.info.meeting_url.empty()) parts.info.meeting_url = input.url;
    if (parts.title.empty()) {
        const char* paper = parts.info.paper == MeetingPaper::referat ? "Referat " : "Dagsorden ";
        if (parts.info.paper == MeetingPaper::none) paper = "";
        parts.title = paper + parts.info.body;
        if (parts.info.date) parts.title += " " + danish::danish_date(*parts.info.date);
    }
    std::stable_sort(parts.items.begin(), parts.items.end(), [](const auto& a, const auto& b) {
        return std::atoi(a.number.c_str()) < std::atoi(b.number.c_str());
    });
    std::set<std::string> taken;
    for (MeetingItem& item : parts.items) {
        if (item.closed) {
            // Whether a closed item has a public part is the export's to say; it is not guessed.
            item.blocks.clear();
            item.case_number.clear();
        }
        // A decision that waits for its release closes itself, not its item: the flags say what is
        // open.
        std::erase_if(item.blocks, [](const Block& block) {
            return word_count(block.text) <= 8 &&
                   lower(block.text).find("ikke frigivet") != std::string::npos;
        });
        if (!item.url.empty()) continue;
        item.fragment_url = true;
        if (item.url_suffix.empty()) item.url_suffix = "#punkt-" + item.number;
        // A supplementary agenda counts from 1 again.
        const std::string plain = item.url_suffix;
        for (int again = 2; !taken.insert(item.url_suffix).second; ++again)
            item.url_suffix = plain + "-" + std::to_string(again);
    }
    const bool all_closed =
        !parts.items.empty() && std::all_of(parts.items.begin(), parts.items.end(),
                                            [](const MeetingItem& item) { return item.closed; });
    const bool nothing_else = parts.preamble.empty();
    Parsed parsed = build_meeting(std::move(parts), std::move(report));
    if (all_closed && nothing_else) parsed.documents.clear();
    for (NamedFile& file : named) {
        if (file.open) continue;
        file.title.clear();
        file.meeting.reset();
    }
    // Papers whose kind only their decisions tell.
    for (NamedFile& file : named) {
        if (file.meeting && file.meeting->paper == MeetingPaper::none &&
            !parsed.documents.empty() && parsed.documents.front().meeting)
            file.meeting->paper = parsed.documents.front().meeting->paper;
    }
    parsed.named = std::move(named);
    parsed.claim = Claim::papers;
    return parsed;
}

void add_meeting(Parsed& to, Parsed next, std::string_view suffix) {
    if (to.claim == Claim::none) {
        to = std::move(next);
        return;
    }
    const std::string first = to.documents.empty() || !to.documents.front().meeting
                                  ? std::string()
                                  : to.documents.front().meeting->meeting_url;
    for (ParsedDocument& document : next.documents) {
        if (document.meeting && document.meeting->meeting_url == first)
            document.meeting->meeting_url += suffix;
        // The file's own address is the first meeting's; its items' fragments are, too.
        if (document.url.empty())
            document.url_suffix = std::string(suffix) + (document.url_suffix.starts_with('#')
                                                             ? "-" + document.url_suffix.substr(1)
                                                             : document.url_suffix);
        to.documents.push_back(std::move(document));
    }
    to.named.insert(to.named.end(), std::make_move_iterator(next.named.begin()),
                    std::make_move_iterator(next.named.end()));
    to.report.cpr_masked += next.report.cpr_masked;
    to.report.hidden_removed += next.report.hidden_removed;
    to.report.closed_items += next.report.closed_items;
    to.report.orders_marked += next.report.orders_marked;
    to.report.notes.insert(to.report.notes.end(), next.report.notes.begin(),
                           next.report.notes.end());
}

bool looks_like_export(std::string_view bytes) {
    const std::string head = lower(to_utf8(bytes.substr(0, 8192)));
    const auto has = [&](std::string_view part) { return head.find(part) != std::string::npos; };
    return has("meetingagendatypes>") ||
           (has("<publication") && (has("<agendas") || has("<generatorsettings") ||
                                    has("<publicationtype") || has("<outputfilename"))) ||
           (has("<dagsorden") && (has("dagsordenid") || has("<dagsordenpunkt"))) ||
           has("fujitsu.dk/agenda") || has("outputfilterispublic") || has("agendaelements>") ||
           (has("<table") && has("name=") &&
            (has("\"agenda\"") || has("'agenda'") || has("producedagenda") ||
             has("\"committee\"") || has("agendaitem")));
}

Result<Parsed> parse_export(const ParseInput& input) {
    pugi::xml_document document;
    const auto root = load_export(input, document);
    if (!root) return tl::unexpected(root.error());
    for (const auto reader : {read_edoc, read_sbsys, read_fujitsu, read_acadre}) {
        if (auto parsed = reader(input, *root)) return std::move(*parsed);
    }
    return fail(ErrorCode::unreadable,
                input.name.string() +
                    ": is XML, but of no agenda system that is known (eDoc, SBSYS, Fujitsu, "
                    "Acadre)");
}

}  // namespace raadbot::ingest
