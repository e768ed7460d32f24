// How a question is put: "hvornår skal jeg ..." is mostly answered by what a municipality has
// written, "hvad hedder ..." and "hvem er ..." less often. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/aspects.hpp"

namespace raadbot::answer {

/// "Hvad", "må", "koster": how something is asked, and about nothing. Folded.
[[nodiscard]] bool is_of_form(std::string_view word);

/// The signs of how a question is put, each once and sorted:
/// - its small words ("må", "hvornår", "koster") and its neighbours in pairs, of which every other
///   word is told by what it is to the question only: "må <head>", "i <entity>", "koster #" (a
///   number), "^ hvad" (the first), "<adjunct> $" (the last);
/// - its neighbours as they stand: "for sent", "koster vuggestue";
/// - its words in runs of five characters, whole ones that are shorter: "_pris_", "busse";
/// - how it opens beside each later word: "hvad koster .. pas".
/// Of one that leans on an earlier question only that it does.
/// Needs the roles of its aspects (roles.hpp).
[[nodiscard]] std::vector<std::string> form_of(const QuestionView& question);

/// What the form adds to the log-odds that the material answers (form_weights in weights.hpp).
[[nodiscard]] float form_odds(const std::vector<std::string>& form);

}  // namespace raadbot::answer
