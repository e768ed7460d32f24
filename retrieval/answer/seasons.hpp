// Seasons and holidays of a question by the months, weeks and dates that pages print. Pure.
#pragma once

#include "retrieval/answer/aspects.hpp"

namespace raadbot::answer {

/// "i sommerferien", "om vinteren", "i juledagene": pages print the months, weeks or dates of them.
/// Adds those to an aspect that is a season or a holiday by its lemma; leaves others as they are.
/// Weeks are those of Danish schools' holidays (winter: 7-8, summer: 26-32, autumn: 42).
void add_season(Aspect& aspect);

}  // namespace raadbot::answer
