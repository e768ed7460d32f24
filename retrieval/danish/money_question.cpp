// asks_for_money. Words below are loose keys (see pieces.hpp).
#include <algorithm>
#include <optional>
#include <string>

#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/question.hpp"
#include "retrieval/danish/question_nouns.hpp"
#include "retrieval/danish/question_words.hpp"

namespace raadbot::danish {

namespace {

/// What "hvor" or "how" asks for: money, or time, distance and a count, whatever is paid meanwhile
/// ("hvor længe får jeg vederlag"); nothing when it does not say.
std::optional<bool> measures_money(const Words& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "hvor" && words[i] != "how") continue;
        const std::string counted = word_at(words, i + 2);
        if (one_of(words[i + 1], {"mange", "many"})) {
            return one_of(counted, {"penge", "kroner", "kr", "mio", "mia", "millioner",
                                    "milliarder", "tusind", "million", "millions"});
        }
        if (words[i] == "how" && words[i + 1] == "much" &&
            one_of(counted, {"is", "are", "was", "were", "does", "do", "did"})) {
            return true;
        }
        // "Hvor meget må man have i banken"
        if (words[i + 1] == "meget" &&
            has(words, {"i banken", "pa kontoen", "i formue", "spare op", "sparet op"})) {
            return true;
        }
        if (one_of(words[i + 1], {"laenge", "langt", "ofte", "tit", "long", "far", "often",
                                  "gammel", "hurtigt"}) ||
            at_any(words, i + 1, {"lang tid", "stor andel", "stor en procentdel", "stor en del"}) ||
            (words[i + 1] == "meget" && one_of(counted, {"tid", "taletid", "plads"}))) {
            return false;
        }
    }
    return std::nullopt;
}

}  // namespace

bool measures_other_than_money(std::string_view question) {
    return !measures_money(words_of(question)).value_or(true);
}

bool asks_for_money(std::string_view question) {
    const Words words = words_of(question);
    const QuestionType type = question_type(question);
    if (type != QuestionType::how_much && type != QuestionType::unknown) return false;
    if (const auto said = measures_money(words)) return *said;
    if (has_part(words, {"procent", "antal"})) return false;
    const auto what = std::find(words.begin(), words.end(), "hvad");
    return money_words(words) ||
           asks_for_a_sum(words, static_cast<std::size_t>(what - words.begin()));
}

}  // namespace raadbot::danish
