// A deterministic corpus like Danish council papers: words of the Danish dictionary with Zipf
// frequencies, inflected and compounded, in passages of about 120 words; and questions taken from
// its passages.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace raadbot::bench {

/// xorshift64*: the same numbers everywhere (S. Vigna, 2016).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15U + 1) {}
    std::uint64_t next() {
        state_ ^= state_ >> 12U;
        state_ ^= state_ << 25U;
        state_ ^= state_ >> 27U;
        return state_ * 0x2545f4914f6cdd1dU;
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

private:
    std::uint64_t state_;
};

class Corpus {
public:
    /// Reads the dictionary's word list (hunspell-da); throws std::runtime_error when it is not
    /// there.
    Corpus();
    /// Passage i, always the same: folded words with blanks between them.
    [[nodiscard]] std::string passage(std::uint64_t i) const;
    /// 4-14 neighbouring-ish words of a passage, function words kept.
    [[nodiscard]] std::string question(std::uint64_t i, std::uint64_t passages) const;
    [[nodiscard]] bool is_function_word(const std::string& word) const {
        return function_words_.contains(word);
    }
    /// A content word by Zipf frequency.
    [[nodiscard]] std::string content_word(Random& random) const;

private:
    [[nodiscard]] std::string word(Random& random) const;
    std::vector<std::string> stems_;
    std::vector<double> cumulative_;
    std::unordered_set<std::string> function_words_;
};

}  // namespace raadbot::bench
