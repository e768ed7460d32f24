#include "adapters/http/forwarded.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace raadbot::http {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_ipv4(const Address& address) {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.begin());
}

bool in_any(const std::vector<Network>& networks, const Address& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const Network& network) { return network.holds(address); });
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// All entries of the chain, leftmost first; several fields read as one list.
std::vector<std::string_view> chain_of(const Request& request) {
    std::vector<std::string_view> out;
    for (const Field& field : request.fields) {
        if (!same_name(field.name, "X-Forwarded-For")) continue;
        std::string_view rest = field.value;
        while (true) {
            const auto comma = rest.find(',');
            out.push_back(trimmed(rest.substr(0, comma)));
            if (comma == std::string_view::npos) break;
            rest = rest.substr(comma + 1);
        }
    }
    return out;
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    if (text.empty() || text.size() > 45 || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    const std::string terminated(text);
    Address out{};
    if (inet_pton(AF_INET6, terminated.c_str(), out.data()) == 1) return out;
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), out.begin());
    if (inet_pton(AF_INET, terminated.c_str(), out.data() + 12) == 1) return out;
    return std::nullopt;
}

std::string to_string(const Address& address) {
    char text[INET6_ADDRSTRLEN] = {};
    if (is_ipv4(address)) {
        inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    } else {
        inet_ntop(AF_INET6, address.data(), text, sizeof text);
    }
    return text;
}

Address asker_key(const Address& address) {
    if (is_ipv4(address)) return address;
    Address out{};
    std::copy_n(address.begin(), 8, out.begin());
    return out;
}

bool Network::holds(const Address& other) const {
    for (unsigned bit = 0; bit < bits; bit += 8) {
        const unsigned width = std::min(8U, bits - bit);
        const auto mask = static_cast<std::uint8_t>(0xff00U >> width);
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) return false;
    }
    return true;
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    Network out{*address, 128};
    if (slash == std::string_view::npos) return out;
    const std::string_view digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    const unsigned most = is_ipv4(*address) ? 32 : 128;
    if (bits > most) return std::nullopt;
    out.bits = bits + (128 - most);
    return out;
}

void set_client(Request& request, const Address& peer, const std::vector<Network>& trusted) {
    request.host = lower_case(request.field("Host"));
    request.scheme = "http";
    request.client = to_string(peer);
    if (!in_any(trusted, peer)) return;

    // From the right: every proxy appended whom it saw. The first one that is not ours is the
    // asker.
    const auto chain = chain_of(request);
    for (auto hop = chain.rbegin(); hop != chain.rend(); ++hop) {
        const auto address = parse_address(*hop);
        if (!address) break;
        request.client = to_string(*address);
        if (!in_any(trusted, *address)) break;
    }
    if (same_name(request.field("X-Forwarded-Proto"), "https")) request.scheme = "https";
    const std::string_view host = request.field("X-Forwarded-Host");
    if (!host.empty() && host.size() <= 260 && host.find(',') == std::string_view::npos) {
        request.host = lower_case(host);
    }
}

}  // namespace raadbot::http
