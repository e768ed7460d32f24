#include "retrieval/ingest/parse.hpp"

#include "retrieval/danish/text.hpp"
#include "retrieval/ingest/agenda_page.hpp"
#include "retrieval/ingest/docx.hpp"
#include "retrieval/ingest/export_xml.hpp"
#include "retrieval/ingest/finish.hpp"
#include "retrieval/ingest/html_page.hpp"
#include "retrieval/ingest/markdown.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/papers_zip.hpp"
#include "retrieval/ingest/pdf.hpp"
#include "retrieval/ingest/webvtt.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

/// Rejects markup nested so deep that a recursive tree walk would run out of stack. Counts start
/// and end tags only; tags that need no end do not count.
bool nested_too_deep(std::string_view html) {
    constexpr std::size_t most = 4000;
    std::size_t depth = 0;
    for (std::size_t at = html.find('<'); at != std::string_view::npos;
         at = html.find('<', at + 1)) {
        if (at + 1 >= html.size()) break;
        const char next = html[at + 1];
        if (next == '/') {
            if (depth > 0) --depth;
            continue;
        }
        if ((next < 'a' || next > 'z') && (next < 'A' || next > 'Z')) continue;
        std::size_t end = at + 1;
        while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end])) != 0) ++end;
        const std::string name = lower(html.substr(at + 1, end - at - 1));
        static constexpr std::string_view single =
            " br hr img input meta link p li td tr th option dd dt source col area base wbr embed "
            "param ";
        if (single.find(" " + name + " ") != std::string_view::npos) continue;
        if (++depth > most) return true;
    }
    return false;
}

Result<Parsed> parse_text(const ParseInput& input) {
    // Plain text reads as Markdown without its marks: paragraphs between empty lines.
    Parsed parsed;
    ParsedDocument document;
    document.title = input.name.stem().string();
    Blocks blocks;
    std::string paragraph;
    const std::string decoded = decode_html(input.bytes);
    const auto flush = [&] {
        Block block;
        block.text = tidy(paragraph, true);
        paragraph.clear();
        if (!block.text.empty()) blocks.push_back(std::move(block));
    };
    for (const std::string_view line : lines_of(decoded)) {
        if (trim(line).empty()) flush();
        paragraph += line;
        paragraph += '\n';
    }
    flush();
    take_page_lines(blocks, PageKind::paper, document.updated, document.owner);
    CutOptions cut;
    cut.title = document.title;
    document.passages = cut_passages(blocks, cut);
    parsed.documents.push_back(std::move(document));
    return parsed;
}

Result<Parsed> parse_html(const ParseInput& input) {
    const std::string html = decode_html(input.bytes);
    const Error too_deep{ErrorCode::unreadable,
                         input.name.string() + ": nested too deeply to be a real page"};
    if (nested_too_deep(html)) return tl::unexpected(too_deep);
    const HtmlDocument document(html);
    if (!document.ok()) return tl::unexpected(too_deep);
    if (auto meeting = read_selected_agenda(input, document)) return std::move(*meeting);
    if (auto meeting = read_agenda_page(input, document)) return std::move(*meeting);
    return parse_html_page(input, document);
}

std::string extension_of(const std::filesystem::path& name) {
    return lower(name.extension().string());
}

}  // namespace

Format detect_format(std::string_view bytes, const std::filesystem::path& name) {
    const std::string extension = extension_of(name);
    const std::string_view start = bytes.substr(0, 1024);
    if (start.find("%PDF-") != std::string_view::npos) return Format::pdf;
    if (bytes.starts_with("PK\x03\x04")) {
        // Other office formats are ZIPs too; nothing in them is a paper by itself.
        const std::string_view start_of_zip = bytes.substr(0, 4096);
        const bool office = start_of_zip.find("[Content_Types].xml") != std::string_view::npos ||
                            start_of_zip.find("mimetypeapplication/") != std::string_view::npos ||
                            extension == ".xlsx" || extension == ".pptx" || extension == ".xlsm" ||
                            extension == ".odt" || extension == ".ods" || extension == ".epub";
        return extension == ".docx" || extension == ".docm" || extension == ".dotx" ||
                       bytes.substr(0, 4096).find("word/") != std::string_view::npos ||
                       bytes.substr(bytes.size() - std::min<std::size_t>(bytes.size(), 65536))
                               .find("word/document") != std::string_view::npos
                   ? Format::docx
               : office ? Format::unknown
                        : Format::zip;
    }
    std::string_view text = start;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.starts_with("WEBVTT")) return Format::webvtt;
    if ((extension == ".xml" || text.starts_with("<?xml") ||
         text.starts_with(std::string_view("\xFF\xFE<\0", 4))) &&
        looks_like_export(bytes)) {
        return Format::agenda_export;
    }
    const std::string head = lower(trim(text));
    if (head.starts_with("<!doctype html") || head.starts_with("<html") ||
        (head.starts_with("<") && head.find("<html") != std::string::npos)) {
        return Format::html;
    }
    if (extension == ".md" || extension == ".markdown") return Format::markdown;
    if (extension == ".html" || extension == ".htm" || extension == ".xhtml" ||
        extension == ".aspx" || extension == ".asp" || extension == ".php") {
        return Format::html;
    }
    if (extension == ".pdf") return Format::pdf;
    if (extension == ".docx") return Format::docx;
    if (extension == ".vtt") return Format::webvtt;
    if (extension == ".txt" || extension == ".text") return Format::text;
    if (head.starts_with("<!doctype") || head.starts_with("<head") || head.starts_with("<body"))
        return Format::html;
    return Format::unknown;
}

Result<Parsed> parse(const ParseInput& input, const Limits& limits) {
    const std::string name = input.name.string();
    if (input.bytes.size() > limits.max_file_bytes) {
        return fail(ErrorCode::too_large, name + ": " + std::to_string(input.bytes.size() >> 20U) +
                                              " MB is more than the limit of " +
                                              std::to_string(limits.max_file_bytes >> 20U) +
                                              " MB for a file");
    }
    const Format format =
        input.format == Format::unknown ? detect_format(input.bytes, input.name) : input.format;
    if (trim(input.bytes.substr(0, 4096)).empty() && input.bytes.size() <= 4096) {
        return fail(ErrorCode::unreadable, name + ": is empty");
    }
    Result<Parsed> parsed =
        fail(ErrorCode::unreadable, name +
                                        ": is of no format that can be read (Markdown, HTML, PDF, "
                                        "DOCX, WebVTT, plain text, ZIP or an agenda "
                                        "system's export)");
    switch (format) {
        case Format::markdown: parsed = parse_markdown(input); break;
        case Format::html: parsed = parse_html(input); break;
        case Format::text: parsed = parse_text(input); break;
        case Format::pdf: parsed = parse_pdf(input, limits); break;
        case Format::docx: parsed = parse_docx(input, limits); break;
        case Format::webvtt: parsed = parse_webvtt(input); break;
        case Format::agenda_export: parsed = parse_export(input); break;
        case Format::zip: parsed = parse_papers_zip(input, limits); break;
        case Format::unknown: break;
    }
    if (!parsed) return parsed;
    return finish(std::move(*parsed), input, limits);
}

}  // namespace raadbot::ingest
