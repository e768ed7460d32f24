#include "retrieval/danish/question.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

// All words below are loose keys (see pieces.hpp): å and aa -> a, ø and oe -> o, æ -> ae.

using Words = std::vector<std::string>;

/// What people type for the question words, and joined ones taken apart.
struct Respelling {
    std::string_view typed;
    std::string_view meant;
};
constexpr std::array<Respelling, 76> respellings{{
    {"hvormeget", "hvor meget"},
    {"hvormange", "hvor mange"},
    {"hvorlaenge", "hvor laenge"},
    {"hvorlang", "hvor lang"},
    {"hvorlangt", "hvor langt"},
    {"hvortit", "hvor tit"},
    {"hvorofte", "hvor ofte"},
    {"hvorstor", "hvor stor"},
    {"hvormegt", "hvor meget"},
    {"hvorhenne", "hvor henne"},
    {"hvorhen", "hvor henne"},
    {"hvoridet", "hvor i det"},
    {"hvormed", "hvordan"},
    {"hvorledes", "hvordan"},
    {"hvadfor", "hvad for"},
    {"hvadkoster", "hvad koster"},
    {"hvor dan", "hvordan"},
    {"hvm", "hvem"},
    {"hven", "hvem"},
    {"hvme", "hvem"},
    {"vem", "hvem"},
    {"hwem", "hvem"},
    {"hvemm", "hvem"},
    {"hem", "hvem"},
    {"hvd", "hvad"},
    {"hva", "hvad"},
    {"hvda", "hvad"},
    {"vad", "hvad"},
    {"hvadd", "hvad"},
    {"hvat", "hvad"},
    {"hvaf", "hvad"},
    {"hvornor", "hvornar"},
    {"hvornr", "hvornar"},
    {"hvornr.", "hvornar"},
    {"vornar", "hvornar"},
    {"hvonar", "hvornar"},
    {"hvorna", "hvornar"},
    {"hvorner", "hvornar"},
    {"hvornaer", "hvornar"},
    {"hvorn", "hvornar"},
    {"vordan", "hvordan"},
    {"hvodan", "hvordan"},
    {"hvordn", "hvordan"},
    {"vorfor", "hvorfor"},
    {"hvofor", "hvorfor"},
    {"hvorfr", "hvorfor"},
    {"hvr", "hvor"},
    {"vor", "hvor"},
    {"hvo", "hvor"},
    {"hvorr", "hvor"},
    {"hviken", "hvilken"},
    {"hvilkn", "hvilken"},
    {"vilken", "hvilken"},
    {"hvilkne", "hvilken"},
    {"hviket", "hvilket"},
    {"hvlke", "hvilke"},
    {"hvike", "hvilke"},
    {"hviklke", "hvilke"},
    {"vilke", "hvilke"},
    {"hvilk", "hvilke"},
    {"mgeet", "meget"},
    {"meegt", "meget"},
    {"maget", "meget"},
    {"megt", "meget"},
    {"manbe", "mange"},
    {"magne", "mange"},
    {"laeneg", "laenge"},
    {"lenge", "laenge"},
    {"whats", "what is"},
    {"what's", "what is"},
    {"who's", "who is"},
    {"where's", "where is"},
    {"when's", "when is"},
    {"how's", "how is"},
    {"wich", "which"},
    {"wen", "when"},
}};

void add_words(Words& words, std::string_view key) {
    for (const Respelling& respelling : respellings) {
        if (key == respelling.typed) {
            std::string_view rest = respelling.meant;
            for (std::size_t blank = rest.find(' '); blank != std::string_view::npos;
                 blank = rest.find(' ')) {
                words.emplace_back(rest.substr(0, blank));
                rest.remove_prefix(blank + 1);
            }
            words.emplace_back(rest);
            return;
        }
    }
    // The long question words differ from each other by two letters or more, so one slip is
    // repaired.
    for (const std::string_view word :
         {"hvornar", "hvordan", "hvorfor", "hvilken", "hvilket", "hvilke"}) {
        if (key.size() >= 6 && key != word && !one_of(key, {"hvilken", "hvilket", "hvilke"}) &&
            edit_distance(key, word, 1) <= 1) {
            words.emplace_back(word);
            return;
        }
    }
    words.emplace_back(key);
}

/// The question as words; "," ";" ":" "?" "." each give an empty word, so that clauses stay apart.
Words words_of(std::string_view question) {
    Words words;
    for (const Piece& piece : pieces(question)) {
        if (piece.kind == PieceKind::mark) {
            if (one_of(piece.text, {",", ";", ":", "?", "!", ".", "§"})) {
                words.emplace_back(piece.text == "§" ? "§" : "");
            }
        } else {
            add_words(words, piece.key);
        }
    }
    return words;
}

bool at(const Words& words, std::size_t i, std::string_view phrase) {
    while (true) {
        if (i >= words.size()) return false;
        const std::size_t blank = phrase.find(' ');
        if (words[i] != phrase.substr(0, blank)) return false;
        if (blank == std::string_view::npos) return true;
        phrase.remove_prefix(blank + 1);
        ++i;
    }
}

bool at_any(const Words& words, std::size_t i, std::initializer_list<std::string_view> phrases) {
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return at(words, i, phrase); });
}

bool has(const Words& words, std::initializer_list<std::string_view> phrases,
         std::size_t from = 0) {
    for (std::size_t i = from; i < words.size(); ++i) {
        if (at_any(words, i, phrases)) return true;
    }
    return false;
}

bool has_part(const Words& words, std::initializer_list<std::string_view> parts) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
            return word.find(part) != std::string::npos;
        });
    });
}

std::string word_at(const Words& words, std::size_t i) { return i < words.size() ? words[i] : ""; }

bool ends_with_any(std::string_view word, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(),
                       [&](std::string_view end) { return word.ends_with(end); });
}

bool is_question_word(std::string_view word) {
    return one_of(word, {"hvad", "hvem", "hvor", "hvornar", "hvordan", "hvorfor", "hvilken",
                         "hvilket", "hvilke", "what", "who", "whom", "whose", "where", "when",
                         "how", "why", "which", "hvis"}) &&
           word != "hvis";
}

bool is_auxiliary(std::string_view word) {
    return one_of(
        word,
        {"ma",       "kan",     "skal",    "er",       "har",    "far",     "gaelder", "vil",
         "bor",      "findes",  "var",     "blev",     "bliver", "kraever", "tor",     "behover",
         "matte",    "kunne",   "skulle",  "havde",    "koster", "dur",     "kommer",  "giver",
         "deltager", "mister",  "betaler", "hjaelper", "hoerer", "horer",   "ligger",  "star",
         "tæller",   "taeller", "dækker",  "daekker",  "can",    "may",     "must",    "is",
         "are",      "do",      "does",    "did",      "should", "will",    "has",     "have",
         "was",      "were",    "could",   "would",    "am",     "shall",   "cam"});
}

bool participle(const Words& words) {
    return has(words, {"vedtaget",       "godkendt",
                       "besluttet",      "afvist",
                       "udsat",          "bevilget",
                       "forkastet",      "nedstemt",
                       "droppet",        "tiltradt",
                       "approved",       "adopted",
                       "decided",        "rejected",
                       "passed",         "postponed",
                       "vedtagne",       "stemt igennem",
                       "stemt ned",      "afgjort",
                       "sendt i horing", "taget til efterretning",
                       "oversendt",      "enige om"});
}

bool past_decision(const Words& words) {
    return participle(words) ||
           has(words,
               {"besluttede",  "vedtog",        "godkendte",   "afgjorde",      "endte",
                "endt",        "beslutningen",  "beslutning",  "afgorelsen",    "udfaldet",
                "udfald",      "resultatet",    "outcome",     "resultat",      "konklusionen",
                "konklusion",  "afviste",       "udsatte",     "bestemte",      "bestemt",
                "decision",    "decide",        "conclusion",  "kom ud af",     "blev det til",
                "gik det med", "skete der med", "sket med", "happened to", "happened with", "end up",
                "ended up",    "faldt sagen",   "blev der af", "landede",       "landet"});
}

bool vote_words(const Words& words) {
    return has(words, {"stemte",        "stemmerne",      "stemmetal",        "stemmetallet",
                       "stemmetallene", "voted",          "stemmefordeling",  "stemmefordelingen",
                       "afstemningen",  "votes",          "the vote",         "stemt for",
                       "stemt imod",    "stemt nej",      "stemt ja",         "stemmer for",
                       "stemmer imod",  "stemmer imod",   "vote for",         "vote against",
                       "vote on",       "stemmeresultat", "stemmeresultatet", "afstemning om",
                       "stemmer faldt", "stemte"});
}

bool money_words(const Words& words) {
    return has(words,
               {"koster",       "koste",        "kostede",      "kostet",     "kr",
                "kroner",       "penge",        "mio",          "mia",        "dyr",
                "dyrt",         "dyre",         "tjener",       "betaler",    "betale",
                "betalt",       "betaling",     "honorar",      "diaeter",    "aflonning",
                "far man for",  "far jeg for",  "far vi for",   "far en",     "far et",
                "giver posten", "cost",         "costs",        "pay",        "paid",
                "salary",       "fee",          "fees",         "price",      "money",
                "allowance",    "allowances",   "budget",       "grant",      "expensive",
                "wage",         "wages",        "rate",         "dkk",        "kilometer penge",
                "gaeld",        "bevilget",     "bevilling",    "afsat",      "sum",
                "amount",       "earn",         "earns",        "spend",      "spent",
                "brugt pa",     "brugte",       "bruger vi",    "bruges der", "investeret",
                "subsidy",      "remuneration", "compensation", "millioner",  "milliarder",
                "tjent",        "kontingent",   "skat",         "tilskud",    "rabat"}) ||
           std::any_of(words.begin(), words.end(), [](const std::string& word) {
               return ends_with_any(word, {"lon",
                                           "lonnen",
                                           "vederlag",
                                           "vederlaget",
                                           "takst",
                                           "taksten",
                                           "takster",
                                           "taksterne",
                                           "pris",
                                           "prisen",
                                           "belob",
                                           "belobet",
                                           "udgift",
                                           "udgiften",
                                           "udgifter",
                                           "udgifterne",
                                           "tilskud",
                                           "tilskuddet",
                                           "budget",
                                           "budgettet",
                                           "godtgorelse",
                                           "godtgorelsen",
                                           "gebyr",
                                           "gebyret",
                                           "sats",
                                           "satsen",
                                           "satser",
                                           "satserne",
                                           "udgifterne",
                                           "indtaegter",
                                           "indtaegt",
                                           "besparelse",
                                           "besparelsen",
                                           "bevillingen",
                                           "skatten",
                                           "kassebeholdning",
                                           "kassebeholdningen",
                                           "omkostning",
                                           "omkostninger",
                                           "anlaegssum",
                                           "rammen",
                                           "huslejen",
                                           "husleje",
                                           "afgift",
                                           "afgiften",
                                           "boden",
                                           "beloebet",
                                           "hyre"});
           });
}

/// "hvor <adjective>": how much, when or where.
QuestionType type_of_hvor(const Words& words, std::size_t i) {
    const std::string next = word_at(words, i + 1);
    if (one_of(next, {"meget",  "mange", "laenge", "langt", "lang",    "stor", "stort", "store",
                      "hoj",    "hojt",  "hoje",   "ofte",  "dyr",     "dyrt", "dyre",  "tit",
                      "lille",  "lidt",  "gammel", "gamle", "gammelt", "bred", "bredt", "hurtigt",
                      "hurtig", "tung",  "faerre", "godt",  "taet",    "naer", "dybt",  "kort"})) {
        return vote_words(words) ? QuestionType::vote : QuestionType::how_much;
    }
    if (one_of(next, {"sent", "tidligt", "tidlig", "sen", "snart"})) return QuestionType::when;
    if (has(words,
            {"hvor star det", "hvor star der", "hvor star dette", "hvor star reglen",
             "hvor star reglerne", "hvor fremgar", "hvor i loven", "hvor i vedtaegten",
             "hvor i styrelsesvedtaegten", "hvor i forretningsordenen", "hvor er det bestemt",
             "hvor er det skrevet", "hvor er reglen", "hvor kan jeg laese reglen"}) &&
        !has(words, {"hvor star der en"})) {
        return QuestionType::which_rule;
    }
    if (next == "star" && has_part(words, {"bestemmels", "regl", "vedtaeg", "loven", "paragraf"})) {
        return QuestionType::which_rule;
    }
    return QuestionType::where;
}

/// "hvilken|hvilket|hvilke|which|what <noun>"; unknown when the noun says nothing.
QuestionType type_of_noun(std::string_view noun) {
    if (one_of(noun, {"§",
                      "paragraf",
                      "paragraffer",
                      "lov",
                      "love",
                      "bestemmelse",
                      "bestemmelser",
                      "regel",
                      "bekendtgorelse",
                      "lovgivning",
                      "hjemmel",
                      "lovhjemmel",
                      "section",
                      "law",
                      "rule",
                      "paragraph",
                      "legislation",
                      "provision",
                      "stk",
                      "lovparagraf",
                      "act"})) {
        return QuestionType::which_rule;
    }
    if (one_of(noun, {"dag",     "dage",     "dato",  "datoer",   "tid",         "ugedag",
                      "ugedage", "maned",    "ar",    "uge",      "tidspunkt",   "klokkeslet",
                      "frist",   "time",     "date",  "day",      "month",       "year",
                      "week",    "deadline", "aften", "ugedagen", "tidspunkter", "dates",
                      "days",    "weekday"})) {
        return QuestionType::when;
    }
    if (one_of(noun, {"lokale",
                      "adresse",
                      "sal",
                      "rum",
                      "vej",
                      "bygning",
                      "parkeringsplads",
                      "etage",
                      "sted",
                      "by",
                      "lokaler",
                      "indgang",
                      "dor",
                      "room",
                      "address",
                      "place",
                      "building",
                      "floor",
                      "entrance",
                      "modelokale",
                      "gade",
                      "steder",
                      "ende",
                      "bydel",
                      "website",
                      "hjemmeside",
                      "side",
                      "street",
                      "location"})) {
        return QuestionType::where;
    }
    if (one_of(noun, {"belob", "pris", "sats", "takst", "lon", "procent", "procentsats", "vederlag",
                      "storrelse", "amount", "price", "rate", "fee", "salary", "number", "antal",
                      "percentage", "gebyr"})) {
        return QuestionType::how_much;
    }
    if (one_of(noun, {"afdeling",    "person",      "udvalg",    "forvaltning", "kontor",
                      "direktor",    "medarbejder", "myndighed", "borgmester",  "parti",
                      "chef",        "instans",     "formand",   "department",  "committee",
                      "office",      "authority",   "team",      "enhed",       "organ",
                      "medlem",      "raad",        "rad",       "ankeinstans", "minister",
                      "ministerium", "party",       "body",      "fagudvalg",   "kontaktperson"})) {
        return QuestionType::who;
    }
    return QuestionType::unknown;
}

bool is_copula(std::string_view word) {
    return one_of(word, {"er", "var", "bliver", "blev", "is", "are", "was", "were"});
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
    if (vote_words(words) ||
        has(words, {"var for",      "var imod",   "var mod",       "er imod",       "er for",
                    "var uenig",    "var uenige", "var enig",      "var enige",     "gik imod",
                    "gik mod",      "stottede",   "var against",   "was against",   "was for",
                    "were against", "were for",   "was in favour", "was in favor",  "opposed",
                    "supported",    "undlod", "bakkede op", "var ikke enig"})) {
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

bool is_english_amount(std::string_view word) {
    return one_of(word, {"price", "fee", "salary", "pay", "cost", "allowance", "rate", "amount",
                         "number", "limit", "budget", "tax", "size", "maximum", "wage",
                         "remuneration", "salaries", "rates", "fees"});
}

bool plain_definition(const Words& words, std::size_t noun) {
    std::size_t count = 0;
    bool article = false;
    for (std::size_t i = noun; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.empty()) {
            if (i + 1 < words.size() && !words[i + 1].empty()) return false;
            break;
        }
        if (i == noun && one_of(word, {"en", "et", "a", "an"})) {
            article = true;
            continue;
        }
        if (word == "for") return one_of(word_at(words, i + 1), {"noget", "en", "et"}) || (article && count > 0);
        if (i == noun && one_of(word, {"egentlig", "egentligt", "sa", "the", "meant", "nu"}))
            continue;
        if (one_of(word,
                   {"min",     "mit",     "mine",   "vores",   "status", "jeres",    "der",
                    "det",     "i",       "pa",     "til",     "med",    "om",       "hvis",
                    "nar",     "som",     "my",     "our",     "there",  "it",       "on",
                    "at",      "in",      "to",     "klokken", "fra",    "with",     "nyt",
                    "bedst",   "bedste",  "sket",   "ved",     "about",  "den",      "lavet",
                    "gjort",   "sagt",    "sidst",  "planen",  "from",   "best",     "new",
                    "grunden", "arsagen", "naeste", "next",    "sidste", "reglerne", "regler"})) {
            // "hvad er en anlægsbevilling i et budget" still asks for the meaning.
            return article && count > 0;
        }
        ++count;
    }
    return count > 0 && (article || count <= 3);
}

QuestionType type_of_what(const Words& words, std::size_t i) {
    const std::string next = word_at(words, i + 1);
    const std::string after = word_at(words, i + 2);
    if (at_any(words, i + 1,
               {"for en dag", "tid", "dato", "dag", "klokken", "klokkeslet", "ar", "time", "date",
                "day", "year", "tidspunkt", "for en dato", "for et tidspunkt"})) {
        return QuestionType::when;
    }
    if (at_any(words, i + 1, {"for nogle", "for nogen", "slags"})) return QuestionType::list;
    if (at_any(words, i + 1, {"for en", "for et"})) {
        const QuestionType noun = type_of_noun(word_at(words, i + 3));
        if (noun != QuestionType::unknown) return noun;
    }
    if (next == "room" || next == "address") return QuestionType::where;
    if (one_of(next, {"section", "law", "rule", "paragraph", "legislation"}))
        return QuestionType::which_rule;
    if (has(words, {"fa pa dagsordenen", "fa sat pa dagsordenen", "hvad er en dagsorden",
                    "what is an agenda"})) {
        // How to raise a case, or the word itself: not what stands on an agenda.
    } else if (has(words, {"pa dagsordenen", "pa dagsorden", "i dagsordenen", "pa programmet",
                           "on the agenda", "on agenda", "hvad skal vi behandle",
                           "tage stilling til", "pa tapetet", "punkter er der",
                           "star der pa dagsordenen", "hvad skal vi drofte", "handler modet om",
                           "handler naeste mode om", "be discussed", "will be discussed"}) ||
               (next == "skal" && has(words, {"pa naeste mode", "naeste byradsmode", "behandle", "behandles", "drofte", "droftes",
                                              "pa modet", "tages op", "besluttes", "beslutte"})) ||
               (has(words, {"dagsorden", "dagsordenen", "agenda"}) &&
                has(words, {"naeste", "kommende", "next", "til modet", "today"}) &&
                is_copula(next))) {
        return QuestionType::agenda;
    }
    if (at_any(words, i + 1, {"gor jeg",          "gor man",           "gor vi",
                              "skal jeg gore",    "skal man gore",     "skal vi gore",
                              "kan jeg gore",     "kan man gore",      "gor en",
                              "gor jeg hvis",     "should i do",       "do i do",
                              "can i do",         "do we do",          "gores der",
                              "er proceduren",    "er fremgangsmaden", "er processen",
                              "is the procedure", "is the process",    "do i need to do",
                              "must i do",        "stiller jeg op"})) {
        return QuestionType::how;
    }
    if (at_any(words, i + 1,
               {"er grunden", "er arsagen", "er begrundelsen", "var grunden", "var arsagen",
                "var begrundelsen", "is the reason", "was the reason", "skyldes"})) {
        return QuestionType::why;
    }
    if (at_any(words, i + 1,
               {"er fristen", "er frist", "er sidste frist", "er deadline", "er deadlinen",
                "is the deadline", "er datoen", "er tidspunktet", "is the date",
                "er ansogningsfristen", "er horingsfristen", "er sidste dag", "er abningstiden",
                "er abningstiderne", "are the opening", "var datoen", "er svarfristen"})) {
        return QuestionType::when;
    }
    if (at_any(words, i + 1, {"er naeste mode", "er det naeste mode", "er naeste byradsmode"})) {
        return QuestionType::when;
    }
    if (at_any(words, i + 1, {"er adressen", "er adresse", "is the address"}))
        return QuestionType::where;
    if (at_any(words, i + 1, {"hedder", "hed", "er navnet", "is the name"})) {
        return has(words, {"planen", "sagen", "projektet", "loven"}) ? QuestionType::unknown
                                                                     : QuestionType::who;
    }
    if (vote_words(words) && !has(words, {"afstemning om"}) &&
        one_of(next, {"stemte", "var", "blev", "er", "did", "was", "were", "har"})) {
        return QuestionType::vote;
    }
    if (has(words, {"foreslog",
                    "foreslar",
                    "indstiller",
                    "indstillede",
                    "indstillet",
                    "indstillingen",
                    "anbefaler",
                    "anbefalede",
                    "anbefalet",
                    "foreslaet",
                    "forslaet",
                    "recommended",
                    "recommend",
                    "recommends",
                    "propose",
                    "proposed",
                    "proposes",
                    "lagde op til",
                    "lagde forvaltningen op til",
                    "laegger op til",
                    "recommendation",
                    "proposal",
                    "suggested",
                    "forslaget ud pa",
                    "laegger forvaltningen op til",
                    "suggest"}) &&
        !has(words, {"hvad er en indstilling"})) {
        return QuestionType::proposal;
    }
    if (has(words, {"vil det sige", "vil sige"})) return QuestionType::definition;
    if (has(words, {"sagde",
                    "sagt",
                    "mente",
                    "udtalte",
                    "udtaler",
                    "mener",
                    "did the mayor say",
                    "said",
                    "svarede",
                    "svaret",
                    "argumenterede",
                    "say about",
                    "say on",
                    "think about",
                    "says about",
                    "kommenterede",
                    "naevnte",
                    "lovede",
                    "mayor say",
                    "chairman say",
                    "fortalte",
                    "paa talerstolen",
                    "pa talerstolen",
                    "talte"}) ||
        (one_of(next, {"siger", "sag"}) &&
         !has_part(words,
                   {"lov", "regl", "vedtaeg", "forretningsorden", "§", "politik", "ordning"}))) {
        return QuestionType::said;
    }
    if (past_decision(words) &&
        !has(words,
             {"hvad er en beslutning", "hvad er en afgorelse", "i beslutningsprotokollen"}) &&
        !one_of(next, {"kan", "skal", "ma", "bor", "can", "must"})) {
        return QuestionType::decision;
    }
    if (at_any(words, i + 1,
               {"skete der", "skete med", "happened", "blev der besluttet", "blev det"})) {
        return QuestionType::decision;
    }
    if (at_any(words, i + 1, {"betyder", "menes", "forstas", "daekker", "does", "star"}) &&
        (has(words, {"betyder", "menes med", "forstas ved", "daekker", "mean", "stand for", "cover",
                     "refer to"}) ||
         (next == "star" && after != "der" && has(words, {"for"})))) {
        if (!has(words, {"betyder det for", "betyder det hvis", "betyder det at"}))
            return QuestionType::definition;
        return QuestionType::unknown;
    }
    if (at_any(words, i + 1,
               {"koster",
                "kostede",
                "skal jeg betale",
                "skal man betale",
                "tjener",
                "betaler",
                "giver posten",
                "giver det",
                "far man for",
                "far jeg for",
                "far jeg i",
                "far man i",
                "far en",
                "far et",
                "far formanden",
                "far borgmesteren",
                "far medlemmer",
                "does it cost",
                "bruger",
                "bruges",
                "far viceborgmesteren",
                "far byradsmedlemmer",
                "brugte",
                "far vi i",
                "far jeg om",
                "giver formandsposten",
                "har det kostet"}) ||
        (next == "does" && has(words, {"cost", "pay", "earn", "get paid"})) ||
        (one_of(next, {"far", "giver", "fik", "gav"}) && money_words(words)) ||
        ((is_copula(next) || next == "udgor" || next == "har") &&
         has(words, {"koste", "kostet"}))) {
        return QuestionType::how_much;
    }
    if (is_copula(next) || one_of(next, {"udgor", "lyder"})) {
        std::size_t noun = i + 2;
        while (one_of(
            word_at(words, noun),
            {"den",     "det",    "the",       "min",      "mit",        "my",        "egentlig",
             "nu",      "vores",  "current",   "aktuelle", "nuvaerende", "maksimale", "hojeste",
             "samlede", "arlige", "manedlige", "total",    "annual",     "monthly"})) {
            ++noun;
        }
        const std::string& head = word_at(words, noun);
        const bool article = one_of(head, {"en", "et", "a", "an"});
        if (!article && (ends_with_any(head, {"prisen",
                                              "taksten",
                                              "taksterne",
                                              "belobet",
                                              "satsen",
                                              "satserne",
                                              "vederlaget",
                                              "lonnen",
                                              "budgettet",
                                              "storrelsen",
                                              "gebyret",
                                              "godtgorelsen",
                                              "procenten",
                                              "antallet",
                                              "udgiften",
                                              "udgifterne",
                                              "tilskuddet",
                                              "budgetrammen",
                                              "skatteprocenten",
                                              "kassebeholdningen",
                                              "satserne",
                                              "maksimum",
                                              "loftet",
                                              "graensen",
                                              "belob",
                                              "takst",
                                              "pris",
                                              "sats",
                                              "aldersgraensen",
                                              "promillen",
                                              "ydelsen",
                                              "bevillingen",
                                              "servicerammen"}) ||
                         is_english_amount(head) || is_english_amount(word_at(words, noun + 1)))) {
            return QuestionType::how_much;
        }
        if (!article && ends_with_any(head, {"fristen", "deadline", "frist"}))
            return QuestionType::when;
        if (at_any(words, i + 2,
                   {"forskellen", "forskel", "forskellige", "the difference", "definitionen",
                    "meningen", "meant", "et andet ord", "the meaning"})) {
            return QuestionType::definition;
        }
        if (plain_definition(words, i + 2)) return QuestionType::definition;
    }
    if (has(words, {"hvad er forskel", "forskellen pa", "forskellen mellem", "forskel pa"}))
        return QuestionType::definition;
    return QuestionType::unknown;
}

QuestionType type_of_which(const Words& words, std::size_t i) {
    std::size_t noun = i + 1;
    while (one_of(word_at(words, noun),
                  {"anden", "andet", "sidste", "praecis", "precis", "konkret", "konkrete", "af",
                   "the", "of", "naeste", "saerlig", "faste"})) {
        ++noun;
    }
    const std::string head = word_at(words, noun);
    const QuestionType type = type_of_noun(head);
    if (one_of(head, {"partier", "parti", "medlemmer", "parties", "members"}) &&
        vote_words(words)) {
        return QuestionType::vote;
    }
    if (one_of(head, {"partier", "medlemmer", "members", "parties"}) &&
        has(words, {"var for", "var imod", "imod", "against", "stottede"})) {
        return QuestionType::vote;
    }
    if (one_of(head, {"medlemmer", "members"}) &&
        has(words, {"til stede", "tilstede", "fravaerende", "deltog", "modte", "afbud", "absent",
                    "present"})) {
        return QuestionType::attendance;
    }
    if (one_of(head,
               {"punkter", "sager", "dagsordenspunkter", "items", "punkt", "emner", "points"}) &&
        !past_decision(words) &&
        has(words, {"dagsorden", "dagsordenen", "mode", "modet", "naeste", "agenda", "meeting",
                    "behandles", "byradet", "behandle", "pa", "er"}) &&
        !has(words, {"ma", "lukkede"})) {
        return QuestionType::agenda;
    }
    if (one_of(head, {"beslutning", "beslutninger", "decision", "decisions", "afgorelse"}))
        return QuestionType::decision;
    const bool plural = words[i] == "hvilke" || (words[i] == "which" && head.ends_with("s"));
    if (plural && type != QuestionType::which_rule && type != QuestionType::when)
        return QuestionType::list;
    if (plural && one_of(head, {"dage", "datoer", "days", "dates"})) return QuestionType::when;
    if (type == QuestionType::unknown && words[i] == "which") {
        return is_copula(head) ? QuestionType::list : QuestionType::unknown;
    }
    return type;
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
    if (one_of(head, {"var", "was", "were", "did", "deltog"}) &&
        has(words,
            {"til stede", "tilstede", "present", "fravaerende", "absent", "attend", "deltog"})) {
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
    if (one_of(head, {"frist", "deadline"}) && words.size() > first + 1) return QuestionType::when;
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
                       "not",        "ogsa", "selv",     "slut",     "frist",
                       "fristen",    "prisen",    "gik",      "end",        "ud",       "op",
                       "med",        "trods",     "bagefter", "faktisk",    "henne",    "dan",
                       "fandt",      "sted"});
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
