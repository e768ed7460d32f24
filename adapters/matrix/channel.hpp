// The Matrix channel put together: the application service's requests in, delivery's durable way
// through, the homeserver's API out.
//
//   Channel channel(options, conversation, clock, connect(options), log);
//   auto delivery = Delivery::open({..., .channels = {channel.delivery_channel()}});
//   channel.attach(**delivery);
//   server listens with channel.handle(); channel.start();
//   ... server.stop(); channel.stop(); delivery->stop(); then the channel may go.
//
// Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/http/options.hpp"
#include "adapters/matrix/homeserver.hpp"
#include "adapters/matrix/options.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/ports.hpp"

namespace raadbot::matrix {

inline constexpr const char* channel_name = "matrix";

struct ChannelFigures {
    std::uint64_t transactions = 0;
    std::uint64_t events = 0;      ///< In them.
    std::uint64_t unreadable = 0;  ///< Of these: broken, left out.
    std::uint64_t answers = 0;
    std::uint64_t over_limit = 0;  ///< Questions left alone: one person asked too much.
};

class Channel {
public:
    /// Writes one line to the operator's log; never text or names of persons.
    using Log = std::function<void(std::string_view)>;

    /// `options` are checked() ones. `conversation` and `clock` must outlive the channel.
    Channel(Options options, bot::Conversation& conversation, const bot::Clock& clock,
            std::shared_ptr<Homeserver> homeserver, Log log);
    ~Channel();
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;

    /// For Delivery::open. The channel must outlive the delivery's threads.
    [[nodiscard]] delivery::Channel delivery_channel();
    /// Once, after Delivery::open; events are not handled before.
    void attach(delivery::Delivery& delivery);

    /// Everything under /_matrix/app/v1 and the legacy paths.
    [[nodiscard]] http::Response handle(const http::Request& request);

    /// Makes the bot known to the homeserver in the background, again and again until it is there.
    void start();
    void stop();

    [[nodiscard]] ChannelFigures figures() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The HTTP server's limits for this listener: a transaction may hold a hundred events of 64 KiB.
[[nodiscard]] http::ServerOptions server_options(http::ServerOptions base = {});

}  // namespace raadbot::matrix
