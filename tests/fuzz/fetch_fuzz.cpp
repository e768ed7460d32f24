// What the web sends, through every reader of fetching: addresses, robots.txt, sitemaps and feeds,
// pages, headers, packed bodies.
#include <cstdlib>
#include <string>

#include "adapters/fetch/decode.hpp"
#include "adapters/fetch/page_scan.hpp"
#include "adapters/fetch/robots.hpp"
#include "adapters/fetch/scope.hpp"
#include "adapters/fetch/session.hpp"
#include "adapters/fetch/sitemap.hpp"

namespace {

using namespace raadbot;

void require(bool holds) {
    if (!holds) std::abort();
}

void addresses(const std::string& text) {
    static const http::WebUrl base = *http::parse_web_url("https://www.x.dk/a/b?c");
    static const fetch::Scope scope = *fetch::Scope::of({"https://www.x.dk/a/"});
    for (const http::WebUrl* from : {static_cast<const http::WebUrl*>(nullptr), &base}) {
        const auto url = http::parse_web_url(text, from);
        if (!url) continue;
        auto again = http::parse_web_url(url->href());
        require(again.has_value());
        again->credentials = url->credentials;
        require(*again == *url);
        const auto plain = fetch::plain_form(*url);
        require(fetch::plain_form(plain) == plain);
        (void)fetch::looks_endless(*url);
        if (scope.allows(*url)) require(url->host == "www.x.dk" && url->path.starts_with("/a"));
    }
    if (const auto url = scope.canonical(text, &base)) require(scope.allows(*url));
}

void responses(const std::string& text) {
    fetch::Fetched response;
    for (const char* name : {"Retry-After", "Content-Type", "Set-Cookie"})
        response.fields.push_back({name, text});
    if (const auto wait = fetch::retry_after(response)) require(wait->count() >= 0);
    (void)fetch::media_type(text);
    (void)fetch::to_utf8(text, fetch::charset_of(text));
    for (const char* charset : {"utf-16le", "utf-16be", "iso-8859-1", "latin9"})
        (void)fetch::to_utf8(text, charset);
    constexpr std::size_t most = 1U << 20U;
    if (const auto out = fetch::inflate(text, {.bytes = most})) require(out->size() <= most);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    addresses(text);
    responses(text);
    const std::string escaped = fetch::robots_escaped(text);
    require(fetch::robots_escaped(escaped) == escaped);
    const fetch::Robots robots(text, "Raadbot");
    (void)robots.allows(text);
    (void)robots.allows("/a/b?c");
    std::size_t visits = 0;
    const std::size_t count = fetch::read_list(text, [&](const fetch::Listed& entry) {
        require(!entry.address.empty());
        ++visits;
        return true;
    });
    require(count == visits);
    const fetch::PageScan page = fetch::scan_page(text);
    const double self = fetch::likeness(page.sketch, page.sketch);
    require(page.sketch.empty() ? self == 0 : self == 1);
    (void)fetch::wall_of(page, page.sketch);
    return 0;
}
