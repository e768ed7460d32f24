#include "retrieval/index/postings.hpp"

#include <algorithm>
#include <cstring>

#include "retrieval/index/varint.hpp"

namespace raadbot::index {
namespace {

constexpr std::size_t block_header = 3;  ///< Width of gaps, width of impacts, least impact.

std::uint32_t load_u32(const std::uint8_t* in) {
    std::uint32_t value = 0;
    std::memcpy(&value, in, sizeof value);
    return value;
}

void append_u32(std::vector<std::uint8_t>& out, std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

/// The impacts behind the gaps of an incomplete block: one for all of them, or one each. Empty when
/// cut short.
std::span<const std::uint8_t> tail_impacts(std::span<const std::uint8_t> in, std::size_t count) {
    if (in.empty()) return {};
    if (in.front() != 0) return in.first(1);
    return in.size() > count ? in.subspan(1, count) : std::span<const std::uint8_t>{};
}

void encode_block(std::span<const DocImpact> postings, DocNumber before,
                  std::vector<std::uint8_t>& out) {
    Block gaps;
    Block impacts;
    std::uint32_t widest_gap = 0;
    std::uint8_t least = 255;
    std::uint8_t greatest = 0;
    for (const DocImpact& posting : postings) {
        least = std::min(least, posting.impact);
        greatest = std::max(greatest, posting.impact);
    }
    for (std::size_t i = 0; i < block_size; ++i) {
        gaps[i] = postings[i].doc - before - 1;
        widest_gap |= gaps[i];
        before = postings[i].doc;
        impacts[i] = static_cast<std::uint32_t>(postings[i].impact - least);
    }
    const unsigned gap_width = bits_needed(widest_gap);
    const unsigned impact_width = bits_needed(static_cast<std::uint32_t>(greatest - least));
    out.push_back(static_cast<std::uint8_t>(gap_width));
    out.push_back(static_cast<std::uint8_t>(impact_width));
    out.push_back(least);
    pack(gaps, gap_width, out);
    pack(impacts, impact_width, out);
}

}  // namespace

void encode_postings(std::span<const DocImpact> postings, DocNumber passages,
                     std::vector<std::uint8_t>& out) {
    const bool dense = DensePostings::suits(postings.size(), passages);
    append_varint(out, postings.size() << 1U | (dense ? 1U : 0U));
    if (dense) {
        DensePostings::encode(postings, passages, out);
        return;
    }
    const std::size_t full = postings.size() / block_size;
    const std::span<const DocImpact> tail = postings.subspan(full * block_size);
    if (full > 0) {
        std::vector<std::uint8_t> impacts;
        for (const DocImpact& posting : postings) impacts.push_back(posting.impact);
        std::nth_element(impacts.begin(), impacts.begin() + 9, impacts.end(), std::greater<>());
        out.push_back(impacts[9]);
        std::vector<std::uint8_t> data;
        std::vector<std::uint32_t> offsets;
        DocNumber before = no_doc;
        for (std::size_t block = 0; block < full; ++block) {
            const auto some = postings.subspan(block * block_size, block_size);
            offsets.push_back(static_cast<std::uint32_t>(data.size()));
            encode_block(some, before, data);
            before = some.back().doc;
            append_u32(out, before);
        }
        for (const std::uint32_t offset : offsets) append_u32(out, offset);
        append_u32(out, static_cast<std::uint32_t>(data.size()));
        append_u32(out, tail.empty() ? before : tail.back().doc);
        const auto append_max = [&](std::span<const DocImpact> some) {
            std::uint8_t greatest = 0;
            for (const DocImpact& posting : some) greatest = std::max(greatest, posting.impact);
            out.push_back(greatest);
        };
        for (std::size_t block = 0; block < full; ++block) {
            append_max(postings.subspan(block * block_size, block_size));
        }
        append_max(tail);
        out.insert(out.end(), data.begin(), data.end());
    }
    DocNumber before = full > 0 ? postings[full * block_size - 1].doc : no_doc;
    for (const DocImpact& posting : tail) {
        append_varint(out, posting.doc - before - 1);
        before = posting.doc;
    }
    if (tail.empty()) return;
    const bool same = std::all_of(tail.begin(), tail.end(), [&](const DocImpact& posting) {
        return posting.impact == tail.front().impact;
    });
    out.push_back(same ? tail.front().impact : 0);
    if (same) return;
    for (const DocImpact& posting : tail) out.push_back(posting.impact);
}

PostingCursor::PostingCursor(std::span<const std::uint8_t> bytes, DocNumber passages)
    : passages_(passages) {
    read(bytes);
    if (damaged_) {
        size_ = 0;
        dense_ = false;
        blocks_ = full_blocks_ = tail_size_ = 0;
        max_impact_ = tenth_impact_ = 0;
    }
}

PostingCursor::PostingCursor(DocImpact single, DocNumber passages)
    : passages_(passages), size_(1), blocks_(1), tail_size_(1), tail_last_(single.doc) {
    max_impact_ = single.impact;
    damaged_ = single.doc >= passages || single.impact == 0;
    if (damaged_) {
        size_ = 0;
        blocks_ = tail_size_ = 0;
        return;
    }
    loaded_ = 0;
    impacts_loaded_ = true;
    docs_[0] = single.doc;
    impacts_[0] = single.impact;
}

void PostingCursor::read(std::span<const std::uint8_t> bytes) {
    std::uint64_t size = 0;
    damaged_ = true;
    if (!read_varint(bytes, size)) return;
    dense_ = (size & 1U) != 0;
    size >>= 1U;
    if (size < 2 || size > passages_) return;
    size_ = static_cast<std::uint32_t>(size);
    if (dense_) {
        damaged_ = !dense_list_.read(bytes, passages_, size_);
        max_impact_ = dense_list_.max_impact();
        tenth_impact_ = dense_list_.tenth_impact();
        return;
    }
    full_blocks_ = size_ / block_size;
    tail_size_ = size_ % block_size;
    blocks_ = full_blocks_ + (tail_size_ > 0 ? 1 : 0);
    DocNumber before = no_doc;
    if (full_blocks_ > 0) {
        const std::size_t directory = 1 + full_blocks_ * 9 + 4 + 4 + 1;
        if (bytes.size() < directory) return;
        tenth_impact_ = bytes[0];
        lasts_ = bytes.data() + 1;
        offsets_ = lasts_ + full_blocks_ * 4;
        tail_last_ = load_u32(offsets_ + full_blocks_ * 4 + 4);
        maxima_ = offsets_ + full_blocks_ * 4 + 8;
        const std::size_t data_size = load_u32(offsets_ + full_blocks_ * 4);
        bytes = bytes.subspan(directory);
        if (bytes.size() < data_size) return;
        data_ = bytes.first(data_size);
        bytes = bytes.subspan(data_size);
        for (std::size_t block = 0; block < full_blocks_; ++block) {
            const DocNumber last = load_u32(lasts_ + block * 4);
            if (last >= passages_ || (block > 0 && last <= before)) return;
            before = last;
        }
        for (std::size_t block = 0; block < blocks_; ++block) {
            max_impact_ = std::max(max_impact_, maxima_[block]);
        }
    }
    if (tail_size_ > 0) {
        // Decoded here once: it is short, and its last number bounds the list.
        tail_ = bytes;
        if (full_blocks_ == 0) {
            std::uint64_t last = no_doc;
            std::span<const std::uint8_t> rest = bytes;
            for (std::size_t i = 0; i < tail_size_; ++i) {
                std::uint64_t gap = 0;
                if (!read_varint(rest, gap) || gap >= passages_) return;
                last = (last + gap + 1) & 0xFFFFFFFFU;
                if (last >= passages_) return;
            }
            const auto impacts = tail_impacts(rest, tail_size_);
            if (impacts.empty()) return;
            tail_last_ = static_cast<DocNumber>(last);
            for (const std::uint8_t one : impacts) max_impact_ = std::max(max_impact_, one);
        } else if (tail_last_ >= passages_ || tail_last_ <= before) {
            return;
        }
    }
    damaged_ = false;
}

DocNumber PostingCursor::last_of(std::size_t block) const {
    return block < full_blocks_ ? load_u32(lasts_ + block * 4) : tail_last_;
}

void PostingCursor::load(std::size_t block) {
    loaded_ = block;
    const DocNumber before = block == 0 ? no_doc : last_of(block - 1);
    if (block < full_blocks_) {
        impacts_loaded_ = false;
        const std::size_t offset = load_u32(offsets_ + block * 4);
        const std::uint8_t* in = nullptr;
        unsigned gap_width = max_doc_width + 1;
        if (offset + block_header <= data_.size()) {
            in = data_.data() + offset;
            gap_width = in[0];
            impact_width_ = in[1];
            impact_base_ = in[2];
        }
        if (gap_width > max_doc_width || impact_width_ > 8 ||
            offset + block_header + packed_bytes(gap_width) + packed_bytes(impact_width_) >
                data_.size()) {
            damaged_ = true;
        } else {
            unpack(in + block_header, gap_width, docs_);
            packed_impacts_ = in + block_header + packed_bytes(gap_width);
            prefix_sum(docs_, before);
            // Gaps of at most 24 bits cannot wrap, so ending right means ascending within bounds.
            if (docs_[block_size - 1] == last_of(block)) return;
            damaged_ = true;
        }
        // Damage behind a right checksum: keep the promises (in bounds, ascending) with harmless
        // numbers.
        impact_width_ = 0;
        impact_base_ = 0;
        packed_impacts_ = data_.data();
        for (std::uint32_t& doc : docs_) doc = last_of(block);
        return;
    }
    impacts_loaded_ = true;
    std::span<const std::uint8_t> rest = tail_;
    DocNumber doc = before;
    bool sound = true;
    for (std::size_t i = 0; i < tail_size_; ++i) {
        std::uint64_t gap = 0;
        sound = sound && read_varint(rest, gap) && gap < passages_;
        doc += static_cast<DocNumber>(gap) + 1;
        sound = sound && doc < passages_;
        docs_[i] = sound ? doc : tail_last_;
    }
    const auto impacts = tail_impacts(rest, tail_size_);
    sound = sound && !impacts.empty() && docs_[tail_size_ - 1] == tail_last_;
    for (std::size_t i = 0; i < tail_size_; ++i) {
        impacts_[i] = sound ? impacts[impacts.size() == 1 ? 0 : i] : 0;
        if (!sound) docs_[i] = tail_last_;
    }
    if (!sound) damaged_ = true;
}

void PostingCursor::load_impacts() {
    unpack(packed_impacts_, impact_width_, impacts_);
    for (std::uint32_t& value : impacts_) value = (value + impact_base_) & 0xFFU;
    impacts_loaded_ = true;
}

std::uint8_t PostingCursor::bound(DocNumber begin, DocNumber end) {
    if (dense_) return dense_list_.bound(begin, end);
    while (at_ < blocks_ && last_of(at_) < begin) ++at_;
    std::uint8_t greatest = 0;
    for (std::size_t block = at_; block < blocks_; ++block) {
        greatest = std::max(greatest, max_of(block));
        if (last_of(block) + 1 >= end) break;
    }
    return greatest;
}

void PostingCursor::add(DocNumber begin, DocNumber end, std::uint32_t weight, std::uint32_t* sums) {
    if (dense_) {
        dense_list_.add(begin, weight, sums);
        return;
    }
    for_range(begin, end,
              [=](DocNumber doc, std::uint32_t impact) { sums[doc - begin] += weight * impact; });
}

void PostingCursor::raise(DocNumber begin, std::span<const std::uint16_t> found,
                          std::uint32_t weight, std::uint32_t* most) {
    if (dense_) {
        dense_list_.raise(begin, found, weight, most);
        return;
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        most[i] = std::max(most[i], weight * impact_of(begin + found[i]));
    }
}

std::uint8_t PostingCursor::impact_of(DocNumber doc) {
    if (dense_) return dense_list_.impact_of(doc);
    std::size_t block = at_;
    while (block < blocks_ && last_of(block) < doc) ++block;
    if (block == blocks_) return 0;
    if (loaded_ != block) load(block);
    const std::size_t count = count_of_loaded();
    const std::uint32_t* found = std::lower_bound(docs_, docs_ + count, doc);
    if (found == docs_ + count || *found != doc) return 0;
    const auto i = static_cast<std::size_t>(found - docs_);
    if (impacts_loaded_) return static_cast<std::uint8_t>(impacts_[i]);
    return static_cast<std::uint8_t>(
        (unpack_one(packed_impacts_, impact_width_, i) + impact_base_) & 0xFFU);
}

void PostingCursor::append_all(std::vector<DocImpact>& out) {
    if (dense_) {
        dense_list_.for_range(0, passages_, [&](DocNumber doc, std::uint32_t impact) {
            out.push_back({doc, static_cast<std::uint8_t>(impact)});
        });
        return;
    }
    for (std::size_t block = 0; block < blocks_; ++block) {
        if (loaded_ != block) load(block);
        if (!impacts_loaded_) load_impacts();
        for (std::size_t i = 0; i < count_of_loaded(); ++i) {
            out.push_back({docs_[i], static_cast<std::uint8_t>(impacts_[i])});
        }
    }
}

}  // namespace raadbot::index
