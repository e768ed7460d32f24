#include "adapters/http/gate.hpp"

#include <gtest/gtest.h>

#include <random>

namespace raadbot::http {
namespace {

using namespace std::string_view_literals;

GateReason reason_of(std::string_view bytes, GateLimits limits = {}) {
    Gate gate(limits);
    gate.look(bytes);
    return gate.reason();
}

struct Case {
    std::string_view name;
    std::string_view bytes;
    GateReason reason;
};

// Refused as soon as it can be known, and for what it is.
const Case refused[] = {
    {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", GateReason::repeated},
    {"two equal hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", GateReason::repeated},
    {"no host", "GET / HTTP/1.1\r\n\r\n", GateReason::host_missing},
    {"empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", GateReason::host_syntax},
    {"list of hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", GateReason::host_syntax},
    {"host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", GateReason::host_syntax},
    {"host with user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", GateReason::host_syntax},
    {"empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", GateReason::host_syntax},
    {"other absolute host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
     GateReason::target_mismatch},
    {"other absolute port", "GET http://a:81/ HTTP/1.1\r\nHost: a\r\n\r\n",
     GateReason::target_mismatch},
    {"other scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::target_syntax},
    {"folded", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n", GateReason::folded},
    {"folded first", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", GateReason::folded},
    {"space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", GateReason::field_name},
    {"no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", GateReason::field_name},
    {"empty name", "GET / HTTP/1.1\r\n: a\r\n\r\n", GateReason::field_name},
    {"bare LF", "GET / HTTP/1.1\nHost: a\n\n", GateReason::bare_lf},
    {"bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", GateReason::bare_cr},
    {"NUL in value", "GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n"sv, GateReason::control_byte},
    {"length twice",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
     GateReason::length_syntax},
    {"length list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx",
     GateReason::length_syntax},
    {"signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx",
     GateReason::length_syntax},
    {"hex length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx",
     GateReason::length_syntax},
    {"empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
     GateReason::length_syntax},
    {"huge length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\n",
     GateReason::body_too_large},
    {"length and coding",
     "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: "
     "chunked\r\n\r\n0\r\n\r\n",
     GateReason::length_and_coding},
    {"coding not chunked", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
     GateReason::coding},
    {"chunked not last", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n",
     GateReason::coding},
    {"chunked not alone", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
     GateReason::coding},
    {"chunked twice",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
     "chunked\r\n\r\n",
     GateReason::repeated},
    {"chunked with a vertical tab",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \vchunked\r\n\r\n",
     GateReason::control_byte},
    {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
     GateReason::coding_version},
    {"underscore", "POST / HTTP/1.1\r\nHost: a\r\nContent_Length: 3\r\n\r\n",
     GateReason::ambiguous_name},
    {"chunk without size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
     GateReason::chunk_size},
    {"chunk too long",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n",
     GateReason::chunk_end},
    {"chunk size overflow",
     "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
     GateReason::chunk_size},
    {"trailer", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n",
     GateReason::trailer},
    {"expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", GateReason::expectation},
    {"lower method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::method_unknown},
    {"trace", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::method_unknown},
    {"connect", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::method_unknown},
    {"two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::request_line},
    {"tab", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::method_syntax},
    {"version 2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", GateReason::version},
    {"lower version", "GET / http/1.1\r\nHost: a\r\n\r\n", GateReason::version},
    {"fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::target_fragment},
    {"broken escape", "GET /%4 HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::target_syntax},
    {"raw byte", "GET /\xc3\xb8 HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::target_syntax},
    {"asterisk", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::target_asterisk},
    {"empty first line", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", GateReason::empty_first_line},
};

TEST(Gate, RefusesEachForWhatItIs) {
    for (const Case& c : refused) {
        EXPECT_EQ(to_string(reason_of(c.bytes)), to_string(c.reason)) << c.name;
        EXPECT_GE(status_of(c.reason), 400U) << c.name;
    }
}

TEST(Gate, TakesWhatBrowsersAndProgramsSend) {
    const std::string_view good[] = {
        "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
        "GET /svar/a1?lang=en&q=%C3%B8 HTTP/1.1\r\nHost: [::1]:8080\r\nAccept: */*\r\n\r\n",
        "GET /?q={a}|[b]\\ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://A.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\ncontent-length: 5\r\n\r\nhello",
        "PUT /_matrix/app/v1/transactions/1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
        "Chunked\r\n\r\n"
        "5;x=\"y z\"\r\nhello\r\n0A\r\n0123456789\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Name: S\xc3\xb8ren \t\r\nX_other: b\r\n\r\n",
    };
    for (const std::string_view bytes : good) {
        Gate gate;
        EXPECT_EQ(gate.look(bytes), Gate::State::complete) << bytes << to_string(gate.reason());
        EXPECT_EQ(gate.size(), bytes.size());
    }
}

TEST(Gate, EndsEachRequestWhereItEnds) {
    const std::string first = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";
    const std::string second = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
    Gate gate;
    ASSERT_EQ(gate.look(first + second), Gate::State::complete);
    EXPECT_EQ(gate.size(), first.size());
    gate.restart();
    ASSERT_EQ(gate.look(second), Gate::State::complete);
    EXPECT_EQ(gate.size(), second.size());
}

TEST(Gate, KeepsItsLimits) {
    GateLimits limits;
    limits.request_line = 256;
    limits.field = 256;
    limits.fields = 8;
    limits.head = 1'024;
    limits.body = 100;
    const std::string start = "POST / HTTP/1.1\r\nHost: a\r\n";
    const auto line = [](std::size_t size) {
        return "GET /" + std::string(size - 14, 'a') + " HTTP/1.1";
    };
    EXPECT_EQ(reason_of(line(256) + "\r\nHost: a\r\n\r\n", limits), GateReason::none);
    EXPECT_EQ(reason_of(line(257) + "\r\nHost: a\r\n\r\n", limits), GateReason::line_too_long);
    EXPECT_EQ(reason_of(start + "X:" + std::string(254, 'b') + "\r\n\r\n", limits),
              GateReason::none);
    EXPECT_EQ(reason_of(start + "X:" + std::string(255, 'b') + "\r\n\r\n", limits),
              GateReason::field_too_long);
    std::string many = start;
    for (int i = 0; i < 7; ++i) many += "X: y\r\n";
    EXPECT_EQ(reason_of(many + "\r\n", limits), GateReason::none);
    EXPECT_EQ(reason_of(many + "X: y\r\n\r\n", limits), GateReason::too_many_fields);
    std::string large = start;
    for (int i = 0; i < 6; ++i) large += "X: " + std::string(200, 'c') + "\r\n";
    EXPECT_EQ(reason_of(large, limits), GateReason::head_too_large);
    EXPECT_EQ(reason_of(start + "Content-Length: 100\r\n\r\n", limits), GateReason::none);
    EXPECT_EQ(reason_of(start + "Content-Length: 101\r\n\r\n", limits), GateReason::body_too_large);
    const std::string chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(reason_of(chunked + "32\r\n" + std::string(50, 'd') + "\r\n33\r\n", limits),
              GateReason::body_too_large);
    EXPECT_EQ(reason_of(chunked + "1;" + std::string(200, 'e'), limits), GateReason::chunk_size);
}

TEST(Gate, BoundsWhatTinyChunksCost) {
    std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 60'000; ++i) bytes += "1\r\nx\r\n";
    Gate gate;
    EXPECT_EQ(gate.look(bytes), Gate::State::refused);
    EXPECT_EQ(gate.reason(), GateReason::body_too_large);
    EXPECT_LT(gate.size(), 200'000U);
}

TEST(Gate, AsksForTheBodyOnlyWhenThereIsOne) {
    Gate gate;
    EXPECT_EQ(
        gate.look(
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"),
        Gate::State::more);
    EXPECT_TRUE(gate.head_is_complete());
    EXPECT_TRUE(gate.awaits_continue());
    gate.restart();
    gate.look("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n");
    EXPECT_FALSE(gate.awaits_continue());
}

TEST(Gate, EndingEarlyIsRefused) {
    for (const std::string_view bytes :
         {"", "G", "GET / HTTP/1.1\r\nHost: a\r\n",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxy"}) {
        Gate gate;
        EXPECT_EQ(gate.look(bytes), Gate::State::more);
        EXPECT_EQ(gate.end(), Gate::State::refused);
        EXPECT_EQ(gate.reason(), GateReason::ended_early);
    }
}

// However the network cuts it, the verdict is the same.
TEST(Gate, CutsDoNotChangeTheVerdict) {
    constexpr unsigned seed = 20261123;
    std::mt19937 random(seed);
    const std::string_view good =
        "POST /a?b=c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
        "chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1\r\n";
    constexpr std::string_view alphabet = "\r\n\t :;,abAB019/\0\x7f\xff%#\""sv;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(good);
        for (int change = 0; change < round % 4; ++change) {
            const std::size_t at = random() % bytes.size();
            const char c = alphabet[random() % alphabet.size()];
            if (random() % 2 == 0) {
                bytes[at] = c;
            } else {
                bytes.insert(at, 1, c);
            }
        }
        Gate whole;
        whole.look(bytes);
        Gate cut;
        for (std::size_t end = 0; cut.state() == Gate::State::more && end <= bytes.size();
             end += 1 + random() % 7) {
            // A buffer of its own each time: the real one moves.
            const std::string seen = bytes.substr(0, end);
            cut.look(seen);
        }
        cut.look(bytes);
        ASSERT_EQ(cut.state(), whole.state()) << "seed " << seed << " round " << round;
        ASSERT_EQ(to_string(cut.reason()), to_string(whole.reason()))
            << "seed " << seed << " round " << round;
        if (whole.state() == Gate::State::complete) {
            ASSERT_EQ(cut.size(), whole.size());
        }
    }
}

}  // namespace
}  // namespace raadbot::http
