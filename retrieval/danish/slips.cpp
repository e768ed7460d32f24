#include "retrieval/danish/slips.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "retrieval/danish/dictionary.hpp"

namespace raadbot::danish {
namespace {

constexpr int beyond_repair = 100'000;

constexpr char letter_ae = '\xE6';
constexpr char letter_oe = '\xF8';
constexpr char letter_aa = '\xE5';

bool is_pair(char a, char b, std::string_view pairs) {
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) {
        if ((pairs[i] == a && pairs[i + 1] == b) || (pairs[i] == b && pairs[i + 1] == a)) {
            return true;
        }
    }
    return false;
}

/// The Danish layout: rows, each letter next to its neighbours in its row and the row below.
bool are_neighbours(char a, char b) {
    static constexpr std::array<std::string_view, 3> key_rows = {"qwertyuiop\xE5",
                                                                 "asdfghjkl\xE6\xF8", "zxcvbnm"};
    const auto place = [](char c) -> std::pair<int, int> {
        for (std::size_t row = 0; row < key_rows.size(); ++row) {
            const std::size_t column = key_rows[row].find(c);
            if (column != std::string_view::npos) {
                return {static_cast<int>(row), static_cast<int>(column)};
            }
        }
        return {-9, -9};
    };
    const auto [row_a, column_a] = place(a);
    const auto [row_b, column_b] = place(b);
    if (row_a < 0 || row_b < 0) return false;
    const int rows = row_b - row_a;
    const int columns = column_b - column_a;
    if (rows == 0) return columns == 1 || columns == -1;
    if (rows == 1) return columns == 0 || columns == -1;
    if (rows == -1) return columns == 0 || columns == 1;
    return false;
}

int substitution(char typed, char meant) {
    if (typed == meant) return 0;
    // Plain letters stand for those that a keyboard lacks, never the other way about.
    if ((typed == letter_oe && meant == 'o') ||
        (meant == 'a' && (typed == letter_aa || typed == letter_ae)))
        return SlipCost::other_letter;
    if (is_pair(typed, meant,
                "o\xF8"
                "a\xE5"
                "a\xE6"))
        return SlipCost::accent;
    // e/æ, o/å, y/ø, i/e, g/j, k/c, s/c, s/z, v/w, d/t, b/p, k/g, i/y
    if (is_pair(typed, meant,
                "e\xE6o\xE5y\xF8"
                "e\xF8iegjkcscszvwdtbpkgiy")) {
        return SlipCost::sounds_alike;
    }
    return are_neighbours(typed, meant) ? SlipCost::neighbour_key : SlipCost::other_letter;
}

/// Spellings of one sound, longest first.
struct Sound {
    std::string_view spelt;
    std::string_view heard;
};
constexpr std::array<Sound, 16> sounds{{{"sch", "sk"},
                                        {"hv", "v"},
                                        {"hj", "j"},
                                        {"gj", "g"},
                                        {"kj", "k"},
                                        {"nd", "n"},
                                        {"ld", "l"},
                                        {"rd", "r"},
                                        {"dt", "t"},
                                        {"ph", "f"},
                                        {"th", "t"},
                                        {"ck", "k"},
                                        {"ch", "k"},
                                        {"aa", "o"},
                                        {"x", "ks"},
                                        {"w", "v"}}};

char heard(char letter, char next) {
    switch (letter) {
        case 'c': return next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
        case 'z': return 's';
        case 'q': return 'k';
        case letter_ae: return 'e';
        case letter_aa: return 'o';
        default: return letter;
    }
}

bool is_vowel(char letter) {
    return std::string_view("aeiouy\xE6\xF8\xE5").find(letter) != std::string_view::npos;
}

}  // namespace

int slip_cost_latin1(std::string_view typed, std::string_view meant) {
    std::array<std::array<int, longest_slip_word + 4>, longest_slip_word + 4> cost{};
    const auto gap = [](std::string_view word, std::size_t at) {
        const bool twin = (at > 0 && word[at - 1] == word[at]) ||
                          (at + 1 < word.size() && word[at + 1] == word[at]);
        return twin ? SlipCost::doubled : SlipCost::extra_or_missing;
    };
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        cost[i][0] = cost[i - 1][0] + gap(typed, i - 1) + (i == 1 ? SlipCost::first_letter : 0);
    }
    const auto left_out = [&](std::size_t at) {
        const bool weak = meant[at] == 'e' && at > 1 && at + 1 < meant.size() &&
                          !is_vowel(meant[at - 1]) && !is_vowel(meant[at + 1]);
        return std::min(gap(meant, at), weak ? SlipCost::weak_e : SlipCost::extra_or_missing);
    };
    for (std::size_t j = 1; j <= meant.size(); ++j) {
        cost[0][j] = cost[0][j - 1] + gap(meant, j - 1) + (j == 1 ? SlipCost::first_letter : 0);
    }
    for (std::size_t i = 1; i <= typed.size(); ++i) {
        for (std::size_t j = 1; j <= meant.size(); ++j) {
            const bool first = i == 1 && j == 1;
            const int change = substitution(typed[i - 1], meant[j - 1]);
            const bool penalised = first && change > SlipCost::accent;
            int best = cost[i - 1][j - 1] + change + (penalised ? SlipCost::first_letter : 0);
            best = std::min(best, cost[i - 1][j] + gap(typed, i - 1));
            best = std::min(best, cost[i][j - 1] + left_out(j - 1));
            if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1]) {
                best = std::min(best, cost[i - 2][j - 2] + SlipCost::transposed);
            }
            cost[i][j] = best;
        }
    }
    return cost[typed.size()][meant.size()];
}

int slip_cost(std::string_view typed, std::string_view meant) {
    const auto from = to_latin1(typed);
    const auto to = to_latin1(meant);
    if (!from || !to || from->size() > longest_slip_word || to->size() > longest_slip_word)
        return beyond_repair;
    return slip_cost_latin1(*from, *to);
}

std::string sound_key(std::string_view latin1) {
    std::string key;
    const auto add = [&](char c) {
        if (key.empty() || key.back() != c) key.push_back(c);
    };
    for (std::size_t at = 0; at < latin1.size();) {
        const auto sound = std::find_if(sounds.begin(), sounds.end(), [&](const Sound& one) {
            return latin1.substr(at).starts_with(one.spelt);
        });
        if (sound != sounds.end()) {
            for (const char c : sound->heard) add(c);
            at += sound->spelt.size();
        } else {
            add(heard(latin1[at], at + 1 < latin1.size() ? latin1[at + 1] : '\0'));
            ++at;
        }
    }
    // "lærer", "lære" and "lærre" end alike.
    for (const std::string_view ending : {"rer", "er", "re"}) {
        if (key.size() > ending.size() + 1 && key.ends_with(ending)) {
            key.resize(key.size() - ending.size());
            add('r');
            break;
        }
    }
    return key;
}

std::vector<std::string> with_weak_e(std::string_view folded) {
    const auto word = to_latin1(folded);
    std::vector<std::string> variants;
    if (!word || word->size() > longest_slip_word) return variants;
    bool vowel_before = false;
    for (std::size_t at = 1; at < word->size(); ++at) {
        vowel_before = vowel_before || is_vowel((*word)[at - 1]);
        if (!vowel_before || is_vowel((*word)[at - 1]) || is_vowel((*word)[at])) continue;
        std::string variant = *word;
        variant.insert(at, 1, 'e');
        variants.push_back(from_latin1(variant));
    }
    return variants;
}

std::vector<std::string> undone_slips(std::string_view folded) {
    const auto word = to_latin1(folded);
    std::vector<std::string> slips;
    if (!word || word->size() > longest_slip_word) return slips;
    const auto add = [&](const std::string& latin1) {
        std::string variant = from_latin1(latin1);
        if (variant != folded && std::find(slips.begin(), slips.end(), variant) == slips.end())
            slips.push_back(std::move(variant));
    };
    for (std::size_t at = 0; at < word->size(); ++at) {
        std::string variant = *word;
        variant.erase(at, 1);
        add(variant);
        // Danish doubles consonants only.
        if (!is_vowel((*word)[at])) {
            variant = *word;
            variant.insert(at, 1, (*word)[at]);
            add(variant);
        }
        if (at + 1 == word->size()) break;
        variant = *word;
        std::swap(variant[at], variant[at + 1]);
        add(variant);
    }
    for (std::string& variant : with_weak_e(folded)) {
        if (std::find(slips.begin(), slips.end(), variant) == slips.end())
            slips.push_back(std::move(variant));
    }
    return slips;
}

}  // namespace raadbot::danish
