// An outcome put into words: the reply that all channels show. Pure but for the texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/conversation/texts.hpp"
#include "bot/message.hpp"
#include "retrieval/answer/answer.hpp"

namespace raadbot::bot {

struct WordingInputs {
    const Texts& texts;
    const std::string& municipality;
    const Contact& contact;
    const std::vector<SourceKind>& searched;  ///< Kinds of the sources that were searched.
    std::string pause_reason;
    std::vector<std::string> helpers = {};  ///< Names of the models that had a part in the search.
};

/// Fills everything but answer_id and permalink.
[[nodiscard]] Reply put_into_words(const answer::Outcome& outcome, const WordingInputs& inputs);

/// A neighbour of an answer as the question that asks for it.
[[nodiscard]] std::string suggestion(const Texts& texts, std::string_view language,
                                     const answer::Neighbour& neighbour);

}  // namespace raadbot::bot
