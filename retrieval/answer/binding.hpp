// Whether the fact that is asked for belongs to the thing that is asked about. "Hvad koster
// storskrald" is not answered by a price in one sentence and storskrald in the next. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

/// How far each of the question's aspects is covered, 0..1, in the order of QuestionView::aspects.
using Coverage = std::vector<float>;

/// What the words of a question ask for, finer than its type. From the question as it was meant
/// (spelling repaired).
[[nodiscard]] Wanted wanted_by(std::string_view question, danish::QuestionType type, bool money);

/// Told in percent as often as in kroner: taxes and discounts.
[[nodiscard]] bool is_told_in_shares(std::string_view lemma);

/// True when a mark of this kind is a fact of the wanted kind. `money_unit`: a row of a
/// place that speaks of kroner, where a bare number may be a sum.
[[nodiscard]] bool is_wanted(Wanted wanted, Mark::Kind kind, bool money_unit);

/// How a sentence holds the fact that was asked for; neutral values where no kind is asked for.
struct Binding {
    float fact = 0.5F;     ///< 1 when the sentence holds a fact of the wanted kind, else 0.
    float near = 0.5F;     ///< How near the fact stands to what is asked about, 0..1.
    float counted = 0.5F;  ///< "hvor mange elever": 1 when a number counts just them, else 0.
};

/// `around`: what title and headings cover. `own`: what the sentence covers.
[[nodiscard]] Binding binding_of(const QuestionView& question, const PassageView& passage,
                                 const SentenceView& sentence, const Coverage& own,
                                 const Coverage& around);

/// The title names years, and none that was asked about.
[[nodiscard]] bool titled_by_other_year(const QuestionView& question, const PassageView& passage);

/// 1 when the sentence speaks of years, or for want of them its title, and none of them is one that
/// was asked for; else 0.
[[nodiscard]] float speaks_of_other_year(const QuestionView& question, const PassageView& passage,
                                         const SentenceView& sentence);

/// 1 when the sentence of a page (papers of meetings have a date of their own) says dates or years
/// and none of them lies in a time that was asked about: "i januar", "foråret 2028". Else 0.
[[nodiscard]] float speaks_of_other_time(const QuestionView& question, const PassageView& passage,
                                         const SentenceView& sentence);

}  // namespace raadbot::answer
