#include "retrieval/ingest/agenda_page.hpp"

#include <algorithm>

#include "retrieval/ingest/html_page.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

/// Controls and sound files that stand among an item's text.
bool is_item_furniture(Node node) {
    if (is_tag(node, GUMBO_TAG_AUDIO) || is_tag(node, GUMBO_TAG_VIDEO)) return true;
    for (const std::string_view name : classes(node)) {
        const std::string low = lower(name);
        if (low == "dropdown" || low == "dropdown-menu" || low == "expand" || low == "badge" ||
            low == "pdf-label" || low == "lydfilnavn" || low == "toolbar" || low == "share" ||
            low == "punkt-menu" || low == "btn") {
            return true;
        }
    }
    return false;
}

Node first_with_class(const HtmlDocument& document, Node from, std::string_view name) {
    for (const Node node : document.visible_elements(from)) {
        if (node != from && has_class(node, name)) return node;
    }
    return nullptr;
}

bool is_row(Node node) {
    return is_element(node) &&
           (attribute(node, "id").starts_with("punktrow_") || has_class(node, "punktrow"));
}

std::string url_with(std::string_view url, std::string_view parameter) {
    std::string out(url);
    const std::size_t hash = out.find('#');
    if (hash != std::string::npos) out.resize(hash);
    out += out.find('?') == std::string::npos ? '?' : '&';
    return out + std::string(parameter);
}

/// FirstAgenda/Prepare: tr.punktrow#punktrow_<uuid> with label, overskrift, sagsnummer, details.
MeetingItem read_row(const HtmlDocument& document, Node row, const std::string& meeting_url,
                     ParseReport& report) {
    MeetingItem item;
    item.closed = marked_closed(row);
    const auto text_of = [&](std::string_view name) {
        const Node node = first_with_class(document, row, name);
        return node == nullptr ? std::string() : document.text(node);
    };
    const std::string label = text_of("label");
    item.title = text_of("overskrift");
    Node title_node = first_with_class(document, row, "overskrift");
    if (item.title.empty()) {
        for (const Node node : document.visible_elements(row)) {
            if (heading_level(node) == 0) continue;
            item.title = document.text(node);
            title_node = node;
            break;
        }
    }
    for (const char c : label) {
        if (c >= '0' && c <= '9') item.number += c;
    }
    item.closed = item.closed || says_closed(label) || says_closed(text_of("badge")) ||
                  says_closed(item.title) || lower(label).find("lukket") != std::string::npos;
    item.case_number = text_of("sagsnummer");
    if (const std::string printed = case_number_in(item.case_number); !printed.empty())
        item.case_number = printed;
    const std::string_view id = attribute(row, "id");
    if (id.starts_with("punktrow_")) {
        const std::string uuid(id.substr(9));
        if (meeting_url.empty()) {
            item.url_suffix = "#" + std::string(id);
            item.fragment_url = true;
        } else {
            item.url = url_with(meeting_url, "punktid=" + uuid);
        }
    }
    HtmlTextOptions options;
    options.skip = [&](Node node) {
        return is_item_furniture(node) || node == title_node || has_class(node, "label") ||
               has_class(node, "sagsnummer") || has_class(node, "overskrift");
    };
    options.furniture = [](Node) { return true; };
    item.blocks = html_blocks(document, row, options, report);
    std::erase_if(item.blocks, [](const Block& block) { return block.text.empty(); });
    return item;
}

std::optional<Parsed> read_rows(const HtmlDocument& document, const PageContent& page) {
    std::vector<Node> rows;
    for (const Node node : document.visible_elements(document.body())) {
        if (is_row(node)) rows.push_back(node);
    }
    // Rows hidden altogether count as closed; they were stopped by the walk already.
    if (rows.empty()) return std::nullopt;
    ParseReport report;
    MeetingParts parts;
    parts.url = page.facts().url;
    parts.language = page.facts().language;
    parts.updated = page.facts().updated;
    parts.title = page.facts().title;
    parts.info.meeting_url = parts.url;
    for (const Node node : document.visible_elements(document.body())) {
        if (has_class(node, "udvalg") && parts.info.body.empty())
            parts.info.body = document.text(node);
        if (has_class(node, "dato")) read_meeting_info(document.text(node), parts.info);
    }
    read_meeting_info(parts.title, parts.info);
    HtmlTextOptions options;
    options.skip = [&](Node node) {
        return is_row(node) || is_item_furniture(node) || page.is_chrome(node);
    };
    parts.preamble = html_blocks(document, page.main(), options, report);
    for (const Node row : rows) {
        parts.items.push_back(read_row(document, row, parts.url, report));
        if (parts.items.back().closed) add_file_links(row, parts.closed_links);
    }
    add_closed_links(document.body(), parts.closed_links);
    if (parts.title.empty()) {
        parts.title = parts.info.body;
        if (parts.info.date) parts.title += " " + to_string(*parts.info.date);
    }
    std::erase_if(parts.preamble, [&](const Block& block) {
        return block.kind == BlockKind::heading && block.level == 1 && block.text == parts.title;
    });
    return build_meeting(std::move(parts), std::move(report));
}

}  // namespace

void add_file_links(Node from, std::vector<std::string>& to) {
    for (std::string& link : HtmlDocument::file_links(from)) to.push_back(std::move(link));
}

void add_closed_links(Node from, std::vector<std::string>& to) {
    if (marked_closed(from)) return add_file_links(from, to);
    for (const Node child : children(from)) {
        if (is_element(child)) add_closed_links(child, to);
    }
}

std::optional<Parsed> read_agenda_page(const ParseInput& input, const HtmlDocument& document) {
    const PageContent page(document);
    if (auto parsed = read_rows(document, page)) return parsed;

    // Any other system. Most pages are no meeting: ask the words before the blocks.
    const std::string low = lower(input.bytes);
    const bool paper =
        low.find("referat") != std::string::npos || low.find("dagsorden") != std::string::npos ||
        low.find("protokol") != std::string::npos || low.find("beslutning") != std::string::npos;
    const bool items = low.find("punkt") != std::string::npos ||
                       low.find("pkt") != std::string::npos ||
                       low.find("sagsn") != std::string::npos ||
                       low.find("sagsfremstilling") != std::string::npos ||
                       low.find("indstilling") != std::string::npos;
    if (input.kind != SourceKind::meetings && (!paper || !items)) return std::nullopt;
    ParseReport report;
    HtmlTextOptions options;
    options.skip = [&](Node node) {
        // A badge may be all that says "Lukket".
        if (is_item_furniture(node)) return !says_closed(document.text(node));
        return page.is_chrome(node);
    };
    options.furniture = is_item_furniture;
    Blocks blocks = html_blocks(document, page.main(), options, report);
    MeetingParts parts;
    parts.updated = page.facts().updated;
    parts.owner = page.facts().owner;
    take_page_lines(blocks, PageKind::paper, parts.updated, parts.owner);
    parts.url = page.facts().url;
    parts.language = page.facts().language;
    parts.title = page.facts().title;
    parts.info.meeting_url = parts.url;
    add_closed_links(document.body(), parts.closed_links);
    std::string head_title;
    for (const Node node : document.visible_elements(document.head())) {
        if (is_tag(node, GUMBO_TAG_TITLE)) head_title = document.text(node);
    }
    // An item's page may name the meeting only in its breadcrumb.
    std::string trail;
    for (const Node node : document.visible_elements(document.body())) {
        for (const std::string& word : name_words(node)) {
            if (word.starts_with("breadcrumb") || word.starts_with("brodkrumme"))
                trail = document.text(node);
        }
    }
    const std::string hint = parts.title + "\n" + head_title + "\n" + trail;
    if (!split_meeting(blocks, hint, parts)) return std::nullopt;
    add_file_links(page.main(), parts.page_links);
    const auto own = item_heading(parts.title);
    parts.single_item = parts.items.size() == 1 && own && own->number == parts.items[0].number;
    for (MeetingItem& item : parts.items) {
        if (parts.single_item) {
            item.url = parts.url;
            item.url_suffix.clear();
        } else if (!item.url_suffix.empty()) {
            item.fragment_url = true;
            if (!parts.url.empty()) item.url = parts.url + item.url_suffix;
        } else {
            // Without an id the item still needs an address of its own: its heading's words.
            item.url_suffix = "#:~:text=" + percent_encode(item.title);
            item.fragment_url = true;
            if (!parts.url.empty()) item.url = parts.url + item.url_suffix;
        }
        if (!item.url.empty()) item.url_suffix.clear();
    }
    return build_meeting(std::move(parts), std::move(report));
}

}  // namespace raadbot::ingest
