// Reads the periods that a question names by month, season, week, quarter, half, term or year, and
// chooses the year that is meant. The part of find_dates below the mentions themselves (see
// date_mentions.cpp); not for callers outside this folder.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/dates.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/time_words.hpp"

namespace raadbot::danish {

/// A mention and where it ends.
struct Reading {
    DateMention mention;
    std::size_t next = 0;  ///< The first piece after it.
    bool year_said = false;
};

[[nodiscard]] Reading range_reading(const Period& period, std::size_t next);
[[nodiscard]] Reading reference_reading(DateReference reference, std::size_t next);

class PeriodReader {
public:
    PeriodReader(std::string_view question, const Date& today);

protected:
    [[nodiscard]] std::string_view key(std::size_t i) const {
        return i < p_.size() ? std::string_view(p_[i].key) : std::string_view();
    }
    [[nodiscard]] std::string_view before(std::size_t i, std::size_t back = 1) const {
        return i >= back ? key(i - back) : std::string_view();
    }
    [[nodiscard]] bool digits(std::size_t i, std::size_t least, std::size_t most) const {
        return i < p_.size() && p_[i].kind == PieceKind::digits && p_[i].text.size() >= least &&
               p_[i].text.size() <= most;
    }
    [[nodiscard]] unsigned value(std::size_t i) const {
        return static_cast<unsigned>(std::stoul(p_[i].text.substr(0, 8)));
    }
    [[nodiscard]] bool at(std::size_t i, std::initializer_list<std::string_view> phrases) const;
    /// Number of pieces of the longest phrase that stands at i; 0 when none does.
    [[nodiscard]] std::size_t matched(std::size_t i,
                                      std::initializer_list<std::string_view> phrases) const;
    [[nodiscard]] Period month_near(unsigned month, Direction direction) const;
    /// season 0 = spring (March-May) ... 3 = winter (December-February, named by its January).
    static Period season_period(unsigned season, int year);
    [[nodiscard]] Period season_near(unsigned season, Direction direction) const;

    /// A window of every year that belongs to a feast or holiday.
    struct Window {
        unsigned first_month, first_day, last_month, last_day;
        int first_year_offset = 0;
    };
    [[nodiscard]] Period window_near(const Window& window, Direction direction) const;
    /// "2025", "i år", "sidste år" behind a month, season or week; {year, next}.
    [[nodiscard]] std::optional<std::pair<int, std::size_t>> year_behind(std::size_t i) const;
    [[nodiscard]] unsigned month_at(std::size_t i, bool certain) const;
    [[nodiscard]] Reading weekday_reading(unsigned weekday, Direction direction,
                                          std::size_t next) const;
    /// Week, month, year, quarter, half, term after "sidste", "denne", "næste".
    [[nodiscard]] std::optional<Reading> read_relative(std::size_t core, Direction direction) const;
    /// "anden onsdag i marts", "sidste torsdag i måneden"; `i` is the ordinal.
    [[nodiscard]] std::optional<Reading> read_nth_weekday(std::size_t i) const;
    [[nodiscard]] std::optional<Reading> read_week(std::size_t i, Direction direction) const;
    /// Month, season, week, quarter, half-year or bare year at i.
    [[nodiscard]] std::optional<Reading> read_period(std::size_t i, Direction direction,
                                                     bool certain = false) const;
    [[nodiscard]] Reading halves(std::size_t next, unsigned number, bool half) const;
    [[nodiscard]] bool clear_year_start(std::size_t i) const;
    /// "2025": a year only when nothing says that it counts, costs or numbers something.
    [[nodiscard]] std::optional<Reading> read_bare_year(std::size_t i) const;

    std::vector<Piece> p_;
    Date today_;
    int year_;
    bool past_ = false;
    bool future_ = false;
};

}  // namespace raadbot::danish
