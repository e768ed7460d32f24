// What each aspect of a question is to it: a name, the thing asked for, a circumstance. Pure.
#pragma once

#include <vector>

#include "retrieval/answer/features.hpp"

namespace raadbot::answer {

/// Gives every aspect its role; the candidates tell which words are written as names.
void assign_roles(QuestionView& question, const std::vector<Candidate>& candidates);

}  // namespace raadbot::answer
