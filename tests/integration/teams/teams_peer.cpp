// The Teams channel as it runs in production, but for three things: the answers come from a table,
// Microsoft's hosts are a fake on this machine, and the clock of retries is quick. Ends when its
// input ends.
//
// teams_peer <data dir> <address of the fake> [quick | slow]
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "adapters/http/server.hpp"
#include "adapters/teams/service.hpp"
#include "bot/ports.hpp"
#include "tests/support/teams_world.hpp"

namespace {

using namespace raadbot;
using namespace std::chrono_literals;

/// Every https call goes to the fake, which is told the host that was meant.
teams::Transport to_fake(const std::string& fake) {
    return [fake](const std::string& origin,
                  http::RestRequest request) -> tl::expected<http::RestResponse, http::RestError> {
        request.fields.push_back({"X-Meant-For", origin});
        http::RestOptions options;
        options.time = 2'000ms;
        return http::RestClient(fake, options).send(request);
    };
}

http::Response figures(delivery::Delivery& delivery, test::FakeConversation& conversation) {
    const delivery::Figures f = delivery.figures();
    const teams::Json json{{"idle", delivery.idle()},
                           {"accepted", f.accepted},
                           {"duplicates", f.duplicates},
                           {"handled", f.handled},
                           {"poison", f.poison},
                           {"sent", f.sent},
                           {"retried", f.retried},
                           {"failed", f.failed},
                           {"doubtful", f.doubtful},
                           {"commits", f.commits},
                           {"rated", conversation.rated()},
                           {"questions", conversation.asked().size()}};
    return {200, "application/json", json.dump(), {}};
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fputs("teams_peer <data dir> <address of the fake>\n", stderr);
        return 2;
    }
    const bool quick = count > 3 && std::string(arguments[3]) == "quick";
    test::FakeConversation conversation;
    const bot::SystemClock clock;
    const auto log = [](std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    };

    teams::Service::Inputs inputs;
    inputs.options = test::teams_options();
    if (quick) inputs.options.limits = {};
    inputs.conversation = &conversation;
    inputs.clock = &clock;
    inputs.log = log;
    inputs.transport = to_fake(arguments[2]);
    auto service = teams::Service::open(std::move(inputs)).value();

    delivery::Delivery::Inputs delivery_inputs;
    delivery_inputs.data_dir = arguments[1];
    delivery_inputs.options.retry.first = 50ms;
    delivery_inputs.options.retry.most = 1s;
    delivery_inputs.options.busy_conversation = 10'000;
    delivery_inputs.options.busy_waiting = 10'000;
    delivery_inputs.channels.push_back(service->channel());
    delivery_inputs.log = log;
    auto delivery = delivery::Delivery::open(std::move(delivery_inputs)).value();
    service->connect(*delivery);

    http::ServerOptions server_options;
    server_options.gate.body = 256 * 1'024;
    server_options.handler_threads = 32;
    auto server = http::Server::start(server_options,
                                      {{"teams", "127.0.0.1", 0, [&](const http::Request& request) {
                                            if (request.path == "/figures")
                                                return figures(*delivery, conversation);
                                            return service->handle(request);
                                        }}});
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("%u\n", static_cast<unsigned>((*server)->ports()[0]));
    std::fflush(stdout);
    std::string line;
    while (std::getline(std::cin, line)) {
    }
    (*server)->stop();
    delivery->stop();
    return 0;
}
