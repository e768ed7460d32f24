#include "retrieval/danish/implied_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <optional>

#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/particle_verbs.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

constexpr std::size_t most_in_a_list = 4;  // "drifts-, anlægs- og lånebudgettet"
constexpr std::size_t shortest_end = 3;    // Bytes of an end that compounds share.
constexpr std::size_t days = 7;

constexpr std::array<std::string_view, days> day_names{"mandag", "tirsdag", "onsdag", "torsdag",
                                                       "fredag", "lørdag",  "søndag"};

enum class Short { allowed, refused };

/// 0 for "mandag", "mandage", "mandagen" and, where allowed, "man" to 6 for "søndag".
std::optional<std::size_t> day_of(std::string_view word, Short shortened) {
    for (std::size_t day = 0; day < days; ++day) {
        const std::string_view name = day_names[day];
        if (word.starts_with(name) && one_of(word.substr(name.size()), {"", "e", "en", "ene", "s"}))
            return day;
        if (shortened == Short::allowed && word.size() >= 3 && word.size() <= 5 &&
            name.starts_with(word))
            return day;
    }
    return std::nullopt;
}

bool only(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// The text between two tokens is a dash: "man. - fre.", "mandag–fredag".
bool is_dash(std::string_view between) {
    constexpr std::string_view long_dash = "–";
    const std::size_t at = between.find(long_dash);
    if (at != std::string_view::npos) {
        return only(between.substr(0, at), " .:") &&
               only(between.substr(at + long_dash.size()), " .");
    }
    return only(between, " .-:") && std::count(between.begin(), between.end(), '-') == 1;
}

void add_days(std::size_t first, std::size_t last, std::vector<std::string>& words) {
    for (std::size_t day = first;; day = (day + 1) % days) {
        words.emplace_back(day_names[day]);
        if (day == last) return;
    }
}

/// "hverdage", "i weekenden", "alle dage", "døgnet rundt".
void add_named_days(const std::vector<Token>& tokens, std::size_t at,
                    std::vector<std::string>& words) {
    const std::string_view word = tokens[at].text;
    const std::string_view next =
        at + 1 < tokens.size() ? std::string_view(tokens[at + 1].text) : std::string_view();
    // "efter 2 hverdage" is how long, and no day of the week.
    const bool counted =
        at > 0 && (tokens[at - 1].kind == TokenKind::number ||
                   one_of(tokens[at - 1].text, {"to", "tre", "fire", "fem", "seks", "syv", "otte",
                                                "ni", "ti", "tolv", "fjorten", "antal", "få"}));
    if (one_of(word, {"hverdag", "hverdage", "hverdagene"})) {
        if (counted) return;
        add_days(0, 4, words);
    } else if (one_of(word, {"weekend", "weekenden", "weekender", "weekenderne"})) {
        add_days(5, 6, words);
    } else if (one_of(word, {"dagligt", "daglig"}) || (word == "døgnet" && next == "rundt") ||
               (word == "hver" && next == "dag") ||
               (word == "alle" && one_of(next, {"dage", "ugens", "ugedage"}))) {
        add_days(0, 6, words);
    }
}

/// Adds the days of a range that begins with token `at`.
void add_range(std::string_view text, const std::vector<Token>& tokens, std::size_t at,
               std::vector<std::string>& words) {
    const std::string& word = tokens[at].text;
    if (const std::size_t dash = word.find('-'); dash != std::string::npos) {
        const auto first = day_of(std::string_view(word).substr(0, dash), Short::allowed);
        const auto last = day_of(std::string_view(word).substr(dash + 1), Short::allowed);
        if (first && last) add_days(*first, *last, words);
        return;
    }
    if (at + 1 >= tokens.size()) return;
    const auto first = day_of(word, Short::allowed);
    if (!first) return;
    const std::string_view between =
        text.substr(tokens[at].end, tokens[at + 1].begin - tokens[at].end);
    if (is_dash(between)) {
        if (const auto last = day_of(tokens[at + 1].text, Short::allowed))
            add_days(*first, *last, words);
    } else if (tokens[at + 1].text == "til" && at + 2 < tokens.size() &&
               day_of(word, Short::refused)) {
        if (const auto last = day_of(tokens[at + 2].text, Short::refused))
            add_days(*first, *last, words);
    }
}

/// "søn- " ends in a hyphen that no letter follows.
bool is_left_open(std::string_view text, const Token& token) {
    return token.kind == TokenKind::word && token.end < text.size() && text[token.end] == '-' &&
           (token.end + 1 == text.size() || only(text.substr(token.end + 1, 1), " ,/\n"));
}

/// The word whose end the open word at `at` shares.
const Token* completed_by(std::string_view text, const std::vector<Token>& tokens, std::size_t at) {
    for (std::size_t next = at + 1; next < tokens.size() && next <= at + 2 * most_in_a_list;
         ++next) {
        const Token& token = tokens[next];
        if (one_of(token.text, {"og", "eller", "samt"}) || is_left_open(text, token)) continue;
        // Only a list: nothing but commas, slashes and joining words stand between.
        return token.kind == TokenKind::word ? &token : nullptr;
    }
    return nullptr;
}

}  // namespace

std::vector<std::string> implied_words(std::string_view text, const std::vector<Token>& tokens) {
    const Morphology& morphology = Morphology::instance();
    std::vector<std::string> words;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (tokens[at].kind != TokenKind::word) continue;
        add_range(text, tokens, at, words);
        add_named_days(tokens, at, words);
        if (!is_left_open(text, tokens[at])) continue;
        const Token* whole = completed_by(text, tokens, at);
        if (whole == nullptr) continue;
        // Ends as written: "helligdage" ends in "dage", whatever its parts' basic forms are.
        const std::vector<std::string> parts = morphology.split(whole->text);
        for (std::size_t left = 1; left < parts.size(); ++left) {
            std::size_t begin = whole->text.find(parts[left]);
            if (begin == std::string::npos || begin == 0) continue;
            const std::string end = whole->text.substr(begin);
            if (end.size() < shortest_end) continue;
            std::string word = tokens[at].text;
            word += end;
            if (morphology.known(word) || morphology.split(word).size() > 1)
                words.push_back(std::move(word));
        }
    }
    for (ParticleVerb& parted : particle_verbs(text, tokens)) {
        std::move(parted.words.begin(), parted.words.end(), std::back_inserter(words));
    }
    return words;
}

}  // namespace raadbot::danish
