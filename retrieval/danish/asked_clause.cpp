#include "retrieval/danish/asked_clause.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>

#include "retrieval/danish/morphology.hpp"

namespace raadbot::danish {
namespace {

using Words = std::unordered_set<std::string_view>;

bool is_question_word(std::string_view word) {
    static const Words words{"hvad",    "hvor",      "hvem",   "hvornår", "hvornaar",
                             "hvordan", "hvilken",   "hvilke", "hvilket", "hvorfor",
                             "hvorhen", "hvormeget", "what",   "how",     "who",
                             "when",    "where",     "which",  "why"};
    return words.contains(word);
}

/// Verbs that open a question when they come first: "kan jeg ...", "er der ...".
bool opens_as_verb(std::string_view word) {
    static const Words words{
        "kan",  "må",     "maa",    "skal",  "vil",    "har",   "er",     "får",   "faar", "bliver",
        "blev", "findes", "gælder", "kunne", "skulle", "måtte", "kommer", "giver", "var",  "can",
        "may",  "do",     "does",   "is",    "are",    "will",  "should", "could", "must"};
    return words.contains(word);
}

/// What a clause may begin with before it says anything.
bool is_filler(std::string_view word) {
    static const Words words{"og",  "men", "så", "saa", "altså",  "nå",    "nu",
                             "and", "but", "so", "now", "derfor", "eller", "or"};
    return words.contains(word);
}

/// "nu vil vi male": behind these the verb comes first in a statement too.
bool turns_round(std::string_view word) {
    return word == "nu" || word == "så" || word == "saa" || word == "derfor" || word == "now";
}

bool joins(std::string_view word) {
    return word == "og" || word == "eller" || word == "and" || word == "or";
}

/// "at de lukker", "at skolen lukker": behind "at" stands a subject. Not "at lukke".
bool opens_subclause(std::string_view word) {
    static const Words subjects{"jeg", "du",  "han", "hun",   "den",   "det", "vi", "i",   "de",
                                "man", "der", "min", "vores", "jeres", "en",  "et", "alle"};
    if (subjects.contains(word)) return true;
    const bool definite = word.ends_with("en") || word.ends_with("et") || word.ends_with("ne");
    return definite && Morphology::instance().kind(word) == Morphology::Kind::noun;
}

/// How statements about the asker begin.
bool opens_statement(std::string_view word) {
    static const Words words{"jeg",      "vi",        "min", "mit",    "mine",  "vores", "hej",
                             "goddag",   "dav",       "man", "han",    "hun",   "tak",   "kære",
                             "my",       "we",        "our", "hi",     "hello", "dear",  "thanks",
                             "undskyld", "godmorgen", "mvh", "hilsen", "i'm",   "i've",  "i'd"};
    return words.contains(word);
}

/// "I work", "I have just": English. Danish says "I har" to others, and "i dag".
bool opens_english_statement(std::string_view first, std::string_view second) {
    static const Words verbs{"am",  "have",  "had",  "was",      "work",    "live", "just",
                             "own", "moved", "also", "recently", "arrived", "got",  "came"};
    return first == "i" && verbs.contains(second);
}

/// "I need to register, how soon": where no stop parts them, it is mostly what is asked about.
bool opens_english_wish(std::string_view first, std::string_view second) {
    static const Words verbs{"want", "need", "would", "think"};
    return first == "i" && verbs.contains(second);
}

/// "vil jeg høre om", "gerne vide hvad": what follows is asked.
bool asks_indirectly(const std::vector<Token>& tokens) {
    static const Words verbs{"høre", "vide", "spørge", "ask", "know"};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (!verbs.contains(tokens[i].text)) continue;
        const std::string& next = tokens[i + 1].text;
        if (next == "om" || next == "if" || is_question_word(next)) return true;
    }
    return false;
}

/// "Er enlig", "har hund"; not "er det", "har biblioteket".
bool tells_without_subject(std::string_view verb, std::string_view next) {
    static const Words verbs{"er", "har", "bor"};
    if (!verbs.contains(verb) || is_stop_word(next)) return false;
    const Morphology& morphology = Morphology::instance();
    return next == morphology.lemma(next) && morphology.kind(next) != Morphology::Kind::name;
}

struct Clause {
    Span span;
    bool asks = false;
    bool tells = false;
};

Clause read(std::string_view text, Span span) {
    Clause clause{span};
    const auto tokens = tokenize(text.substr(span.begin, span.end - span.begin));
    auto first = tokens.begin();
    bool turned = false;
    for (; first != tokens.end() && is_filler(first->text); ++first)
        turned = turned || turns_round(first->text);
    if (first == tokens.end()) {
        clause.tells = true;
        return clause;
    }
    const auto second = first + 1;
    const bool preposed = second != tokens.end() && is_stop_word(first->text) &&
                          is_question_word(second->text);  // "til hvem", "på hvilken måde"
    const bool verb_first = opens_as_verb(first->text) && second != tokens.end();
    const bool stopped = span.end < text.size() && (text[span.end] == '.' || text[span.end] == '!');
    const bool marked = span.end < text.size() && text[span.end] == '?';
    // "Er selvstændig vognmand. Hvornår ...": the subject is left out.
    const bool left_out = verb_first && stopped && tells_without_subject(first->text, second->text);
    clause.asks = !left_out && (is_question_word(first->text) || preposed ||
                                asks_indirectly(tokens) || (verb_first && (!turned || marked)));
    clause.tells =
        !clause.asks &&
        (left_out || opens_statement(first->text) ||
         (second != tokens.end() && (opens_english_statement(first->text, second->text) ||
                                     (stopped && opens_english_wish(first->text, second->text)))) ||
         (turned && verb_first && opens_statement(second->text)));
    return clause;
}

/// "kan hun", "skal vi": the verb before its subject, as a question begins.
bool asks_turned(const std::vector<Token>& tokens, std::size_t i) {
    static const Words subjects{"jeg", "man", "vi", "han", "hun",  "de", "det",  "der",
                                "i",   "we",  "he", "she", "they", "it", "there"};
    // Behind these the verb comes first in a statement too, or it is no main clause.
    static const Words fronts{"så",   "saa", "nu",   "derfor", "når",  "naar", "hvis", "da",
                              "at",   "som", "der",  "fordi",  "mens", "om",   "det",  "hvad",
                              "hvor", "her", "then", "if",     "when", "that", "what"};
    return i > 0 && i + 1 < tokens.size() && opens_as_verb(tokens[i].text) &&
           subjects.contains(tokens[i + 1].text) && !fronts.contains(tokens[i - 1].text) &&
           !is_question_word(tokens[i - 1].text) && !subjects.contains(tokens[i - 1].text);
}

/// "hvornår skal køkkenet", "hvor mange må", "hvad koster": a question word with its verb behind
/// it; in "(hvornår) køkkenet skal" the subject comes first.
bool asks_straight(const std::vector<Token>& tokens, std::size_t i) {
    static const Words measures{"mange", "meget", "længe", "laenge",  "lang", "langt",   "stor",
                                "stort", "tit",   "ofte",  "tidligt", "sent", "hurtigt", "tid"};
    static const Words before{"om", "af", "til", "for", "på", "med", "i", "fra", "ved", "efter"};
    if (i == 0 || !is_question_word(tokens[i].text) || before.contains(tokens[i - 1].text))
        return false;
    std::size_t verb = i + 1;
    while (verb < tokens.size() && measures.contains(tokens[verb].text)) ++verb;
    return verb + 1 < tokens.size() &&
           (opens_as_verb(tokens[verb].text) ||
            Morphology::instance().kind(tokens[verb].text) == Morphology::Kind::verb);
}

/// Where a clause goes on as another: "min datter vil gerne stemme men har ikke fået kort | kan hun
/// så ..." without a stop, "jeg læste | at skolen lukker", "er det rigtigt | og hvornår lukker
/// den".
std::vector<Clause> cut(std::string_view text, const Clause& clause) {
    constexpr std::size_t least_told = 4;  // Words.
    constexpr std::size_t least_read = 2;
    const auto tokens =
        tokenize(text.substr(clause.span.begin, clause.span.end - clause.span.begin));
    for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
        const std::string& word = tokens[i].text;
        const bool turned =
            clause.tells && i >= least_told && (asks_turned(tokens, i) || asks_straight(tokens, i));
        const bool told =
            clause.tells && i >= least_read && word == "at" && opens_subclause(tokens[i + 1].text);
        const bool asked = clause.asks && i >= least_read && joins(word) &&
                           (is_question_word(tokens[i + 1].text) ||
                            ((word == "og" || word == "and") && asks_turned(tokens, i + 1)));
        if (!turned && !told && !asked) continue;
        const std::size_t at = clause.span.begin + tokens[i].begin;
        std::vector<Clause> result{read(text, {clause.span.begin, at})};
        for (Clause& rest : cut(text, read(text, {at, clause.span.end})))
            result.push_back(std::move(rest));
        return result;
    }
    return {clause};
}

std::vector<Clause> clauses_of(std::string_view text) {
    std::vector<Clause> clauses;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool ends = i == text.size() || text[i] == '\n' ||
                          (std::string_view(",.;:!?").find(text[i]) != std::string_view::npos &&
                           (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
        if (!ends) continue;
        if (text.find_first_not_of(" \n\t", begin) < i) {
            for (Clause& clause : cut(text, read(text, {begin, i})))
                clauses.push_back(std::move(clause));
        }
        begin = i + 1;
    }
    return clauses;
}

std::size_t words_of_its_own(std::string_view text, Span span) {
    const auto tokens = tokenize(text.substr(span.begin, span.end - span.begin));
    return static_cast<std::size_t>(
        std::count_if(tokens.begin(), tokens.end(), [](const Token& token) {
            return !is_stop_word(token.text) && !opens_as_verb(token.text) &&
                   !is_question_word(token.text);
        }));
}

/// Something of its own to look for, not only "hvad koster det".
bool has_topic(std::string_view text, Span span) {
    constexpr std::size_t least = 2;
    return words_of_its_own(text, span) >= least;
}

/// "at leje den", "når de skal have penge", "deres tilskud": what was named before. Not "den nye
/// hal".
bool points_back(std::string_view text, Span span) {
    static const Words pronouns{"den", "dem", "de", "it", "them", "they"};
    static const Words owners{"deres", "dens", "dets", "their", "its"};
    const auto tokens = tokenize(text.substr(span.begin, span.end - span.begin));
    // "Hvor lang er ventelisten der"
    static const Words there{"der", "dér", "there", "derovre", "derude", "dertil"};
    if (tokens.size() > 1 && there.contains(tokens.back().text)) return true;
    // "Jeg har tabt min nøglebrik, hvad koster en ny", "hvornår skal jeg bestille det"
    static const Words ends{"det", "en", "et", "one"};
    static const Words anew{"ny", "nyt", "nye", "anden", "andet", "til"};
    static const Words articles{"en", "et", "a"};
    if (tokens.size() > 2 &&
        ((ends.contains(tokens.back().text) && (tokens.end() - 2)->text != "for") ||
         (anew.contains(tokens.back().text) && articles.contains((tokens.end() - 2)->text))))
        return true;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (owners.contains(tokens[i].text)) return true;
        if (!pronouns.contains(tokens[i].text)) continue;
        if (i + 1 == tokens.size() || is_stop_word(tokens[i + 1].text)) return true;
    }
    return false;
}

/// "er jeg inhabil, når vi lukker den": asks for the rule, whatever the asker's own case is.
bool asks_for_impartiality(std::string_view text, Span span) {
    static const Words words{"inhabil", "inhabilt", "habil", "inhabilitet", "habilitet"};
    const auto tokens = tokenize(text.substr(span.begin, span.end - span.begin));
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const Token& token) { return words.contains(token.text); });
}

/// "en borger skriver til mig | om sin kontanthjælp | hvad gør jeg": what his matter is does not
/// change whom it is sent to.
std::optional<Span> matter_of_citizen(std::string_view text) {
    static const Words citizens{"borger", "borgeren", "borgere", "vælger", "vælgere"};
    static const Words doing{"gør", "goer", "gøre", "goere", "skal", "kan", "må"};
    const auto tokens = tokenize(text);
    std::optional<std::size_t> about;
    bool citizen = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        citizen = citizen || citizens.contains(tokens[i].text);
        if (citizen && !about && tokens[i].text == "om") about = i;
        const bool asks = i + 2 < tokens.size() && tokens[i].text == "hvad" &&
                          doing.contains(tokens[i + 1].text) &&
                          (tokens[i + 2].text == "jeg" || tokens[i + 2].text == "vi" ||
                           tokens[i + 2].text == "man");
        if (asks && about && *about + 1 < i) return Span{tokens[*about].begin, tokens[i - 1].end};
    }
    return std::nullopt;
}

}  // namespace

AskedClauses asked_clauses(std::string_view text) {
    AskedClauses result;
    result.asked = {0, text.size()};
    if (const auto matter = matter_of_citizen(text)) {
        result.story.push_back(*matter);
        return result;
    }
    const std::vector<Clause> clauses = clauses_of(text);
    const auto last = std::find_if(clauses.rbegin(), clauses.rend(),
                                   [](const Clause& clause) { return clause.asks; });
    const bool tells = std::any_of(clauses.begin(), clauses.end(),
                                   [](const Clause& clause) { return clause.tells; });
    if (!tells || last == clauses.rend()) return result;
    // Back from what is asked last to the first clause that stands by itself.
    const Clause* named = &*last;
    for (auto at = last; !asks_for_impartiality(text, at->span) &&
                         (!has_topic(text, at->span) || points_back(text, at->span));) {
        at = std::find_if(std::next(at), clauses.rend(), [&](const Clause& clause) {
            return words_of_its_own(text, clause.span) > 0;
        });
        if (at == clauses.rend()) break;
        named = &*at;
        if (named->tells) break;
    }
    if (named == &*last && !has_topic(text, last->span) && !asks_for_impartiality(text, last->span))
        return result;
    for (const Clause& clause : clauses) {
        if (clause.tells && &clause != named) result.story.push_back(clause.span);
    }
    if (named->tells) result.named = named->span;
    if (!result.story.empty() || result.named) result.asked = last->span;
    return result;
}

std::optional<std::size_t> second_question(std::string_view text) {
    const std::vector<Clause> clauses = clauses_of(text);
    for (std::size_t i = clauses.size(); i-- > 1;) {
        if (!clauses[i].asks) continue;
        const Clause& before = clauses[i - 1];
        if (!before.asks || words_of_its_own(text, before.span) == 0) return std::nullopt;
        // "altså hvilket udvalg": the same once more.
        const auto words = tokenize(
            text.substr(clauses[i].span.begin, clauses[i].span.end - clauses[i].span.begin));
        if (words.front().text == "altså") return std::nullopt;
        return clauses[i].span.begin;
    }
    return std::nullopt;
}

}  // namespace raadbot::danish
