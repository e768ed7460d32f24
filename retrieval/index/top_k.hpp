// The exact best k passages over several segments, without scoring what cannot be among them.
//
// Document space is cut into windows. In each, block maxima bound what every group of terms can
// add; groups that together stay below the k-th best score so far are only looked up for passages
// that the other groups bring (MaxScore: H. Turtle, J. Flood, 1995; in windows with block maxima:
// S. Ding, T. Suel, SIGIR 2011, and A. Grand et al., "From MaxScore to Block-Max WAND", ECIR 2020).
// Sums are integers: the result equals the exhaustive reference bit for bit. SPEED.md has the
// profile and what each step gave.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "retrieval/index/deletes.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/index/segment.hpp"

namespace raadbot::index {

struct SegmentView {
    std::shared_ptr<const Segment> segment;
    std::shared_ptr<const Deletes> deletes;
};

/// Passages with a score above zero that pass the filter, best first, ties by smaller id, at most
/// k. Thread-safe. Throws DamagedIndex.
[[nodiscard]] std::vector<Hit> search_top_k(std::span<const SegmentView> segments,
                                            const Query& query, const Filter& filter,
                                            std::size_t k);

}  // namespace raadbot::index
