#include "bot/conversation/related.hpp"

#include <algorithm>

#include "retrieval/store/relations.hpp"

namespace raadbot::bot {
namespace {

std::string kind_of(store::Related::Kind kind) {
    switch (kind) {
        case store::Related::Kind::agenda: return "agenda";
        case store::Related::Kind::minutes: return "minutes";
        case store::Related::Kind::recording: return "recording";
        case store::Related::Kind::item: return "item";
    }
    return {};
}

}  // namespace

void add_related(Reply& reply, const std::vector<StoredPassage>& shown, const store::Store& store,
                 const answer::Access& access) {
    for (std::size_t at = 0; at < std::min(shown.size(), reply.sources.size()); ++at) {
        for (const store::Related& one : store.related(shown[at])) {
            if (!access.admits(one.source)) continue;
            ReplyLink link{kind_of(one.kind), one.title, one.url, one.second, one.until};
            auto& also = reply.sources[at].also;
            if (std::find(also.begin(), also.end(), link) == also.end())
                also.push_back(std::move(link));
        }
    }
}

}  // namespace raadbot::bot
