// How well passages prove an answer: which sentence is the most direct, whether it holds the kind
// of fact that was asked for, and whether it answers at all. Decided before anything is written.
// Pure.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/features.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

struct SentenceEvidence {
    std::size_t index = 0;  ///< Into PassageView::sentences.
    float score = 0;        ///< For choosing among the sentences of all passages.
    bool fits = false;      ///< Holds the kind of fact that the question asks for.
};

struct PassageEvidence {
    std::shared_ptr<const PassageView> view;
    PassageFeatures features;
    float coverage = 0;       ///< 0..1: weighted share of the aspects in text, headings and title.
    float score = 0;          ///< That of the best sentence.
    std::string_view barred;  ///< Why it may not answer, or empty.
    std::vector<SentenceEvidence> sentences;  ///< In order of the text.
    std::size_t best = 0;                     ///< Index into `sentences`.
    DecisionFeatures decision{};
    float confidence = 0;   ///< Log-odds that an answer from here is right.
    bool explains = false;  ///< The best sentence tells the meaning of the term that is asked for.
    /// How much less sure it may be: it explains, or title and headings name all that is asked
    /// about and the very fact that is asked for stands there of nothing else.
    float leniency = 0;
    std::size_t telling = 0;  ///< The best that holds the kind of fact asked for, else `best`.
};

/// Best first; ties keep the candidates' order.
[[nodiscard]] std::vector<PassageEvidence> weigh(const QuestionView& question,
                                                 const std::vector<Candidate>& candidates,
                                                 const Date& today);

/// The best sentence leaves open what the question demands beside its words (see demands.hpp).
[[nodiscard]] bool leaves_unmet(const PassageEvidence& evidence);

/// The decision on one passage. The bar is explained where it stands.
[[nodiscard]] bool is_answer(const PassageEvidence& evidence);

/// The decision on the best place, which may say it in other words than the next one that says all
/// of it. The more is lacking in the first, the surer the next must be: mostly the first is where
/// the answer would stand if there were one.
/// \returns the one of the first two that proves the answer, or the end.
[[nodiscard]] std::vector<PassageEvidence>::iterator proving_place(
    std::vector<PassageEvidence>& best_first);

/// The asker's words that none of the passages covers, for "nothing was found about ...".
[[nodiscard]] std::vector<std::string> uncovered(const QuestionView& question,
                                                 const std::vector<PassageEvidence>& evidence);

}  // namespace raadbot::answer
