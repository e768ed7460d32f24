// find_dates: the mentions of time in a question. Words below are loose keys (see pieces.hpp).
#include <algorithm>
#include <optional>

#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/exact_date.hpp"
#include "retrieval/danish/period_reader.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::danish {
namespace {

class MentionReader : private PeriodReader {
public:
    using PeriodReader::PeriodReader;

    std::vector<DateMention> read() {
        std::vector<DateMention> found;
        std::size_t i = 0;
        while (i < p_.size()) {
            if (auto reading = read_at(i)) {
                reading->mention.begin = p_[i].begin;
                reading->mention.end = p_[reading->next - 1].end;
                found.push_back(reading->mention);
                i = reading->next;
            } else {
                ++i;
            }
        }
        return found;
    }

private:
    [[nodiscard]] Date back(Unit unit, int count) const {
        switch (unit) {
            case Unit::day: return add_days(today_, -count);
            case Unit::week: return add_days(today_, -7 * count);
            case Unit::month: return add_months(today_, -count);
            case Unit::year: return add_months(today_, -12 * count);
            case Unit::none: break;
        }
        return today_;
    }

    std::optional<Reading> read_at(std::size_t i) const {
        if (auto reading = read_span(i)) return reading;
        if (auto reading = read_bounded(i)) return reading;
        if (auto reading = read_exact(i)) return reading;
        if (auto reading = read_fixed(i)) return reading;
        if (auto reading = read_rolling(i)) return reading;
        if (auto reading = read_part_of(i)) return reading;
        if (auto reading = read_directed(i)) return reading;
        return read_period(i, Direction::none);
    }

    /// A period, an exact date or a year, as an end of "fra ... til ...".
    std::optional<Reading> read_end(std::size_t i) const {
        if (at(i, {"den", "d", "the"})) ++i;
        if (at(i, {"."})) ++i;
        auto reading = read_exact(i);
        if (!reading) reading = read_period(i, Direction::none);
        if (!reading || !reading->mention.first || !reading->mention.last) return std::nullopt;
        return reading;
    }

    /// "fra marts til maj 2025", "mellem 1. og 15. juni", "2022-2025", "marts-april 2025",
    /// "2024/25", "uge 3-5".
    std::optional<Reading> read_span(std::size_t i) const {
        if (digits(i, 4, 4) && i + 2 < p_.size() && !p_[i + 1].spaced && !p_[i + 2].spaced) {
            const auto from = static_cast<int>(value(i));
            const bool plausible = from >= 1950 && from <= 2099 && clear_year_start(i);
            if (plausible && (key(i + 1) == "-" || key(i + 1) == "/") && digits(i + 2, 2, 4)) {
                int to = static_cast<int>(value(i + 2));
                const bool two = p_[i + 2].text.size() == 2;
                if (two) to += from / 100 * 100;
                const bool goes_on = i + 3 < p_.size() && !p_[i + 3].spaced &&
                                     one_of(key(i + 3), {"-", "/", "."}) && digits(i + 4, 1, 9);
                const bool near = key(i + 1) == "/" ? to == from + 1 : to > from && to - from <= 30;
                if (near && !goes_on && p_[i + 2].text.size() != 3) {
                    if (one_of(before(i), {"skolear", "skolearet"})) {
                        return range_reading({make_date(from, 8, 1), make_date(to, 7, 31)}, i + 3);
                    }
                    return range_reading({make_date(from, 1, 1), make_date(to, 12, 31)}, i + 3);
                }
            }
        }
        if (at(i, {"fra", "mellem", "from", "between"})) {
            auto from = read_end(i + 1);
            // "fra 1. til 15. juni": the first day takes its month from the second.
            if (!from && digits(i + 1, 1, 2)) {
                std::size_t next = i + 2;
                if (at(next, {"."})) ++next;
                if (at(next, {"til", "og", "to", "and", "-"})) {
                    const auto to = read_exact_raw(next + 1);
                    if (to && to->mention.first) {
                        const Date last = *to->mention.last;
                        const Date first{last.year(), last.month(), std::chrono::day{value(i + 1)}};
                        if (first.ok() && first <= last)
                            return range_reading({first, last}, to->next);
                    }
                }
            }
            if (!from || !at(from->next, {"til", "og", "to", "and", "-", "until"}))
                return std::nullopt;
            const auto to = read_end(from->next + 1);
            if (!to) return std::nullopt;
            return join(*from, *to);
        }
        // "marts-april 2025", "marts og april"
        if (month_at(i, false) != 0 && at(i + 1, {"-", "og", "til", "and", "to"}) &&
            month_at(i + 2, true) != 0) {
            const auto from = read_period(i, Direction::none);
            const auto to = read_period(i + 2, Direction::none);
            if (from && to && from->next == i + 1) return join(*from, *to);
        }
        return std::nullopt;
    }

    static Reading join(const Reading& from, const Reading& to) {
        Date first = *from.mention.first;
        const Date last = *to.mention.last;
        // The year is often said once, at the end ("fra marts til maj 2025"): the beginning follows
        // it.
        if (from.mention.reference == DateReference::day_and_month || !from.year_said) {
            while (add_months(first, 12) <= last) first = add_months(first, 12);
        }
        while (first > last) first = add_months(first, -12);
        return range_reading({first, last}, to.next);
    }

    /// "før 1. juni 2025", "efter marts 2025", "siden 2024", "since March".
    std::optional<Reading> read_bounded(std::size_t i) const {
        // "hvad koster det fra nytår": the year that begins, or has just begun.
        if (at(i, {"fra", "from"}) && at(i + 1, {"nytar", "arsskiftet", "new year"})) {
            constexpr unsigned just_begun = 3;  // Months.
            const bool begun = static_cast<unsigned>(today_.month()) <= just_begun;
            const std::size_t words = at(i + 1, {"new year"}) ? 2 : 1;
            return range_reading(year_period(begun ? year_ : year_ + 1), i + 1 + words);
        }
        const bool since = at(i, {"siden", "since"});
        const bool after = at(i, {"efter", "after"});
        const bool until = at(i, {"for", "inden", "before"});
        if (!since && !after && !until) return std::nullopt;
        // "for" is "før" typed plainly, but also an ordinary word ("for 2025"): then only before
        // "den" or a feast.
        const bool plain_for = p_[i].text == "for";
        if (auto feast = read_feast(i, plain_for)) return feast;
        if (plain_for) return std::nullopt;
        std::size_t start = i + 1;
        if (at(start, {"i"})) ++start;
        const auto end = read_end(start);
        if (!end) return std::nullopt;
        if (until)
            return range_reading({make_date(1970, 1, 1), add_days(*end->mention.first, -1)},
                                 end->next);
        const Date first = since ? *end->mention.first : add_days(*end->mention.last, 1);
        return range_reading({first, std::max(today_, first)}, end->next);
    }

    /// "før sommerferien", "efter nytår", "inden jul", "siden sommerferien".
    std::optional<Reading> read_feast(std::size_t i, bool plain_for) const {
        const bool until = at(i, {"for", "inden", "before"});
        std::size_t word = i + 1;
        if (at(word, {"the"})) ++word;
        std::size_t next = word + 1;
        Window ahead{};
        Window behind{};
        if (at(word, {"sommerferien", "sommeren", "sommerferie", "summer", "ferien"})) {
            if (at(word, {"summer"}) &&
                at(next, {"holiday", "holidays", "break", "recess", "vacation"}))
                ++next;
            ahead = {5, 1, 6, 30};
            behind = {8, 1, 9, 30};
        } else if (at(word, {"jul", "juleferien", "christmas", "julen"})) {
            ahead = {11, 1, 12, 23};
            behind = {12, 27, 1, 31, -1};
        } else if (at(word, {"nytar", "new year", "arsskiftet"})) {
            if (at(word, {"new year"})) ++next;
            ahead = {11, 1, 12, 31};
            behind = {1, 1, 2, 28};
        } else if (at(word, {"paske", "pasken", "paskeferien", "easter"})) {
            ahead = {2, 15, 4, 10};
            behind = {4, 5, 5, 31};
        } else if (at(word, {"efterarsferien"})) {
            ahead = {9, 1, 10, 15};
            behind = {10, 15, 11, 30};
        } else if (at(word, {"vinterferien"})) {
            ahead = {1, 1, 2, 15};
            behind = {2, 15, 3, 31};
        } else {
            return std::nullopt;
        }
        if (plain_for && at(word, {"summer", "sommeren", "ferien"})) return std::nullopt;
        Period period = window_near(until ? ahead : behind, Direction::none);
        if (const auto year = year_behind(next)) {
            const Window& window = until ? ahead : behind;
            period = {make_date(year->first + window.first_year_offset, window.first_month,
                                window.first_day),
                      make_date(year->first, window.last_month, window.last_day)};
            next = year->second;
        } else if (at(i, {"siden", "since"})) {
            const Period past = window_near(behind, Direction::past);
            period = {past.first, std::max(today_, past.first)};
        }
        return range_reading(period, next);
    }

    [[nodiscard]] Date nearest(unsigned month, unsigned day, bool future) const {
        for (int year = future ? year_ : year_ + 1;; future ? ++year : --year) {
            const Date date = make_date(year, month, day);
            if (date.ok() && (future ? date >= today_ : date <= today_)) return date;
        }
    }

    [[nodiscard]] Reading exact_reading(const ExactDate& exact, bool future) const {
        if (exact.year) {
            const Date date = make_date(*exact.year, exact.month, exact.day);
            Reading reading = range_reading({date, date}, exact.next);
            reading.year_said = true;
            return reading;
        }
        if (const auto year = year_behind(exact.next)) {
            const Date date = make_date(year->first, exact.month, exact.day);
            if (date.ok()) {
                Reading reading = range_reading({date, date}, year->second);
                reading.year_said = true;
                return reading;
            }
        }
        const Date date = nearest(exact.month, exact.day, future);
        Reading reading = range_reading({date, date}, exact.next);
        reading.mention.reference = DateReference::day_and_month;
        reading.mention.day = exact.day;
        return reading;
    }

    std::optional<Reading> read_exact_raw(std::size_t i) const {
        if (at(i, {"den", "d", "the"})) ++i;
        if (at(i, {"."})) ++i;
        const auto exact = read_exact_date(p_, i);
        if (!exact) return std::nullopt;
        return exact_reading(*exact, false);
    }

    /// True when a word before says that a number is a day: "den", "d.", "mødet 3/6", "on".
    [[nodiscard]] bool date_word_before(std::size_t i) const {
        if (one_of(before(i),
                   {"den",      "d",       "dato",        "fra",        "til",
                    "on",       "the",     "modet",       "mode",       "pr",
                    "efter",    "for",     "inden",       "siden",      "dagsorden",
                    "referat",  "byradet", "byradsmodet", "byradsmode", "okonomiudvalget",
                    "udvalget", "pa"})) {
            return p_[i - 1].text != "for";
        }
        return before(i) == "." && one_of(before(i, 2), {"d", "pr"});
    }

    std::optional<Reading> read_exact(std::size_t i) const {
        if (i < p_.size() && p_[i].kind == PieceKind::word && at(i, {"den", "d", "the"})) {
            // Take the article in, so that the mention covers "den 3. marts".
            std::size_t start = i + 1;
            if (at(start, {"."})) ++start;
            if (digits(start, 1, 2)) {
                if (const auto exact = read_exact_date(p_, start)) {
                    if (!committee_follows(exact->next)) return exact_reading(*exact, false);
                }
                return read_day(start);
            }
            return std::nullopt;
        }
        const auto exact = read_exact_date(p_, i);
        if (!exact || committee_follows(exact->next)) return std::nullopt;
        if (one_of(before(i), {"kl", "klokken", "§"}) ||
            (before(i) == "." && before(i, 2) == "kl")) {
            if (!exact->year) return std::nullopt;
        }
        if (exact->numbers_only) {
            const bool slash = key(i + 1) == "/";
            if (!slash && !date_word_before(i)) return std::nullopt;
            const unsigned day = exact->day;
            const unsigned month = exact->month;
            const bool fraction = (day < month && day <= 3 && month <= 5) ||
                                  (day == 3 && month == 4) || (day == 4 && month == 5) ||
                                  (day == 24 && month == 7) || (day == 1 && month == 1) ||
                                  (day == 1 && month >= 6 && month != 9);
            const bool first_of_month = day == 1 && month >= 6;
            if (slash && fraction && !date_word_before(i) &&
                (!first_of_month ||
                 one_of(key(exact->next), {"af", "of", "flertal", "del", "dele"}))) {
                return std::nullopt;
            }
            if (slash && one_of(key(exact->next), {"af", "of", "flertal", "dele", "%"}))
                return std::nullopt;
        }
        return exact_reading(*exact, one_of(before(i), {"naeste", "kommende"}));
    }

    [[nodiscard]] bool committee_follows(std::size_t i) const {
        if (at(i, {"-"})) ++i;
        return key(i).starts_with("udvalg");
    }

    /// "den 3.", "d. 3": a day without a month. `i` is the number.
    std::optional<Reading> read_day(std::size_t i) const {
        const unsigned day = value(i);
        if (day < 1 || day > 31) return std::nullopt;
        std::size_t next = i + 1;
        bool ordinal = false;
        if (next < p_.size() && !p_[next].spaced && one_of(key(next), {"st", "nd", "rd", "th"})) {
            ordinal = true;
            ++next;
        } else if (next < p_.size() && !p_[next].spaced && key(next) == ".") {
            ordinal = true;
            ++next;
            if (next < p_.size() && p_[next].kind == PieceKind::digits && !p_[next].spaced)
                return std::nullopt;
        }
        const bool ends = next >= p_.size() || p_[next].kind == PieceKind::mark;
        if (!ends && at(next, {"i denne maned", "i naeste maned", "i sidste maned", "i maneden",
                               "of this month", "of next month", "of last month", "this month",
                               "denne maned", "naeste maned", "sidste maned"})) {
            const std::size_t word = at(next, {"i", "of"}) ? next + 1 : next;
            const Direction direction = direction_of(key(word));
            const int step = direction == Direction::past     ? -1
                             : direction == Direction::future ? 1
                                                              : 0;
            const Date month =
                add_months(make_date(year_, static_cast<unsigned>(today_.month()), 1), step);
            const Date date{month.year(), month.month(), std::chrono::day{day}};
            if (date.ok()) {
                const bool two_words = direction != Direction::none;
                return range_reading({date, date}, word + (two_words ? 2 : 1));
            }
        }
        // "den 2. viceborgmester" and "den 3 store" are no days: only what cannot be counted may
        // follow.
        const bool may_follow =
            ends
                ? true
                : is_stop_word(p_[next].text) ||
                      one_of(key(next),
                             {"i",    "om",         "pa",   "med",        "hvad",    "og",  "var",
                              "blev", "kl",         "der",  "som",        "fra",     "til", "at",
                              "vedr", "vedrorende", "hos",  "hvem",       "klokken", "in",  "about",
                              "at",   "er",         "skal", "besluttede", "vedtog",  "ds",  "dm"});
        if (!may_follow) return std::nullopt;
        if (!ordinal && ends && next < p_.size() &&
            !one_of(key(next), {"?", ".", ",", "!", ";", ":"}))
            return std::nullopt;
        Reading reading = reference_reading(DateReference::day_of_month, next);
        reading.mention.day = day;
        return reading;
    }

    /// "i dag", "i går", "i mandags", "for 2 år siden", "forleden", "i forrige periode".
    std::optional<Reading> read_fixed(std::size_t i) const {
        const auto day = [&](int offset, std::size_t words) {
            const Date date = add_days(today_, offset);
            return range_reading({date, date}, i + words);
        };
        if (const auto n = matched(i, {"i dag", "idag", "today", "dags dato", "i aften", "iaften",
                                       "tonight", "nu til aften"}))
            return day(0, n);
        if (const auto n =
                matched(i, {"i gar", "igar", "yesterday", "i gar aftes", "i aftes", "last night"}))
            return day(-1, n);
        if (const auto n =
                matched(i, {"i forgars", "forgars", "iforgars", "the day before yesterday"}))
            return day(-2, n);
        if (const auto n = matched(i, {"i overmorgen", "overmorgen", "the day after tomorrow"}))
            return day(2, n);
        if (const auto n = matched(i, {"i morgen", "imorgen", "tomorrow"})) {
            // "i morgen tidlig" is tomorrow as well; "i morges" is not here.
            return day(1, n);
        }
        if (const auto n = matched(i, {"i morges", "this morning"})) return day(0, n);
        if (const auto n = matched(i, {"forleden", "forleden dag", "the other day"})) {
            return range_reading({add_days(today_, -14), today_}, i + n);
        }
        if (const auto n = matched(i, {"for nylig", "for nyligt", "fornylig", "recently",
                                       "i den seneste tid", "i den sidste tid"})) {
            return range_reading({add_days(today_, -90), today_}, i + n);
        }
        if (const auto n = matched(i, {"i ar", "iar"})) {
            // "i år 2025" is that year.
            if (const auto year = year_behind(i + n); year && digits(i + n, 4, 4)) {
                return range_reading(year_period(year->first), year->second);
            }
            return range_reading(year_period(year_), i + n);
        }
        if (const auto n = matched(i, {"i fjor", "ifjor"}))
            return range_reading(year_period(year_ - 1), i + n);
        if (const auto n =
                matched(i, {"i forfjor", "forfjor", "aret for sidste ar", "forrige forrige ar"})) {
            return range_reading(year_period(year_ - 2), i + n);
        }
        if (const auto n = matched(
                i, {"forrige byrad", "det gamle byrad", "gamle byrad", "sidste byradsperiode",
                    "previous council", "the old council", "forrige kommunalbestyrelse"})) {
            return range_reading(term_of(year_ - 4), i + n);
        }
        // "i mandags", "på mandag"
        if (at(i, {"i", "pa", "on", "nu pa"}) && weekday_number(key(i + 1)) != 0 &&
            i + 1 < p_.size()) {
            const unsigned weekday = weekday_number(key(i + 1));
            const bool past = at(i, {"i"}) && key(i + 1).ends_with("s");
            const bool ahead = at(i, {"pa"}) || (at(i, {"on"}) && !past_);
            const bool date_follows = digits(i + 2, 1, 2) || at(i + 2, {"den", "d", "the"});
            if (!date_follows && (past || ahead || at(i, {"on"})) && !key(i + 1).ends_with("e")) {
                return weekday_reading(weekday,
                                       ahead && !past ? Direction::future : Direction::past, i + 2);
            }
        }
        // "for to år siden", "2 weeks ago"
        std::size_t number = at(i, {"for"}) ? i + 1 : i;
        auto count = small_number(key(number));
        if (at(number, {"et par"})) number += 1;
        if (at(number, {"a couple of"})) number += 2;
        if (one_of(key(number), {"par", "of"})) count = 2;
        if (count) {
            const Unit unit = unit_of(key(number + 1));
            if (unit != Unit::none &&
                (at(number + 2, {"ago"}) || (at(i, {"for"}) && at(number + 2, {"siden"})))) {
                const Date then = back(unit, static_cast<int>(*count));
                const auto year = static_cast<int>(then.year());
                const auto month = static_cast<unsigned>(then.month());
                const Period period = unit == Unit::year    ? year_period(year)
                                      : unit == Unit::month ? month_period(year, month)
                                      : unit == Unit::week  ? week_of(then)
                                                            : Period{then, then};
                return range_reading(period, number + 3);
            }
        }
        return std::nullopt;
    }

    /// "de sidste 3 måneder", "det seneste år", "det sidste halve år", "last 6 months".
    std::optional<Reading> read_rolling(std::size_t i) const {
        if (direction_of(key(i)) != Direction::past && !at(i, {"the past"})) return std::nullopt;
        // "hvad var det sidste år": the pronoun is what it was.
        const bool subject = before(i) == "det" && i >= 2 &&
                             one_of(key(i - 2), {"var", "er", "blev", "bliver", "kostede", "koster",
                                                 "skete", "gik", "havde", "har", "kunne"});
        const bool definite = !subject && one_of(before(i), {"det", "den", "de", "the"});
        std::size_t next = i + 1;
        if (at(next, {"halve ar", "half year", "halvandet ar"})) {
            return range_reading({add_months(today_, -6), today_}, next + 2);
        }
        if (definite && at(next, {"ar", "year"}) && !at(next + 1, {"s"})) {
            const bool plural = before(i) == "de";
            return range_reading({add_months(today_, plural ? -36 : -12), today_}, next + 1);
        }
        if (definite && at(next, {"maned", "month", "maneds", "tid"})) {
            return range_reading({add_months(today_, at(next, {"tid"}) ? -3 : -1), today_},
                                 next + 1);
        }
        if (definite && at(next, {"uge", "week"}))
            return range_reading({add_days(today_, -7), today_}, next + 1);
        if (at(next, {"et par", "couple of"})) next += 1;
        if (const auto count = small_number(key(next))) {
            const Unit unit = unit_of(key(next + 1));
            if (unit != Unit::none && *count >= 1 && !one_of(key(next), {"en", "et"})) {
                return range_reading({back(unit, static_cast<int>(*count)), today_}, next + 2);
            }
            if (is_meeting(key(next + 1)) && *count > 1) {
                return reference_reading(DateReference::last_held, next + 2);
            }
        }
        if (at(next, {"par"}) && unit_of(key(next + 1)) != Unit::none) {
            return range_reading({back(unit_of(key(next + 1)), 2), today_}, next + 2);
        }
        return std::nullopt;
    }

    /// "primo juni", "midten af marts 2025", "sidst i maj", "ultimo 2025".
    std::optional<Reading> read_part_of(std::size_t i) const {
        std::size_t words = 0;
        int part = 0;
        if ((words = matched(i, {"primo", "starten af", "begyndelsen af", "forst i", "early",
                                 "early in", "the beginning of", "beginning of", "tidligt i"})) !=
            0) {
            part = 1;
        } else if ((words = matched(
                        i, {"medio", "midten af", "midt i", "mid", "middle of", "midt pa"})) != 0) {
            part = 2;
        } else if ((words = matched(i, {"ultimo", "slutningen af", "sidst i", "late", "late in",
                                        "the end of", "end of", "sent i"})) != 0) {
            part = 3;
        } else {
            return std::nullopt;
        }
        std::size_t core = i + words;
        if (at(core, {"-"})) ++core;
        if (month_at(core, true) != 0) {
            const auto month = read_period(core, Direction::none, true);
            if (!month) return std::nullopt;
            const Date first = *month->mention.first;
            const Date last = *month->mention.last;
            const Period period = part == 1   ? Period{first, add_days(first, 9)}
                                  : part == 2 ? Period{add_days(first, 10), add_days(first, 19)}
                                              : Period{add_days(first, 20), last};
            return range_reading(period, month->next);
        }
        const auto year = year_behind(core);
        if (year && !one_of(key(core), {"den"})) {
            const Period period =
                part == 1   ? Period{make_date(year->first, 1, 1), make_date(year->first, 3, 31)}
                : part == 2 ? Period{make_date(year->first, 5, 1), make_date(year->first, 8, 31)}
                            : Period{make_date(year->first, 10, 1), make_date(year->first, 12, 31)};
            return range_reading(period, year->second);
        }
        return std::nullopt;
    }

    /// "sidste", "næste", "denne", "til" and what they stand before.
    std::optional<Reading> read_directed(std::size_t i) const {
        if (const auto n = matched(i, {"sidste gang", "last time", "seneste gang"})) {
            return reference_reading(DateReference::last_held, i + n);
        }
        if (const auto n = matched(i, {"naeste gang", "next time"}))
            return reference_reading(DateReference::next, i + n);
        if (at(i, {"sidst"}) && !at(i + 1, {"i", "pa", "men", "ikke"}) &&
            !one_of(before(i), {"til", "og"})) {
            return reference_reading(DateReference::last_held, i + 1);
        }
        if (at(i, {"most recent"}) && is_meeting(key(i + 2))) {
            return reference_reading(DateReference::last_held, i + 3);
        }
        if (at(i, {"til", "to"})) {
            if (at(i, {"til"}) && at(i + 1, {"naeste ar"}))
                return range_reading(year_period(year_ + 1), i + 3);
            // "til marts", "til foråret": the coming one; "fra marts til april" is read before
            // this.
            if (at(i, {"til"}) && (season_of(key(i + 1)) || month_at(i + 1, false) != 0)) {
                return read_period(i + 1, Direction::future);
            }
            if (at(i, {"til"}) && one_of(key(i + 1), {"jul"})) {
                return range_reading(window_near({12, 1, 12, 31}, Direction::future), i + 2);
            }
            return std::nullopt;
        }
        Direction direction = direction_of(key(i));
        if (direction == Direction::none) return std::nullopt;
        if (one_of(before(i), {"ikke", "ved"}) && key(i) == "senest") return std::nullopt;
        if (key(i) == "senest" || key(i) == "recent" || key(i) == "past") return std::nullopt;
        const std::size_t core = i + 1;
        if (const auto period = read_relative(core, direction)) return period;
        if (const unsigned weekday = core < p_.size() ? weekday_number(key(core)) : 0;
            weekday != 0) {
            if (digits(core + 1, 1, 2) || at(core + 1, {"den", "d", "the"})) return std::nullopt;
            if (at(core + 1, {"i", "in", "of"})) {
                if (const auto nth = read_nth_weekday(i)) return nth;
            }
            return weekday_reading(weekday, direction, core + 1);
        }
        if (month_at(core, true) != 0 || season_of(key(core)))
            return read_period(core, direction, true);
        if (direction != Direction::current) {
            // "sidste ordinære møde", "last city council meeting", "næste teknik- og
            // miljøudvalgsmøde"
            std::size_t word = core;
            for (std::size_t skipped = 0; skipped <= 5 && word < p_.size(); ++skipped, ++word) {
                if (is_meeting(key(word))) {
                    const bool past = direction == Direction::past;
                    return reference_reading(past ? DateReference::last_held : DateReference::next,
                                             word + 1);
                }
                if (p_[word].kind == PieceKind::digits) break;
                if (p_[word].kind == PieceKind::mark && p_[word].text != "-") break;
                if (one_of(key(word), {"for", "til", "i", "pa", "af", "of", "in", "at", "om", "der",
                                       "det", "frist", "er", "blev", "var", "skal", "to"})) {
                    break;
                }
            }
            if (one_of(key(core), {"byrad", "kommunalbestyrelse", "okonomiudvalg", "udvalgsmode",
                                   "byradsmede"})) {
                const bool past = direction == Direction::past;
                return reference_reading(past ? DateReference::last_held : DateReference::next,
                                         core + 1);
            }
        }
        return std::nullopt;
    }
};

}  // namespace

std::vector<DateMention> find_dates(std::string_view question, const Date& today) {
    return MentionReader(question, today).read();
}

}  // namespace raadbot::danish
