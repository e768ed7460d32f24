#include "retrieval/answer/ages.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace raadbot::answer {
namespace {

using danish::Token;
using danish::TokenKind;

std::optional<int> age_at(const std::vector<Token>& tokens, std::size_t i) {
    if (i >= tokens.size() || tokens[i].kind != TokenKind::number) return std::nullopt;
    const std::string& digits = tokens[i].text;
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    int age = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        age = age * 10 + (c - '0');
    }
    return age < oldest ? std::optional(age) : std::nullopt;
}

bool is_word(const std::vector<Token>& tokens, std::size_t i,
             std::initializer_list<std::string_view> words) {
    return i < tokens.size() &&
           std::find(words.begin(), words.end(), tokens[i].text) != words.end();
}

bool is_years(const std::vector<Token>& tokens, std::size_t i) {
    return is_word(tokens, i, {"år", "års", "årige", "årig", "åriges", "years"});
}

/// "Alder: 18-66"
bool is_labelled(const std::vector<Token>& tokens, std::size_t i) {
    return i > 0 && (tokens[i - 1].text.starts_with("alder") || tokens[i - 1].text == "age");
}

bool opens_upwards(const std::vector<Token>& tokens, std::size_t i) {
    return is_word(tokens, i, {"opefter", "derover", "opad", "ældre", "over"}) ||
           (is_word(tokens, i, {"og", "eller"}) &&
            is_word(tokens, i + 1, {"opefter", "derover", "opad", "ældre", "over"}));
}

bool opens_downwards(const std::vector<Token>& tokens, std::size_t i) {
    return is_word(tokens, i, {"og", "eller"}) &&
           is_word(tokens, i + 1, {"derunder", "yngre", "under"});
}

}  // namespace

std::vector<Ages> ages_of(std::string_view text) { return ages_of(text, danish::tokenize(text)); }

std::vector<Ages> ages_of(std::string_view text, const std::vector<Token>& tokens) {
    std::vector<Ages> result;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto age = age_at(tokens, i);
        if (!age) continue;
        const auto until = age_at(tokens, i + 1);
        const bool joined = until && *until > *age && tokens[i + 1].begin == tokens[i].end + 1 &&
                            text[tokens[i].end] == '-';
        if (joined && (is_years(tokens, i + 2) || is_labelled(tokens, i))) {
            result.push_back({*age, *until});
            continue;
        }
        const auto through = age_at(tokens, i + 2);
        // "mellem 18 og 66 år"; "ved 75- og 100-års jubilæum" are two.
        const bool between = is_word(tokens, i + 1, {"til", "to"}) ||
                             (is_word(tokens, i + 1, {"og", "and"}) && i > 0 &&
                              is_word(tokens, i - 1, {"mellem", "between"}));
        if (through && *through > *age && between && is_years(tokens, i + 3)) {
            result.push_back({*age, *through});
            continue;
        }
        const bool end_of_range =
            i > 0 && age_at(tokens, i - 1) && tokens[i].begin == tokens[i - 1].end + 1;
        const bool second_of_two =
            i > 1 && age_at(tokens, i - 2) && is_word(tokens, i - 1, {"til", "og", "to", "and"});
        if (!is_years(tokens, i + 1) || end_of_range || second_of_two) continue;
        // "fra det fyldte 18. år", "før det fyldte 18. år"
        const bool completed = i > 2 && is_word(tokens, i - 1, {"fyldte"});
        if (completed && is_word(tokens, i - 3, {"fra", "efter", "ved"})) {
            result.push_back({*age, oldest});
        } else if (completed && is_word(tokens, i - 3, {"før", "inden", "til", "indtil"})) {
            result.push_back({0, *age - 1});
        } else if (i > 0 && is_word(tokens, i - 1, {"under", "before"})) {
            result.push_back({0, *age - 1});
        } else if ((i > 0 && is_word(tokens, i - 1, {"over", "fra", "fyldt", "from"})) ||
                   opens_upwards(tokens, i + 2)) {
            result.push_back({*age, oldest});
        } else if (opens_downwards(tokens, i + 2) ||
                   (i > 0 && is_word(tokens, i - 1, {"indtil", "til"}))) {
            result.push_back({0, *age});
        }
    }
    return result;
}

std::optional<int> age_of_group(std::string_view lemma) {
    static constexpr std::array<std::pair<std::string_view, int>, 7> groups{
        {{"voksen", 30},
         {"adult", 30},
         {"barn", 8},
         {"child", 8},
         {"pensionist", 70},
         {"pensioner", 70},
         {"folkepensionist", 70}}};
    for (const auto& [word, age] : groups) {
        if (word == lemma) return age;
    }
    return std::nullopt;
}

bool holds_age(const std::vector<Ages>& ages, int age) {
    return std::any_of(ages.begin(), ages.end(),
                       [&](const Ages& a) { return a.from <= age && age <= a.to; });
}

}  // namespace raadbot::answer
