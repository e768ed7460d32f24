// Little-endian base-128 integers, the last byte without the high bit.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace raadbot::index {

inline void append_varint(std::vector<std::uint8_t>& out, std::uint64_t value) {
    while (value >= 0x80U) {
        out.push_back(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<std::uint8_t>(value));
}

/// Reads from the front of `in` and drops what it read; false (in left empty) when the bytes end or
/// overflow.
[[nodiscard]] inline bool read_varint(std::span<const std::uint8_t>& in, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::size_t used = shift / 7;
        if (used >= in.size()) break;
        const std::uint8_t byte = in[used];
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if ((byte & 0x80U) == 0) {
            in = in.subspan(used + 1);
            return true;
        }
    }
    in = {};
    return false;
}

}  // namespace raadbot::index
