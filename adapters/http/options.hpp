// What an HTTP server may be told: limits that no peer can stretch, each with unit, default and
// range.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::http {

/// What one request may take up. Sizes in bytes.
struct GateLimits {
    std::size_t request_line = 4'094;  ///< Without CRLF; 256 to 16,384. Longer ones get 414.
    std::size_t field = 8'188;         ///< One header line without CRLF; 256 to 16,384.
    std::size_t fields = 64;           ///< Header lines; 8 to 256.
    std::size_t head = 16'384;         ///< Request line and header; 1,024 to 65,536.
    std::size_t body = 64 * 1'024;     ///< After decoding; 0 to 16 MiB. Larger ones get 413.
    std::size_t chunk_line = 128;      ///< Chunk size and extensions; 16 to 1,024.
    friend bool operator==(const GateLimits&, const GateLimits&) = default;
};

struct ServerOptions {
    GateLimits gate;
    std::chrono::milliseconds header_time{10'000};  ///< First to last header byte; 100 ms to 2 min.
    std::chrono::milliseconds body_time{20'000};  ///< Header's end to body's end; 100 ms to 10 min.
    std::chrono::milliseconds handler_time{30'000};  ///< Then 503; 100 ms to 10 min.
    std::chrono::milliseconds write_time{30'000};    ///< One response; 100 ms to 10 min.
    std::chrono::milliseconds idle_time{30'000};     ///< Between requests; 100 ms to 10 min.
    std::chrono::milliseconds drain_time{5'000};     ///< At shutdown, before cutting; 0 to 5 min.
    std::size_t connections = 1'024;                 ///< In all; 1 to 65,536.
    std::size_t connections_per_address = 128;       ///< IPv4 address or IPv6 /64; 1 to 65,536.
    std::size_t requests_per_connection = 10'000;    ///< Then it is closed; 1 to 1,000,000.
    unsigned io_threads = 1;                         ///< 1 to 64.
    unsigned handler_threads = 2;                    ///< 1 to 256.
    std::size_t waiting_requests = 256;  ///< Handed in, not begun; beyond: 503. 1 to 65,536.
    /// Reverse proxies whose X-Forwarded-For, -Proto and -Host are believed: "127.0.0.1",
    /// "10.0.0.0/8".
    std::vector<std::string> trusted_proxies;
};

/// Errors: invalid_config naming the field and its range.
[[nodiscard]] Result<void> check(const ServerOptions& options);

}  // namespace raadbot::http
