#include "bot/governance/sessions.hpp"

#include <gtest/gtest.h>

#include "bot/governance/password.hpp"
#include "bot/governance/reminders.hpp"

namespace raadbot::governance {
namespace {

using namespace std::chrono_literals;

const Timestamp start{std::chrono::seconds{1'795'680'000}};
const std::string browser = likeness("Mozilla/5.0", "10.0.0.5");

class SessionTest : public ::testing::Test {
protected:
    SessionVerdict use(const std::string& cookie, std::chrono::seconds after, Use how = Use::read,
                       const std::string& from = browser) {
        return judge(opened_.row, parse_token(cookie), from, how, start + after, rules_);
    }
    SessionRules rules_;
    Opened opened_ = open_session("anna", browser, start);
};

TEST_F(SessionTest, TheOwnersCookieIsGood) {
    EXPECT_EQ(use(opened_.cookie, 1min), SessionVerdict::good);
    EXPECT_EQ(use(opened_.cookie, 6min), SessionVerdict::rotate);
    EXPECT_EQ(use(opened_.cookie, 1min, Use::write), SessionVerdict::rotate);
}

TEST_F(SessionTest, AnotherBrowserOrAddressIsATheft) {
    EXPECT_EQ(use(opened_.cookie, 1min, Use::read, likeness("curl/7", "10.0.0.5")),
              SessionVerdict::stolen);
    EXPECT_EQ(use(opened_.cookie, 1min, Use::read, likeness("Mozilla/5.0", "10.0.0.6")),
              SessionVerdict::stolen);
}

TEST_F(SessionTest, ACookieThatWasUsedElsewhereInTheMeantimeIsATheft) {
    const std::string fresh = rotate(opened_.row, start + 1min);
    EXPECT_EQ(use(fresh, 2min), SessionVerdict::good);
    EXPECT_EQ(use(opened_.cookie, 2min), SessionVerdict::stolen);
}

TEST_F(SessionTest, TheSecretBeforeStillReadsForAMoment) {
    static_cast<void>(rotate(opened_.row, start + 1min));
    EXPECT_EQ(use(opened_.cookie, 65s), SessionVerdict::good);
    EXPECT_EQ(use(opened_.cookie, 65s, Use::write), SessionVerdict::stolen);
    static_cast<void>(rotate(opened_.row, start + 66s));
    EXPECT_EQ(use(opened_.cookie, 67s), SessionVerdict::stolen) << "two secrets ago";
}

TEST_F(SessionTest, EndsWhenIdleAndInAnyCase) {
    EXPECT_EQ(use(opened_.cookie, 30min), SessionVerdict::no_session);
    opened_.row.seen = start + 9h + 59min;
    EXPECT_NE(use(opened_.cookie, 9h + 59min), SessionVerdict::no_session);
    opened_.row.seen = start + 10h;
    EXPECT_EQ(use(opened_.cookie, 10h), SessionVerdict::no_session);
}

TEST_F(SessionTest, ApprovalsNeedALateSignIn) {
    EXPECT_TRUE(freshly_signed_in(opened_.row, start + 14min, rules_));
    EXPECT_FALSE(freshly_signed_in(opened_.row, start + 15min, rules_));
}

TEST_F(SessionTest, TheDatabaseNeverHoldsTheCookie) {
    EXPECT_EQ(opened_.cookie.find(opened_.row.secret), std::string::npos);
    EXPECT_TRUE(parse_token("").id.empty());
    EXPECT_TRUE(parse_token(opened_.cookie + "0").id.empty());
    std::string other = opened_.cookie;
    other[3] = 'G';
    EXPECT_TRUE(parse_token(other).id.empty());
}

TEST(Passwords, OnlyTheRightOneFits) {
    const std::string record = password_record("en lang adgangskode");
    EXPECT_TRUE(fits("en lang adgangskode", record));
    EXPECT_FALSE(fits("en lang adgangskodf", record));
    EXPECT_FALSE(fits("", record));
    EXPECT_FALSE(fits("x", "scrypt$15$8$1$"));
    EXPECT_FALSE(fits("x", ""));
    EXPECT_NE(record, password_record("en lang adgangskode")) << "a salt of its own";
    EXPECT_EQ(record.find("adgangskode"), std::string::npos);
}

TEST(Passwords, ChosenOnesMustBeOfUse) {
    EXPECT_TRUE(check_new_password("korrekt hest batteri", "anna"));
    EXPECT_EQ(check_new_password("kort", "anna").error().message, "short");
    EXPECT_EQ(check_new_password("aaaaaaaaaaaaaaaa", "anna").error().message, "simple");
    EXPECT_EQ(check_new_password("jeg er anna og glad", "anna").error().message, "login");
    EXPECT_EQ(one_time_password().size(), 23U);
    EXPECT_NE(one_time_password(), one_time_password());
}

TEST(Passwords, FailuresInARowMakeOneWait) {
    EXPECT_EQ(delay_after(0), 0s);
    EXPECT_EQ(delay_after(4), 0s);
    EXPECT_EQ(delay_after(5), 30s);
    EXPECT_EQ(delay_after(6), 60s);
    EXPECT_EQ(delay_after(9), 480s);
    EXPECT_EQ(delay_after(1'000'000), 900s);
}

TEST(Reminders, TellOwnersOfWhatIsDueTheMostUrgentFirst) {
    using namespace std::chrono;
    const Date today{2026y, November, 23d};
    const auto source = [](const char* id, std::optional<Date> review, const char* mail,
                           sources::State state = sources::State::approved) {
        sources::Source out;
        out.id = SourceId{id};
        out.review_date = review;
        out.owner = {"Sekretariatet", mail, ""};
        out.base_url = "https://lunby.example/";
        out.state = state;
        return out;
    };
    const auto due = reminders(
        {source("snart", Date{2026y, December, 1d}, "a@lunby.example"),
         source("udløbet", Date{2026y, November, 1d}, "b@lunby.example\r\nBcc: x@evil.example"),
         source("senere", Date{2027y, December, 1d}, "a@lunby.example"),
         source("aldrig", std::nullopt, "a@lunby.example"),
         source("pause", Date{2026y, November, 1d}, "a@lunby.example", sources::State::paused)},
        today);
    ASSERT_EQ(due.size(), 2U);
    EXPECT_EQ(due[0].source.id.value, "udløbet");
    EXPECT_EQ(due[0].days_left, -22);
    EXPECT_EQ(due[1].days_left, 8);
    const auto mails = reminder_mails(due, "Lunby Kommune", "bot@lunby.example");
    ASSERT_EQ(mails.size(), 2U);
    EXPECT_NE(mails[0].text.find("1. december 2026"), std::string::npos) << mails[0].text;
    EXPECT_EQ(mails[1].text.find("\nBcc"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::governance
