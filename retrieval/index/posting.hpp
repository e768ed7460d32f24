// One passage that holds a term.
#pragma once

#include <cstdint>

namespace raadbot::index {

using DocNumber = std::uint32_t;  ///< Of a passage within its segment.
inline constexpr DocNumber max_segment_passages = (1U << 24U) - 1;
inline constexpr DocNumber no_doc = ~DocNumber{0};

struct DocImpact {
    DocNumber doc = 0;
    std::uint8_t impact = 0;  ///< 1..255
    friend bool operator==(const DocImpact&, const DocImpact&) = default;
};

}  // namespace raadbot::index
