#include "retrieval/danish/question_words.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

/// What people type for the question words, and joined ones taken apart.
struct Respelling {
    std::string_view typed;
    std::string_view meant;
};
constexpr std::array<Respelling, 77> respellings{{
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
    {"vonar", "hvornar"},
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

}  // namespace

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

bool has(const Words& words, std::initializer_list<std::string_view> phrases, std::size_t from) {
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
                       "oversendt",      "enige om",
                       "aftalt",         "sagt ja til",
                       "sagt nej til"});
}

bool past_decision(const Words& words) {
    return participle(words) ||
           has(words,
               {"besluttede",  "vedtog",        "godkendte",   "afgjorde",    "endte",
                "endt",        "beslutningen",  "beslutning",  "afgorelsen",  "udfaldet",
                "udfald",      "resultatet",    "outcome",     "resultat",    "konklusionen",
                "konklusion",  "afviste",       "udsatte",     "bestemte",    "bestemt",
                "decision",    "decide",        "conclusion",  "kom ud af",   "blev det til",
                "gik det med", "skete der med", "sket med",    "happened to", "happened with",
                "end up",      "ended up",      "faldt sagen", "blev der af", "landede",
                "landet"});
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

namespace {

/// "Hvad får de borgere for at møde op", "hvad får min suppleant for et møde": what is paid.
bool asks_what_is_got_for(const Words& words) {
    bool got = false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        got = got || (words[i] == "hvad" && one_of(words[i + 1], {"far", "fik"}));
        if (got && words[i] == "for" && one_of(words[i + 1], {"at", "et", "en", "hver", "hvert"}))
            return true;
    }
    return got && has(words, {"i timen", "om maneden"});
}

}  // namespace

bool money_words(const Words& words) {
    return asks_what_is_got_for(words) ||
           has(words,
               {"koster",       "koste",       "kostede",    "kostet",       "kr",
                "kroner",       "penge",       "mio",        "mia",          "dyr",
                "dyrt",         "dyre",        "tjener",     "betaler",      "betale",
                "betalt",       "betaling",    "honorar",    "diaeter",      "aflonning",
                "far man for",  "far jeg for", "far vi for", "far en",       "far et",
                "fik man pr",   "far man pr",  "far jeg pr", "pr km",        "pr kilometer",
                "giver posten", "cost",        "costs",      "pay",          "paid",
                "salary",       "fee",         "fees",       "price",        "money",
                "allowance",    "allowances",  "budget",     "grant",        "expensive",
                "wage",         "wages",       "rate",       "dkk",          "kilometer penge",
                "gaeld",        "bevilget",    "bevilling",  "afsat",        "sum",
                "amount",       "earn",        "earns",      "costing",      "spend",
                "spent",        "brugt pa",    "brugte",     "bruger vi",    "bruges der",
                "investeret",   "udbetalt",    "subsidy",    "remuneration", "compensation",
                "millioner",    "milliarder",  "tjent",      "kontingent",   "skat",
                "tilskud",      "rabat"}) ||
           std::any_of(words.begin(), words.end(), [](const std::string& word) {
               return ends_with_any(word, {"penge",
                                           "pengene",
                                           "lon",
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

}  // namespace raadbot::danish
