// What goes wrong when a word is typed: how far one spelling is from another, which words sound
// alike, and the commonest slips undone. Words are folded. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

/// Costs of an error, in hundredths of an ordinary wrong letter.
struct SlipCost {
    static constexpr int other_letter = 100;
    static constexpr int extra_or_missing = 85;
    static constexpr int neighbour_key = 70;
    static constexpr int transposed = 60;
    static constexpr int weak_e = 65;  ///< Left out, as it is in speech: "fristn", "kostr".
    static constexpr int sounds_alike = 50;
    static constexpr int doubled = 20;
    static constexpr int accent = 15;
    static constexpr int first_letter = 40;
};

constexpr std::size_t longest_slip_word = 40;  ///< Letters that the measures below can take.

/// Cost of the likeliest slips that make `typed` of `meant`; both Latin-1, at most
/// longest_slip_word letters.
[[nodiscard]] int slip_cost_latin1(std::string_view typed, std::string_view meant);

/// The same for UTF-8; more than any repair may cost when a word is too long or not Latin-1.
[[nodiscard]] int slip_cost(std::string_view typed, std::string_view meant);

/// One key for what sounds alike in Danish or differs in doubled letters only: "bileter" and
/// "billetter", "vidvand" and "hvidvand", "kørre" and "kører". Latin-1.
[[nodiscard]] std::string sound_key(std::string_view latin1);

/// The word with an e between two of its consonants, after the first vowel: "kostr" gives "kosetr"
/// and "koster". UTF-8.
[[nodiscard]] std::vector<std::string> with_weak_e(std::string_view folded);

/// The word with one of the commonest slips undone: two letters swapped, a letter too many, a
/// letter doubled or not, a weak e left out. UTF-8, without doubles; some 3 for each letter.
[[nodiscard]] std::vector<std::string> undone_slips(std::string_view folded);

}  // namespace raadbot::danish
