// Which files beside exports may be read: the decision for one tree of files (a source's folder, a
// ZIP), from what the exports in it name. Pure; whoever reads the files asks.
//
// A folder with an export answers for everything in it and below it, down to the next export. There
// a file is read only when an export names it as open; one that any export names as closed is never
// read. Meeting papers in other folders are not affected.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

class ExportFiles {
public:
    enum class Verdict {
        free,       ///< No export answers for it: read it as what it is.
        open,       ///< Named as open: read it as `file` says.
        same_text,  ///< The export gives its text already.
        closed,     ///< Named as closed, or not named at all.
    };
    struct Decision {
        Verdict verdict = Verdict::free;
        const NamedFile* file = nullptr;  ///< open only; lives as long as this object.
        std::string reason;               ///< closed only, for the operator.
        bool waits = false;  ///< closed only: its export cannot be read, so what was known stays.
    };

    /// `path` of the export in the tree; `parsed.claim` must not be none. Only its `claim` and
    /// `named` are kept.
    void add(const std::string& path, const Parsed& parsed);
    /// The export could not be read: until it can, nothing new in its folder is.
    void add_unreadable(const std::string& path);

    [[nodiscard]] bool empty() const { return folders_.empty(); }
    /// Whether an export lies in the file's folder or above it.
    [[nodiscard]] bool answers_for(std::string_view path) const;
    [[nodiscard]] Decision decide(std::string_view path) const;

private:
    struct Folder {
        bool index = false;
        bool unreadable = false;
        struct Named {
            NamedFile file;
            std::string by;  ///< The export that names it.
        };
        /// By lower-case path from the tree's top.
        std::multimap<std::string, Named, std::less<>> named;
        std::set<std::string, std::less<>> exports;
    };
    [[nodiscard]] const Folder* folder_of(std::string_view path, std::string& name) const;
    [[nodiscard]] Decision decide_export(std::string_view path) const;

    /// Whether the public may read it, also by the word of an index above its export.
    [[nodiscard]] bool is_open(const Folder::Named& named) const;

    std::map<std::string, Folder, std::less<>> folders_;  ///< "" is the top.
};

/// What a file that an export names becomes: an attachment takes its title and its item from the
/// export, a paper its kind from the index.
void apply_name(const NamedFile& file, Parsed& parsed);

}  // namespace raadbot::ingest
