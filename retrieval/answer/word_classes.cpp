#include "retrieval/answer/word_classes.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "retrieval/answer/question_traits.hpp"

namespace raadbot::answer {
namespace {

using danish::Morphology;
using danish::Token;
using danish::TokenKind;
using Kind = Morphology::Kind;
using Tokens = std::vector<Token>;
using Words = std::unordered_set<std::string_view>;

/// The word so many places before, empty where the question begins.
std::string_view before(const Tokens& tokens, std::size_t position, std::size_t places) {
    return position < places ? std::string_view() : tokens[position - places].text;
}

std::string_view after(const Tokens& tokens, std::size_t position) {
    return position + 1 < tokens.size() ? std::string_view(tokens[position + 1].text)
                                        : std::string_view();
}

bool is_noun(std::string_view word) {
    return !word.empty() && !danish::is_stop_word(word) &&
           Morphology::instance().kind(word) == Kind::noun;
}

bool is_preposition(std::string_view word) {
    static const Words words{"til",   "for",  "fra",    "med",  "om",    "i",   "på",
                             "ved",   "hos",  "af",     "mod",  "under", "pr",  "per",
                             "efter", "over", "gennem", "uden", "inden", "før", "mellem"};
    return words.contains(word);
}

/// What stands before a noun alone. "Det" and "de" also stand for one.
bool is_determiner(std::string_view word) {
    static const Words words{"en",     "et",      "min",   "mit",   "mine",  "din",
                             "dit",    "dine",    "vores", "jeres", "sin",   "sit",
                             "sine",   "nogen",   "nogle", "ingen", "hver",  "hvert",
                             "hvilke", "hvilken", "dette", "denne", "disse", "hvilket"};
    return words.contains(word);
}

/// What stands between a subject and its verb: "hvis jeg ikke betaler".
bool is_midway(std::string_view word) {
    static const Words words{"ikke", "også", "aldrig", "altid", "selv",
                             "bare", "kun",  "stadig", "gerne", "lige"};
    return words.contains(word);
}

/// The verb of a clause that already has one is no second one.
bool has_finite_verb(const Tokens& tokens, std::size_t position) {
    static const Words common{"er",    "var",  "har", "havde", "får",    "fik",   "bliver",
                              "blev",  "gør",  "går", "gik",   "kommer", "kom",   "findes",
                              "giver", "skal", "kan", "må",    "vil",    "måtte", "kunne"};
    for (std::size_t i = position; i-- > 0;) {
        const std::string_view word = tokens[i].text;
        if (common.contains(word) || is_modal(word)) return true;
        if (opens_clause(word) || word == "at" || word == "der" || word == "som") return false;
    }
    return false;
}

/// "jeg arbejder", "vi kan stemme", "jeg ikke betaler"; not "får jeg løn", where the verb is told
/// already.
bool follows_subject(const Tokens& tokens, std::size_t position) {
    std::size_t at = position;
    while (at > 0 && is_midway(before(tokens, at, 1))) --at;
    if (is_modal(before(tokens, at, 1))) {
        const std::string_view subject = before(tokens, at, 2);
        if (is_subject(subject) || is_question_pronoun(subject)) return true;
    }
    if (!is_subject(before(tokens, at, 1))) return false;
    const std::string_view verb = before(tokens, at, 2);
    return verb.empty() || is_modal(verb) || opens_clause(verb) ||
           !Morphology::instance().may_be_verb(verb);
}

/// "hvem arbejder", "ydelser der søges"; not "de der projekter".
bool follows_pronoun(const Tokens& tokens, std::size_t position) {
    const std::string_view pronoun = before(tokens, position, 1);
    if (!is_question_pronoun(pronoun)) return false;
    const std::string_view pointing = before(tokens, position, 2);
    return pronoun != "der" || (pointing != "de" && pointing != "den" && pointing != "det");
}

bool reads_as_verb(const Tokens& tokens, std::size_t position) {
    const std::string& word = tokens[position].text;
    // "arbejder du", not "frist for ansøgning".
    if (position == 0) return is_verb_form(word) && !is_preposition(after(tokens, position));
    if (follows_subject(tokens, position) || follows_pronoun(tokens, position)) return true;
    const std::string_view last = before(tokens, position, 1);
    if (last == "længe" && before(tokens, position, 2) == "hvor") return true;
    if (!is_verb_form(word)) return false;
    // "hvor mange sidder der": things that are counted are many.
    if (last == "mange") return Morphology::instance().lemma(word) == word;
    // "min bror arbejder"; not "har biblioteket bøger".
    return is_noun(last) && tokens[position - 1].kind == TokenKind::word &&
           !has_finite_verb(tokens, position);
}

bool reads_as_noun(const Tokens& tokens, std::size_t position, Kind kind) {
    static const Words adverbs{"fat",  "fremme",  "længe", "næsten", "nok",      "måske",
                               "lige", "længere", "stå",   "ned",    "forvejen", "nul"};
    const Morphology& morphology = Morphology::instance();
    const std::string& word = tokens[position].text;
    const std::string_view last = before(tokens, position, 1);
    if (last == "at" || adverbs.contains(word)) return false;
    if (position == 0) return !is_verb_form(word);  // "frist landsbypuljen"
    if (is_preposition(last) || is_determiner(last)) return true;
    // "at rydde sne": the verb's own object.
    if (!danish::is_stop_word(last) && morphology.may_be_verb(last) &&
        morphology.lemma(last) == last && !morphology.may_be_noun(last))
        return true;
    // "bliver der ryddet sne": the bare form of a verb stands behind "at" or a modal.
    const bool bare = kind == Kind::other || morphology.lemma(word) == word;
    return bare &&
           std::none_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(position),
                        [](const Token& earlier) { return is_modal(earlier.text); });
}

/// "få støtte", "til en voksen"; not "støtte medlemmer", "er voksen".
bool stands_for_thing(const Tokens& tokens, std::size_t position) {
    static const Words taking{"få", "får", "fik", "søge", "søger", "give", "giver", "have", "har"};
    const std::string_view last = before(tokens, position, 1);
    return (is_preposition(last) || is_determiner(last) || taking.contains(last)) &&
           !is_noun(after(tokens, position));
}

}  // namespace

bool is_verb_form(std::string_view word) {
    return word.size() > 3 &&
           (word.ends_with("er") || word.ends_with("te") || word.ends_with("ede")) &&
           Morphology::instance().may_be_verb(word);
}

Kind kind_in_question(const Tokens& tokens, std::size_t position) {
    const Morphology& morphology = Morphology::instance();
    const std::string& word = tokens[position].text;
    const Kind kind = morphology.kind(word);
    switch (kind) {
        case Kind::noun:
            return morphology.may_be_verb(word) && reads_as_verb(tokens, position) ? Kind::verb
                                                                                   : kind;
        case Kind::verb:
        case Kind::other:
            return morphology.may_be_noun(word) && reads_as_noun(tokens, position, kind)
                       ? Kind::noun
                       : kind;
        case Kind::adjective:
            // "hvor dybt": what is asked for is the depth.
            if (before(tokens, position, 1) == "hvor" && !is_noun(after(tokens, position)))
                return Kind::noun;
            return morphology.may_be_noun(word) && stands_for_thing(tokens, position) ? Kind::noun
                                                                                      : kind;
        default: return kind;
    }
}

}  // namespace raadbot::answer
