#include "retrieval/answer/library.hpp"

#include <string>
#include <utility>

namespace raadbot::answer {

std::vector<StoredPassage> Library::find(std::string_view words, std::size_t most,
                                         std::vector<SourceKind> kinds) const {
    index::Request request;
    request.text = std::string(words);
    request.filter.audiences = access_.audiences;
    request.filter.kinds = std::move(kinds);
    request.top_k = most;
    std::vector<PassageId> ids;
    for (const index::Hit& hit : snapshot_.search(request)) ids.push_back(hit.passage);
    std::vector<StoredPassage> passages = store_.passages(ids);
    std::erase_if(passages, [&](const StoredPassage& p) { return !access_.admits(p); });
    return passages;
}

std::vector<StoredPassage> Library::document(const DocumentId& id) const {
    std::vector<StoredPassage> passages = store_.document_passages(id);
    std::erase_if(passages, [&](const StoredPassage& p) { return !access_.admits(p); });
    return passages;
}

}  // namespace raadbot::answer
