// The passages that hold one term: numbers within the segment, ascending, each with an impact
// of 1..255.
//
// Blocks of 128 (gaps and impacts bit-packed apart), each with its last number and greatest impact
// in front of the list, so that a search skips blocks without reading them (block-max index: S.
// Ding, T. Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011). The last,
// incomplete block is byte-coded. Lists of common terms are written as bits (dense_postings.hpp). A
// term that one passage holds needs no list: the posting sits in the dictionary.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "retrieval/index/bit_packing.hpp"
#include "retrieval/index/dense_postings.hpp"
#include "retrieval/index/posting.hpp"

namespace raadbot::index {

/// Appends the list's bytes. At least two postings, ascending, below `passages`.
void encode_postings(std::span<const DocImpact> postings, DocNumber passages,
                     std::vector<std::uint8_t>& out);

/// Walks one list. Reads only inside `bytes` and gives only numbers below `passages`, ascending,
/// whatever the bytes are; `damaged` tells that they did not make sense.
class PostingCursor {
public:
    /// A list of encode_postings. `bytes` must outlive the cursor.
    PostingCursor(std::span<const std::uint8_t> bytes, DocNumber passages);
    /// A single posting.
    PostingCursor(DocImpact single, DocNumber passages);

    [[nodiscard]] std::uint32_t size() const { return size_; }
    [[nodiscard]] bool damaged() const { return damaged_ || dense_list_.damaged(); }
    [[nodiscard]] std::uint8_t max_impact() const { return max_impact_; }
    /// Impact that at least ten postings reach; 0 in short lists.
    [[nodiscard]] std::uint8_t tenth_impact() const { return tenth_impact_; }

    /// About how many postings a range of so many passages holds, were they spread evenly.
    [[nodiscard]] std::uint64_t postings_near(DocNumber length) const {
        return std::uint64_t{size_} * length / passages_;
    }

    /// The greatest impact that a posting in [begin, end) may have; 0 when there is none. Ranges
    /// must not go back.
    [[nodiscard]] std::uint8_t bound(DocNumber begin, DocNumber end);
    /// Calls use(doc, impact) for each posting in [begin, end). Ranges must not go back.
    template <class Use>
    void for_range(DocNumber begin, DocNumber end, Use use);
    /// sums[doc - begin] += weight * impact for each posting of the window that begins at `begin`
    /// (a multiple of DensePostings::window) and ends at `end`.
    void add(DocNumber begin, DocNumber end, std::uint32_t weight, std::uint32_t* sums);
    /// most[i] = max(most[i], weight * impact of begin + found[i]), ascending, in the same window.
    void raise(DocNumber begin, std::span<const std::uint16_t> found, std::uint32_t weight,
               std::uint32_t* most);
    /// The impact of `doc`, or 0. Within one range any order is allowed.
    [[nodiscard]] std::uint8_t impact_of(DocNumber doc);
    /// Looking a passage up costs about as much as adding so many postings.
    [[nodiscard]] std::uint64_t look_up_cost() const { return dense_ ? 2 : 8; }
    /// All postings, for merging and counting.
    void append_all(std::vector<DocImpact>& out);

private:
    void read(std::span<const std::uint8_t> bytes);
    [[nodiscard]] DocNumber last_of(std::size_t block) const;
    [[nodiscard]] std::uint8_t max_of(std::size_t block) const {
        return full_blocks_ == 0 ? max_impact_ : maxima_[block];
    }
    void load(std::size_t block);
    void load_impacts();
    [[nodiscard]] std::size_t count_of_loaded() const {
        return loaded_ == full_blocks_ ? tail_size_ : block_size;
    }

    bool dense_ = false;
    DensePostings dense_list_;  ///< When dense_; the rest is unused then.

    DocNumber passages_ = 0;
    std::uint32_t size_ = 0;
    std::size_t full_blocks_ = 0;
    std::size_t blocks_ = 0;  ///< full_blocks_, and one more when there is a tail.
    std::size_t tail_size_ = 0;
    const std::uint8_t* lasts_ = nullptr;
    const std::uint8_t* offsets_ = nullptr;
    const std::uint8_t* maxima_ = nullptr;
    std::span<const std::uint8_t> data_;
    std::span<const std::uint8_t> tail_;
    DocNumber tail_last_ = 0;
    std::uint8_t max_impact_ = 0;
    std::uint8_t tenth_impact_ = 0;
    bool damaged_ = false;

    std::size_t at_ = 0;  ///< First block that may hold the current range.
    std::size_t loaded_ = ~std::size_t{0};
    bool impacts_loaded_ = false;
    const std::uint8_t* packed_impacts_ = nullptr;
    unsigned impact_width_ = 0;
    std::uint32_t impact_base_ = 0;
    alignas(64) Block docs_;
    alignas(64) Block impacts_;
};

template <class Use>
void PostingCursor::for_range(DocNumber begin, DocNumber end, Use use) {
    if (dense_) {
        dense_list_.for_range(begin, end, use);
        return;
    }
    while (at_ < blocks_ && last_of(at_) < begin) ++at_;
    for (std::size_t block = at_; block < blocks_; ++block) {
        if (loaded_ != block) load(block);
        if (!impacts_loaded_) load_impacts();
        const std::size_t count = count_of_loaded();
        std::size_t i = 0;
        if (count > 0 && docs_[0] < begin) {
            while (i < count && docs_[i] < begin) ++i;
        }
        if (count > 0 && docs_[count - 1] < end) {
            for (; i < count; ++i) use(docs_[i], impacts_[i]);
            if (docs_[count - 1] + 1 == end) return;
        } else {
            for (; i < count && docs_[i] < end; ++i) use(docs_[i], impacts_[i]);
            return;
        }
    }
}

}  // namespace raadbot::index
