#include "retrieval/index/segment_writer.hpp"

#include <algorithm>
#include <bit>
#include <chrono>

#include "retrieval/index/segment_format.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::index {

namespace format = segment_format;

std::int32_t day_number(const std::optional<Date>& date) {
    if (!date || !date->ok()) return format::no_date;
    return static_cast<std::int32_t>(std::chrono::sys_days(*date).time_since_epoch().count());
}

SegmentWriter::SegmentWriter(FileLayer& files, const std::filesystem::path& file,
                             const PassageTable& passages)
    : out_(files, file), passages_(static_cast<DocNumber>(passages.ids.size())) {
    out_.begin_section(format::passage_ids);
    out_.append_values(std::span<const PassageId>(passages.ids));
    out_.begin_section(format::passage_classes);
    out_.append_values(std::span<const std::uint32_t>(passages.class_of));
    out_.begin_section(format::passage_dates);
    out_.append_values(std::span<const std::int32_t>(passages.dates));
    out_.begin_section(format::facet_classes);
    const auto text = [&](std::string_view value) {
        append_varint(buffer_, value.size());
        buffer_.insert(buffer_.end(), value.begin(), value.end());
    };
    for (const FacetClass& facets : passages.classes) {
        text(facets.audience);
        text(facets.source);
        text(facets.body_key);
        append_varint(buffer_, static_cast<std::uint64_t>(facets.kind));
        append_varint(buffer_, static_cast<std::uint64_t>(facets.paper));
    }
    out_.append(buffer_);
    out_.begin_section(format::postings);
}

void SegmentWriter::add_term(TermKey key, std::span<const DocImpact> postings) {
    if (postings.empty()) return;
    keys_.push_back(key);
    if (postings.size() == 1) {
        values_.push_back(format::single_posting | std::uint64_t{postings[0].doc} << 8U |
                          postings[0].impact);
        return;
    }
    values_.push_back(out_.section_size());
    buffer_.clear();
    encode_postings(postings, passages_, buffer_);
    out_.append(buffer_);
}

bool SegmentWriter::has_term(TermKey key) const {
    return std::binary_search(keys_.begin(), keys_.end(), key);
}

void SegmentWriter::finish_terms() {
    out_.begin_section(format::term_keys);
    out_.append_values(std::span<const TermKey>(keys_));
    out_.begin_section(format::term_values);
    out_.append_values(std::span<const std::uint64_t>(values_));
    // About eight terms a bucket.
    const std::uint64_t wanted = std::bit_width(keys_.size() / 8);
    bucket_bits_ = std::clamp<std::uint64_t>(wanted, 1, 24);
    std::vector<std::uint32_t> buckets((std::size_t{1} << bucket_bits_) + 1);
    std::size_t bucket = 0;
    for (std::size_t term = 0; term < keys_.size(); ++term) {
        const auto own = static_cast<std::size_t>(keys_[term] >> (64U - bucket_bits_));
        while (bucket <= own) buckets[bucket++] = static_cast<std::uint32_t>(term);
    }
    while (bucket < buckets.size()) buckets[bucket++] = static_cast<std::uint32_t>(keys_.size());
    out_.begin_section(format::term_buckets);
    out_.append_values(std::span<const std::uint32_t>(buckets));
    words_.emplace(out_);
}

void SegmentWriter::add_word(std::string_view word, std::uint32_t frequency) {
    if (!words_) finish_terms();
    words_->add(word, frequency);
}

WrittenSegment SegmentWriter::finish() {
    if (!words_) finish_terms();
    words_->finish();
    std::array<std::uint64_t, user_numbers> numbers{};
    numbers[format::format_version] = format::version;
    numbers[format::passage_count] = passages_;
    numbers[format::term_count] = keys_.size();
    numbers[format::bucket_bits] = bucket_bits_;
    numbers[format::word_count] = words_->count();
    WrittenSegment written;
    written.checksum = out_.finish(numbers);
    written.size = out_.file_size();
    written.passages = passages_;
    return written;
}

}  // namespace raadbot::index
