// CRC-32C (Castagnoli, RFC 3720 appendix B.4): notices every flipped bit and every burst up to 32
// bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace raadbot::index {

/// Checksum of the bytes, continuing from `seed` (0 to begin). Uses the processor's instruction
/// when there is one.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::uint8_t> bytes, std::uint32_t seed = 0);
/// The same by table; for processors without the instruction, and for the tests.
[[nodiscard]] std::uint32_t crc32c_portable(std::span<const std::uint8_t> bytes,
                                            std::uint32_t seed = 0);

}  // namespace raadbot::index
