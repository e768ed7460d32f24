// Bytes of a file -> documents of passages. Pure but for `parse_confined`, which runs the parser of
// a foreign format in a confined child process.
//
// What comes out is safe to index: hidden elements, comments, scripts, boilerplate (menus, cookie
// banners, feedback, footers), closed agenda items and CPR numbers are gone before a passage
// exists; what was stopped is counted in the report, never quoted.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/sources/agenda_selectors.hpp"
#include "retrieval/types.hpp"

namespace raadbot::ingest {

/// agenda_export: XML of a case system (eDoc, SBSYS, Fujitsu, Acadre). zip: papers in a container.
enum class Format { markdown, html, pdf, docx, webvtt, text, agenda_export, zip, unknown };

/// By content first (magic bytes, doctype), then by file name.
[[nodiscard]] Format detect_format(std::string_view bytes, const std::filesystem::path& name);

struct Limits {
    std::uint64_t max_file_bytes = 64ULL << 20;   ///< Larger files are reported, not read.
    std::uint64_t max_text_bytes = 16ULL << 20;   ///< Of extracted text per file.
    std::chrono::seconds max_seconds{30};         ///< Per file, CPU and wall.
    std::uint64_t max_memory_bytes = 1ULL << 30;  ///< Of the confined child.
};

struct ParseReport {
    std::uint32_t cpr_masked = 0;      ///< CPR-shaped numbers taken out.
    std::uint32_t hidden_removed = 0;  ///< Hidden elements and comments.
    std::uint32_t closed_items = 0;    ///< Agenda items stopped because they are closed.
    std::uint32_t orders_marked =
        0;  ///< Sentences that give the bot orders (kept as data; counted).
    std::vector<std::string> notes;  ///< For the operator, in English: "page 3 has no text layer".
    friend bool operator==(const ParseReport&, const ParseReport&) = default;
};

/// A file beside an export that the export names: what it is, and whether the public may read it.
struct NamedFile {
    enum class Role {
        attachment,    ///< Read as a document of its own that belongs to `meeting`.
        same_text,     ///< The text that the export gives anyway, printed; not read.
        agenda_export  ///< An export that an index names; `meeting->paper` may say which paper.
    };
    std::string path;  ///< From the export's folder, '/' separated, as the export writes it.
    Role role = Role::attachment;
    bool open = false;
    std::string title;                   ///< Open ones only.
    std::optional<MeetingInfo> meeting;  ///< Open ones only.
    friend bool operator==(const NamedFile&, const NamedFile&) = default;
};

/// Which files of its folder an export answers for. A file that it does not name as open is not
/// read: a closed item's attachments lie among the open ones'.
enum class Claim {
    none,    ///< No export.
    papers,  ///< A meeting's papers and their attachments.
    index    ///< Names the exports that are published.
};

struct Parsed {
    std::vector<ParsedDocument>
        documents;  ///< One, or one per agenda item besides the meeting itself.
    ParseReport report;
    Claim claim = Claim::none;
    std::vector<NamedFile> named;
    friend bool operator==(const Parsed&, const Parsed&) = default;
};

struct ParseInput {
    std::string_view bytes;
    std::filesystem::path name;  ///< Relative path within the source, for titles and messages.
    SourceKind kind = SourceKind::website;
    Format format = Format::unknown;
    std::string url;  ///< Of the file when it is known; an export's items lie beside it.
    sources::AgendaSelectors selectors;  ///< Of the source, for its HTML pages.
};

/// Error: invalid_input that says which selector is not understood.
[[nodiscard]] Result<void> check_selectors(const sources::AgendaSelectors& selectors);

/// Parses in this process; for trusted tests, fuzzing, and inside the child. Errors: unreadable
/// (damaged, encrypted, no text layer), too_large, timed_out, invalid_input; the message names the
/// file and what to do.
[[nodiscard]] Result<Parsed> parse(const ParseInput& input, const Limits& limits);

/// The same in a child process (this executable's `parse-child` mode) with no network, no writable
/// files, no new privileges, memory and time limits; a crash of the child is an `unreadable` error.
/// Several files may be parsed at once from several threads.
[[nodiscard]] Result<Parsed> parse_confined(const ParseInput& input, const Limits& limits);

/// The program that parse_confined starts with the argument "parse-child"; without a call, this
/// executable itself. A program whose main() does not know that argument must name one that does.
void set_parse_child(const std::filesystem::path& program);

/// Entry of the child: reads requests on fd 0, writes results on fd 1 until end of file. Called by
/// main() when argv[1] is "parse-child"; never returns to the caller's normal path.
int parse_child_main();

}  // namespace raadbot::ingest
