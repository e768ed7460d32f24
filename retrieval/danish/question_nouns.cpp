#include "retrieval/danish/question_nouns.hpp"

#include <string>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

// All words below are loose keys (see pieces.hpp): å and aa -> a, ø and oe -> o, æ -> ae.

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
        if (word == "for")
            return one_of(word_at(words, i + 1), {"noget", "en", "et"}) || (article && count > 0);
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

/// "Byrådet", "økonomiudvalget"
bool is_body_word(std::string_view word) {
    return ends_with_any(word,
                         {"udvalget", "radet", "kommunalbestyrelsen", "borgerrepraesentationen"});
}

/// "Hvad gjorde udvalget ved lokalerne"
bool asks_what_a_body_did(const Words& words, std::size_t what) {
    const std::string verb = word_at(words, what + 1);
    const bool with = verb == "lavede" && has(words, {"med"});
    if (!with && !one_of(verb, {"gjorde", "valgte"})) return false;
    const std::string who = word_at(words, what + 2);
    return is_body_word(who) || one_of(who, {"politikerne", "teknisk"});
}

/// "Hvad lavede økonomiudvalget den 9. juni", "hvad havde børneudvalget på om skolen"
bool asks_what_a_body_dealt_with(const Words& words, std::size_t what) {
    const std::string verb = word_at(words, what + 1);
    if (!is_body_word(word_at(words, what + 2))) return false;
    if (verb == "lavede") return !has(words, {"med"});
    if (one_of(verb, {"droftede", "behandlede", "diskuterede"})) return true;
    if (one_of(verb, {"havde", "har"})) return word_at(words, what + 3) == "pa";
    return verb == "skal" && has(words, {"tage op"});
}

/// "Hvad skal byrådet snakke om næste gang", "hvad behandler udvalget på næste møde".
bool asks_what_comes_up(const Words& words, std::string_view verb) {
    return one_of(verb, {"skal", "taler", "snakker", "drofter", "behandler", "diskuterer",
                         "debatterer", "beslutter", "will", "is", "does"}) &&
           has(words, {"naeste gang", "naeste mode", "naeste byradsmode", "naeste udvalgsmode",
                       "kommende mode", "next time", "next meeting"}) &&
           has(words,
               {"snakke om", "tale om",    "diskutere", "debattere", "drofte",     "droftes",
                "behandle",  "behandles",  "beslutte",  "besluttes", "tage op",    "tages op",
                "taler",     "snakker",    "drofter",   "behandler", "diskuterer", "debatterer",
                "beslutter", "talk about", "discuss",   "discussed", "discussing", "decide"});
}

}  // namespace

bool asks_for_a_sum(const Words& words, std::size_t what) {
    const std::string verb = word_at(words, what + 1);
    if (one_of(verb, {"lob", "lober", "loeb", "loeber"})) return has(words, {"op i"});
    if (verb == "skal")
        return has(words, {"af med"}) &&
               !has(words, {"komme af med", "skaffe af med", "slippe af med", "skille sig af med"});
    if (one_of(verb, {"far", "fik", "giver", "gav", "gives"}))
        return has(words, {"i stotte", "i tilskud", "hvert ar", "arligt", "per ar"});
    if (verb == "har") return has(words, {"givet til", "givet for", "betalt for", "lagt ud for"});
    return false;
}

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

QuestionType type_of_what(const Words& words, std::size_t i) {
    const std::string next = word_at(words, i + 1);
    const std::string after = word_at(words, i + 2);
    if (at_any(words, i + 1,
               {"for en dag", "tid", "dato", "dag", "klokken", "klokkeslet", "ar", "time", "date",
                "day", "year", "tidspunkt", "for en dato", "for et tidspunkt"})) {
        return QuestionType::when;
    }
    if (at_any(words, i + 1, {"for nogle", "for nogen", "slags"})) return QuestionType::list;
    // "Hvad betyder taget til efterretning" asks for no decision, nor does "hvad betyder det når
    // noget tages til efterretning".
    if (next == "betyder" && !after.empty() &&
        (!one_of(after, {"det", "den", "de", "dette"}) ||
         one_of(word_at(words, i + 3), {"nar", "at"}))) {
        return QuestionType::definition;
    }
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
    } else if (asks_what_comes_up(words, next) || asks_what_a_body_dealt_with(words, i) ||
               has(words, {"pa dagsordenen", "pa dagsorden", "i dagsordenen", "pa programmet",
                           "on the agenda", "on agenda", "hvad skal vi behandle",
                           "tage stilling til", "pa tapetet", "punkter er der",
                           "star der pa dagsordenen", "hvad skal vi drofte", "handler modet om",
                           "handler naeste mode om", "be discussed", "will be discussed"}) ||
               (next == "skal" &&
                has(words, {"pa naeste mode", "pa det naeste mode", "snakkes om", "tales om",
                            "naeste byradsmode", "behandle", "behandles", "drofte", "droftes",
                            "vi tale om pa", "vi snakke om pa", "vi have oppe pa", "pa modet",
                            "tages op", "besluttes", "beslutte"})) ||
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
    if (asks_what_a_body_did(words, i)) return QuestionType::decision;
    if (asks_for_a_sum(words, i)) return QuestionType::how_much;
    if (has(words, {"vil det sige", "vil sige"})) return QuestionType::definition;
    if (has(words, {"sagt ja til", "sagt nej til"})) return QuestionType::decision;
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
        one_of(next, {"spurgte", "kaldte", "indvendte"}) ||
        (one_of(next, {"var", "kritiserede", "roste", "forklarede"}) &&
         has(words, {"i debatten", "under debatten", "i budgetdebatten"})) ||
        (one_of(next, {"siger", "sag"}) &&
         !has_part(words,
                   {"lov", "regl", "vedtaeg", "forretningsorden", "§", "politik", "ordning"}))) {
        return QuestionType::said;
    }
    const auto costs = [&](std::string_view word) {
        return next.starts_with("ko") && next.size() >= 5 && edit_distance(next, word, 1) <= 1;
    };
    if (costs("koster") || costs("kostede")) return QuestionType::how_much;
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
               {"skal jeg betale",
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
                "fik formanden",
                "fik borgmesteren",
                "fik viceborgmesteren",
                "fik medlemmerne",
                "fik byradsmedlemmerne",
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
        (one_of(next, {"skal", "skulle"}) && has(words, {"betale"})) ||
        (one_of(next, {"far", "giver", "fik", "gav"}) && money_words(words)) ||
        (one_of(next, {"far", "giver", "betaler"}) &&
         has(words, {"om aret", "om maneden", "pr ar", "pr maned", "i timen", "pr time"})) ||
        ((is_copula(next) || one_of(next, {"udgor", "har", "kommer", "ma", "skal", "vil", "ville",
                                           "kan", "kunne", "mon", "ender", "endte"})) &&
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
        if (!article &&
            (ends_with_any(
                 head, {"prisen",         "taksten",      "taksterne",       "belobet",
                        "satsen",         "satserne",     "vederlaget",      "lonnen",
                        "budgettet",      "storrelsen",   "gebyret",         "godtgorelsen",
                        "pengene",        "tilskuddene",  "huslejen",        "lejen",
                        "afgiften",       "depositummet", "renten",          "rabatten",
                        "procenten",      "antallet",     "udgiften",        "udgifterne",
                        "tilskuddet",     "budgetrammen", "skatteprocenten", "kassebeholdningen",
                        "satserne",       "maksimum",     "loftet",          "graensen",
                        "aldersgraensen", "promillen",    "ydelsen",         "bevillingen",
                        "servicerammen"}) ||
             is_english_amount(head) || is_english_amount(word_at(words, noun + 1)))) {
            return QuestionType::how_much;
        }
        // "hvad er takst for ..." wants a sum, "hvad er rådighedsbeløb" an explanation.
        if (!article && ends_with_any(head, {"belob", "takst", "pris", "sats"}) &&
            one_of(word_at(words, noun + 1), {"for", "pa", "til", "i", "of", "per", "pr"})) {
            return QuestionType::how_much;
        }
        // "Hvad er et § 17, stk. 4-udvalg"
        if (article && word_at(words, noun + 1) == "§") return QuestionType::definition;
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

}  // namespace raadbot::danish
