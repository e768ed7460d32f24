// What the dictionary's reading and its look-up agree on: the flags of da_DK.aff, how unlikely a
// reading is, how words and endings are hashed. For dictionary*.cpp and inflection.cpp alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace raadbot::danish {

// Flags of da_DK.aff with a meaning to us (its comments name them).
constexpr std::size_t forbidden = 6;
constexpr std::size_t needs_affix = 8;
constexpr std::size_t genitive_flag = 10;
constexpr std::size_t passive_flag = 22;
constexpr std::size_t compound_begin = 32;
constexpr std::size_t only_in_compound = 36;
constexpr std::size_t participle_t = 26;
constexpr std::size_t participle_ende = 27;
constexpr std::size_t adjective_e = 28;
constexpr std::size_t compound_end = 39;  // adds nothing
constexpr std::size_t verbal_noun = 79;

inline bool is_verb_flag(std::size_t flag) {
    return flag == 1 || flag == 20 || flag == 21 || flag == passive_flag || flag == verbal_noun;
}
inline bool is_adjective_flag(std::size_t flag) {
    static constexpr std::array<std::uint8_t, 15> listed = {12, 23, 24, 25, 26, 27, 28, 38,
                                                            40, 41, 42, 49, 59, 77, 78};
    return std::find(listed.begin(), listed.end(), flag) != listed.end();
}
inline bool is_name_flag(std::size_t flag) { return flag == 9 || flag == 43 || flag == 54; }
inline bool is_noun_flag(std::size_t flag) {
    static constexpr std::array<std::uint8_t, 32> listed = {
        2,  3,  4,  5,  7,  11, 13, 14, 15, 18, 19, 44, 45, 46, 47, 48,
        50, 51, 57, 58, 64, 65, 66, 70, 71, 72, 74, 75, 76, 82, 84, 85};
    return std::find(listed.begin(), listed.end(), flag) != listed.end();
}

/// How unlikely a reading is. Measured against nothing: an order of what Danish prose prefers.
/// "lange" is rather the adjective than the fish, "huse" rather houses than to house, "løb" rather
/// the run than ran, and a proper name only what nothing else explains.
struct Cost {
    static constexpr int other_identity = 8;
    static constexpr int irregular = 9;
    static constexpr int adjective_e = 9;
    static constexpr int noun_identity = 10;
    static constexpr int adjective_inflected = 11;
    static constexpr int adjective_identity = 12;
    static constexpr int irregular_verb = 13;
    static constexpr int noun_inflected = 14;
    static constexpr int verb_inflected = 15;
    static constexpr int noun_like_definite = 15;
    static constexpr int noun_like_plural = 15;
    static constexpr int verb_identity = 16;
    static constexpr int participle_inflected = 17;
    static constexpr int genitive = 17;
    static constexpr int passive = 18;
    static constexpr int participle_identity = 19;
    static constexpr int imperative = 22;
    static constexpr int verbal_noun = 26;
    static constexpr int other_like_inflected = 23;
    static constexpr int name = 30;
};

// FNV-1a: letter by letter, so that a beginning's hash leads to the next one's.
constexpr std::uint64_t empty_hash = 14695981039346656037ULL;
inline std::uint64_t with_letter(std::uint64_t hash, char c) {
    return (hash ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
}
inline std::uint64_t finished(std::uint64_t hash) { return hash ^ (hash >> 29U); }

inline std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = empty_hash;
    for (const char c : word) hash = with_letter(hash, c);
    return finished(hash);
}

constexpr std::size_t prefix_bits = std::size_t{1} << 23U;  // Ten for each beginning there is.

inline std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

constexpr std::size_t longest_ending = 8;

/// An ending's letters in one number; Latin-1 letters are never zero, so lengths stay apart.
inline std::uint64_t packed(std::string_view ending) {
    std::uint64_t key = 0;
    for (const char c : ending) key = key << 8U | static_cast<std::uint8_t>(c);
    return key;
}

}  // namespace raadbot::danish
