// The Teams channel put together: requests in, events to delivery, answers out.
//
//   Service::open -> Delivery::open({..., channels: {service->channel()}}) ->
//   service->connect(*delivery)
//   -> listen with service->handle
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"
#include "adapters/teams/connector.hpp"
#include "adapters/teams/options.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/ports.hpp"

namespace raadbot::teams {

/// What `doctor` tells: a check's name, whether it is well, and if not, what to do.
struct Finding {
    std::string check;
    bool good = false;
    std::string advice;
};

class Service {
public:
    struct Inputs {
        Options options;
        bot::Conversation* conversation = nullptr;  ///< These two outlive the service.
        const bot::Clock* clock = nullptr;
        std::function<void(std::string_view)> log;  ///< One line, no personal data; empty: none.
        Transport transport;                        ///< Empty: over https.
    };
    /// Errors: invalid_config.
    [[nodiscard]] static Result<std::unique_ptr<Service>> open(Inputs inputs);
    virtual ~Service() = default;

    /// For Delivery::open; the service must outlive the delivery's run.
    [[nodiscard]] virtual delivery::Channel channel() = 0;
    /// Before the first request.
    virtual void connect(delivery::Delivery& delivery) = 0;
    /// POST /api/messages. Answers within the time of one commit; a search takes as long as
    /// searching does. Safe from several threads.
    [[nodiscard]] virtual http::Response handle(const http::Request& request) = 0;
    /// The same without blocking, for what needs no more than the commit; false: ask handle().
    [[nodiscard]] virtual bool first_look(const http::Request& request,
                                          const http::Respond& respond) = 0;
};

/// Keys, token, clock: what can be told from here. Makes three requests.
[[nodiscard]] std::vector<Finding> diagnose(const Options& options, Timestamp now,
                                            Transport transport = {});

}  // namespace raadbot::teams
