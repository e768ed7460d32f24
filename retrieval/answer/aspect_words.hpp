// What aspect_builder.cpp and aspect_words.cpp share of words. Pure; internal to AspectBuilder.
#pragma once

#include <string_view>

#include "retrieval/answer/aspects.hpp"

namespace raadbot::answer {

/// Weight of light words beside full ones.
inline constexpr float light_scale = 0.3F;

/// A word that numbers can name things of: "lokalplan 142", "punkt 4".
[[nodiscard]] bool is_numbered(const danish::Token& token);

/// The official term, and for a compound its parts apart: "byrådsmøde" stands in "byrådets
/// møder".
void add_expansion(Aspect& aspect, const danish::Expansion& expansion);

}  // namespace raadbot::answer
