#include "retrieval/index/window_scan.hpp"

#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace raadbot::index {
namespace {

#if defined(__x86_64__)
__attribute__((target("avx2"))) std::size_t scan_and_clear_avx2(std::uint32_t* sums,
                                                                std::uint32_t threshold,
                                                                std::uint16_t* found,
                                                                std::uint32_t* values) {
    const __m256i limit = _mm256_set1_epi32(static_cast<int>(threshold) - 1);
    const __m256i zero = _mm256_setzero_si256();
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < window_size; i += 16) {
        auto* at = reinterpret_cast<__m256i*>(sums + i);
        const __m256i low = _mm256_loadu_si256(at);
        const __m256i high = _mm256_loadu_si256(at + 1);
        const auto reached =
            static_cast<std::uint32_t>(
                _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(low, limit)))) |
            static_cast<std::uint32_t>(
                _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(high, limit))))
                << 8U;
        for (std::uint32_t bits = reached; bits != 0; bits &= bits - 1) {
            const auto index = i + static_cast<std::uint32_t>(__builtin_ctz(bits));
            found[count] = static_cast<std::uint16_t>(index);
            values[count++] = sums[index];
        }
        _mm256_storeu_si256(at, zero);
        _mm256_storeu_si256(at + 1, zero);
    }
    return count;
}
#endif

}  // namespace

std::size_t scan_and_clear_portable(std::uint32_t* sums, std::uint32_t threshold,
                                    std::uint16_t* found, std::uint32_t* values) {
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < window_size; ++i) {
        if (sums[i] >= threshold) {
            found[count] = static_cast<std::uint16_t>(i);
            values[count++] = sums[i];
        }
    }
    std::memset(sums, 0, window_size * sizeof *sums);
    return count;
}

std::size_t scan_and_clear(std::uint32_t* sums, std::uint32_t threshold, std::uint16_t* found,
                           std::uint32_t* values) {
#if defined(__x86_64__)
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2) return scan_and_clear_avx2(sums, threshold, found, values);
#endif
    return scan_and_clear_portable(sums, threshold, found, values);
}

}  // namespace raadbot::index
