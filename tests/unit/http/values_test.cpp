#include <gtest/gtest.h>

#include "adapters/http/forwarded.hpp"
#include "adapters/http/options.hpp"
#include "adapters/http/security.hpp"
#include "adapters/http/url.hpp"

namespace raadbot::http {
namespace {

Request through(std::string peer, std::vector<Field> fields, std::vector<std::string> trusted) {
    std::vector<Network> networks;
    for (const std::string& one : trusted) networks.push_back(*parse_network(one));
    Request request;
    request.fields = std::move(fields);
    set_client(request, *parse_address(peer), networks);
    return request;
}

TEST(Forwarded, IsNotBelievedFromStrangers) {
    const Request request = through("203.0.113.5",
                                    {{"Host", "A.example"},
                                     {"X-Forwarded-For", "1.2.3.4"},
                                     {"X-Forwarded-Proto", "https"},
                                     {"X-Forwarded-Host", "evil.example"}},
                                    {"127.0.0.1"});
    EXPECT_EQ(request.client, "203.0.113.5");
    EXPECT_EQ(request.scheme, "http");
    EXPECT_EQ(request.host, "a.example");
}

TEST(Forwarded, GoesBackAsFarAsOurProxiesReach) {
    const Request request = through("127.0.0.1",
                                    {{"X-Forwarded-For", "6.6.6.6, 198.51.100.7"},
                                     {"x-forwarded-for", "10.1.2.3"},
                                     {"X-Forwarded-Proto", "https"},
                                     {"X-Forwarded-Host", "spoerg.example"}},
                                    {"127.0.0.1", "10.0.0.0/8"});
    EXPECT_EQ(request.client,
              "198.51.100.7");  // What the asker wrote before it counts for nothing.
    EXPECT_EQ(request.scheme, "https");
    EXPECT_EQ(request.host, "spoerg.example");
}

TEST(Forwarded, StopsAtWhatIsNoAddress) {
    EXPECT_EQ(through("127.0.0.1", {{"X-Forwarded-For", "1.2.3.4, unknown"}}, {"127.0.0.1"}).client,
              "127.0.0.1");
    EXPECT_EQ(through("127.0.0.1", {{"X-Forwarded-For", ""}}, {"127.0.0.1"}).client, "127.0.0.1");
}

TEST(Forwarded, NetworksHoldTheirAddresses) {
    EXPECT_TRUE(parse_network("10.0.0.0/8")->holds(*parse_address("10.255.0.1")));
    EXPECT_FALSE(parse_network("10.0.0.0/8")->holds(*parse_address("11.0.0.1")));
    EXPECT_TRUE(parse_network("192.0.2.128/25")->holds(*parse_address("192.0.2.200")));
    EXPECT_FALSE(parse_network("192.0.2.128/25")->holds(*parse_address("192.0.2.100")));
    EXPECT_TRUE(parse_network("fd00::/8")->holds(*parse_address("fdff::1")));
    EXPECT_TRUE(parse_network("::ffff:10.0.0.1")->holds(*parse_address("10.0.0.1")));
    for (const char* bad :
         {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "fd00::/129", "a", "1.2.3.4/x"}) {
        EXPECT_FALSE(parse_network(bad)) << bad;
    }
    EXPECT_EQ(asker_key(*parse_address("2001:db8:1:2:3::4")),
              asker_key(*parse_address("2001:db8:1:2::9")));
    EXPECT_NE(asker_key(*parse_address("2001:db8:1:2::1")),
              asker_key(*parse_address("2001:db8:1:3::1")));
    EXPECT_NE(asker_key(*parse_address("192.0.2.1")), asker_key(*parse_address("192.0.2.2")));
}

TEST(Url, FormsAreDecodedOrRefused) {
    const auto form = parse_form("q=hvad+er+%C3%B8&previous=a%26b&previous=c&empty=&alone");
    ASSERT_TRUE(form);
    EXPECT_EQ(value_of(*form, "q"), "hvad er ø");
    EXPECT_EQ((*form)[1].second, "a&b");
    EXPECT_EQ((*form)[2].second, "c");
    EXPECT_EQ(value_of(*form, "alone"), "");
    for (const char* bad : {"q=%", "q=%4", "q=%zz", "q=%00", "q=%C3", "q=%FF", "q=%ED%A0%80"}) {
        EXPECT_FALSE(parse_form(bad)) << bad;
    }
    EXPECT_FALSE(parse_form("a&a&a&a", 3));
}

TEST(Url, EncodingComesBack) {
    std::string all;
    for (int c = 1; c < 256; ++c) all += static_cast<char>(c);
    EXPECT_EQ(percent_decoded(percent_encoded(all)), all);
    EXPECT_EQ(percent_encoded("a/ø"), "a%2F%C3%B8");
}

TEST(Url, Utf8IsWellFormed) {
    EXPECT_TRUE(is_utf8("æøå €𝄞"));
    for (const char* bad : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                            "\xf4\x90\x80\x80", "a\xff"}) {
        EXPECT_FALSE(is_utf8(bad));
    }
}

TEST(Security, DefaultsFillInAndDoNotReplace) {
    Response response;
    response.set("cache-control", "public");
    set_default_security(response);
    int cache = 0;
    bool sniff = false;
    for (const Field& field : response.fields) {
        cache += same_name(field.name, "Cache-Control") ? 1 : 0;
        sniff = sniff || field.value == "nosniff";
    }
    EXPECT_EQ(cache, 1);
    EXPECT_TRUE(sniff);
}

TEST(Security, PoliciesHoldNothingInline) {
    EXPECT_EQ(page_policy().find("unsafe"), std::string::npos);
    EXPECT_NE(page_policy().find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_NE(page_policy({"https://www.a.dk"}).find("frame-ancestors https://www.a.dk"),
              std::string::npos);
    for (const char* good : {"https://www.a.dk", "http://localhost:8098", "https://*.a.dk"}) {
        EXPECT_TRUE(is_frame_ancestor(good)) << good;
    }
    for (const char* bad : {"*", "https://*", "https://a b", "https://a;script-src *", "https://a/",
                            "a.dk", "https://"}) {
        EXPECT_FALSE(is_frame_ancestor(bad)) << bad;
    }
}

TEST(Options, NameWhatIsOutOfRange) {
    EXPECT_TRUE(check(ServerOptions{}));
    ServerOptions options;
    options.handler_threads = 0;
    const auto result = check(options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::invalid_config);
    EXPECT_NE(result.error().message.find("handler_threads must be from 1 to 256"),
              std::string::npos);
    ServerOptions proxies;
    proxies.trusted_proxies = {"localhost"};
    EXPECT_FALSE(check(proxies));
    ServerOptions negative;
    negative.idle_time = std::chrono::milliseconds(-1);
    EXPECT_FALSE(check(negative));
}

}  // namespace
}  // namespace raadbot::http
