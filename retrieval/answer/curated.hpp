// Which curated answer, if any, a question asks for: the same words, or words that mean the same,
// in any order. Pure but for reading the store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

/// What a question is about, as words: lemmas, parts of compounds, and the official word for what
/// the council lexicon says is the same thing. Sorted, without doubles; question words and other
/// stop words left out.
[[nodiscard]] std::vector<std::string> concepts_of(const std::string& question,
                                                   const danish::Lexicon& lexicon);

/// The questions that curated answers are for.
class CuratedQuestions {
public:
    CuratedQuestions() = default;
    CuratedQuestions(const std::vector<StoredPassage>& answers, const danish::Lexicon& lexicon);

    /// The passages of the answers that are for this question, the nearest first; usually none.
    [[nodiscard]] std::vector<PassageId> find(const std::string& question,
                                              const danish::Lexicon& lexicon) const;

private:
    struct Form {
        PassageId answer = 0;
        std::string folded;
        std::vector<std::string> concepts;
        danish::QuestionType type = danish::QuestionType::unknown;
    };
    std::vector<Form> forms_;
};

}  // namespace raadbot::answer
