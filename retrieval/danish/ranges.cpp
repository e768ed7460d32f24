#include "retrieval/danish/ranges.hpp"

#include <string>

#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

constexpr int oldest = 130;

int small_number(const Piece& piece) {
    return piece.kind == PieceKind::digits && piece.text.size() <= 3 ? std::stoi(piece.text) : -1;
}

bool years(std::string_view word) {
    return one_of(word, {"år", "aar", "års", "årig", "årige", "aarig", "years", "year"});
}

int weekday_of(std::string_view word) {
    constexpr std::array<std::string_view, 7> days{"mandag", "tirsdag", "onsdag", "torsdag",
                                                   "fredag", "lørdag",  "søndag"};
    constexpr std::array<std::string_view, 7> keys{"mandag", "tirsdag", "onsdag", "torsdag",
                                                   "fredag", "lordag",  "sondag"};
    for (int d = 0; d < 7; ++d) {
        const std::string_view day = days[static_cast<std::size_t>(d)];
        const std::string key = loose_key(word);
        const std::string_view plain = keys[static_cast<std::size_t>(d)];
        if (key == plain || key == std::string(plain) + "e" || key == std::string(plain) + "en" ||
            key == std::string(plain) + "ene" || key == std::string(plain) + "s") {
            return d;
        }
        // "man", "tors", "søn"
        if (word.size() >= 3 && word.size() <= 5 && day.starts_with(word) && word != "man")
            return d;
    }
    return -1;
}

}  // namespace

std::optional<NumberRange> range_of(std::string_view cell, std::string_view heading) {
    const auto p = pieces(cell);
    const std::string column = fold(heading);
    bool age = column.find("alder") != std::string::npos;
    bool school = column.find("klasse") != std::string::npos;
    for (const Piece& piece : p) {
        age = age || years(piece.text);
        school = school || piece.text == "klasse" || piece.text == "klassetrin";
    }
    if (!age && !school) return std::nullopt;
    NumberRange range;
    range.scale = school ? Scale::school_year : Scale::age;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const int first = small_number(p[i]);
        if (first < 0) continue;
        std::size_t next = i + 1;
        if (next < p.size() && p[next].text == ".") ++next;
        const bool to = next < p.size() && one_of(p[next].text, {"-", "–", "til"});
        if (to && next + 1 < p.size() && small_number(p[next + 1]) >= 0) {
            range.from = first;
            range.to = small_number(p[next + 1]);
            return range.from <= range.to ? std::optional(range) : std::nullopt;
        }
        const std::string before = i > 0 ? p[i - 1].text : std::string();
        const std::string after = next < p.size() ? p[next].text : std::string();
        const std::string behind = next + 2 < p.size() ? p[next + 2].text : std::string();
        if (one_of(before, {"under"})) {
            range.to = first - 1;
            return range;
        }
        if (one_of(before, {"over"})) {
            range.from = first + 1;
            range.to = oldest;
            return range;
        }
        if (one_of(before, {"fra", "fyldt", "mindst"}) || after == "+" ||
            (years(after) && one_of(behind, {"derover", "ældre", "opefter"})) ||
            (years(after) && next + 1 < p.size() && p[next + 1].text == "+")) {
            range.from = first;
            range.to = oldest;
            return range;
        }
        if (one_of(before, {"til", "indtil"})) {
            range.to = first;
            return range;
        }
        range.from = range.to = first;
        return range;
    }
    return std::nullopt;
}

std::optional<NumberAsked> number_asked(std::string_view question) {
    const auto p = pieces(question);
    for (std::size_t i = 0; i < p.size(); ++i) {
        const int number = small_number(p[i]);
        if (number < 0 || number > oldest) continue;
        std::size_t next = i + 1;
        if (next < p.size() && p[next].text == ".") ++next;
        const std::string after = next < p.size() ? p[next].text : std::string();
        if (after == "klasse") return NumberAsked{Scale::school_year, number};
        if (years(after) && number <= oldest) {
            // "i 3 år" is how long, "på 3 år" how old.
            if (i > 0 && one_of(p[i - 1].text, {"i", "om", "for", "efter"})) continue;
            return NumberAsked{Scale::age, number};
        }
        const bool last = next >= p.size() || p[next].kind == PieceKind::mark ||
                          one_of(after, {"og", "som", "der", "til", "i", "med", "at"});
        if (last && i > 0 && one_of(p[i - 1].text, {"på", "paa"}))
            return NumberAsked{Scale::age, number};
        if (last && i > 1 && one_of(p[i - 1].text, {"er", "fyldt", "bliver"}) &&
            one_of(p[i - 2].text, {"man", "jeg", "han", "hun", "du", "er"}))
            return NumberAsked{Scale::age, number};
    }
    return std::nullopt;
}

Weekdays weekdays_in(std::string_view text) {
    Weekdays found{};
    const auto p = pieces(text);
    int last = -1;
    bool to = false;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (one_of(p[i].text, {"-", "–", "til"}) && last >= 0) {
            // "søn- og helligdage" joins, "mandag-torsdag" spans.
            to = !(i + 1 < p.size() && p[i + 1].text == "og");
            continue;
        }
        const std::string& word = p[i].text;
        if (p[i].kind != PieceKind::word) {
            to = false;
            continue;
        }
        if (one_of(word, {"hverdag", "hverdage", "hverdagene", "weekdays"}))
            for (std::size_t d = 0; d < 5; ++d) found[d] = true;
        if (one_of(word, {"weekend", "weekenden", "weekender"})) found[5] = found[6] = true;
        if (word == "dagligt" || (word == "dage" && i > 0 && p[i - 1].text == "alle"))
            found.fill(true);
        int day = weekday_of(word);
        // "man" is "one" as well.
        if (word == "man" &&
            (p.size() == 1 || (i + 1 < p.size() && one_of(p[i + 1].text, {"-", "–", "."})))) {
            day = 0;
        }
        if (day < 0) {
            to = false;
            continue;
        }
        // "Søndag-torsdag" goes on from the week's end.
        for (int d = last; to && d != day; d = (d + 1) % 7)
            found[static_cast<std::size_t>(d)] = true;
        found[static_cast<std::size_t>(day)] = true;
        last = day;
        to = false;
    }
    return found;
}

Months months_in(std::string_view text) {
    constexpr std::size_t day_pieces = 2;  // "30", "."
    Months found{};
    const auto p = pieces(text);
    const auto month_at = [&](std::size_t i) {
        return i < p.size() && p[i].kind == PieceKind::word ? month_number(p[i].key) : 0U;
    };
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (one_of(p[i].text, {"året", "døgnet", "alle"})) found.fill(true);
        const unsigned from = month_at(i);
        if (from == 0) continue;
        if (i + 1 < p.size() && one_of(p[i + 1].text, {"-", "til"})) {
            std::size_t next = i + 2;
            while (next < p.size() && next < i + 2 + day_pieces &&
                   p[next].kind != PieceKind::word) {
                ++next;
            }
            if (const unsigned to = month_at(next); to != 0) {
                for (std::size_t month = from;; month = month % found.size() + 1) {
                    found.at(month - 1) = true;
                    if (month == to) break;
                }
                i = next;
                continue;
            }
        }
        const bool dated = (i > 0 && p[i - 1].kind == PieceKind::digits) ||
                           (i > 1 && p[i - 1].text == "." && p[i - 2].kind == PieceKind::digits);
        const bool of_year = i + 1 < p.size() && p[i + 1].kind == PieceKind::digits;
        if (!dated && !of_year) found.at(from - 1) = true;
    }
    return found;
}

}  // namespace raadbot::danish
