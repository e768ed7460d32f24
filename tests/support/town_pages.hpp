// A site of any number of pages for tests and benchmarks of crawling: page n has its own text,
// links to its neighbours and children, a tag, and a date in one of the sitemaps. Pages change when
// told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"

namespace raadbot::support {

class TownPages {
public:
    /// `every_nth` page is one that change() changes.
    TownPages(std::uint64_t pages, std::uint64_t every_nth) : pages_(pages), nth_(every_nth) {}

    void set_origin(std::string origin) { origin_ = std::move(origin); }
    void change() { changed_ = true; }
    [[nodiscard]] std::uint64_t pages() const { return pages_; }
    [[nodiscard]] std::uint64_t changing() const { return pages_ / nth_; }

    [[nodiscard]] http::Response answer(const http::Request& request) const {
        if (request.path == "/robots.txt")
            return text("text/plain", "User-agent: *\nSitemap: " + origin_ + "/sitemap.xml\n");
        if (request.path == "/sitemap.xml") return text("application/xml", index());
        if (request.path.starts_with("/sitemap-")) {
            return text("application/xml", sitemap(number(request.path.substr(9))));
        }
        if (request.path == "/") return page(0, request);
        if (request.path.starts_with("/side/")) {
            const std::uint64_t n = number(request.path.substr(6));
            if (n > 0 && n < pages_) return page(n, request);
        }
        http::Response missing = text("text/html; charset=utf-8", "<h1>Siden findes ikke</h1>");
        missing.status = 404;
        return missing;
    }

private:
    static constexpr std::uint64_t per_map = 40'000;

    static std::uint64_t number(std::string_view text) {
        std::uint64_t out = 0;
        for (const char c : text) {
            if (c < '0' || c > '9') break;
            out = out * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return out;
    }
    static http::Response text(std::string type, std::string body) {
        http::Response response;
        response.content_type = std::move(type);
        response.body = std::move(body);
        return response;
    }
    [[nodiscard]] bool is_new(std::uint64_t n) const { return changed_ && n > 0 && n % nth_ == 0; }
    [[nodiscard]] std::string index() const {
        std::string out = "<?xml version=\"1.0\"?><sitemapindex>";
        for (std::uint64_t i = 0; i * per_map < pages_; ++i)
            out += "<sitemap><loc>" + origin_ + "/sitemap-" + std::to_string(i) +
                   ".xml</loc></sitemap>";
        return out + "</sitemapindex>";
    }
    [[nodiscard]] std::string sitemap(std::uint64_t map) const {
        std::string out = "<?xml version=\"1.0\"?><urlset>";
        for (std::uint64_t n = map * per_map; n < pages_ && n < (map + 1) * per_map; ++n) {
            if (n == 0) continue;
            out += "<url><loc>" + origin_ + "/side/" + std::to_string(n) + "</loc><lastmod>" +
                   (is_new(n) ? "2026-11-22" : "2026-03-04") + "</lastmod></url>";
        }
        return out + "</urlset>";
    }
    [[nodiscard]] http::Response page(std::uint64_t n, const http::Request& request) const {
        const std::string tag = "\"" + std::to_string(n) + (is_new(n) ? "-2\"" : "-1\"");
        if (request.field("If-None-Match") == tag) {
            http::Response same;
            same.status = 304;
            return same;
        }
        static constexpr std::string_view words[] = {
            "byrådet", "udvalget", "forslag", "lokalplan", "takst",     "møde",
            "skole",   "vej",      "borger",  "budget",    "bevilling", "høring",
            "frist",   "afgift",   "bilag",   "sag",       "dagtilbud", "cykelsti",
            "affald",  "vedtægt",  "formand", "referat",   "punkt",     "anlæg"};
        std::uint64_t seed = n * 0x9e3779b97f4a7c15ULL + (is_new(n) ? 1 : 0);
        const auto next = [&] {
            seed ^= seed << 13U;
            seed ^= seed >> 7U;
            seed ^= seed << 17U;
            return seed;
        };
        const std::string name = "Side " + std::to_string(n);
        std::string out = "<!doctype html><html lang=\"da\"><head><title>" + name +
                          " | Prøveby</title></head><body>"
                          "<nav><a href=\"/\">Forside</a></nav><main><h1>" +
                          name + "</h1>";
        for (int paragraph = 0; paragraph < 4; ++paragraph) {
            out += "<h2>Afsnit " + std::to_string(paragraph + 1) + "</h2><p>";
            for (int word = 0; word < 45; ++word) {
                out += words[next() % std::size(words)];
                out += word % 12 == 11 ? ". " : " ";
            }
            out += std::to_string(n) + ".</p>";
        }
        out += "<ul>";
        for (std::uint64_t child = n * 10 + 1; child <= n * 10 + 10 && child < pages_; ++child) {
            out += "<li><a href=\"/side/" + std::to_string(child) + "\">" + std::to_string(child) +
                   "</a></li>";
        }
        out += "</ul></main><footer>Prøveby Kommune</footer></body></html>";
        http::Response response = text("text/html; charset=utf-8", std::move(out));
        response.set("ETag", tag);
        return response;
    }

    std::uint64_t pages_;
    std::uint64_t nth_;
    bool changed_ = false;
    std::string origin_;
};

}  // namespace raadbot::support
