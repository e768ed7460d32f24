// "Hvad koster vuggestue, og får man søskenderabat?": two questions asked in one. Pure functions.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "retrieval/answer/answer.hpp"

namespace raadbot::answer {

/// The question taken apart: the first by itself, the second with the first before it. Nothing
/// when it asks once, or when the first cannot be understood without the second ("hvem stemte for,
/// og hvem stemte imod broen?").
[[nodiscard]] std::optional<std::pair<Question, Question>> taken_apart(const Question& question);

/// The first sentences of both, each place one card; a list is kept whole.
[[nodiscard]] Proof joined(const Proof& first, const Proof& second);

}  // namespace raadbot::answer
