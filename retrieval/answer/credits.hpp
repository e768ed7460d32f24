// What a text tells of a question's words without saying them: an age by its range, a month by
// those around it, a deadline by its date; and what it only seems to tell. Pure; internal to the
// measuring of features (features.cpp).
#pragma once

#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/demands.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

/// Asked for in digits.
[[nodiscard]] bool is_number(const Aspect& aspect);

/// The meeting's own year speaks for a text that says none; "Tilskud 2027", met about in 2026, is
/// not 2026's.
void credit_year(const QuestionView& question, const PassageView& view, Coverage& coverage);

/// The papers of a meeting are those of the body that met or decided: "i planudvalget".
void credit_body(const QuestionView& question, const StoredPassage& passage, Coverage& coverage);

/// The sums of "Budget 2026-2029" are those of 2026 where nothing else is said.
void discredit_last_years(const QuestionView& question, const StoredPassage& p, Coverage& title,
                          Coverage& in_headings);

/// Ages, measures and months by the ranges that hold them ("18-66 år", "10-12 m", "april-juni"), a
/// deadline by its date.
void credit_told(const QuestionView& question, const Demands& demands, const SentenceView& sentence,
                 Coverage& coverage);

/// "Modtages kun i Nørrefjord" answers whether it may be brought to Rosted.
void credit_exclusive(const QuestionView& question, const SentenceView& sentence,
                      Coverage& coverage);

/// The row for another is not made the asked one by a word for both. `own`, `place`: what the
/// sentence covers, alone and in its place.
void discredit_others(const QuestionView& question, const PassageView& view,
                      const SentenceView& sentence, Coverage& own, Coverage& place);

}  // namespace raadbot::answer
