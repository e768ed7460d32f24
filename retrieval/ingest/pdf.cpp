#include "retrieval/ingest/pdf.hpp"

#include "retrieval/danish/dates.hpp"
#include "retrieval/ingest/glossary.hpp"
#include "retrieval/ingest/meeting.hpp"
#include "retrieval/ingest/meeting_words.hpp"
#include "retrieval/ingest/page_lines.hpp"
#include "retrieval/ingest/program.hpp"
#include "retrieval/ingest/words.hpp"

namespace raadbot::ingest {
namespace {

Result<PdfLayout> read_layout(const ParseInput& input, const Limits& limits, bool hidden) {
    std::vector<std::string> arguments = {"pdftohtml", "-xml",    "-i",   "-q",
                                          "-nodrm",    "-stdout", "-enc", "UTF-8"};
    if (hidden) arguments.emplace_back("-hidden");
    arguments.emplace_back("{}");
    ProgramLimits program;
    program.max_seconds = limits.max_seconds;
    program.max_memory = limits.max_memory_bytes;
    program.max_output = limits.max_text_bytes * 12;
    const std::string name = input.name.string();
    const auto result = run_program(arguments, input.bytes, program);
    if (!result) return fail(result.error().code, name + ": " + result.error().message);
    if (result->errors.find("password") != std::string::npos ||
        result->errors.find("encrypted") != std::string::npos) {
        return fail(ErrorCode::unreadable,
                    name + ": is encrypted with a password; publish it without");
    }
    PdfLayout layout = lay_out_pdf(result->output);
    if (layout.pages == 0) {
        return fail(ErrorCode::unreadable,
                    name + ": is damaged, no page of it can be read; save or export it again");
    }
    return layout;
}

void note_empty_pages(const PdfLayout& layout, ParseReport& report) {
    if (layout.empty_pages.empty()) return;
    std::string pages;
    for (const std::uint32_t page : layout.empty_pages) {
        if (pages.size() > 60) {
            pages += " ...";
            break;
        }
        pages += (pages.empty() ? "" : ", ") + std::to_string(page);
    }
    report.notes.push_back("no text layer on page " + pages + " of " +
                           std::to_string(layout.pages) + " (pictures or empty)");
}

}  // namespace

Result<Parsed> parse_pdf(const ParseInput& input, const Limits& limits) {
    auto layout = read_layout(input, limits, false);
    if (!layout) return tl::unexpected(layout.error());
    ParseReport report;
    if (layout->blocks.empty()) {
        // A scan may carry its recognised text invisibly; then that is all there is to read.
        layout = read_layout(input, limits, true);
        if (!layout) return tl::unexpected(layout.error());
        if (layout->blocks.empty()) {
            return fail(
                ErrorCode::unreadable,
                input.name.string() + ": has no text layer (" + std::to_string(layout->pages) +
                    " scanned pages); run text recognition on it or publish the original document");
        }
        report.notes.emplace_back("the text is the invisible layer of a scan; it may be misread");
    }
    report.hidden_removed += layout->hidden;
    note_empty_pages(*layout, report);

    const std::string title = layout->title.empty() ? input.name.stem().string() : layout->title;
    MeetingParts parts;
    parts.title = title;
    parts.updated = layout->dated;
    if (split_meeting(layout->blocks, title, parts)) {
        parts.single_item = parts.items.size() == 1 && parts.preamble.size() < 3;
        for (MeetingItem& item : parts.items) {
            item.url_suffix.clear();
            if (parts.single_item) continue;
            std::uint32_t page = 1;
            for (const Block& block : layout->blocks) {
                if (block.kind == BlockKind::heading || block.kind == BlockKind::paragraph) {
                    const auto heading = item_heading(block.text);
                    if (heading && heading->number == item.number && heading->title == item.title)
                        page = block.page.value_or(1);
                }
            }
            // Readers open "#page=3&..." at page 3 and ignore the rest, which keeps items apart.
            item.url_suffix = "#page=" + std::to_string(page) + "&punkt=" + item.number;
        }
        if (!parts.single_item && parts.info.date && !parts.info.body.empty()) {
            const char* paper =
                parts.info.paper == MeetingPaper::dagsorden ? "Dagsorden" : "Referat";
            parts.title = std::string(paper) + " " + parts.info.body + " " +
                          danish::danish_date(*parts.info.date);
        }
        return build_meeting(std::move(parts), std::move(report));
    }
    if (input.kind == SourceKind::meetings)
        report.closed_items += drop_closed_items(layout->blocks).count;
    Parsed parsed;
    ParsedDocument document;
    document.title = title;
    document.updated = layout->dated;
    take_page_lines(layout->blocks, PageKind::paper, document.updated, document.owner);
    CutOptions cut;
    cut.title = title;
    document.passages = cut_with_glossary(layout->blocks, cut);
    parsed.documents.push_back(std::move(document));
    parsed.report = std::move(report);
    return parsed;
}

}  // namespace raadbot::ingest
