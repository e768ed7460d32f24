// Danish inflection and compounds: which word forms are one word, and what a compound is made of.
//
// Built once from hunspell's Danish dictionary (Debian hunspell-da) and our own tables of irregular
// forms; afterwards its answers never change. Remembers the words it has met; safe from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::danish {

class Morphology {
public:
    /// Loads the dictionary (`da_DK.aff/.dic`). Error: unavailable, naming the package to install.
    [[nodiscard]] static Result<std::shared_ptr<const Morphology>> load();
    /// The process's one instance, loaded on first use; throws std::runtime_error when it cannot
    /// be.
    [[nodiscard]] static const Morphology& instance();

    ~Morphology();
    Morphology(const Morphology&) = delete;
    Morphology& operator=(const Morphology&) = delete;

    /// The one canonical form of a folded word: "bøgerne" -> "bog", "børn" -> "barn", "haver" ->
    /// see below. Ambiguous forms choose the commonest lemma; unknown words are stripped by rule.
    /// One lemma for words of two spellings ("handikap"). Same input, same output, and
    /// lemma(lemma(w)) == lemma(w).
    [[nodiscard]] std::string lemma(std::string_view folded) const;
    /// All plausible lemmas, best first (at least one).
    [[nodiscard]] std::vector<std::string> lemmas(std::string_view folded) const;
    [[nodiscard]] bool same_lemma(std::string_view a, std::string_view b) const;
    /// What the dictionary says of the word's commonest reading; a compound is what its last part
    /// is; `unknown` when it does not know the word.
    enum class Kind { unknown, noun, verb, adjective, name, other };
    [[nodiscard]] Kind kind(std::string_view folded) const;
    /// True when some reading of the word is a verb: "arbejder", "klager".
    [[nodiscard]] bool may_be_verb(std::string_view folded) const;
    /// True when some reading of the word is a noun: "sne", "bade".
    [[nodiscard]] bool may_be_noun(std::string_view folded) const;
    /// True when the word or a regular form of it is in the dictionary.
    [[nodiscard]] bool known(std::string_view folded) const;

    /// Parts of a compound as they stand, linking s/e removed: "cykelstibevilling" -> cykel, sti,
    /// bevilling (fully split); a word that is no compound gives itself alone. In the usual
    /// spelling.
    [[nodiscard]] std::vector<std::string> split(std::string_view folded) const;

private:
    Morphology();
    struct Data;
    std::unique_ptr<const Data> data_;
};

}  // namespace raadbot::danish
