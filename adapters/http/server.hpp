// A small HTTP/1.1 server: sockets, limits, time and shutdown. What a request means is the
// handler's. TLS is a reverse proxy's.
//
// Every byte passes the Gate first; then the HTTP library reads the same bytes and must agree about
// where the request ends. Handlers run on a bounded thread pool: when its queue is full the answer
// is 503 with Retry-After, at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/http/options.hpp"

namespace raadbot::http {

/// Where to listen, and who answers there.
struct Listener {
    std::string name = "web";  ///< For logs and figures.
    std::string address =
        "127.0.0.1";            ///< An IPv4 or IPv6 address; IPv6 takes no IPv4 connections.
    std::uint16_t port = 8080;  ///< 0: the kernel chooses, see Server::ports.
    Handler handler = {};
    /// Asked before `handler`, may be empty: see FirstLook.
    FirstLook first_look = {};
    /// Told what a handler threw, for the log; may be empty. Called from several threads.
    std::function<void(std::string_view)> failed = {};
};

struct ServerFigures {
    std::uint64_t connections = 0;  ///< Accepted so far.
    std::uint64_t open = 0;         ///< Connections now.
    std::uint64_t requests = 0;     ///< Handed to a handler.
    std::uint64_t refused = 0;      ///< By the gate.
    std::uint64_t overloaded = 0;   ///< 503 for want of room.
    std::uint64_t turned_away = 0;  ///< Connections over a limit.
};

class Server {
public:
    /// Listens on all addresses or on none. Errors: invalid_config (an option, an address),
    /// conflict (port in use), denied (port not allowed), unavailable.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                               std::vector<Listener> listeners);
    /// Stops, when that was not done.
    virtual ~Server() = default;

    /// The ports listened on, in the listeners' order.
    [[nodiscard]] virtual std::vector<std::uint16_t> ports() const = 0;
    [[nodiscard]] virtual ServerFigures figures() const = 0;

    /// Takes no more connections, closes idle ones, lets running requests finish for drain_time,
    /// then cuts the rest; returns when all is ended. Handlers that are running are waited for.
    /// Once only; not from a handler.
    virtual void stop() = 0;
};

}  // namespace raadbot::http
