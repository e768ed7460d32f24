#include "adapters/fetch/page_scan.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "adapters/http/message.hpp"

namespace raadbot::fetch {
namespace {

constexpr std::size_t most_links = 10'000;
constexpr std::size_t most_in_sketch = 64;
constexpr std::size_t first_words = 400;  // Characters that say what a page is.

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool has_word(std::string_view list, std::string_view word) {
    const std::string text = " " + lower_case(list) + " ";
    std::string spaced = text;
    std::replace_if(
        spaced.begin(), spaced.end(), [](char c) { return is_space(c) || c == ','; }, ' ');
    return spaced.find(" " + std::string(word) + " ") != std::string::npos;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view what, std::size_t from) {
    for (std::size_t at = from; at + what.size() <= text.size(); ++at) {
        at = text.find(what[0], at);
        if (at == std::string_view::npos || at + what.size() > text.size()) break;
        if (http::same_name(text.substr(at, what.size()), what)) return at;
    }
    return std::string_view::npos;
}

struct Tag {
    std::string name;  ///< Lower case, "/a" for an end tag.
    std::vector<std::pair<std::string, std::string>> attributes;
    [[nodiscard]] std::string value(std::string_view name_wanted) const {
        for (const auto& [key, text] : attributes) {
            if (key == name_wanted) return text;
        }
        return {};
    }
};

/// Reads a tag that begins at html[at] == '<'; `at` ends behind it.
Tag read_tag(std::string_view html, std::size_t& at) {
    Tag tag;
    ++at;
    const std::size_t begin = at;
    while (at < html.size() && !is_space(html[at]) && html[at] != '>' &&
           (html[at] != '/' || at == begin)) {
        ++at;
    }
    tag.name = lower_case(html.substr(begin, std::min<std::size_t>(at - begin, 32)));
    constexpr std::size_t most_attributes = 64;
    while (at < html.size() && html[at] != '>') {
        if (is_space(html[at]) || html[at] == '/') {
            ++at;
            continue;
        }
        const std::size_t name_begin = at;
        while (at < html.size() && !is_space(html[at]) && html[at] != '>' && html[at] != '/' &&
               (html[at] != '=' || at == name_begin)) {
            ++at;
        }
        std::string name = lower_case(html.substr(name_begin, at - name_begin));
        while (at < html.size() && is_space(html[at])) ++at;
        std::string_view value;
        if (at < html.size() && html[at] == '=') {
            ++at;
            while (at < html.size() && is_space(html[at])) ++at;
            if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
                const auto end = html.find(html[at], at + 1);
                value = html.substr(at + 1, end == std::string_view::npos ? end : end - at - 1);
                at = end == std::string_view::npos ? html.size() : end + 1;
            } else {
                const std::size_t value_begin = at;
                while (at < html.size() && !is_space(html[at]) && html[at] != '>') ++at;
                value = html.substr(value_begin, at - value_begin);
            }
        }
        if (tag.attributes.size() < most_attributes)
            tag.attributes.emplace_back(std::move(name), entities_decoded(value));
    }
    if (at < html.size()) ++at;
    return tag;
}

/// Text until the heading's end, without the tags in it.
std::string heading_at(std::string_view html, std::size_t at) {
    constexpr std::size_t longest = 1'000;
    const std::string_view rest = html.substr(at, longest);
    const std::string_view inner = rest.substr(0, find_ignoring_case(rest, "</h1", 0));
    std::string out;
    bool in_tag = false;
    for (const char c : inner) {
        if (c == '<') in_tag = true;
        if (!in_tag) out += c;
        if (c == '>') in_tag = false;
    }
    return entities_decoded(trimmed(out));
}

/// Gathers the visible words.
class Words {
public:
    void add(std::string_view text) {
        std::size_t at = 0;
        while (at < text.size()) {
            while (at < text.size() && is_space(text[at])) ++at;
            const std::size_t begin = at;
            while (at < text.size() && !is_space(text[at])) ++at;
            if (at > begin) word(text.substr(begin, at - begin));
        }
    }
    void finish(PageScan& page) const {
        page.words = count_;
        page.text_hash = whole_;
        page.sketch.assign(smallest_.begin(), smallest_.end());
    }
    [[nodiscard]] const std::string& first() const { return first_; }

private:
    static std::uint64_t mixed(std::uint64_t value) {
        value ^= value >> 33U;
        value *= 0xff51afd7ed558ccdULL;
        value ^= value >> 33U;
        value *= 0xc4ceb9fe1a85ec53ULL;
        return value ^ value >> 33U;
    }
    void word(std::string_view text) {
        if (first_.size() < first_words) first_.append(text).append(" ");
        // FNV-1a.
        std::uint64_t hash = 0xcbf29ce484222325ULL;
        for (const char c : text) {
            hash ^= static_cast<unsigned char>(c);
            hash *= 0x100000001b3ULL;
        }
        ++count_;
        whole_ = mixed(whole_ ^ hash);
        last_[count_ % last_.size()] = hash;
        if (count_ < last_.size()) return;
        std::uint64_t shingle = 0;
        for (std::size_t i = 1; i <= last_.size(); ++i)
            shingle = mixed(shingle ^ last_[(count_ + i) % last_.size()]);
        if (smallest_.size() < most_in_sketch) {
            smallest_.insert(shingle);
        } else if (shingle < *smallest_.rbegin() && smallest_.insert(shingle).second) {
            smallest_.erase(std::prev(smallest_.end()));
        }
    }
    std::uint32_t count_ = 0;
    std::uint64_t whole_ = 0;
    std::array<std::uint64_t, 4> last_{};
    std::set<std::uint64_t> smallest_;
    std::string first_;
};

void read_meta(const Tag& tag, PageScan& page) {
    const std::string content = tag.value("content");
    if (http::same_name(tag.value("name"), "robots")) {
        page.noindex = page.noindex || has_word(content, "noindex") || has_word(content, "none");
        page.nofollow = page.nofollow || has_word(content, "nofollow") || has_word(content, "none");
    }
    if (http::same_name(tag.value("http-equiv"), "refresh")) {
        const auto url = find_ignoring_case(content, "url=", 0);
        if (url == std::string::npos) return;
        std::string_view address = trimmed(std::string_view(content).substr(url + 4));
        while (!address.empty() && (address.front() == '\'' || address.front() == '"'))
            address.remove_prefix(1);
        while (!address.empty() && (address.back() == '\'' || address.back() == '"'))
            address.remove_suffix(1);
        page.refresh = address;
    }
}

void read_link(const Tag& tag, PageScan& page) {
    const std::string rel = tag.value("rel");
    const std::string type = lower_case(tag.value("type"));
    if (has_word(rel, "canonical") && page.canonical.empty()) {
        page.canonical = trimmed(tag.value("href"));
    } else if (has_word(rel, "alternate") &&
               (type == "application/rss+xml" || type == "application/atom+xml")) {
        if (page.feeds.size() < 20) page.feeds.push_back(tag.value("href"));
    } else if (has_word(rel, "next") && page.links.size() < most_links) {
        page.links.push_back(tag.value("href"));
    }
}

bool says_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
    });
}

/// What a page says of itself in its title and its heading: banners and log-in boxes stand on good
/// pages too.
void judge(const std::string& visible, PageScan& page) {
    const std::string first = lower_case(visible);
    const std::string name = lower_case(page.title + " | " + page.heading);
    const bool nameless = page.heading.empty() && page.words < 40;
    const std::string whole = nameless ? name + " " + first : name;
    page.speaks_of_cookies =
        says_any(whole, {"cookie", "samtykke", "consent"}) &&
        says_any(first, {"accept", "tillad", "samtykke til", "godkend", "allow"});
    page.speaks_of_login = nameless || says_any(name, {"log ind", "login", "log på", "sign in",
                                                       "log in", "adgangskode"});
    page.speaks_of_not_found =
        name.starts_with("404") || page.heading.starts_with("404") ||
        says_any(whole, {"fejl 404", "404 fejl", "404-fejl", "error 404", "404 not found",
                         "page not found", "could not be found", "siden findes ikke",
                         "siden ikke fundet", "siden blev ikke fundet", "siden er ikke fundet",
                         "side ikke fundet", "siden kunne ikke findes", "siden kan ikke findes",
                         "kunne ikke finde siden", "kan ikke finde siden", "siden eksisterer ikke",
                         "siden findes desværre ikke", "siden er slettet"});
}

}  // namespace

std::string entities_decoded(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> known = {{
        {"amp", "&"},
        {"lt", "<"},
        {"gt", ">"},
        {"quot", "\""},
        {"apos", "'"},
        {"nbsp", " "},
        {"#38", "&"},
    }};
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '&') {
            out += text[i];
            continue;
        }
        const auto end = text.find(';', i);
        if (end == std::string_view::npos || end - i > 10) {
            out += '&';
            continue;
        }
        const std::string_view name = text.substr(i + 1, end - i - 1);
        const auto* const found = std::find_if(known.begin(), known.end(),
                                               [&](const auto& one) { return one.first == name; });
        if (found != known.end()) {
            out += found->second;
            i = end;
        } else if (name.size() > 1 && name[0] == '#') {
            std::uint32_t code = 0;
            const bool hex = lower(name[1]) == 'x';
            bool good = name.size() > (hex ? 2U : 1U);
            for (const char c : name.substr(hex ? 2 : 1)) {
                const char d = lower(c);
                if (d >= '0' && d <= '9') {
                    code = code * (hex ? 16 : 10) + static_cast<std::uint32_t>(d - '0');
                } else if (hex && d >= 'a' && d <= 'f') {
                    code = code * 16 + static_cast<std::uint32_t>(d - 'a' + 10);
                } else {
                    good = false;
                }
            }
            if (!good || code == 0 || code > 0x7FF) {  // Beyond two bytes no address needs it.
                out += '&';
                continue;
            }
            if (code < 0x80) {
                out += static_cast<char>(code);
            } else {
                out += static_cast<char>(0xC0U | code >> 6U);
                out += static_cast<char>(0x80U | (code & 63U));
            }
            i = end;
        } else {
            out += '&';
        }
    }
    return out;
}

PageScan scan_page(std::string_view html) {
    PageScan page;
    Words words;
    std::size_t at = 0;
    std::size_t text_from = 0;
    while (at < html.size()) {
        const auto open = html.find('<', at);
        if (open == std::string_view::npos) break;
        const char next = open + 1 < html.size() ? html[open + 1] : '\0';
        const bool letter = (lower(next) >= 'a' && lower(next) <= 'z') || next == '/';
        if (!letter && next != '!' && next != '?') {
            at = open + 1;
            continue;
        }
        words.add(html.substr(text_from, open - text_from));
        at = open;
        if (html.substr(open).starts_with("<!--")) {
            const auto end = html.find("-->", open + 4);
            at = end == std::string_view::npos ? html.size() : end + 3;
        } else if (!letter) {
            const auto end = html.find('>', open);
            at = end == std::string_view::npos ? html.size() : end + 1;
        } else {
            const Tag tag = read_tag(html, at);
            if (tag.name == "a" || tag.name == "area") {
                std::string href = tag.value("href");
                if (!href.empty() && page.links.size() < most_links &&
                    !has_word(tag.value("rel"), "nofollow"))
                    page.links.push_back(std::move(href));
            } else if (tag.name == "iframe" || tag.name == "frame") {
                std::string source = tag.value("src");
                if (!source.empty() && page.links.size() < most_links)
                    page.links.push_back(std::move(source));
            } else if (tag.name == "link") {
                read_link(tag, page);
            } else if (tag.name == "meta") {
                read_meta(tag, page);
            } else if (tag.name == "base" && page.base.empty()) {
                page.base = tag.value("href");
            } else if (tag.name == "h1" && page.heading.empty()) {
                page.heading = heading_at(html, at);
            } else if (tag.name == "input" && http::same_name(tag.value("type"), "password")) {
                page.password = true;
            } else if (tag.name == "title" || tag.name == "script" || tag.name == "style" ||
                       tag.name == "noscript" || tag.name == "template" || tag.name == "textarea") {
                // Text until their own end tag.
                const auto end = find_ignoring_case(html, "</" + tag.name, at);
                const auto stop = end == std::string_view::npos ? html.size() : end;
                if (tag.name == "title" && page.title.empty())
                    page.title = entities_decoded(trimmed(html.substr(at, stop - at)));
                at = stop;
            }
        }
        text_from = at;
    }
    if (text_from < html.size()) words.add(html.substr(text_from));
    words.finish(page);
    judge(words.first(), page);
    return page;
}

double likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    if (a.empty() || b.empty()) return 0;
    // Bottom-k estimate of the Jaccard index: of the k smallest of both, how many are in each.
    std::size_t seen = 0;
    std::size_t both = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (seen < most_in_sketch && (i < a.size() || j < b.size())) {
        ++seen;
        if (j == b.size() || (i < a.size() && a[i] < b[j])) {
            ++i;
        } else if (i == a.size() || b[j] < a[i]) {
            ++j;
        } else {
            ++both;
            ++i;
            ++j;
        }
    }
    return static_cast<double>(both) / static_cast<double>(seen);
}

Wall wall_of(const PageScan& page, const std::vector<std::uint64_t>& missing) {
    constexpr std::uint32_t few = 150;
    constexpr double same = 0.9;
    if (!missing.empty() && likeness(page.sketch, missing) >= same) return Wall::not_found;
    if (page.words < few && page.password && page.speaks_of_login) return Wall::login;
    if (page.words < few && page.speaks_of_not_found) return Wall::not_found;
    if (page.words < few && page.speaks_of_cookies) return Wall::cookies;
    return Wall::none;
}

}  // namespace raadbot::fetch
