#include "adapters/http/options.hpp"

#include "adapters/http/forwarded.hpp"

namespace raadbot::http {
namespace {

struct Range {
    const char* name;
    std::uint64_t value;
    std::uint64_t least;
    std::uint64_t most;
};

std::uint64_t count(std::chrono::milliseconds time) {
    return time.count() < 0 ? UINT64_MAX : static_cast<std::uint64_t>(time.count());
}

}  // namespace

Result<void> check(const ServerOptions& options) {
    constexpr std::uint64_t minute = 60'000;
    const Range ranges[] = {
        {"request_line", options.gate.request_line, 256, 16'384},
        {"field", options.gate.field, 256, 16'384},
        {"fields", options.gate.fields, 8, 256},
        {"head", options.gate.head, 1'024, 65'536},
        {"body", options.gate.body, 0, 16ULL << 20U},
        {"chunk_line", options.gate.chunk_line, 16, 1'024},
        {"header_time (ms)", count(options.header_time), 100, 2 * minute},
        {"body_time (ms)", count(options.body_time), 100, 10 * minute},
        {"handler_time (ms)", count(options.handler_time), 100, 10 * minute},
        {"write_time (ms)", count(options.write_time), 100, 10 * minute},
        {"idle_time (ms)", count(options.idle_time), 100, 10 * minute},
        {"drain_time (ms)", count(options.drain_time), 0, 5 * minute},
        {"connections", options.connections, 1, 65'536},
        {"connections_per_address", options.connections_per_address, 1, 65'536},
        {"requests_per_connection", options.requests_per_connection, 1, 1'000'000},
        {"io_threads", options.io_threads, 1, 64},
        {"handler_threads", options.handler_threads, 1, 256},
        {"waiting_requests", options.waiting_requests, 1, 65'536},
    };
    for (const Range& range : ranges) {
        if (range.value < range.least || range.value > range.most) {
            return fail(ErrorCode::invalid_config,
                        std::string("http server: ") + range.name + " must be from " +
                            std::to_string(range.least) + " to " + std::to_string(range.most));
        }
    }
    for (const std::string& proxy : options.trusted_proxies) {
        if (!parse_network(proxy)) {
            return fail(ErrorCode::invalid_config,
                        "http server: trusted_proxies: \"" + proxy +
                            "\" is not an address or network such as 10.0.0.0/8");
        }
    }
    return {};
}

}  // namespace raadbot::http
