// The council lexicon: everyday words, abbreviations and English words -> official terms.
//
// Data lives in config/lexicon/*.tsv (one entry a line:
// `from[,from...]<TAB>to[,to...]<TAB>kind<TAB>weight`; a kind that ends in <> goes both ways, and
// `word,word...<TAB>=<TAB>synonym<TAB>weight` among all of them), so that a town hall can read and
// extend it; config/lexicon/README.md describes it. Immutable after loading; safe from any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/contrasts.hpp"
#include "retrieval/danish/english_words.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/danish/typical_questions.hpp"
#include "retrieval/result.hpp"

namespace raadbot::danish {

enum class ExpansionKind {
    abbreviation,  ///< "TA" -> tabt arbejdsfortjeneste: the same thing.
    synonym,       ///< "løn" -> vederlag: nearly the same thing in a council.
    related,       ///< Weaker: "penge" -> økonomi.
    english,       ///< "agenda" -> dagsorden.
    thesaurus,     ///< From the Danish thesaurus (mythes-da), low weight.
};

struct Expansion {
    std::size_t first_token = 0;  ///< Which tokens of the question it stands for (half-open range).
    std::size_t last_token = 0;
    std::vector<std::string>
        words;  ///< The official term, folded words ("tabt","arbejdsfortjeneste").
    ExpansionKind kind = ExpansionKind::synonym;
    float weight = 0;  ///< 0..1: how far it may stand in for the asker's words.
};

/// Whether the material uses a folded word in any form; empty when there is no material to ask.
using UsedWords = std::function<bool(const std::string&)>;

class Lexicon {
public:
    /// Reads every *.tsv of the directory, its kontraster.txt and its spoergsmaal/. Error:
    /// invalid_config naming file and line.
    [[nodiscard]] static Result<std::shared_ptr<const Lexicon>> load(
        const std::filesystem::path& dir);

    /// Expansions of a tokenised question; matches whole phrases first, also by lemma
    /// ("suppleanter" finds "suppleant"). Never returns a word already in the question.
    [[nodiscard]] std::vector<Expansion> expand(const std::vector<Token>& tokens) const {
        return expand(tokens, {}, {});
    }
    /// The same with the text that was tokenised: abbreviations that are common words in small
    /// letters
    /// ("MED", "TA", "BY") count when they stand in capitals there.
    [[nodiscard]] std::vector<Expansion> expand(const std::vector<Token>& tokens,
                                                std::string_view text) const {
        return expand(tokens, text, {});
    }
    /// The same for one town's material: what it uses comes first; a phrase none of whose terms it
    /// uses leaves the word to its shorter entries, and a term that it does not use to the term's
    /// own synonyms.
    [[nodiscard]] std::vector<Expansion> expand(const std::vector<Token>& tokens,
                                                std::string_view text, const UsedWords& used) const;
    /// Number of pairs of words that may stand in for each other, one way each.
    [[nodiscard]] std::size_t size() const;

    /// Every word of the entries, folded, without doubles: a vocabulary for spelling repair.
    [[nodiscard]] std::vector<std::string> words() const;

    /// What is not what, of kontraster.txt in the same directory.
    [[nodiscard]] const Contrasts& contrasts() const noexcept;
    /// What is typically asked, of spoergsmaal/ in the same directory.
    [[nodiscard]] const TypicalQuestions& typical_questions() const noexcept;
    /// The English dictionary, of engelsk/ in the same directory.
    [[nodiscard]] const EnglishWords& english_words() const noexcept;

    ~Lexicon();
    Lexicon(const Lexicon&) = delete;
    Lexicon& operator=(const Lexicon&) = delete;

private:
    Lexicon();
    struct Data;
    std::unique_ptr<const Data> data_;
};

/// "da" or "en": the language a question is asked in (Danish when in doubt).
[[nodiscard]] std::string_view question_language(std::string_view question);

}  // namespace raadbot::danish
