// The municipality's own explanations of terms, found in questions and answers.
#pragma once

#include <string>
#include <vector>

#include "retrieval/answer/access.hpp"
#include "retrieval/answer/answer.hpp"
#include "retrieval/answer/aspects.hpp"

namespace raadbot::answer {

/// Immutable after construction; safe from any thread.
class Glossary {
public:
    Glossary() = default;
    /// `entries`: passages with Section::term; the last heading is the term.
    explicit Glossary(std::vector<StoredPassage> entries);

    /// Adds notes (at most three) for terms of the question and of the proof's sentences that the
    /// proof does not explain already.
    void explain(const QuestionView& question, const Access& access, Proof& proof) const;

private:
    struct Entry {
        StoredPassage passage;
        std::string term;
        std::vector<std::string> lemmas;
    };
    std::vector<Entry> entries_;
};

}  // namespace raadbot::answer
