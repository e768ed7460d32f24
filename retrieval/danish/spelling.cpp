#include "retrieval/danish/spelling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "retrieval/danish/dictionary.hpp"
#include "retrieval/danish/slips.hpp"

namespace raadbot::danish {
namespace {

constexpr std::size_t shortest_word = 4;
constexpr std::size_t two_errors_from = 8;  // letters
constexpr std::size_t longest_word = longest_slip_word;

constexpr char letter_ae = '\xE6';
constexpr char letter_oe = '\xF8';
constexpr char letter_aa = '\xE5';

/// Optimal string alignment (Damerau-Levenshtein without overlapping swaps), given up above
/// `limit`.
std::size_t edits(std::string_view a, std::string_view b, std::size_t limit) {
    while (!a.empty() && !b.empty() && a.front() == b.front()) {
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    while (!a.empty() && !b.empty() && a.back() == b.back()) {
        a.remove_suffix(1);
        b.remove_suffix(1);
    }
    std::array<std::array<std::uint8_t, longest_word + 4>, 3> rows{};
    auto* before = &rows[0];
    auto* last = &rows[1];
    auto* row = &rows[2];
    for (std::size_t j = 0; j <= b.size(); ++j) (*last)[j] = static_cast<std::uint8_t>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        (*row)[0] = static_cast<std::uint8_t>(i);
        std::uint8_t least = (*row)[0];
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int same = a[i - 1] == b[j - 1] ? 0 : 1;
            int best = std::min({(*last)[j] + 1, (*row)[j - 1] + 1, (*last)[j - 1] + same});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                best = std::min(best, (*before)[j - 2] + 1);
            }
            (*row)[j] = static_cast<std::uint8_t>(best);
            least = std::min(least, (*row)[j]);
        }
        if (least > limit) return limit + 1;
        std::swap(before, last);
        std::swap(last, row);
    }
    return (*last)[b.size()];
}

/// Bits 0..31: the letter is there; bits 32..63: it is there twice or more.
std::uint64_t letters_of(std::string_view word) {
    std::uint64_t once = 0;
    std::uint64_t twice = 0;
    for (const char c : word) {
        std::uint64_t index = 31;
        if (c >= 'a' && c <= 'z') {
            index = static_cast<std::uint64_t>(c - 'a');
        } else if (c == letter_ae) {
            index = 26;
        } else if (c == letter_oe) {
            index = 27;
        } else if (c == letter_aa) {
            index = 28;
        } else if (c >= '0' && c <= '9') {
            index = 29;
        }
        const std::uint64_t bit = std::uint64_t{1} << index;
        twice |= once & bit;
        once |= bit;
    }
    return once | (twice << 32U);
}

/// More than one or two bits set? (Without the machine's popcount this is faster than counting.)
bool more_bits(std::uint64_t bits, std::size_t limit) {
    bits &= bits - 1;
    if (limit == 2) bits &= bits - 1;
    return bits != 0;
}

std::string without(std::string_view text, std::string_view unwanted) {
    std::string out;
    for (const char c : text) {
        if (unwanted.find(c) == std::string_view::npos) out.push_back(c);
    }
    return out;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string out(text);
    for (std::size_t at = out.find(from); at != std::string::npos;
         at = out.find(from, at + to.size())) {
        out.replace(at, from.size(), to);
    }
    return out;
}

}  // namespace

Speller::Speller(std::unordered_map<std::string, std::uint32_t> vocabulary)
    : vocabulary_(std::move(vocabulary)), by_length_(longest_word + 1) {
    for (const auto& [word, frequency] : vocabulary_) {
        if (word.find('-') != std::string::npos) {
            const std::string*& kept = by_bare_[without(word, "-")];
            if (kept == nullptr || vocabulary_.find(*kept)->second < frequency) kept = &word;
        }
        const auto latin1 = to_latin1(word);
        if (!latin1 || latin1->size() + 1 < shortest_word || latin1->size() > longest_word)
            continue;
        Group& group = by_length_[latin1->size()];
        group.masks.push_back(letters_of(*latin1));
        group.items.push_back({static_cast<std::uint32_t>(letters_.size()), frequency, &word});
        by_sound_[sound_key(*latin1)].push_back(&word);
        letters_.append(*latin1);
    }
}

bool Speller::contains(std::string_view folded) const {
    return vocabulary_.contains(std::string(folded));
}

std::uint32_t Speller::frequency(std::string_view folded) const {
    const auto found = vocabulary_.find(std::string(folded));
    return found == vocabulary_.end() ? 0 : found->second;
}

std::vector<Correction> Speller::correct(std::string_view folded, std::size_t limit) const {
    const auto latin1 = to_latin1(folded);
    if (limit == 0 || !latin1 || latin1->size() < shortest_word || latin1->size() > longest_word ||
        contains(folded)) {
        return {};
    }
    std::vector<Correction> found;
    const auto add = [&](std::string word, double confidence) {
        const bool seen = std::any_of(found.begin(), found.end(),
                                      [&](const Correction& one) { return one.word == word; });
        if (!seen) found.push_back({std::move(word), confidence});
    };
    for (std::string& reading : digraph_readings(folded)) {
        if (contains(reading)) add(std::move(reading), 1.0);
    }
    if (std::string spelled_out = replaced(folded, "å", "aa"); contains(spelled_out)) {
        add(std::move(spelled_out), 1.0);
    }
    for (Correction& one : rejoined(folded)) add(std::move(one.word), one.confidence);
    if (folded.find(' ') == std::string_view::npos) {
        for (Correction& one : similar(*latin1, limit)) add(std::move(one.word), one.confidence);
        if (found.empty() || found.front().confidence < 0.5) {
            // A missing blank between two words, the pair whose rarer word is commonest.
            std::uint32_t best = 0;
            std::string pair;
            for (std::size_t at = 3; at + 3 <= folded.size(); ++at) {
                if ((static_cast<std::uint8_t>(folded[at]) & 0xC0U) == 0x80U) continue;
                const std::uint32_t first = frequency(folded.substr(0, at));
                if (first <= best) continue;
                const std::uint32_t both = std::min(first, frequency(folded.substr(at)));
                if (both <= best) continue;
                best = both;
                pair = std::string(folded.substr(0, at)) + " " + std::string(folded.substr(at));
            }
            if (best > 0) add(std::move(pair), 0.5);
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const Correction& a, const Correction& b) {
        return a.confidence > b.confidence;
    });
    if (found.size() > limit) found.resize(limit);
    return found;
}

/// Hyphens and blanks that should not be there, or hyphens that should.
std::vector<Correction> Speller::rejoined(std::string_view folded) const {
    std::vector<Correction> found;
    const std::string bare = without(folded, "- ");
    if (bare != folded && contains(bare)) found.push_back({bare, 0.95});
    const auto hyphenated = by_bare_.find(bare);
    if (hyphenated != by_bare_.end()) found.push_back({*hyphenated->second, 0.95});
    return found;
}

std::vector<Correction> Speller::similar(std::string_view word, std::size_t limit) const {
    const std::size_t errors = word.size() >= two_errors_from ? 2 : 1;
    const std::uint64_t letters = letters_of(word);
    struct Candidate {
        double rank;
        int cost;
        const std::string* word;
    };
    std::vector<Candidate> candidates;
    const std::size_t longest = std::min(word.size() + errors, longest_word);
    for (std::size_t length = word.size() - errors; length <= longest; ++length) {
        const Group& group = by_length_[length];
        for (std::size_t i = 0; i < group.masks.size(); ++i) {
            const std::uint64_t mask = group.masks[i];
            if (more_bits(mask & ~letters, errors) || more_bits(letters & ~mask, errors)) continue;
            const Item& item = group.items[i];
            const std::string_view other = std::string_view(letters_).substr(item.offset, length);
            if (edits(word, other, errors) > errors) continue;
            const int cost = slip_cost_latin1(word, other);
            const double common = std::log10(1.0 + static_cast<double>(item.frequency));
            candidates.push_back({cost - 28.0 * std::min(common, 4.0), cost, item.word});
        }
    }
    // What sounds alike may be spelt quite differently.
    if (const auto alike = by_sound_.find(sound_key(word)); alike != by_sound_.end()) {
        for (const std::string* other : alike->second) {
            const bool seen = std::any_of(candidates.begin(), candidates.end(),
                                          [&](const Candidate& one) { return one.word == other; });
            if (seen) continue;
            const int cost = std::min(slip_cost_latin1(word, *to_latin1(*other)),
                                      SlipCost::sounds_alike + SlipCost::doubled);
            const double common = std::log10(1.0 + static_cast<double>(frequency(*other)));
            candidates.push_back({cost - 28.0 * std::min(common, 4.0), cost, other});
        }
    }
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
        return a.rank != b.rank ? a.rank < b.rank : *a.word < *b.word;
    });
    if (candidates.size() > limit) candidates.resize(limit);
    std::vector<Correction> found;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const Candidate& one = candidates[i];
        // A long word stands more errors than a short one; a near rival makes each less sure.
        const double size = static_cast<double>(word.size());
        double confidence = one.cost <= SlipCost::doubled ? 1.0 : 1.0 - one.cost / (32.0 * size);
        if (i > 0) confidence = std::min(confidence, found.front().confidence) - 0.05;
        found.push_back({*one.word, std::clamp(confidence, 0.05, 1.0)});
    }
    return found;
}

std::vector<std::string> digraph_readings(std::string_view folded) {
    constexpr std::size_t most_readings = 64;
    std::vector<std::string> readings{""};
    for (std::size_t at = 0; at < folded.size();) {
        const std::string_view pair = folded.substr(at, 2);
        const char* letter = pair == "ae" ? "æ" : pair == "oe" ? "ø" : pair == "aa" ? "å" : nullptr;
        const std::size_t count = readings.size();
        if (letter != nullptr && count * 2 <= most_readings) {
            for (std::size_t i = 0; i < count; ++i) {
                readings.push_back(readings[i] + letter);
                readings[i].append(pair);
            }
            at += 2;
            continue;
        }
        for (std::string& reading : readings) reading.push_back(folded[at]);
        ++at;
    }
    return readings;
}

}  // namespace raadbot::danish
