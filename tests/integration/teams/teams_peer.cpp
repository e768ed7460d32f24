// The Teams channel as it runs in production, but for three things: the answers come from a table,
// Microsoft's hosts are a fake on this machine, and the clock of retries is quick. Ends when its
// input ends.
//
// teams_peer <data dir> <address of the fake> [slow | quick | bench | ack | dev]
//   slow: Teams' rates; quick: none; bench: none, one message per answer; dev: the development
//   listener
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <iostream>
#include <mutex>
#include <string>

#include "adapters/http/server.hpp"
#include "adapters/teams/dev.hpp"
#include "adapters/teams/service.hpp"
#include "bot/ports.hpp"
#include "tests/support/teams_world.hpp"

namespace {

using namespace raadbot;
using namespace std::chrono_literals;

/// Answers at once, but a question that begins with "vent" when it is told to.
class WaitingConversation final : public test::FakeConversation {
public:
    bot::Reply reply(const bot::Message& message) override {
        if (message.text.starts_with("vent")) {
            std::unique_lock lock(mutex_);
            told_.wait(lock, [this] { return go_; });
        }
        return FakeConversation::reply(message);
    }
    void go() {
        const std::lock_guard lock(mutex_);
        go_ = true;
        told_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable told_;
    bool go_ = false;
};

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
                           {"questions", conversation.questions()}};
    return {200, "application/json", json.dump(), {}};
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fputs("teams_peer <data dir> <address of the fake>\n", stderr);
        return 2;
    }
    const std::string mode = count > 3 ? arguments[3] : "slow";
    const bool bench = mode == "bench", dev = mode == "dev", quick_words = mode == "slow";
    WaitingConversation conversation;
    const bot::SystemClock clock;
    const auto log = [](std::string_view line) {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
    };

    teams::Service::Inputs inputs;
    inputs.options = test::teams_options();
    if (mode == "quick" || bench) inputs.options.limits = {};
    inputs.options.source_cards = !bench;
    inputs.conversation = &conversation;
    inputs.clock = &clock;
    inputs.log = log;
    inputs.transport = to_fake(arguments[2]);
    auto service = teams::Service::open(std::move(inputs)).value();

    delivery::Delivery::Inputs delivery_inputs;
    delivery_inputs.data_dir = arguments[1];
    delivery_inputs.options.retry.first = 50ms;
    delivery_inputs.options.retry.most = 1s;
    // A message that is cut short twice is given up; killed every tenth of a second, it may be.
    delivery_inputs.options.retry.doubtful_repeats = 10;
    delivery_inputs.options.meanwhile = delivery_inputs.options.meanwhile_again =
        quick_words ? 50ms : 1'000ms;
    delivery_inputs.options.most_waiting = 1'000'000;
    delivery_inputs.options.busy_conversation = 1'000'000;
    delivery_inputs.options.busy_waiting = 1'000'000;
    const auto local = teams::DevService::open({"Egelund Kommune", "da", &conversation, &clock});
    delivery_inputs.channels.push_back(dev ? local->channel() : service->channel());
    if (mode == "ack") {
        delivery_inputs.channels.back().handle =
            [](const delivery::Event&, const delivery::Known&) { return delivery::Handling{}; };
    }
    delivery_inputs.log = log;
    auto delivery = delivery::Delivery::open(std::move(delivery_inputs)).value();
    service->connect(*delivery);
    local->connect(*delivery);

    http::ServerOptions server_options;
    server_options.gate.body = 256 * 1'024;
    server_options.handler_threads = 4;
    server_options.requests_per_connection = 1'000'000;
    const std::uint16_t port = dev ? 3978 : 0;
    http::Listener listener{"teams", "127.0.0.1", port};
    listener.handler = [&](const http::Request& request) {
        if (request.path == "/go") conversation.go();
        if (request.path == "/figures" || request.path == "/go")
            return figures(*delivery, conversation);
        return dev ? local->handle(request) : service->handle(request);
    };
    if (!dev) {
        listener.first_look = [&](const http::Request& request, const http::Respond& respond) {
            return request.is_post() && service->first_look(request, respond);
        };
    }
    auto server = http::Server::start(server_options, {std::move(listener)});
    if (!server) {
        std::fprintf(stderr, "%s\n", server.error().message.c_str());
        return 1;
    }
    std::printf("%u\n", static_cast<unsigned>((*server)->ports()[0]));
    std::fflush(stdout);
    std::string line;
    while (std::getline(std::cin, line)) {
    }
    conversation.go();
    (*server)->stop();
    delivery->stop();
    return 0;
}
