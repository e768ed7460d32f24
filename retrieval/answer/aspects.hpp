// What a question is about, taken apart: the things a passage must cover to answer it, and the
// limits of time and body it sets. Pure; needs the lexicon and the corpus statistics.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/answer.hpp"
#include "retrieval/answer/passage_view.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/spelling.hpp"
#include "retrieval/index/search.hpp"

namespace raadbot::answer {

/// One way to express an aspect: all its terms must be covered.
struct Alternative {
    std::vector<std::string> terms;  ///< Keys as TermSet holds them.
    float weight = 1;                ///< How far it stands for the asker's word.
};

/// What an aspect is to the question, and so how much it matters that an answer lacks it.
enum class Role {
    entity,   ///< Names one thing: a place, a person, a committee, "lokalplan 142".
    head,     ///< What is asked for.
    adjunct,  ///< A circumstance of it: "til mødet", "når jeg stopper".
    verb,
    quality,  ///< An adjective.
    light,    ///< Everyday speech.
    phrase,   ///< Several light words with one meaning: helps when found, costs little when not.
    context,  ///< Said in an earlier question.
};

[[nodiscard]] std::string_view to_string(Role role);

/// One thing that a question asks about.
struct Aspect {
    std::string surface;  ///< The asker's word, folded.
    std::string lemma;
    float weight =
        1;  ///< Its share of what the question is about: rare words more, light words less.
    bool exact = false;  ///< A number, year, case number, § or name: must be covered as it is.
    bool name = false;   ///< A word that only names: unknown to dictionary and lexicon.
    bool municipality = false;  ///< Another one of Denmark's than the one that answers.
    bool year = false;          ///< A year: the passage's meeting may cover it too.
    bool context = false;       ///< From an earlier question of the conversation.
    bool inherited = false;     ///< Said in an earlier question, in whatever role it goes on.
    bool focus =
        false;  ///< What the question word asks for: "hvor mange elever", "hvem var entreprenør".
    std::string body;      ///< Key of the council body that it names (danish::body_key).
    bool light = false;    ///< A word of everyday speech that carries little ("bruge", "ting").
    bool phrase = false;   ///< Several light words that mean something together ("er væk").
    bool adjunct = false;  ///< Stands behind a preposition or in a clause, after what is asked for.
    bool infinitive = false;  ///< "at leje": what is to be done.
    bool capital = false;     ///< Written with a capital inside the question.
    std::optional<int> age;   ///< "til en på 30", "en voksen": that of whom it is asked for.
    std::string preposition;  ///< The one it stands behind: "på" of "på en lørdag"; else empty.
    danish::Morphology::Kind kind = danish::Morphology::Kind::unknown;
    Role role = Role::head;
    std::vector<Alternative> alternatives;
    std::vector<std::string> others;  ///< Keys of what it is not: of "ugekort" also "måned".

    /// 0..1: how far the terms cover this aspect.
    [[nodiscard]] float coverage(const TermSet& terms) const;
    /// The same over several sets, `scales[i]` applied to what `sets[i]` holds.
    [[nodiscard]] float coverage(const std::vector<const TermSet*>& sets,
                                 const std::vector<float>& scales) const;
};

/// What kind of fact an answer must hold, finer than the question's type.
enum class Wanted {
    nothing,
    money,
    count,      ///< "hvor mange elever"
    percent,    ///< "hvor mange procent"
    duration,   ///< "hvor længe"
    frequency,  ///< "hvor tit"
    measure,    ///< "hvor mange meter"
    quantity,   ///< "hvor stor"
    date,
    person,
    place,
    rule,
    phone
};

/// How a question opens. A bare question names what decides and little else; in one with a story in
/// front, or about the asker, much needs no answer.
enum class Opening {
    story,          ///< "min søn har brækket benet, hvem ...": something is told first.
    question_word,  ///< "hvad koster ..."
    verb            ///< "må man ..."
};

/// A word that an answer would hold by what is typically asked.
struct TypicalWord {
    std::vector<std::string> terms;  ///< Keys as TermSet holds them, all of which must be there.
    float weight = 0;                ///< Its share; the most telling four of a question make 1.
};

/// What a question like this is typically answered by, in any town.
struct Typical {
    float likeness = 0;  ///< 0..1: how much the question is like one that is known.
    std::vector<TypicalWord> words;

    /// 0..1: how much of it the terms hold.
    [[nodiscard]] float share(const std::vector<const TermSet*>& sets) const;
};

struct QuestionView {
    std::string text;           ///< The question itself, NFC.
    std::string search_text;    ///< What the index is asked, with what a follow-up follows.
    std::string expanded_text;  ///< The words that may stand for the asker's: a second search.
    std::string typical_text;   ///< With the words of typical answers: a third search, or empty.
    std::string language = "da";
    danish::QuestionType type = danish::QuestionType::unknown;
    Wanted wanted = Wanted::nothing;
    bool money = false;
    bool personal = false;  ///< Asks for the asker: "må jeg", "hvor kan man".
    bool said = false;      ///< Asks what somebody said.
    bool status = false;    ///< Asks how far something has come.
    bool contact = false;   ///< Asks for a phone number or a mail address.
    bool phone = false;     ///< Asks for a phone number and nothing else.
    bool time = false;      ///< Asks for a time of day or opening hours.
    bool person = false;    ///< Asks who holds an office: a person's name is wanted.
    bool own_case = false;  ///< Speaks of the asker: "min søn", "jeg".
    Opening opening = Opening::story;
    bool follow_up = false;
    std::vector<Aspect> aspects;
    Typical typical;
    std::vector<danish::DateMention> dates;
    std::vector<std::string> bodies;  ///< danish::body_key values.
    bool whole_year = false;  ///< The time that is asked about is a year (an aspect of its own).
};

struct AspectInputs {
    const danish::Lexicon& lexicon;
    const danish::Speller&
        lexicon_speller;  ///< Over the lexicon's words: for those the corpus does not hold.
    const index::Snapshot& snapshot;
    const std::vector<std::string>& known_bodies;  ///< As printed.
    std::string_view municipality = {};            ///< "Egelund Kommune": no aspect of a question.
};

/// The one before, with what came before it; `question.previous` must not be empty.
[[nodiscard]] Question earlier_question(const Question& question);

[[nodiscard]] QuestionView view_question(const Question& question, const AspectInputs& inputs);

}  // namespace raadbot::answer
