// Which addresses may be connected to: publicly routable ones, and private networks that a source
// names. Pure. Ranges: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and later), and
// addresses under which clouds keep their metadata.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/forwarded.hpp"
#include "retrieval/result.hpp"

namespace raadbot::fetch {

/// Why an address is not public: "loopback", "private use", ... Empty for a public one. IPv6
/// addresses that carry an IPv4 address (mapped, NAT64, 6to4, Teredo) are never public.
[[nodiscard]] std::string_view not_public(const http::Address& address);

/// Why a name cannot be a public one: a single label ("localhost", "intranet"), an empty label, or
/// one of the endings kept for private use (RFC 6761, RFC 6762, RFC 8375). Empty for others.
[[nodiscard]] std::string_view not_public_name(std::string_view host);

class AddressPolicy {
public:
    AddressPolicy() = default;
    /// `networks`: exact ones of an intranet, "10.20.0.0/16", "fd12::/16". Only private use,
    /// shared and loopback ranges can be opened so; never link-local, where clouds keep secrets.
    /// Errors: invalid_config.
    [[nodiscard]] static Result<AddressPolicy> with_private(
        const std::vector<std::string>& networks);

    /// Empty when it may be connected to, else why not.
    [[nodiscard]] std::string_view refusal(const http::Address& address) const;
    /// The same for a name, before anybody is asked where it is; private names need an opened
    /// network.
    [[nodiscard]] std::string_view refusal(std::string_view host) const;

private:
    std::vector<http::Network> opened_;
};

}  // namespace raadbot::fetch
