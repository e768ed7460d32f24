// A Filter made ready for one segment: a look-up and a comparison for each candidate.
#pragma once

#include <cstdint>
#include <vector>

#include "retrieval/index/search.hpp"
#include "retrieval/index/segment.hpp"

namespace raadbot::index {

class SegmentFilter {
public:
    SegmentFilter(const Filter& filter, const Segment& segment);

    [[nodiscard]] bool passes(DocNumber doc) const {
        if (passes_all_) return true;
        if (allowed_[class_of_[doc]] == 0) return false;
        return !by_date_ || (dates_[doc] >= first_day_ && dates_[doc] <= last_day_);
    }
    [[nodiscard]] bool passes_all() const { return passes_all_; }
    [[nodiscard]] bool passes_none() const { return passes_none_; }

private:
    std::vector<std::uint8_t> allowed_;  ///< By facet class.
    std::span<const std::uint32_t> class_of_;
    std::span<const std::int32_t> dates_;
    std::int32_t first_day_ = 0;
    std::int32_t last_day_ = 0;
    bool by_date_ = false;
    bool passes_all_ = false;
    bool passes_none_ = false;
};

}  // namespace raadbot::index
