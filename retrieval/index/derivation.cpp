#include "retrieval/index/derivation.hpp"

#include <array>

namespace raadbot::index {
namespace {

constexpr std::size_t least_stem = 4;  ///< Bytes; fewer letters mean too little.

bool is_vowel(char c) {
    constexpr std::string_view vowels = "aeiouy";
    // Continuation bytes end the two-byte letters, of which the Danish ones are vowels.
    return vowels.find(c) != std::string_view::npos || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool strip(std::string& word, std::string_view ending) {
    if (!word.ends_with(ending) || word.size() < ending.size() + least_stem) return false;
    word.resize(word.size() - ending.size());
    return true;
}

}  // namespace

std::string derivation_stem(std::string_view lemma) {
    std::string word(lemma);
    // Longer endings first; each names a noun, verb or adjective made of the same root.
    constexpr std::array<std::string_view, 12> endings = {"isering", "isere", "ition", "ation",
                                                          "ering",   "itet",  "else",  "tion",
                                                          "ere",     "hed",   "ing",   "e"};
    bool stripped = false;
    for (const std::string_view ending : endings) {
        if (strip(word, ending)) {
            stripped = true;
            break;
        }
    }
    if (!stripped && lemma.size() < least_stem + 1) return word;
    // "udskriv-n-ing" beside "udskriv-e": the joint n of "-ning" goes after a consonant.
    const std::size_t size = word.size();
    if (size > least_stem && word[size - 1] == 'n' && !is_vowel(word[size - 2])) word.pop_back();
    // "indsætt-e", "indsætt-else" beside "indsæt".
    const std::size_t left = word.size();
    if (left > least_stem && word[left - 1] == word[left - 2] && !is_vowel(word[left - 1])) {
        word.pop_back();
    }
    return word;
}

}  // namespace raadbot::index
