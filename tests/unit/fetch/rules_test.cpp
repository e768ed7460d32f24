// The pure parts of fetching: what is approved, what an address is, what a page says of itself.
#include <gtest/gtest.h>
#include <zlib.h>

#include "adapters/fetch/address_policy.hpp"
#include "adapters/fetch/decode.hpp"
#include "adapters/fetch/page_scan.hpp"
#include "adapters/fetch/robots.hpp"
#include "adapters/fetch/scope.hpp"
#include "adapters/fetch/sitemap.hpp"

namespace raadbot::fetch {
namespace {

std::string packed(std::string_view text, int window) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

TEST(AddressPolicy, OnlyPublicAddressesAndOpenedNetworks) {
    const auto address = [](const char* text) { return http::parse_address(text).value(); };
    const AddressPolicy strict;
    for (const char* text : {"127.0.0.1",
                             "10.1.2.3",
                             "172.31.0.1",
                             "192.168.1.1",
                             "169.254.169.254",
                             "100.64.0.1",
                             "0.0.0.0",
                             "224.0.0.1",
                             "255.255.255.255",
                             "168.63.129.16",
                             "::1",
                             "::",
                             "fe80::1",
                             "fd00:ec2::254",
                             "fc00::1",
                             "ff02::1",
                             "::ffff:127.0.0.1",
                             "::ffff:169.254.169.254",
                             "64:ff9b::7f00:1",
                             "2002:7f00:1::",
                             "2001:0:1::",
                             "2001:db8::1",
                             "::127.0.0.1"}) {
        EXPECT_NE(strict.refusal(address(text)), "") << text;
    }
    for (const char* text : {"8.8.8.8", "185.15.58.224", "2a00:1450:4005::", "::ffff:8.8.8.8"})
        EXPECT_EQ(strict.refusal(address(text)), "") << text;

    const auto opened = AddressPolicy::with_private({"10.20.0.0/16", "127.0.0.1"});
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->refusal(address("10.20.3.4")), "");
    EXPECT_EQ(opened->refusal(address("127.0.0.1")), "");
    EXPECT_NE(opened->refusal(address("10.21.0.1")), "");
    EXPECT_NE(opened->refusal(address("127.0.0.2")), "");
    EXPECT_NE(opened->refusal(address("169.254.169.254")), "");
    for (const char* wrong : {"0.0.0.0/0", "169.254.169.254", "10.0.0.0/7", "::/0", "8.8.8.8",
                              "fe80::/10", "intranet"}) {
        EXPECT_FALSE(AddressPolicy::with_private({wrong})) << wrong;
    }
}

TEST(Scope, HoldsPrefixesWholeAndNothingBeside) {
    const auto scope =
        Scope::of({"https://www.x.dk/politik", "https://www.x.dk:8443/", "http://old.x.dk/a/"},
                  {"https://www.x.dk/politik/arkiv/"});
    ASSERT_TRUE(scope);
    const auto allows = [&](const char* text) {
        const auto url = http::parse_web_url(text);
        return url && scope->allows(*url);
    };
    for (const char* good : {"https://www.x.dk/politik", "https://www.x.dk/politik/a?b=c",
                             "https://WWW.X.DK/politik/", "https://www.x.dk:8443/anything",
                             "http://old.x.dk/a", "https://www.x.dk/a/../politik/b"}) {
        EXPECT_TRUE(allows(good)) << good;
    }
    for (const char* bad :
         {"https://www.x.dk/politikere", "https://www.x.dk/", "http://www.x.dk/politik",
          "https://x.dk/politik", "https://www.x.dk.evil.dk/politik",
          "https://www.x.dk@evil.dk/politik", "https://user@www.x.dk/politik",
          "https://www.x.dk/politik/../admin", "https://www.x.dk/politik/%2e%2e/admin",
          "https://www.x.dk/politik/..%2fadmin", "https://www.x.dk/politik/arkiv/1",
          "https://www.x.dk/politik/arkiv", "file:///etc/passwd",
          "https://www.x.dk/politik/..\\..\\admin"}) {
        EXPECT_FALSE(allows(bad)) << bad;
    }
}

TEST(Scope, GivesOneSpelling) {
    const auto scope = Scope::of({"https://www.børn.dk/"});
    ASSERT_TRUE(scope);
    const auto base = http::parse_web_url("https://www.xn--brn-0na.dk/a/b/?x=1");
    const auto spelled = [&](const char* text) {
        const auto url = scope->canonical(text, &*base);
        return url ? url->href() : std::string("none");
    };
    EXPECT_EQ(spelled("../c#top"), "https://www.xn--brn-0na.dk/a/c");
    EXPECT_EQ(spelled("http://www.BØRN.dk/%7Ea%c3%b8"), "https://www.xn--brn-0na.dk/~a%C3%B8");
    EXPECT_EQ(spelled("?utm_source=x&id=7&fbclid=1"), "https://www.xn--brn-0na.dk/a/b/?id=7");
    EXPECT_EQ(spelled("/s;jsessionid=ABC/t"), "https://www.xn--brn-0na.dk/s/t");
    EXPECT_EQ(spelled("mailto:a@b.dk"), "none");
    EXPECT_EQ(spelled("javascript:alert(1)"), "none");
    EXPECT_EQ(spelled("//evil.dk/"), "none");
}

TEST(Scope, PlainFormsStayAsTheyAre) {
    // A decoded digit may not complete an escape, nor one visit's number leave another's behind.
    for (const char* text :
         {"https://www.x.dk/%%66F", "https://www.x.dk/%6%46", "https://www.x.dk/%%36%46",
          "https://www.x.dk/a;jsessionid=1/;jsessionid=2", "https://www.x.dk/?q=%%66F"}) {
        const auto url = http::parse_web_url(text);
        ASSERT_TRUE(url) << text;
        const auto once = plain_form(*url);
        EXPECT_EQ(plain_form(once), once) << text;
    }
    EXPECT_EQ(plain_form(*http::parse_web_url("https://www.x.dk/%7Ea/%%66F")).path, "/~a/%%66F");
}

TEST(Scope, KnowsEndlessPaths) {
    const auto endless = [](const std::string& path) {
        return looks_endless(*http::parse_web_url("https://x.dk" + path));
    };
    EXPECT_FALSE(endless("/politik/udvalg/2026/03/punkt-4"));
    EXPECT_TRUE(endless("/a/b/a/b/a/b"));
    EXPECT_TRUE(endless("/kalender/kalender/"));
    EXPECT_TRUE(endless("/" + std::string(1'200, 'a')));
}

TEST(Decode, UnpacksWithinLimits) {
    const std::string text(100'000, 'x');
    for (const int window : {15 + 16, 15, -15}) {
        const auto plain = inflate(packed(text, window), {});
        ASSERT_TRUE(plain) << window;
        EXPECT_EQ(*plain, text);
    }
    const std::string bomb = packed(std::string(50U << 20U, '\0'), 15 + 16);
    EXPECT_LT(bomb.size(), 100'000U);
    EXPECT_EQ(inflate(bomb, {}).error().code, ErrorCode::too_large);
    EXPECT_EQ(inflate(packed(text, 31), {.bytes = 1'000}).error().code, ErrorCode::too_large);
    const std::string whole = packed(text, 31);
    EXPECT_EQ(inflate(whole.substr(0, whole.size() / 2), {}).error().code, ErrorCode::unreadable);
    EXPECT_FALSE(inflate("no gzip at all", {}));
    EXPECT_EQ(*inflate(packed("a", 31) + packed("b", 31), {}), "ab");
}

TEST(Decode, ReadsTheHeadersCharset) {
    EXPECT_EQ(media_type("Text/HTML ; charset=x"), "text/html");
    EXPECT_EQ(charset_of("text/html; charset=\"ISO-8859-1\"; x=y"), "iso-8859-1");
    EXPECT_EQ(to_utf8("bl\xE5 \x80", "iso-8859-1"), "blå €");
    EXPECT_EQ(to_utf8("\xA4", "iso-8859-15"), "€");
    EXPECT_EQ(to_utf8("blå", "iso-8859-1"), "blå") << "a wrong header does not spoil good UTF-8";
    EXPECT_EQ(to_utf8(std::string("\xE5\0\xF8\0", 4), "utf-16le"), "åø");
    EXPECT_EQ(to_utf8("bl\xE5", "utf-8"), "bl\xE5") << "left to the page's own <meta>";
}

TEST(PageScan, FindsWhereAPageLeads) {
    const PageScan page = scan_page(
        "<!doctype html><html><head><title> Møde &amp; mad </title>"
        "<base href='/rod/'><LINK REL=\"Canonical\" HREF=/side>"
        "<link rel=alternate type='application/rss+xml' href='/nyt.rss'>"
        "<meta name=ROBOTS content='NoIndex, follow'></head><body>"
        "<!-- <a href='/kommentar'> --><script>'<a href=\"/script\">'</script>"
        "<a class=x href = 'a?b=1&amp;c=2'>1</a><A HREF=\"/to\">2</A><a rel=nofollow "
        "href=/nej>3</a>"
        "<area href=kort><iframe src='/ramme'></iframe><a>intet</a><a href='uden slut");
    EXPECT_EQ(page.title, "Møde & mad");
    EXPECT_EQ(page.base, "/rod/");
    EXPECT_EQ(page.canonical, "/side");
    EXPECT_EQ(page.feeds, std::vector<std::string>{"/nyt.rss"});
    EXPECT_TRUE(page.noindex);
    EXPECT_FALSE(page.nofollow);
    EXPECT_EQ(page.links,
              (std::vector<std::string>{"a?b=1&c=2", "/to", "kort", "/ramme", "uden slut"}));
}

std::string long_text(const char* word) {
    std::string out = "<p>";
    for (int i = 0; i < 300; ++i) out += std::string(word) + std::to_string(i % 97) + " ";
    return out + "</p>";
}

TEST(PageScan, TellsWallsFromPages) {
    const auto wall = [](const std::string& html, const std::vector<std::uint64_t>& missing = {}) {
        return wall_of(scan_page(html), missing);
    };
    const std::string page = "<title>Takster</title>" + long_text("takst");
    EXPECT_EQ(wall(page), Wall::none);
    EXPECT_EQ(wall("<title>404</title><p>Siden findes ikke"), Wall::not_found);
    EXPECT_EQ(wall("<h1>Siden blev ikke fundet</h1>"), Wall::not_found);
    EXPECT_EQ(wall("<form><input type=PASSWORD></form>"), Wall::login);
    EXPECT_EQ(wall("<p>Vi bruger cookies. <button>Tillad alle</button>"), Wall::cookies);
    EXPECT_EQ(wall("<title>Cookies</title><h1>Cookies</h1><p>Vi bruger cookies. Accepter." + page),
              Wall::none)
        << "a long page about cookies is a page";
    EXPECT_EQ(wall("<title>Lokalplan 404</title><h1>Lokalplan 404 Havnen</h1><p>Kort tekst."),
              Wall::none);
    EXPECT_EQ(
        wall("<title>Genbrug</title><div>Vi bruger cookies <button>Accepter alle</button></div>"
             "<h1>Genbrugspladsen</h1><p>Har åbent alle dage.<input type=password>"),
        Wall::none)
        << "a banner and a log-in box on a short page";
    EXPECT_EQ(wall("<p>Bestyrelsen i hegnssynet består af tre medlemmer."), Wall::none);
    const auto missing = scan_page("<title>Ups</title>" + long_text("ups") + "/findes-ikke").sketch;
    EXPECT_EQ(wall("<title>Ups</title>" + long_text("ups") + "/gammel-side", missing),
              Wall::not_found);
    EXPECT_EQ(wall(page, missing), Wall::none);
}

TEST(Sitemap, ReadsSitemapsIndexesAndFeeds) {
    const auto read = [](std::string_view xml) {
        std::string out;
        read_list(xml, [&](const Listed& entry) {
            const char* kinds[] = {"page", "sitemap", "news"};
            out += std::string(kinds[static_cast<int>(entry.kind)]) + " " + entry.address + " " +
                   entry.changed + "\n";
            return true;
        });
        return out;
    };
    EXPECT_EQ(read("<?xml version='1.0'?><urlset><url><loc> https://x.dk/a?b=1&amp;c=2 </loc>"
                   "<lastmod>2026-01-02</lastmod><image:image><image:loc>https://x.dk/i.jpg"
                   "</image:loc></image:image></url><!-- <url><loc>no</loc></url> -->"
                   "<url><loc><![CDATA[https://x.dk/b]]></loc></url><url><loc>cut"),
              "page https://x.dk/a?b=1&c=2 2026-01-02\npage https://x.dk/b \n");
    EXPECT_EQ(read("<sitemapindex><sitemap><loc>https://x.dk/1.xml.gz</loc></sitemap>"),
              "sitemap https://x.dk/1.xml.gz \n");
    EXPECT_EQ(read("<rss><channel><link>https://x.dk/</link><item><title>t</title>"
                   "<link>https://x.dk/nyt</link></item></channel></rss>"),
              "news https://x.dk/nyt \n");
    EXPECT_EQ(read("<feed><link href='https://x.dk/'/><entry><link rel='self' href='no'/>"
                   "<link href=\"https://x.dk/e\"/><updated>2026-03-04</updated></entry></feed>"),
              "news https://x.dk/e 2026-03-04\n");
}

TEST(Robots, TakesTheOwnGroupAndItsDelay) {
    const Robots robots(
        "User-agent: *\nDisallow: /\nUser-agent: raadbot\nCrawl-delay: 2.5\nDisallow: /intern/*$\n"
        "Allow: /intern/aaben\nSitemap: https://x.dk/s.xml\n",
        "Raadbot");
    EXPECT_TRUE(robots.allows("/"));
    EXPECT_FALSE(robots.allows("/intern/x"));
    EXPECT_TRUE(robots.allows("/intern/aaben"));
    EXPECT_EQ(robots.delay(), std::chrono::milliseconds(2'500));
    EXPECT_EQ(robots.sitemaps(), std::vector<std::string>{"https://x.dk/s.xml"});
    EXPECT_FALSE(Robots::disallow_all().allows("/x"));
    EXPECT_TRUE(Robots::disallow_all().allows("/robots.txt"));
}

TEST(Robots, ManyStarsCostLittle) {
    std::string rule;
    for (int i = 0; i < 2'000; ++i) rule += "*a";
    const Robots robots("user-agent: *\ndisallow: /" + rule + "b$\n", "Raadbot");
    EXPECT_TRUE(robots.allows("/" + std::string(20'000, 'a')));
}

}  // namespace
}  // namespace raadbot::fetch
