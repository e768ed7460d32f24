// One GET to an address that somebody typed in or a page led to: resolved once, every address of
// the answer checked, connected to exactly one that was checked. Redirects are not followed here;
// see Session.
//
// One Client is one connection at a time, kept open for the next request to the same origin. Not
// thread-safe; calls block, within their limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/fetch/address_policy.hpp"
#include "adapters/fetch/decode.hpp"
#include "adapters/http/message.hpp"
#include "adapters/http/web_url.hpp"

namespace raadbot::fetch {

/// All addresses of a host name. The system's, unless a test brings its own.
using Resolver = std::function<Result<std::vector<http::Address>>(const std::string& host)>;
[[nodiscard]] Resolver system_resolver();

struct ClientOptions {
    std::string user_agent = "Raadbot";
    std::chrono::milliseconds time{30'000};  ///< A whole request, from connecting to its last byte.
    std::uint32_t header_bytes = 64U << 10U;  ///< Of a response's head.
    std::uint64_t body_bytes = 32U << 20U;    ///< As sent, before unpacking.
    InflateLimits inflate;                    ///< Of what Content-Encoding packed.
    /// More trusted authorities (PEM), for an intranet's own; empty: the system's alone.
    std::filesystem::path authorities;
    Resolver resolver = system_resolver();
};

struct Fetched {
    unsigned status = 0;
    std::vector<http::Field> fields;
    std::string body;  ///< Unpacked; empty when `wanted` said no.
    bool skipped = false;
    http::Address peer{};  ///< Connected to.
    /// The first value of a field, by name in any case; empty when absent.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

/// Decides from status and header whether the body is to be read at all.
using Wanted = std::function<bool(const Fetched& head)>;

class Client {
public:
    /// Throws std::runtime_error when TLS cannot be set up (authorities unreadable).
    explicit Client(ClientOptions options = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Errors: denied (an address that `policy` refuses), not_found (no such host), unavailable (no
    /// connection, TLS, a broken response), timed_out, too_large.
    [[nodiscard]] Result<Fetched> get(const http::WebUrl& url,
                                      const std::vector<http::Field>& fields,
                                      const AddressPolicy& policy, const Wanted& wanted = {});

    [[nodiscard]] std::uint64_t requests() const;  ///< Sent so far.

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace raadbot::fetch
