// A source's folder -> the store and the search index: reads what is new or changed, forgets what
// is gone.
//
// Safe to stop at any point: every group of files is one transaction, and the index follows the
// store through the store's list of pending passages, also after a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "retrieval/index/search.hpp"
#include "retrieval/ingest/parse.hpp"
#include "retrieval/sources/source.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::ingest {

struct Progress {
    std::uint64_t done = 0;   ///< Files looked at.
    std::uint64_t total = 0;  ///< Files in the folder.
    std::string current;      ///< Relative path.
};

struct FolderOptions {
    Limits limits;
    unsigned threads = 2;  ///< Parsers at work at once, 1-16.
    Timestamp now{};
    bool confined = true;                           ///< False only in tests: parse in this process.
    std::function<void(const Progress&)> progress;  ///< Called on the calling thread.
};

/// What a run did to one source; every file that was not taken has a line that says why.
struct SourceReport {
    SourceId source;
    std::uint64_t files = 0;
    std::uint64_t unchanged_files = 0;
    store::Store::Change documents;
    std::uint64_t removed_files = 0;
    ParseReport parsed;  ///< Sums over files; its notes are in `lines`.
    struct Line {
        std::string path;
        std::string message;
        friend bool operator==(const Line&, const Line&) = default;
    };
    std::vector<Line> skipped;     ///< Formats that Raadbot does not read.
    std::vector<Line> unreadable;  ///< Damaged, too large, no text layer, no permission.
    std::vector<Line> notes;       ///< Read, but something should be known.
};

/// Reads one folder. Errors: not_found (no such folder; what is stored stays), denied (the source
/// is not approved), conflict (the folder is empty although the store holds documents of it:
/// removing a whole source is done with `raadbot sources remove`).
[[nodiscard]] Result<SourceReport> ingest_folder(const sources::Source& source, store::Store& store,
                                                 const FolderOptions& options);

/// Brings the index up to the store: relates what belongs together (relate.hpp), adds and removes
/// what is pending, commits, and clears the
/// list. With `rebuild` everything is indexed anew.
[[nodiscard]] Result<void> follow(store::Store& store, index::Index& index, bool rebuild = false);

/// The index's view of a passage. `joined` holds the heading path while the entry is in use.
[[nodiscard]] index::Entry index_entry(const StoredPassage& passage, std::string& joined,
                                       std::string& body_key);

}  // namespace raadbot::ingest
