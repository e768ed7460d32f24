// The homeserver's requests: who may ask, what is answered.
#include "adapters/matrix/appservice.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/support/fake_homeserver.hpp"

namespace raadbot::matrix {
namespace {

using namespace test;

class Routes : public ::testing::Test {
protected:
    http::Response ask(const std::string& method, const std::string& path,
                       const std::string& body = {},
                       const std::string& token = "Bearer hs-token-0123456789abcdef",
                       const std::string& query = {}) {
        http::Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        request.body = body;
        if (!token.empty()) request.fields.push_back({"authorization", token});
        return service.handle(request);
    }
    static std::string code(const http::Response& response) {
        return Json::parse(response.body).value("errcode", "");
    }

    std::vector<std::string> taken;
    std::string pinged;
    Taken answer = Taken::stored;
    Appservice service{matrix_options(),
                       [this](const std::vector<std::string_view>& events) {
                           for (const std::string_view event : events) taken.emplace_back(event);
                           return answer;
                       },
                       [this](std::string_view id) { pinged = id; }};
};

TEST_F(Routes, WantTheToken) {
    const char* path = "/_matrix/app/v1/transactions/1";
    const std::string right = "hs-token-0123456789abcdef";
    EXPECT_EQ(ask("PUT", path, "{}", "").status, 401U);
    for (const char* wrong :
         {"Bearer x", "Bearer hs-token-0123456789abcdeF", "Bearer hs-token-0123456789abcdef0",
          "Bearer ", "x", "Basic hs-token-0123456789abcdef", "hs-token-0123456789abcdef",
          "Bearer as-token-0123456789abcdef"}) {
        const auto response = ask("PUT", path, "{}", wrong);
        EXPECT_EQ(response.status, 403U) << wrong;
        EXPECT_EQ(code(response), "M_FORBIDDEN");
    }
    EXPECT_EQ(ask("PUT", path, "{}", "Bearer " + right).status, 200U);
    EXPECT_EQ(ask("PUT", path, "{}", "bearer " + right).status, 200U);
    EXPECT_EQ(ask("PUT", path, "{}", "", "access_token=" + right).status,
              200U);  // Old homeservers.
    EXPECT_EQ(ask("PUT", path, "{}", "", "access_token=x").status, 403U);
    EXPECT_EQ(ask("PUT", path, "{}", "Bearer " + right, "access_token=" + right).status, 200U);
    EXPECT_EQ(ask("PUT", path, "{}", "Bearer " + right, "access_token=x").status, 403U);
    EXPECT_EQ(ask("PUT", path, "{}", "Bearer x", "access_token=" + right).status, 403U);
    EXPECT_TRUE(taken.empty());
}

TEST_F(Routes, TakeTransactions) {
    const std::string body =
        transaction({text_event("$1", "!r", lone, "a"), text_event("$2", "!r", lone, "b")});
    for (const char* path : {"/_matrix/app/v1/transactions/1", "/transactions/2"}) {
        taken.clear();
        const auto response = ask("PUT", path, body);
        EXPECT_EQ(response.status, 200U);
        EXPECT_EQ(response.body, "{}");
        EXPECT_EQ(response.content_type, "application/json");
        EXPECT_EQ(taken.size(), 2U);
    }
}

TEST_F(Routes, PassOnPoisonAmongGoodEvents) {
    EXPECT_EQ(ask("PUT", "/_matrix/app/v1/transactions/1",
                  R"({"events":[{"a":1},{"bad":"\ud800"},{nonsense},{"b":2}]})")
                  .status,
              200U);
    EXPECT_EQ(taken.size(), 4U);
}

TEST_F(Routes, SayWhatIsWrong) {
    EXPECT_EQ(code(ask("PUT", "/_matrix/app/v1/transactions/1", "nonsense")), "M_NOT_JSON");
    EXPECT_EQ(ask("PUT", "/_matrix/app/v1/transactions/1", "").status, 400U);
    for (const char* path :
         {"/", "/x", "/_matrix/app/v1/x", "/_matrix/app/v1/transactions/", "/_matrix/app/v2/ping",
          "/ping", "/_matrix/client/versions", "/transactions"}) {
        const auto response = ask("GET", path);
        EXPECT_EQ(response.status, 404U) << path;
        EXPECT_EQ(code(response), "M_UNRECOGNIZED") << path;
    }
    for (const auto& [method, path] : {std::pair{"GET", "/_matrix/app/v1/transactions/1"},
                                       {"POST", "/transactions/1"},
                                       {"GET", "/_matrix/app/v1/ping"},
                                       {"PUT", "/_matrix/app/v1/users/@a:b"}}) {
        const auto response = ask(method, path);
        EXPECT_EQ(response.status, 405U) << path;
        EXPECT_EQ(code(response), "M_UNRECOGNIZED") << path;
    }
}

TEST_F(Routes, AskTheHomeserverToComeAgainWhenFull) {
    answer = Taken::full;
    const auto response = ask("PUT", "/_matrix/app/v1/transactions/1",
                              transaction({text_event("$1", "!r", lone, "a")}));
    EXPECT_EQ(response.status, 503U);
}

TEST_F(Routes, KnowTheBotAlone) {
    for (const std::string prefix : {"/_matrix/app/v1", ""}) {
        EXPECT_EQ(ask("GET", prefix + "/users/" + bot_id).status, 200U);
        EXPECT_EQ(ask("GET", prefix + "/users/@anden:egelund.example").status, 404U);
        EXPECT_EQ(code(ask("GET", prefix + "/rooms/#x:egelund.example")), "M_NOT_FOUND");
    }
    EXPECT_EQ(ask("GET", "/_matrix/app/v1/users/" + std::string(bot_id), "", "").status, 401U);
    EXPECT_EQ(ask("GET", "/_matrix/app/v1/thirdparty/protocol/irc").status, 404U);
}

TEST_F(Routes, AnswerPings) {
    EXPECT_EQ(ask("POST", "/_matrix/app/v1/ping", R"({"transaction_id":"t1"})").status, 200U);
    EXPECT_EQ(pinged, "t1");
    EXPECT_EQ(ask("POST", "/_matrix/app/v1/ping", "{}").status, 200U);
    EXPECT_EQ(ask("POST", "/_matrix/app/v1/ping", "x").status, 400U);
    EXPECT_EQ(ask("POST", "/_matrix/app/v1/ping", "{}", "").status, 401U);
}

TEST(Secret, IsComparedWhole) {
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("ab", "abc"));
    EXPECT_FALSE(same_secret("", ""));
    EXPECT_FALSE(same_secret(std::string("abc\0", 4), "abc"));
}

}  // namespace
}  // namespace raadbot::matrix
