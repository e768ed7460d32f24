// Settings, registration, the homeserver's errors, and what doctor says.
#include <gtest/gtest.h>

#include "adapters/matrix/doctor.hpp"
#include "adapters/matrix/outgoing.hpp"
#include "adapters/matrix/registration.hpp"
#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;
using namespace std::chrono_literals;

TEST(Options, AreChecked) {
    Options good = matrix_options();
    good.servers.clear();
    ASSERT_TRUE(checked(good));
    EXPECT_EQ(checked(good)->servers, std::vector<std::string>{"egelund.example"});
    EXPECT_EQ(good.bot().value, bot_id);
    const auto refuses = [&](auto change) {
        Options bad = matrix_options();
        change(bad);
        const auto result = checked(bad);
        return !result && result.error().code == ErrorCode::invalid_config &&
               result.error().message.starts_with("matrix.");
    };
    EXPECT_TRUE(refuses([](Options& o) { o.homeserver_url = "matrix.example.dk"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.url = "http://127.0.0.1:1/"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.server_name = "Egelund.example"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.localpart = "Raadbot"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.as_token = ""; }));
    EXPECT_TRUE(refuses([](Options& o) { o.hs_token = o.as_token; }));
    EXPECT_TRUE(refuses([](Options& o) { o.hs_token = "with a space in it, long"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.people = {"lone"}; }));
    EXPECT_TRUE(refuses([](Options& o) { o.language = "de"; }));
    EXPECT_TRUE(refuses([](Options& o) { o.answers_per_minute = 0; }));
    EXPECT_TRUE(refuses([](Options& o) {
        o.audiences = {{.server = "a.dk", .room = "!r", .audiences = {Audience{}}}};
    }));
    EXPECT_TRUE(refuses(
        [](Options& o) { o.audiences = {{.room = "#alias:a.dk", .audiences = {Audience{}}}}; }));
    EXPECT_TRUE(refuses([](Options& o) { o.audiences = {{.room = "!r", .audiences = {}}}; }));
}

TEST(Registration, NamesTheBotAndNothingElse) {
    const std::string yaml = registration_yaml(matrix_options());
    for (const char* line :
         {"id: \"raadbot\"\n", "url: \"http://127.0.0.1:2\"\n",
          "as_token: \"as-token-0123456789abcdef\"\n", "hs_token: \"hs-token-0123456789abcdef\"\n",
          "sender_localpart: \"raadbot\"\n", "rate_limited: false\n", "receive_ephemeral: false\n",
          "      regex: \"@raadbot:egelund\\\\.example\"\n", "  aliases: []\n", "  rooms: []\n"}) {
        EXPECT_NE(yaml.find(line), std::string::npos) << line << yaml;
    }
}

TEST(Registration, IsMadeWithNewTokensOrNotAtAll) {
    Options options = matrix_options();
    options.as_token.clear();
    options.hs_token.clear();
    const auto made = new_registration(options);
    ASSERT_TRUE(made);
    EXPECT_NE(made->yaml.find(made->as_token), std::string::npos);
    EXPECT_NE(made->yaml.find(made->hs_token), std::string::npos);
    options.server_name = "not a name";
    EXPECT_FALSE(new_registration(options));
}

TEST(Registration, HasFreshTokens) {
    EXPECT_EQ(random_token().size(), 64U);
    EXPECT_NE(random_token(), random_token());
}

TEST(Errors, AreReadFromStatusCodeAndHeader) {
    EXPECT_EQ(
        error_of(429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1500})", "").retry_after,
        1500ms);
    EXPECT_EQ(
        error_of(429, R"({"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1500})", "3").retry_after,
        3000ms);
    EXPECT_EQ(error_of(429, R"({"retry_after_ms":-5})", "x").retry_after, std::nullopt);
    EXPECT_EQ(error_of(429, R"({"retry_after_ms":99999999999})", "").retry_after, 10min);
    EXPECT_EQ(error_of(429, "", "").kind, ApiError::Kind::limited);
    EXPECT_EQ(error_of(502, "<html>", "").kind, ApiError::Kind::server);
    EXPECT_EQ(error_of(403, R"({"errcode":"M_FORBIDDEN"})", "").errcode, "M_FORBIDDEN");
    EXPECT_EQ(error_of(403, R"({"errcode":5})", "").errcode, "");
}

TEST(Errors, DecideWhatBecomesOfAMessage) {
    using Kind = bot::SendResult::Kind;
    EXPECT_EQ(outcome_of(error_of(429, R"({"retry_after_ms":50})", "")).kind, Kind::busy);
    EXPECT_EQ(outcome_of(error_of(429, R"({"retry_after_ms":50})", "")).retry_after, 50ms);
    EXPECT_EQ(outcome_of(error_of(500, "", "")).kind, Kind::busy);
    EXPECT_EQ(outcome_of(error_of(413, R"({"errcode":"M_TOO_LARGE"})", "")).kind, Kind::refused);
    EXPECT_EQ(outcome_of(error_of(400, "", "")).kind, Kind::refused);
    EXPECT_EQ(outcome_of(error_of(403, "", "")).kind, Kind::closed);
    EXPECT_EQ(outcome_of(error_of(401, R"({"errcode":"M_UNKNOWN_TOKEN"})", "")).kind, Kind::busy);
    EXPECT_EQ(outcome_of({ApiError::Kind::unknown, 0, {}, {}, ""}).kind, Kind::unknown);
    EXPECT_EQ(outcome_of({ApiError::Kind::not_sent, 0, {}, {}, ""}).kind, Kind::busy);
}

TEST(TransactionIds, AreStableAndApart) {
    EXPECT_EQ(transaction_id("!r", "$q/0", "create"), transaction_id("!r", "$q/0", "create"));
    EXPECT_NE(transaction_id("!r", "$q/0", "create"), transaction_id("!r", "$q/0", "edit"));
    EXPECT_NE(transaction_id("!r", "$q/0", "create"), transaction_id("!r", "$q/1", "create"));
    EXPECT_NE(transaction_id("!r", "$q/0", "create"), transaction_id("!s", "$q/0", "create"));
}

TEST(Outbound, ComesBackAsWritten) {
    const Outbound outbound{Outbound::Kind::join, "egelund.example", "!r", "$e"};
    EXPECT_EQ(parse_outbound(to_json(outbound)), outbound);
    for (const char* bad : {"", "{}", "[]", R"({"kind":"x","text":"","room":"","seed":""})",
                            R"({"kind":"join","text":5})"}) {
        EXPECT_FALSE(parse_outbound(bad)) << bad;
    }
}

TEST(HttpDate, IsReadOrNot) {
    EXPECT_EQ(parse_http_date("Mon, 23 Nov 2026 12:00:00 GMT"),
              Timestamp(std::chrono::seconds(noon_ms / 1'000)));
    EXPECT_EQ(parse_http_date(""), std::nullopt);
    EXPECT_EQ(parse_http_date("2026-11-23"), std::nullopt);
}

TEST(Doctor, FindsWhatIsWrong) {
    const Options options = matrix_options();
    const Timestamp now(std::chrono::seconds(noon_ms / 1'000));
    const auto failing = [&](FakeHomeserver& homeserver) {
        std::string out;
        for (const Check& check : examine(options, homeserver, now)) {
            if (!check.good) out += check.what + ";";
            EXPECT_FALSE(check.detail.empty());
        }
        return out;
    };
    FakeHomeserver homeserver;
    homeserver.clock = now + 5s;
    EXPECT_EQ(failing(homeserver), "");
    homeserver.clock = now + 90s;
    EXPECT_EQ(failing(homeserver), "clock;");
    homeserver.clock = now;
    homeserver.fail_next(FakeHomeserver::refused(401, "M_UNKNOWN_TOKEN"));
    EXPECT_EQ(failing(homeserver), "registration loaded;");
}

}  // namespace
}  // namespace raadbot::matrix
