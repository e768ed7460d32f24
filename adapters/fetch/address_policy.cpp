#include "adapters/fetch/address_policy.hpp"

#include <algorithm>
#include <utility>

namespace raadbot::fetch {
namespace {

using Range = std::pair<http::Network, std::string_view>;

std::vector<Range> ranges(std::initializer_list<std::pair<std::string_view, std::string_view>> in) {
    std::vector<Range> out;
    for (const auto& [text, why] : in) out.emplace_back(http::parse_network(text).value(), why);
    return out;
}

/// In IPv4, and anywhere in IPv6's global unicast space.
const std::vector<Range>& special() {
    static const std::vector<Range> list = ranges({
        {"0.0.0.0/8", "this network"},
        {"10.0.0.0/8", "private use"},
        {"100.64.0.0/10", "shared address space"},
        {"127.0.0.0/8", "loopback"},
        {"168.63.129.16/32", "cloud metadata"},
        {"169.254.0.0/16", "link-local, cloud metadata"},
        {"172.16.0.0/12", "private use"},
        {"192.0.0.0/24", "protocol assignments"},
        {"192.0.2.0/24", "documentation"},
        {"192.31.196.0/24", "AS112"},
        {"192.52.193.0/24", "AMT"},
        {"192.88.99.0/24", "6to4 relay"},
        {"192.168.0.0/16", "private use"},
        {"192.175.48.0/24", "AS112"},
        {"198.18.0.0/15", "benchmarking"},
        {"198.51.100.0/24", "documentation"},
        {"203.0.113.0/24", "documentation"},
        {"224.0.0.0/4", "multicast"},
        {"240.0.0.0/4", "reserved"},
        {"2001::/23", "protocol assignments, Teredo"},
        {"2001:db8::/32", "documentation"},
        {"2002::/16", "6to4"},
        {"2620:4f:8000::/48", "AS112"},
        {"3fff::/20", "documentation"},
    });
    return list;
}

/// What a configuration may open.
const std::vector<Range>& openable() {
    static const std::vector<Range> list = ranges({
        {"10.0.0.0/8", ""},
        {"100.64.0.0/10", ""},
        {"127.0.0.0/8", ""},
        {"172.16.0.0/12", ""},
        {"192.168.0.0/16", ""},
        {"::1/128", ""},
        {"fc00::/7", ""},
    });
    return list;
}

}  // namespace

std::string_view not_public(const http::Address& address) {
    static const http::Network mapped = http::parse_network("0.0.0.0/0").value();
    static const http::Network unicast = http::parse_network("2000::/3").value();
    for (const auto& [network, why] : special()) {
        if (network.holds(address)) return why;
    }
    // 64:ff9b::/96 (NAT64), ::/96, fc00::/7, fe80::/10, fec0::/10, ff00::/8 and all that is
    // unassigned are outside of it.
    if (!mapped.holds(address) && !unicast.holds(address)) return "not global unicast";
    return {};
}

std::string_view not_public_name(std::string_view host) {
    if (host.ends_with('.')) host.remove_suffix(1);
    if (host.empty() || host.starts_with('.') || host.find("..") != std::string_view::npos)
        return "a name with an empty label";
    if (host.find('.') == std::string_view::npos) return "a name without a dot";
    for (const std::string_view ending : {".localhost", ".local", ".internal", ".home.arpa"}) {
        if (host.ends_with(ending)) return "a private name";
    }
    return {};
}

Result<AddressPolicy> AddressPolicy::with_private(const std::vector<std::string>& networks) {
    AddressPolicy policy;
    for (const std::string& text : networks) {
        const auto network = http::parse_network(text);
        if (!network) {
            return fail(ErrorCode::invalid_config,
                        "private_networks: \"" + text + "\" is not a network such as 10.20.0.0/16");
        }
        const bool good =
            std::any_of(openable().begin(), openable().end(), [&](const Range& range) {
                return network->bits >= range.first.bits && range.first.holds(network->address);
            });
        if (!good) {
            return fail(ErrorCode::invalid_config,
                        "private_networks: \"" + text +
                            "\" is not inside a private range (10.0.0.0/8, 100.64.0.0/10, "
                            "127.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, ::1, fc00::/7)");
        }
        policy.opened_.push_back(*network);
    }
    return policy;
}

std::string_view AddressPolicy::refusal(const http::Address& address) const {
    const std::string_view why = not_public(address);
    if (why.empty()) return {};
    const bool opened =
        std::any_of(opened_.begin(), opened_.end(),
                    [&](const http::Network& network) { return network.holds(address); });
    return opened ? std::string_view{} : why;
}

std::string_view AddressPolicy::refusal(std::string_view host) const {
    return opened_.empty() ? not_public_name(host) : std::string_view{};
}

}  // namespace raadbot::fetch
