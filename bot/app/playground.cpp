// `raadbot playground`: the Teams channel for a client on the developer's own machine, which sends
// no tokens. A command of its own: no configuration leads here, and `serve` never opens this
// listener. What is handed over here has the same desk: the administration, when it is configured,
// and `raadbot questions answer`.
#include <csignal>
#include <ctime>
#include <iostream>

#include "adapters/http/server.hpp"
#include "adapters/teams/dev.hpp"
#include "bot/app/admin_listener.hpp"
#include "bot/app/channels.hpp"
#include "bot/app/commands.hpp"
#include "bot/app/handoffs.hpp"
#include "bot/ports.hpp"

namespace raadbot::app {

int playground(const PlaygroundArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return report(config.error());
    if (arguments.port < 0 || arguments.port > 65535) {
        return report({ErrorCode::invalid_input, "--port must be from 0 to 65535"});
    }
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    auto conversation = open_conversation(*config, true);
    if (!conversation) return report(conversation.error());
    const auto log = [](std::string_view line) {
        std::cerr << "raadbot: " + std::string(line) + "\n";
    };
    const bot::SystemClock clock;
    const auto service =
        teams::DevService::open({config->municipality, "da", conversation->get(), &clock});
    delivery::Delivery::Inputs inputs;
    inputs.data_dir = config->data_dir / "playground";  // Apart from what real people asked.
    inputs.channels.push_back(service->channel());
    inputs.log = log;
    auto delivery = delivery::Delivery::open(std::move(inputs));
    if (!delivery) return report(delivery.error());
    service->connect(**delivery);

    http::Listener listener;
    listener.name = "playground";
    listener.address = "127.0.0.1";
    listener.port = static_cast<std::uint16_t>(arguments.port);
    listener.handler = [&](const http::Request& request) { return service->handle(request); };
    listener.failed = log;
    auto server = http::Server::start({}, {std::move(listener)});
    if (!server) return report(server.error());
    std::cout << teams::dev_notice << "\nhttp://"
              << host_and_port("127.0.0.1", (*server)->ports().front())
              << "/api/messages (stop with Ctrl-C)" << std::endl;
    auto administration = AdminListener::open(*config, clock, log);
    if (!administration) {  // Most likely `serve` has its port, and shows the same desk.
        log(administration.error().message);
    } else if (const std::string& line = (*administration)->served(); !line.empty()) {
        std::cout << line << std::endl;
    }
    const std::string own = service->channel().name;
    const auto say = [&](const store::HandoffRow& row) {
        auto event = row.channel == own ? handoff_event(row) : std::nullopt;
        return event && (*delivery)->accept(std::move(*event)) != delivery::Accepted::full;
    };
    const std::timespec a_second{1, 0};
    while (sigtimedwait(&signals, nullptr, &a_second) < 0) {
        (*conversation)->refresh();
        deliver_handoffs(config->data_dir, say);
    }
    (*server)->stop();
    if (administration) (*administration)->stop();
    (*delivery)->stop();
    return exit_good;
}

}  // namespace raadbot::app
