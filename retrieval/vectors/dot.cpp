#include "retrieval/vectors/dot.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace raadbot::vectors {
namespace {

template <class Other>
std::int32_t sum_of_products(const std::int8_t* row, const Other* other, std::size_t size) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += std::int32_t{row[i]} * std::int32_t{other[i]};
    return sum;
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) __m256i widened(const std::int8_t* at) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(at)));
}
__attribute__((target("avx2"))) __m256i widened(const std::int16_t* at) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

template <class Other>
__attribute__((target("avx2"))) std::int32_t dot_avx2(const std::int8_t* row, const Other* other,
                                                      std::size_t size) {
    // Two sums, so that one addition need not wait for the other.
    __m256i first = _mm256_setzero_si256();
    __m256i second = _mm256_setzero_si256();
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        first = _mm256_add_epi32(first, _mm256_madd_epi16(widened(row + i), widened(other + i)));
        second = _mm256_add_epi32(
            second, _mm256_madd_epi16(widened(row + i + 16), widened(other + i + 16)));
    }
    const __m256i both = _mm256_add_epi32(first, second);
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01'00'11'10));
    four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b10'11'00'01));
    return _mm_cvtsi128_si32(four) + sum_of_products(row + i, other + i, size - i);
}
#endif

template <class Other>
std::int32_t dot_of(const std::int8_t* row, const Other* other, std::size_t size) {
#if defined(__x86_64__)
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2) return dot_avx2(row, other, size);
#endif
    return sum_of_products(row, other, size);
}

}  // namespace

std::int32_t dot(const std::int8_t* row, const std::int16_t* query, std::size_t size) {
    return dot_of(row, query, size);
}
std::int32_t dot(const std::int8_t* row, const std::int8_t* other, std::size_t size) {
    return dot_of(row, other, size);
}
std::int32_t dot_portable(const std::int8_t* row, const std::int16_t* query, std::size_t size) {
    return sum_of_products(row, query, size);
}
std::int32_t dot_portable(const std::int8_t* row, const std::int8_t* other, std::size_t size) {
    return sum_of_products(row, other, size);
}

}  // namespace raadbot::vectors
