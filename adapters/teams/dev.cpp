#include "adapters/teams/dev.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "adapters/teams/flow.hpp"
#include "adapters/teams/webhook.hpp"

namespace raadbot::teams {
namespace {

const std::string channel_name = "teams-dev";

/// Sends without a token, and only to this machine.
class DevConnector final : public bot::Sender {
public:
    bot::SendResult send(const bot::Outgoing& outgoing) override {
        const Target target = read_target(outgoing.target);
        if (!is_loopback_url(target.service_url)) {
            return {bot::SendResult::Kind::refused, "", {}, "not on this machine"};
        }
        const SplitUrl url = split_url(target.service_url);
        Streams::Plan plan =
            streams_.plan(outgoing, url.path, target.conversation, system_moment());
        if (auto* known = std::get_if<bot::SendResult>(&plan)) return std::move(*known);
        const auto response = transport_(url.origin, std::get<http::RestRequest>(plan));
        if (!response) return {bot::SendResult::Kind::unknown, "", {}, response.error().message};
        return streams_.judge(outgoing, *response, system_moment());
    }
    bool repeats_are_harmless() const override { return false; }

private:
    Transport transport_ = transport_over_https(std::chrono::seconds(5));
    Streams streams_;
};

class Running final : public DevService {
public:
    explicit Running(Inputs inputs) : conversation_(*inputs.conversation), clock_(*inputs.clock) {
        // No tenants, no secret, no audience rules: everybody is the public.
        options_.municipality = std::move(inputs.municipality);
        options_.language = std::move(inputs.language);
    }

    delivery::Channel channel() override {
        delivery::Channel channel = channel_of(channel_name, options_, conversation_, clock_);
        channel.sender = std::make_shared<DevConnector>();
        return channel;
    }

    void connect(delivery::Delivery& delivery) override { delivery_ = &delivery; }

    http::Response handle(const http::Request& request) override {
        if (request.client != "127.0.0.1" && request.client != "::1") {
            return {403, "text/plain; charset=utf-8", std::string(dev_notice) + "\n", {}};
        }
        if (auto other = not_the_webhook(request)) return *other;
        const auto json = parse_json(request.body, 64);
        if (!json || !json->is_object()) {
            return {400, "text/plain; charset=utf-8", "not a JSON object\n", {}};
        }
        const Activity activity = read_activity(*json);
        if (!is_loopback_url(activity.service_url)) {
            return {403, "text/plain; charset=utf-8", std::string(dev_notice) + "\n", {}};
        }
        delivery::Delivery* delivery = delivery_;
        if (delivery == nullptr) return {503, "text/plain; charset=utf-8", "starting\n", {}};
        http::Response response =
            take(activity, {options_, channel_name, conversation_, *delivery, clock_.now()});
        response.set("X-Raadbot-Mode", "development");
        return response;
    }

private:
    Options options_;
    bot::Conversation& conversation_;
    const bot::Clock& clock_;
    std::atomic<delivery::Delivery*> delivery_ = nullptr;
};

}  // namespace

bool is_loopback_url(std::string_view url) {
    for (const std::string_view host :
         {"http://localhost:", "http://127.0.0.1:", "http://[::1]:"}) {
        if (!url.starts_with(host) || url.size() > 200) continue;
        const std::string_view rest = url.substr(host.size());
        const std::string_view port = rest.substr(0, rest.find('/'));
        const std::string_view path = rest.substr(port.size());
        const auto digit = [](char c) { return c >= '0' && c <= '9'; };
        const auto plain = [&](char c) {
            return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' ||
                   c == '_' || c == '-';
        };
        return !port.empty() && port.size() <= 5 && std::all_of(port.begin(), port.end(), digit) &&
               std::all_of(path.begin(), path.end(), plain);
    }
    return false;
}

std::unique_ptr<DevService> DevService::open(Inputs inputs) {
    return std::make_unique<Running>(std::move(inputs));
}

}  // namespace raadbot::teams
