// Products of quantised vectors: the inner loop of every search among vectors.
//
// Integers all through, so that the portable code and the faster instructions give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace raadbot::vectors {

/// Longest vector whose product with a query (|row| <= 127, |query| <= 2047) fits 31 bits.
inline constexpr std::size_t most_dimensions = 4096;

/// Sum of row[i] * query[i], size <= most_dimensions. Uses the processor's wide instructions when
/// there are some.
[[nodiscard]] std::int32_t dot(const std::int8_t* row, const std::int16_t* query, std::size_t size);
[[nodiscard]] std::int32_t dot(const std::int8_t* row, const std::int8_t* other, std::size_t size);
/// The same without special instructions; for other processors, and for the tests.
[[nodiscard]] std::int32_t dot_portable(const std::int8_t* row, const std::int16_t* query,
                                        std::size_t size);
[[nodiscard]] std::int32_t dot_portable(const std::int8_t* row, const std::int8_t* other,
                                        std::size_t size);

}  // namespace raadbot::vectors
