#include "retrieval/danish/calendar.hpp"

#include <algorithm>
#include <array>

#include "retrieval/danish/pieces.hpp"

namespace raadbot::danish {

using std::chrono::days;
using std::chrono::sys_days;

Date make_date(int year, unsigned month, unsigned day) {
    return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

Date add_days(const Date& date, int count) { return Date{sys_days{date} + days{count}}; }

Date add_months(const Date& date, int months) {
    Date moved = date + std::chrono::months{months};
    if (!moved.ok()) moved = Date{moved.year() / moved.month() / std::chrono::last};
    return moved;
}

Period year_period(int year) { return {make_date(year, 1, 1), make_date(year, 12, 31)}; }

Period month_period(int year, unsigned month) {
    const Date first = make_date(year, month, 1);
    return {first, add_days(add_months(first, 1), -1)};
}

Period quarter_period(int year, unsigned quarter) {
    const Date first = make_date(year, quarter * 3 - 2, 1);
    return {first, add_days(add_months(first, 3), -1)};
}

Period half_period(int year, unsigned half) {
    const Date first = make_date(year, half == 1 ? 1 : 7, 1);
    return {first, add_days(add_months(first, 6), -1)};
}

std::optional<Period> week_period(int year, unsigned week) {
    if (week < 1 || week > 53) return std::nullopt;
    // ISO 8601: week 1 is the one that holds 4 January.
    const Period first_week = week_of(make_date(year, 1, 4));
    const Date monday = add_days(first_week.first, static_cast<int>(week - 1) * 7);
    if (week == 53 && add_days(monday, 3).year() != std::chrono::year{year}) return std::nullopt;
    return Period{monday, add_days(monday, 6)};
}

Period week_of(const Date& date) {
    const Date monday = add_days(date, 1 - static_cast<int>(iso_weekday(date)));
    return {monday, add_days(monday, 6)};
}

Period term_of(int year) {
    const int offset = ((year - 2022) % 4 + 4) % 4;
    return {make_date(year - offset, 1, 1), make_date(year - offset + 3, 12, 31)};
}

unsigned month_number(std::string_view key) {
    struct Name {
        std::string_view name;
        unsigned month;
    };
    constexpr std::array<Name, 45> names{{
        {"januar", 1},   {"jan", 1},      {"january", 1},  {"februar", 2},   {"feb", 2},
        {"february", 2}, {"febr", 2},     {"marts", 3},    {"mar", 3},       {"march", 3},
        {"mrts", 3},     {"april", 4},    {"apr", 4},      {"maj", 5},       {"may", 5},
        {"juni", 6},     {"jun", 6},      {"june", 6},     {"juli", 7},      {"jul", 7},
        {"july", 7},     {"august", 8},   {"aug", 8},      {"augst", 8},     {"september", 9},
        {"sep", 9},      {"sept", 9},     {"septmber", 9}, {"setember", 9},  {"oktober", 10},
        {"okt", 10},     {"october", 10}, {"oct", 10},     {"oktobr", 10},   {"november", 11},
        {"nov", 11},     {"novmber", 11}, {"novemer", 11}, {"december", 12}, {"dec", 12},
        {"decmber", 12}, {"decemer", 12}, {"janaur", 1},   {"febuar", 2},    {"feburar", 2},
    }};
    const auto* found = std::find_if(names.begin(), names.end(),
                                     [&](const Name& name) { return name.name == key; });
    return found == names.end() ? 0 : found->month;
}

unsigned weekday_number(std::string_view key) {
    constexpr std::array<std::string_view, 7> danish{"mandag", "tirsdag", "onsdag", "torsdag",
                                                     "fredag", "lordag",  "sondag"};
    constexpr std::array<std::string_view, 7> english{"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};
    for (unsigned i = 0; i < 7; ++i) {
        for (const std::string_view name : {danish[i], english[i]}) {
            if (key.starts_with(name) && one_of(key.substr(name.size()), {"", "s", "en"}))
                return i + 1;
        }
    }
    return 0;
}

unsigned iso_weekday(const Date& date) {
    return std::chrono::weekday{sys_days{date}}.iso_encoding();
}

}  // namespace raadbot::danish
