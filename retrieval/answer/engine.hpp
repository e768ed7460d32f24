// Question -> proof or reasoned refusal: search, weigh, decide, compose. Knows nothing of channels,
// wording or guards against misuse (bot/conversation).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/index/search.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::answer {

/// Safe from several threads at once when each has a Store of its own; the engine itself is
/// immutable but for its cache.
class Engine {
public:
    /// `municipality`: its own name, "Egelund Kommune"; every page is about it, so a question that
    /// names it is not narrowed by it. Empty: no name is passed over.
    explicit Engine(std::shared_ptr<const danish::Lexicon> lexicon, std::string municipality = {});
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Never fails for any text. `store` and `snapshot` are read only.
    [[nodiscard]] Outcome answer(const Question& question, const store::Store& store,
                                 const index::Snapshot& snapshot) const;

    /// What stands next to the quotes of a proof, nearest first; the asker sees all of it.
    [[nodiscard]] static std::vector<Neighbour> neighbours(const Question& question,
                                                           const Proof& proof,
                                                           const store::Store& store);

    /// For operators: the question's aspects, candidates and why each was taken or not, as text.
    [[nodiscard]] std::string explain(const Question& question, const store::Store& store,
                                      const index::Snapshot& snapshot) const;

    /// For fitting the weights of evidence: the question's aspects and every candidate with what it
    /// covers, as one JSON object.
    [[nodiscard]] std::string evidence_json(const Question& question, const store::Store& store,
                                            const index::Snapshot& snapshot) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace raadbot::answer
