#include "retrieval/answer/access.hpp"

#include <algorithm>

#include "retrieval/danish/dates.hpp"

namespace raadbot::answer {

bool Access::admits(const SourceId& source) const {
    return std::binary_search(usable.begin(), usable.end(), source);
}

bool Access::admits(const StoredPassage& passage) const {
    if (passage.expires && *passage.expires < today) return false;
    return admits(passage.source);
}

Access access_of(const Question& question, const store::Store& store) {
    Access access;
    access.audiences = widen(question.audiences);
    access.today = danish::copenhagen_date(question.now);
    for (const sources::Source& source : store.all_sources()) {
        if (sources::effective_state(source, access.today) != sources::State::approved) continue;
        if (!std::binary_search(access.audiences.begin(), access.audiences.end(), source.audience))
            continue;
        access.usable.push_back(source.id);
    }
    std::sort(access.usable.begin(), access.usable.end());
    return access;
}

}  // namespace raadbot::answer
