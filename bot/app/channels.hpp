// Teams and Matrix beside the web page: whichever is configured, over one durable delivery, each
// with a listener of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/app/config.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/ports.hpp"

namespace raadbot::app {

class Channels {
public:
    using Log = std::function<void(std::string_view)>;

    /// Listens when it returns. With no channel configured it does nothing, and touches no file.
    /// `conversation` and `clock` outlive it. Errors: invalid_config, conflict (another process has
    /// the data directory or the port), denied, unavailable.
    [[nodiscard]] static Result<std::unique_ptr<Channels>> open(const Config& config,
                                                                bot::Conversation& conversation,
                                                                const bot::Clock& clock, Log log);
    /// Stops, when that was not done.
    virtual ~Channels() = default;

    /// A line for the operator per channel: what is served where.
    [[nodiscard]] virtual const std::vector<std::string>& served() const = 0;
    /// Puts a human answer back into the conversation that asked for it; false: the channel is not
    /// served, or has no room now.
    virtual bool say(const store::HandoffRow& handoff) = 0;
    /// Takes nothing more, finishes what is in hand.
    virtual void stop() = 0;
};

/// "127.0.0.1:8080", "[::1]:8080"
[[nodiscard]] std::string host_and_port(const std::string& address, std::uint16_t port);

}  // namespace raadbot::app
