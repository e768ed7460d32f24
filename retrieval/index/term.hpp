// Index terms as 64-bit keys: what a segment's dictionary is sorted by.
//
// A key is a hash of the term's namespace and bytes. With 10 million distinct terms the chance that
// any two share a key is about 3e-6, and the harm one wrongly scored passage; in return a
// dictionary entry has a fixed size and no strings are compared while searching.
#pragma once

#include <cstdint>
#include <string_view>

namespace raadbot::index {

using TermKey = std::uint64_t;

/// Which representation of a text a term belongs to; terms of different spaces never meet.
enum class TermSpace : std::uint8_t {
    word = 1,     ///< Lemmas, numbers, paragraphs, case numbers and the parts of compounds.
    surface = 2,  ///< Folded words as written.
    gram = 3,     ///< Character n-grams of folded words.
    pair = 4,     ///< Two neighbouring content words, hashed into a bounded number of buckets.
};

/// FNV-1a over the bytes with the 64-bit finaliser of MurmurHash3 (both in the public domain):
/// https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-17
[[nodiscard]] constexpr TermKey term_key(TermSpace space, std::string_view text) noexcept {
    std::uint64_t hash = 0xcbf29ce484222325U ^ static_cast<std::uint64_t>(space);
    hash *= 0x100000001b3U;
    for (const char byte : text) {
        hash ^= static_cast<std::uint8_t>(byte);
        hash *= 0x100000001b3U;
    }
    hash ^= hash >> 33U;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33U;
    hash *= 0xc4ceb9fe1a85ec53U;
    hash ^= hash >> 33U;
    return hash;
}

}  // namespace raadbot::index
