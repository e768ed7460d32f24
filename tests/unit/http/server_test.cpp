#include "adapters/http/server.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "tests/support/tcp_client.hpp"

namespace raadbot::http {
namespace {

using test::TcpClient;
using namespace std::chrono_literals;

/// Closed until opened; says when somebody stands before it.
class Door {
public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    bool await(int waiting) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 10s, [&] { return waiting_ >= waiting; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

Response echo(const Request& request) {
    Response out;
    out.body = request.method + " " + request.path + " ?" + request.query + " " + request.client +
               " " + request.body;
    return out;
}

std::unique_ptr<Server> start(Handler handler, ServerOptions options = {},
                              std::string address = "127.0.0.1") {
    Listener listener;
    listener.address = std::move(address);
    listener.port = 0;
    listener.handler = std::move(handler);
    auto server = Server::start(std::move(options), {listener});
    if (!server) throw std::runtime_error(server.error().message);
    return std::move(*server);
}

constexpr std::string_view simple = "GET /a%20b?c=d HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Server, AnswersAndKeepsTheConnection) {
    const auto server = start(echo);
    TcpClient client(server->ports().at(0));
    for (int i = 0; i < 3; ++i) {
        client.send(simple);
        const std::string response = client.response();
        EXPECT_TRUE(response.starts_with("HTTP/1.1 200 OK\r\n")) << response;
        EXPECT_NE(response.find("GET /a b ?c=d 127.0.0.1 "), std::string::npos) << response;
        EXPECT_NE(response.find("X-Content-Type-Options: nosniff"), std::string::npos);
    }
    EXPECT_EQ(server->figures().connections, 1U);
    EXPECT_EQ(server->figures().requests, 3U);
}

TEST(Server, ListensOnIpv6Too) {
    const auto server = start(echo, {}, "::1");
    TcpClient client(server->ports().at(0), true);
    if (!client.connected()) GTEST_SKIP() << "no IPv6 loopback here";
    client.send(simple);
    EXPECT_NE(client.response().find(" ::1 "), std::string::npos);
}

TEST(Server, SeveralListenersHaveTheirOwnHandlers) {
    const auto say = [](std::string word) {
        return [word](const Request&) {
            Response out;
            out.body = word;
            return out;
        };
    };
    auto server = Server::start(
        {}, {{"web", "127.0.0.1", 0, say("web")}, {"admin", "127.0.0.1", 0, say("admin")}});
    ASSERT_TRUE(server);
    TcpClient admin((*server)->ports().at(1));
    admin.send(simple);
    EXPECT_TRUE(admin.response().ends_with("admin"));
}

TEST(Server, HeadHasTheLengthAndNoBody) {
    const auto server = start(echo);
    TcpClient client(server->ports().at(0));
    client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const std::string response = client.until_closed();
    EXPECT_NE(response.find("Content-Length: 19\r\n"), std::string::npos) << response;
    EXPECT_TRUE(response.ends_with("\r\n\r\n"));
}

TEST(Server, PipelinedRequestsAreAnsweredInOrder) {
    const auto server = start(echo);
    TcpClient client(server->ports().at(0));
    client.send(
        "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nonePOST /2 HTTP/1.1\r\nHost: x\r\n"
        "Transfer-Encoding: chunked\r\n\r\n2\r\ntw\r\n1;a=b\r\no\r\n0\r\n\r\nGET /3 "
        "HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(client.response().ends_with(" one"));
    EXPECT_TRUE(client.response().ends_with(" two"));
    EXPECT_NE(client.response().find("GET /3"), std::string::npos);
    EXPECT_EQ(client.response(), "");  // HTTP/1.0 closes.
}

TEST(Server, ARefusedRequestIsToldAndNothingBehindItIsServed) {
    const auto server = start(echo);
    TcpClient client(server->ports().at(0));
    client.send("GET /1 HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    client.finish_sending();
    const std::string response = client.until_closed();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 400 ")) << response;
    EXPECT_NE(response.find("header of one value given twice"), std::string::npos);
    EXPECT_EQ(server->figures().requests, 0U);
    EXPECT_EQ(server->figures().refused, 1U);
}

TEST(Server, TellsAPoliteClientToContinue) {
    const auto server = start(echo);
    TcpClient client(server->ports().at(0));
    client.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    EXPECT_TRUE(client.response().starts_with("HTTP/1.1 100 "));
    client.send("ok");
    EXPECT_TRUE(client.response().ends_with(" ok"));
}

TEST(Server, AHandlerThatThrowsIsA500WithoutDetails) {
    std::promise<std::string> told;
    Listener listener;
    listener.port = 0;
    listener.handler = [](const Request&) -> Response { throw std::runtime_error("secret"); };
    listener.failed = [&told](std::string_view what) { told.set_value(std::string(what)); };
    const auto server = Server::start({}, {listener});
    ASSERT_TRUE(server);
    TcpClient client((*server)->ports().at(0));
    client.send(simple);
    const std::string response = client.response();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 500 "));
    EXPECT_EQ(response.find("secret"), std::string::npos);
    EXPECT_EQ(told.get_future().get(), "secret");
}

/// Takes "/now" and "/later", throws at "/throw", leaves the rest.
struct FirstLooker {
    std::promise<Respond> later;
    bool operator()(const Request& request, const Respond& respond) {
        if (request.path == "/throw") throw std::runtime_error("secret");
        if (request.path == "/later") later.set_value(respond);
        if (request.path == "/now") respond({200, "text/plain", "at once", {}});
        return request.path == "/now" || request.path == "/later";
    }
};

std::unique_ptr<Server> start_looking(FirstLooker& looker, ServerOptions options = {}) {
    Listener listener;
    listener.port = 0;
    listener.handler = echo;
    listener.first_look = std::ref(looker);
    return std::move(*Server::start(std::move(options), {listener}));
}

TEST(Server, TheFirstLookTakesARequestOrLeavesItToTheHandler) {
    FirstLooker looker;
    const auto server = start_looking(looker);
    TcpClient client(server->ports().at(0));
    client.send("GET /now HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(client.response().ends_with("at once"));
    client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_NE(client.response().find("GET /other"), std::string::npos);
    client.send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string failed = client.response();
    EXPECT_TRUE(failed.starts_with("HTTP/1.1 500 ")) << failed;
    EXPECT_EQ(failed.find("secret"), std::string::npos);
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    const Respond respond = looker.later.get_future().get();
    std::thread other([&] { respond({200, "text/plain", "after a while", {}}); });
    EXPECT_TRUE(client.response().ends_with("after a while"));
    other.join();
    EXPECT_EQ(server->figures().requests, 4U);
}

TEST(Server, AResponseAfterTheEndGoesNowhere) {
    FirstLooker looker;
    ServerOptions options;
    options.drain_time = 0ms;
    auto server = start_looking(looker, options);
    TcpClient client(server->ports().at(0));
    client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\n");
    const Respond respond = looker.later.get_future().get();
    server.reset();
    respond({200, "text/plain", "too late", {}});
    EXPECT_EQ(client.until_closed().find("too late"), std::string::npos);
}

TEST(Server, AFieldWithALineBreakNeverGoesOut) {
    const auto server = start([](const Request&) {
        Response out;
        return out.set("X-Bad", "a\r\nSet-Cookie: b");
    });
    TcpClient client(server->ports().at(0));
    client.send(simple);
    const std::string response = client.response();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 500 "));
    EXPECT_EQ(response.find("Set-Cookie"), std::string::npos);
}

TEST(Server, IsFullRatherThanSlow) {
    Door door;
    ServerOptions options;
    options.handler_threads = 1;
    options.waiting_requests = 1;
    const auto server = start(
        [&door](const Request&) {
            door.pass();
            return Response{};
        },
        options);
    TcpClient running(server->ports().at(0));
    running.send(simple);
    ASSERT_TRUE(door.await(1));
    // One may wait behind it; of the next two at least one finds no room.
    TcpClient second(server->ports().at(0));
    TcpClient third(server->ports().at(0));
    second.send(simple);
    third.send(simple);
    while (server->figures().overloaded == 0) std::this_thread::yield();
    door.open();
    const std::string answers = second.response() + third.response();
    EXPECT_NE(answers.find("HTTP/1.1 503 "), std::string::npos);
    EXPECT_NE(answers.find("Retry-After: 1"), std::string::npos);
    EXPECT_TRUE(running.response().starts_with("HTTP/1.1 200 "));
}

TEST(Server, ASlowHandlerIsNotWaitedForByTheAsker) {
    Door door;
    ServerOptions options;
    options.handler_time = 100ms;
    const auto server = start(
        [&door](const Request&) {
            door.pass();
            return Response{};
        },
        options);
    TcpClient client(server->ports().at(0));
    client.send(simple);
    EXPECT_TRUE(client.response().starts_with("HTTP/1.1 503 "));
    door.open();
}

TEST(Server, CutsWhoeverIsTooSlow) {
    ServerOptions options;
    options.header_time = 100ms;
    options.body_time = 100ms;
    options.idle_time = 100ms;
    const auto server = start(echo, options);
    for (const std::string_view start_of :
         {"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX",
          "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"}) {
        TcpClient client(server->ports().at(0));
        client.send(start_of);
        EXPECT_EQ(client.until_closed(), "") << start_of;
    }
    EXPECT_EQ(server->figures().requests, 0U);
}

TEST(Server, LimitsConnectionsPerAddressAndInAll) {
    ServerOptions options;
    options.connections_per_address = 2;
    const auto server = start(echo, options);
    const auto port = server->ports().at(0);
    TcpClient first(port);
    first.send(simple);
    EXPECT_TRUE(first.response().starts_with("HTTP/1.1 200 "));
    {
        TcpClient second(port);
        second.send(simple);
        EXPECT_TRUE(second.response().starts_with("HTTP/1.1 200 "));
        TcpClient third(port);
        EXPECT_TRUE(third.until_closed().starts_with("HTTP/1.1 503 "));
        EXPECT_EQ(server->figures().turned_away, 1U);
    }
    while (server->figures().open > 1) std::this_thread::yield();
    TcpClient fourth(port);
    fourth.send(simple);
    EXPECT_TRUE(fourth.response().starts_with("HTTP/1.1 200 "));
}

TEST(Server, StopLetsRunningRequestsFinishAndClosesIdleOnes) {
    Door door;
    const auto server = start([&door](const Request& request) {
        if (request.path == "/slow") door.pass();
        return echo(request);
    });
    const auto port = server->ports().at(0);
    TcpClient idle(port);
    idle.send(simple);
    EXPECT_FALSE(idle.response().empty());
    TcpClient busy(port);
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    ASSERT_TRUE(door.await(1));
    auto stopped = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_EQ(idle.until_closed(), "");
    door.open();
    const std::string response = busy.response();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 200 "));
    EXPECT_NE(response.find("Connection: close"), std::string::npos);
    busy.finish_sending();
    stopped.get();
    EXPECT_FALSE(TcpClient(port).connected());
}

TEST(Server, StopCutsWhatDoesNotEnd) {
    ServerOptions options;
    options.drain_time = 100ms;
    const auto server = start(echo, options);
    TcpClient half(server->ports().at(0));
    half.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");
    while (server->figures().open == 0) std::this_thread::yield();
    server->stop();
    EXPECT_EQ(half.until_closed(), "");
}

TEST(Server, SaysWhyItCannotStart) {
    const auto server = start(echo);
    Listener taken;
    taken.port = server->ports().at(0);
    taken.handler = echo;
    const auto second = Server::start({}, {taken});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::conflict);
    EXPECT_NE(second.error().message.find(std::to_string(taken.port)), std::string::npos);
    Listener named;
    named.address = "localhost";
    EXPECT_EQ(Server::start({}, {named}).error().code, ErrorCode::invalid_config);
    EXPECT_FALSE(Server::start({}, {}));
    ServerOptions bad;
    bad.connections = 0;
    EXPECT_EQ(Server::start(bad, {taken}).error().code, ErrorCode::invalid_config);
}

TEST(Server, ManyConnectionsAtOnceAreAllAnswered) {
    ServerOptions options;
    options.io_threads = 2;
    const auto server = start(echo, options);
    const auto port = server->ports().at(0);
    std::vector<std::thread> threads;
    std::atomic<int> good{0};
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&] {
            TcpClient client(port);
            for (int i = 0; i < 200; ++i) {
                client.send(simple);
                good += client.response().starts_with("HTTP/1.1 200 ") ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(good, 1600);
}

}  // namespace
}  // namespace raadbot::http
