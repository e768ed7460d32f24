// The snapshot's answer to "may this passage be given?".
#include <algorithm>
#include <vector>

#include "retrieval/index/filter.hpp"
#include "retrieval/index/segment_snapshot.hpp"

namespace raadbot::index {
namespace {

class SegmentGate final : public Gate {
public:
    SegmentGate(std::span<const SegmentView> views, const Filter& filter) {
        for (const SegmentView& view : views) {
            SegmentFilter ready(filter, *view.segment);
            if (!ready.passes_none()) parts_.push_back({&view, std::move(ready), 0});
        }
    }

    [[nodiscard]] bool admits(PassageId id) override {
        for (Part& part : parts_) {
            const auto ids = part.view->segment->ids();
            part.at = seek(ids, part.at, id);
            if (part.at == ids.size() || ids[part.at] != id) continue;
            const auto doc = static_cast<DocNumber>(part.at);
            // One that is deleted here may live in another segment, with other facets.
            if (part.view->deletes->contains(doc)) continue;
            return part.filter.passes(doc);
        }
        return false;
    }

private:
    struct Part {
        const SegmentView* view;
        SegmentFilter filter;
        std::size_t at;  ///< Where the last id was, or would be.
    };

    /// First place whose id is not below `id`: by doubling steps from the last place.
    static std::size_t seek(std::span<const PassageId> ids, std::size_t from, PassageId id) {
        if (from == ids.size() || ids[from] > id) from = 0;
        std::size_t step = 1;
        std::size_t end = from;
        while (end < ids.size() && ids[end] < id) {
            from = end;
            end += step;
            step *= 2;
        }
        const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(from);
        const auto stop = ids.begin() + static_cast<std::ptrdiff_t>(std::min(end, ids.size()));
        return static_cast<std::size_t>(std::lower_bound(begin, stop, id) - ids.begin());
    }

    std::vector<Part> parts_;
};

}  // namespace

std::unique_ptr<Gate> SegmentSnapshot::gate(const Filter& filter) const {
    return std::make_unique<SegmentGate>(segments_, filter);
}

}  // namespace raadbot::index
