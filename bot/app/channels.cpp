#include "bot/app/channels.hpp"

#include <set>
#include <utility>

#include "adapters/http/server.hpp"
#include "adapters/matrix/channel.hpp"
#include "adapters/teams/service.hpp"
#include "bot/app/handoffs.hpp"
#include "bot/delivery/delivery.hpp"

namespace raadbot::app {
namespace {

constexpr std::size_t teams_body = 256 * 1'024;  // An activity is at most about 100 KB.
/// For searches and votes; what is only stored needs no thread while it waits for its commit.
constexpr unsigned teams_threads = 4;
/// A busy room's follow-ups refer to one of many askers' questions.
constexpr std::size_t context_questions = 50;

class Running final : public Channels {
public:
    explicit Running(Log log) : log_(std::move(log)) {}
    ~Running() override { stop(); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Result<void> start(const Config& config, bot::Conversation& conversation,
                       const bot::Clock& clock) {
        delivery::Delivery::Inputs inputs;
        if (config.teams) {
            auto options = teams_options(config);
            if (!options) return tl::unexpected(options.error());
            teams::Service::Inputs wanted;
            wanted.options = std::move(*options);
            wanted.conversation = &conversation;
            wanted.clock = &clock;
            wanted.log = log_;
            auto service = teams::Service::open(std::move(wanted));
            if (!service) return tl::unexpected(service.error());
            teams_ = std::move(*service);
            inputs.channels.push_back(teams_->channel());
        }
        if (config.matrix) {
            auto options = matrix_options(config);
            if (!options) return tl::unexpected(options.error());
            matrix_ = std::make_unique<matrix::Channel>(*options, conversation, clock,
                                                        matrix::connect(*options), log_);
            inputs.channels.push_back(matrix_->delivery_channel());
        }
        if (inputs.channels.empty()) return {};

        for (const delivery::Channel& channel : inputs.channels) channels_.insert(channel.name);
        inputs.data_dir = config.data_dir;
        inputs.options.context_questions = context_questions;
        inputs.log = log_;
        auto delivery = delivery::Delivery::open(std::move(inputs));
        if (!delivery) return tl::unexpected(delivery.error());
        delivery_ = std::move(*delivery);
        if (teams_) teams_->connect(*delivery_);
        if (matrix_) matrix_->attach(*delivery_);

        if (teams_) {
            http::ServerOptions options;
            options.gate.body = teams_body;
            options.handler_threads = teams_threads;
            options.trusted_proxies = config.web.trusted_proxies;
            http::Listener listener;
            listener.name = "teams";
            listener.address = config.teams->address;
            listener.port = config.teams->port;
            listener.handler = [this](const http::Request& request) {
                return teams_->handle(request);
            };
            listener.first_look = [this](const http::Request& request,
                                         const http::Respond& respond) {
                return teams_->first_look(request, respond);
            };
            auto listening = listen(std::move(options), std::move(listener), "/api/messages");
            if (!listening) return listening;
        }
        if (matrix_) {
            http::Listener listener;
            listener.name = "matrix";
            listener.address = config.matrix->address;
            listener.port = config.matrix->port;
            listener.handler = [this](const http::Request& request) {
                return matrix_->handle(request);
            };
            auto listening =
                listen(matrix::server_options(), std::move(listener), "/_matrix/app/v1");
            if (!listening) return listening;
            matrix_->start();
        }
        return {};
    }

    const std::vector<std::string>& served() const override { return served_; }

    bool say(const store::HandoffRow& handoff) override {
        if (!delivery_ || !channels_.contains(handoff.channel)) return false;
        auto event = handoff_event(handoff);
        return event && delivery_->accept(std::move(*event)) != delivery::Accepted::full;
    }

    void stop() override {
        for (const auto& server : servers_) server->stop();
        servers_.clear();
        if (matrix_) matrix_->stop();
        if (delivery_) delivery_->stop();
    }

private:
    Result<void> listen(http::ServerOptions options, http::Listener listener,
                        const std::string& path) {
        const std::string name = listener.name, address = listener.address;
        listener.failed = [this, name](std::string_view why) {
            log_(name + ": " + std::string(why));
        };
        auto server = http::Server::start(std::move(options), {std::move(listener)});
        if (!server) {
            return fail(server.error().code, name + ": " + server.error().message);
        }
        served_.push_back(name + " on http://" +
                          host_and_port(address, (*server)->ports().front()) + path);
        servers_.push_back(std::move(*server));
        return {};
    }

    // In this order: the channels outlive the delivery, the delivery outlives the listeners.
    Log log_;
    std::unique_ptr<teams::Service> teams_;
    std::unique_ptr<matrix::Channel> matrix_;
    std::unique_ptr<delivery::Delivery> delivery_;
    std::vector<std::unique_ptr<http::Server>> servers_;
    std::vector<std::string> served_;
    std::set<std::string> channels_;
};

}  // namespace

Result<std::unique_ptr<Channels>> Channels::open(const Config& config,
                                                 bot::Conversation& conversation,
                                                 const bot::Clock& clock, Log log) {
    auto running = std::make_unique<Running>(std::move(log));
    if (auto started = running->start(config, conversation, clock); !started) {
        return tl::unexpected(started.error());
    }
    return running;
}

std::string host_and_port(const std::string& address, std::uint16_t port) {
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

}  // namespace raadbot::app
