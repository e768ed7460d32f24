#include "adapters/teams/connector.hpp"

#include <gtest/gtest.h>

#include "adapters/teams/dev.hpp"
#include "adapters/teams/json.hpp"
#include "adapters/teams/service.hpp"
#include "tests/support/teams_world.hpp"

namespace raadbot::teams {
namespace {

using namespace std::chrono_literals;
using Kind = bot::SendResult::Kind;
using Action = bot::Outgoing::Action;
using Answer = tl::expected<http::RestResponse, http::RestError>;

const Timestamp now = parse_timestamp("2026-11-23T08:00:00Z").value();

http::RestResponse response(unsigned status, std::string body = "{}",
                            std::vector<http::Field> fields = {}) {
    return {status, std::move(fields), std::move(body)};
}
std::string error(const char* code) {
    return std::string(R"({"error":{"code":")") + code + R"(","message":"x"}})";
}

TEST(Connector, ReadsEveryStatusAsTheTableSays) {
    const auto kind = [](unsigned status, const char* code = "", Action action = Action::create) {
        return judge(response(status, error(code)), action).kind;
    };
    for (const unsigned status : {401U, 412U, 429U, 502U, 503U, 504U})
        EXPECT_EQ(kind(status), Kind::busy) << status;
    for (const unsigned status : {400U, 405U, 409U, 413U, 500U, 501U, 301U, 302U})
        EXPECT_EQ(kind(status), Kind::refused) << status;
    for (const char* code : {"BotDisabledByAdmin", "ConversationBlockedByUser",
                             "BotNotInConversationRoster", "ForbiddenOperationException"}) {
        EXPECT_EQ(kind(403, code), Kind::closed) << code;
    }
    for (const char* code : {"InvalidBotApiHost", "NotEnoughPermissions", ""})
        EXPECT_EQ(kind(403, code), Kind::refused) << code;
    EXPECT_EQ(kind(404, "ConversationNotFound"), Kind::closed);
    EXPECT_EQ(kind(404, "ConversationNotFound", Action::remove), Kind::closed);
    EXPECT_EQ(kind(404, "ActivityNotFoundInConversation", Action::edit), Kind::refused);
    EXPECT_EQ(kind(404, "ActivityNotFoundInConversation", Action::remove), Kind::sent);
    EXPECT_EQ(judge(response(201, R"({"id":"17"})"), Action::create).remote_id, "17");
    EXPECT_EQ(judge(response(429, "", {{"Retry-After", "17"}}), Action::create).retry_after, 17s);
    EXPECT_FALSE(judge(response(429, ""), Action::create).retry_after);
}

struct World {
    std::vector<std::pair<std::string, http::RestRequest>> calls;
    std::vector<Answer> connector;  // Answers to come; then 201.
    int tokens = 0;
    Transport transport() {
        return [this](const std::string& origin, const http::RestRequest& request) -> Answer {
            if (origin == "https://login.microsoftonline.com") {
                ++tokens;
                return response(200, R"({"access_token":"t)" + std::to_string(tokens) +
                                         R"(","expires_in":3600})");
            }
            calls.emplace_back(origin, request);
            if (connector.empty()) return response(201, R"({"id":"17"})");
            const Answer answer = connector.front();
            connector.erase(connector.begin());
            return answer;
        };
    }
};

bot::Outgoing outgoing(const std::string& url = test::teams_service) {
    bot::Outgoing out;
    out.conversation = "19:r@thread.tacv2;messageid=7";
    out.target = Json{{"serviceUrl", url}, {"conversation", out.conversation}}.dump();
    out.body = R"({"type":"message","text":"x"})";
    return out;
}

TEST(Connector, SendsWithATokenToThePathOfTheConversation) {
    World world;
    const bot::FixedClock clock(now);
    Connector connector(test::teams_options(), world.transport(), clock);
    EXPECT_EQ(connector.send(outgoing()).remote_id, "17");
    ASSERT_EQ(world.calls.size(), 1U);
    const auto& [origin, request] = world.calls[0];
    EXPECT_EQ(origin, "https://smba.trafficmanager.net");
    EXPECT_EQ(request.target,
              "/emea/v3/conversations/19%3Ar%40thread.tacv2%3Bmessageid%3D7/activities");
    EXPECT_EQ(request.fields.back().value, "Bearer t1");
    EXPECT_EQ(connector.send(outgoing("https://smba.trafficmanager.net")).kind, Kind::sent);
    EXPECT_EQ(world.calls[1].second.target,
              "/v3/conversations/19%3Ar%40thread.tacv2%3Bmessageid%3D7/activities");
    EXPECT_EQ(world.tokens, 1);
}

TEST(Connector, RenewsARefusedTokenOnce) {
    World world;
    world.connector = {response(401), response(201, R"({"id":"5"})"), response(401), response(401)};
    const bot::FixedClock clock(now);
    Connector connector(test::teams_options(), world.transport(), clock);
    EXPECT_EQ(connector.send(outgoing()).kind, Kind::sent);
    EXPECT_EQ(world.tokens, 2);
    EXPECT_EQ(connector.send(outgoing()).kind, Kind::busy);
    EXPECT_EQ(world.calls.size(), 4U);
}

TEST(Connector, GivesTheTokenToNoHostThatIsNotAllowed) {
    World world;
    const bot::FixedClock clock(now);
    Connector connector(test::teams_options(), world.transport(), clock);
    for (const char* url : {"https://evil.example/", "http://smba.trafficmanager.net/",
                            "https://smba.trafficmanager.net:8443/", ""}) {
        EXPECT_EQ(connector.send(outgoing(url)).kind, Kind::refused) << url;
    }
    bot::Outgoing moved = outgoing();
    moved.conversation = "a:other";
    EXPECT_EQ(connector.send(moved).kind, Kind::refused);
    EXPECT_TRUE(world.calls.empty());
    EXPECT_EQ(world.tokens, 0);
}

TEST(Connector, TellsWhatWasNotSentFromWhatMayHaveArrived) {
    World world;
    world.connector = {tl::unexpected(http::RestError{http::RestError::Kind::not_sent, "refused"}),
                       tl::unexpected(http::RestError{http::RestError::Kind::unknown, "reset"})};
    const bot::FixedClock clock(now);
    Connector connector(test::teams_options(), world.transport(), clock);
    EXPECT_EQ(connector.send(outgoing()).kind, Kind::busy);
    EXPECT_EQ(connector.send(outgoing()).kind, Kind::unknown);
}

/// A personal chat and a clock of its own.
struct StreamWorld {
    World world;
    bot::FixedClock clock{now};
    bot::Moment moment{now};
    Connector connector{test::teams_options(), world.transport(), clock, [this] { return moment; }};

    bot::SendResult send(Action action, const Json& body, const std::string& remote_id = "") {
        bot::Outgoing out = outgoing();
        out.action = action;
        out.remote_id = remote_id;
        out.body = body.dump();
        return connector.send(out);
    }
    bot::SendResult begin() {
        world.connector = {response(201, R"({"id":"s1"})")};
        return send(Action::create, step);
    }
    Json last() const { return parse_json(world.calls.back().second.body).value(); }
    const http::RestRequest& request() const { return world.calls.back().second; }
    const Json step{{"type", "typing"}, {"text", "Søger"}};
    const Json answer{{"type", "message"},
                      {"text", "svar"},
                      {"entities", Json::array({{{"type", "https://schema.org/Message"}}})}};
};

TEST(Streams, StartGoOnAndEndWithTheAnswer) {
    StreamWorld w;
    EXPECT_EQ(w.begin().remote_id, "s1");
    EXPECT_EQ(w.last()["entities"][0]["streamType"], "informative");
    EXPECT_EQ(w.last()["entities"][0]["streamSequence"], 1);
    EXPECT_FALSE(w.last()["entities"][0].contains("streamId"));
    w.moment += 999ms;
    const auto early = w.send(Action::edit, w.step, "s1");
    EXPECT_EQ(early.kind, Kind::busy);
    EXPECT_EQ(early.retry_after, 1ms);
    EXPECT_EQ(w.world.calls.size(), 1U);
    w.moment += 1ms;
    w.world.connector = {response(202)};
    EXPECT_EQ(w.send(Action::edit, w.step, "s1").kind, Kind::sent);
    EXPECT_EQ(w.request().method, "POST");
    EXPECT_EQ(w.last()["entities"][0]["streamId"], "s1");
    EXPECT_EQ(w.last()["entities"][0]["streamSequence"], 2);
    w.moment += 1s;
    w.world.connector = {response(202)};
    EXPECT_EQ(w.send(Action::edit, w.answer, "s1").kind, Kind::sent);
    EXPECT_EQ(w.request().method, "POST");
    EXPECT_FALSE(w.request().target.ends_with("/s1"));
    const Json end = w.last();
    ASSERT_EQ(end["entities"].size(), 2U);
    EXPECT_EQ(end["entities"][1]["type"], "streaminfo");
    EXPECT_EQ(end["entities"][1]["streamType"], "final");
    EXPECT_EQ(end["entities"][1]["streamId"], "s1");
    EXPECT_FALSE(end["entities"][1].contains("streamSequence"));
    EXPECT_EQ(end["channelData"]["streamType"], "final");
    // From here on it is a message like any other.
    w.world.connector = {response(200)};
    EXPECT_EQ(w.send(Action::edit, w.answer, "s1").kind, Kind::sent);
    EXPECT_EQ(w.request().method, "PUT");
    EXPECT_TRUE(w.request().target.ends_with("/s1"));
}

TEST(Streams, ReadTheRefusalsOfTeams) {
    const auto refused = [](const char* why) {
        return response(403, R"({"error":{"code":"ContentStreamNotAllowed","message":")" +
                                 std::string(why) + "\"}}");
    };
    const auto end_with = [&](const char* why) {
        StreamWorld w;
        (void)w.begin();
        w.moment += 1s;
        w.world.connector = {refused(why)};
        const auto result = w.send(Action::edit, w.answer, "s1");
        w.world.connector = {response(200)};
        (void)w.send(Action::edit, w.answer, "s1");
        EXPECT_EQ(w.request().method, "PUT") << why;
        return result.kind;
    };
    // The end arrived before, though nobody heard of it: no second answer.
    EXPECT_EQ(end_with("Content stream is not allowed on an already completed streamed message"),
              Kind::sent);
    EXPECT_EQ(end_with("Content stream was canceled by user"), Kind::refused);
    // Its place is left to an edit, at once.
    EXPECT_EQ(end_with("Content stream finished due to exceeded streaming time"), Kind::busy);
    EXPECT_EQ(end_with("Content stream is not allowed"), Kind::busy);
}

TEST(Streams, LeaveTheirPlaceToAnEditWhenTheyAreOldOrForgotten) {
    StreamWorld w;
    (void)w.begin();
    w.moment += 111s;
    w.world.connector = {response(200)};
    EXPECT_EQ(w.send(Action::edit, w.answer, "s1").kind, Kind::sent);
    EXPECT_EQ(w.request().method, "PUT");
    EXPECT_EQ(w.last()["entities"].size(), 1U);
    // Of an earlier run of the program.
    const std::size_t before = w.world.calls.size();
    EXPECT_EQ(w.send(Action::edit, w.step, "s0").kind, Kind::sent);
    EXPECT_EQ(w.world.calls.size(), before);
}

TEST(Streams, AStepIsNotWorthARepeatUnlessTeamsAsksToWait) {
    StreamWorld w;
    for (const unsigned status : {403U, 412U, 502U, 503U}) {
        w.world.connector = {response(status)};
        EXPECT_EQ(w.send(Action::create, w.step).kind, Kind::refused) << status;
    }
    w.world.connector = {response(429, "", {{"Retry-After", "3"}})};
    EXPECT_EQ(w.send(Action::create, w.step).retry_after, 3s);
}

TEST(TokenSource, AsksTheTenantsEndpointForTheBotFrameworksScope) {
    std::string origin;
    http::RestRequest asked;
    TokenSource tokens(test::teams_options(),
                       [&](const std::string& where, const http::RestRequest& request) -> Answer {
                           origin = where;
                           asked = request;
                           return response(200, R"({"access_token":"t","expires_in":3600})");
                       });
    EXPECT_EQ(tokens.token(now), "t");
    EXPECT_EQ(origin, "https://login.microsoftonline.com");
    EXPECT_EQ(asked.method, "POST");
    EXPECT_EQ(asked.target, std::string("/") + test::teams_tenant + "/oauth2/v2.0/token");
    EXPECT_EQ(asked.content_type, "application/x-www-form-urlencoded");
    EXPECT_EQ(asked.body,
              std::string("grant_type=client_credentials&client_id=") + test::teams_app +
                  "&client_secret=hemmelig&scope=https%3A%2F%2Fapi.botframework.com%2F.default");
}

TEST(TokenSource, RenewsBeforeTheEnd) {
    World world;
    TokenSource tokens(test::teams_options(), world.transport());
    EXPECT_EQ(tokens.token(now).value(), "t1");
    EXPECT_EQ(tokens.token(now + 54min).value(), "t1");
    EXPECT_EQ(tokens.token(now + 55min).value(), "t2");
    EXPECT_EQ(tokens.token(now + 115min).value(), "t3");
}

TEST(TokenSource, SaysWhatToCheckWhenTheSecretIsWrong) {
    TokenSource tokens(test::teams_options(),
                       [](const std::string&, const http::RestRequest&) -> Answer {
                           return response(401, R"({"error":"invalid_client"})");
                       });
    const auto token = tokens.token(now);
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code, ErrorCode::denied);
    EXPECT_NE(token.error().message.find("client secret"), std::string::npos);
    EXPECT_EQ(token.error().message.find("hemmelig"), std::string::npos);
}

TEST(DevService, KnowsThisMachineAndNoOther) {
    for (const char* url :
         {"http://localhost:56150/_connector", "http://127.0.0.1:80", "http://[::1]:9/x"}) {
        EXPECT_TRUE(is_loopback_url(url)) << url;
    }
    for (const char* url :
         {"http://localhost.evil.example:1/", "https://localhost:1/", "http://localhost/",
          "http://localhost:1@evil.example/", "http://127.0.0.1:x/", "http://127.0.0.2:1/",
          "http://localhost:1/?x", "http://localhost:123456/", ""}) {
        EXPECT_FALSE(is_loopback_url(url)) << url;
    }
    test::FakeConversation conversation;
    const bot::FixedClock clock(now);
    const auto service = DevService::open({"Egelund", "da", &conversation, &clock});
    http::Request request;
    request.method = "POST";
    request.path = "/api/messages";
    request.body = test::teams_activity("1", "hej", {{"serviceUrl", "http://localhost:1/"}}).dump();
    request.client = "192.0.2.7";
    EXPECT_EQ(service->handle(request).status, 403U);
    request.client = "127.0.0.1";
    request.body = test::teams_activity("1", "hej").dump();  // A service elsewhere.
    EXPECT_EQ(service->handle(request).status, 403U);
}

TEST(Doctor, NamesWhatIsWrongAndWhatToDo) {
    const auto all_down = [](const std::string&, const http::RestRequest&) -> Answer {
        return tl::unexpected(http::RestError{http::RestError::Kind::not_sent, "no route"});
    };
    Options options = test::teams_options();
    options.public_url.clear();
    int bad = 0;
    for (const Finding& finding : diagnose(options, now, all_down)) {
        if (finding.good) continue;
        ++bad;
        EXPECT_FALSE(finding.advice.empty()) << finding.check;
    }
    EXPECT_EQ(bad, 3);  // Keys, token, public address.
    options.app_id = "x";
    EXPECT_NE(diagnose(options, now, all_down).at(0).advice.find("app_id"), std::string::npos);
}

TEST(Doctor, FindsAWrongClock) {
    const auto late = [](const std::string& origin, const http::RestRequest&) -> Answer {
        return response(200,
                        origin.find("login.m") != std::string::npos
                            ? R"({"access_token":"t","expires_in":3600})"
                            : "{}",
                        {{"Date", "Mon, 23 Nov 2026 08:03:00 GMT"}});
    };
    const auto findings = diagnose(test::teams_options(), now, late);
    const auto clock = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.check == "clock"; });
    ASSERT_NE(clock, findings.end());
    EXPECT_FALSE(clock->good);
    EXPECT_NE(clock->advice.find("180 s"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::teams
