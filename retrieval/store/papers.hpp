// Papers of meetings as the store knows them, for finding those that a newer paper replaces.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// One document of a meeting's paper: the paper itself, an item or an attachment.
struct PaperDocument {
    DocumentId id;
    std::string file;
    std::string meeting_url;  ///< Tells the papers of a source apart.
    std::string body;         ///< As printed.
    Date date{};
    MeetingPaper paper = MeetingPaper::none;
    std::string item_number;  ///< Empty for the paper itself.
    std::string case_number;
    std::string title;
    std::optional<Date> updated;
    std::int64_t file_modified = 0;  ///< 0 when the source has no files with times (the web).
    std::int64_t order = 0;          ///< Later readings have larger numbers.
};

class Papers {
public:
    explicit Papers(Store& store) : store_(store) {}

    /// The largest order so far: what a reading adds has larger ones.
    [[nodiscard]] std::int64_t mark() const;
    /// Documents of all meetings of the source on days from which it holds more than one paper of
    /// a kind; by day, kind, paper.
    [[nodiscard]] std::vector<PaperDocument> rivals(const SourceId& source) const;
    /// A document and the one that tells the same in the newer paper.
    using Successors = std::map<DocumentId, DocumentId>;
    /// The paper goes: answers from documents with a successor are marked as superseded and stand
    /// from now on with the successor: who may see it may see them, and should it be closed they
    /// go; answers from its other documents (the newer paper does not hold them) are deleted.
    /// Should the newer paper go one day, `reread` finds the files. In one transaction.
    void replace(const SourceId& source, const std::vector<PaperDocument>& old,
                 const Successors& successors, const std::string& newer_url, Timestamp now);
    /// Forgets what is known of files whose paper was replaced by one that is no longer there, so
    /// that a folder's next reading takes them again. Returns them, as the store names them.
    std::vector<std::string> reread(const SourceId& source);

private:
    Store& store_;
};

}  // namespace raadbot::store
