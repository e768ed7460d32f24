#include "retrieval/danish/printed_dates.hpp"

#include <gtest/gtest.h>

#include <string>

namespace raadbot::danish {
namespace {

std::string dates(std::string_view text, const DateContext& context = {}) {
    std::string out;
    for (const PrintedDate& date : printed_dates(text, context)) {
        if (!out.empty()) out += ' ';
        out += to_string(date.date);
    }
    return out;
}

TEST(PrintedDates, AreReadInEveryUsualForm) {
    EXPECT_EQ(dates("onsdag den 9. december 2026 kl. 13.00"), "2026-12-09");
    EXPECT_EQ(dates("2026-12-09, 10.12.2026, 11-12-2026 og 12/12 2026"),
              "2026-12-09 2026-12-10 2026-12-11 2026-12-12");
    EXPECT_EQ(dates("3. okt. 2026"), "2026-10-03");
    EXPECT_EQ(dates("d. 13/12-2026"), "2026-12-13");
}

TEST(PrintedDates, TakeMonthAndYearFromAround) {
    EXPECT_EQ(dates("9. december", {2026, {}}), "2026-12-09");
    EXPECT_EQ(dates("9. december"), "") << "no year is made up";
    EXPECT_EQ(dates("9.", {2026, 12U}), "2026-12-09");
    EXPECT_EQ(dates("9", {2026, 12U}), "2026-12-09") << "a cell that holds the day alone";
    EXPECT_EQ(dates("9/12", {2026, {}}), "2026-12-09");
    EXPECT_EQ(dates("3., 10. og 17. november", {2026, {}}), "2026-11-03 2026-11-10 2026-11-17");
    EXPECT_EQ(dates("20.-21. august", {2027, {}}), "2027-08-20 2027-08-21");
    EXPECT_EQ(dates("31. november", {2026, {}}), "") << "no such day";
}

TEST(PrintedDates, TimesAndNumbersAreNone) {
    EXPECT_EQ(dates("kl. 16.30-18.00, lokale 2.14, 112.203 kr., 12 pladser", {2026, {}}), "");
}

TEST(PrintedDates, CiteTheWeekdayToo) {
    const std::string text = "Mødet er tirsdag den 9. december 2026 kl. 13";
    const auto found = printed_dates(text, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(text.substr(found[0].span.begin, found[0].span.end - found[0].span.begin),
              "tirsdag den 9. december 2026");
}

TEST(OnlyYearAndMonth, AreThoseThatStandAlone) {
    EXPECT_EQ(only_year("Mødekalender 2027"), 2027);
    EXPECT_FALSE(only_year("Mødekalender 2026 og 2027"));
    EXPECT_EQ(only_month("Januar 2027"), 1U);
    EXPECT_EQ(only_month("okt."), 10U);
    EXPECT_EQ(only_month("September, ekstra"), 9U);
    EXPECT_FALSE(only_month("Byrådet"));
    EXPECT_FALSE(only_month("9. januar"));
}

}  // namespace
}  // namespace raadbot::danish
