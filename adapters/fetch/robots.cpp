#include "adapters/fetch/robots.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/message.hpp"

namespace raadbot::fetch {
namespace {

constexpr std::size_t most_bytes = 500U * 1024U;
constexpr std::size_t most_rules = 10'000;
constexpr std::size_t longest_line = 16'664;  // As Google's reader: what is beyond is cut off.

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\v\f";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string_view product_of(std::string_view value) {
    std::size_t end = 0;
    while (end < value.size() && is_product_token(value.substr(end, 1))) ++end;
    return value.substr(0, end);
}

/// '*' stands for anything, '$' at the end for the end. Linear in time for each star.
bool matches(std::string_view pattern, std::string_view path) {
    const bool anchored = pattern.ends_with('$');
    if (anchored) pattern.remove_suffix(1);
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t mark = 0;
    while (true) {
        if (p == pattern.size() && (!anchored || t == path.size())) return true;
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && t < path.size() && pattern[p] == path[t]) {
            ++p;
            ++t;
        } else {
            if (star == std::string_view::npos || mark == path.size()) return false;
            p = star + 1;
            t = ++mark;
        }
    }
}

struct Line {
    std::string_view key;
    std::string_view value;
};

/// "key: value"; a missing colon between two words is forgiven.
std::optional<Line> split(std::string_view line) {
    line = trimmed(line.substr(0, line.find('#')));
    auto colon = line.find(':');
    if (colon == std::string_view::npos) {
        colon = line.find_first_of(" \t");
        if (colon == std::string_view::npos) return std::nullopt;
        const std::string_view value = trimmed(line.substr(colon));
        if (value.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
    }
    return Line{trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))};
}

}  // namespace

bool is_product_token(std::string_view agent) {
    return !agent.empty() && std::all_of(agent.begin(), agent.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

std::string robots_escaped(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto byte = static_cast<unsigned char>(path[i]);
        if (path[i] == '%' && i + 2 < path.size() && is_hex(path[i + 1]) && is_hex(path[i + 2])) {
            out += '%';
            for (const char c : path.substr(i + 1, 2))
                out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
            i += 2;
        } else if (byte >= 0x80) {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        } else {
            out += path[i];
        }
    }
    return out;
}

Robots Robots::disallow_all() {
    Robots robots;
    robots.rules_.push_back({"/", false});
    return robots;
}

Robots::Robots(std::string_view text, std::string_view agent) {
    text = text.substr(0, most_bytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Robots own;
    Robots any;
    bool own_found = false;
    bool in_own = false;
    bool in_any = false;
    bool in_rules = true;  // The next User-agent line begins a new group.
    while (!text.empty()) {
        const auto end = text.find_first_of("\r\n");
        std::string_view raw = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const auto line = split(raw.substr(0, longest_line));
        if (!line) continue;
        const auto is = [&](std::string_view name) { return http::same_name(line->key, name); };
        if (is("user-agent") || is("useragent") || is("user agent")) {
            if (in_rules) in_own = in_any = false;
            in_rules = false;
            if (line->value == "*" || line->value.starts_with("* ")) {
                in_any = true;
            } else if (const auto product = product_of(line->value);
                       !product.empty() && http::same_name(product, agent)) {
                in_own = own_found = true;
            }
        } else if (is("sitemap") || is("site-map")) {
            if (sitemaps_.size() < 100) sitemaps_.emplace_back(line->value);
        } else if (is("allow") || is("disallow") || is("dissallow") || is("dissalow") ||
                   is("disalow") || is("diasllow") || is("disallaw")) {
            in_rules = true;
            if (line->value.empty()) continue;
            const Rule rule{robots_escaped(line->value), is("allow")};
            if (in_own && own.rules_.size() < most_rules) own.rules_.push_back(rule);
            if (in_any && any.rules_.size() < most_rules) any.rules_.push_back(rule);
        } else if (is("crawl-delay")) {
            in_rules = true;
            double seconds = 0;
            const char* const last = line->value.data() + line->value.size();
            const auto read = std::from_chars(line->value.data(), last, seconds);
            if (read.ec != std::errc{} || !(seconds >= 0) || seconds > 86'400) continue;
            const std::chrono::milliseconds delay{static_cast<std::int64_t>(seconds * 1000)};
            if (in_own) own.delay_ = delay;
            if (in_any) any.delay_ = delay;
        }
    }
    Robots& chosen = own_found ? own : any;
    rules_ = std::move(chosen.rules_);
    delay_ = chosen.delay_;
}

bool Robots::allows(std::string_view target) const {
    if (target == "/robots.txt") return true;
    std::string path(target.empty() ? "/" : target);
    for (std::size_t i = path.find('%'); i != std::string::npos; i = path.find('%', i + 1)) {
        for (std::size_t k = i + 1; k < std::min(i + 3, path.size()); ++k)
            path[k] = path[k] >= 'a' && path[k] <= 'f' ? static_cast<char>(path[k] - 32) : path[k];
    }
    std::size_t longest = 0;
    bool allow = true;
    for (const Rule& rule : rules_) {
        if (rule.pattern.size() < longest) continue;
        if (rule.pattern.size() == longest && (allow || !rule.allow)) continue;
        if (!matches(rule.pattern, path)) continue;
        longest = rule.pattern.size();
        allow = rule.allow;
    }
    return allow;
}

}  // namespace raadbot::fetch
