#include "retrieval/index/bit_packing.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace raadbot::index {
namespace {

constexpr std::size_t lanes = 4;
constexpr std::size_t rows = block_size / lanes;
using Vector = std::uint32_t __attribute__((vector_size(16)));

template <unsigned Width, std::size_t Row>
[[gnu::always_inline]] inline void unpack_row(const std::uint8_t* in, std::uint32_t* values) {
    constexpr std::size_t bit = Row * Width;
    constexpr std::size_t word = bit / 32;
    constexpr unsigned shift = bit % 32;
    constexpr std::uint32_t mask = (1U << Width) - 1;
    Vector low;
    std::memcpy(&low, in + word * sizeof(Vector), sizeof low);
    Vector value = low >> shift;
    if constexpr (shift + Width > 32) {
        Vector high;
        std::memcpy(&high, in + (word + 1) * sizeof(Vector), sizeof high);
        value |= high << (32 - shift);
    }
    value &= mask;
    std::memcpy(values + Row * lanes, &value, sizeof value);
}

template <unsigned Width, std::size_t... Row>
[[gnu::always_inline]] inline void unpack_rows(const std::uint8_t* in, std::uint32_t* values,
                                               std::index_sequence<Row...>) {
    if constexpr (Width == 0) {
        std::memset(values, 0, sizeof(Block));
    } else {
        (unpack_row<Width, Row>(in, values), ...);
    }
}

template <unsigned Width>
[[gnu::always_inline]] inline void unpack_width(const std::uint8_t* in, std::uint32_t* values) {
    unpack_rows<Width>(in, values, std::make_index_sequence<rows>{});
}

using Unpack = void (*)(const std::uint8_t*, std::uint32_t*);

template <unsigned Width>
void unpack_baseline(const std::uint8_t* in, std::uint32_t* values) {
    unpack_width<Width>(in, values);
}
template <unsigned... Width>
constexpr std::array<Unpack, sizeof...(Width)> baseline_table(
    std::integer_sequence<unsigned, Width...>) {
    return {unpack_baseline<Width>...};
}
constexpr auto widths = std::make_integer_sequence<unsigned, max_doc_width + 1>{};
constexpr auto baseline = baseline_table(widths);

#if defined(__x86_64__)
template <unsigned Width>
__attribute__((target("avx2"))) void unpack_avx2(const std::uint8_t* in, std::uint32_t* values) {
    unpack_width<Width>(in, values);
}
template <unsigned... Width>
constexpr std::array<Unpack, sizeof...(Width)> avx2_table(
    std::integer_sequence<unsigned, Width...>) {
    return {unpack_avx2<Width>...};
}
constexpr auto avx2 = avx2_table(widths);
#endif

const std::array<Unpack, max_doc_width + 1>& chosen_table() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0) return avx2;
#endif
    return baseline;
}

const std::array<Unpack, max_doc_width + 1>& chosen = chosen_table();

}  // namespace

unsigned bits_needed(std::uint32_t value) { return static_cast<unsigned>(std::bit_width(value)); }

void pack(const Block& values, unsigned width, std::vector<std::uint8_t>& out) {
    std::array<std::uint32_t, lanes * max_doc_width + lanes> words{};
    for (std::size_t i = 0; i < block_size && width > 0; ++i) {
        const std::size_t bit = (i / lanes) * width;
        const std::size_t word = (bit / 32) * lanes + i % lanes;
        const auto shift = static_cast<unsigned>(bit % 32);
        words[word] |= values[i] << shift;
        if (shift + width > 32) words[word + lanes] |= values[i] >> (32 - shift);
    }
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(words.data());
    out.insert(out.end(), bytes, bytes + packed_bytes(width));
}

void unpack(const std::uint8_t* in, unsigned width, Block& values) { chosen[width](in, values); }

std::uint32_t unpack_one(const std::uint8_t* in, unsigned width, std::size_t i) {
    if (width == 0) return 0;
    const std::size_t bit = (i / lanes) * width;
    const std::size_t word = (bit / 32) * lanes + i % lanes;
    const auto shift = static_cast<unsigned>(bit % 32);
    std::uint32_t low = 0;
    std::memcpy(&low, in + word * 4, 4);
    std::uint32_t value = low >> shift;
    if (shift + width > 32) {
        std::uint32_t high = 0;
        std::memcpy(&high, in + (word + lanes) * 4, 4);
        value |= high << (32 - shift);
    }
    return value & ((1U << width) - 1);
}

void prefix_sum(Block& gaps, std::uint32_t before) {
    std::uint32_t value = before;
    for (std::uint32_t& gap : gaps) {
        value += gap + 1;
        gap = value;
    }
}

}  // namespace raadbot::index
