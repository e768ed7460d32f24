#include "retrieval/danish/asked_clause.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

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
    static const Words words{"og", "men", "så",  "saa", "altså", "nå",
                             "nu", "and", "but", "so",  "now",   "derfor"};
    return words.contains(word);
}

/// "nu vil vi male": behind these the verb comes first in a statement too.
bool turns_round(std::string_view word) {
    return word == "nu" || word == "så" || word == "saa" || word == "derfor" || word == "now";
}

/// How statements about the asker begin.
bool opens_statement(std::string_view word) {
    static const Words words{"jeg",      "vi",        "min", "mit",   "mine",  "vores", "hej",
                             "goddag",   "dav",       "man", "han",   "hun",   "tak",   "kære",
                             "my",       "we",        "our", "hi",    "hello", "dear",  "thanks",
                             "undskyld", "godmorgen", "mvh", "hilsen"};
    return words.contains(word);
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
    const bool marked = span.end < text.size() && text[span.end] == '?';
    clause.asks = is_question_word(first->text) || preposed || asks_indirectly(tokens) ||
                  (verb_first && (!turned || marked));
    clause.tells = !clause.asks && (opens_statement(first->text) ||
                                    (turned && verb_first && opens_statement(second->text)));
    return clause;
}

std::vector<Clause> clauses_of(std::string_view text) {
    std::vector<Clause> clauses;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool ends = i == text.size() || text[i] == '\n' ||
                          (std::string_view(",.;:!?").find(text[i]) != std::string_view::npos &&
                           (i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n'));
        if (!ends) continue;
        if (text.find_first_not_of(" \n\t", begin) < i) clauses.push_back(read(text, {begin, i}));
        begin = i + 1;
    }
    return clauses;
}

/// Something of its own to look for, not only "hvad koster det".
bool has_topic(std::string_view text, Span span) {
    constexpr std::size_t least = 2;
    const auto tokens = tokenize(text.substr(span.begin, span.end - span.begin));
    return static_cast<std::size_t>(
               std::count_if(tokens.begin(), tokens.end(), [](const Token& token) {
                   return !is_stop_word(token.text) && !opens_as_verb(token.text) &&
                          !is_question_word(token.text);
               })) >= least;
}

}  // namespace

AskedClauses asked_clauses(std::string_view text) {
    AskedClauses result;
    result.asked = {0, text.size()};
    const std::vector<Clause> clauses = clauses_of(text);
    const auto last = std::find_if(clauses.rbegin(), clauses.rend(),
                                   [](const Clause& clause) { return clause.asks; });
    const bool tells = std::any_of(clauses.begin(), clauses.end(),
                                   [](const Clause& clause) { return clause.tells; });
    if (!tells || last == clauses.rend() || !has_topic(text, last->span)) return result;
    for (const Clause& clause : clauses) {
        if (clause.tells) result.story.push_back(clause.span);
    }
    result.asked = last->span;
    return result;
}

}  // namespace raadbot::danish
