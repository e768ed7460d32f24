#include "retrieval/answer/meeting_calendar.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "retrieval/answer/calendar_answers.hpp"
#include "retrieval/danish/dates.hpp"

namespace raadbot::answer {
namespace {

Date day(int y, unsigned m, unsigned d) {
    return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}};
}

const std::vector<std::string> known{"Byrådet", "Vej- og Havneudvalget", "Ungeudvalget"};

StoredPassage page(std::string title, std::vector<std::string> headings, std::string text) {
    StoredPassage p;
    p.id = 7;
    p.title = std::move(title);
    p.passage.headings = std::move(headings);
    p.passage.text = std::move(text);
    return p;
}

/// "byråd 2027-01-26 | <quote>" for each entry.
std::vector<std::string> read(const StoredPassage& p) {
    std::vector<std::string> out;
    for (const CalendarEntry& entry : calendar_entries({p}, known)) {
        out.push_back(
            entry.key + ' ' + raadbot::to_string(entry.date) + " | " +
            p.passage.text.substr(entry.quote.begin, entry.quote.end - entry.quote.begin));
    }
    return out;
}

using Lines = std::vector<std::string>;

TEST(MeetingCalendar, AColumnForEachBody) {
    EXPECT_EQ(read(page("Kalender 2026 og 2027", {},
                        "Måned: Januar 2027; Byrådet kl. 17: tirsdag den 26. januar; VHU: 5. "
                        "januar\nMåned: Juli 2027; Byrådet kl. 17: mødefri; VHU: mødefri")),
              (Lines{"byråd 2027-01-26 | Byrådet kl. 17: tirsdag den 26. januar",
                     "vej havne udvalg 2027-01-05 | VHU: 5. januar"}));
}

TEST(MeetingCalendar, ARowForEachMeeting) {
    EXPECT_EQ(read(page("Møder", {"Foråret 2027"},
                        "Organ: Ungeudvalget; Dato: 7. april; Tid: 15.30; Sted: Rådhuset")),
              Lines{"unge udvalg 2027-04-07 | Organ: Ungeudvalget; Dato: 7. april; Tid: 15.30; "
                    "Sted: Rådhuset"});
}

TEST(MeetingCalendar, AColumnForEachMonth) {
    EXPECT_EQ(read(page("Mødeplan 2027", {}, "Udvalg: Ungeudvalget; Jan.: 7.; Feb.: 4.; Marts: -")),
              (Lines{"unge udvalg 2027-01-07 | Udvalg: Ungeudvalget; Jan.: 7.; Feb.: 4.; Marts: -",
                     "unge udvalg 2027-02-04 | Udvalg: Ungeudvalget; Jan.: 7.; Feb.: 4.; Marts: "
                     "-"}));
}

TEST(MeetingCalendar, AListUnderTheBodysName) {
    EXPECT_EQ(read(page("Mødedatoer 2027", {"Vej- og Havneudvalget"},
                        "- mandag den 4. januar kl. 15\n- 1/2 kl. 15\nUdvalget har 7 medlemmer.")),
              (Lines{"vej havne udvalg 2027-01-04 | - mandag den 4. januar kl. 15",
                     "vej havne udvalg 2027-02-01 | - 1/2 kl. 15"}));
}

TEST(MeetingCalendar, OtherEventsUnderTheBodysNameAreNotItsMeetings) {
    EXPECT_EQ(read(page("Kalender for byrådet 2027", {},
                        "- 4. januar kl. 15: gruppeformandsmøde\n- 26. januar kl. 17: møde")),
              (Lines{"byråd 2027-01-26 | - 26. januar kl. 17: møde"}));
}

TEST(MeetingCalendar, SeveralDatesOnOneLine) {
    EXPECT_EQ(read(page("Mødedatoer", {},
                        "Møder i 2027\n- Byrådet: 26. januar, 23. februar\nByrådet holder møde den "
                        "30. marts 2027 i Laden.")),
              (Lines{"byråd 2027-01-26 | Byrådet: 26. januar, 23. februar",
                     "byråd 2027-02-23 | Byrådet: 26. januar, 23. februar",
                     "byråd 2027-03-30 | Byrådet holder møde den 30. marts 2027 i Laden."}));
}

TEST(MeetingCalendar, OtherDatesAreNoMeetings) {
    EXPECT_EQ(read(page("Kalender 2027", {},
                        "Byrådet vedtog kalenderen den 7. oktober 2026.\n- KL's topmøde: 11. "
                        "marts\nFrist: 3. maj; For: skoler")),
              Lines{});
    EXPECT_EQ(read(page("Kalender", {}, "Måned: Maj; Byrådet: 25. maj")), Lines{})
        << "no year is made up";
}

const Date today = day(2026, 11, 23);

std::optional<MeetingDateAsked> asked(const std::string& text,
                                      danish::QuestionType type = danish::QuestionType::when) {
    QuestionView question;
    question.text = text;
    question.type = type;
    question.dates = danish::find_dates(text, today);
    return meeting_date_asked(question, today);
}

TEST(MeetingDateAsked, MeansWhatIsToCome) {
    const auto december = asked("hvornår mødes ungeudvalget i december");
    ASSERT_TRUE(december);
    EXPECT_EQ(december->from, day(2026, 12, 1));
    EXPECT_EQ(december->to, day(2026, 12, 31));
    const auto march = asked("hvornår holder byrådet møde i marts");
    ASSERT_TRUE(march);
    EXPECT_EQ(march->from, day(2027, 3, 1)) << "the one to come";
    const auto next = asked("hvornår er næste byrådsmøde");
    ASSERT_TRUE(next);
    EXPECT_TRUE(next->next);
    EXPECT_EQ(next->from, today);
    const auto first = asked("hvornår er byrådets første møde i 2027");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->from, day(2027, 1, 1));
    const auto year = asked("hvornår er det første møde i byrådet efter nytår");
    ASSERT_TRUE(year);
    EXPECT_EQ(year->from, day(2027, 1, 1));
    EXPECT_TRUE(asked("er der møde i byrådet i uge 50", danish::QuestionType::yes_no));
}

TEST(MeetingDateAsked, ACommitteesNameIsNoOtherMatter) {
    const auto january = [](std::string name, std::vector<std::string> words) {
        QuestionView question;
        question.text = "hvornår holder " + name + " møde i januar";
        question.type = danish::QuestionType::when;
        question.dates = danish::find_dates(question.text, today);
        for (std::string& word : words) {
            Aspect aspect;
            aspect.surface = aspect.lemma = word;
            question.aspects.push_back(std::move(aspect));
        }
        return meeting_date_asked(question, today).has_value();
    };
    EXPECT_TRUE(january("kultur og fritidsudvalget", {"kultur", "fritidsudvalget"}));
    EXPECT_TRUE(january("udvalget for børn og skole", {"børn", "skole"}));
    EXPECT_FALSE(january("byrådet og kulturhuset", {"byrådet", "kulturhuset"}));
}

TEST(MeetingDateAsked, ALongTimeHoldsSeveral) {
    using Which = MeetingDateAsked::Which;
    const auto spring = asked("hvornår holder byrådet møde i foråret 2027");
    ASSERT_TRUE(spring);
    EXPECT_EQ(spring->which, Which::all);
    EXPECT_EQ(asked("hvornår er byrådets første møde i 2027")->which, Which::first);
    EXPECT_EQ(asked("hvornår holder byrådet møde i marts")->which, Which::first);
}

TEST(MeetingDateAsked, LeavesThePastAndTheUsualDayToOthers) {
    EXPECT_FALSE(asked("hvornår var byrådets møde i marts"));
    EXPECT_FALSE(asked("hvornår holdt ungeudvalget møde i maj 2025"));
    EXPECT_FALSE(asked("hvornår holder ungeudvalget møde i maj 2025"));
    EXPECT_FALSE(asked("hvornår mødes ungeudvalget"));
    EXPECT_FALSE(asked("hvornår lukker svømmehallen i december"));
}

}  // namespace
}  // namespace raadbot::answer
