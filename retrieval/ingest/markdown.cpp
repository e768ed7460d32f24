#include "retrieval/ingest/markdown.hpp"

#include <array>
#include <cstdlib>
#include <map>
#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/glossary.hpp"
#include "retrieval/ingest/html_text.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

using Fields = std::map<std::string, std::vector<std::string>, std::less<>>;

/// A YAML scalar: quotes off, comment behind a plain one off.
std::string scalar(std::string_view text) {
    std::string_view value = trim(text);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
        const char quote = value.front();
        std::string out;
        for (std::size_t at = 1; at < value.size(); ++at) {
            if (quote == '"' && value[at] == '\\' && at + 1 < value.size()) {
                out += value[++at] == 'n' ? ' ' : value[at];
            } else if (value[at] == quote) {
                if (quote == '\'' && at + 1 < value.size() && value[at + 1] == '\'') {
                    out += value[at++];
                    continue;
                }
                return out;
            } else {
                out += value[at];
            }
        }
        return out;
    }
    const std::size_t comment = value.find(" #");
    return std::string(trim(value.substr(0, comment)));
}

/// The entries of "[a, "b, c"]".
std::vector<std::string> flow_list(std::string_view text) {
    std::vector<std::string> out;
    std::string_view inner = text.substr(
        1, text.rfind(']') == std::string_view::npos ? text.size() - 1 : text.rfind(']') - 1);
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t at = 0; at <= inner.size(); ++at) {
        if (at < inner.size() && quote != 0) {
            if (inner[at] == quote) quote = 0;
            continue;
        }
        if (at < inner.size() && (inner[at] == '"' || inner[at] == '\'')) {
            quote = inner[at];
            continue;
        }
        if (at == inner.size() || inner[at] == ',') {
            std::string one = scalar(inner.substr(begin, at - begin));
            if (!one.empty()) out.push_back(std::move(one));
            begin = at + 1;
        }
    }
    return out;
}

/// The subset of YAML that front matter needs: scalars, lists, folded and literal text.
Fields read_front_matter(std::string_view& text) {
    Fields fields;
    std::string_view rest = text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    if (!rest.starts_with("---\n") && !rest.starts_with("---\r\n")) return fields;
    std::vector<std::string_view> lines;
    std::size_t at = rest.find('\n') + 1;
    bool ended = false;
    while (at < rest.size() && !ended) {
        std::size_t end = rest.find('\n', at);
        if (end == std::string_view::npos) end = rest.size();
        std::string_view line = rest.substr(at, end - at);
        if (line.ends_with('\r')) line.remove_suffix(1);
        at = std::min(end + 1, rest.size());
        if (line == "---" || line == "...") {
            ended = true;
        } else {
            lines.push_back(line);
        }
    }
    if (!ended) return fields;
    text = rest.substr(at);
    std::string key;
    bool block_text = false;
    for (const std::string_view line : lines) {
        const std::string_view bare = trim(line);
        if (bare.empty() || (bare.starts_with('#') && !block_text)) continue;
        const bool indented = line.starts_with(' ') || line.starts_with('\t');
        if (!key.empty() && bare.starts_with("- ")) {
            fields[key].push_back(scalar(bare.substr(2)));
            continue;
        }
        if (indented) {
            if (key.empty()) continue;
            if (fields[key].empty()) fields[key].emplace_back();
            std::string& value = fields[key].back();
            value += (value.empty() ? "" : " ") + scalar(bare);
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        key = lower(trim(line.substr(0, colon)));
        const std::string_view value = trim(line.substr(colon + 1));
        std::vector<std::string>& values = fields[key];
        values.clear();
        block_text = value == ">" || value == "|" || value == ">-" || value == "|-";
        if (value.starts_with('[')) {
            values = flow_list(value);
        } else if (!value.empty() && !block_text) {
            values.push_back(scalar(value));
        }
    }
    return fields;
}

std::string first_of(const Fields& fields, std::initializer_list<std::string_view> names) {
    for (const auto name : names) {
        const auto found = fields.find(name);
        if (found != fields.end() && !found->second.empty()) return tidy(found->second.front());
    }
    return {};
}

std::optional<Date> date_of(const Fields& fields, std::initializer_list<std::string_view> names) {
    const auto found = find_date(first_of(fields, names));
    return found ? std::optional(found->date) : std::nullopt;
}

std::string to_html(std::string_view markdown) {
    static const bool registered = [] {
        cmark_gfm_core_extensions_ensure_registered();
        return true;
    }();
    static_cast<void>(registered);
    const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
        cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES),
        cmark_parser_free);
    for (const char* name : {"table", "strikethrough"}) {
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser.get(), extension);
        }
    }
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> root(
        cmark_parser_finish(parser.get()), cmark_node_free);
    cmark_llist* extensions = cmark_parser_get_syntax_extensions(parser.get());
    const std::unique_ptr<char, decltype(&std::free)> html(
        cmark_render_html(root.get(), CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES, extensions),
        std::free);
    return html.get();
}

/// "## Vederlag {#vederlag}": the id that several renderers read from a heading.
void take_heading_id(Block& block) {
    const std::size_t open = block.text.rfind("{#");
    if (open == std::string::npos || !block.text.ends_with('}')) return;
    block.fragment = block.text.substr(open + 1, block.text.size() - open - 2);
    block.text = std::string(trim(std::string_view(block.text).substr(0, open)));
}

}  // namespace

Result<Parsed> parse_markdown(const ParseInput& input) {
    const std::string decoded = decode_html(input.bytes);
    std::string_view text = decoded;
    const Fields fields = read_front_matter(text);
    const HtmlDocument html("<!doctype html><body>" + to_html(text));
    if (!html.ok()) {
        return fail(ErrorCode::unreadable,
                    input.name.string() + ": nested too deeply; simplify the document");
    }
    Parsed parsed;
    HtmlTextOptions options;
    options.skip = [](Node node) {
        return is_tag(node, GUMBO_TAG_FORM) || is_tag(node, GUMBO_TAG_NAV) ||
               has_class(node, "footnote-backref");
    };
    Blocks blocks = html_blocks(html, html.body(), options, parsed.report);

    ParsedDocument document;
    document.url = first_of(fields, {"url", "canonical", "permalink"});
    document.title = first_of(fields, {"title", "titel", "overskrift"});
    document.owner = first_of(fields, {"owner", "ejer", "ansvarlig", "author"});
    document.updated =
        date_of(fields, {"updated", "opdateret", "modified", "lastmod", "date", "dato"});
    if (const std::string language = first_of(fields, {"language", "lang", "sprog"});
        !language.empty()) {
        document.language = lower(language.substr(0, 2));
    }
    for (Block& block : blocks) {
        if (block.kind != BlockKind::heading) continue;
        take_heading_id(block);
        if (document.title.empty()) document.title = block.text;
    }
    if (document.title.empty()) document.title = input.name.stem().string();
    take_page_lines(blocks, PageKind::page, document.updated, document.owner);

    if (input.kind == SourceKind::meetings) {
        MeetingParts parts;
        parts.url = document.url;
        parts.title = document.title;
        parts.language = document.language;
        parts.updated = document.updated;
        parts.owner = document.owner;
        parts.slugs = true;
        if (split_meeting(blocks, document.title, parts)) {
            for (MeetingItem& item : parts.items) {
                item.url_suffix = "#punkt=" + item.number;
                item.fragment_url = true;
                if (!parts.url.empty()) item.url = parts.url + item.url_suffix;
            }
            return build_meeting(std::move(parts), std::move(parsed.report));
        }
        DroppedItems dropped = drop_closed_items(blocks);
        parsed.report.closed_items += dropped.count;
        parsed.named = closed_files(std::move(dropped.links));
    }

    CutOptions cut;
    cut.title = document.title;
    cut.slugs = true;
    const bool curated = input.kind == SourceKind::curated || fields.contains("questions");
    if (curated) {
        if (const auto found = fields.find("questions"); found != fields.end())
            document.questions = found->second;
        if (const auto found = fields.find("spørgsmål"); found != fields.end())
            document.questions = found->second;
        document.proof_url = first_of(fields, {"source", "proof_url", "proof", "kilde"});
        document.expires = date_of(fields, {"expires", "udløber", "udloeber", "valid_until"});
        cut.section = Section::curated;
        document.passages = cut_passages(blocks, cut);
        for (Passage& passage : document.passages) {
            if (passage.headings.empty()) passage.headings.push_back(document.title);
        }
    } else {
        // The first h1 is the title on the page even when front matter words it differently.
        promote_bold_headings(blocks);
        document.passages = cut_with_glossary(blocks, cut);
    }
    parsed.documents.push_back(std::move(document));
    return parsed;
}

}  // namespace raadbot::ingest
