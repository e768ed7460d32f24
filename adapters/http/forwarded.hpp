// Who is asking, when a reverse proxy stands in between: X-Forwarded-* is believed from configured
// addresses only, and only as far as the chain of such addresses reaches. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"

namespace raadbot::http {

/// An IPv6 address, IPv4 as ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] std::string to_string(const Address& address);
/// What counts as one asker: the IPv4 address, or the IPv6 /64 that one line usually has.
[[nodiscard]] Address asker_key(const Address& address);

struct Network {
    Address address{};
    unsigned bits = 128;
    [[nodiscard]] bool holds(const Address& other) const;
};
/// "127.0.0.1", "10.0.0.0/8", "fd00::/8".
[[nodiscard]] std::optional<Network> parse_network(std::string_view text);

/// Sets client, scheme and host of `request` from the connection's peer and, when that is one of
/// `trusted`, from its X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host.
void set_client(Request& request, const Address& peer, const std::vector<Network>& trusted);

}  // namespace raadbot::http
