#include "retrieval/danish/question_language.hpp"

#include <string_view>
#include <utility>

#include "retrieval/danish/lexicon.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

/// Function words of one language that the other has not (or hardly has in a question).
bool english_function_word(std::string_view word) {
    return one_of(word,
                  {"the",     "what",    "who",    "when",   "where",  "which", "how",     "why",
                   "is",      "are",     "was",    "were",   "do",     "does",  "did",     "can",
                   "could",   "may",     "must",   "should", "would",  "will",  "my",      "your",
                   "our",     "their",   "his",    "of",     "and",    "or",    "to",      "in",
                   "on",      "by",      "about",  "with",   "from",   "this",  "that",    "there",
                   "these",   "those",   "it",     "if",     "we",     "you",   "they",    "he",
                   "she",     "any",     "many",   "much",   "has",    "been",  "be",      "not",
                   "am",      "an",      "last",   "next",   "into",   "than",  "whose",   "whom",
                   "get",     "got",     "i'm",    "what's", "who's",  "long",  "its",     "us",
                   "me",      "which",   "please", "tell",   "every",  "after", "before",  "during",
                   "between", "without", "shall",  "don't",  "cannot", "can't", "because", "while",
                   "at",      "as"});
}

bool danish_function_word(std::string_view word) {
    return one_of(
        word,
        {"hvad",    "hvem",    "hvor",   "hvornår", "hvornaar", "hvornar", "hvordan", "hvorfor",
         "hvilken", "hvilket", "hvilke", "er",      "og",       "eller",   "det",     "den",
         "de",      "der",     "jeg",    "du",      "vi",       "man",     "som",     "på",
         "paa",     "til",     "fra",    "med",     "af",       "om",      "ved",     "må",
         "maa",     "kan",     "skal",   "vil",     "bør",      "har",     "havde",   "blev",
         "bliver",  "var",     "får",    "faar",    "min",      "mit",     "mine",    "din",
         "dit",     "vores",   "jeres",  "hans",    "hendes",   "deres",   "en",      "et",
         "ikke",    "hvis",    "når",    "naar",    "også",     "ogsaa",   "kun",     "efter",
         "før",     "mellem",  "uden",   "denne",   "dette",    "disse",   "sig",     "mig",
         "dig",     "os",      "hos",    "næste",   "sidste",   "at",      "sin",     "men",
         "så",      "nu",      "være",   "noget",   "nogen",    "alle",    "hvordan", "ka",
         "hva",     "ad"});
}

/// Topic words that show the language of a question without function words; none that Danish has
/// borrowed ("deadline").
bool english_topic_word(std::string_view word) {
    return one_of(word,
                  {"council",   "mayor",     "meeting",         "meetings",     "agenda",
                   "minutes",   "salary",    "parking",         "school",       "schools",
                   "allowance", "committee", "confidentiality", "childcare",    "leave",
                   "deputy",    "member",    "members",         "waste",        "road",
                   "roads",     "vote",      "voting",          "wage",         "hearing",
                   "conflict",  "interest",  "housing",         "library",      "swimming",
                   "pool",      "harbour",   "mileage",         "password",     "opening",
                   "hours",     "rules",     "elderly",         "care",         "bike",
                   "path",      "grant",     "grants",          "tax",          "kindergarten",
                   "permit",    "building",  "citizens",        "municipality", "fee",
                   "pay",       "expenses",  "travel",          "gifts",        "absence",
                   "decision",  "decisions", "proposal",        "city",         "town"});
}

struct LanguageScore {
    int danish = 0;
    int english = 0;
};

LanguageScore score_language(const std::vector<std::string>& words) {
    LanguageScore score;
    for (const std::string& word : words) {
        const bool da = danish_function_word(word);
        const bool en = english_function_word(word);
        // "at", "by", "me", "to", "over": words of both say nothing.
        if (one_of(word, {"at", "to", "by", "for", "i", "over", "under", "her", "have", "so", "as",
                          "an", "in", "is", "of", "us", "do", "den"})) {
            if (one_of(word, {"of", "is", "in", "do"})) score.english += 1;
            if (one_of(word, {"den", "at"})) score.danish += 1;
            continue;
        }
        if (en && !da) score.english += 3;
        if (da && !en) score.danish += 3;
        if (!da && !en) {
            if (word.find("æ") != std::string::npos || word.find("ø") != std::string::npos ||
                word.find("å") != std::string::npos) {
                score.danish += 2;
            } else if (english_topic_word(word)) {
                score.english += 2;
            }
        }
    }
    return score;
}

}  // namespace

bool is_english(const std::vector<std::string>& words) {
    const LanguageScore score = score_language(words);
    return score.english > score.danish;
}

std::string_view question_language(std::string_view question) {
    std::vector<std::string> words;
    for (Token& token : tokenize(question)) words.push_back(std::move(token.text));
    return is_english(words) ? "en" : "da";
}

}  // namespace raadbot::danish
