#include "retrieval/danish/period_reader.hpp"

#include <algorithm>

namespace raadbot::danish {

Reading range_reading(const Period& period, std::size_t next) {
    Reading reading;
    reading.mention.first = period.first;
    reading.mention.last = period.last;
    reading.next = next;
    return reading;
}

Reading reference_reading(DateReference reference, std::size_t next) {
    Reading reading;
    reading.mention.reference = reference;
    reading.next = next;
    return reading;
}

PeriodReader::PeriodReader(std::string_view question, const Date& today)
    : p_(pieces(question)), today_(today), year_(static_cast<int>(today.year())) {
    const auto any = [&](std::initializer_list<std::string_view> keys) {
        return std::any_of(p_.begin(), p_.end(),
                           [&](const Piece& piece) { return one_of(piece.key, keys); });
    };
    past_ =
        any({"blev",  "besluttede", "besluttet",   "vedtog",  "var",      "sagde",    "stemte",
             "skete", "fik",        "foregik",     "holdt",   "endte",    "havde",    "gik",
             "mente", "foreslog",   "indstillede", "deltog",  "vedtaget", "godkendt", "godkendte",
             "was",   "were",       "did",         "decided", "voted",    "said",     "happened"});
    future_ = !past_ && any({"skal", "kommer", "vil", "bliver", "will", "shall", "going"});
}

bool PeriodReader::at(std::size_t i, std::initializer_list<std::string_view> phrases) const {
    return matched(i, phrases) != 0;
}

std::size_t PeriodReader::matched(std::size_t i,
                                  std::initializer_list<std::string_view> phrases) const {
    std::size_t best = 0;
    for (const std::string_view phrase : phrases) {
        if (!phrase_at(p_, i, phrase)) continue;
        const auto words =
            static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
        best = std::max(best, words);
    }
    return best;
}

Period PeriodReader::month_near(unsigned month, Direction direction) const {
    const auto now = static_cast<unsigned>(today_.month());
    switch (direction) {
        case Direction::past: return month_period(month < now ? year_ : year_ - 1, month);
        case Direction::current: return month_period(year_, month);
        case Direction::future: return month_period(month > now ? year_ : year_ + 1, month);
        case Direction::none: break;
    }
    // "hvad skal byrådet behandle i december", asked in November, looks ahead.
    const unsigned ahead = (month + 12 - now) % 12;
    if (future_ && ahead >= 1 && ahead <= 3)
        return month_period(month > now ? year_ : year_ + 1, month);
    return month_period(month <= now ? year_ : year_ - 1, month);
}

Period PeriodReader::season_period(unsigned season, int year) {
    if (season == 3) return {make_date(year - 1, 12, 1), month_period(year, 2).last};
    return {make_date(year, 3 + season * 3, 1), month_period(year, 5 + season * 3).last};
}

Period PeriodReader::season_near(unsigned season, Direction direction) const {
    if (direction == Direction::future || (direction == Direction::none && future_)) {
        for (int year = year_;; ++year) {
            const Period period = season_period(season, year);
            if (period.first > today_ || (direction == Direction::none && period.last >= today_))
                return period;
        }
    }
    for (int year = year_ + 1;; --year) {
        const Period period = season_period(season, year);
        if (direction == Direction::past ? period.last < today_ : period.first <= today_)
            return period;
    }
}

Period PeriodReader::window_near(const Window& window, Direction direction) const {
    const auto in = [&](int year) {
        return Period{
            make_date(year + window.first_year_offset, window.first_month, window.first_day),
            make_date(year, window.last_month, window.last_day)};
    };
    const bool ahead = direction == Direction::future || (direction == Direction::none && future_);
    for (int year = year_ + 2;; --year) {
        const Period period = in(year);
        if (period.first > today_) continue;
        if (!ahead) {
            // Without a past verb, one that begins within ten weeks is meant ("efter nytår"
            // asked in November).
            const Period coming = in(year + 1);
            const auto wait = std::chrono::sys_days{coming.first} - std::chrono::sys_days{today_};
            if (!past_ && direction == Direction::none && period.last < today_ &&
                wait.count() <= 70)
                return coming;
            return period;
        }
        return period.last >= today_ ? period : in(year + 1);
    }
}

std::optional<std::pair<int, std::size_t>> PeriodReader::year_behind(std::size_t i) const {
    if (i < p_.size() && p_[i].kind == PieceKind::mark && p_[i].text == "," && digits(i + 1, 4, 4))
        ++i;
    if (at(i, {"i"}) && digits(i + 1, 4, 4)) ++i;
    if (at(i, {"of"}) && digits(i + 1, 4, 4)) ++i;
    if (at(i, {"ar"}) && digits(i + 1, 4, 4)) ++i;
    if (digits(i, 4, 4) && value(i) >= 1950 && value(i) <= 2099) {
        return std::pair{static_cast<int>(value(i)), i + 1};
    }
    if (const auto n = matched(i, {"i ar", "dette ar", "this year"}))
        return std::pair{year_, i + n};
    if (const auto n =
            matched(i, {"sidste ar", "i fjor", "forrige ar", "last year", "of last year"})) {
        return std::pair{year_ - 1, i + n};
    }
    if (const auto n = matched(i, {"naeste ar", "til naeste ar", "next year"}))
        return std::pair{year_ + 1, i + n};
    return std::nullopt;
}

unsigned PeriodReader::month_at(std::size_t i, bool certain) const {
    if (i >= p_.size() || p_[i].kind != PieceKind::word) return 0;
    // "oktobermødet"
    const std::string_view whole = p_[i].key;
    for (const std::string_view meeting : {"modet", "mode", "moderne"}) {
        if (!whole.ends_with(meeting)) continue;
        const std::string_view named = whole.substr(0, whole.size() - meeting.size());
        if (one_of(named, {"januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
                           "september", "oktober", "november", "december"}))
            return month_number(named);
    }
    const unsigned month = month_number(p_[i].key);
    if (month == 0 || certain) return month;
    // Words that mean something else too need company: "may", "jul", "sep", "march", "mar".
    const bool doubtful =
        p_[i].key.size() <= 4 && !one_of(p_[i].key, {"maj", "juni", "juli", "june", "july"});
    if (!doubtful) return month;
    const bool company =
        one_of(before(i), {"i", "in", "fra", "til", "since", "siden", "last", "next", "this", "by",
                           "efter", "during", "until", "from"});
    const bool year_follows = year_behind(i + 1).has_value();
    if (p_[i].key == "jul" || p_[i].key == "mar") return year_follows ? month : 0;
    return company || year_follows ? month : 0;
}

Reading PeriodReader::weekday_reading(unsigned weekday, Direction direction,
                                      std::size_t next) const {
    const int delta = static_cast<int>(weekday) - static_cast<int>(iso_weekday(today_));
    int offset = delta;
    if (direction == Direction::future) {
        offset = delta > 0 ? delta : delta + 7;
    } else if (direction == Direction::current) {
        offset = delta;
    } else {
        offset = delta < 0 ? delta : delta - 7;
    }
    const Date date = add_days(today_, offset);
    return range_reading({date, date}, next);
}

std::optional<Reading> PeriodReader::read_relative(std::size_t core, Direction direction) const {
    const int step = direction == Direction::past ? -1 : direction == Direction::future ? 1 : 0;
    if (at(core, {"uge", "week"}) && !digits(core + 1, 1, 2)) {
        return range_reading(week_of(add_days(today_, 7 * step)), core + 1);
    }
    if (at(core, {"uge", "week"})) return read_week(core, direction);
    const auto month = static_cast<unsigned>(today_.month());
    if (at(core, {"maned", "month", "maneds"})) {
        const Date date = add_months(make_date(year_, month, 1), step);
        return range_reading(
            month_period(static_cast<int>(date.year()), static_cast<unsigned>(date.month())),
            core + 1);
    }
    if (at(core, {"ar", "year", "ars", "years", "kalenderar", "regnskabsar", "budgetar"})) {
        if (at(core, {"years"})) return std::nullopt;
        return range_reading(year_period(year_ + step), core + 1);
    }
    if (at(core, {"kvartal", "quarter"})) {
        const Date date = add_months(make_date(year_, month, 1), 3 * step);
        return range_reading(quarter_period(static_cast<int>(date.year()),
                                            (static_cast<unsigned>(date.month()) + 2) / 3),
                             core + 1);
    }
    if (at(core, {"halvar"})) {
        const Date date = add_months(make_date(year_, month, 1), 6 * step);
        return range_reading(half_period(static_cast<int>(date.year()),
                                         static_cast<unsigned>(date.month()) <= 6 ? 1 : 2),
                             core + 1);
    }
    if (at(core,
           {"periode", "valgperiode", "byradsperiode", "term", "council term", "byradsvalgperiode",
            "funktionsperiode", "kommunalbestyrelsesperiode", "election period"})) {
        return range_reading(
            term_of(year_ + 4 * step),
            core + std::max<std::size_t>(1, matched(core, {"council term", "election period"})));
    }
    return std::nullopt;
}

std::optional<Reading> PeriodReader::read_nth_weekday(std::size_t i) const {
    unsigned nth = 0;
    std::size_t word = i + 1;
    if (at(i, {"sidste", "last"})) {
        nth = 5;
    } else if (const auto n = matched(i, {"forste", "first"})) {
        nth = static_cast<unsigned>(n);
    } else if (at(i, {"anden", "second"})) {
        nth = 2;
    } else if (at(i, {"tredje", "third"})) {
        nth = 3;
    } else if (at(i, {"fjerde", "fourth"})) {
        nth = 4;
    } else if (digits(i, 1, 1) && key(i + 1) == "." && value(i) >= 1 && value(i) <= 4) {
        nth = value(i);
        word = i + 2;
    } else {
        return std::nullopt;
    }
    const unsigned weekday = weekday_number(key(word));
    if (weekday == 0 || word >= p_.size() || !at(word + 1, {"i", "in", "of"})) return std::nullopt;
    const auto in_month = [&](int year, unsigned month) {
        const Period period = month_period(year, month);
        if (nth == 5) {
            const unsigned back_days = (iso_weekday(period.last) + 7 - weekday) % 7;
            return add_days(period.last, -static_cast<int>(back_days));
        }
        const unsigned wait = (weekday + 7 - iso_weekday(period.first)) % 7;
        return add_days(period.first, static_cast<int>(wait + 7 * (nth - 1)));
    };
    if (at(word + 2, {"maneden", "the month", "hver maned", "each month", "every month"})) {
        const auto month = static_cast<unsigned>(today_.month());
        Date date = in_month(year_, month);
        if (date > today_) {
            const Date earlier = add_months(make_date(year_, month, 1), -1);
            date =
                in_month(static_cast<int>(earlier.year()), static_cast<unsigned>(earlier.month()));
        }
        const std::size_t words = at(word + 2, {"maneden"}) ? 1 : 2;
        return range_reading({date, date}, word + 2 + words);
    }
    if (month_at(word + 2, true) == 0) return std::nullopt;
    const auto month = read_period(word + 2, Direction::none, true);
    if (!month) return std::nullopt;
    const Date first = *month->mention.first;
    const Date date =
        in_month(static_cast<int>(first.year()), static_cast<unsigned>(first.month()));
    return range_reading({date, date}, month->next);
}

std::optional<Reading> PeriodReader::read_week(std::size_t i, Direction direction) const {
    if (!at(i, {"uge", "week", "ugen"}) || !digits(i + 1, 1, 2)) return std::nullopt;
    const unsigned week = value(i + 1);
    if (week < 1 || week > 53) return std::nullopt;
    std::size_t next = i + 2;
    unsigned last_week = week;
    if (at(next, {"-", "og", "til"}) && digits(next + 1, 1, 2) && value(next + 1) > week &&
        value(next + 1) <= 53) {
        last_week = value(next + 1);
        next += 2;
    }
    const auto in = [&](int year) -> std::optional<Period> {
        const auto from = week_period(year, week);
        const auto to = week_period(year, last_week);
        if (!from || !to) return std::nullopt;
        return Period{from->first, to->last};
    };
    if (const auto year = year_behind(next)) {
        const auto period = in(year->first);
        if (!period) return std::nullopt;
        return range_reading(*period, year->second);
    }
    const bool future = direction == Direction::future || before(i) == "til";
    for (int step = 0; step < 12; ++step) {
        const auto period = in(future ? year_ + step : year_ + 1 - step);
        if (!period) continue;
        if (future ? period->first > today_ : period->first <= today_)
            return range_reading(*period, next);
    }
    return std::nullopt;
}

std::optional<Reading> PeriodReader::read_period(std::size_t i, Direction direction,
                                                 bool certain) const {
    if (i >= p_.size()) return std::nullopt;
    if (const auto nth = read_nth_weekday(i)) return nth;
    if (const unsigned month = month_at(i, certain); month != 0) {
        if (const auto year = year_behind(i + 1)) {
            Reading reading = range_reading(month_period(year->first, month), year->second);
            reading.year_said = true;
            return reading;
        }
        if (i + 1 < p_.size() && !p_[i + 1].spaced && p_[i + 1].kind == PieceKind::mark &&
            p_[i + 1].text == "." && digits(i + 2, 4, 4) && year_behind(i + 2)) {
            return range_reading(month_period(static_cast<int>(value(i + 2)), month), i + 3);
        }
        return range_reading(month_near(month, direction), i + 1);
    }
    if (const auto season = season_of(key(i))) {
        if (const auto year = year_behind(i + 1))
            return range_reading(season_period(*season, year->first), year->second);
        const bool definite = key(i).ends_with("en") || key(i).ends_with("et");
        const bool gone = key(i).ends_with("s");
        const bool company = certain || direction != Direction::none ||
                             one_of(before(i), {"i", "the", "sidste", "this"});
        const bool english_verb =
            one_of(key(i), {"fall", "spring"}) && !certain && !one_of(before(i), {"the", "this"});
        if ((!definite && !company) || english_verb) return std::nullopt;
        if (gone && before(i) != "i") return std::nullopt;
        return range_reading(season_near(*season, gone ? Direction::past : direction), i + 1);
    }
    if (const auto week = read_week(i, direction)) return week;
    // "1. kvartal 2025", "første halvår", "Q3 2025"
    if (digits(i, 1, 1) || one_of(key(i), {"forste", "andet", "tredje", "fjerde", "first", "second",
                                           "third", "fourth", "q"})) {
        unsigned number = 0;
        std::size_t word = i + 1;
        if (digits(i, 1, 1)) {
            number = value(i);
            if (at(word, {"."})) ++word;
        } else if (key(i) == "q") {
            if (!digits(i + 1, 1, 1) || p_[i + 1].spaced) return std::nullopt;
            number = value(i + 1);
            word = i + 1;
        } else {
            number = one_of(key(i), {"forste", "first"})   ? 1
                     : one_of(key(i), {"andet", "second"}) ? 2
                     : one_of(key(i), {"tredje", "third"}) ? 3
                                                           : 4;
        }
        const bool quarter = key(i) == "q" || at(word, {"kvartal", "quarter"});
        const bool half = at(word, {"halvar", "half"});
        if (quarter && number >= 1 && number <= 4) return halves(word + 1, number, false);
        if (half && number >= 1 && number <= 2) return halves(word + 1, number, true);
    }
    if (digits(i, 4, 4)) return read_bare_year(i);
    return std::nullopt;
}

Reading PeriodReader::halves(std::size_t next, unsigned number, bool half) const {
    const auto in = [&](int year) {
        return half ? half_period(year, number) : quarter_period(year, number);
    };
    if (at(next, {"of"})) ++next;
    if (const auto year = year_behind(next)) return range_reading(in(year->first), year->second);
    const Period period = in(year_);
    return range_reading(period.first <= today_ || future_ ? period : in(year_ - 1), next);
}

bool PeriodReader::clear_year_start(std::size_t i) const {
    if (i == 0 || p_[i].spaced) return true;
    if (p_[i - 1].kind == PieceKind::word) return false;
    return one_of(p_[i - 1].text, {"(", "\"", "'"});
}

std::optional<Reading> PeriodReader::read_bare_year(std::size_t i) const {
    const auto year = static_cast<int>(value(i));
    if (year < 1970 || year > year_ + 15 || !clear_year_start(i)) return std::nullopt;
    if (one_of(before(i), {"§", "nr", "nummer", "kr", "ca", "cirka", "omkring", "postnummer", "stk",
                           "over", "under", "dkk"}) ||
        (before(i) == "." && one_of(before(i, 2), {"nr", "kr", "ca"}))) {
        return std::nullopt;
    }
    const std::size_t next = i + 1;
    if (next < p_.size() && !p_[next].spaced) {
        if (p_[next].kind == PieceKind::word) return std::nullopt;
        if (one_of(p_[next].text, {"/", "%", "."}) && next + 1 < p_.size() && !p_[next + 1].spaced)
            return std::nullopt;
        if (one_of(p_[next].text, {"-", ","}) && digits(next + 1, 1, 9) && !p_[next + 1].spaced)
            return std::nullopt;
    }
    const bool unit = one_of(key(next), {"kr",
                                         "kroner",
                                         "mio",
                                         "mia",
                                         "boliger",
                                         "borgere",
                                         "indbyggere",
                                         "meter",
                                         "m",
                                         "km",
                                         "timer",
                                         "stk",
                                         "elever",
                                         "pladser",
                                         "born",
                                         "dage",
                                         "kvadratmeter",
                                         "personer",
                                         "medlemmer",
                                         "stemmer",
                                         "husstande",
                                         "t",
                                         "dkk",
                                         "people",
                                         "citizens",
                                         "houses",
                                         "%",
                                         "ha",
                                         "kilo",
                                         "kg",
                                         "tons",
                                         "mennesker",
                                         "ansatte",
                                         "medarbejdere",
                                         "biler",
                                         "euro"});
    if (unit) return std::nullopt;
    const bool said =
        one_of(before(i), {"i",         "in",    "ar",     "aret", "fra",   "siden",    "budget",
                           "budgettet", "for",   "til",    "of",   "inden", "regnskab", "since",
                           "year",      "efter", "planen", "jan",  "and",   "og"});
    if (year % 1000 == 0 && !said) return std::nullopt;
    Reading reading = range_reading(year_period(year), next);
    reading.year_said = true;
    return reading;
}

}  // namespace raadbot::danish
