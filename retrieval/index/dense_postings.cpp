#include "retrieval/index/dense_postings.hpp"

#include <algorithm>
#include <functional>

namespace raadbot::index {
namespace {

std::uint64_t load_u64(const std::uint8_t* in) {
    std::uint64_t value = 0;
    std::memcpy(&value, in, sizeof value);
    return value;
}

std::uint32_t load_u32(const std::uint8_t* in) {
    std::uint32_t value = 0;
    std::memcpy(&value, in, sizeof value);
    return value;
}

// Each of the three loops twice: as it is, and with instructions that find and count bits.

/// Returns how many bits are set in `count` words, and before each of them.
[[gnu::always_inline]] inline std::uint32_t count_bits(const std::uint8_t* words, std::size_t count,
                                                       std::uint16_t* ranks) {
    std::uint32_t rank = 0;
    for (std::size_t w = 0; w < count; ++w) {
        ranks[w] = static_cast<std::uint16_t>(rank);
        rank += static_cast<std::uint32_t>(std::popcount(load_u64(words + w * 8)));
    }
    return rank;
}

[[gnu::always_inline]] inline void add_bits(const std::uint8_t* words, std::size_t count,
                                            const std::uint8_t* impacts, std::uint32_t weight,
                                            std::uint32_t* sums) {
    for (std::size_t w = 0; w < count; ++w, sums += 64) {
        for (std::uint64_t bits = load_u64(words + w * 8); bits != 0; bits &= bits - 1) {
            sums[std::countr_zero(bits)] += weight * *impacts++;
        }
    }
}

[[gnu::always_inline]] inline void raise_found(const std::uint8_t* words, std::size_t count,
                                               const std::uint16_t* ranks,
                                               const std::uint8_t* impacts,
                                               std::span<const std::uint16_t> found,
                                               std::uint32_t weight, std::uint32_t* most) {
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t w = found[i] / 64U;
        if (w >= count) return;
        const std::uint64_t bits = load_u64(words + w * 8);
        const std::uint64_t bit = std::uint64_t{1} << (found[i] % 64U);
        if ((bits & bit) == 0) continue;
        const auto rank = ranks[w] + static_cast<std::uint32_t>(std::popcount(bits & (bit - 1)));
        most[i] = std::max(most[i], weight * impacts[rank]);
    }
}

struct Kernels {
    std::uint32_t (*count_bits)(const std::uint8_t*, std::size_t, std::uint16_t*);
    void (*add_bits)(const std::uint8_t*, std::size_t, const std::uint8_t*, std::uint32_t,
                     std::uint32_t*);
    void (*raise_found)(const std::uint8_t*, std::size_t, const std::uint16_t*, const std::uint8_t*,
                        std::span<const std::uint16_t>, std::uint32_t, std::uint32_t*);
};

constexpr Kernels baseline = {
    [](const std::uint8_t* words, std::size_t count, std::uint16_t* ranks) {
        return count_bits(words, count, ranks);
    },
    [](const std::uint8_t* words, std::size_t count, const std::uint8_t* impacts,
       std::uint32_t weight,
       std::uint32_t* sums) { add_bits(words, count, impacts, weight, sums); },
    [](const std::uint8_t* words, std::size_t count, const std::uint16_t* ranks,
       const std::uint8_t* impacts, std::span<const std::uint16_t> found, std::uint32_t weight,
       std::uint32_t* most) { raise_found(words, count, ranks, impacts, found, weight, most); }};

#if defined(__x86_64__)
__attribute__((target("bmi,popcnt"))) std::uint32_t count_bits_bmi(const std::uint8_t* words,
                                                                   std::size_t count,
                                                                   std::uint16_t* ranks) {
    return count_bits(words, count, ranks);
}
__attribute__((target("bmi,popcnt"))) void add_bits_bmi(const std::uint8_t* words,
                                                        std::size_t count,
                                                        const std::uint8_t* impacts,
                                                        std::uint32_t weight, std::uint32_t* sums) {
    add_bits(words, count, impacts, weight, sums);
}
__attribute__((target("bmi,popcnt"))) void raise_found_bmi(
    const std::uint8_t* words, std::size_t count, const std::uint16_t* ranks,
    const std::uint8_t* impacts, std::span<const std::uint16_t> found, std::uint32_t weight,
    std::uint32_t* most) {
    raise_found(words, count, ranks, impacts, found, weight, most);
}
#endif

Kernels chosen_kernels() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi") != 0 && __builtin_cpu_supports("popcnt") != 0) {
        return {count_bits_bmi, add_bits_bmi, raise_found_bmi};
    }
#endif
    return baseline;
}

const Kernels kernels = chosen_kernels();

}  // namespace

void DensePostings::encode(std::span<const DocImpact> postings, DocNumber passages,
                           std::vector<std::uint8_t>& out) {
    std::vector<std::uint8_t> impacts;
    for (const DocImpact& posting : postings) impacts.push_back(posting.impact);
    std::vector<std::uint8_t> sorted = impacts;
    std::nth_element(sorted.begin(), sorted.begin() + 9, sorted.end(), std::greater<>());
    out.push_back(sorted[9]);
    const std::size_t windows = (passages + window - 1) / window;
    std::vector<std::uint8_t> maxima(windows);
    std::vector<std::uint32_t> firsts(windows);
    std::vector<std::uint64_t> words((passages + 63) / 64);
    for (const DocImpact& posting : postings) {
        const std::size_t own = posting.doc / window;
        maxima[own] = std::max(maxima[own], posting.impact);
        if (own + 1 < windows) ++firsts[own + 1];
        words[posting.doc / 64] |= std::uint64_t{1} << (posting.doc % 64);
    }
    for (std::size_t i = 1; i < windows; ++i) firsts[i] += firsts[i - 1];
    const auto append = [&](const auto& values) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(values.data());
        out.insert(out.end(), bytes, bytes + values.size() * sizeof values[0]);
    };
    append(maxima);
    append(firsts);
    append(words);
    append(impacts);
}

bool DensePostings::read(std::span<const std::uint8_t> bytes, DocNumber passages,
                         std::uint32_t count) {
    passages_ = passages;
    count_ = count;
    windows_ = (std::size_t{passages} + window - 1) / window;
    const std::size_t words = (std::size_t{passages} + 63) / 64;
    if (bytes.size() < 1 + windows_ * 5 + words * 8 + count) return false;
    tenth_impact_ = bytes[0];
    maxima_ = bytes.data() + 1;
    firsts_ = maxima_ + windows_;
    words_ = firsts_ + windows_ * 4;
    impacts_ = words_ + words * 8;
    max_impact_ = *std::max_element(maxima_, maxima_ + windows_);
    return true;
}

void DensePostings::load(std::size_t number) {
    if (loaded_ == number) return;
    loaded_ = number;
    const std::size_t words = (std::size_t{passages_} + 63) / 64;
    loaded_words_ = std::min(window_words, words - number * window_words);
    const std::uint8_t* const own = words_ + number * window_words * 8;
    const std::uint32_t held = kernels.count_bits(own, loaded_words_, ranks_.data());
    const std::uint32_t first = load_u32(firsts_ + number * 4);
    const bool sound =
        first <= count_ && held <= count_ - first &&
        (number + 1 < windows_ ? held == load_u32(firsts_ + (number + 1) * 4) - first
                               : held == count_ - first &&
                                     (passages_ % 64 == 0 ||
                                      load_u64(words_ + (words - 1) * 8) >> (passages_ % 64) == 0));
    window_impacts_ = impacts_ + (sound ? first : 0);
    if (!sound) {
        damaged_ = true;
        loaded_words_ = 0;
    }
}

std::uint8_t DensePostings::bound(DocNumber begin, DocNumber end) const {
    const std::size_t first = begin / window;
    const std::size_t last =
        std::min<std::size_t>((std::size_t{end} + window - 1) / window, windows_);
    std::uint8_t greatest = 0;
    for (std::size_t i = first; i < last; ++i) greatest = std::max(greatest, maxima_[i]);
    return greatest;
}

void DensePostings::add(DocNumber begin, std::uint32_t weight, std::uint32_t* sums) {
    load(begin / window);
    kernels.add_bits(words_ + std::size_t{begin} / 8, loaded_words_, window_impacts_, weight, sums);
}

void DensePostings::raise(DocNumber begin, std::span<const std::uint16_t> found,
                          std::uint32_t weight, std::uint32_t* most) {
    load(begin / window);
    kernels.raise_found(words_ + std::size_t{begin} / 8, loaded_words_, ranks_.data(),
                        window_impacts_, found, weight, most);
}

std::uint8_t DensePostings::impact_of(DocNumber doc) {
    const DocNumber begin = doc / window * window;
    const auto at = static_cast<std::uint16_t>(doc - begin);
    std::uint32_t most = 0;
    raise(begin, std::span(&at, 1), 1, &most);
    return static_cast<std::uint8_t>(most);
}

}  // namespace raadbot::index
