// "Hvad er nummeret til sekretariatet?", "mailadressen til løn": answered by the sentence or row
// that names both. Pure.
#pragma once

#include <optional>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/answer/evidence.hpp"

namespace raadbot::answer {

/// The sentence among the candidates that names whom the question would reach and holds a number or
/// an address of the kind asked for; of several as good, with the one that most of them give.
/// Nothing when neither is asked for by name, or no sentence names all.
[[nodiscard]] std::optional<Proof> answer_from_contacts(const QuestionView& question,
                                                        const std::vector<PassageEvidence>& ranked);

}  // namespace raadbot::answer
