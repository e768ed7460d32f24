#include "adapters/http/web_url.hpp"

#include <unicode/uidna.h>

#include <algorithm>
#include <array>
#include <vector>

namespace raadbot::http {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Percent-decodes what is well-formed and leaves the rest, as the standard has it.
std::string leniently_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
            hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void append_encoded(std::string& out, std::string_view text, std::string_view also) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || also.find(c) != std::string_view::npos) {
            out += {'%', hex_digits[byte >> 4U], hex_digits[byte & 15U]};
        } else {
            out += c;
        }
    }
}

// IPv4 ------------------------------------------------------------------------------------------

/// A part of an IPv4 address: decimal, 0x hexadecimal or 0 octal. Larger than 32 bits gives 2^32.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    unsigned radix = 10;
    if (text.size() >= 2 && text[0] == '0' && lower(text[1]) == 'x') {
        radix = 16;
        text.remove_prefix(2);
    } else if (text.size() >= 2 && text[0] == '0') {
        radix = 8;
        text.remove_prefix(1);
    }
    constexpr std::uint64_t most = 1ULL << 32U;
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = hex_value(c);
        if (digit < 0 || static_cast<unsigned>(digit) >= radix) return std::nullopt;
        value = std::min(most, value * radix + static_cast<unsigned>(digit));
    }
    return value;
}

std::vector<std::string_view> labels_of(std::string_view host) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto dot = host.find('.');
        parts.push_back(host.substr(0, dot));
        if (dot == std::string_view::npos) break;
        host.remove_prefix(dot + 1);
    }
    if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
    return parts;
}

bool ends_in_a_number(std::string_view host) {
    const std::string_view last = labels_of(host).back();
    if (last.empty()) return false;
    if (std::all_of(last.begin(), last.end(), is_digit)) return true;
    return last.size() >= 2 && last[0] == '0' && lower(last[1]) == 'x' &&
           ipv4_number(last).has_value();
}

std::optional<std::string> ipv4(std::string_view host) {
    const auto parts = labels_of(host);
    if (parts.size() > 4) return std::nullopt;
    std::uint64_t address = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto number = ipv4_number(parts[i]);
        if (!number) return std::nullopt;
        const bool last = i + 1 == parts.size();
        const std::uint64_t limit = last ? 1ULL << (8U * (5U - parts.size())) : 256;
        if (*number >= limit) return std::nullopt;
        address += last ? *number : *number << (8U * (3U - i));
    }
    std::string out;
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        if (!out.empty()) out += '.';
        out += std::to_string((address >> (shift - 8U)) & 255U);
    }
    return out;
}

// IPv6 ------------------------------------------------------------------------------------------

std::string ipv6_text(const Address& address) {
    std::array<unsigned, 8> pieces{};
    for (std::size_t i = 0; i < 8; ++i)
        pieces[i] = static_cast<unsigned>(address[2 * i]) << 8U | address[2 * i + 1];
    std::size_t from = 8;
    std::size_t longest = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t length = 0;
        while (i + length < 8 && pieces[i + length] == 0) ++length;
        if (length > longest) {
            from = i;
            longest = length;
        }
        i += length;
    }
    std::string out = "[";
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == from) {
            out += i == 0 ? "::" : ":";
            i += longest - 1;
            continue;
        }
        bool begun = false;
        for (unsigned shift = 16; shift > 0; shift -= 4) {
            const unsigned digit = (pieces[i] >> (shift - 4U)) & 15U;
            if (digit != 0 || begun || shift == 4) {
                out += lower(hex_digits[digit]);
                begun = true;
            }
        }
        if (i < 7) out += ':';
    }
    return out + "]";
}

std::optional<std::string> ipv6(std::string_view text) {
    // The standard's grammar is inet_pton's, but for what inet_pton takes as plain IPv4.
    if (text.find(':') == std::string_view::npos) return std::nullopt;
    const auto address = parse_address(text);
    if (!address) return std::nullopt;
    return ipv6_text(*address);
}

// Host ------------------------------------------------------------------------------------------

std::optional<std::string> domain_to_ascii(const std::string& domain) {
    static UIDNA* const idna = [] {
        UErrorCode code = U_ZERO_ERROR;
        return uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                   UIDNA_NONTRANSITIONAL_TO_ASCII |
                                   UIDNA_NONTRANSITIONAL_TO_UNICODE,
                               &code);
    }();
    if (idna == nullptr) return std::nullopt;
    std::string out(domain.size() * 4 + 64, '\0');
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode code = U_ZERO_ERROR;
    const auto length =
        uidna_nameToASCII_UTF8(idna, domain.data(), static_cast<std::int32_t>(domain.size()),
                               out.data(), static_cast<std::int32_t>(out.size()), &info, &code);
    // The standard sets CheckHyphens and VerifyDnsLength to false.
    constexpr std::uint32_t accepted =
        UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
        UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
    if (U_FAILURE(code) != 0 || (info.errors & ~accepted) != 0 || length <= 0) return std::nullopt;
    out.resize(static_cast<std::size_t>(length));
    return out;
}

bool is_forbidden_in_domain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte >= 0x7f ||
           std::string_view("#/:<>?@[\\]^|%").find(c) != std::string_view::npos;
}

// Path ------------------------------------------------------------------------------------------

bool is_dot(std::string_view segment) {
    return segment == "." ||
           (segment.size() == 3 && segment.starts_with("%2") && lower(segment[2]) == 'e');
}

bool is_double_dot(std::string_view segment) {
    if (segment == "..") return true;
    if (segment.size() == 4) {
        return (segment[0] == '.' && is_dot(segment.substr(1))) ||
               (segment[3] == '.' && is_dot(segment.substr(0, 3)));
    }
    return segment.size() == 6 && is_dot(segment.substr(0, 3)) && is_dot(segment.substr(3));
}

/// `begin`: whole segments that stand already, "/a/b" or "". `rest`: what follows, without its
/// leading slash; backslashes count as slashes.
std::string joined_path(std::string begin, std::string_view rest) {
    while (true) {
        const auto slash = rest.find_first_of("/\\");
        const std::string_view segment = rest.substr(0, slash);
        const bool last = slash == std::string_view::npos;
        if (is_double_dot(segment)) {
            const auto cut = begin.rfind('/');
            begin.resize(cut == std::string::npos ? 0 : cut);
            if (last) begin += '/';
        } else if (is_dot(segment)) {
            if (last) begin += '/';
        } else {
            begin += '/';
            append_encoded(begin, segment, "\"#<>?`{}^");
        }
        if (last) return begin;
        rest.remove_prefix(slash + 1);
    }
}

bool read_authority(std::string_view authority, WebUrl& url) {
    const auto at = authority.rfind('@');
    if (at != std::string_view::npos) {
        const std::string_view user = authority.substr(0, at);
        url.credentials = !user.empty() && user != ":";
        authority.remove_prefix(at + 1);
    }
    std::size_t colon = 0;
    bool inside = false;
    for (; colon < authority.size(); ++colon) {
        if (authority[colon] == '[') inside = true;
        if (authority[colon] == ']') inside = false;
        if (authority[colon] == ':' && !inside) break;
    }
    auto host = parse_host(authority.substr(0, colon));
    if (!host) return false;
    url.host = std::move(*host);
    url.port = url.https ? 443 : 80;
    if (colon + 1 >= authority.size()) return true;
    std::uint32_t port = 0;
    for (const char c : authority.substr(colon + 1)) {
        if (!is_digit(c)) return false;
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
        if (port > 65'535) return false;
    }
    url.port = static_cast<std::uint16_t>(port);
    return true;
}

}  // namespace

std::string WebUrl::origin() const {
    std::string out = (https ? "https://" : "http://") + host;
    if (port != (https ? 443 : 80)) out += ":" + std::to_string(port);
    return out;
}

std::string WebUrl::target() const { return query ? path + "?" + *query : path; }

std::optional<Address> WebUrl::address() const {
    if (host.starts_with('[')) return parse_address(host.substr(1, host.size() - 2));
    return parse_address(host);
}

std::optional<std::string> parse_host(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (text.front() == '[') {
        if (text.size() < 3 || text.back() != ']') return std::nullopt;
        return ipv6(text.substr(1, text.size() - 2));
    }
    std::string domain = leniently_decoded(text);
    const bool ascii = std::all_of(domain.begin(), domain.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    std::transform(domain.begin(), domain.end(), domain.begin(), lower);
    if (!ascii) {  // ASCII stands as it is, "xn--" too: that is what a resolver is asked.
        auto converted = domain_to_ascii(domain);
        if (!converted) return std::nullopt;
        domain = std::move(*converted);
    }
    if (domain.empty() || std::any_of(domain.begin(), domain.end(), is_forbidden_in_domain))
        return std::nullopt;
    if (ends_in_a_number(domain)) return ipv4(domain);
    return domain;
}

std::optional<WebUrl> parse_web_url(std::string_view text, const WebUrl* base) {
    constexpr std::size_t longest = 1U << 16U;
    if (text.size() > longest) return std::nullopt;
    const auto is_space = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    std::string input;
    for (const char c : text) {
        if (c != '\t' && c != '\n' && c != '\r') input += c;
    }
    std::string_view rest = input;
    rest = rest.substr(0, rest.find('#'));

    std::optional<std::string_view> query;
    const auto split_query = [&] {
        const auto mark = rest.find('?');
        if (mark == std::string_view::npos) return;
        query = rest.substr(mark + 1);
        rest = rest.substr(0, mark);
    };
    const auto is_slash = [](char c) { return c == '/' || c == '\\'; };

    WebUrl url;
    bool absolute = false;
    std::size_t end = 0;
    if (!input.empty() && is_alpha(input[0])) {
        while (end < input.size() &&
               (is_alpha(input[end]) || is_digit(input[end]) ||
                std::string_view("+-.").find(input[end]) != std::string_view::npos)) {
            ++end;
        }
    }
    if (end > 0 && end < input.size() && input[end] == ':') {
        std::string scheme = input.substr(0, end);
        std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
        if (scheme != "http" && scheme != "https") return std::nullopt;
        url.https = scheme == "https";
        rest.remove_prefix(std::min(rest.size(), end + 1));
        const bool two_slashes = rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1]);
        absolute = base == nullptr || base->https != url.https || two_slashes;
    } else {
        if (base == nullptr) return std::nullopt;
        url.https = base->https;
        absolute = rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1]);
    }
    split_query();

    if (absolute) {
        while (!rest.empty() && is_slash(rest.front())) rest.remove_prefix(1);
        const auto slash = rest.find_first_of("/\\");
        if (!read_authority(rest.substr(0, slash), url)) return std::nullopt;
        rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
        url.path = joined_path({}, rest);
    } else {
        url.host = base->host;
        url.port = base->port;
        url.credentials = base->credentials;
        if (rest.empty()) {
            url.path = base->path;
            if (!query) url.query = base->query;
        } else if (is_slash(rest.front())) {
            url.path = joined_path({}, rest.substr(1));
        } else {
            url.path = joined_path(base->path.substr(0, base->path.rfind('/')), rest);
        }
    }
    if (query) {
        url.query.emplace();
        append_encoded(*url.query, *query, "\"#<>'");
    }
    return url;
}

}  // namespace raadbot::http
