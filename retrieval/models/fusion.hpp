// One order out of several that know nothing of each other's scores: by ranks alone.
#pragma once

#include <span>
#include <vector>

#include "retrieval/index/search.hpp"

namespace raadbot::models {

/// Reciprocal rank fusion: each order gives a passage 1 / (60 + its place from 1); the sums decide,
/// ties by place in the first order, then by smaller id. A passage that stands twice in an order
/// counts once. G. Cormack, C. Clarke, S. Buettcher, 2009.
[[nodiscard]] std::vector<PassageId> fuse(std::span<const std::vector<PassageId>> orders);

/// The passages of `order`, at most k, with the scores that those places have in `words`: who reads
/// scores goes on knowing what they mean. Places beyond it fall off slowly below its last.
[[nodiscard]] std::vector<index::Hit> with_scores_of(const std::vector<index::Hit>& words,
                                                     std::span<const PassageId> order,
                                                     std::size_t k);

}  // namespace raadbot::models
