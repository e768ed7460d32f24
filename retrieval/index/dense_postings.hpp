// The passages that hold a common term: a bit for each passage of the segment, and the impacts in
// order.
//
// From one passage in sixteen on this is hardly larger than packed gaps, a window of it is added
// without decoding, and whether a passage holds the term is one bit: search spends most of its time
// on the commonest words of a question, and mostly asks just that. Windows of 4,096 passages have
// their greatest impact and the number of their first posting in front.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "retrieval/index/posting.hpp"

namespace raadbot::index {

/// A view on the bytes of one list, with the window it looked at last. Whatever the bytes are, it
/// reads only inside them and gives only numbers below `passages`; a window that does not make
/// sense is empty, and `damaged` tells it.
class DensePostings {
public:
    static constexpr DocNumber window = 4096;

    /// Whether a list of `count` of the segment's passages should be written so.
    [[nodiscard]] static bool suits(std::size_t count, DocNumber passages) {
        return count >= 128 && count * 16 >= passages;
    }
    /// Appends everything but the count.
    static void encode(std::span<const DocImpact> postings, DocNumber passages,
                       std::vector<std::uint8_t>& out);

    /// False when the bytes cannot be such a list. They must outlive the view.
    [[nodiscard]] bool read(std::span<const std::uint8_t> bytes, DocNumber passages,
                            std::uint32_t count);
    [[nodiscard]] bool damaged() const { return damaged_; }
    [[nodiscard]] std::uint8_t max_impact() const { return max_impact_; }
    [[nodiscard]] std::uint8_t tenth_impact() const { return tenth_impact_; }
    /// The greatest impact in the windows that [begin, end) touches.
    [[nodiscard]] std::uint8_t bound(DocNumber begin, DocNumber end) const;

    /// Calls use(doc, impact) for each posting in [begin, end).
    template <class Use>
    void for_range(DocNumber begin, DocNumber end, Use use);
    /// sums[doc - begin] += weight * impact for the window that starts at `begin`.
    void add(DocNumber begin, std::uint32_t weight, std::uint32_t* sums);
    /// most[i] = max(most[i], weight * impact of begin + found[i]) for the same window.
    void raise(DocNumber begin, std::span<const std::uint16_t> found, std::uint32_t weight,
               std::uint32_t* most);
    /// The impact of `doc`, or 0.
    [[nodiscard]] std::uint8_t impact_of(DocNumber doc);

private:
    static constexpr std::size_t window_words = window / 64;

    void load(std::size_t number);
    [[nodiscard]] std::uint64_t word(std::size_t i) const {
        std::uint64_t bits = 0;
        std::memcpy(&bits, words_ + i * sizeof bits, sizeof bits);
        return bits;
    }

    DocNumber passages_ = 0;
    std::uint32_t count_ = 0;
    std::size_t windows_ = 0;
    const std::uint8_t* maxima_ = nullptr;
    const std::uint8_t* firsts_ = nullptr;
    const std::uint8_t* words_ = nullptr;  ///< Of the whole list.
    const std::uint8_t* impacts_ = nullptr;
    std::uint8_t max_impact_ = 0;
    std::uint8_t tenth_impact_ = 0;
    bool damaged_ = false;

    // The window at hand: its words that may be read (none when damaged), and before each of them
    // how many postings of the window there are.
    std::size_t loaded_ = ~std::size_t{0};
    std::size_t loaded_words_ = 0;
    const std::uint8_t* window_impacts_ = nullptr;
    std::array<std::uint16_t, window_words> ranks_{};
};

template <class Use>
void DensePostings::for_range(DocNumber begin, DocNumber end, Use use) {
    end = std::min(end, passages_);
    for (DocNumber at = begin; at < end;) {
        load(at / window);
        const DocNumber window_begin = at / window * window;
        const DocNumber window_end = std::min(end, window_begin + window);
        for (std::size_t w = (at - window_begin) / 64;
             w < loaded_words_ && window_begin + w * 64 < window_end; ++w) {
            const std::uint8_t* impact = window_impacts_ + ranks_[w];
            for (std::uint64_t bits = word(window_begin / 64 + w); bits != 0; bits &= bits - 1) {
                const auto doc = static_cast<DocNumber>(
                    window_begin + w * 64 + static_cast<unsigned>(std::countr_zero(bits)));
                if (doc >= at && doc < window_end) use(doc, std::uint32_t{*impact});
                ++impact;
            }
        }
        at = window_end;
    }
}

}  // namespace raadbot::index
