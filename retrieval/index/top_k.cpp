#include "retrieval/index/top_k.hpp"

#include <algorithm>
#include <array>

#include "retrieval/index/filter.hpp"
#include "retrieval/index/window_scan.hpp"

namespace raadbot::index {
namespace {

static_assert(window_size == DensePostings::window);

struct Scored {
    std::uint32_t sum = 0;
    PassageId id = 0;
};
/// Better: greater sum, then smaller id.
bool better(const Scored& a, const Scored& b) {
    return a.sum != b.sum ? a.sum > b.sum : a.id < b.id;
}

/// The best k so far; the worst of them in front.
class Best {
public:
    explicit Best(std::size_t k) : k_(k) { heap_.reserve(std::min<std::size_t>(k, 1024) + 1); }

    /// At least this sum is needed by any passage whose id is `least_id` or greater.
    [[nodiscard]] std::uint32_t needed(PassageId least_id) const {
        std::uint32_t sum = floor_;
        if (heap_.size() == k_) {
            sum = std::max(sum, heap_.front().sum + (least_id > heap_.front().id ? 1U : 0U));
        }
        return sum;
    }
    /// At least k passages are known to reach this sum.
    void raise_floor(std::uint32_t sum) { floor_ = std::max(floor_, sum); }

    void insert(Scored scored) {
        if (heap_.size() == k_) {
            if (!better(scored, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), better);
            heap_.back() = scored;
        } else {
            heap_.push_back(scored);
        }
        std::push_heap(heap_.begin(), heap_.end(), better);
    }
    [[nodiscard]] std::vector<Scored> take() {
        std::sort(heap_.begin(), heap_.end(), better);
        return std::move(heap_);
    }

private:
    std::size_t k_;
    std::uint32_t floor_ = 1;
    std::vector<Scored> heap_;
};

struct Term {
    PostingCursor cursor;
    std::uint32_t weight = 0;
};

struct Group {
    std::size_t first = 0;
    std::size_t last = 0;     ///< Half-open range of terms.
    std::uint32_t bound = 0;  ///< In the current window.
};

/// Memory that a thread reuses from search to search.
struct Workspace {
    alignas(64) std::array<std::uint32_t, window_size> sums{};
    /// Best of the current group, with the group's stamp in the high byte.
    alignas(64) std::array<std::uint32_t, window_size> group_best{};
    std::uint32_t stamp = 0;
    std::array<std::uint16_t, scan_room> found{};
    std::array<std::uint32_t, scan_room> values{};
    std::array<std::uint32_t, window_size> most{};  ///< What a group gives each candidate.
    std::vector<Term> terms;
    std::vector<Group> groups;
};

class SegmentSearch {
public:
    SegmentSearch(const SegmentView& view, const SegmentFilter& filter, Workspace& work, Best& best)
        : segment_(*view.segment),
          deletes_(*view.deletes),
          filter_(filter),
          work_(work),
          best_(best) {}

    void run() {
        for (DocNumber begin = 0; begin < segment_.passages(); begin += window_size) {
            search_window(begin, std::min(begin + window_size, segment_.passages()));
        }
    }

private:
    void search_window(DocNumber begin, DocNumber end) {
        std::uint32_t total = 0;
        for (Group& group : work_.groups) {
            group.bound = 0;
            for (std::size_t t = group.first; t < group.last; ++t) {
                Term& term = work_.terms[t];
                group.bound = std::max(group.bound, term.weight * term.cursor.bound(begin, end));
            }
            total += group.bound;
        }
        std::uint32_t needed = best_.needed(segment_.ids()[begin]);
        if (total < needed) return;
        // Stays nearly sorted from window to window.
        for (std::size_t i = 1; i < work_.groups.size(); ++i) {
            for (std::size_t j = i; j > 0 && work_.groups[j].bound < work_.groups[j - 1].bound;
                 --j) {
                std::swap(work_.groups[j], work_.groups[j - 1]);
            }
        }
        std::size_t essential = 0;
        std::uint32_t optional_bound = 0;
        while (optional_bound + work_.groups[essential].bound < needed) {
            optional_bound += work_.groups[essential].bound;
            ++essential;
        }
        for (std::size_t g = essential; g < work_.groups.size(); ++g) {
            add_group(work_.groups[g], begin, end);
        }
        const std::uint32_t wanted = std::max(1U, needed - optional_bound);
        std::size_t count =
            scan_and_clear(work_.sums.data(), wanted, work_.found.data(), work_.values.data());
        count = drop_hidden(begin, count);
        for (std::size_t g = essential; g-- > 0 && work_.groups[g].bound > 0 && count > 0;) {
            optional_bound -= work_.groups[g].bound;
            count = complete(work_.groups[g], begin, end, count, needed - optional_bound);
        }
        for (std::size_t i = 0; i < count; ++i) {
            best_.insert({work_.values[i], segment_.ids()[begin + work_.found[i]]});
        }
    }

    /// Keeps the candidates that may be shown.
    std::size_t drop_hidden(DocNumber begin, std::size_t count) {
        if (filter_.passes_all() && deletes_.empty()) return count;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const DocNumber doc = begin + work_.found[i];
            if (!filter_.passes(doc) || deletes_.contains(doc)) continue;
            work_.found[kept] = work_.found[i];
            work_.values[kept++] = work_.values[i];
        }
        return kept;
    }

    /// Adds to the candidates what a group gives them and keeps those that reach `wanted`. Few are
    /// looked up; for many it is cheaper to add the whole group to the (empty) sums.
    std::size_t complete(const Group& group, DocNumber begin, DocNumber end, std::size_t count,
                         std::uint32_t wanted) {
        std::uint64_t whole_cost = 0;
        std::uint64_t look_up_cost = 0;
        for (std::size_t t = group.first; t < group.last; ++t) {
            const PostingCursor& cursor = work_.terms[t].cursor;
            whole_cost += cursor.postings_near(end - begin);
            look_up_cost += count * cursor.look_up_cost();
        }
        const bool whole = look_up_cost > whole_cost;
        if (whole) {
            add_group(group, begin, end);
        } else {
            std::fill_n(work_.most.begin(), count, 0U);
            for (std::size_t t = group.first; t < group.last; ++t) {
                Term& term = work_.terms[t];
                term.cursor.raise(begin, {work_.found.data(), count}, term.weight,
                                  work_.most.data());
            }
        }
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint16_t at = work_.found[i];
            const std::uint32_t sum = work_.values[i] + (whole ? work_.sums[at] : work_.most[i]);
            work_.found[kept] = at;
            work_.values[kept] = sum;
            kept += sum >= wanted ? 1 : 0;
        }
        if (whole) work_.sums.fill(0);
        return kept;
    }

    void add_group(const Group& group, DocNumber begin, DocNumber end) {
        std::uint32_t* const sums = work_.sums.data();
        if (group.last == group.first + 1) {
            Term& term = work_.terms[group.first];
            term.cursor.add(begin, end, term.weight, sums);
            return;
        }
        if (work_.stamp == 255) {
            work_.group_best.fill(0);
            work_.stamp = 0;
        }
        const std::uint32_t stamp = ++work_.stamp << 24U;
        std::uint32_t* const group_best = work_.group_best.data();
        for (std::size_t t = group.first; t < group.last; ++t) {
            Term& term = work_.terms[t];
            const std::uint32_t weight = term.weight;
            term.cursor.for_range(begin, end, [=](DocNumber doc, std::uint32_t impact) {
                const std::uint32_t value = stamp | weight * impact;
                std::uint32_t& held = group_best[doc - begin];
                const std::uint32_t before = std::max(held, stamp);
                if (value > before) {
                    sums[doc - begin] += value - before;
                    held = value;
                }
            });
        }
    }

    const Segment& segment_;
    const Deletes& deletes_;
    const SegmentFilter& filter_;
    Workspace& work_;
    Best& best_;
};

/// Opens the query's lists in one segment; false when it holds none of them.
bool open_terms(const Segment& segment, const Query& query, Workspace& work) {
    work.terms.clear();
    work.groups.clear();
    work.terms.reserve(query.terms.size());
    std::uint32_t group = ~0U;
    for (const QueryTerm& term : query.terms) {
        auto cursor = segment.cursor(term.key);
        if (!cursor) continue;
        if (term.group != group || work.groups.empty()) {
            work.groups.push_back({work.terms.size(), work.terms.size(), 0});
            group = term.group;
        }
        work.terms.push_back({*cursor, term.weight});
        work.groups.back().last = work.terms.size();
    }
    return !work.terms.empty();
}

}  // namespace

std::vector<Hit> search_top_k(std::span<const SegmentView> segments, const Query& query,
                              const Filter& filter, std::size_t k) {
    std::vector<Hit> hits;
    if (k == 0 || query.terms.empty()) return hits;
    thread_local const std::unique_ptr<Workspace> work = std::make_unique<Workspace>();
    Best best(k);
    for (const SegmentView& view : segments) {
        const SegmentFilter segment_filter(filter, *view.segment);
        if (segment_filter.passes_none() || !open_terms(*view.segment, query, *work)) continue;
        if (segment_filter.passes_all() && view.deletes->empty() && k <= 10) {
            for (const Term& term : work->terms) {
                best.raise_floor(term.weight * term.cursor.tenth_impact());
            }
        }
        SegmentSearch(view, segment_filter, *work, best).run();
    }
    for (const Scored& scored : best.take()) {
        hits.push_back({scored.id, score_of(query, scored.sum)});
    }
    return hits;
}

}  // namespace raadbot::index
