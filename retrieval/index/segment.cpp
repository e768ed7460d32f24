#include "retrieval/index/segment.hpp"

#include <algorithm>

#include "retrieval/index/segment_format.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::index {

namespace format = segment_format;

Result<std::shared_ptr<const Segment>> Segment::open(const std::filesystem::path& file) {
    auto paged = PagedFile::open(file);
    if (!paged) return tl::unexpected(paged.error());
    std::shared_ptr<Segment> segment(new Segment(std::move(*paged)));
    try {
        if (auto read = segment->read(); !read) return tl::unexpected(read.error());
    } catch (const DamagedIndex& damaged) {
        return fail(ErrorCode::corrupt, damaged.what());
    }
    return segment;
}

Segment::Segment(std::shared_ptr<const PagedFile> file) : file_(std::move(file)), words_(file_) {}

Result<void> Segment::read() {
    const auto damaged = [&](const char* what) {
        return fail(ErrorCode::corrupt, damage_message(file_->path(), what));
    };
    if (file_->number(format::format_version) != format::version) {
        return fail(ErrorCode::outdated, outdated_message(file_->path()));
    }
    const std::uint64_t passages = file_->number(format::passage_count);
    const std::uint64_t terms = file_->number(format::term_count);
    const std::uint64_t bits = file_->number(format::bucket_bits);
    ids_ = file_->values<PassageId>(format::passage_ids);
    class_of_ = file_->values<std::uint32_t>(format::passage_classes);
    dates_ = file_->values<std::int32_t>(format::passage_dates);
    keys_ = file_->values<TermKey>(format::term_keys);
    term_values_ = file_->values<std::uint64_t>(format::term_values);
    buckets_ = file_->values<std::uint32_t>(format::term_buckets);
    if (passages > max_segment_passages || bits < 1 || bits > 30 || ids_.size() != passages ||
        class_of_.size() != passages || dates_.size() != passages || keys_.size() != terms ||
        term_values_.size() != terms || buckets_.size() != (std::size_t{1} << bits) + 1) {
        return damaged("section sizes");
    }
    passages_ = static_cast<DocNumber>(passages);
    bucket_bits_ = static_cast<unsigned>(bits);
    file_->check_values<PassageId>(format::passage_ids, 0, passages);
    file_->check_values<std::uint32_t>(format::passage_classes, 0, passages);
    file_->check_values<std::int32_t>(format::passage_dates, 0, passages);
    if (auto read = read_classes(); !read) return read;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
        if ((i > 0 && ids_[i] <= ids_[i - 1]) || class_of_[i] >= classes_.size()) {
            return damaged("passages");
        }
    }
    return {};
}

Result<void> Segment::read_classes() {
    std::span<const std::uint8_t> in =
        file_->bytes(format::facet_classes, 0, file_->section_size(format::facet_classes));
    const auto text = [&](std::string& out) {
        std::uint64_t size = 0;
        if (!read_varint(in, size) || size > in.size()) return false;
        out.assign(reinterpret_cast<const char*>(in.data()), size);
        in = in.subspan(size);
        return true;
    };
    while (!in.empty()) {
        FacetClass facets;
        std::uint64_t kind = 0;
        std::uint64_t paper = 0;
        if (!text(facets.audience) || !text(facets.source) || !text(facets.body_key) ||
            !read_varint(in, kind) || !read_varint(in, paper) || kind > 5 || paper > 2) {
            return fail(ErrorCode::corrupt, damage_message(file_->path(), "facets"));
        }
        facets.kind = static_cast<SourceKind>(kind);
        facets.paper = static_cast<MeetingPaper>(paper);
        classes_.push_back(std::move(facets));
    }
    return {};
}

std::optional<DocNumber> Segment::find(PassageId id) const {
    const auto found = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (found == ids_.end() || *found != id) return std::nullopt;
    return static_cast<DocNumber>(found - ids_.begin());
}

void Segment::throw_damaged() const {
    throw DamagedIndex(damage_message(file_->path(), "inconsistent"));
}

std::optional<std::size_t> Segment::find_term(TermKey key) const {
    if (keys_.empty()) return std::nullopt;
    const auto bucket = static_cast<std::size_t>(key >> (64U - bucket_bits_));
    file_->check_values<std::uint32_t>(format::term_buckets, bucket, 2);
    const std::size_t first = buckets_[bucket];
    const std::size_t last = buckets_[bucket + 1];
    if (first > last || last > keys_.size()) throw_damaged();
    if (first == last) return std::nullopt;
    file_->check_values<TermKey>(format::term_keys, first, last - first);
    const auto begin = keys_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = keys_.begin() + static_cast<std::ptrdiff_t>(last);
    const auto found = std::lower_bound(begin, end, key);
    if (found == end || *found != key) return std::nullopt;
    return static_cast<std::size_t>(found - keys_.begin());
}

std::span<const std::uint8_t> Segment::list_bytes(std::size_t term) const {
    const std::uint64_t begin = term_values_[term];
    std::uint64_t end = file_->section_size(format::postings);
    for (std::size_t next = term + 1; next < term_values_.size(); ++next) {
        file_->check_values<std::uint64_t>(format::term_values, next, 1);
        if ((term_values_[next] & format::single_posting) == 0) {
            end = term_values_[next];
            break;
        }
    }
    if (begin > end) throw_damaged();
    return file_->bytes(format::postings, begin, end - begin);
}

TermKey Segment::key_at(std::size_t term) const {
    file_->check_values<TermKey>(format::term_keys, term, 1);
    return keys_[term];
}

PostingCursor Segment::cursor_at(std::size_t term) const {
    file_->check_values<std::uint64_t>(format::term_values, term, 1);
    const std::uint64_t value = term_values_[term];
    if ((value & format::single_posting) != 0) {
        PostingCursor cursor({static_cast<DocNumber>((value >> 8U) & 0xFFFFFFFFU),
                              static_cast<std::uint8_t>(value & 0xFFU)},
                             passages_);
        if (cursor.damaged()) throw_damaged();
        return cursor;
    }
    PostingCursor cursor(list_bytes(term), passages_);
    if (cursor.damaged()) throw_damaged();
    return cursor;
}

std::optional<PostingCursor> Segment::cursor(TermKey key) const {
    const auto term = find_term(key);
    if (!term) return std::nullopt;
    return cursor_at(*term);
}

std::uint32_t Segment::holding(TermKey key) const {
    const auto term = find_term(key);
    if (!term) return 0;
    file_->check_values<std::uint64_t>(format::term_values, *term, 1);
    if ((term_values_[*term] & format::single_posting) != 0) return 1;
    const std::uint64_t begin = term_values_[*term];
    const std::uint64_t size = file_->section_size(format::postings);
    if (begin >= size) throw_damaged();
    std::span<const std::uint8_t> in =
        file_->bytes(format::postings, begin, std::min<std::uint64_t>(10, size - begin));
    std::uint64_t count = 0;
    const bool sound = read_varint(in, count);
    count >>= 1U;  // The lowest bit tells the form of the list.
    if (!sound || count > passages_) throw_damaged();
    return static_cast<std::uint32_t>(count);
}

}  // namespace raadbot::index
