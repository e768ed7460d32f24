// The gate against raw HTTP/1 requests collected by another server's project: every invalid one is
// refused, every valid one is accepted or refused for a reason that is a rule of ours. Counts are
// printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "adapters/http/gate.hpp"
#include "adapters/http/server.hpp"
#include "tests/support/tcp_client.hpp"

namespace raadbot::http {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> cases(const std::string& kind) {
    std::map<std::string, std::string> out;
    const fs::path folder = fs::path(RAADBOT_SHARED_DIR) / "suites" / "http1-gunicorn" / kind;
    if (!fs::is_directory(folder)) return out;
    for (const auto& entry : fs::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        out[entry.path().filename()] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    return out;
}

/// The requests of one connection: how many are accepted before the end or a refusal.
struct Outcome {
    std::size_t accepted = 0;
    GateReason reason = GateReason::none;
};

Outcome play(std::string_view bytes) {
    Outcome out;
    Gate gate;
    while (!bytes.empty()) {
        gate.restart();
        if (gate.look(bytes) == Gate::State::more) gate.end();
        if (gate.state() == Gate::State::refused) {
            out.reason = gate.reason();
            return out;
        }
        ++out.accepted;
        bytes.remove_prefix(gate.size());
    }
    return out;
}

/// The same, a byte at a time.
Outcome trickle(std::string_view bytes) {
    Outcome out;
    Gate gate;
    std::size_t begin = 0;
    for (std::size_t end = 1; end <= bytes.size(); ++end) {
        gate.look(bytes.substr(begin, end - begin));
        if (gate.state() == Gate::State::refused) {
            out.reason = gate.reason();
            return out;
        }
        if (gate.state() == Gate::State::complete) {
            ++out.accepted;
            begin += gate.size();
            gate.restart();
        }
    }
    if (begin < bytes.size()) {
        gate.end();
        out.reason = gate.reason();
    }
    return out;
}

// What is refused although the suite's own server takes it, and why that is meant.
const std::map<GateReason, const char*> our_rules = {
    {GateReason::host_missing, "HTTP/1.1 without Host (RFC 9112 3.2 demands 400)"},
    {GateReason::host_syntax, "Host that is not a host name"},
    {GateReason::coding, "a transfer coding but chunked (RFC 9112 6.1 allows 501)"},
    {GateReason::target_fragment, "fragment in the target (not in RFC 9112 3.2's grammar)"},
    {GateReason::target_syntax, "raw bytes or quotes in the target (not in RFC 3986's grammar)"},
    {GateReason::target_userinfo, "user name in the target (RFC 9110 4.2.4 deprecates it)"},
    {GateReason::method_unknown, "a method that nothing here serves"},
    {GateReason::folded, "folded header, which that server takes only when told to"},
    {GateReason::field_name, "space before the colon, which that server takes only when told to"},
    {GateReason::ambiguous_name, "Content_Length: a gateway could read it as framing"},
    {GateReason::line_too_long, "beyond our request line, under raised limits there"},
    {GateReason::field_too_long, "beyond our header line, under raised limits there"},
    {GateReason::request_line, "PROXY protocol line"},
    {GateReason::empty_first_line, "PROXY protocol version 2"},
    {GateReason::method_syntax, "PROXY protocol version 2"},
    {GateReason::trailer, "trailer fields, which nothing here needs"},
    {GateReason::ended_early, "the file ends before the body that its Content-Length states"},
};

TEST(Http1Gunicorn, RefusesEveryInvalidRequest) {
    const auto invalid = cases("invalid");
    ASSERT_FALSE(invalid.empty()) << "RAADBOT_SHARED lacks suites/http1-gunicorn";
    std::size_t refused = 0;
    for (const auto& [name, bytes] : invalid) {
        const Outcome outcome = play(bytes);
        EXPECT_EQ(outcome.accepted, 0U) << name;
        EXPECT_NE(outcome.reason, GateReason::none) << name;
        refused += outcome.reason != GateReason::none && outcome.accepted == 0 ? 1 : 0;
        EXPECT_EQ(trickle(bytes).reason, outcome.reason) << name;
    }
    std::cout << "http1-gunicorn: " << refused << " of " << invalid.size() << " invalid refused\n";
}

TEST(Http1Gunicorn, TakesValidRequestsOrHasARuleAgainstThem) {
    const auto valid = cases("valid");
    ASSERT_FALSE(valid.empty()) << "RAADBOT_SHARED lacks suites/http1-gunicorn";
    std::size_t accepted = 0;
    std::map<GateReason, std::size_t> refused;
    for (const auto& [name, bytes] : valid) {
        const Outcome outcome = play(bytes);
        if (outcome.reason == GateReason::none) {
            ++accepted;
        } else {
            ++refused[outcome.reason];
            EXPECT_TRUE(our_rules.contains(outcome.reason))
                << name << ": " << to_string(outcome.reason);
        }
        const Outcome slowly = trickle(bytes);
        EXPECT_EQ(slowly.reason, outcome.reason) << name;
        EXPECT_EQ(slowly.accepted, outcome.accepted) << name;
    }
    std::cout << "http1-gunicorn: " << accepted << " of " << valid.size()
              << " valid accepted; refused by rule:\n";
    for (const auto& [reason, count] : refused) {
        std::cout << "  " << count << " " << to_string(reason);
        if (our_rules.contains(reason)) std::cout << " - " << our_rules.at(reason);
        std::cout << "\n";
    }
}

// Host alone makes most of the valid ones ours: the rest of them must then be taken.
TEST(Http1Gunicorn, TakesThemOnceTheyNameAHost) {
    const auto valid = cases("valid");
    ASSERT_FALSE(valid.empty()) << "RAADBOT_SHARED lacks suites/http1-gunicorn";
    std::size_t accepted = 0;
    std::size_t tried = 0;
    for (const auto& [name, bytes] : valid) {
        if (play(bytes).reason != GateReason::host_missing) continue;
        ++tried;
        std::string named = bytes;
        named.insert(named.find("\r\n") + 2, "Host: example.com\r\n");
        // Only the first request: the ones behind it lack Host too.
        Gate gate;
        if (gate.look(named) == Gate::State::complete) ++accepted;
        if (gate.state() != Gate::State::complete) {
            EXPECT_TRUE(our_rules.contains(gate.reason()))
                << name << ": " << to_string(gate.reason());
        }
    }
    std::cout << "http1-gunicorn: " << accepted << " of " << tried
              << " valid without Host accepted with one\n";
}

// The same over a socket: an invalid request is answered with an error or with nothing, the
// connection is closed, and no handler is called for it or for what stands behind it.
TEST(Http1Gunicorn, TheServerRunsNoInvalidRequest) {
    const auto invalid = cases("invalid");
    ASSERT_FALSE(invalid.empty()) << "RAADBOT_SHARED lacks suites/http1-gunicorn";
    Listener listener;
    listener.port = 0;
    listener.handler = [](const Request&) { return Response{}; };
    const auto server = Server::start({}, {listener});
    ASSERT_TRUE(server) << server.error().message;
    for (const auto& [name, bytes] : invalid) {
        const test::TcpClient client((*server)->ports().at(0));
        client.send(bytes);
        client.finish_sending();
        const std::string answer = client.until_closed();
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 5"))
            << name << answer;
    }
    EXPECT_EQ((*server)->figures().requests, 0U);
    EXPECT_EQ((*server)->figures().refused, invalid.size());
}

}  // namespace
}  // namespace raadbot::http
