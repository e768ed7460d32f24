// Meeting pages by selectors that the source's configuration gives.
#include <algorithm>
#include <optional>

#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/agenda_page.hpp"
#include "retrieval/ingest/html_page.hpp"
#include "retrieval/ingest/html_select.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

/// A selector that is empty or (checked when the configuration was read) wrong selects nothing.
class Part {
public:
    explicit Part(const std::string& css) {
        if (css.empty()) return;
        if (auto parsed = Selector::parse(css)) selector_ = std::move(*parsed);
    }
    [[nodiscard]] std::vector<Node> in(const HtmlDocument& document, Node from) const {
        return selector_ ? selector_->all(document, from) : std::vector<Node>{};
    }
    [[nodiscard]] bool is(Node node) const { return selector_ && selector_->matches(node); }
    [[nodiscard]] std::string text(const HtmlDocument& document, Node from) const {
        const auto found = in(document, from);
        return found.empty() ? std::string() : document.text(found.front());
    }

private:
    std::optional<Selector> selector_;
};

std::string digits_of(std::string_view text) {
    const std::size_t begin = text.find_first_of("0123456789");
    if (begin == std::string_view::npos) return {};
    const std::size_t end = text.find_first_not_of("0123456789", begin);
    return std::string(text.substr(begin, end == std::string_view::npos ? end : end - begin));
}

}  // namespace

Result<void> check_selectors(const sources::AgendaSelectors& selectors) {
    for (const std::string* one : sources::fields_of(selectors)) {
        if (one->empty()) continue;
        if (const auto parsed = Selector::parse(*one); !parsed)
            return tl::unexpected(parsed.error());
    }
    return {};
}

std::optional<Parsed> read_selected_agenda(const ParseInput& input, const HtmlDocument& document) {
    const sources::AgendaSelectors& css = input.selectors;
    if (css.item.empty()) return std::nullopt;
    const auto nodes = Part(css.item).in(document, document.body());
    if (nodes.empty()) return std::nullopt;
    const Part number(css.number);
    const Part title(css.title);
    const Part case_number(css.case_number);
    const Part closed(css.closed);
    const Part skip(css.skip);
    const Part participants(css.participants);
    const PageContent page(document);
    ParseReport report;
    MeetingParts parts;
    parts.url = page.facts().url;
    parts.language = page.facts().language;
    parts.updated = page.facts().updated;
    parts.owner = page.facts().owner;
    parts.title = page.facts().title;
    parts.info.meeting_url = parts.url;
    parts.info.body = Part(css.body).text(document, document.body());
    if (const auto date = find_date(Part(css.date).text(document, document.body())))
        parts.info.date = date->date;
    read_meeting_info(parts.title, parts.info);
    for (const Node node : document.visible_elements(document.head())) {
        if (is_tag(node, GUMBO_TAG_TITLE)) read_meeting_info(document.text(node), parts.info);
    }
    for (const Node node : participants.in(document, document.body())) {
        HtmlTextOptions options;
        options.skip = [&](Node one) { return skip.is(one); };
        Blocks names = html_blocks(document, node, options, report);
        const bool headed = !names.empty() && section_named(names.front().text, false);
        if (!headed && !names.empty()) {
            Block heading;
            heading.kind = BlockKind::heading;
            heading.level = 2;
            heading.text = "Deltagere";
            parts.preamble.push_back(std::move(heading));
        }
        std::move(names.begin(), names.end(), std::back_inserter(parts.preamble));
    }
    for (const Node node : nodes) {
        MeetingItem item;
        item.number = digits_of(number.text(document, node));
        item.title = title.text(document, node);
        const std::string label = number.text(document, node);
        if (item.title.empty()) {
            for (const Node one : document.visible_elements(node)) {
                if (heading_level(one) == 0) continue;
                item.title = document.text(one);
                break;
            }
        }
        if (const auto heading = item_heading(item.title); heading && !heading->title.empty()) {
            if (item.number.empty()) item.number = heading->number;
            if (item.number == heading->number) item.title = heading->title;
            item.closed = heading->closed;
        }
        if (item.number.empty()) item.number = std::to_string(parts.items.size() + 1);
        item.case_number = case_number.text(document, node);
        if (const std::string printed = case_number_in(item.case_number); !printed.empty())
            item.case_number = printed;
        item.closed = item.closed || marked_closed(node) || closed.is(node) ||
                      !closed.in(document, node).empty() || says_closed(label) ||
                      says_closed(item.title);
        const std::string_view id = attribute(node, "id");
        item.url_suffix =
            id.empty() ? "#:~:text=" + percent_encode(item.title) : "#" + std::string(id);
        item.fragment_url = true;
        if (!parts.url.empty()) {
            item.url = parts.url + item.url_suffix;
            item.url_suffix.clear();
        }
        HtmlTextOptions options;
        options.skip = [&](Node one) {
            return one != node && (number.is(one) || title.is(one) || case_number.is(one) ||
                                   closed.is(one) || skip.is(one));
        };
        options.furniture = [](Node) { return true; };  // What is left out is still the item's.
        item.blocks = html_blocks(document, node, options, report);
        std::erase_if(item.blocks, [&](const Block& block) {
            return block.text.empty() ||
                   (block.kind == BlockKind::heading && block.text == item.title);
        });
        if (item.closed) add_file_links(node, parts.closed_links);
        parts.items.push_back(std::move(item));
    }
    add_closed_links(document.body(), parts.closed_links);
    return build_meeting(std::move(parts), std::move(report));
}

}  // namespace raadbot::ingest
