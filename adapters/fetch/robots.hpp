// robots.txt as RFC 9309 has it, and the Crawl-delay and Sitemap lines that many sites add. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::fetch {

class Robots {
public:
    /// Allows everything: no robots.txt.
    Robots() = default;
    /// The rules for the crawler named `agent` ("Raadbot"): its own groups joined, else those for
    /// "*". Reads at most 500 KiB (§2.5).
    Robots(std::string_view text, std::string_view agent);
    /// Nothing at all: the file could not be fetched because of the server (§2.3.1.4).
    [[nodiscard]] static Robots disallow_all();

    /// `target`: path and query of an address, percent-encoded. The longest matching rule wins,
    /// Allow on a tie. /robots.txt itself is always allowed.
    [[nodiscard]] bool allows(std::string_view target) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> delay() const { return delay_; }
    [[nodiscard]] const std::vector<std::string>& sitemaps() const { return sitemaps_; }

private:
    struct Rule {
        std::string pattern;
        bool allow = false;
    };
    std::vector<Rule> rules_;
    std::optional<std::chrono::milliseconds> delay_;
    std::vector<std::string> sitemaps_;
};

/// Whether a product token is one that robots.txt can name: letters, "-" and "_" (§2.2.1).
[[nodiscard]] bool is_product_token(std::string_view agent);

/// Bytes beyond ASCII as escapes and escapes in upper case, so that rule and address compare
/// (§2.2.2).
[[nodiscard]] std::string robots_escaped(std::string_view path);

}  // namespace raadbot::fetch
