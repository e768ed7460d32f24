#include "retrieval/danish/time_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {

Direction direction_of(std::string_view word) {
    if (one_of(word, {"sidste", "seneste", "forrige", "last", "latest", "previous", "nyeste",
                      "senest", "past", "recent", "forgangne"})) {
        return Direction::past;
    }
    if (one_of(word, {"naeste", "neste", "naste", "kommende", "forstkommende", "next", "upcoming",
                      "coming", "nastkommende", "naestkommende", "folgende"})) {
        return Direction::future;
    }
    if (one_of(word, {"denne", "dette", "indevaerende", "nuvaerende", "this", "current",
                      "igangvaerende"})) {
        return Direction::current;
    }
    return Direction::none;
}

std::optional<unsigned> season_of(std::string_view word) {
    if (one_of(word, {"foraret", "forar", "forars", "spring", "forarets"})) return 0;
    if (one_of(word, {"sommeren", "sommer", "sommers", "summer", "sommerens"})) return 1;
    if (one_of(word, {"efteraret", "efterar", "efterars", "autumn", "fall", "efterarets"}))
        return 2;
    if (one_of(word, {"vinteren", "vinter", "vinters", "winter", "vinterens"})) return 3;
    return std::nullopt;
}

std::optional<unsigned> small_number(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, unsigned>, 34> numbers{{
        {"en", 1},     {"et", 1},       {"to", 2},     {"tre", 3},    {"fire", 4},  {"fem", 5},
        {"seks", 6},   {"syv", 7},      {"otte", 8},   {"ni", 9},     {"ti", 10},   {"elleve", 11},
        {"tolv", 12},  {"fjorten", 14}, {"tyve", 20},  {"one", 1},    {"two", 2},   {"three", 3},
        {"four", 4},   {"five", 5},     {"six", 6},    {"seven", 7},  {"eight", 8}, {"nine", 9},
        {"ten", 10},   {"twelve", 12},  {"a", 1},      {"an", 1},     {"par", 2},   {"couple", 2},
        {"forste", 1}, {"anden", 2},    {"tredje", 3}, {"fjerde", 4},
    }};
    for (const auto& [name, number] : numbers) {
        if (word == name) return number;
    }
    if (!word.empty() && word.size() <= 3 &&
        std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return static_cast<unsigned>(std::stoul(std::string(word)));
    }
    return std::nullopt;
}

Unit unit_of(std::string_view word) {
    if (one_of(word, {"dag", "dage", "day", "days", "dogn"})) return Unit::day;
    if (one_of(word, {"uge", "uger", "ugen", "week", "weeks"})) return Unit::week;
    if (one_of(word, {"maned", "maneder", "maneden", "month", "months", "mdr", "mned"}))
        return Unit::month;
    if (one_of(word, {"ar", "aret", "year", "years"})) return Unit::year;
    return Unit::none;
}

bool is_meeting(std::string_view word) {
    if (one_of(word,
               {"mode",    "modet",   "moder",     "meeting",   "meetings",    "modes",   "modets",
                "meating", "referat", "referatet", "dagsorden", "dagsordenen", "minutes", "agenda",
                "session", "modedag", "modedato",  "byradsmde", "byradsmde",   "samling"})) {
        return true;
    }
    return word.size() > 8 &&
           (word.ends_with("mode") || word.ends_with("modet") || word.ends_with("moder") ||
            word.ends_with("meode") || word.ends_with("moede"));
}

}  // namespace raadbot::danish
