// Finding passages: the one interface that the rest of Raadbot searches through.
//
// A Snapshot is an immutable view of the index; it may be used from any thread at once and stays
// valid, unchanged, while newer versions are built (readers never wait). The index holds no text:
// passages are read from the store by id.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/types.hpp"

namespace raadbot::danish {
class Lexicon;
}

namespace raadbot::index {

/// What a passage must satisfy, evaluated inside the search. Empty sets mean "any", except
/// audiences: an empty audience set matches nothing.
struct Filter {
    std::vector<Audience> audiences;  ///< What the asker holds (already widened).
    std::vector<SourceId> sources;
    std::vector<SourceKind> kinds;
    std::vector<std::string> bodies;  ///< danish::body_key values.
    std::optional<Date>
        first_date;  ///< Meeting dates, inclusive; documents without a date do not match a range.
    std::optional<Date> last_date;
    std::vector<MeetingPaper> papers;
};

/// What the index needs to know of a passage when it is added.
struct Entry {
    PassageId id = 0;
    std::string_view title;
    std::string_view headings;  ///< Heading path joined by '\n'.
    std::string_view text;
    Audience audience;
    SourceId source;
    SourceKind kind = SourceKind::website;
    std::string body_key;      ///< Empty when not from a meeting.
    std::optional<Date> date;  ///< Meeting date.
    MeetingPaper paper = MeetingPaper::none;
};

struct Hit {
    PassageId passage = 0;
    float score = 0;
    friend bool operator==(const Hit&, const Hit&) = default;
};

/// The words of a passage, which the index itself does not keep.
struct PassageText {
    PassageId id = 0;
    std::uint64_t document = 0;  ///< The same for the passages of one document.
    std::string title;
    std::string headings;
    std::string text;
};

/// Where the second stage reads what the first one found. Called from the thread that searches.
class PassageTexts {
public:
    virtual ~PassageTexts() = default;
    /// In any order; a passage that is gone is left out.
    [[nodiscard]] virtual std::vector<PassageText> read(std::span<const PassageId> ids) const = 0;
    /// These passages and more of the same documents, at most about `most` of each: best those
    /// nearest to the found ones. By default these alone.
    [[nodiscard]] virtual std::vector<PassageText> read_documents(std::span<const PassageId> ids,
                                                                  std::size_t most) const {
        static_cast<void>(most);
        return read(ids);
    }
};

struct Request {
    std::string text;  ///< The question, or the follow-up joined with what it follows.
    Filter filter;
    std::size_t top_k = 10;
    /// With it, the best of the first stage are read and put in order by what they say
    /// (rerank.hpp).
    const PassageTexts* texts = nullptr;
};

/// Which passages a search of another kind (vectors) may give: those that this version of the index
/// holds, undeleted, and that satisfy a filter. Quick for ascending ids. Not thread-safe; must not
/// outlive its snapshot.
class Gate {
public:
    virtual ~Gate() = default;
    [[nodiscard]] virtual bool admits(PassageId id) = 0;
};

class Snapshot {
public:
    virtual ~Snapshot() = default;

    /// Without texts the exact top k by score, ties by smaller id; with texts the best of the exact
    /// top few hundred, in a better order. Both are deterministic. Understands the text itself:
    /// inflection, compounds, n-grams, spelling, lexicon. Never fails on any text.
    [[nodiscard]] virtual std::vector<Hit> search(const Request& request) const = 0;

    [[nodiscard]] virtual std::unique_ptr<Gate> gate(const Filter& filter) const = 0;

    /// In how many live passages a word occurs (as that lemma, in any field); 0 when unknown.
    [[nodiscard]] virtual std::uint32_t document_frequency(std::string_view lemma) const = 0;
    [[nodiscard]] virtual std::uint32_t passage_count() const = 0;
    /// The folded surface words of the corpus with passage counts, for spelling repair; a best
    /// correction of a word that the corpus does not hold, or nothing.
    [[nodiscard]] virtual std::optional<std::string> correct(std::string_view folded) const = 0;
    /// Changes whenever the index's content changes; recorded with every answer.
    [[nodiscard]] virtual std::string version() const = 0;
};

/// One writer per directory (a lock file holds others out), any number of readers.
class Index {
public:
    struct Options {
        std::filesystem::path directory;
        /// What may stand in for a question's words; null: nothing. Writing needs none.
        std::shared_ptr<const danish::Lexicon> lexicon;
    };
    virtual ~Index() = default;

    /// Opens or creates. Errors: outdated (another version wrote it), corrupt (which file, and that
    /// `raadbot ingest --rebuild` rebuilds it), conflict.
    [[nodiscard]] static Result<std::unique_ptr<Index>> open(const Options& options);
    /// Opens for reading only; no lock taken. not_found when there is no index yet.
    [[nodiscard]] static Result<std::unique_ptr<Index>> open_read_only(const Options& options);

    /// The newest published view; cheap. After another process published, refresh() picks it up.
    [[nodiscard]] virtual std::shared_ptr<const Snapshot> snapshot() const = 0;
    virtual Result<bool> refresh() = 0;  ///< true when a newer version was opened.

    /// Adds and deletes become visible together, atomically and durably, at commit(); a crash
    /// before it leaves the old version. Not thread-safe among writers.
    virtual void add(const Entry& entry) = 0;
    virtual void remove(PassageId id) = 0;
    virtual Result<void> commit() = 0;
    /// Drops everything not yet committed.
    virtual void rollback() = 0;
    /// Empties the index (for a rebuild); visible at commit().
    virtual void clear() = 0;
    /// Rewrites what still holds words of removed passages, so that no file does; commits. For
    /// take-downs: its cost is that of the segments it rewrites.
    virtual Result<void> purge() = 0;
    [[nodiscard]] virtual const std::filesystem::path& directory() const = 0;
};

}  // namespace raadbot::index
