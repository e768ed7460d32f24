#include "retrieval/danish/follow_up.hpp"

#include <algorithm>
#include <string>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {
namespace {

// Words below are loose keys (see pieces.hpp).

constexpr std::size_t short_question = 7;  // Words; longer ones say what they are about.
constexpr std::size_t most_topics = 2;  // Of a short question that may be about more than it says.

/// Words that carry no topic by themselves: verbs of deciding and saying, adverbs, auxiliaries.
bool generic(const std::string& word) {
    return word.empty() || is_question_word(word) || is_auxiliary(word) ||
           one_of(word, {"vedtaget",   "besluttet",  "sket",      "skete",
                         "sagt",       "godkendt",   "gaelder",   "koster",
                         "kostede",    "sker",       "for",       "imod",
                         "mod",        "om",         "i",         "pa",
                         "til",        "af",         "ved",       "fra",
                         "med",        "at",         "der",       "her",
                         "sa",         "nu",         "meget",     "mange",
                         "laenge",     "lang",       "tid",       "stor",
                         "ofte",       "lovligt",    "rigtigt",   "sikkert",
                         "ikke",       "gor",        "gore",      "sige",
                         "siger",      "sagde",      "mente",     "man",
                         "jeg",        "vi",         "mig",       "stemte",
                         "stemt",      "foregar",    "foregik",   "endte",
                         "besluttede", "vedtog",     "gik",       "ske",
                         "the",        "a",          "decided",   "approved",
                         "said",       "happen",     "happened",  "cost",
                         "much",       "many",       "long",      "same",
                         "samme",      "hele",       "alle",      "anden",
                         "andre",      "ja",         "nej",       "praecis",
                         "helt",       "egentlig",   "star",      "staet",
                         "mere",       "more",       "please",    "tak",
                         "betyder",    "mean",       "valgt",     "valgte",
                         "foreslog",   "bestemte",   "bestemmer", "betalte",
                         "betaler",    "afvist",     "udsat",     "enige",
                         "uenige",     "resultatet", "resultat",  "endelig",
                         "noget",      "nogen",      "alligevel", "igen",
                         "sidst",      "vedtages",   "besluttes", "holdes",
                         "bruge",      "bruges",     "of",        "to",
                         "by",         "who",        "voted",     "not",
                         "ogsa",       "selv",       "slut",      "frist",
                         "fristen",    "prisen",     "end",       "ud",
                         "op",         "trods",      "bagefter",  "faktisk",
                         "henne",      "dan",        "fandt",     "sted",
                         "faerdig",    "faerdigt",   "faerdige",  "faerdigbygget",
                         "abner",      "abne",       "abent",     "lukker",
                         "starter",    "begynder",   "slutter",   "traeder",
                         "kraft",      "ender",      "kostet",    "ca",
                         "cirka",      "omkring",    "altsa",     "jo",
                         "da",         "and",        "og",        "men",
                         "but",        "ready",      "open",      "opens",
                         "start",      "starts",     "end",       "ends",
                         "finished",   "on",         "in",        "for",
                         "against",    "about",      "so",        "then",
                         "nok",        "gerne",      "egl",       "lige",
                         "blive",      "vaere",      "have",      "fa",
                         "faar",       "ma",         "gar",       "ligger",
                         "sidder",     "bor",        "hedder",    "kom",
                         "en",         "et",         "an",        "hort",
                         "indtil",     "tilbage",    "lavet",     "do",
                         "get",        "maned",      "maneden",   "arligt",
                         "manedligt",  "aret",       "per",       "pr",
                         "drejer",     "handler",    "sig",       "foreslaet",
                         "indstillet", "vedrorer"});
}

bool is_pronoun(const std::string& word) {
    return one_of(word, {"det",    "den",   "de",     "dem",  "dette",  "denne", "disse", "han",
                         "hun",    "ham",   "hende",  "hans", "hendes", "deres", "dets",  "dens",
                         "derfor", "deraf", "dertil", "it",   "they",   "them",  "that",  "this",
                         "those",  "these", "he",     "she",  "him",    "his",   "their"});
}

/// Of persons and things already spoken of, whatever stands around it.
bool is_personal(const std::string& word) {
    return one_of(word, {"han", "hun", "ham", "hende", "hans", "hendes", "he", "she", "him", "his",
                         "they", "dem", "them", "their", "dens", "dets"});
}

/// Where everything happens: no topic beside a pronoun.
bool is_frame(const std::string& word) {
    return one_of(word, {"byradet", "byrad",           "udvalget",     "modet",
                         "mode",    "okonomiudvalget", "kommunen",     "kommunalbestyrelsen",
                         "council", "meeting",         "borgmesteren", "beslutningen",
                         "sagen",   "forslaget",       "punktet",      "the",
                         "aftalen", "planen",          "decision",     "committee",
                         "reglen",  "formanden",       "forvaltningen"});
}

/// A noun that is always somebody's or something's, in the form that takes it for known: "hvad
/// hedder arkitekten", "hvad er straffen".
bool is_relational(const std::string& word) {
    return one_of(word, {"arkitekten",
                         "entreprenoren",
                         "bygherren",
                         "radgiveren",
                         "leverandoren",
                         "straffen",
                         "boden",
                         "prisen",
                         "stemmetallet",
                         "stemmetallene",
                         "telefonnummeret",
                         "nummeret",
                         "adressen",
                         "mailadressen",
                         "fristen",
                         "arsagen",
                         "grunden",
                         "begrundelsen",
                         "formalet",
                         "indholdet",
                         "abningstiden",
                         "abningstiderne",
                         "lederen",
                         "skolelederen",
                         "ejeren",
                         "koberen",
                         "saelgeren",
                         "vinderen",
                         "belobet",
                         "udgiften",
                         "udgifterne",
                         "gebyret",
                         "depositummet",
                         "tilskuddet",
                         "satsen",
                         "taksten",
                         "underskuddet",
                         "overskuddet",
                         "konsekvensen",
                         "konsekvenserne",
                         "deadline",
                         "deadlinen",
                         "forskellen",
                         "undtagelsen",
                         "undtagelserne",
                         "kravene",
                         "betingelserne",
                         "ventetiden",
                         "sagsbehandlingstiden",
                         "svarfristen",
                         "horingsfristen",
                         "tidsplanen",
                         "opsigelsen",
                         "opsigelsesvarslet",
                         "varslet",
                         "kontaktpersonen",
                         "flertallet",
                         "mindretallet",
                         "penalty",
                         "reason"});
}

/// "og", "men", "so": what comes before the question proper.
std::size_t behind_openers(const Words& words, bool& opened) {
    std::size_t first = 0;
    while (first < words.size() &&
           (words[first].empty() ||
            one_of(words[first], {"og", "men", "and", "but", "ogsa", "also", "jamen", "ok", "okay",
                                  "sa", "so", "hm", "nå", "na"}))) {
        if (one_of(words[first], {"og", "ogsa", "and", "also"})) opened = true;
        ++first;
    }
    return first;
}

/// The earlier question, asked of something else: "hvad med", "what about", "samme for".
bool asks_the_same(const Words& words, std::size_t first) {
    return at_any(
        words, first,
        {"hvad med",         "hvad sa med",       "hvad nu med",        "hvad sa i",
         "hvad sa pa",       "hvad sa for",       "hvad sa til",        "hvad sa fra",
         "hvad sa ved",      "hvad sa om",        "what about",         "how about",
         "samme for",        "det samme",         "same for",           "the same",
         "gaelder det ogsa", "gaelder det samme", "gaelder dette ogsa", "er det det samme",
         "er det ogsa",      "hvordan med",       "ogsa for",           "heller ikke"});
}

bool opens_condition(const Words& words, std::size_t first) {
    return at_any(words, first,
                  {"hvad hvis", "hvad sa hvis", "hvad nu hvis", "what if", "hvis", "nar",
                   "hvad nar", "hvad sa nar", "if", "even if", "selv hvis", "selvom", "ogsa hvis",
                   "ogsa nar", "end hvis"});
}

/// Nothing is asked in its own words: "og børnehave?", "for suppleanter?", "og i 2030?".
bool has_no_predicate(const Words& words, std::size_t first) {
    for (std::size_t i = first; i < words.size(); ++i) {
        if (is_question_word(words[i]) || (is_auxiliary(words[i]) && words[i] != "am"))
            return false;
    }
    return true;
}

/// "det næste møde", "den 3.", "de unge": a word follows that the pronoun only determines.
bool determines(const std::string& word, const std::string& next) {
    if (!one_of(word, {"det", "den", "de", "denne", "dette", "disse", "this", "that", "these",
                       "those"})) {
        return false;
    }
    return !next.empty() && (!generic(next) || one_of(next, {"samme", "anden", "andre", "hele",
                                                             "endelig", "ugentlige"}));
}

}  // namespace

FollowUp read_follow_up(std::string_view question) {
    FollowUp result;
    const Words words = words_of(question);
    bool opened = false;
    const std::size_t first = behind_openers(words, opened);
    if (first == words.size()) return result;
    const std::size_t all = static_cast<std::size_t>(
        std::count_if(words.begin(), words.end(), [](const auto& word) { return !word.empty(); }));
    const std::size_t length =
        all - static_cast<std::size_t>(
                  std::count_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first),
                                [](const auto& word) { return !word.empty(); }));

    result.condition = opens_condition(words, first) && (first > 0 || words[first] != "nar") &&
                       (opened || words[first] != "hvis") &&
                       (first > 0 || !one_of(words[first], {"if", "selvom"}));
    const bool same = asks_the_same(words, first);
    const bool bare = has_no_predicate(words, first);
    result.bare = bare;

    bool personal_before_topic = false;
    bool pronoun_used = false;
    bool loose_pronoun = false;  // Any pronoun that is no determiner, "det er" too.
    bool relational = false;
    bool marked = false;  // A digit or a § names what is meant.
    std::size_t topics = 0;
    std::size_t frames = 0;
    for (std::size_t i = first; i < words.size(); ++i) {
        const std::string& word = words[i];
        const std::string next = word_at(words, i + 1);
        if (word.empty()) continue;
        if (is_personal(word) && topics == 0 && frames == 0) personal_before_topic = true;
        if (is_pronoun(word)) {
            if (determines(word, next)) continue;
            loose_pronoun = true;
            const bool behind_preposition =
                i > first &&
                one_of(words[i - 1],
                       {"pa",  "i",  "om", "for",   "til", "af", "med",  "ved", "fra", "imod",
                        "mod", "on", "in", "about", "for", "of", "with", "to",  "at",  "against"});
            const bool last = next.empty() && i > first;
            const bool thing = one_of(word, {"den", "dem", "denne", "dette", "disse"});
            // One antecedent is enough: "en gave ... om den".
            if (topics <= 1 && length <= short_question + 1 &&
                (behind_preposition || last || thing)) {
                pronoun_used = true;
            }
        } else if (is_frame(word)) {
            ++frames;
        } else if (is_relational(word)) {
            relational = true;
        } else if (!generic(word)) {
            ++topics;
            marked = marked || (word.front() >= '0' && word.front() <= '9') || word == "§";
        }
    }
    const bool conditional = has(words, {"hvis", "nar", "if", "when"});
    result.pronoun =
        personal_before_topic || (topics == 0 && loose_pronoun) || (pronoun_used && !conditional);
    const bool prepositional =
        length <= 3 && length >= 2 &&
        one_of(words[first], {"for", "til", "i", "pa", "ved", "hos", "uden", "efter", "in"});
    result.replaces = same || result.condition || (bare && (opened || prepositional));
    result.leans = result.replaces || opened || result.pronoun || (topics == 0 && frames == 0) ||
                   (topics == 0 && relational) ||
                   at_any(words, first,
                          {"hvad sa", "hvad ellers", "sa hvad", "hvad nu", "ellers", "eller hvad",
                           "end da", "flere", "mere"}) ||
                   (first > 0 && at_any(words, first, {"hvad"}) && topics == 0);
    result.may_lean =
        !result.leans && topics + frames <= most_topics && !marked && length <= short_question;
    return result;
}

}  // namespace raadbot::danish
