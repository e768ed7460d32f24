#include "retrieval/index/window_scan.hpp"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace raadbot::index {
namespace {

#if defined(__x86_64__)
// What reached the threshold is kept without a branch: moved to the front of eight lanes, and the
// next step writes over the rest.

/// For each mask of eight lanes the numbers of its set lanes, one a byte, lowest first.
constexpr std::array<std::uint64_t, 256> set_lanes = [] {
    std::array<std::uint64_t, 256> table{};
    for (unsigned mask = 0; mask < 256; ++mask) {
        unsigned count = 0;
        for (unsigned lane = 0; lane < 8; ++lane) {
            if ((mask >> lane & 1U) != 0) table[mask] |= std::uint64_t{lane} << (8 * count++);
        }
    }
    return table;
}();

__attribute__((target("avx2,popcnt"))) std::size_t scan_and_clear_avx2(std::uint32_t* sums,
                                                                       std::uint32_t threshold,
                                                                       std::uint16_t* found,
                                                                       std::uint32_t* values) {
    const __m256i limit = _mm256_set1_epi32(static_cast<int>(threshold) - 1);
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < window_size; i += 8) {
        auto* const at = reinterpret_cast<__m256i*>(sums + i);
        const __m256i own = _mm256_loadu_si256(at);
        _mm256_storeu_si256(at, _mm256_setzero_si256());
        const auto reached = static_cast<unsigned>(
            _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(own, limit))));
        const __m128i lanes = _mm_cvtsi64_si128(static_cast<long long>(set_lanes[reached]));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(values + count),
                            _mm256_permutevar8x32_epi32(own, _mm256_cvtepu8_epi32(lanes)));
        _mm_storeu_si128(
            reinterpret_cast<__m128i*>(found + count),
            _mm_add_epi16(_mm_cvtepu8_epi16(lanes), _mm_set1_epi16(static_cast<short>(i))));
        count += static_cast<unsigned>(__builtin_popcount(reached));
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
