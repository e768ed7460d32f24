#include "adapters/http/gate.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace raadbot::http {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

// RFC 9110 §5.6.2.
bool is_token_char(char c) { return is_digit(c) || is_alpha(c) || contains("!#$%&'*+-.^_`|~", c); }
bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// RFC 3986 §3.3 and §3.4, plus what browsers leave unescaped in a query (WHATWG URL, query
// percent-encode set).
bool is_path_and_query(std::string_view text) {
    bool query = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
            i += 2;
        } else if (c == '?') {
            query = true;
        } else if (!is_alpha(c) && !is_digit(c) && !contains("-._~!$&'()*+,;=:@/", c) &&
                   !(query && contains("[]{}|\\^`", c))) {
            return false;
        }
    }
    return true;
}

// Host names as they are used (letters, digits, "-", "_", "."), IPv4, or IPv6 in brackets; then a
// port.
bool is_authority(std::string_view text) {
    std::string_view port;
    bool has_port = false;
    if (!text.empty() && text.front() == '[') {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return false;
        const std::string_view inner = text.substr(1, close - 1);
        if (inner.size() < 2 || inner.size() > 45) return false;
        if (!std::all_of(inner.begin(), inner.end(),
                         [](char c) { return is_hex(c) || c == ':' || c == '.'; })) {
            return false;
        }
        const std::string_view rest = text.substr(close + 1);
        if (!rest.empty()) {
            if (rest.front() != ':') return false;
            port = rest.substr(1);
            has_port = true;
        }
    } else {
        const auto colon = text.find(':');
        if (colon != std::string_view::npos) {
            port = text.substr(colon + 1);
            has_port = true;
        }
        const std::string_view name = text.substr(0, colon);
        if (name.empty() || name.size() > 253) return false;
        if (!std::all_of(name.begin(), name.end(), [](char c) {
                return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
            })) {
            return false;
        }
    }
    if (!has_port) return true;
    return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), is_digit);
}

// Fields of one value: a second one is what two readers resolve differently. The first ones are
// framing and routing, which also must not hide behind "_" (CGI and some gateways map "-" to "_").
constexpr std::array<std::string_view, 12> single_fields = {"host",
                                                            "content-length",
                                                            "transfer-encoding",
                                                            "content-type",
                                                            "authorization",
                                                            "expect",
                                                            "origin",
                                                            "referer",
                                                            "x-forwarded-proto",
                                                            "x-forwarded-host",
                                                            "content-encoding",
                                                            "sec-fetch-site"};
constexpr std::array<std::string_view, 8> never_with_underscore = {
    "content-length",    "transfer-encoding", "content-type",  "x-forwarded-for",
    "x-forwarded-proto", "x-forwarded-host",  "authorization", "sec-fetch-site"};

bool hides_known_name(std::string_view name) {
    if (!contains(name, '_')) return false;
    return std::any_of(
        never_with_underscore.begin(), never_with_underscore.end(), [name](std::string_view known) {
            return known.size() == name.size() &&
                   std::equal(known.begin(), known.end(), name.begin(),
                              [](char k, char n) { return k == (n == '_' ? '-' : lower(n)); });
        });
}

// chunk-ext of RFC 9112 §7.1.1: names are tokens, values tokens or quoted strings.
bool is_chunk_extension(std::string_view text) {
    while (!text.empty()) {
        text = trimmed(text);
        if (text.empty() || text.front() != ';') return false;
        text = trimmed(text.substr(1));
        std::size_t end = 0;
        while (end < text.size() && is_token_char(text[end])) ++end;
        if (end == 0) return false;
        text = trimmed(text.substr(end));
        if (text.empty() || text.front() != '=') continue;
        text = trimmed(text.substr(1));
        if (!text.empty() && text.front() == '"') {
            const auto close = text.find('"', 1);
            if (close == std::string_view::npos || contains(text.substr(0, close), '\\'))
                return false;
            text.remove_prefix(close + 1);
        } else {
            end = 0;
            while (end < text.size() && is_token_char(text[end])) ++end;
            if (end == 0) return false;
            text.remove_prefix(end);
        }
    }
    return true;
}

struct ReasonText {
    unsigned status;
    std::string_view text;
};

ReasonText describe(GateReason reason) {
    switch (reason) {
        case GateReason::none: return {200, "accepted"};
        case GateReason::bare_cr: return {400, "CR without LF"};
        case GateReason::bare_lf: return {400, "LF without CR"};
        case GateReason::control_byte: return {400, "control byte in the header"};
        case GateReason::empty_first_line: return {400, "empty line before the request"};
        case GateReason::request_line: return {400, "request line is not method, target, version"};
        case GateReason::method_syntax: return {400, "method is not a token"};
        case GateReason::method_unknown: return {501, "method is not served"};
        case GateReason::version: return {505, "version is not HTTP/1.1 or HTTP/1.0"};
        case GateReason::target_syntax: return {400, "target is not a URL path"};
        case GateReason::target_fragment: return {400, "fragment in the target"};
        case GateReason::target_mismatch: return {400, "target names another host than Host"};
        case GateReason::target_userinfo: return {400, "user name in the target"};
        case GateReason::target_authority: return {400, "target is a host, not a path"};
        case GateReason::target_asterisk: return {400, "target * is for OPTIONS only"};
        case GateReason::line_too_long: return {414, "request line too long"};
        case GateReason::field_too_long: return {431, "header line too long"};
        case GateReason::too_many_fields: return {431, "too many header lines"};
        case GateReason::head_too_large: return {431, "header too large"};
        case GateReason::folded: return {400, "folded header line"};
        case GateReason::field_name: return {400, "header name is not a token"};
        case GateReason::ambiguous_name: return {400, "header name could be read as another"};
        case GateReason::field_value: return {400, "header value is malformed"};
        case GateReason::repeated: return {400, "header of one value given twice"};
        case GateReason::host_missing: return {400, "Host is missing"};
        case GateReason::host_syntax: return {400, "Host is not a host name and port"};
        case GateReason::length_syntax: return {400, "Content-Length is not one number"};
        case GateReason::length_and_coding:
            return {400, "both Content-Length and Transfer-Encoding"};
        case GateReason::coding: return {501, "Transfer-Encoding is not chunked alone"};
        case GateReason::coding_version: return {400, "Transfer-Encoding in HTTP/1.0"};
        case GateReason::body_too_large: return {413, "body too large"};
        case GateReason::chunk_size: return {400, "chunk size is malformed"};
        case GateReason::chunk_extension: return {400, "chunk extension is malformed"};
        case GateReason::chunk_end: return {400, "chunk does not end where its size says"};
        case GateReason::trailer: return {400, "trailer fields are not taken"};
        case GateReason::expectation: return {417, "expectation other than 100-continue"};
        case GateReason::ended_early: return {400, "connection ended within the request"};
    }
    return {400, "malformed request"};
}

}  // namespace

unsigned status_of(GateReason reason) { return describe(reason).status; }
std::string_view to_string(GateReason reason) { return describe(reason).text; }

Gate::State Gate::refuse(GateReason reason) {
    if (state_ == State::refused) return state_;
    state_ = State::refused;
    reason_ = reason;
    phase_ = Phase::done;
    return state_;
}

void Gate::restart() { *this = Gate(limits_); }

Gate::State Gate::end() { return state_ == State::more ? refuse(GateReason::ended_early) : state_; }

// The next whole line without its CRLF, or nothing: more bytes are needed, or the request is
// refused.
std::optional<std::string_view> Gate::line(std::string_view received, std::size_t limit,
                                           GateReason too_long) {
    for (; scan_ < received.size(); ++scan_) {
        const char c = received[scan_];
        const bool after_cr = scan_ > line_start_ && received[scan_ - 1] == '\r';
        if (c == '\n') {
            if (!after_cr) {
                refuse(GateReason::bare_lf);
                return std::nullopt;
            }
            const std::size_t begin = line_start_;
            const std::string_view whole = received.substr(begin, scan_ - 1 - begin);
            ++scan_;
            line_start_ = scan_;
            return whole;
        }
        if (after_cr) {
            refuse(GateReason::bare_cr);
            return std::nullopt;
        }
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\r') || byte == 0x7f) {
            refuse(GateReason::control_byte);
            return std::nullopt;
        }
        if (scan_ - line_start_ > limit || (c != '\r' && scan_ - line_start_ == limit)) {
            refuse(too_long);
            return std::nullopt;
        }
        if (phase_ <= Phase::fields && scan_ >= limits_.head) {
            refuse(GateReason::head_too_large);
            return std::nullopt;
        }
    }
    return std::nullopt;
}

Gate::State Gate::look(std::string_view received) {
    received_ = received;
    while (state_ == State::more) {
        switch (phase_) {
            case Phase::request_line: {
                const auto text = line(received, limits_.request_line, GateReason::line_too_long);
                if (!text) return state_;
                take_request_line(*text);
                if (state_ == State::more) phase_ = Phase::fields;
                break;
            }
            case Phase::fields: {
                const auto text = line(received, limits_.field, GateReason::field_too_long);
                if (!text) return state_;
                if (text->empty()) {
                    end_of_fields();
                } else {
                    take_field(*text);
                }
                break;
            }
            case Phase::body:
            case Phase::chunk_data: {
                const std::size_t here = std::min(body_left_, received.size() - scan_);
                scan_ += here;
                body_left_ -= here;
                if (body_left_ > 0) return state_;
                if (phase_ == Phase::body) {
                    phase_ = Phase::done;
                    state_ = State::complete;
                } else {
                    phase_ = Phase::chunk_end;
                }
                break;
            }
            case Phase::chunk_end: {
                if (scan_ < received.size() && received[scan_] != '\r')
                    return refuse(GateReason::chunk_end);
                if (received.size() - scan_ < 2) return state_;
                if (received[scan_ + 1] != '\n') return refuse(GateReason::chunk_end);
                scan_ += 2;
                line_start_ = scan_;
                phase_ = Phase::chunk_size;
                break;
            }
            case Phase::chunk_size: {
                const auto text = line(received, limits_.chunk_line, GateReason::chunk_size);
                if (!text) return state_;
                take_chunk_size(*text);
                break;
            }
            case Phase::trailer: {
                const auto text = line(received, 0, GateReason::trailer);
                if (!text) return state_;
                phase_ = Phase::done;
                state_ = State::complete;
                break;
            }
            case Phase::done: return state_;
        }
    }
    return state_;
}

void Gate::take_request_line(std::string_view text) {
    if (text.empty()) {
        refuse(GateReason::empty_first_line);
        return;
    }
    const auto first = text.find(' ');
    const auto last = text.rfind(' ');
    if (first == std::string_view::npos || first == last || text.find(' ', first + 1) != last ||
        last == first + 1) {
        refuse(is_token(text.substr(0, first)) ? GateReason::request_line
                                               : GateReason::method_syntax);
        return;
    }
    const std::string_view method = text.substr(0, first);
    const std::string_view version = text.substr(last + 1);
    if (!is_token(method)) {
        refuse(GateReason::method_syntax);
        return;
    }
    constexpr std::array<std::string_view, 6> served = {"GET", "HEAD",   "POST",
                                                        "PUT", "DELETE", "OPTIONS"};
    if (std::find(served.begin(), served.end(), method) == served.end()) {
        refuse(GateReason::method_unknown);
        return;
    }
    is_options_ = method == "OPTIONS";
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        refuse(GateReason::version);
        return;
    }
    old_version_ = version == "HTTP/1.0";
    take_target(text.substr(first + 1, last - first - 1));
}

void Gate::take_target(std::string_view target) {
    if (contains(target, '#')) {
        refuse(GateReason::target_fragment);
        return;
    }
    if (target == "*") {
        if (!is_options_) refuse(GateReason::target_asterisk);
        asterisk_ = true;
        return;
    }
    if (target.front() != '/') {
        std::string_view rest;
        if (same(target.substr(0, 7), "http://")) {
            rest = target.substr(7);
        } else if (same(target.substr(0, 8), "https://")) {
            rest = target.substr(8);
        } else {
            refuse(is_authority(target) && contains(target, ':') ? GateReason::target_authority
                                                                 : GateReason::target_syntax);
            return;
        }
        const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
        if (contains(authority, '@')) {
            refuse(GateReason::target_userinfo);
            return;
        }
        if (!is_authority(authority)) {
            refuse(GateReason::target_syntax);
            return;
        }
        authority_begin_ = static_cast<std::size_t>(authority.data() - received_.data());
        authority_size_ = authority.size();
        target = rest.substr(authority.size());
    }
    if (!is_path_and_query(target)) refuse(GateReason::target_syntax);
}

void Gate::take_field(std::string_view text) {
    if (text.front() == ' ' || text.front() == '\t') {
        refuse(GateReason::folded);
        return;
    }
    if (++field_count_ > limits_.fields) {
        refuse(GateReason::too_many_fields);
        return;
    }
    const auto colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name)) {
        refuse(GateReason::field_name);
        return;
    }
    if (hides_known_name(name)) {
        refuse(GateReason::ambiguous_name);
        return;
    }
    take_known_field(name, trimmed(text.substr(colon + 1)));
}

void Gate::take_known_field(std::string_view name, std::string_view value) {
    for (std::size_t i = 0; i < single_fields.size(); ++i) {
        if (!same(name, single_fields[i])) continue;
        const std::uint64_t bit = std::uint64_t{1} << i;
        if ((seen_ & bit) != 0) {
            refuse(same(name, "content-length") ? GateReason::length_syntax : GateReason::repeated);
            return;
        }
        seen_ |= bit;
    }
    if (same(name, "host")) {
        if (!is_authority(value)) {
            refuse(GateReason::host_syntax);
            return;
        }
        host_begin_ = static_cast<std::size_t>(value.data() - received_.data());
        host_size_ = value.size();
    } else if (same(name, "content-length")) {
        take_length(value);
    } else if (same(name, "transfer-encoding")) {
        if (old_version_) {
            refuse(GateReason::coding_version);
        } else if (!same(value, "chunked")) {
            refuse(GateReason::coding);
        }
        chunked_ = true;
    } else if (same(name, "expect")) {
        if (!same(value, "100-continue")) refuse(GateReason::expectation);
        awaits_continue_ = !old_version_;
    }
}

void Gate::take_length(std::string_view value) {
    // Twelve digits are beyond every limit and fit every reader's integer.
    if (value.empty() || !std::all_of(value.begin(), value.end(), is_digit)) {
        refuse(GateReason::length_syntax);
        return;
    }
    if (value.size() > 12) {
        refuse(GateReason::body_too_large);
        return;
    }
    std::size_t number = 0;
    for (const char c : value) number = number * 10 + static_cast<std::size_t>(c - '0');
    length_ = number;
}

void Gate::end_of_fields() {
    if (host_size_ == 0 && !old_version_) {
        refuse(GateReason::host_missing);
        return;
    }
    if (authority_size_ > 0 && host_size_ > 0 &&
        !same(received_.substr(authority_begin_, authority_size_),
              received_.substr(host_begin_, host_size_))) {
        refuse(GateReason::target_mismatch);
        return;
    }
    if (length_ && chunked_) {
        refuse(GateReason::length_and_coding);
        return;
    }
    if (length_.value_or(0) > limits_.body) {
        refuse(GateReason::body_too_large);
        return;
    }
    body_left_ = length_.value_or(0);
    phase_ = chunked_ ? Phase::chunk_size : Phase::body;
    line_start_ = scan_;
    if (!chunked_ && body_left_ == 0) awaits_continue_ = false;
}

void Gate::take_chunk_size(std::string_view text) {
    std::size_t digits = 0;
    std::size_t size = 0;
    while (digits < text.size() && is_hex(text[digits])) {
        const char c = lower(text[digits]);
        size = size * 16 + static_cast<std::size_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
        ++digits;
        if (digits > 8) {
            refuse(GateReason::chunk_size);
            return;
        }
    }
    const std::string_view rest = text.substr(digits);
    if (digits == 0 || (!rest.empty() && rest.front() != ';')) {
        refuse(GateReason::chunk_size);
        return;
    }
    if (!is_chunk_extension(rest)) {
        refuse(GateReason::chunk_extension);
        return;
    }
    // Many tiny chunks cost memory that the body's size does not show.
    framing_total_ += text.size() + 4;
    if (framing_total_ > limits_.body + 16'384) {
        refuse(GateReason::body_too_large);
        return;
    }
    if (size > limits_.body - body_total_) {
        refuse(GateReason::body_too_large);
        return;
    }
    body_total_ += size;
    body_left_ = size;
    phase_ = size == 0 ? Phase::trailer : Phase::chunk_data;
}

}  // namespace raadbot::http
