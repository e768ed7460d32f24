#include "retrieval/danish/section_sought.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {
namespace {

// Loose keys (see pieces.hpp): å and aa -> a, ø and oe -> o, æ -> ae.

constexpr std::array<std::string_view, 16> to_bring{
    "medbring", "vedlaeg",    "vedlagt",       "tag med",    "have med", "husk at",
    "indsend",  "dokumentat", "materiale",     "papirer",    "bring",    "documents",
    "attach",   "enclose",    "du skal bruge", "skal bruges"};
constexpr std::array<std::string_view, 6> paper{"papir",    "dokument",  "dokumentation",
                                                "document", "documents", "papers"};
constexpr std::array<std::string_view, 7> forbidden{
    "ikke tillad", "forbud", "ma ikke", "ma der ikke", "not allowed", "prohibited", "ma aldrig"};
constexpr std::array<std::string_view, 9> required{
    "krav",        "betingelse", "kriteri",        "forudsaetning", "kraeves", "skal vaere opfyldt",
    "requirement", "condition",  "skal du opfylde"};
constexpr std::array<std::string_view, 14> held{
    "daekker",   "omfatter", "indeholder", "bestar af", "indgar",   "inkluder", "indhold",
    "hovedpunk", "element",  "includes",   "covers",    "consists", "rummer",   "main points"};

/// Where the question asks for things: "hvad", "hvilke ting".
bool asks_for_things(const Words& words) {
    return has(words, {"hvad", "hvilke", "hvilken", "hvilket", "what", "which"});
}

bool asks_what_to_bring(const Words& words) {
    const bool carries =
        has(words, {"have med", "tage med", "have medbragt", "medbringe", "vedlaegge", "sende med",
                    "laegge ved", "bring", "take with", "enclose", "attach"});
    const bool papers = has(words, {"papirer", "dokumenter", "dokumentation", "documents", "papers",
                                    "documentation"}) &&
                        has(words, {"skal jeg", "skal vi", "skal man", "skal der", "do i", "do we",
                                    "must i", "should i"}) &&
                        has(words, {"bruge", "have", "sende", "indsende", "aflevere", "vise",
                                    "need", "submit", "provide", "send", "show"});
    return papers ||
           (carries && has(words, {"skal", "skulle", "bor", "should", "must", "need", "do"}));
}

bool asks_what_is_forbidden(const Words& words) {
    const auto may = std::find_if(words.begin(), words.end(), [](const std::string& word) {
        return one_of(word, {"ma", "may", "can"});
    });
    return std::find_if(may, words.end(), [](const std::string& word) {
               return one_of(word, {"ikke", "not"});
           }) != words.end();
}

bool asks_what_is_required(const Words& words) {
    return has(words,
               {"krav", "kravene", "betingelser", "betingelserne", "kriterier", "kriterierne",
                "kraever det", "kraeves der", "skal der til", "requirements", "conditions"});
}

bool asks_what_it_holds(const Words& words) {
    return has(words, {"daekker", "omfatter", "indeholder", "skal indeholde", "bestar",
                       "er der med i", "er med i", "hvad indgar", "er inkluderet", "covered",
                       "included", "consist of", "cover", "include"});
}

}  // namespace

SectionSought section_sought(std::string_view question) {
    const Words words = words_of(question);
    if (!asks_for_things(words)) return {};
    if (asks_what_to_bring(words)) return {to_bring, paper, true};
    if (asks_what_is_forbidden(words)) return {forbidden, {}, true};
    if (asks_what_is_required(words)) return {required, {}, false};
    if (asks_what_it_holds(words)) return {held, {}, false};
    return {};
}

bool is_called(std::string_view words, std::span<const std::string_view> beginnings) {
    const Words keys = words_of(words);
    std::string joined;
    for (const std::string& key : keys) joined += ' ' + key;
    return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view beginning) {
        return joined.find(' ' + std::string(beginning)) != std::string::npos;
    });
}

}  // namespace raadbot::danish
