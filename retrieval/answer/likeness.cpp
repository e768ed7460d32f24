#include "retrieval/answer/likeness.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace raadbot::answer {
namespace {

constexpr std::size_t run_length = 4;

/// FNV-1a, 32 bits (Fowler, Noll, Vo): two runs that meet in one number only cost a little.
std::uint32_t hash_of(std::string_view run) {
    std::uint32_t hash = 2166136261U;
    for (const char c : run) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    return hash;
}

void sort_once(std::vector<std::uint32_t>& runs) {
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

}  // namespace

void LetterRuns::add(const std::vector<danish::Token>& tokens) {
    std::vector<std::size_t> letters;
    for (const danish::Token& token : tokens) {
        if (token.text.size() < 2 || danish::is_stop_word(token.text)) continue;
        const std::string word = '_' + token.text + '_';
        letters.clear();
        for (std::size_t i = 0; i < word.size(); ++i) {
            if ((static_cast<unsigned char>(word[i]) & 0xC0U) != 0x80U) letters.push_back(i);
        }
        letters.push_back(word.size());
        const std::size_t count = letters.size() - 1;
        const std::size_t length = std::min(run_length, count);
        for (std::size_t i = 0; i + length <= count; ++i) {
            runs_.push_back(hash_of(
                std::string_view(word).substr(letters[i], letters[i + length] - letters[i])));
        }
    }
    sort_once(runs_);
}

void LetterRuns::add(const LetterRuns& other) {
    runs_.insert(runs_.end(), other.runs_.begin(), other.runs_.end());
    sort_once(runs_);
}

bool LetterRuns::holds(std::uint32_t run) const {
    return std::binary_search(runs_.begin(), runs_.end(), run);
}

Likeness::Likeness(std::string_view question) {
    LetterRuns own;
    own.add(question);
    runs_ = own.runs();
    weights_.resize(runs_.size());
}

void Likeness::note(const LetterRuns& text) {
    for (std::size_t i = 0; i < runs_.size(); ++i)
        weights_[i] += text.holds(runs_[i]) ? 1.0F : 0.0F;
    ++noted_;
}

void Likeness::weigh() {
    for (float& weight : weights_) {
        const float idf = std::log((noted_ + 1.0F) / (weight + 0.5F));
        weight = idf * idf;
        total_ += weight;
    }
}

float Likeness::of(std::initializer_list<const LetterRuns*> texts) const {
    if (total_ <= 0) return 0;
    float held = 0;
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        const bool found = std::any_of(texts.begin(), texts.end(), [&](const LetterRuns* text) {
            return text != nullptr && text->holds(runs_[i]);
        });
        if (found) held += weights_[i];
    }
    return held / total_;
}

}  // namespace raadbot::answer
