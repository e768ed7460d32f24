// The section and number slots of a segment file. The format is described in FORMAT.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace raadbot::index::segment_format {

inline constexpr std::uint64_t version = 2;

/// Section slots, in the order in which they are written.
enum : std::size_t {
    passage_ids,      ///< u64 each, ascending.
    passage_classes,  ///< u32 each: number of the facet class.
    passage_dates,    ///< i32 each: days since 1970-01-01, or no_date.
    facet_classes,    ///< Distinct (audience, source, kind, body, paper), varint-coded.
    postings,         ///< Lists, in the order of their keys.
    term_keys,        ///< u64 each, ascending.
    term_values,      ///< u64 each: offset in postings, or a single posting.
    term_buckets,  ///< u32 each: first term whose key begins with these bits; one more at the end.
    words,         ///< Folded surface words, front-coded in runs of 16, each with its frequency.
    word_runs,     ///< u32 each: offset of a run in `words`.
    gram_keys,     ///< u64 each, ascending: three code points of 21 bits.
    gram_offsets,  ///< u32 each: offset in gram_lists; one more at the end.
    gram_lists,    ///< How many words, then their numbers as varint gaps.
};

/// Number slots of the trailer.
enum : std::size_t { format_version, passage_count, term_count, bucket_bits, word_count };

inline constexpr std::int32_t no_date = INT32_MIN;
inline constexpr std::uint64_t single_posting = std::uint64_t{1}
                                                << 63U;  ///< Then doc << 8 | impact.
inline constexpr std::size_t words_in_run = 16;

}  // namespace raadbot::index::segment_format
