#include "retrieval/danish/dates.hpp"

#include <array>

#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/exact_date.hpp"
#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

unsigned to_number(std::string_view digits) {
    unsigned value = 0;
    for (const char c : digits.substr(0, 8)) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
}

bool is_digits(const std::vector<Piece>& p, std::size_t i, std::size_t least, std::size_t most) {
    return i < p.size() && p[i].kind == PieceKind::digits && p[i].text.size() >= least &&
           p[i].text.size() <= most;
}

bool is_mark(const std::vector<Piece>& p, std::size_t i, std::string_view mark) {
    return i < p.size() && p[i].kind == PieceKind::mark && p[i].text == mark;
}

bool glued(const std::vector<Piece>& p, std::size_t i) { return i < p.size() && !p[i].spaced; }

bool valid(int year, unsigned month, unsigned day) {
    return year >= 1800 && year <= 2199 && make_date(year, month, day).ok();
}

/// Left of a numeric date: not the tail of a longer number, name or case number.
bool clear_before(const std::vector<Piece>& p, std::size_t i) {
    if (i == 0 || p[i].spaced) return true;
    const Piece& before = p[i - 1];
    if (before.kind != PieceKind::mark)
        return before.kind == PieceKind::word && one_of(before.key, {"d", "kl"});
    return !one_of(before.text, {"-", "/", ".", ",", "§"}) || i < 2 || p[i - 1].spaced ||
           p[i - 2].kind != PieceKind::digits;
}

/// Right of a numeric date: no further part of a number ("04.04.00-P20").
bool clear_after(const std::vector<Piece>& p, std::size_t i) {
    if (i >= p.size() || p[i].spaced) return true;
    if (p[i].kind == PieceKind::digits) return false;
    if (p[i].kind == PieceKind::word) return one_of(p[i].key, {"t"});
    if (one_of(p[i].text, {"-", "/", ".", ",", ":"}) && i + 1 < p.size() && !p[i + 1].spaced) {
        return p[i + 1].kind == PieceKind::mark ||
               (p[i + 1].kind == PieceKind::word && p[i].text == "-" && p[i + 1].text.size() > 2);
    }
    return true;
}

/// A year as the third part of a date: "2025", "25", "'25".
struct YearPart {
    int year = 0;
    std::size_t next = 0;
};
std::optional<YearPart> read_year(const std::vector<Piece>& p, std::size_t i, bool two_digits) {
    if (is_mark(p, i, "'") || is_mark(p, i, "\u2019")) {
        if (is_digits(p, i + 1, 2, 2) && glued(p, i + 1)) {
            return YearPart{2000 + static_cast<int>(to_number(p[i + 1].text)), i + 2};
        }
        return std::nullopt;
    }
    if (is_digits(p, i, 4, 4)) {
        const int year = static_cast<int>(to_number(p[i].text));
        if (year >= 1900 && year <= 2099 && clear_after(p, i + 1)) return YearPart{year, i + 1};
        return std::nullopt;
    }
    if (two_digits && is_digits(p, i, 2, 2)) {
        return YearPart{2000 + static_cast<int>(to_number(p[i].text)), i + 1};
    }
    return std::nullopt;
}

}  // namespace

std::optional<ExactDate> read_exact_date(const std::vector<Piece>& p, std::size_t i) {
    // 2025-10-01, also before "T15:45".
    if (is_digits(p, i, 4, 4) && is_mark(p, i + 1, "-") && is_digits(p, i + 2, 2, 2) &&
        is_mark(p, i + 3, "-") && is_digits(p, i + 4, 2, 2) && glued(p, i + 1) && glued(p, i + 2) &&
        glued(p, i + 3) && glued(p, i + 4) && clear_before(p, i) && clear_after(p, i + 5)) {
        const int year = static_cast<int>(to_number(p[i].text));
        const unsigned month = to_number(p[i + 2].text);
        const unsigned day = to_number(p[i + 4].text);
        if (valid(year, month, day)) return ExactDate{day, month, year, i + 5, true, false};
    }
    // March 3, 2025; March 3rd
    if (i < p.size() && p[i].kind == PieceKind::word && month_number(p[i].key) != 0 &&
        is_digits(p, i + 1, 1, 2)) {
        const unsigned month = month_number(p[i].key);
        const unsigned day = to_number(p[i + 1].text);
        std::size_t next = i + 2;
        const bool ordinal =
            glued(p, next) && next < p.size() && one_of(p[next].key, {"st", "nd", "rd", "th"});
        if (ordinal) ++next;
        const bool english = one_of(p[i].key, {"january", "february", "march", "may", "june",
                                               "july", "october", "oct"}) ||
                             ordinal || is_mark(p, next, ",");
        std::size_t year_at = next;
        if (is_mark(p, year_at, ",")) ++year_at;
        if (const auto year = read_year(p, year_at, false)) {
            if (valid(year->year, month, day))
                return ExactDate{day, month, year->year, year->next, true, false};
        }
        if (english && valid(2024, month, day) && clear_after(p, next)) {
            return ExactDate{day, month, std::nullopt, next, true, false};
        }
    }
    if (!is_digits(p, i, 1, 2) || !clear_before(p, i)) return std::nullopt;
    const unsigned day = to_number(p[i].text);
    if (day < 1 || day > 31) return std::nullopt;
    std::size_t next = i + 1;
    // 3. marts 2025, 3 marts, 3rd of March 2025
    if (is_mark(p, next, ".") && glued(p, next)) {
        ++next;
    } else if (glued(p, next) && one_of(p[next].key, {"st", "nd", "rd", "th", "te", "de"})) {
        ++next;
    }
    if (next < p.size() && p[next].key == "of") ++next;
    if (next < p.size() && p[next].kind == PieceKind::word) {
        const unsigned month = month_number(p[next].key);
        if (month != 0) {
            ++next;
            std::size_t year_at = next;
            if (is_mark(p, year_at, ".") && glued(p, year_at)) ++year_at;
            const std::size_t after_month = year_at;
            if (is_mark(p, year_at, ",")) ++year_at;
            if (const auto year = read_year(p, year_at, false)) {
                if (valid(year->year, month, day))
                    return ExactDate{day, month, year->year, year->next, true, false};
            }
            if (!valid(2024, month, day)) return std::nullopt;
            const bool abbreviated = after_month > next && after_month < p.size();
            return ExactDate{day,  month, std::nullopt, abbreviated ? after_month : next,
                             true, false};
        }
    }
    // 1.10.2025, 01-10-2025, 1/10/25, 3/6, 3/6 2025, 3/6-25, 3.6.
    for (const std::string_view mark : {".", "-", "/"}) {
        if (!is_mark(p, i + 1, mark) || !glued(p, i + 1) || !is_digits(p, i + 2, 1, 2)) continue;
        // "1. 10. 2025" is printed too, with blanks after the dots.
        if (p[i + 2].spaced &&
            !(mark == "." && is_mark(p, i + 3, ".") && is_digits(p, i + 4, 4, 4)))
            continue;
        const unsigned month = to_number(p[i + 2].text);
        if (month < 1 || month > 12 || !valid(2024, month, day)) return std::nullopt;
        std::size_t at = i + 3;
        std::optional<YearPart> year;
        if (is_mark(p, at, mark) || (mark == "/" && is_mark(p, at, "-"))) {
            year = read_year(p, at + 1, true);
        } else if (mark != "-" && at < p.size() && p[at].spaced) {
            year = read_year(p, at, false);
        }
        if (year) {
            if (!valid(year->year, month, day) || !clear_after(p, year->next)) return std::nullopt;
            return ExactDate{day, month, year->year, year->next, false, false};
        }
        if (mark == "-") return std::nullopt;
        if (mark == "." && is_mark(p, at, ".") && glued(p, at) && clear_after(p, at + 1)) {
            return ExactDate{day, month, std::nullopt, at + 1, false, true};
        }
        if (!clear_after(p, at)) return std::nullopt;
        return ExactDate{day, month, std::nullopt, at, false, true};
    }
    return std::nullopt;
}

std::optional<Date> parse_printed_date(std::string_view text) {
    const std::vector<Piece> p = pieces(text);
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto exact = read_exact_date(p, i);
        if (exact && exact->year) return make_date(*exact->year, exact->month, exact->day);
    }
    return std::nullopt;
}

std::string danish_date(const Date& date) {
    constexpr std::array<std::string_view, 12> months{
        "januar", "februar", "marts",     "april",   "maj",      "juni",
        "juli",   "august",  "september", "oktober", "november", "december"};
    if (!date.ok()) return {};
    return std::to_string(static_cast<unsigned>(date.day())) + ". " +
           std::string(months[static_cast<unsigned>(date.month()) - 1]) + " " +
           std::to_string(static_cast<int>(date.year()));
}

std::string english_date(const Date& date) {
    constexpr std::array<std::string_view, 12> months{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    if (!date.ok()) return {};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           std::string(months[static_cast<unsigned>(date.month()) - 1]) + " " +
           std::to_string(static_cast<int>(date.year()));
}

Date copenhagen_date(Timestamp when) {
    // Directive 2000/84/EC: summer time from 01:00 UTC on the last Sunday of March to 01:00 UTC on
    // the last Sunday of October.
    using namespace std::chrono;
    const year_month_day utc{floor<days>(when)};
    const auto change = [&](month in) {
        return sys_days{utc.year() / in / Sunday[last]} + hours{1};
    };
    const bool summer = when >= change(March) && when < change(October);
    return Date{floor<days>(when + hours{summer ? 2 : 1})};
}

}  // namespace raadbot::danish
