// A listener for trying the bot with a client on the developer's own machine, which sends no
// tokens. A type of its own that shares nothing with the production service's checks: there is no
// setting by which one becomes the other. It takes connections from this machine only, answers only
// to services on this machine, knows no secret, shows public material only, and says what it is.
//
//   DevService::open -> Delivery::open({..., channels: {service->channel()}}) -> connect -> listen
//   on 127.0.0.1
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/teams/connector.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/delivery/delivery.hpp"

namespace raadbot::teams {

class DevService {
public:
    struct Inputs {
        std::string municipality;
        std::string language = "da";
        bot::Conversation* conversation = nullptr;  ///< These two outlive the service.
        const bot::Clock* clock = nullptr;
    };
    [[nodiscard]] static std::unique_ptr<DevService> open(Inputs inputs);
    virtual ~DevService() = default;

    [[nodiscard]] virtual delivery::Channel channel() = 0;
    virtual void connect(delivery::Delivery& delivery) = 0;
    /// POST /api/messages from this machine; 403 from elsewhere.
    [[nodiscard]] virtual http::Response handle(const http::Request& request) = 0;
};

/// For the log and the console when it starts.
inline constexpr std::string_view dev_notice =
    "DEVELOPMENT MODE: requests are not authenticated; this machine only, public material only. "
    "Never for use.";

/// "http://localhost:56150/_connector" and the like: plain http to this machine.
[[nodiscard]] bool is_loopback_url(std::string_view url);

}  // namespace raadbot::teams
