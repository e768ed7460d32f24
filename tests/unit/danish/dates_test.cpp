#include "retrieval/danish/dates.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace raadbot::danish {
namespace {

Date date(std::string_view iso) { return *parse_date(iso); }

const Date today = date("2026-11-23");  // A Monday.

struct RangeCase {
    const char* question;
    const char* first;
    const char* last;
};

void check(const std::vector<RangeCase>& cases, const Date& now = today) {
    for (const RangeCase& c : cases) {
        const auto found = find_dates(c.question, now);
        ASSERT_EQ(found.size(), 1U) << c.question;
        ASSERT_TRUE(found[0].first && found[0].last) << c.question;
        EXPECT_EQ(to_string(*found[0].first), c.first) << c.question;
        EXPECT_EQ(to_string(*found[0].last), c.last) << c.question;
    }
}

TEST(FindDates, ReadsExactDates) {
    check({
        {"den 3. juni 2025", "2025-06-03", "2025-06-03"},
        {"hvad skete der d. 3. juni 2025", "2025-06-03", "2025-06-03"},
        {"mødet 1.10.2025", "2025-10-01", "2025-10-01"},
        {"mødet 01-10-2025", "2025-10-01", "2025-10-01"},
        {"mødet 2025-10-01", "2025-10-01", "2025-10-01"},
        {"mødet 1/10-25", "2025-10-01", "2025-10-01"},
        {"mødet 1/10 2025", "2025-10-01", "2025-10-01"},
        {"3. okt. 2025", "2025-10-03", "2025-10-03"},
        {"3 marts 2025", "2025-03-03", "2025-03-03"},
        {"March 3, 2025", "2025-03-03", "2025-03-03"},
        {"on 3 March 2025", "2025-03-03", "2025-03-03"},
        {"the 3rd of March 2025", "2025-03-03", "2025-03-03"},
        {"onsdag den 1. oktober 2025", "2025-10-01", "2025-10-01"},
        {"den 3. marts sidste år", "2025-03-03", "2025-03-03"},
    });
}

TEST(FindDates, ReadsTheMonthOfAMeetingsName) {
    check({{"hvad sagde borgmesteren på oktobermødet 2025", "2025-10-01", "2025-10-31"},
           {"hvad blev besluttet på majmødet", "2026-05-01", "2026-05-31"}});
}

TEST(FindDates, ReadsDayAndMonthWithoutAYear) {
    for (const char* question :
         {"den 3/6", "3/6", "den 3.6.", "3. juni", "d. 3. juni", "June 3rd", "3 june"}) {
        const auto found = find_dates(question, today);
        ASSERT_EQ(found.size(), 1U) << question;
        EXPECT_EQ(found[0].reference, DateReference::day_and_month) << question;
        EXPECT_EQ(to_string(*found[0].first), "2026-06-03") << question;
    }
    EXPECT_EQ(to_string(*find_dates("25. december", today).at(0).first), "2025-12-25");
    EXPECT_EQ(to_string(*find_dates("29. februar", today).at(0).first), "2024-02-29");
}

TEST(FindDates, ReadsTheDayOfAMonth) {
    for (const char* question : {"økonomiudvalget den 3.", "d. 3. i byrådet", "ØU d. 3",
                                 "hvad skete der den 3. i økonomiudvalget"}) {
        const auto found = find_dates(question, today);
        ASSERT_EQ(found.size(), 1U) << question;
        EXPECT_EQ(found[0].reference, DateReference::day_of_month) << question;
        EXPECT_EQ(found[0].day, 3U) << question;
    }
    check({{"den 3. i denne måned", "2026-11-03", "2026-11-03"}});
}

TEST(FindDates, ReadsRelativeDays) {
    check({
        {"i dag", "2026-11-23", "2026-11-23"},
        {"mødet i går", "2026-11-22", "2026-11-22"},
        {"mødet igaar", "2026-11-22", "2026-11-22"},
        {"i forgårs", "2026-11-21", "2026-11-21"},
        {"i morgen", "2026-11-24", "2026-11-24"},
        {"yesterday", "2026-11-22", "2026-11-22"},
        {"sidste tirsdag", "2026-11-17", "2026-11-17"},
        {"i mandags", "2026-11-16", "2026-11-16"},
        {"på onsdag", "2026-11-25", "2026-11-25"},
        {"næste mandag", "2026-11-30", "2026-11-30"},
        {"last Tuesday", "2026-11-17", "2026-11-17"},
        {"for to uger siden", "2026-11-09", "2026-11-15"},
        {"for 2 år siden", "2024-01-01", "2024-12-31"},
        {"two years ago", "2024-01-01", "2024-12-31"},
        {"for et par år siden", "2024-01-01", "2024-12-31"},
        {"de sidste 3 måneder", "2026-08-23", "2026-11-23"},
        {"det seneste år", "2025-11-23", "2026-11-23"},
    });
}

TEST(FindDates, ReadsWeeksMonthsQuartersAndYears) {
    check({
        {"uge 42", "2026-10-12", "2026-10-18"},
        {"uge 50", "2025-12-08", "2025-12-14"},
        {"uge 42 2025", "2025-10-13", "2025-10-19"},
        {"uge 1 2026", "2025-12-29", "2026-01-04"},
        {"uge 53 2026", "2026-12-28", "2027-01-03"},
        {"sidste uge", "2026-11-16", "2026-11-22"},
        {"i denne uge", "2026-11-23", "2026-11-29"},
        {"næste uge", "2026-11-30", "2026-12-06"},
        {"i marts", "2026-03-01", "2026-03-31"},
        {"marts", "2026-03-01", "2026-03-31"},
        {"i december", "2025-12-01", "2025-12-31"},
        {"til marts", "2027-03-01", "2027-03-31"},
        {"marts 2025", "2025-03-01", "2025-03-31"},
        {"i marts sidste år", "2025-03-01", "2025-03-31"},
        {"in March 2025", "2025-03-01", "2025-03-31"},
        {"in May", "2026-05-01", "2026-05-31"},
        {"sidste måned", "2026-10-01", "2026-10-31"},
        {"sidste marts", "2026-03-01", "2026-03-31"},
        {"primo juni", "2026-06-01", "2026-06-10"},
        {"medio juni 2025", "2025-06-11", "2025-06-20"},
        {"ultimo juni", "2026-06-21", "2026-06-30"},
        {"sidst i juni", "2026-06-21", "2026-06-30"},
        {"i starten af marts 2025", "2025-03-01", "2025-03-10"},
        {"1. kvartal 2025", "2025-01-01", "2025-03-31"},
        {"andet halvår 2025", "2025-07-01", "2025-12-31"},
        {"Q3 2025", "2025-07-01", "2025-09-30"},
        {"2025", "2025-01-01", "2025-12-31"},
        {"i 2025", "2025-01-01", "2025-12-31"},
        {"budget 2027", "2027-01-01", "2027-12-31"},
        {"2025-budgettet", "2025-01-01", "2025-12-31"},
        {"i år", "2026-01-01", "2026-12-31"},
        {"sidste år", "2025-01-01", "2025-12-31"},
        {"hvad var det sidste år", "2025-01-01", "2025-12-31"},
        {"og fra nytår", "2027-01-01", "2027-12-31"},
        {"last year", "2025-01-01", "2025-12-31"},
        {"i fjor", "2025-01-01", "2025-12-31"},
        {"næste år", "2027-01-01", "2027-12-31"},
    });
}

TEST(FindDates, ReadsSeasonsFeastsAndTerms) {
    check({
        {"i foråret", "2026-03-01", "2026-05-31"},
        {"i foråret 2025", "2025-03-01", "2025-05-31"},
        {"foraar 2025", "2025-03-01", "2025-05-31"},
        {"i efteråret", "2026-09-01", "2026-11-30"},
        {"sidste efterår", "2025-09-01", "2025-11-30"},
        {"i sommers", "2026-06-01", "2026-08-31"},
        {"til foråret", "2027-03-01", "2027-05-31"},
        {"i vinter", "2025-12-01", "2026-02-28"},
        {"last spring", "2026-03-01", "2026-05-31"},
        {"hvad blev besluttet før sommerferien", "2026-05-01", "2026-06-30"},
        {"hvad vedtog byrådet efter nytår", "2026-01-01", "2026-02-28"},
        {"møder efter nytår", "2027-01-01", "2027-02-28"},
        {"efter sommerferien", "2026-08-01", "2026-09-30"},
        {"i forrige periode", "2022-01-01", "2025-12-31"},
        {"i sidste valgperiode", "2022-01-01", "2025-12-31"},
        {"i denne periode", "2026-01-01", "2029-12-31"},
        {"perioden 2022-2025", "2022-01-01", "2025-12-31"},
        {"fra marts til maj 2025", "2025-03-01", "2025-05-31"},
        {"mellem 1. og 15. juni 2025", "2025-06-01", "2025-06-15"},
        {"fra 2020 til 2022", "2020-01-01", "2022-12-31"},
        {"marts-april 2025", "2025-03-01", "2025-04-30"},
        {"skoleåret 2024/25", "2024-08-01", "2025-07-31"},
        {"siden 2024", "2024-01-01", "2026-11-23"},
        {"siden den 1. marts 2025", "2025-03-01", "2026-11-23"},
        {"anden onsdag i marts 2025", "2025-03-12", "2025-03-12"},
        {"anden onsdag i måneden", "2026-11-11", "2026-11-11"},
    });
}

TEST(FindDates, ReadsMeetingsRelativeToNow) {
    const auto reference = [](const char* question) {
        const auto found = find_dates(question, today);
        return found.size() == 1 ? static_cast<int>(found[0].reference) : -1;
    };
    for (const char* question :
         {"sidste byrådsmøde", "seneste møde", "på sidste møde i økonomiudvalget",
          "hvad blev besluttet sidst", "last council meeting", "the most recent meeting",
          "sidste gang", "forrige møde", "sidste ordinære møde", "seneste referat",
          "på sidste byråd", "det seneste teknik- og miljøudvalgsmøde", "seneste byraadsmoede"}) {
        EXPECT_EQ(reference(question), static_cast<int>(DateReference::last_held)) << question;
    }
    for (const char* question :
         {"næste møde", "næste byrådsmøde", "kommende møde", "naeste moede", "next meeting",
          "next council meeting", "næste gang", "næste dagsorden"}) {
        EXPECT_EQ(reference(question), static_cast<int>(DateReference::next)) << question;
    }
}

TEST(FindDates, LeavesWhatIsNoDate) {
    for (const char* question : {"25",
                                 "hvor mange er 14 dage",
                                 "§ 8",
                                 "§ 17, stk. 4",
                                 "et 17.4-udvalg",
                                 "24/1187",
                                 "04.04.00-P20-3-24",
                                 "27.36.00-G01-12-25",
                                 "306-2009-600",
                                 "kl. 16",
                                 "kl. 15.45",
                                 "2. behandling",
                                 "hvornår er 2. behandling",
                                 "den 2. viceborgmester",
                                 "112.203 kr.",
                                 "2000 kr.",
                                 "2000 boliger",
                                 "1/3 af medlemmerne",
                                 "2/3 flertal",
                                 "99 00 10 00",
                                 "to måneder",
                                 "hvad sker der for medlemmer",
                                 "may I speak",
                                 "moderne",
                                 "nr. 2025",
                                 "næste borgmester",
                                 "12,5",
                                 "10 minutter",
                                 "sidste frist for forslag til",
                                 "julen er fin",
                                 "formand",
                                 ""}) {
        EXPECT_TRUE(find_dates(question, today).empty()) << question;
    }
}

TEST(FindDates, CoversItsWords) {
    const std::string question = "Hvad besluttede byrådet den 3. juni 2025 om hallen?";
    const auto found = find_dates(question, today);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(question.substr(found[0].begin, found[0].end - found[0].begin), "den 3. juni 2025");
}

TEST(FindDates, GivesWellFormedRangesOnAnyWords) {
    const std::vector<std::string> words{
        "den",     "d.",     "3.",      "3",       "31",      "/",
        "6",       "-",      "2025",    "25",      "i",       "marts",
        "februar", "29.",    "sidste",  "næste",   "år",      "uge",
        "53",      "forår",  "foråret", "fra",     "til",     "mellem",
        "og",      "primo",  "ultimo",  "møde",    "siden",   "for",
        "to",      "før",    "jul",     "nytår",   "efter",   "sommerferien",
        "periode", "onsdag", "anden",   "kvartal", "1.",      "kl.",
        "§",       "d",      "the",     "de",      "måneder", "ago",
        "last",    "vinter", ",",       ".",       "30",      "april"};
    std::mt19937 random(20261123);
    for (int round = 0; round < 20000; ++round) {
        std::string question;
        const auto length = 1 + random() % 7;
        for (unsigned i = 0; i < length; ++i) {
            if (random() % 4 != 0 && !question.empty()) question += ' ';
            question += words[random() % words.size()];
        }
        const Date now{std::chrono::sys_days{date("2020-01-01")} +
                       std::chrono::days{static_cast<int>(random() % 4000)}};
        std::size_t done = 0;
        for (const DateMention& mention : find_dates(question, now)) {
            ASSERT_GE(mention.begin, done) << question;
            ASSERT_GT(mention.end, mention.begin) << question;
            ASSERT_LE(mention.end, question.size()) << question;
            done = mention.end;
            if (mention.reference == DateReference::range ||
                mention.reference == DateReference::day_and_month) {
                ASSERT_TRUE(mention.first && mention.last) << question;
                ASSERT_TRUE(mention.first->ok() && mention.last->ok())
                    << question << " " << to_string(now);
                ASSERT_LE(*mention.first, *mention.last) << question << " " << to_string(now);
            }
            if (mention.reference == DateReference::day_of_month) {
                ASSERT_TRUE(mention.day >= 1 && mention.day <= 31) << question;
            }
        }
    }
}

TEST(PrintedDate, ReadsTheFormsOfDocuments) {
    for (const char* text :
         {"onsdag den 1. oktober 2025 kl. 15.45", "01-10-2025", "1.10.2025", "2025-10-01",
          "2025-10-01T15:45:00", "01/10/2025", "Møde d. 1. okt. 2025", "1. Oktober 2025",
          "October 1, 2025", "Dato: 01.10.2025", "1 oktober 2025", "01.10.25"}) {
        const auto found = parse_printed_date(text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(to_string(*found), "2025-10-01") << text;
    }
    for (const char* text : {"", "kl. 15.45", "oktober 2025", "32.10.2025", "31-02-2025",
                             "04.04.00-P20-3-24", "24/1187", "1. oktober"}) {
        EXPECT_FALSE(parse_printed_date(text)) << text;
    }
}

TEST(PrintedDate, WritesBothLanguages) {
    EXPECT_EQ(danish_date(date("2026-03-03")), "3. marts 2026");
    EXPECT_EQ(english_date(date("2026-03-03")), "3 March 2026");
}

TEST(PrintedDate, ReadsWhatItWrites) {
    for (int offset = 0; offset < 8000; offset += 7) {
        const Date day{std::chrono::sys_days{date("2010-01-01")} + std::chrono::days{offset}};
        EXPECT_EQ(parse_printed_date(danish_date(day)), day);
        EXPECT_EQ(parse_printed_date(english_date(day)), day);
        EXPECT_EQ(parse_printed_date(to_string(day)), day);
    }
}

TEST(CopenhagenDate, FollowsSummerTime) {
    const auto at = [](const char* iso) {
        return to_string(copenhagen_date(*parse_timestamp(iso)));
    };
    EXPECT_EQ(at("2026-01-01T22:59:59Z"), "2026-01-01");
    EXPECT_EQ(at("2026-01-01T23:00:00Z"), "2026-01-02");
    EXPECT_EQ(at("2026-07-01T21:59:59Z"), "2026-07-01");
    EXPECT_EQ(at("2026-07-01T22:00:00Z"), "2026-07-02");
    // 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
    EXPECT_EQ(at("2026-03-28T22:59:59Z"), "2026-03-28");
    EXPECT_EQ(at("2026-03-28T23:00:00Z"), "2026-03-29");
    EXPECT_EQ(at("2026-03-29T22:00:00Z"), "2026-03-30");
    EXPECT_EQ(at("2026-10-24T22:00:00Z"), "2026-10-25");
    EXPECT_EQ(at("2026-10-25T22:59:59Z"), "2026-10-25");
    EXPECT_EQ(at("2026-10-25T23:00:00Z"), "2026-10-26");
}

}  // namespace
}  // namespace raadbot::danish
