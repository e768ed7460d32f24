// What an answer of a special kind reads besides the weighed candidates: more passages by other
// words, whole documents. Always and only what the asker may see.
#pragma once

#include <string_view>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::answer {

/// Borrows all three for its own life.
class Library {
public:
    Library(const store::Store& store, const index::Snapshot& snapshot, const Access& access)
        : store_(store), snapshot_(snapshot), access_(access) {}

    /// The best `most` by these words; of these kinds, or of any.
    [[nodiscard]] std::vector<StoredPassage> find(std::string_view words, std::size_t most,
                                                  std::vector<SourceKind> kinds = {}) const;
    /// All passages of a document, in order.
    [[nodiscard]] std::vector<StoredPassage> document(const DocumentId& id) const;
    [[nodiscard]] const store::Store& store() const { return store_; }
    [[nodiscard]] const Access& access() const { return access_; }

private:
    const store::Store& store_;
    const index::Snapshot& snapshot_;
    const Access& access_;
};

}  // namespace raadbot::answer
