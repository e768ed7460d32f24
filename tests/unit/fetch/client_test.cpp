// Connections: only to addresses that were checked, within time and size. Real sockets on 127/8;
// who must not be reached listens, and counts.
#include "adapters/fetch/client.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "adapters/fetch/session.hpp"
#include "tests/support/raw_web_server.hpp"

namespace raadbot::fetch {
namespace {

using support::Asked;
using support::html;
using support::RawWebServer;
using support::redirect;

AddressPolicy opened(const std::vector<std::string>& networks = {"127.0.0.1/32"}) {
    return AddressPolicy::with_private(networks).value();
}

http::WebUrl url(const std::string& text) { return http::parse_web_url(text).value(); }

/// "town.example" is wherever `addresses` says, one list after the other, then the last for ever.
struct FakeNames {
    std::vector<std::vector<const char*>> answers;
    std::size_t asked = 0;
    Resolver resolver() {
        return [this](const std::string&) -> Result<std::vector<http::Address>> {
            std::vector<http::Address> out;
            for (const char* one : answers[std::min(asked, answers.size() - 1)])
                out.push_back(http::parse_address(one).value());
            ++asked;
            return out;
        };
    }
};

TEST(Client, ConnectsOnlyToPublicAddressesUnlessOpened) {
    RawWebServer server([](const Asked&) { return html("hej"); });
    Client client;
    const auto refused = client.get(url(server.url()), {}, AddressPolicy());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::denied) << refused.error().message;
    EXPECT_EQ(server.connections(), 0);
    const auto good = client.get(url(server.url()), {}, opened());
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ(good->body, "hej");
    EXPECT_EQ(server.connections(), 1);
}

TEST(Client, NameThatMixesPublicAndPrivateIsRefusedWhole) {
    RawWebServer server([](const Asked&) { return html("hej"); });
    FakeNames names{{{"127.0.0.1", "169.254.169.254"}}, 0};
    ClientOptions options;
    options.resolver = names.resolver();
    Client client(options);
    const std::string port = std::to_string(server.port());
    const auto refused = client.get(url("http://town.example:" + port + "/"), {}, opened());
    EXPECT_EQ(refused.error().code, ErrorCode::denied);
    EXPECT_EQ(server.connections(), 0);
}

TEST(Client, NameThatChangesBetweenCheckAndConnectionGainsNothing) {
    RawWebServer good([](const Asked&) { return html("hej", "Connection: close\r\n"); });
    // The same port on another loopback address stands for what must not be reached.
    RawWebServer forbidden([](const Asked&) { return html("hemmeligt"); }, "127.0.0.2");
    FakeNames names{{{"127.0.0.1"}, {"127.0.0.2"}}, 0};
    ClientOptions options;
    options.resolver = names.resolver();
    Client client(options);
    const auto policy = opened();
    const auto address = url("http://town.example:" + std::to_string(good.port()) + "/");
    const auto first = client.get(address, {}, policy);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(names.asked, 1U) << "asked once, and connected to that very answer";
    EXPECT_EQ(http::to_string(first->peer), "127.0.0.1");
    const auto second = client.get(address, {}, policy);
    EXPECT_EQ(second.error().code, ErrorCode::denied);
    const auto other = client.get(
        url("http://town.example:" + std::to_string(forbidden.port()) + "/"), {}, policy);
    EXPECT_EQ(other.error().code, ErrorCode::denied);
    EXPECT_EQ(forbidden.connections(), 0);
}

TEST(Client, PrivateNamesAreNotEvenAskedFor) {
    FakeNames names{{{"8.8.8.8"}}, 0};
    ClientOptions options;
    options.resolver = names.resolver();
    Client client(options);
    for (const char* text : {"http://localhost/", "http://intranet/", "http://a.internal/"})
        EXPECT_EQ(client.get(url(text), {}, AddressPolicy()).error().code, ErrorCode::denied);
    EXPECT_EQ(names.asked, 0U);
}

TEST(Client, KeepsOneConnectionAndRepairsAStaleOne) {
    std::atomic<int> count{0};
    RawWebServer server([&](const Asked&) { return html(std::to_string(++count)); });
    Client client;
    const auto policy = opened();
    for (int i = 1; i <= 3; ++i)
        EXPECT_EQ(client.get(url(server.url()), {}, policy)->body, std::to_string(i));
    EXPECT_EQ(server.connections(), 1);

    // Says nothing of closing, and closes.
    std::atomic<int> turn{0};
    RawWebServer rude([&](const Asked&) { return ++turn == 2 ? std::string() : html("x"); });
    EXPECT_TRUE(client.get(url(rude.url()), {}, policy));
    EXPECT_TRUE(client.get(url(rude.url()), {}, policy));
    EXPECT_EQ(rude.connections(), 2);
}

TEST(Client, SlowAnswersEndInTime) {
    RawWebServer silent([](const Asked&) { return std::string(RawWebServer::hold); });
    RawWebServer dripping([](const Asked&) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nabc" +
               std::string(RawWebServer::hold);
    });
    ClientOptions options;
    options.time = std::chrono::milliseconds{200};
    Client client(options);
    EXPECT_EQ(client.get(url(silent.url()), {}, opened()).error().code, ErrorCode::timed_out);
    EXPECT_EQ(client.get(url(dripping.url()), {}, opened()).error().code, ErrorCode::timed_out);
}

TEST(Client, TooMuchIsRefused) {
    std::string zeros(8U << 20U, '\0');
    std::string bomb(1U << 16U, '\0');
    uLongf size = bomb.size();
    ASSERT_EQ(compress(reinterpret_cast<Bytef*>(bomb.data()), &size,
                       reinterpret_cast<const Bytef*>(zeros.data()), zeros.size()),
              Z_OK);
    bomb.resize(size);
    RawWebServer server([&](const Asked& asked) {
        if (asked.target == "/bomb") return html(bomb, "Content-Encoding: deflate\r\n");
        if (asked.target == "/fields")
            return html("x", "X-Long: " + std::string(100'000, 'y') + "\r\n");
        if (asked.target == "/br") return html("x", "Content-Encoding: br\r\n");
        if (asked.target == "/endless")
            return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" +
                   std::string(0x100000, 'z') + "\r\n100000\r\n" + std::string(0x100000, 'z') +
                   "\r\n";
        return html(std::string(2U << 20U, 'x'));
    });
    ClientOptions options;
    options.body_bytes = 1U << 20U;
    Client client(options);
    const auto code = [&](const char* target) {
        const auto got = client.get(url(server.url(target)), {}, opened());
        return got ? std::optional<ErrorCode>() : got.error().code;
    };
    EXPECT_EQ(code("/bomb"), ErrorCode::too_large);
    EXPECT_EQ(code("/fields"), ErrorCode::too_large);
    EXPECT_EQ(code("/large"), ErrorCode::too_large);
    EXPECT_EQ(code("/endless"), ErrorCode::too_large);
    EXPECT_EQ(code("/br"), ErrorCode::unavailable);
}

TEST(Client, BodyThatIsNotWantedIsNotRead) {
    RawWebServer server([](const Asked&) {
        return "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 1000000000\r\n\r\n" +
               std::string(RawWebServer::hold);
    });
    Client client;
    const auto got = client.get(url(server.url()), {}, opened(), [](const Fetched& head) {
        return head.field("content-type") != "video/mp4";
    });
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_TRUE(got->skipped);
}

TEST(Client, BrokenAnswersAreErrors) {
    for (const char* answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
          "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
          "HTTP/1.1 999999 OK\r\n\r\n"}) {
        RawWebServer server([&](const Asked&) { return std::string(answer); });
        Client client;
        EXPECT_FALSE(client.get(url(server.url()), {}, opened())) << answer;
    }
}

// Session -----------------------------------------------------------------------------------------

struct Sites {
    explicit Sites(RawWebServer::Answer answer)
        : home(answer),
          other([](const Asked&) { return html("andet"); }),
          forbidden([](const Asked&) { return html("hemmeligt"); }, "127.0.0.2") {}
    RawWebServer home;
    RawWebServer other;      ///< Reachable, and approved when a test says so.
    RawWebServer forbidden;  ///< Must never see a connection.
    Client client;
    AddressPolicy policy = opened();
    SessionOptions options = [] {
        SessionOptions fast;
        fast.delay = std::chrono::milliseconds{0};
        return fast;
    }();
    Result<Visit> visit(const Scope& scope, const std::string& target) {
        Session session(client, scope, policy, options);
        return session.visit(url(home.url(target)));
    }
};

std::string no_robots(const Asked& asked, const std::string& answer) {
    return asked.target == "/robots.txt" ? support::reply(404, "text/plain", "") : answer;
}

TEST(Session, RedirectsAreCheckedHopByHop) {
    Sites* all = nullptr;
    Sites sites([&](const Asked& asked) {
        if (asked.target == "/a") return redirect("/b");
        if (asked.target == "/b") return redirect("c");
        if (asked.target == "/c") return html("fundet");
        if (asked.target == "/out") return redirect(all->other.url());
        if (asked.target == "/private") return redirect(all->forbidden.url());
        if (asked.target == "/metadata")
            return redirect("http://169.254.169.254/latest/meta-data/");
        if (asked.target == "/file") return redirect("file:///etc/passwd");
        if (asked.target == "/loop") return redirect("/loop2");
        if (asked.target == "/loop2") return redirect("/loop");
        return no_robots(asked, html("?"));
    });
    all = &sites;
    const auto scope = Scope::of({sites.home.url()}).value();
    const auto good = sites.visit(scope, "/a");
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ(good->url.path, "/c");
    EXPECT_TRUE(good->moved);
    for (const char* bad : {"/out", "/private", "/metadata", "/file", "/loop"})
        EXPECT_EQ(sites.visit(scope, bad).error().code, ErrorCode::denied) << bad;
    EXPECT_EQ(sites.other.connections(), 0);
    // Approved as an address, and still not where it may connect.
    const auto wide = Scope::of({sites.home.url(), sites.forbidden.url()}).value();
    EXPECT_EQ(sites.visit(wide, "/private").error().code, ErrorCode::denied);
    EXPECT_EQ(sites.forbidden.connections(), 0);
}

TEST(Session, RobotsRulesHoldForEveryHop) {
    Sites sites([](const Asked& asked) {
        if (asked.target == "/robots.txt")
            return support::reply(200, "text/plain", "User-agent: *\nDisallow: /lukket\n");
        if (asked.target == "/a") return redirect("/lukket");
        return html("x");
    });
    const auto scope = Scope::of({sites.home.url()}).value();
    EXPECT_TRUE(sites.visit(scope, "/aaben"));
    EXPECT_FALSE(sites.visit(scope, "/a"));
    EXPECT_FALSE(sites.visit(scope, "/lukket"));
    EXPECT_EQ(sites.home.count("/lukket"), 0U);
}

TEST(Session, NothingIsFetchedWhenRobotsCannotBeRead) {
    Sites sites([](const Asked& asked) {
        return asked.target == "/robots.txt" ? support::reply(500, "text/plain", "") : html("x");
    });
    const auto scope = Scope::of({sites.home.url()}).value();
    EXPECT_EQ(sites.visit(scope, "/").error().code, ErrorCode::unavailable);
    EXPECT_EQ(sites.home.count("/"), 0U);
}

TEST(Session, SecretsAndCookiesStayWithTheirHost) {
    Sites* all = nullptr;
    Sites sites([&](const Asked& asked) {
        if (asked.target == "/a")
            return redirect(all->other.url("/b"), 302, "Set-Cookie: visit=1; Path=/; HttpOnly\r\n");
        return no_robots(asked, html("x"));
    });
    all = &sites;
    sites.options.login =
        Login{url(sites.home.url()).origin(), {"Authorization", "Bearer hemmelig"}};
    const auto scope = Scope::of({sites.home.url(), sites.other.url()}).value();
    Session session(sites.client, scope, sites.policy, sites.options);
    ASSERT_TRUE(session.visit(url(sites.home.url("/a"))));
    ASSERT_TRUE(session.visit(url(sites.home.url("/c"))));
    EXPECT_EQ(sites.home.asked().back().field("Authorization"), "Bearer hemmelig");
    EXPECT_EQ(sites.home.asked().back().field("Cookie"), "visit=1");
    ASSERT_FALSE(sites.other.asked().empty());
    for (const Asked& asked : sites.other.asked()) {
        EXPECT_EQ(asked.field("Authorization"), "");
        EXPECT_EQ(asked.field("Cookie"), "");
    }
}

TEST(Session, WaitsAsTheHostWishes) {
    std::atomic<int> turn{0};
    Sites sites([&](const Asked& asked) {
        if (asked.target == "/robots.txt")
            return support::reply(200, "text/plain", "User-agent: *\nCrawl-delay: 7\n");
        if (asked.target == "/busy" && ++turn == 1)
            return support::reply(429, "text/plain", "", "Retry-After: 11\r\n");
        return html("x");
    });
    std::vector<std::int64_t> waits;
    sites.options.sleep = [&](std::chrono::milliseconds time) { waits.push_back(time.count()); };
    const auto scope = Scope::of({sites.home.url()}).value();
    Session session(sites.client, scope, sites.policy, sites.options);
    ASSERT_TRUE(session.visit(url(sites.home.url("/a"))));
    ASSERT_EQ(waits.size(), 1U);
    EXPECT_GT(waits[0], 0);
    EXPECT_LE(waits[0], 7'000);
    const auto busy = session.visit(url(sites.home.url("/busy")));
    EXPECT_EQ(busy->response.status, 200U);
    EXPECT_NE(std::find(waits.begin(), waits.end(), 11'000), waits.end());
}

}  // namespace
}  // namespace raadbot::fetch
