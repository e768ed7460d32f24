// How well a passage proves an answer: which of the question's aspects it covers, in which
// sentence, and whether that sentence holds the kind of fact that was asked for. Decides
// "answerable" before anything is written. Pure.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

struct SentenceEvidence {
    std::size_t index = 0;  ///< Into PassageView::sentences.
    float own = 0;          ///< 0..1: weighted share of the aspects in the sentence itself.
    float in_place = 0;     ///< The same with title and headings around it.
    float focus = 1;  ///< 0..1: how far the sentence itself covers what the question word asks for.
    float weakest = 1;       ///< 0..1: the least covered aspect that is not light, in its place.
    bool exact = true;       ///< All numbers, years and names that must match do, in its place.
    bool fits_type = false;  ///< Holds the kind of fact that the question asks for.
    float score = 0;         ///< For choosing among sentences.
};

struct PassageEvidence {
    std::shared_ptr<const PassageView> view;
    float coverage = 0;       ///< 0..1: weighted share of the aspects in text, headings and title.
    float text_coverage = 0;  ///< The same in the text alone.
    float about = 0;          ///< The same in title and headings alone: what the place is about.
    bool type_fits = false;   ///< Some well-covering sentence holds the kind of fact asked for.
    float score = 0;          ///< For choosing among passages.
    std::vector<SentenceEvidence> sentences;  ///< In order of the text.
    std::size_t best = 0;                     ///< Index into `sentences`.
};

/// `search_score` is the hit's score relative to the best hit (0..1): a weak tie-breaker.
[[nodiscard]] PassageEvidence weigh(const QuestionView& question,
                                    std::shared_ptr<const PassageView> view, float search_score);

/// The decision. Thresholds are explained where they stand.
[[nodiscard]] bool is_answer(const QuestionView& question, const PassageEvidence& evidence);

/// True when the sentence's facts are of the kind the question type asks for; types that ask for no
/// special kind are always fitted.
[[nodiscard]] bool fits(const QuestionView& question, const Facts& facts, bool money_unit);

/// The asker's words that none of the passages covers, for "nothing was found about ...".
[[nodiscard]] std::vector<std::string> uncovered(const QuestionView& question,
                                                 const std::vector<PassageEvidence>& evidence);

}  // namespace raadbot::answer
