#include "retrieval/danish/numbers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

/// A written number: 112.203 / 3,5 / 42,0 / 1 000 000 / 5.000,00 (Danish: dot for thousands, comma
/// for decimals).
struct Number {
    double value = 0;
    std::string text;  ///< Without thousands marks: "112203", "3,5".
    std::size_t next = 0;
    bool grouped = false;
};

class QuantityReader {
public:
    explicit QuantityReader(std::string_view text) : text_(text), p_(pieces(text)) {}

    std::vector<Quantity> read() {
        std::size_t i = 0;
        while (i < p_.size()) {
            std::size_t next = read_case_number(i);
            if (next == 0) next = read_paragraph(i);
            if (next == 0) next = read_time(i);
            if (next == 0) next = read_leading_currency(i);
            if (next == 0) next = read_phone(i);
            if (next == 0) next = read_measure(i);
            i = next == 0 ? i + 1 : next;
        }
        return std::move(found_);
    }

private:
    [[nodiscard]] std::string_view key(std::size_t i) const {
        return i < p_.size() ? std::string_view(p_[i].key) : std::string_view();
    }
    [[nodiscard]] bool digits(std::size_t i, std::size_t least = 1, std::size_t most = 30) const {
        return i < p_.size() && p_[i].kind == PieceKind::digits && p_[i].text.size() >= least &&
               p_[i].text.size() <= most;
    }
    [[nodiscard]] bool glued(std::size_t i) const { return i < p_.size() && !p_[i].spaced; }
    [[nodiscard]] bool glued_mark(std::size_t i, std::string_view mark) const {
        return glued(i) && p_[i].kind == PieceKind::mark && p_[i].text == mark;
    }
    [[nodiscard]] std::string original(std::size_t from, std::size_t to) const {
        return std::string(text_.substr(p_[from].begin, p_[to - 1].end - p_[from].begin));
    }
    [[nodiscard]] static double number_of(std::string_view plain) {
        double value = 0;
        double scale = 0;
        for (const char c : plain) {
            if (c == ',') {
                scale = 1;
            } else if (scale == 0) {
                value = value * 10 + (c - '0');
            } else {
                scale /= 10;
                value += (c - '0') * scale;
            }
        }
        return value;
    }

    std::size_t add(QuantityKind kind, double value, std::string text, std::size_t from,
                    std::size_t to) {
        found_.push_back({kind, value, std::move(text), p_[from].begin, p_[to - 1].end});
        return to;
    }

    /// A letter directly before the digits ("P20", "SFO2") makes them part of a name.
    [[nodiscard]] bool inside_word(std::size_t i) const {
        return i > 0 && glued(i) && p_[i - 1].kind == PieceKind::word;
    }

    [[nodiscard]] Number read_number(std::size_t i) const {
        Number number;
        number.text = p_[i].text;
        number.next = i + 1;
        const std::size_t head = p_[i].text.size();
        if (head <= 3 && p_[i].text.front() != '0') {
            std::size_t next = i + 1;
            while (glued_mark(next, ".") && digits(next + 1, 3, 3) && glued(next + 1)) {
                number.text += p_[next + 1].text;
                number.grouped = true;
                next += 2;
            }
            if (!number.grouped) {
                // "1 000 000": only when the last group ends the number.
                std::size_t group = i + 1;
                std::string joined = number.text;
                while (digits(group, 3, 3) && p_[group].spaced &&
                       p_[group].begin - p_[group - 1].end <= 3) {
                    joined += p_[group].text;
                    ++group;
                }
                const bool goes_on = digits(group) && p_[group].begin - p_[group - 1].end <= 3;
                if (group > i + 1 && !goes_on) {
                    number.text = joined;
                    number.grouped = true;
                    next = group;
                }
            }
            number.next = next;
        }
        if (glued_mark(number.next, ",") && digits(number.next + 1) && glued(number.next + 1)) {
            number.text += "," + p_[number.next + 1].text;
            number.next += 2;
        }
        number.value = number_of(number.text);
        return number;
    }

    // --- case numbers
    // -------------------------------------------------------------------------------

    std::size_t read_case_number(std::size_t i) {
        // KLE: 27.36.00-G01-12-25, 04.04.00-P20-3-24, 00.01.00-A00-1-20; also the bare
        // subject 27.36.00.
        if (digits(i, 2, 2) && glued_mark(i + 1, ".") && digits(i + 2, 2, 2) && glued(i + 2) &&
            glued_mark(i + 3, ".") && digits(i + 4, 2, 2) && glued(i + 4) && !inside_word(i)) {
            std::size_t next = i + 5;
            bool facet = false;
            if (glued_mark(next, "-") && glued(next + 1) && p_[next + 1].kind == PieceKind::word &&
                p_[next + 1].text.size() <= 2 && digits(next + 2, 1, 3) && glued(next + 2)) {
                facet = true;
                next += 3;
                while (glued_mark(next, "-") && digits(next + 1, 1, 6) && glued(next + 1))
                    next += 2;
            }
            if (facet) return add(QuantityKind::case_number, 0, upper(original(i, next)), i, next);
        }
        // 24/1187, 2024/1234
        if (digits(i, 2, 4) && p_[i].text.size() != 3 && glued_mark(i + 1, "/") &&
            digits(i + 2, 3, 7) && glued(i + 2) && !inside_word(i) && !(glued_mark(i + 3, "/"))) {
            const bool year = p_[i].text.size() == 2 || p_[i].text.starts_with("20") ||
                              p_[i].text.starts_with("19");
            const bool years = p_[i].text.size() == 4 && p_[i + 2].text.size() == 4 &&
                               number_of(p_[i + 2].text) == number_of(p_[i].text) + 1;
            if (year && !years)
                return add(QuantityKind::case_number, 0, original(i, i + 3), i, i + 3);
        }
        // 306-2009-600
        if (digits(i, 3, 3) && glued_mark(i + 1, "-") && digits(i + 2, 4, 4) && glued(i + 2) &&
            glued_mark(i + 3, "-") && digits(i + 4, 1, 9) && glued(i + 4) && !inside_word(i)) {
            return add(QuantityKind::case_number, 0,
                       original(i, i + 5).empty() ? "" : dashed(i, i + 5), i, i + 5);
        }
        // EMN-2024-12345, SAG-2024-1234
        if (i < p_.size() && p_[i].kind == PieceKind::word && p_[i].text.size() <= 5 &&
            glued_mark(i + 1, "-") && digits(i + 2, 4, 4) && glued(i + 2) &&
            glued_mark(i + 3, "-") && digits(i + 4, 3, 9) && glued(i + 4)) {
            return add(QuantityKind::case_number, 0, upper(dashed(i, i + 5)), i, i + 5);
        }
        return 0;
    }

    [[nodiscard]] std::string dashed(std::size_t from, std::size_t to) const {
        std::string joined;
        for (std::size_t i = from; i < to; ++i) joined += p_[i].text;
        return joined;
    }
    static std::string upper(std::string text) {
        std::transform(text.begin(), text.end(), text.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        return text;
    }

    // --- paragraphs of law
    // --------------------------------------------------------------------------

    std::size_t read_paragraph(std::size_t i) {
        // "17.4-udvalg", "17, stk. 4-udvalg": the temporary committee of § 17(4).
        if (digits(i, 1, 2) && glued_mark(i + 1, ".") && digits(i + 2, 1, 1) && glued(i + 2) &&
            !inside_word(i)) {
            std::size_t next = i + 3;
            if (key(next) == "-") ++next;
            if (key(next).starts_with("udvalg")) {
                return add(QuantityKind::paragraph, number_of(p_[i].text),
                           "§" + p_[i].text + " stk" + p_[i + 2].text, i, i + 3);
            }
        }
        std::size_t at = i;
        if (key(at) == "§") {
            while (key(at) == "§") ++at;
        } else if (one_of(key(at), {"paragraf", "paragraffen", "paragraph", "section", "par"})) {
            ++at;
            if (key(at) == ".") ++at;
        } else {
            return 0;
        }
        if (!digits(at, 1, 4)) return 0;
        std::size_t next = add_paragraph(i, at);
        // "§§ 37-38", "§§ 16 c-d", "§§ 3 og 4", "§§ 22-24"
        while (next < p_.size()) {
            const bool range = glued_mark(next, "-") || key(next) == "-";
            const bool also =
                one_of(key(next), {"og", "and"}) || (key(next) == "," && digits(next + 1, 1, 3));
            if (!(range || also) || !digits(next + 1, 1, 4) || key(i) != "§") break;
            if (!(key(i + 1) == "§") && !range) break;
            if (range) {
                const auto from = static_cast<int>(found_.back().value);
                const auto to = static_cast<int>(number_of(p_[next + 1].text));
                for (int between = from + 1; between < to && to - from <= 20; ++between) {
                    found_.push_back({QuantityKind::paragraph, static_cast<double>(between),
                                      "§" + std::to_string(between), p_[i].begin,
                                      p_[next + 1].end});
                }
            }
            next = add_paragraph(next + 1, next + 1);
        }
        return next;
    }

    /// One paragraph with its letter, stk. and nr.; `number` is the piece with its number.
    std::size_t add_paragraph(std::size_t begin, std::size_t number) {
        std::string text = "§" + p_[number].text;
        std::size_t next = number + 1;
        const auto single_letter = [&](std::size_t at) {
            return at < p_.size() && p_[at].kind == PieceKind::word && p_[at].text.size() == 1 &&
                   p_[at].text != "i" && p_[at].text != "å";
        };
        if (single_letter(next)) {
            text += p_[next].text;
            ++next;
        }
        const auto part = [&](std::size_t at, std::initializer_list<std::string_view> names,
                              std::string_view shown) -> std::size_t {
            std::size_t word = at;
            if (key(word) == ",") ++word;
            if (!one_of(key(word), names)) {
                // "stk4" is one word and its digits, glued.
                return 0;
            }
            ++word;
            if (key(word) == ".") ++word;
            if (!digits(word, 1, 2)) return 0;
            text += " " + std::string(shown) + p_[word].text;
            return word + 1;
        };
        if (const std::size_t after = part(next, {"stk", "stykke", "stks", "subsection"}, "stk");
            after != 0) {
            next = after;
        } else if (key(next) == "(" && digits(next + 1, 1, 2) && key(next + 2) == ")") {
            text += " stk" + p_[next + 1].text;
            next += 3;
        } else if (glued_mark(next, ".") && digits(next + 1, 1, 1) && glued(next + 1)) {
            text += " stk" + p_[next + 1].text;
            next += 2;
        }
        if (const std::size_t after = part(next, {"nr", "nummer", "no"}, "nr"); after != 0)
            next = after;
        return add(QuantityKind::paragraph, number_of(p_[number].text), text, begin, next);
    }

    // --- times, money, phones, the rest
    // ---------------------------------------------------------------

    std::size_t read_time(std::size_t i) {
        std::size_t at = i;
        const bool named = one_of(key(at), {"kl", "klokken", "kl."});
        if (named) {
            ++at;
            if (key(at) == ".") ++at;
        }
        if (!digits(at, 1, 2)) return 0;
        const auto hour = static_cast<int>(number_of(p_[at].text));
        if (hour > 24) return 0;
        int minute = 0;
        std::size_t next = at + 1;
        const bool colon = glued_mark(next, ":");
        if ((colon || (named && glued_mark(next, "."))) && digits(next + 1, 2, 2) &&
            glued(next + 1)) {
            minute = static_cast<int>(number_of(p_[next + 1].text));
            next += 2;
        } else if (!named) {
            return 0;
        }
        if (minute > 59) return 0;
        const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
        return add(QuantityKind::time_of_day, hour * 60 + minute, two(hour) + ":" + two(minute), i,
                   next);
    }

    /// Scale and currency behind a number: {factor, next, says_money}.
    struct Scale {
        double factor = 1;
        std::size_t next = 0;
        bool money = false;
        bool scaled = false;
    };
    [[nodiscard]] Scale read_scale(std::size_t i) const {
        Scale scale;
        scale.next = i;
        const auto dot = [&](std::size_t at) { return glued_mark(at, ".") ? at + 1 : at; };
        if (one_of(key(i), {"mio", "million", "millioner", "millions", "mill"})) {
            scale = {1e6, dot(i + 1), false, true};
        } else if (one_of(key(i),
                          {"mia", "milliard", "milliarder", "billion", "billions", "mrd"})) {
            scale = {1e9, dot(i + 1), false, true};
        } else if (one_of(key(i), {"tusind", "tusinde", "thousand"})) {
            scale = {1e3, dot(i + 1), false, true};
        } else if (key(i) == "t" && glued_mark(i + 1, ".") && one_of(key(i + 2), {"kr"})) {
            scale = {1e3, i + 2, false, true};
        } else if (one_of(key(i), {"tkr", "mkr"})) {
            return {key(i) == "tkr" ? 1e3 : 1e6, dot(i + 1), true, true};
        }
        if (one_of(key(scale.next), {"kr", "kroner", "krone", "dkk", "kroners"})) {
            scale.money = true;
            const bool abbreviated = key(scale.next) == "kr";
            const std::size_t after = scale.next + 1;
            scale.next =
                abbreviated && after < p_.size() && after + 1 < p_.size() ? dot(after) : after;
            if (abbreviated && after + 1 == p_.size() && glued_mark(after, "."))
                scale.next = after + 1;
        } else if (glued_mark(i, ",") && glued_mark(i + 1, "-")) {
            scale.money = true;
            scale.next = i + 2;
        }
        return scale;
    }

    std::size_t read_leading_currency(std::size_t i) {
        if (!one_of(key(i), {"kr", "dkk"})) return 0;
        std::size_t at = i + 1;
        if (glued_mark(at, ".")) ++at;
        if (!digits(at)) return 0;
        // "5 kr. 3 ..." belongs to the number before; here nothing before has taken the currency.
        const Number number = read_number(at);
        const Scale scale = read_scale(number.next);
        return add(QuantityKind::money, number.value * (scale.scaled ? scale.factor : 1),
                   number.text, i, scale.scaled ? scale.next : number.next);
    }

    std::size_t read_phone(std::size_t i) {
        if (!digits(i) || inside_word(i)) return 0;
        std::size_t at = i;
        std::size_t begin = i;
        if (i > 0 && p_[i - 1].text == "+" && glued(i) && p_[i].text == "45") {
            begin = i - 1;
            ++at;
        }
        std::string joined;
        std::vector<std::size_t> shape;
        std::size_t next = at;
        while (digits(next) && joined.size() < 8 &&
               (next == at || (p_[next].spaced && p_[next].begin - p_[next - 1].end <= 3))) {
            joined += p_[next].text;
            shape.push_back(p_[next].text.size());
            ++next;
        }
        const bool known = shape == std::vector<std::size_t>{2, 2, 2, 2} ||
                           shape == std::vector<std::size_t>{4, 4} ||
                           shape == std::vector<std::size_t>{8};
        if (!known || joined.size() != 8 || joined.front() < '2') return 0;
        if (digits(next) && p_[next].begin - p_[next - 1].end <= 3) return 0;
        if (i > 0 && glued(i) && one_of(p_[i - 1].text, {"-", "/", ".", ","}) && begin == i)
            return 0;
        if (glued(next) && one_of(key(next), {"-", "/", ",", "%"}) && digits(next + 1) &&
            glued(next + 1))
            return 0;
        const Scale scale = read_scale(next);
        if (scale.money || scale.scaled) return 0;
        return add(QuantityKind::phone, 0, joined, begin, next);
    }

    /// "1,2 mio. m3", "2 millioner gæster": no money, though nothing is written behind most sums.
    [[nodiscard]] bool counts_things(std::size_t i) const {
        return one_of(
            key(i),
            {"m",         "m2",         "m3",      "km",        "kubikmeter", "kvadratmeter",
             "kilometer", "ton",        "tons",    "liter",     "kwh",        "kilo",
             "kg",        "indbyggere", "borgere", "mennesker", "personer",   "passagerer",
             "besogende", "gaester",    "traeer",  "people"});
    }

    struct UnitName {
        std::string_view name;
        QuantityKind kind;
        double factor;
        std::string_view shown;
    };
    [[nodiscard]] static const UnitName* unit_of(std::string_view word) {
        static constexpr std::array<UnitName, 47> units{{
            {"dag", QuantityKind::duration, 1, "dag"},
            {"dage", QuantityKind::duration, 1, "dag"},
            {"dages", QuantityKind::duration, 1, "dag"},
            {"dogn", QuantityKind::duration, 1, "dag"},
            {"hverdag", QuantityKind::duration, 1, "hverdag"},
            {"hverdage", QuantityKind::duration, 1, "hverdag"},
            {"arbejdsdag", QuantityKind::duration, 1, "arbejdsdag"},
            {"arbejdsdage", QuantityKind::duration, 1, "arbejdsdag"},
            {"uge", QuantityKind::duration, 7, "uge"},
            {"uger", QuantityKind::duration, 7, "uge"},
            {"ugers", QuantityKind::duration, 7, "uge"},
            {"maned", QuantityKind::duration, 30, "måned"},
            {"maneder", QuantityKind::duration, 30, "måned"},
            {"maneders", QuantityKind::duration, 30, "måned"},
            {"mdr", QuantityKind::duration, 30, "måned"},
            {"ar", QuantityKind::duration, 365, "år"},
            {"ars", QuantityKind::duration, 365, "år"},
            {"time", QuantityKind::duration, 1.0 / 24, "time"},
            {"timer", QuantityKind::duration, 1.0 / 24, "time"},
            {"timers", QuantityKind::duration, 1.0 / 24, "time"},
            {"minut", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"minutter", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"minutters", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"min", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"day", QuantityKind::duration, 1, "dag"},
            {"days", QuantityKind::duration, 1, "dag"},
            {"week", QuantityKind::duration, 7, "uge"},
            {"weeks", QuantityKind::duration, 7, "uge"},
            {"month", QuantityKind::duration, 30, "måned"},
            {"months", QuantityKind::duration, 30, "måned"},
            {"year", QuantityKind::duration, 365, "år"},
            {"years", QuantityKind::duration, 365, "år"},
            {"hour", QuantityKind::duration, 1.0 / 24, "time"},
            {"hours", QuantityKind::duration, 1.0 / 24, "time"},
            {"minutes", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"minute", QuantityKind::duration, 1.0 / 1440, "minut"},
            {"km", QuantityKind::distance, 1000, "km"},
            {"kilometer", QuantityKind::distance, 1000, "km"},
            {"kilometers", QuantityKind::distance, 1000, "km"},
            {"meter", QuantityKind::distance, 1, "m"},
            {"meters", QuantityKind::distance, 1, "m"},
            {"metres", QuantityKind::distance, 1, "m"},
            {"m", QuantityKind::distance, 1, "m"},
            {"cm", QuantityKind::distance, 0.01, "cm"},
            {"pct", QuantityKind::percent, 1, "%"},
            {"procent", QuantityKind::percent, 1, "%"},
            {"procents", QuantityKind::percent, 1, "%"},
        }};
        const auto* found = std::find_if(units.begin(), units.end(),
                                         [&](const UnitName& unit) { return unit.name == word; });
        return found == units.end() ? nullptr : found;
    }

    [[nodiscard]] static double spelled_number(std::string_view word) {
        constexpr std::array<std::pair<std::string_view, double>, 36> numbers{{
            {"en", 1},          {"et", 1},      {"to", 2},       {"tre", 3},      {"fire", 4},
            {"fem", 5},         {"seks", 6},    {"syv", 7},      {"otte", 8},     {"ni", 9},
            {"ti", 10},         {"elleve", 11}, {"tolv", 12},    {"tretten", 13}, {"fjorten", 14},
            {"femten", 15},     {"tyve", 20},   {"tredive", 30}, {"fyrre", 40},   {"halvtreds", 50},
            {"hundrede", 100},  {"one", 1},     {"two", 2},      {"three", 3},    {"four", 4},
            {"five", 5},        {"six", 6},     {"seven", 7},    {"eight", 8},    {"nine", 9},
            {"ten", 10},        {"twelve", 12}, {"fifteen", 15}, {"twenty", 20},  {"thirty", 30},
            {"halvanden", 1.5},
        }};
        for (const auto& [name, value] : numbers) {
            if (name == word) return value;
        }
        return 0;
    }

    std::size_t read_measure(std::size_t i) {
        if (p_[i].kind == PieceKind::word) {
            const double value = spelled_number(p_[i].key);
            const UnitName* unit = value == 0 ? nullptr : unit_of(key(i + 1));
            if (unit == nullptr || unit->kind == QuantityKind::distance) return 0;
            std::string number = std::to_string(static_cast<int>(value));
            if (value != std::floor(value)) number += ",5";
            return add(unit->kind, value * unit->factor,
                       unit->kind == QuantityKind::percent
                           ? number + "%"
                           : number + " " + std::string(unit->shown),
                       i, i + 2);
        }
        if (!digits(i) || inside_word(i)) return 0;
        const Number number = read_number(i);
        const bool minus =
            i > 0 && glued(i) && p_[i - 1].text == "-" && (i == 1 || p_[i - 1].spaced);
        const double sign = minus ? -1 : 1;
        const std::size_t begin = minus ? i - 1 : i;
        const std::string shown = (minus ? "-" : "") + number.text;
        const Scale scale = read_scale(number.next);
        if (scale.money || (scale.scaled && scale.factor >= 1e6 && !counts_things(scale.next))) {
            const double value = sign * number.value * scale.factor;
            return add(QuantityKind::money, value, plain(value), begin, scale.next);
        }
        if (scale.scaled)
            return add(QuantityKind::number, sign * number.value * scale.factor,
                       plain(sign * number.value * scale.factor), begin, scale.next);
        std::size_t word = number.next;
        if (key(word) == "%" || one_of(key(word), {"percent", "procentpoint"})) {
            return add(QuantityKind::percent, sign * number.value, shown + "%", begin, word + 1);
        }
        if (glued_mark(word, "-")) ++word;  // "6-måneders", "7-dages"
        if (const UnitName* unit = unit_of(key(word))) {
            const bool area =
                glued_mark(word + 1, "²") || (digits(word + 1, 1, 1) && glued(word + 1));
            if (unit->kind == QuantityKind::percent) {
                const std::size_t next =
                    key(word) == "pct" && glued_mark(word + 1, ".") ? word + 2 : word + 1;
                return add(QuantityKind::percent, sign * number.value, shown + "%", begin, next);
            }
            if (!area) {
                return add(unit->kind, number.value * unit->factor,
                           number.text + " " + std::string(unit->shown), begin, word + 1);
            }
        }
        return add(QuantityKind::number, sign * number.value, shown, begin, number.next);
    }

    /// A sum in kroner as digits: "42000000", "112203", "12,5".
    static std::string plain(double value) {
        const auto ore = static_cast<long long>(std::llround(value * 100));
        const long long whole = ore / 100;
        const long long rest = std::llabs(ore % 100);
        std::string text = (ore < 0 && whole == 0 ? "-" : "") + std::to_string(whole);
        if (rest != 0) {
            text += "," + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
            if (text.ends_with("0")) text.pop_back();
        }
        return text;
    }

    std::string_view text_;
    std::vector<Piece> p_;
    std::vector<Quantity> found_;
};

}  // namespace

std::vector<Quantity> find_quantities(std::string_view text) { return QuantityReader(text).read(); }

}  // namespace raadbot::danish
