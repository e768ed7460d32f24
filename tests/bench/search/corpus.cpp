#include "tests/bench/search/corpus.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string_view>

namespace raadbot::bench {
namespace {

/// By falling frequency in Danish running text; together about two words in five.
constexpr std::array<std::string_view, 60> function_words = {
    "og",   "i",     "at",     "det",    "er",    "en",   "til",   "på",  "for",     "af",
    "der",  "de",    "den",    "som",    "med",   "har",  "ikke",  "et",  "om",      "vi",
    "jeg",  "kan",   "skal",   "vil",    "så",    "fra",  "men",   "ved", "også",    "blev",
    "var",  "eller", "efter",  "når",    "hvor",  "hvis", "sig",   "han", "over",    "under",
    "hvad", "mod",   "bliver", "denne",  "dette", "være", "have",  "ud",  "op",      "da",
    "man",  "os",    "alle",   "mellem", "nu",    "kun",  "inden", "ind", "hvordan", "deres"};
constexpr double function_share = 0.42;
constexpr double compound_share = 0.08;
constexpr double inflected_share = 0.35;

bool plain_letters(std::string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (c >= 'a' && c <= 'z') continue;
        // æ ø å are C3 A6, C3 B8, C3 A5.
        if (c == '\xC3' && i + 1 < word.size() &&
            (word[i + 1] == '\xA6' || word[i + 1] == '\xB8' || word[i + 1] == '\xA5')) {
            ++i;
            continue;
        }
        return false;
    }
    return true;
}

}  // namespace

Corpus::Corpus() {
    std::ifstream in("/usr/share/hunspell/da_DK.dic");
    if (!in) throw std::runtime_error("/usr/share/hunspell/da_DK.dic: install hunspell-da");
    for (const std::string_view word : function_words) function_words_.emplace(word);
    std::string line;
    while (std::getline(in, line)) {
        std::string word = line.substr(0, line.find_first_of("/ \t\r"));
        if (word.size() < 3 || word.size() > 14 || !plain_letters(word)) continue;
        if (!function_words_.contains(word)) stems_.push_back(std::move(word));
    }
    std::sort(stems_.begin(), stems_.end());
    stems_.erase(std::unique(stems_.begin(), stems_.end()), stems_.end());
    Random random(7);
    for (std::size_t i = stems_.size(); i > 1; --i)
        std::swap(stems_[i - 1], stems_[random.below(i)]);
    // Zipf-Mandelbrot.
    double sum = 0;
    for (std::size_t rank = 0; rank < stems_.size(); ++rank) {
        sum += 1 / std::pow(static_cast<double>(rank) + 30, 1.45);
        cumulative_.push_back(sum);
    }
}

std::string Corpus::content_word(Random& random) const {
    // Compounds are made of the commoner words.
    constexpr std::size_t compounding = 2500;
    const auto stem = [&](std::size_t among) -> const std::string& {
        const double point = random.unit() * cumulative_[among - 1];
        const auto at = std::lower_bound(cumulative_.begin(), cumulative_.end(), point);
        return stems_[std::min(static_cast<std::size_t>(at - cumulative_.begin()),
                               stems_.size() - 1)];
    };
    std::string made;
    if (random.unit() < compound_share) {
        made = stem(compounding);
        if (made.size() % 3 == 0) made += 's';
        made += stem(compounding);
    } else {
        made = stem(stems_.size());
    }
    if (random.unit() < inflected_share) {
        // A noun has its own gender and plural.
        static constexpr std::array<std::string_view, 4> endings = {"en", "et", "er", "e"};
        const std::size_t own = made.size() % endings.size();
        made += random.below(4) == 0 ? std::string_view("s") : endings[own];
    }
    return made;
}

std::string Corpus::word(Random& random) const {
    if (random.unit() >= function_share) return content_word(random);
    // Among themselves they fall like 1 / (rank + 2).
    const double skewed = std::pow(random.unit(), 2.2);
    return std::string(function_words[static_cast<std::size_t>(
        skewed * static_cast<double>(function_words.size()))]);
}

std::string Corpus::passage(std::uint64_t i) const {
    Random random(1000 + i);
    for (int warm = 0; warm < 4; ++warm) random.next();
    std::string text;
    const std::uint64_t words = 80 + random.below(81);
    // A passage stays with a few topic words.
    std::array<std::string, 3> topic;
    for (std::string& one : topic) one = content_word(random);
    for (std::uint64_t w = 0; w < words; ++w) {
        if (w > 0) text += ' ';
        text += random.below(25) == 0 ? topic[random.below(topic.size())] : word(random);
    }
    return text;
}

std::string Corpus::question(std::uint64_t i, std::uint64_t passages) const {
    Random random(99'000'000 + i);
    for (int warm = 0; warm < 4; ++warm) random.next();
    const std::string text = passage(random.below(passages));
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    const std::uint64_t length = 4 + random.below(11);
    const std::uint64_t first = random.below(words.size() - length);
    std::string question;
    for (std::uint64_t w = 0; w < length; ++w) {
        if (w > 0) question += ' ';
        question += words[first + w];
    }
    return question;
}

}  // namespace raadbot::bench
