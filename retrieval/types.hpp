// The words that all rooms share: ids, audience, source kinds, documents, passages.
// Values only: no I/O, no SQL, no protocol. All text is UTF-8 in NFC.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot {

/// One string id type per kind of thing, so that a source id cannot be passed for a document id.
template <class Tag>
struct Id {
    std::string value;
    friend auto operator<=>(const Id&, const Id&) = default;
    [[nodiscard]] bool empty() const noexcept { return value.empty(); }
};
using SourceId = Id<struct SourceTag>;  ///< As written in the configuration, e.g. "haandbog".
using DocumentId =
    Id<struct DocumentTag>;  ///< Stable over versions; hex of a hash of source and URL.
using AnswerId = Id<struct AnswerTag>;

/// Passages are numbered by the store; a number is never used again for other text.
using PassageId = std::uint64_t;

using Timestamp = std::chrono::sys_seconds;
using Date = std::chrono::year_month_day;  ///< A civil date, Europe/Copenhagen.

/// ISO 8601 ("2026-11-23"). parse_date accepts exactly that form.
[[nodiscard]] std::string to_string(const Date& date);
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
/// ISO 8601 in UTC ("2026-11-23T08:00:00Z"); parse accepts Z or a numeric offset.
[[nodiscard]] std::string to_string(Timestamp when);
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Who may see a source: "public", "council" or "committee:<id>". A room or person holds a set of
/// audiences; a passage is visible when its source's audience is in that set. "council" holders
/// also hold "public" (see widen).
struct Audience {
    std::string value = "public";
    friend auto operator<=>(const Audience&, const Audience&) = default;
};
[[nodiscard]] Result<Audience> parse_audience(std::string_view text);
/// Adds what the given audiences imply (committee -> council -> public); sorted, without doubles.
[[nodiscard]] std::vector<Audience> widen(std::vector<Audience> audiences);

enum class SourceKind { handbook, intranet, website, meetings, video, curated };
[[nodiscard]] std::string_view to_string(SourceKind kind);
[[nodiscard]] Result<SourceKind> parse_source_kind(std::string_view text);

enum class MeetingPaper {
    none,
    dagsorden,
    referat
};  ///< dagsorden: before; referat: after the meeting.

/// What a document tells about the meeting it belongs to. One agenda item is one document.
struct MeetingInfo {
    std::string body;          ///< As printed: "Teknik- og Miljøudvalget".
    std::optional<Date> date;  ///< The day of the meeting.
    MeetingPaper paper = MeetingPaper::none;
    std::string item_number;  ///< "4", or empty for the meeting page itself.
    std::string case_number;  ///< sagsnummer as printed, or empty.
    std::string meeting_url;  ///< URL of the whole meeting.
    friend bool operator==(const MeetingInfo&, const MeetingInfo&) = default;
};

/// What a section of a meeting item is; other documents have Section::text only.
enum class Section {
    text,
    resume,
    sagsfremstilling,
    okonomi,
    horing,
    lovgrundlag,
    indstilling,  ///< Proposed, not decided.
    beslutning,   ///< Decided (by the body and on the date of the passage).
    bilag,
    deltagere,  ///< Present and absent.
    tale,       ///< Spoken: a transcript.
    term,       ///< A glossary entry: heading is the term.
    curated,    ///< A curated answer: heading is the question.
};
[[nodiscard]] std::string_view to_string(Section section);

/// Where in the document: exactly one is set, or none for the top.
/// fragment: "#vederlag"; page: PDF page from 1; second: of a video.
struct Anchor {
    std::string fragment;
    std::optional<std::uint32_t> page;
    std::optional<std::uint32_t> second;
    friend bool operator==(const Anchor&, const Anchor&) = default;
};
/// The link to the very place: url + "#page=3", "?t=95" or the fragment.
[[nodiscard]] std::string link(std::string_view url, const Anchor& anchor);

/// A block of a document's text as it stands, small enough to be found and shown (about 40-180
/// words; a table is one row per line, a list one item per line).
struct Passage {
    std::vector<std::string> headings;  ///< Path from the document's title down, without the title.
    std::string text;                   ///< Lines separated by '\n'; list items begin with "- ".
    Anchor anchor;
    Section section = Section::text;
    std::string decided_by;  ///< beslutning only: body that decided, when it is not the meeting's.
    std::optional<Date> decided_on;  ///< beslutning only: its date, when it is not the meeting's.
    std::string speaker;             ///< tale only.
    friend bool operator==(const Passage&, const Passage&) = default;
};

/// A document as a parser gives it: no ids yet, nothing secret left in it.
struct ParsedDocument {
    std::string url;         ///< Canonical URL that the document itself states, or empty.
    std::string url_suffix;  ///< For parts of one file (agenda items): appended to the file's URL
                             ///< when url is empty.
    std::string title;
    std::string language = "da";
    std::optional<Date> updated;  ///< The document's own date ("Sidst opdateret", front matter).
    std::string owner;            ///< The page's owner as stated, or empty.
    std::optional<MeetingInfo> meeting;
    std::vector<Passage> passages;
    /// Curated answers only: other ways to ask, the proving URL, the last day it may be used.
    std::vector<std::string> questions;
    std::string proof_url;
    std::optional<Date> expires;
    friend bool operator==(const ParsedDocument&, const ParsedDocument&) = default;
};

/// A passage as the store gives it back, with what a citation needs.
struct StoredPassage {
    PassageId id = 0;
    DocumentId document;
    SourceId source;
    SourceKind kind = SourceKind::website;
    Audience audience;
    std::string url;  ///< Canonical URL of the document, without the anchor.
    std::string title;
    std::string language = "da";
    std::optional<Date> updated;
    Timestamp checked{};  ///< When ingest last saw the document as it is.
    std::string owner;
    std::optional<MeetingInfo> meeting;
    std::vector<std::string> questions;  ///< Curated only.
    std::string proof_url;               ///< Curated only.
    std::optional<Date> expires;         ///< Curated only.
    std::uint32_t position = 0;          ///< Order within the document.
    Passage passage;
};

}  // namespace raadbot
