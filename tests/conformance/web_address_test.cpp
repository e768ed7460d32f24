// Addresses as web-platform-tests and two lists of server-side request forgery have them: the host
// that is judged is the host that would be connected to, and no private one is ever let through.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "adapters/fetch/address_policy.hpp"
#include "adapters/http/web_url.hpp"

namespace raadbot {
namespace {

using nlohmann::json;

json suite(const std::string& name) {
    std::ifstream in(std::string(RAADBOT_SHARED_DIR) + "/suites/" + name);
    EXPECT_TRUE(in) << name;
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    // Lone surrogates are no JSON for a strict reader: browsers read them as U+FFFD.
    static const std::regex lone(R"(\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|)"
                                 R"((^|[^\\]{6})\\u[dD][c-fC-F][0-9a-fA-F]{2})");
    text = std::regex_replace(text, lone, "$1\\ufffd");
    return json::parse(text, nullptr, false);
}

bool is_web(std::string_view text) {
    return text.starts_with("http:") || text.starts_with("https:");
}

TEST(UrlConformance, HostsAreReadAsBrowsersReadThem) {
    std::size_t cases = 0;
    std::size_t same = 0;
    std::size_t same_href = 0;
    std::size_t web = 0;
    std::size_t wrongly_read = 0;
    for (const char* file : {"url-wpt/urltestdata.json", "url-wpt/ada_extra_urltestdata.json"}) {
        for (const json& one : suite(file)) {
            if (!one.is_object()) continue;
            const std::string input = one.at("input").get<std::string>();
            std::optional<http::WebUrl> base;
            const bool has_base = one.contains("base") && one["base"].is_string();
            if (has_base) base = http::parse_web_url(one["base"].get<std::string>());
            std::optional<http::WebUrl> url;
            const bool broken_base = has_base && !base && one.value("failure", false);
            if (!broken_base) url = http::parse_web_url(input, base ? &*base : nullptr);
            ++cases;
            const bool fails = one.value("failure", false) || !is_web(one.value("href", ""));
            if (fails) {  // No address, or none to fetch: both must give nothing.
                same += url ? 0U : 1U;
                wrongly_read += url ? 1U : 0U;
                EXPECT_FALSE(url) << input << " read as " << url->href();
                continue;
            }
            ++web;
            const std::string host = one.at("hostname").get<std::string>();
            if (!url) {
                // Labels that say "xn--" and are no Punycode: browsers ask the resolver, we refuse.
                EXPECT_NE(host.find("xn--"), std::string::npos) << input;
                continue;
            }
            EXPECT_EQ(url->host, host) << input;
            same += url->host == host ? 1U : 0U;
            const bool plain =
                one.value("username", "").empty() && one.value("password", "").empty();
            EXPECT_EQ(url->credentials, !plain) << input;
            std::string href = one["href"].get<std::string>();
            href = href.substr(0, href.find('#'));
            same_href += plain && url->href() == href ? 1U : 0U;
            if (plain) {
                EXPECT_EQ(url->href(), href) << input;
            } else {
                ++same_href;
            }
        }
    }
    std::printf(
        "conformance: url-wpt: %zu of %zu hosts or refusals, %zu of %zu whole addresses, "
        "%zu wrongly read\n",
        same, cases, same_href, web, wrongly_read);
}

TEST(UrlConformance, InternationalNames) {
    std::size_t cases = 0;
    std::size_t right = 0;
    std::size_t wrongly_read = 0;
    for (const char* file : {"url-wpt/toascii.json", "url-wpt/IdnaTestV2.json"}) {
        for (const json& one : suite(file)) {
            if (!one.is_object() || !one.contains("input")) continue;
            const auto url =
                http::parse_web_url("https://" + one["input"].get<std::string>() + "/x");
            ++cases;
            if (!one.contains("output") || one["output"].is_null()) {
                right += url ? 0U : 1U;
                wrongly_read += url ? 1U : 0U;
            } else {
                right += url && url->host == one["output"].get<std::string>() ? 1U : 0U;
            }
        }
    }
    std::printf("conformance: url-wpt names: %zu of %zu, %zu wrongly read\n", right, cases,
                wrongly_read);
    EXPECT_GT(cases, 2'000U);
    EXPECT_EQ(wrongly_read, 0U);
    EXPECT_GE(right * 100, cases * 97);
}

/// What fetching would do with an address before any name is asked of a resolver; what a public
/// name stands for is checked when it is connected to.
bool would_connect(const std::string& text) {
    const auto url = http::parse_web_url(text);
    if (!url || url->credentials) return false;
    if (const auto address = url->address()) return fetch::not_public(*address).empty();
    return fetch::not_public_name(url->host).empty();
}

TEST(SsrfConformance, NothingPrivateIsLetThrough) {
    std::size_t blocked = 0;
    std::size_t must = 0;
    for (const json& one : suite("ssrf/ssrfcheck_must_block.json")) {
        ++must;
        const bool lets = would_connect(one.get<std::string>());
        blocked += lets ? 0U : 1U;
        EXPECT_FALSE(lets) << one;
    }
    std::size_t passed = 0;
    std::size_t may = 0;
    for (const json& one : suite("ssrf/ssrfcheck_may_pass.json")) {
        ++may;
        passed += would_connect(one.get<std::string>()) ? 1U : 0U;
    }
    std::printf("conformance: ssrf addresses: %zu of %zu blocked, %zu of %zu harmless ones pass\n",
                blocked, must, passed, may);
    EXPECT_EQ(blocked, must);
}

TEST(SsrfConformance, AddressesAreKnownForWhatTheyAre) {
    const auto is_public = [](const json& one) {
        const std::string text = one.get<std::string>();
        const auto host =
            http::parse_host(text.find(':') == std::string::npos ? text : "[" + text + "]");
        EXPECT_TRUE(host) << text;
        if (!host) return false;
        http::WebUrl url;
        url.host = *host;
        EXPECT_TRUE(url.address()) << text;
        return url.address() && fetch::not_public(*url.address()).empty();
    };
    std::size_t wrongly_allowed = 0;
    std::size_t closed = 0;
    for (const json& one : suite("ssrf/private_ip_private.json")) {
        ++closed;
        if (!is_public(one)) continue;
        ++wrongly_allowed;
        ADD_FAILURE() << one << " would be connected to";
    }
    std::size_t reached = 0;
    std::size_t open = 0;
    for (const char* file : {"ssrf/private_ip_public.json", "ssrf/ssrfcheck_valid_ips.json"}) {
        for (const json& one : suite(file)) {
            ++open;
            reached += is_public(one) ? 1U : 0U;
        }
    }
    std::printf(
        "conformance: ssrf: %zu of %zu private addresses blocked, %zu of %zu public pass, "
        "%zu wrongly allowed\n",
        closed - wrongly_allowed, closed, reached, open, wrongly_allowed);
    EXPECT_GE(reached + 14, open) << "those that are multicast, reserved or carry an IPv4 address";
}

}  // namespace
}  // namespace raadbot
