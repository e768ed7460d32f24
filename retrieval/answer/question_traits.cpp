#include "retrieval/answer/question_traits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "retrieval/answer/word_classes.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/printed_dates.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

using danish::Token;
using danish::TokenKind;

bool is_focusing(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "mange",  "meget", "hvem", "hvilken", "hvilket", "hvilke",
        "hedder", "many",  "much", "who",     "which",   "hed"};
    return words.contains(word);
}

Counted what_is_counted(const std::vector<Token>& tokens) {
    static const std::unordered_set<std::string_view> no_things{
        "penge",    "kroner",   "kr",     "mio",    "mia",      "millioner", "procent", "pct",
        "gange",    "folk",     "person", "dage",   "uger",     "måneder",   "år",      "timer",
        "minutter", "hverdage", "døgn",   "meter",  "km",       "kilometer", "kvm",     "m2",
        "hektar",   "kilo",     "kg",     "liter",  "personer", "mennesker", "money",   "times",
        "people",   "days",     "weeks",  "months", "years",    "hours",     "minutes", "metres"};
    using Kind = danish::Morphology::Kind;
    Counted counted;
    for (std::size_t i = 1; i < tokens.size() && !counted.asked; ++i) {
        if (tokens[i].text != "mange" && tokens[i].text != "many") continue;
        if (tokens[i - 1].text != "hvor" && tokens[i - 1].text != "how") continue;
        counted.asked = true;
        constexpr std::size_t most_before = 2;  // "nye danske"
        for (std::size_t at = i + 1; at < tokens.size() && at <= i + 1 + most_before; ++at) {
            const std::string& word = tokens[at].text;
            if (tokens[at].kind != TokenKind::word || danish::is_stop_word(word)) break;
            // Of an English word the Danish dictionary says nothing.
            const Kind kind = tokens[i].text == "many" ? Kind::noun : kind_in_question(tokens, at);
            if (kind == Kind::adjective) continue;
            // "hvor mange sidder der i", "hvor mange mistede": no thing is named.
            if (kind != Kind::verb && !no_things.contains(word)) counted.thing = at;
            break;
        }
    }
    return counted;
}

bool opens_adjunct(std::string_view word, std::string_view language) {
    static const std::unordered_set<std::string_view> danish_words{
        "til",  "for",   "fra",   "med", "om",      "i",      "på",   "ved",   "hos",
        "af",   "under", "efter", "før", "mellem",  "mod",    "imod", "over",  "gennem",
        "uden", "inden", "per",   "pr",  "omkring", "når",    "hvis", "fordi", "mens",
        "da",   "der",   "som",   "så",  "siden",   "igennem"};
    static const std::unordered_set<std::string_view> english_words{
        "for", "of",   "in",      "on",    "at",   "from",   "with",    "about",   "to",   "by",
        "if",  "when", "because", "while", "that", "during", "without", "between", "after"};
    return language == "en" ? english_words.contains(word) : danish_words.contains(word);
}

Opening opening_of(const std::vector<danish::Token>& tokens) {
    static const std::unordered_set<std::string_view> greetings{"og",  "men", "så", "hej", "øh",
                                                                "and", "but", "so", "hi",  "hello"};
    static const std::unordered_set<std::string_view> question_words{
        "hvad",    "hva",     "hvem",   "hvor",     "hvornår", "hvordan",  "hvorfor",
        "hvilken", "hvilket", "hvilke", "what",     "how",     "when",     "where",
        "who",     "why",     "which",  "hvornaar", "vad",     "hvorledes"};
    static const std::unordered_set<std::string_view> verbs{
        "er",    "var",    "har",    "havde",  "må",  "kan",    "skal",   "vil",  "bør",
        "kunne", "ville",  "skulle", "får",    "fik", "findes", "bliver", "blev", "gælder",
        "giver", "kommer", "is",     "are",    "was", "were",   "do",     "does", "did",
        "can",   "may",    "must",   "should", "has", "have",   "will"};
    const auto first = std::find_if(tokens.begin(), tokens.end(), [](const Token& token) {
        return !greetings.contains(token.text);
    });
    if (first == tokens.end()) return Opening::story;
    if (question_words.contains(first->text)) return Opening::question_word;
    return verbs.contains(first->text) ? Opening::verb : Opening::story;
}

bool speaks_of_asker(const std::vector<danish::Token>& tokens) {
    static const std::unordered_set<std::string_view> words{
        "jeg", "mig", "min", "mit", "mine", "vi", "os", "vores", "vor", "my", "me", "we", "our"};
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

bool is_modal(std::string_view word) {
    static const std::unordered_set<std::string_view> words{
        "kan",    "må",    "skal",  "vil",   "bør",   "tør",     "kunne", "måtte",
        "skulle", "ville", "burde", "turde", "gider", "behøver", "lade"};
    return words.contains(word);
}

bool opens_clause(std::string_view word) {
    return word == "når" || word == "hvis" || word == "mens" || word == "imens" ||
           word == "fordi" || word == "selvom" || word == "if" || word == "when" ||
           word == "while" || word == "because";
}

bool names_with_year(std::string_view word) {
    return word == "for" || word == "til" || word == "of";
}

bool is_subject(std::string_view word) {
    static const std::unordered_set<std::string_view> words{"jeg", "vi",  "man", "du",  "de",
                                                            "han", "hun", "we",  "you", "they"};
    return words.contains(word);
}

bool is_question_pronoun(std::string_view word) {
    return word == "hvem" || word == "hvad" || word == "der" || word == "som" ||
           word == "hvornår" || word == "hvor" || word == "hvordan";
}

bool speaks_of_giving(std::string_view text) {
    if (danish::measures_other_than_money(text)) return false;
    static const std::unordered_set<std::string_view> words{
        "give",  "givet", "penge",     "bevilge", "afsætte", "betale",
        "spare", "tjene", "investere", "bruge",   "tilskud"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        const auto lemmas = morphology.lemmas(token.text);
        return words.contains(token.text) ||
               std::any_of(lemmas.begin(), lemmas.end(),
                           [](const std::string& lemma) { return words.contains(lemma); });
    });
}

namespace {

/// "Hvad skal jeg give for en plads", "hvad tager I for at", "hvad slipper man med": what it costs,
/// without a word of money. `what` is where "hvad" stands.
bool asks_price_by_idiom(const std::vector<Token>& tokens, std::size_t what) {
    static const std::unordered_set<std::string_view> payers{
        "jeg", "vi", "man", "han", "hun", "de", "du", "i", "kommunen", "en", "et", "staten"};
    const auto is = [&](std::size_t at, std::string_view word) {
        return at < tokens.size() && tokens[at].text == word;
    };
    const auto behind = [&](std::size_t from, std::string_view word) {
        return from < tokens.size() &&
               std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(from), tokens.end(),
                           [&](const Token& token) { return token.text == word; });
    };
    const std::size_t verb = what + 1;
    // "Hvad tager lægen for en attest"
    if (is(verb, "tager") || is(verb, "tog")) return behind(verb + 2, "for");
    if (verb + 1 >= tokens.size() || !payers.contains(tokens[verb + 1].text)) return false;
    const std::size_t after = verb + 2;
    if (is(verb, "slipper")) return is(after, "med");
    if (is(verb, "giver") || is(verb, "gav")) return is(after, "til") || is(after, "for");
    if (!is(verb, "skal") && !is(verb, "må")) return false;
    if (is(after, "give")) return !behind(after, "besked") && !behind(after, "svar");
    return (is(after, "have") && is(after + 1, "for")) || (is(after, "af") && is(after + 1, "med"));
}

}  // namespace

bool asks_for_price(std::string_view text) {
    static const std::unordered_set<std::string_view> words{"koste", "koster", "kostede", "kostet",
                                                            "cost",  "costs",  "costing"};
    static const std::unordered_set<std::string_view> units{"km", "kilometer", "time", "møde"};
    const auto tokens = danish::tokenize(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (words.contains(tokens[i].text)) return true;
        if (tokens[i].text == "hvad" && asks_price_by_idiom(tokens, i)) return true;
        // "Hvad blev grunden solgt for"
        if ((tokens[i].text == "solgt" || tokens[i].text == "købt") && i + 2 == tokens.size() &&
            tokens[i + 1].text == "for")
            return true;
        // "Hvad fik man pr. km"
        if (tokens[i].text == "pr" && i + 1 < tokens.size() && units.contains(tokens[i + 1].text))
            return true;
    }
    return false;
}

namespace {

/// "Serviceramme for 2027", "takst i budget 2026": an amount even without its article.
bool is_amount_of_year(const std::vector<danish::Token>& tokens, std::size_t position) {
    static constexpr std::array<std::string_view, 5> amounts{"ramme", "rammen", "sats", "takst",
                                                             "bloktilskud"};
    const std::string& word = tokens[position].text;
    return std::any_of(amounts.begin(), amounts.end(),
                       [&](std::string_view ending) { return word.ends_with(ending); }) &&
           std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(position), tokens.end(),
                       [](const danish::Token& token) {
                           return danish::only_year(token.text).has_value();
                       });
}

}  // namespace

std::optional<Wanted> asks_for_amount(std::string_view text) {
    static const std::unordered_set<std::string_view> copulas{"er",  "var", "bliver", "blev",
                                                              "var", "is",  "was"};
    struct Amount {
        std::string_view ending;
        Wanted wanted;
    };
    static constexpr std::array<Amount, 35> amounts{{
        {"prisen", Wanted::money},       {"priserne", Wanted::money},
        {"taksten", Wanted::money},      {"taksterne", Wanted::money},
        {"lejen", Wanted::money},        {"afgiften", Wanted::money},
        {"gebyret", Wanted::money},      {"lønnen", Wanted::money},
        {"vederlaget", Wanted::money},   {"honoraret", Wanted::money},
        {"bøden", Wanted::money},        {"kontingentet", Wanted::money},
        {"depositummet", Wanted::money}, {"selvrisikoen", Wanted::money},
        {"kørepengene", Wanted::money},  {"satsen", Wanted::money},
        {"beløbet", Wanted::money},      {"udgiften", Wanted::money},
        {"tilskuddet", Wanted::money},   {"budgettet", Wanted::money},
        {"price", Wanted::money},        {"salary", Wanted::money},
        {"fee", Wanted::money},          {"procenten", Wanted::quantity},
        {"promillen", Wanted::quantity}, {"skylden", Wanted::quantity},
        {"rate", Wanted::quantity},      {"antallet", Wanted::quantity},
        {"taletiden", Wanted::duration}, {"ventetiden", Wanted::duration},
        {"fristen", Wanted::date},       {"åbningstiden", Wanted::date},
        {"deadline", Wanted::date},      {"varigheden", Wanted::duration},
        {"nummeret", Wanted::quantity},
    }};
    constexpr std::size_t words_between = 3;  // "hvad er det faste vederlag"
    const auto tokens = danish::tokenize(text);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (tokens[i - 1].text != "hvad" && tokens[i - 1].text != "what") continue;
        if (!copulas.contains(tokens[i].text)) continue;
        const bool definite =
            i + 1 < tokens.size() && (tokens[i + 1].text == "det" || tokens[i + 1].text == "den");
        for (std::size_t j = i + 1; j < tokens.size() && j <= i + words_between; ++j) {
            const std::string& word = tokens[j].text;
            if (definite && word == "vederlag") return Wanted::money;
            if (is_amount_of_year(tokens, j)) return Wanted::money;
            const auto found =
                std::find_if(amounts.begin(), amounts.end(),
                             [&](const Amount& amount) { return word.ends_with(amount.ending); });
            if (found != amounts.end()) return found->wanted;
        }
    }
    return std::nullopt;
}

bool asks_for_status(std::string_view text) {
    static constexpr std::array<std::string_view, 7> openings{
        "hvordan går det med ", "hvordan gik det med ", "hvad er status på",
        "hvad er status for",   "hvor langt er ",       "er der nyt om ",
        "how is it going with "};
    const std::string folded = danish::fold(text);
    return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) {
        return folded.find(opening) != std::string::npos;
    });
}

bool asks_for_time(std::string_view text) {
    static const std::unordered_set<std::string_view> words{"åbent",
                                                            "åben",
                                                            "åbner",
                                                            "lukker",
                                                            "åbningstid",
                                                            "åbningstider",
                                                            "åbningstiden",
                                                            "åbningstiderne",
                                                            "klokken",
                                                            "klokkeslæt",
                                                            "kl",
                                                            "aabent",
                                                            "aabner",
                                                            "aabningstid",
                                                            "aabningstider",
                                                            "aabningstiden",
                                                            "opening",
                                                            "open",
                                                            "opens",
                                                            "close",
                                                            "closes"};
    const auto tokens = danish::tokenize(text);
    // "Hvad tid kører bussen"
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const bool tid = tokens[i].text == "hvad" && tokens[i + 1].text == "tid";
        if (tid || (tokens[i].text == "what" && tokens[i + 1].text == "time")) return true;
    }
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

bool names_some_body(std::string_view text) {
    static const std::unordered_set<std::string_view> bodies{
        "udvalget",    "byrådet",  "rådet",     "kommunalbestyrelsen",
        "politikerne", "kommunen", "committee", "council"};
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return bodies.contains(token.text); });
}

bool asks_for_holder(std::string_view text) {
    static const std::unordered_set<std::string_view> offices{"borgmester",
                                                              "viceborgmester",
                                                              "formand",
                                                              "næstformand",
                                                              "udvalgsformand",
                                                              "direktør",
                                                              "kommunaldirektør",
                                                              "chef",
                                                              "leder",
                                                              "gruppeformand",
                                                              "borgerrådgiver",
                                                              "forkvinde",
                                                              "ordfører",
                                                              "mayor",
                                                              "chair",
                                                              "chairman",
                                                              "director",
                                                              "head",
                                                              "leder",
                                                              "skoleleder",
                                                              "sekretariatschef",
                                                              "pressechef",
                                                              "presserådgiver",
                                                              "entreprenør",
                                                              "arkitekt",
                                                              "rådgiver",
                                                              "ejer",
                                                              "vinder",
                                                              "bygherre",
                                                              "leverandør",
                                                              "kunstner",
                                                              "billedhugger",
                                                              "architect",
                                                              "contractor",
                                                              "owner"};
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        // "Hvem ejer", "hvem vinder": what somebody does, and a company may.
        const bool doing = (token.text == "ejer" || token.text == "vinder") &&
                           &token != &tokens.front() && (&token - 1)->text == "hvem";
        return token.kind == TokenKind::word && !doing &&
               (offices.contains(token.text) || offices.contains(morphology.lemma(token.text)));
    });
}

bool names_by_calling(std::string_view text) {
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text == "hedder" || token.text == "hed";
    });
}

bool asks_for_contact(std::string_view text) {
    static const std::unordered_set<std::string_view> words{
        "telefonnummer", "telefonnummeret", "tlf",   "nummeret",  "mailadresse",
        "mailadressen",  "e-mail",          "email", "ringe",     "ringer",
        "kontakter",     "kontakte",        "phone", "henvender", "telefon"};
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

bool asks_for_phone(std::string_view text) {
    static const std::unordered_set<std::string_view> words{
        "telefonnummer", "telefonnummeret", "telefonnr", "tlf", "mobilnummer", "mobilnummeret"};
    const auto tokens = danish::tokenize(text);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (words.contains(tokens[i].text)) return true;
        // "Nummeret til vagten"; "på" stands behind a house, a place to park, a case.
        const bool reaches = tokens[i].text == "nummeret" || tokens[i].text == "nummer";
        if (reaches && i + 1 < tokens.size() &&
            (tokens[i + 1].text == "til" || tokens[i + 1].text.starts_with("ring") ||
             (i > 0 && tokens[i - 1].text == "hvilket" && tokens[i + 1].text == "har")))
            return true;
        const bool number = tokens[i].text == "number" && i > 0;
        if (number && (tokens[i - 1].text == "phone" || tokens[i - 1].text == "telephone"))
            return true;
    }
    return false;
}

bool asks_about_meetings(danish::QuestionType type) {
    return type == danish::QuestionType::decision || type == danish::QuestionType::vote ||
           type == danish::QuestionType::proposal || type == danish::QuestionType::said ||
           type == danish::QuestionType::agenda || type == danish::QuestionType::attendance;
}

bool speaks_of_meetings(std::string_view text) {
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.text.find("møde") != std::string::npos || token.text.starts_with("meeting") ||
               token.text.starts_with("dagsorden") || token.text.starts_with("referat") ||
               token.text == "agenda" || token.text == "minutes";
    });
}

bool is_time_of_year(std::string_view text, const danish::DateMention& mention) {
    static const std::unordered_set<std::string_view> months{
        "januar", "februar",   "marts",   "april",    "maj",      "juni",    "juli",
        "august", "september", "oktober", "november", "december", "january", "february",
        "march",  "may",       "june",    "july",     "october"};
    static const std::unordered_set<std::string_view> seasons{
        "sommeren",   "vinteren", "foråret", "efteråret", "foraaret",
        "efteraaret", "summer",   "winter",  "spring",    "autumn"};
    // "efter sommerferien", "før jul": every year's. After New Year's it is the next one's.
    static const std::unordered_set<std::string_view> holidays{
        "sommerferien", "efterårsferien", "vinterferien", "påskeferien", "juleferien",
        "jul",          "påske",          "sommerferie",  "påsken",      "julen"};
    static const std::unordered_set<std::string_view> beside{"efter", "før",    "inden", "over",
                                                             "op",    "mellem", "og",    "foer"};
    // "til sommer": which year's, a page seldom says.
    static const std::unordered_set<std::string_view> coming{"sommer", "vinter", "forår",
                                                             "efterår"};
    static const std::unordered_set<std::string_view> around{
        "i",    "om",   "in",   "the",   "during",   "til", "fra",
        "hele", "hver", "each", "næste", "kommende", "next"};
    // When something was adopted is a day of that year.
    static const std::unordered_set<std::string_view> adopted{"vedtaget", "besluttet", "godkendt",
                                                              "udsat", "behandlet"};
    bool season = false;
    bool holiday = false;
    bool aside = false;
    bool month = false;
    bool every = false;
    std::string_view before;
    const auto tokens = danish::tokenize(text);
    for (const Token& token : tokens) {
        if (token.end > mention.begin && token.begin < mention.end) {
            if (coming.contains(token.text)) {
                season = every = before == "til" || before == "hele" || before == "næste" ||
                                 before == "kommende";
                if (!season) return false;  // "sidste sommer"
            } else if (seasons.contains(token.text)) {
                season = true;
                every = before == "om" || before == "hver" || before == "in" || before == "the" ||
                        before == "during" || before == "each" || before == "til" ||
                        before == "hele" || before == "næste" || before == "kommende" ||
                        before == "next";
            } else if (months.contains(token.text)) {
                month = true;
            } else if (holidays.contains(token.text)) {
                holiday = true;
            } else if (beside.contains(token.text)) {
                aside = true;
            } else if (!around.contains(token.text)) {
                return false;  // "sidste sommer", "3. marts", "juni 2025"
            }
        }
        before = token.text;
    }
    if (holiday) {
        return std::none_of(tokens.begin(), tokens.end(),
                            [](const Token& token) { return adopted.contains(token.text); });
    }
    return !aside && (month || (season && every));
}

std::optional<int> whole_year(const danish::DateMention& mention) {
    using namespace std::chrono;
    if (mention.reference != danish::DateReference::range || !mention.first || !mention.last)
        return std::nullopt;
    const bool whole = mention.first->year() == mention.last->year() &&
                       mention.first->month() == January && mention.last->month() == December &&
                       mention.first->day() == day{1} && mention.last->day() == day{31};
    if (!whole) return std::nullopt;
    return static_cast<int>(mention.first->year());
}

bool is_year_of_thing(std::string_view text, const danish::DateMention& mention) {
    return mention.end <= text.size() && whole_year(mention).has_value() &&
           danish::fold(text.substr(0, mention.begin)).ends_with(" for ");
}

std::vector<danish::DateMention> dates_of(std::string_view text, const Date& today) {
    static const std::unordered_set<std::string_view> time_words{
        "i",  "fra",   "siden", "før",    "efter", "året",
        "in", "since", "from",  "before", "after", "foer"};
    std::vector<danish::DateMention> result;
    const auto tokens = danish::tokenize(text);
    for (danish::DateMention& mention : danish::find_dates(text, today)) {
        bool part_of_name = false;
        for (std::size_t i = 1; i < tokens.size(); ++i) {
            if (tokens[i].begin != mention.begin || tokens[i].kind != TokenKind::number) continue;
            part_of_name = whole_year(mention).has_value() &&
                           tokens[i - 1].kind == TokenKind::word &&
                           !time_words.contains(tokens[i - 1].text);
        }
        if (!part_of_name) result.push_back(mention);
    }
    return result;
}

}  // namespace raadbot::answer
