#include "retrieval/answer/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::answer {
namespace {

using danish::one_of;
using danish::Piece;
using danish::PieceKind;
using Pieces = std::vector<Piece>;

constexpr double endless = std::numeric_limits<double>::infinity();

struct Number {
    double value = 0;
    std::size_t next = 0;  ///< The piece behind it.
};

bool is_mark(const Pieces& p, std::size_t at, std::string_view mark) {
    return at < p.size() && p[at].kind == PieceKind::mark && p[at].text == mark;
}

bool is_digits(const Pieces& p, std::size_t at) {
    return at < p.size() && p[at].kind == PieceKind::digits;
}

std::string_view word_at(const Pieces& p, std::size_t at) {
    return at < p.size() ? std::string_view(p[at].text) : std::string_view();
}

/// "1.000.000", "2,26", "80"
std::optional<Number> number_at(const Pieces& p, std::size_t at) {
    constexpr std::size_t longest = 9;
    if (!is_digits(p, at) || p[at].text.size() > longest) return std::nullopt;
    std::string digits = p[at].text;
    std::size_t next = at + 1;
    const auto glued = [&](std::string_view mark) {
        return is_mark(p, next, mark) && !p[next].spaced && is_digits(p, next + 1) &&
               !p[next + 1].spaced;
    };
    while (glued(".") && p[next + 1].text.size() == 3 && digits.size() < longest) {
        digits += p[next + 1].text;
        next += 2;
    }
    if (glued(",") && p[next + 1].text.size() <= 2) {
        digits += '.' + p[next + 1].text;
        next += 2;
    }
    double value = std::stod(digits);
    if (one_of(word_at(p, next), {"mio", "million", "millioner"})) {
        value *= 1e6;
        next += is_mark(p, next + 1, ".") ? std::size_t{2} : std::size_t{1};
    }
    return Number{value, next};
}

/// "Otte", as a person says it.
std::optional<Number> spelled_number_at(const Pieces& p, std::size_t at) {
    static constexpr std::array<std::string_view, 11> words{
        "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"};
    constexpr double first = 2;
    const auto found = std::find(words.begin(), words.end(), word_at(p, at));
    if (found == words.end()) return std::nullopt;
    return Number{first + static_cast<double>(found - words.begin()), at + 1};
}

struct UnitRead {
    Unit unit = Unit::metre;
    std::size_t next = 0;
};

std::optional<UnitRead> unit_at(const Pieces& p, std::size_t at) {
    // "4.-6. klasse"
    const std::size_t word = is_mark(p, at, ".") ? at + 1 : at;
    if (one_of(word_at(p, word), {"klasse", "klasses", "klassetrin", "klasserne"}))
        return UnitRead{Unit::school_year, word + 1};
    const std::string_view text = word_at(p, at);
    const bool squared = text == "m" && at + 1 < p.size() && !p[at + 1].spaced &&
                         one_of(word_at(p, at + 1), {"2", "²"});
    if (squared) return UnitRead{Unit::square_metre, at + 2};
    if (one_of(text, {"m²", "m2", "kvm", "kvadratmeter", "kvadratmeters", "etagemeter"}))
        return UnitRead{Unit::square_metre, at + 1};
    const bool cubed = text == "m" && at + 1 < p.size() && !p[at + 1].spaced &&
                       one_of(word_at(p, at + 1), {"3", "³"});
    if (cubed) return UnitRead{Unit::cubic_metre, at + 2};
    if (one_of(text, {"m³", "m3", "kubikmeter", "kubikmeters", "kubik"}))
        return UnitRead{Unit::cubic_metre, at + 1};
    if (one_of(text, {"m", "meter", "meters", "metre", "metres"}))
        return UnitRead{Unit::metre, at + 1};
    if (one_of(text, {"km", "kilometer", "kilometers"})) return UnitRead{Unit::kilometre, at + 1};
    if (one_of(text, {"kg", "kilo", "kilogram"})) return UnitRead{Unit::kilogram, at + 1};
    if (one_of(text, {"ton", "tons"})) return UnitRead{Unit::tonne, at + 1};
    if (one_of(text, {"l", "liter"})) return UnitRead{Unit::litre, at + 1};
    if (one_of(text, {"kr", "kroner", "kroners"})) return UnitRead{Unit::krone, at + 1};
    if (one_of(text, {"person", "personer", "personers", "pers", "deltagere", "gæster", "mennesker",
                      "børn", "elever", "medarbejdere", "ansatte", "people", "guests"})) {
        return UnitRead{Unit::head, at + 1};
    }
    return std::nullopt;
}

std::string_view word_before(const Pieces& p, std::size_t at, std::size_t back = 1) {
    return at >= back ? word_at(p, at - back) : std::string_view();
}

/// "under 10 m", "mindre end 10 m": not the number itself.
bool is_short_of(const Pieces& p, std::size_t at) {
    return word_before(p, at) == "under" ||
           (word_before(p, at) == "end" &&
            one_of(word_before(p, at, 2),
                   {"mindre", "kortere", "lavere", "færre", "smallere", "lettere", "billigere"}));
}

bool is_beyond(const Pieces& p, std::size_t at) {
    return one_of(word_before(p, at), {"over", "overstiger", "efter"}) ||
           (word_before(p, at) == "end" &&
            one_of(word_before(p, at, 2),
                   {"mere", "større", "længere", "højere", "flere", "bredere", "tungere"}));
}

bool is_upper_end(const Pieces& p, std::size_t at) {
    return is_short_of(p, at) ||
           one_of(word_before(p, at), {"indtil", "højst", "maks", "maksimalt", "max", "til"}) ||
           (word_before(p, at) == "med" && word_before(p, at, 2) == "og") ||
           (word_before(p, at) == "." && one_of(word_before(p, at, 2), {"maks", "max"}));
}

bool is_lower_end(const Pieces& p, std::size_t at) {
    return is_beyond(p, at) || one_of(word_before(p, at), {"mindst", "fra", "minimum"});
}

/// "og derover", "eller mere" behind it.
bool goes_up(const Pieces& p, std::size_t at) {
    if (is_mark(p, at, ".")) ++at;
    return is_mark(p, at, "+") ||
           (one_of(word_at(p, at), {"og", "eller"}) &&
            one_of(word_at(p, at + 1),
                   {"derover", "opefter", "mere", "over", "større", "længere", "flere"})) ||
           one_of(word_at(p, at), {"derover", "opefter"});
}

bool goes_down(const Pieces& p, std::size_t at) {
    if (is_mark(p, at, ".")) ++at;
    return one_of(word_at(p, at), {"og", "eller"}) &&
           one_of(word_at(p, at + 1),
                  {"derunder", "nedefter", "mindre", "under", "kortere", "færre"});
}

/// The number itself, or what lies next to it: "over 10 m", "under 10 m".
double bound_at(const Pieces& p, std::size_t at, double number) {
    return is_beyond(p, at)     ? std::nextafter(number, endless)
           : is_short_of(p, at) ? std::nextafter(number, 0.0)
                                : number;
}

}  // namespace

std::vector<MeasureRange> measure_ranges(std::string_view text) {
    std::vector<MeasureRange> ranges;
    if (text.find_first_of("0123456789") == std::string_view::npos) return ranges;
    const Pieces p = danish::pieces(text);
    for (std::size_t at = 0; at < p.size(); ++at) {
        const auto first = number_at(p, at);
        if (!first) continue;
        const auto own = unit_at(p, first->next);
        // "4.-6. klasse", "2,5 m - 3 m"
        std::size_t next = own ? own->next : first->next;
        if (!own && is_mark(p, next, ".")) ++next;
        const bool joined = is_mark(p, next, "-") || word_at(p, next) == "til" ||
                            (word_at(p, next) == "og" && at > 0 && word_at(p, at - 1) == "mellem");
        const auto second = joined ? number_at(p, next + 1) : std::nullopt;
        const auto unit = second ? unit_at(p, second->next) : std::nullopt;
        if (unit && (!own || own->unit == unit->unit) && first->value <= second->value) {
            ranges.push_back({unit->unit, first->value, second->value});
            at = second->next - 1;
            continue;
        }
        if (own) {
            const double end = bound_at(p, at, first->value);
            if (is_upper_end(p, at) || goes_down(p, own->next)) {
                ranges.push_back({own->unit, 0, end});
            } else if (is_lower_end(p, at) || goes_up(p, own->next)) {
                ranges.push_back({own->unit, end, endless});
            }
        }
        at = first->next - 1;
    }
    return ranges;
}

std::vector<MeasureAsked> measures_asked(const QuestionView& question) {
    constexpr double surely_money = 10'000;
    std::vector<MeasureAsked> asked;
    const Pieces p = danish::pieces(question.text);
    for (std::size_t at = 0; at < p.size(); ++at) {
        auto number = number_at(p, at);
        if (!number) number = spelled_number_at(p, at);
        if (!number) continue;
        const auto unit = unit_at(p, number->next);
        double value = bound_at(p, at, number->value);
        if (unit && unit->unit == Unit::school_year && is_beyond(p, at)) value = number->value + 1;
        at = number->next - 1;
        if (!unit && number->value < surely_money) continue;
        MeasureAsked one{unit ? unit->unit : Unit::krone, value, {}};
        for (std::size_t i = 0; i < question.aspects.size(); ++i) {
            const Aspect& aspect = question.aspects[i];
            if (aspect.age || aspect.year) continue;
            const Pieces own = danish::pieces(aspect.surface);
            auto same = number_at(own, 0);
            if (!same) same = spelled_number_at(own, 0);
            const auto its_unit = unit_at(own, 0);
            if ((same && same->value == number->value) || (its_unit && its_unit->unit == one.unit))
                one.aspects.push_back(i);
        }
        if (!one.aspects.empty()) asked.push_back(std::move(one));
    }
    return asked;
}

Held held_by(const MeasureAsked& asked, const std::vector<MeasureRange>& ranges) {
    Held held = Held::untold;
    for (const MeasureRange& range : ranges) {
        if (range.unit != asked.unit) continue;
        if (range.from <= asked.value && asked.value <= range.to) return Held::yes;
        held = Held::no;
    }
    return held;
}

}  // namespace raadbot::answer
