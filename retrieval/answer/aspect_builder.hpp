// Takes a question's words apart into aspects: spelling repaired, lexicon phrases first, then words
// and numbers, each with its role in the question.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/danish/particle_verbs.hpp"
#include "retrieval/danish/section_sought.hpp"

namespace raadbot::answer {

/// Fills a QuestionView's aspects; one builder per question, not thread-safe. `view` and `inputs`
/// must outlive it.
class AspectBuilder {
public:
    AspectBuilder(QuestionView& view, const AspectInputs& inputs)
        : view_(view), inputs_(inputs), sought_(danish::section_sought(view.text)) {}

    /// The text with its words spelled as they were meant.
    [[nodiscard]] std::string repaired_text(std::string_view text) const;
    /// Adds the aspects of `text`.
    void add(std::string_view text, const std::vector<danish::DateMention>& dates,
             const std::vector<danish::BodyMention>& bodies);
    /// What questions like `meant` are answered by, as far as the material uses the words.
    [[nodiscard]] Typical typical(std::string_view meant) const;
    /// A year; an exact one must be said where the answer stands.
    void add_year(int year, bool exact = true);

private:
    using Tokens = std::vector<danish::Token>;
    using Expansions = std::vector<danish::Expansion>;

    /// Spelling first, so that lexicon and frames see the words that were meant.
    [[nodiscard]] Tokens repaired(std::string_view text) const;
    [[nodiscard]] bool in_corpus(std::string_view word) const;
    /// In any form, or all its parts.
    [[nodiscard]] bool is_used(const std::string& word) const;
    [[nodiscard]] float rarity(const std::string& word) const;

    /// Phrases of light words become one aspect and their tokens are taken; others are kept for the
    /// words they hold.
    [[nodiscard]] std::vector<bool> take_phrases(const Tokens& tokens,
                                                 const Expansions& expansions);
    /// In what the asker tells before or after the question.
    [[nodiscard]] bool is_told(const danish::Token& token) const;
    /// "moved here from Poland": where from, of which the material says nothing.
    [[nodiscard]] bool is_origin(const Tokens& tokens, std::size_t position) const;
    /// However long the story, it weighs less than the question.
    void keep_story_small();
    void start_phrase(const danish::Expansion& expansion, const Tokens& tokens);
    void extend(const danish::Expansion& expansion, const Tokens& tokens);
    void add_word(const Tokens& tokens, std::size_t position, const Expansions& expansions);
    /// The Danish word that an English one stands for by itself; nothing when there is none.
    [[nodiscard]] static const std::string* translation(const Expansions& expansions,
                                                        std::size_t position);
    void add_number(const Tokens& tokens, std::size_t position, const Expansions& expansions);
    /// The parted verb whose verb stands there.
    [[nodiscard]] const danish::ParticleVerb* parted_at(std::size_t position) const;
    /// "nedrive", "nedrivning" for "rive ... ned".
    void add_joined_forms(Aspect& aspect, const danish::ParticleVerb& parted) const;
    /// "it-chef" is told by "it" and a "leder": what stands for a compound's head, beside its rest.
    void add_other_heads(Aspect& aspect, const std::vector<std::string>& parts, float weight) const;
    void add_own_forms(Aspect& aspect, const std::string& word, float weight) const;
    /// A body is found by the name that the papers print, however the asker calls it.
    void add_printed_names(Aspect& aspect, std::string_view key) const;
    void add_unless_repeated(Aspect aspect);

    QuestionView& view_;
    const AspectInputs& inputs_;
    danish::SectionSought sought_;
    std::vector<const danish::Expansion*> phrases_;  ///< Of the text being added.
    std::vector<danish::ParticleVerb> parted_;       ///< Of it too.
    std::vector<danish::Span> story_;                ///< Of it, what only tells.
};

}  // namespace raadbot::answer
