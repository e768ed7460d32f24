#include "retrieval/danish/printed_dates.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {
namespace {

unsigned month_of(std::string_view word) {
    constexpr std::array<std::string_view, 12> months{
        "januar", "februar", "marts",     "april",   "maj",      "juni",
        "juli",   "august",  "september", "oktober", "november", "december"};
    for (unsigned m = 0; m < months.size(); ++m) {
        if (word == months[m]) return m + 1;
        if (word.size() >= 3 && word.size() <= 4 && months[m].starts_with(word) &&
            months[m].size() > word.size() && word != "mar") {
            return m + 1;
        }
    }
    return word == "mar" ? 3 : 0;
}

bool is_weekday(std::string_view word) {
    return one_of(word, {"mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
                         "man", "tir", "ons", "tor", "tirs", "tors", "fre", "lør", "søn"});
}

class DateReader {
public:
    DateReader(std::string_view text, const DateContext& context)
        : p_(pieces(text)), context_(context) {}

    std::vector<PrintedDate> read() {
        for (std::size_t i = 0; i < p_.size();) i = read_at(i);
        return std::move(found_);
    }

private:
    [[nodiscard]] bool digits(std::size_t i, std::size_t most) const {
        return i < p_.size() && p_[i].kind == PieceKind::digits && p_[i].text.size() <= most;
    }
    [[nodiscard]] bool mark(std::size_t i, std::string_view text) const {
        return i < p_.size() && p_[i].kind == PieceKind::mark && p_[i].text == text;
    }
    [[nodiscard]] int number(std::size_t i) const { return std::stoi(p_[i].text); }
    [[nodiscard]] bool year_at(std::size_t i) const {
        return i < p_.size() && p_[i].kind == PieceKind::digits && p_[i].text.size() == 4 &&
               p_[i].text.starts_with("20");
    }

    void add(int day, unsigned month, std::optional<int> year, std::size_t from, std::size_t last) {
        if (!year || month == 0) return;
        const Date date{std::chrono::year{*year}, std::chrono::month{month},
                        std::chrono::day{static_cast<unsigned>(day)}};
        if (!date.ok()) return;
        if (from > 0 && p_[from - 1].key == "den") --from;
        if (from > 0 && is_weekday(p_[from - 1].text)) --from;
        found_.push_back({date, {p_[from].begin, p_[last].end}});
    }

    std::size_t read_at(std::size_t i) {
        if (p_[i].kind != PieceKind::digits) return i + 1;
        // 2026-11-24
        if (year_at(i) && mark(i + 1, "-") && digits(i + 2, 2) && mark(i + 3, "-") &&
            digits(i + 4, 2)) {
            add(number(i + 4), static_cast<unsigned>(number(i + 2)), number(i), i, i + 4);
            return i + 5;
        }
        if (!digits(i, 2)) return i + 1;
        // 24.11.2026, 24-11-2026, 24/11-2026, 24/11 2026, 24/11
        for (const std::string_view between : {".", "-", "/"}) {
            if (!mark(i + 1, between) || !digits(i + 2, 2) || p_[i + 2].spaced) continue;
            const std::size_t behind = i + 3;
            const bool marked = mark(behind, between) || mark(behind, "-");
            if (marked && year_at(behind + 1)) {
                add(number(i), static_cast<unsigned>(number(i + 2)), number(behind + 1), i,
                    behind + 1);
                return behind + 2;
            }
            if (between != "/") continue;  // "10.15" and "8-16" are times.
            const bool year = year_at(behind);
            add(number(i), static_cast<unsigned>(number(i + 2)),
                year ? std::optional(number(behind)) : context_.year, i, year ? behind : i + 2);
            return behind + (year ? 1 : 0);
        }
        return read_days(i);
    }

    /// One or more days, then a month: "3., 10. og 17. november 2026", "20.-21. august".
    std::size_t read_days(std::size_t i) {
        std::vector<std::size_t> days;
        std::size_t at = i;
        while (digits(at, 2)) {
            days.push_back(at++);
            const bool dotted = mark(at, ".");
            if (dotted) ++at;
            std::size_t next = at;
            while (mark(next, ",") || mark(next, "-") || mark(next, "–") ||
                   (next < p_.size() && one_of(p_[next].key, {"og", "den", "samt"}))) {
                ++next;
            }
            if (!dotted || !digits(next, 2) || next == at) break;
            at = next;
        }
        const std::size_t last_day = at - 1;
        unsigned month = at < p_.size() ? month_of(p_[at].text) : 0;
        std::size_t end = last_day;
        std::optional<int> year = context_.year;
        if (month != 0) {
            end = at++;
            if (mark(at, ".")) ++at;
            if (year_at(at)) {
                year = number(at);
                end = at++;
            }
        } else if (context_.month && mark(last_day, ".")) {
            month = *context_.month;
        } else if (context_.month && p_.size() == 1) {
            month = *context_.month;  // A cell that holds the day alone.
        } else {
            return i + 1;
        }
        for (std::size_t d = 0; d < days.size(); ++d) {
            add(number(days[d]), month, year, days[d], d + 1 == days.size() ? end : days[d]);
        }
        return at;
    }

    std::vector<Piece> p_;
    DateContext context_;
    std::vector<PrintedDate> found_;
};

}  // namespace

std::vector<PrintedDate> printed_dates(std::string_view text, const DateContext& context) {
    return DateReader(text, context).read();
}

std::optional<int> only_year(std::string_view text) {
    std::optional<int> year;
    for (const Piece& piece : pieces(text)) {
        if (piece.kind != PieceKind::digits || piece.text.size() != 4 ||
            !piece.text.starts_with("20"))
            continue;
        const int here = std::stoi(piece.text);
        if (year && *year != here) return std::nullopt;
        year = here;
    }
    return year;
}

std::optional<unsigned> only_month(std::string_view text) {
    std::optional<unsigned> month;
    for (const Piece& piece : pieces(text)) {
        if (piece.kind == PieceKind::mark) continue;
        if (piece.kind == PieceKind::digits) {
            if (piece.text.size() != 4) return std::nullopt;
            continue;
        }
        const unsigned here = month_of(piece.text);
        if (here == 0) {
            // "September, ekstra"
            if (month) continue;
            return std::nullopt;
        }
        if (month && *month != here) return std::nullopt;
        month = here;
    }
    return month;
}

}  // namespace raadbot::danish
