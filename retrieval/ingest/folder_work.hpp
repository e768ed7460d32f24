// One file of a source's folder on its way: read, hashed and, when it is new, parsed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/ingest/folder.hpp"
#include "retrieval/ingest/folder_listing.hpp"

namespace raadbot::ingest {

struct Work {
    Candidate file;
    std::string hash;
    bool same_bytes = false;
    Format format = Format::unknown;
    bool is_export = false;  ///< Parsed also when it is unchanged: others ask what it names.
    std::optional<NamedFile> named;  ///< As an export names it.
    std::optional<Result<Parsed>> parsed;
};

/// SHA-256, hex.
[[nodiscard]] std::string hash_of(std::string_view bytes);
/// Ends every remembered hash: files are read again when the parsers or the source's selectors
/// change.
[[nodiscard]] std::string version_of(const sources::Source& source);
/// What of an export's word goes into an attachment's documents: when it changes they do.
[[nodiscard]] std::string facts_of(const NamedFile& file);

/// queue[begin..end) with the threads that are allowed; `done` is called on the calling thread, for
/// each in the order in which they are finished. `known`: what is remembered of the source's files.
void do_works(std::vector<Work>& queue, std::size_t begin, std::size_t end,
              const sources::Source& source, const FolderOptions& options,
              const std::map<std::string, store::FileRecord>& known,
              const std::function<void(const Work&)>& done);

}  // namespace raadbot::ingest
