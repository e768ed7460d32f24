// 128 integers of a few bits each, packed in four lanes so that four are unpacked at once.
//
// Value i lies in lane i % 4; a lane holds its 32 values in order, low bits first. Layout of D.
// Lemire, L. Boytsov, "Decoding billions of integers per second through vectorization", 2015
// (SIMD-BP128). Written with the compiler's vector types: SSE2 or plain code is the baseline; AVX2
// encodings are chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace raadbot::index {

inline constexpr std::size_t block_size = 128;
inline constexpr unsigned max_doc_width = 24;  ///< 128 gaps of 24 bits cannot overflow 32 bits.

using Block = std::uint32_t[block_size];

[[nodiscard]] constexpr std::size_t packed_bytes(unsigned width) { return std::size_t{width} * 16; }
[[nodiscard]] unsigned bits_needed(std::uint32_t value);

/// Appends packed_bytes(width) bytes; every value must fit in `width` <= 24 bits.
void pack(const Block& values, unsigned width, std::vector<std::uint8_t>& out);
/// Reads packed_bytes(width) bytes; width <= 24.
void unpack(const std::uint8_t* in, unsigned width, Block& values);
/// One value of a packed block.
[[nodiscard]] std::uint32_t unpack_one(const std::uint8_t* in, unsigned width, std::size_t i);

/// Gaps minus one -> ascending numbers, the first above `before` (which may be 2^32 - 1 for
/// "none").
void prefix_sum(Block& gaps, std::uint32_t before);

}  // namespace raadbot::index
