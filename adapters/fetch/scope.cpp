#include "adapters/fetch/scope.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "adapters/http/message.hpp"

namespace raadbot::fetch {
namespace {

/// RFC 3986 §6.2.2: upper-case escapes, and none for unreserved characters. A digit behind a '%'
/// that begins no escape stays escaped, or "%%66F" would turn into the escape "%fF".
std::string normal_escapes(std::string_view text) {
    const auto hex = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    std::size_t open_until = 0;  // Before this length, `out` could become an escape by a digit.
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || i + 2 >= text.size() || hex(text[i + 1]) < 0 ||
            hex(text[i + 2]) < 0) {
            out += text[i];
            if (text[i] == '%') open_until = out.size() + 2;
            continue;
        }
        const int value = hex(text[i + 1]) * 16 + hex(text[i + 2]);
        const char c = static_cast<char>(value);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain && (hex(c) < 0 || out.size() >= open_until)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned>(value);
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
        i += 2;
    }
    return out;
}

/// Parameters that say who came from where, or which visit it is, never what the page is.
bool is_tracking(std::string_view name) {
    static constexpr std::array<std::string_view, 15> names = {
        "fbclid",    "gclid",      "dclid",   "msclkid", "mc_cid", "mc_eid", "_ga",       "_gl",
        "phpsessid", "jsessionid", "session", "sid",     "zanpid", "igshid", "sessionid",
    };
    if (name.size() > 4 && http::same_name(name.substr(0, 4), "utm_")) return true;
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view known) { return http::same_name(name, known); });
}

std::optional<std::string> without_tracking(const std::string& query) {
    std::string out;
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto end = rest.find('&');
        const std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (pair.empty() || is_tracking(pair.substr(0, pair.find('=')))) continue;
        if (!out.empty()) out += '&';
        out += pair;
    }
    if (out.empty()) return std::nullopt;
    return out;
}

bool holds(const http::WebUrl& prefix, const http::WebUrl& url) {
    if (prefix.https != url.https || prefix.host != url.host || prefix.port != url.port)
        return false;
    if (!url.path.starts_with(prefix.path)) {
        // "/politik/" holds "/politik" too.
        return prefix.path.size() == url.path.size() + 1 && prefix.path.ends_with('/') &&
               prefix.path.starts_with(url.path);
    }
    if (prefix.query && url.query != prefix.query) return false;
    return prefix.path.ends_with('/') || url.path.size() == prefix.path.size() ||
           url.path[prefix.path.size()] == '/';
}

/// An escaped slash lets a server see another path than the one that was judged.
bool hides_a_path(const http::WebUrl& url) {
    return url.path.find("%2F") != std::string::npos || url.path.find("%5C") != std::string::npos ||
           url.path.find("%00") != std::string::npos;
}

}  // namespace

http::WebUrl plain_form(http::WebUrl url) {
    url.path = normal_escapes(url.path);
    while (true) {
        const auto session = url.path.find(";jsessionid=");
        if (session == std::string::npos) break;
        const auto end = url.path.find('/', session);
        url.path.erase(session, end == std::string::npos ? end : end - session);
    }
    if (url.query) {
        url.query = without_tracking(normal_escapes(*url.query));
    }
    return url;
}

Result<Scope> Scope::of(const std::vector<std::string>& allow,
                        const std::vector<std::string>& leave_out) {
    Scope scope;
    const auto read = [](const std::vector<std::string>& texts,
                         std::vector<http::WebUrl>& out) -> Result<void> {
        for (const std::string& text : texts) {
            const auto url = http::parse_web_url(text);
            if (!url || url->credentials || hides_a_path(plain_form(*url))) {
                return fail(ErrorCode::invalid_config,
                            "\"" + text + "\" is not an address such as https://www.x.dk/politik/");
            }
            out.push_back(plain_form(*url));
        }
        return {};
    };
    if (auto good = read(allow, scope.allow_); !good) return tl::unexpected(good.error());
    if (auto good = read(leave_out, scope.leave_out_); !good) return tl::unexpected(good.error());
    return scope;
}

bool Scope::allows(const http::WebUrl& url) const {
    if (url.credentials || hides_a_path(plain_form(url))) return false;
    const auto among = [&](const std::vector<http::WebUrl>& list) {
        return std::any_of(list.begin(), list.end(),
                           [&](const http::WebUrl& prefix) { return holds(prefix, url); });
    };
    return among(allow_) && !among(leave_out_);
}

bool Scope::same_site(const http::WebUrl& url) const {
    return !url.credentials &&
           std::any_of(allow_.begin(), allow_.end(), [&](const http::WebUrl& prefix) {
               return prefix.https == url.https && prefix.host == url.host &&
                      prefix.port == url.port;
           });
}

std::optional<http::WebUrl> Scope::canonical(std::string_view text,
                                             const http::WebUrl* base) const {
    auto url = http::parse_web_url(text, base);
    if (!url) return std::nullopt;
    *url = plain_form(std::move(*url));
    if (!url->https && url->port == 80 && !allows(*url)) {
        url->https = true;
        url->port = 443;
    }
    if (!allows(*url)) return std::nullopt;
    return url;
}

bool looks_endless(const http::WebUrl& url) {
    constexpr std::size_t longest = 1'000;
    constexpr std::size_t deepest = 20;
    if (url.path.size() + (url.query ? url.query->size() : 0) > longest) return true;
    std::map<std::string_view, int> seen;
    std::size_t depth = 0;
    std::string_view rest = url.path;
    std::string_view before;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
        if (segment.empty()) continue;
        if (++depth > deepest || ++seen[segment] > 2 || segment == before) return true;
        before = segment;
    }
    return false;
}

}  // namespace raadbot::fetch
