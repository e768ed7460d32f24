#include "retrieval/danish/question.hpp"

#include <algorithm>
#include <string>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question_nouns.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {
namespace {

// All words below are loose keys (see pieces.hpp): å and aa -> a, ø and oe -> o, æ -> ae.

/// "hvor <adjective>": how much, when or where.
QuestionType type_of_hvor(const Words& words, std::size_t i) {
    const std::string next = word_at(words, i + 1);
    if (one_of(next,
               {"meget",  "mange",    "laenge", "langt",  "lang",    "stor",    "stort", "store",
                "hoj",    "hojt",     "hoje",   "ofte",   "dyr",     "dyrt",    "dyre",  "tit",
                "lille",  "lidt",     "gammel", "gamle",  "gammelt", "bred",    "bredt", "hurtigt",
                "hurtig", "tung",     "faerre", "godt",   "taet",    "naer",    "dybt",  "kort",
                "hard",   "hardt",    "harde",  "streng", "strengt", "strenge", "fa",    "tyk",
                "tykt",   "tykke",    "smal",   "smalt",  "smalle",  "dyb",     "dybe",  "brede",
                "lange",  "korte",    "tunge",  "tungt",  "staerk",  "staerkt", "slemt", "varmt",
                "koldt",  "langsomt", "sikkert"})) {
        if (next == "langt" && word_at(words, i + 2) == "tilbage") return QuestionType::when;
        // Not "hvor mange stemmer kræver det"; a person's votes at the polls no minutes tell.
        if (next == "mange" &&
            at_any(words, i + 2, {"stemmer fik", "stemmer faldt", "stemmer var", "stemmer blev"}) &&
            !has_part(words, {"personlig", "valget"}))
            return QuestionType::vote;
        const bool sides = next == "mange" && has(words, {"var imod", "var for", "var mod",
                                                          "var uenige", "sagde nej", "sagde ja"});
        return sides || vote_words(words) ? QuestionType::vote : QuestionType::how_much;
    }
    if (one_of(next, {"sent", "tidligt", "tidlig", "sen", "snart"})) return QuestionType::when;
    // "Hvor fin en gave"; not "hvor søger en forening".
    if (one_of(word_at(words, i + 2), {"en", "et"}) && !is_auxiliary(next) &&
        !next.ends_with("r") && next != "henne")
        return QuestionType::how_much;
    if (has(words,
            {"hvor star det", "hvor star der", "hvor star dette", "hvor star reglen",
             "hvor star reglerne", "hvor fremgar", "hvor i loven", "hvor i vedtaegten",
             "hvor i styrelsesvedtaegten", "hvor i forretningsordenen", "hvor er det bestemt",
             "hvor er det skrevet", "hvor er reglen", "hvor kan jeg laese reglen"}) &&
        !has(words, {"hvor star der en"})) {
        return QuestionType::which_rule;
    }
    // "Hvor kom pengene fra", "hvor tog de pengene fra"
    if (has(words, {"penge fra", "pengene fra"}) ||
        (has(words, {"penge", "pengene"}) && word_at(words, words.size() - 1) == "fra" &&
         one_of(next, {"tog", "tager", "kom", "kommer", "fik", "far", "skal", "fandt", "finder"})))
        return QuestionType::unknown;
    if (next == "star" && has_part(words, {"bestemmels", "regl", "vedtaeg", "loven", "paragraf"})) {
        return QuestionType::which_rule;
    }
    return QuestionType::where;
}

QuestionType type_of_who(const Words& words, std::size_t i) {
    if (!has(words, {"ma", "kan", "skal", "may", "can", "must", "should"}) &&
        has(words, {"til stede",     "tilstede",
                    "fravaerende",   "deltog",
                    "deltaget",      "modte op",
                    "mødte op",      "modte ikke",
                    "modte",         "havde meldt afbud",
                    "meldte afbud",  "har meldt afbud",
                    "var der ikke",  "sendte afbud",
                    "havde afbud",   "havde forfald",
                    "meldt forfald", "mangler",
                    "manglede",      "attended",
                    "present",       "absent",
                    "missing",       "was there",
                    "udeblev",       "fremmodte",
                    "var syg",       "ikke med pa modet",
                    "med pa modet",  "var med til modet",
                    "kom ikke",      "took part",
                    "participated"})) {
        return QuestionType::attendance;
    }
    const bool against = word_at(words, i + 1) == "var" && has(words, {"imod"});
    if (vote_words(words) || against ||
        has(words, {"var for",         "var imod",         "var mod",
                    "er imod",         "er for",           "var uenig",
                    "var uenige",      "var enig",         "var enige",
                    "gik imod",        "gik mod",          "stottede",
                    "var against",     "was against",      "was for",
                    "were against",    "were for",         "was in favour",
                    "was in favor",    "opposed",          "supported",
                    "undlod",          "bakkede op",       "var ikke enig",
                    "sagde nej",       "ville ikke have",  "ville ikke vaere med",
                    "sagde ja",        "ikke ville have",  "ikke ville vaere med",
                    "hverken sige ja", "hverken for eller"})) {
        if (!has(words, {"ma stemme", "kan stemme", "har stemmeret", "stemmeret", "can vote",
                         "may vote"})) {
            return QuestionType::vote;
        }
        return QuestionType::who;
    }
    if (has(words, {"hvem sidder",
                    "hvem sider",
                    "hvem sad",
                    "hvem er medlem",
                    "hvem er medlemmer",
                    "hvem er med i",
                    "hvem er medlemmerne",
                    "hvem er i ",
                    "hvem er alle",
                    "who sits",
                    "who is on the",
                    "who are",
                    "members of",
                    "hvem bestar",
                    "hvem er der i",
                    "hvem sitter",
                    "medlemmerne af",
                    "medlemmer af",
                    "hvem er valgt",
                    "hvem alle",
                    "hvem siddr"})) {
        return QuestionType::list;
    }
    // "hvem kan få tilskud", "hvem må bruge salen": a condition answers, not a name.
    if (one_of(word_at(words, i + 1), {"kan", "ma", "can", "may"}) &&
        one_of(word_at(words, i + 2),
               {"fa", "soge", "ansoge", "bruge", "benytte", "komme", "leje", "lane", "deltage",
                "vaere", "get", "apply", "use", "attend", "be"})) {
        return QuestionType::unknown;
    }
    if (at_any(words, i + 1,
               {"er i", "er pa listen", "er inde i", "er der i", "har vi i", "is in the",
                "var medlem", "er medlemmer"})) {
        return QuestionType::list;
    }
    return QuestionType::who;
}

QuestionType type_of_how(const Words& words, std::size_t i) {
    if (at_any(words, i, {"hvordan kan det vaere", "how come", "hvordan gar det til at"}))
        return QuestionType::why;
    if (word_at(words, i) == "how" &&
        one_of(word_at(words, i + 1),
               {"much", "many", "long", "often", "far", "high", "big", "large", "old", "expensive",
                "small", "few", "soon", "fast", "quickly", "tall"})) {
        return vote_words(words) && word_at(words, i + 1) == "many" ? QuestionType::vote
                                                                    : QuestionType::how_much;
    }
    if (at_any(words, i, {"how late", "how early"})) return QuestionType::when;
    if (one_of(word_at(words, i + 1), {"forklarede", "begrundede", "forsvarede", "argumenterede"}))
        return QuestionType::said;
    if (vote_words(words) ||
        has(words, {"did the council vote", "did they vote", "did he vote", "did she vote"})) {
        return QuestionType::vote;
    }
    if (at_any(words, i + 1,
               {"endte", "gik det med", "gik det", "faldt", "blev", "har byradet besluttet",
                "ended", "did it end", "did the case end", "gik sagen", "gik afstemningen",
                "er det gaet", "lod beslutningen", "lyder beslutningen", "var beslutningen"})) {
        return QuestionType::decision;
    }
    return QuestionType::how;
}

/// The type without a question word: orders ("forklar"), yes/no by word order, single hints.
QuestionType type_without_word(const Words& words) {
    std::size_t first = 0;
    while (first < words.size() &&
           (words[first].empty() ||
            one_of(words[first], {"og", "hej", "men", "jamen", "ok", "please", "hi", "hello",
                                  "venligst", "kaere", "raadbot", "sa", "and", "goddag"}))) {
        ++first;
    }
    const std::string head = word_at(words, first);
    if (one_of(head, {"forklar", "definer", "explain", "define", "definition", "beskriv",
                      "betydning", "meaning"})) {
        return QuestionType::definition;
    }
    if (one_of(head,
               {"naevn", "list", "oplist", "vis", "oversigt", "giv", "show", "name", "liste"}) &&
        words.size() > first + 1) {
        return QuestionType::list;
    }
    const bool asks = is_auxiliary(head);
    if (asks && participle(words) &&
        one_of(head,
               {"er", "blev", "var", "har", "bliver", "was", "is", "has", "were", "have", "did"})) {
        return QuestionType::decision;
    }
    if (one_of(head, {"vedtog", "godkendte", "besluttede", "afviste"}))
        return QuestionType::decision;
    if (head == "did" && has(words, {"approve", "adopt", "reject", "decide", "pass"}))
        return QuestionType::decision;
    if (one_of(head, {"stemte"}) || (head == "did" && has(words, {"vote"})))
        return QuestionType::vote;
    if (one_of(head, {"var", "blev", "was", "er"}) &&
        has(words, {"var der enighed", "var der uenighed", "var det enstemmigt", "var der flertal",
                    "vedtaget enstemmigt", "enstemmigt vedtaget", "byradet enigt", "byradet enige",
                    "nogen imod", "nogen mod", "nogen uenige", "nogen der var imod",
                    "nogen der stemte", "alle enige", "alle for", "anyone against"})) {
        return QuestionType::vote;
    }
    if (one_of(head, {"var", "was", "were", "did", "deltog"}) &&
        has(words, {"til stede", "tilstede", "present", "fravaerende", "absent", "attend", "deltog",
                    "nogen der manglede", "nogen som manglede", "nogen der meldte afbud",
                    "nogen der havde meldt afbud", "nogen der udeblev"})) {
        return QuestionType::attendance;
    }
    if (asks && words.size() > first + 1) return QuestionType::yes_no;
    for (std::size_t i = first; i + 1 < words.size(); ++i) {
        const bool clause = i == first || words[i - 1].empty();
        const bool pronoun =
            one_of(words[i + 1], {"jeg", "man", "vi", "du", "de", "i", "det", "der", "han", "hun",
                                  "min", "mit", "mine", "we", "they", "he", "she", "it", "there"});
        if (is_auxiliary(words[i]) && words[i].size() > 1 && pronoun &&
            (clause || one_of(words[i + 1], {"jeg", "man", "vi"}))) {
            // "hvis jeg er inhabil, må jeg ..." and "mit barn er sygt, må jeg ..." alike.
            if (clause || one_of(words[i], {"ma", "kan", "skal", "er", "far", "har", "bor", "can",
                                            "may", "must"})) {
                return QuestionType::yes_no;
            }
        }
    }
    if (one_of(head, {"stemmetal", "stemmetallet", "stemmetallene", "stemmefordeling"}))
        return QuestionType::vote;
    if (one_of(head, {"frist", "deadline"}) && words.size() > first + 1) return QuestionType::when;
    // "Pris på pas", as one types it to search.
    if (one_of(head, {"pris", "priser", "takst", "takster", "price"}) && words.size() > first + 1)
        return QuestionType::how_much;
    return QuestionType::unknown;
}

/// True when the question opens with a plain yes/no turn, so that later question words are only
/// embedded
/// ("må jeg se hvem der har stemt"); not for "kan du sige hvornår", which asks what it embeds.
bool opens_yes_no(const Words& words, std::size_t first_question_word) {
    std::size_t first = 0;
    while (first < words.size() &&
           (words[first].empty() ||
            one_of(words[first], {"og", "hej", "men", "jamen", "so", "and", "sa"}))) {
        ++first;
    }
    if (first >= first_question_word || !is_auxiliary(word_at(words, first))) return false;
    const std::string subject = word_at(words, first + 1);
    // "Har fået en bøde, hvor længe har jeg til at klage": what is told first has no subject.
    const bool adverb = one_of(subject, {"lige", "netop", "ikke", "selv"});
    const std::string told = adverb ? word_at(words, first + 2) : subject;
    if (word_at(words, first) == "har" && words[first_question_word - 1].empty() &&
        ends_with_any(told, {"et", "bt", "dt", "gt", "kt", "nt", "pt", "st", "lt"}) &&
        !one_of(told, {"det", "et", "mit", "dit", "noget", "vort", "andet"}))
        return false;
    // "må jeg fortælle hvad der blev sagt" asks for leave.
    if (word_at(words, first) == "ma" && one_of(subject, {"jeg", "vi", "man"})) return true;
    if (one_of(subject, {"du", "i", "you", "nogen", "vi", "jeg", "we", "anyone", "someone"})) {
        const std::string verb = word_at(words, first + 2);
        if (one_of(verb,
                   {"sige", "fortaelle", "oplyse",  "forklare", "give", "finde", "hjaelpe", "vide",
                    "tell", "please",    "explain", "know",     "vise", "lige",  "se",      "huske",
                    "find", "show",      "you",     "mig",      "fa",   "nogen"})) {
            return first + 5 < first_question_word || verb == "se"
                       ? subject == "jeg" || subject == "vi"
                       : false;
        }
        if (one_of(subject, {"du", "you", "nogen", "anyone"})) return false;
    }
    return true;
}

}  // namespace

QuestionType question_type(std::string_view question) {
    const Words words = words_of(question);
    if (words.empty()) return QuestionType::unknown;
    std::size_t i = 0;
    while (i < words.size() && !is_question_word(words[i])) ++i;
    // English "when" and "which" inside a statement are no question ("the day when ..."): taken as
    // one anyway, unless the sentence opens as a yes/no question.
    if (i == words.size() || opens_yes_no(words, i)) return type_without_word(words);
    // "hvad hvis ...", "hvad med ...": the question proper may follow.
    const std::string& word = words[i];
    if (i > 0 && one_of(words[i - 1], {"efter", "ifolge", "under"}) &&
        one_of(word, {"hvilken", "hvilke", "which"})) {
        const QuestionType noun = type_of_noun(word_at(words, i + 1));
        return noun == QuestionType::unknown ? QuestionType::which_rule : noun;
    }
    if (word == "hvornar" || word == "when") return QuestionType::when;
    if (word == "hvorfor" || word == "why") return QuestionType::why;
    if (one_of(word, {"hvem", "who", "whom", "whose"})) return type_of_who(words, i);
    if (word == "hvor") return type_of_hvor(words, i);
    if (word == "where") {
        return has(words, {"where does it say", "where in the", "where is it stated"})
                   ? QuestionType::which_rule
                   : QuestionType::where;
    }
    if (word == "hvordan" || word == "how") return type_of_how(words, i);
    if (one_of(word, {"hvilken", "hvilket", "hvilke", "which"})) return type_of_which(words, i);
    return type_of_what(words, i);
}

std::string_view to_string(QuestionType type) {
    switch (type) {
        case QuestionType::unknown: return "unknown";
        case QuestionType::definition: return "definition";
        case QuestionType::who: return "who";
        case QuestionType::when: return "when";
        case QuestionType::where: return "where";
        case QuestionType::how_much: return "how_much";
        case QuestionType::which_rule: return "which_rule";
        case QuestionType::list: return "list";
        case QuestionType::yes_no: return "yes_no";
        case QuestionType::how: return "how";
        case QuestionType::why: return "why";
        case QuestionType::decision: return "decision";
        case QuestionType::vote: return "vote";
        case QuestionType::proposal: return "proposal";
        case QuestionType::said: return "said";
        case QuestionType::agenda: return "agenda";
        case QuestionType::attendance: return "attendance";
    }
    return "unknown";
}

}  // namespace raadbot::danish
