// Who may see what, today: the one place where audience and source state meet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::answer {

struct Access {
    std::vector<Audience> audiences;  ///< Widened.
    std::vector<SourceId> usable;  ///< Approved, in date, and of an audience that the asker holds.
    Date today{};
    std::vector<DocumentId> unproven;  ///< Curated answers whose proof may not be used; sorted.

    [[nodiscard]] bool admits(const SourceId& source) const;
    [[nodiscard]] bool admits(const StoredPassage& passage) const;
};

[[nodiscard]] Access access_of(const Question& question, const store::Store& store);

}  // namespace raadbot::answer
