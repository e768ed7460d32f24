// What people ask a town hall in everyday words, and the words of the passage that answers: "må jeg
// have penge i banken når jeg er på kontanthjælp" is answered by "formue". Of any town; no answers.
//
// Data lives in config/lexicon/spoergsmaal/*.tsv: one entry a line, ways to ask parted by '|', then
// a tab and the answer's words parted by commas, the most telling first; '#' begins a comment.
// Immutable; safe from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::danish {

/// An entry that a question is like.
struct TypicalQuestion {
    float likeness = 0;  ///< 0..1: cosine of the words, rare ones counting more.
    /// Each the lemmas of one term, all of which must stand there; the most telling first.
    const std::vector<std::vector<std::string>>* answer_words = nullptr;
};

/// A word that may stand for one of the question's, and how far.
struct StandIn {
    std::string word;  ///< Folded.
    float weight = 0;
};

class TypicalQuestions {
public:
    /// Error: invalid_config naming file and line. A directory that is not there gives no entries.
    [[nodiscard]] static Result<TypicalQuestions> read(const std::filesystem::path& dir);

    /// The entries most like a question, best first, at most `most`; borrowed from this object.
    [[nodiscard]] std::vector<TypicalQuestion> like(std::string_view question,
                                                    const std::vector<StandIn>& stand_ins,
                                                    std::size_t most) const;

    /// Number of entries.
    [[nodiscard]] std::size_t size() const noexcept { return answers_.size(); }

private:
    struct Holding {
        std::uint32_t variant = 0;
        float weight = 0;  ///< Of the word in the variant, before rarity.
    };
    struct Word {
        std::vector<Holding> held_by;
        float rarity = 0;
    };
    struct Variant {
        std::uint32_t entry = 0;
        float length = 0;  ///< Of the vector of its words.
    };

    void add_variant(std::string_view text, std::uint32_t entry);
    void weigh();

    std::vector<std::vector<std::vector<std::string>>> answers_;
    std::vector<Variant> variants_;
    std::map<std::string, Word> words_;
};

}  // namespace raadbot::danish
