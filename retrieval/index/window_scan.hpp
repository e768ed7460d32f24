// Finds the accumulators of a window that reach a threshold, and empties the window.
#pragma once

#include <cstddef>
#include <cstdint>

namespace raadbot::index {

inline constexpr std::uint32_t window_size = 4096;

/// Room that `found` and `values` need: the last step may write beyond what it found.
inline constexpr std::size_t scan_room = window_size + 16;

/// Writes the indices with sums[i] >= threshold (1..2^30) to `found`, ascending, and their sums to
/// `values`; sets all sums to zero. Returns how many.
std::size_t scan_and_clear(std::uint32_t* sums, std::uint32_t threshold, std::uint16_t* found,
                           std::uint32_t* values);
/// The same without special instructions; for the tests.
std::size_t scan_and_clear_portable(std::uint32_t* sums, std::uint32_t threshold,
                                    std::uint16_t* found, std::uint32_t* values);

}  // namespace raadbot::index
