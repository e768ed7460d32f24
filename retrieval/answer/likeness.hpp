// How alike a question and a text look, by runs of four letters: it sees inflections, parts of
// compounds and misspelt words that no list of words knows. A sign among others, no proof. Pure.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

/// The runs of four letters of a text's words, hashed, sorted, each once. Words that carry nothing
/// (danish::is_stop_word) are left out; a word's ends count as letters.
class LetterRuns {
public:
    void add(std::string_view text) { add(danish::tokenize(text)); }
    void add(const std::vector<danish::Token>& tokens);
    void add(const LetterRuns& other);
    [[nodiscard]] bool holds(std::uint32_t run) const;
    [[nodiscard]] const std::vector<std::uint32_t>& runs() const noexcept { return runs_; }

private:
    std::vector<std::uint32_t> runs_;
};

/// A question's runs, weighted by how rare they are among the texts that may answer it.
class Likeness {
public:
    explicit Likeness(std::string_view question);
    /// Counts one text among those; before any `of`.
    void note(const LetterRuns& text);
    /// Turns counts into weights.
    void weigh();
    /// 0..1: the weight of the question's runs that any of the texts holds.
    [[nodiscard]] float of(std::initializer_list<const LetterRuns*> texts) const;

private:
    std::vector<std::uint32_t> runs_;
    std::vector<float> weights_;  ///< Counts until weigh().
    float noted_ = 0;
    float total_ = 0;
};

}  // namespace raadbot::answer
