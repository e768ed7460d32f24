// asks_for_money and is_follow_up. Words below are loose keys (see pieces.hpp).
#include <algorithm>
#include <string>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {

bool asks_for_money(std::string_view question) {
    const Words words = words_of(question);
    const QuestionType type = question_type(question);
    if (type != QuestionType::how_much && type != QuestionType::unknown) return false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] == "hvor" || words[i] == "how") {
            const std::string counted = word_at(words, i + 2);
            if (one_of(words[i + 1], {"mange", "many"})) {
                return one_of(counted, {"penge", "kroner", "kr", "mio", "mia", "millioner",
                                        "milliarder", "tusind", "million", "millions"});
            }
            // Time, distance and counting, whatever is paid meanwhile ("hvor længe får jeg
            // vederlag").
            if (one_of(words[i + 1], {"laenge", "langt", "ofte", "tit", "long", "far", "often",
                                      "gammel", "hurtigt"})) {
                return false;
            }
            if (at_any(words, i + 1,
                       {"lang tid", "stor andel", "stor en procentdel", "stor en del"}))
                return false;
            if (words[i + 1] == "meget" && one_of(counted, {"tid", "taletid", "plads"}))
                return false;
        }
    }
    if (has_part(words, {"procent", "antal"})) return false;
    return money_words(words);
}

bool is_follow_up(std::string_view question) {
    const Words words = words_of(question);
    std::size_t first = 0;
    while (first < words.size() && words[first].empty()) ++first;
    if (first == words.size()) return false;
    if (one_of(words[first], {"og", "ogsa", "and", "also"}) ||
        at_any(words, first,
               {"men hvad",          "men hvis",    "hvad sa",  "hvad med",    "what about",
                "how about",         "hvad ellers", "sa hvad",  "hvad nu",     "og sa",
                "but what",          "samme for",   "same for", "det samme",   "gaelder det ogsa",
                "gaelder det samme", "ellers",      "what if",  "heller ikke", "eller hvad",
                "hvad hvis",         "end da",      "flere",    "mere"})) {
        return true;
    }
    // Words that carry no topic by themselves: verbs of deciding and saying, adverbs, auxiliaries.
    const auto generic = [](const std::string& word) {
        return word.empty() || is_question_word(word) || is_auxiliary(word) ||
               one_of(word,
                      {"vedtaget",   "besluttet", "sket",     "skete",      "sagt",     "godkendt",
                       "gaelder",    "koster",    "sker",     "for",        "imod",     "mod",
                       "om",         "i",         "pa",       "til",        "af",       "ved",
                       "fra",        "med",       "at",       "der",        "her",      "sa",
                       "nu",         "meget",     "mange",    "laenge",     "lang",     "tid",
                       "stor",       "ofte",      "lovligt",  "rigtigt",    "sikkert",  "ikke",
                       "gor",        "gore",      "sige",     "siger",      "sagde",    "mente",
                       "man",        "jeg",       "vi",       "mig",        "stemte",   "stemt",
                       "foregar",    "foregik",   "endte",    "besluttede", "vedtog",   "gik",
                       "ske",        "the",       "a",        "decided",    "approved", "said",
                       "happen",     "happened",  "cost",     "much",       "many",     "long",
                       "same",       "samme",     "hele",     "alle",       "anden",    "andre",
                       "ja",         "nej",       "praecis",  "helt",       "egentlig", "star",
                       "staet",      "mere",      "more",     "please",     "tak",      "betyder",
                       "mean",       "valgt",     "valgte",   "foreslog",   "bestemte", "bestemmer",
                       "betalte",    "betaler",   "afvist",   "udsat",      "enige",    "uenige",
                       "resultatet", "resultat",  "endelig",  "noget",      "nogen",    "alligevel",
                       "igen",       "sidst",     "vedtages", "besluttes",  "holdes",   "bruge",
                       "bruges",     "of",        "to",       "by",         "who",      "voted",
                       "not",        "ogsa",      "selv",     "slut",       "frist",    "fristen",
                       "prisen",     "gik",       "end",      "ud",         "op",       "med",
                       "trods",      "bagefter",  "faktisk",  "henne",      "dan",      "fandt",
                       "sted"});
    };
    const auto pronoun = [](const std::string& word) {
        return one_of(word,
                      {"det",    "den",   "de",     "dem",  "dette",  "denne", "disse", "han",
                       "hun",    "ham",   "hende",  "hans", "hendes", "deres", "dets",  "dens",
                       "derfor", "deraf", "dertil", "it",   "they",   "them",  "that",  "this",
                       "those",  "these", "he",     "she",  "him",    "her",   "his",   "their"});
    };
    const auto frame = [](const std::string& word) {
        return one_of(word, {"byradet", "byrad",           "udvalget",     "modet",
                             "mode",    "okonomiudvalget", "kommunen",     "kommunalbestyrelsen",
                             "council", "meeting",         "borgmesteren", "beslutningen",
                             "sagen",   "forslaget",       "punktet",      "the",
                             "aftalen", "planen",          "decision",     "committee",
                             "reglen",  "formanden"});
    };
    bool has_pronoun = false;
    bool person_before_topic = false;
    std::size_t topics = 0;
    std::size_t frames = 0;
    for (std::size_t i = first; i < words.size(); ++i) {
        const std::string& word = words[i];
        const std::string next = word_at(words, i + 1);
        if (one_of(word, {"han", "hun", "ham", "hende", "hans", "hendes", "he", "she", "him", "his",
                          "they", "dem", "them", "their"}) &&
            topics == 0 && frames == 0) {
            person_before_topic = true;
        }
        // "det næste møde", "den 3.", "den nye skole": a determiner, not a pronoun.
        const bool determiner =
            one_of(word, {"det", "den", "de", "denne", "dette", "this", "that", "these"}) &&
            (one_of(next, {"naeste", "sidste", "seneste", "nye", "kommende", "forste", "gamle",
                           "store", "maned", "uge", "ar", "periode", "next", "last", "year",
                           "month", "week", "term"}) ||
             (!next.empty() && next.front() >= '0' && next.front() <= '9'));
        if (pronoun(word) && !determiner) {
            has_pronoun = true;
        } else if (frame(word)) {
            ++frames;
        } else if (!generic(word) && !pronoun(word)) {
            ++topics;
        }
    }
    if (person_before_topic) return true;
    if (topics == 0 && has_pronoun) return true;
    if (topics == 0 && frames == 0) return true;
    // "for suppleanter?", "i økonomiudvalget?"
    std::size_t length = 0;
    for (const std::string& word : words) {
        if (!word.empty()) ++length;
    }
    return length <= 3 && length >= 2 &&
           one_of(words[first],
                  {"for", "til", "i", "pa", "ved", "hos", "uden", "efter", "for", "in"});
}

}  // namespace raadbot::danish
