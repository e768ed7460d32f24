#include "adapters/teams/service.hpp"

#include <time.h>

#include <atomic>
#include <utility>

#include "adapters/teams/auth.hpp"
#include "adapters/teams/flow.hpp"
#include "adapters/teams/verified_tokens.hpp"
#include "adapters/teams/webhook.hpp"
#include "adapters/token/keys.hpp"

namespace raadbot::teams {
namespace {

const std::string channel_name = "teams";

class Running final : public Service {
public:
    Running(Inputs inputs, Options options)
        : options_(std::move(options)),
          conversation_(*inputs.conversation),
          clock_(*inputs.clock),
          log_(inputs.log ? std::move(inputs.log) : [](std::string_view) {}),
          transport_(inputs.transport ? std::move(inputs.transport)
                                      : transport_over_https(options_.request_time)),
          keys_(options_.metadata_url,
                [this](const std::string& url) { return fetch(transport_, url); }) {}

    delivery::Channel channel() override {
        delivery::Channel channel = channel_of(channel_name, options_, conversation_, clock_);
        channel.sender = std::make_shared<Connector>(options_, transport_, clock_);
        return channel;
    }

    void connect(delivery::Delivery& delivery) override { delivery_ = &delivery; }

    http::Response handle(const http::Request& request) override {
        if (auto other = not_the_webhook(request)) return *other;
        const Timestamp now = clock_.now();
        const std::string_view authorization = request.field("Authorization");
        VerifiedTokens::Token token = verified_.read(authorization);
        if (const Denial denial = check_claims(*token.presented, options_, now);
            denial != Denial::none) {
            return refuse(denial);
        }
        const auto keys = keys_.keys_for(token.presented->claims.key_id, now);
        if (keys == nullptr) {
            log_("teams: no keys to check tokens with: " + keys_.problem());
            return later();
        }
        const auto activity = authenticated(request, authorization, token, keys);
        if (!activity) return activity.error();
        delivery::Delivery* delivery = delivery_;
        if (delivery == nullptr) return later();
        return take(*activity, {options_, channel_name, conversation_, *delivery, now});
    }

    bool first_look(const http::Request& request, const http::Respond& respond) override {
        const auto answer = [&](http::Response response) {
            respond(std::move(response));
            return true;
        };
        if (auto other = not_the_webhook(request)) return answer(std::move(*other));
        const Timestamp now = clock_.now();
        const std::string_view authorization = request.field("Authorization");
        VerifiedTokens::Token token = verified_.read(authorization);
        if (const Denial denial = check_claims(*token.presented, options_, now);
            denial != Denial::none) {
            return answer(refuse(denial));
        }
        const auto keys = keys_.at_hand(token.presented->claims.key_id, now);
        delivery::Delivery* delivery = delivery_;
        if (keys == nullptr || delivery == nullptr) return false;
        const auto activity = authenticated(request, authorization, token, keys);
        if (!activity) return answer(activity.error());
        return take_at_once(*activity, {options_, channel_name, conversation_, *delivery, now},
                            respond);
    }

private:
    /// The activity, when the request passes every check; else the refusal.
    tl::expected<Activity, http::Response> authenticated(
        const http::Request& request, std::string_view authorization, VerifiedTokens::Token& token,
        const std::shared_ptr<const KeySet>& keys) {
        if (token.verified_with != keys) {
            if (const Denial denial = check_signature(*token.presented, *keys);
                denial != Denial::none) {
                return tl::unexpected(refuse(denial));
            }
            token.verified_with = keys;
            verified_.add(authorization, token);
        }
        const auto json = parse_json(request.body, 64);
        if (!json || !json->is_object()) {
            return tl::unexpected(
                http::Response{400, "text/plain; charset=utf-8", "not a JSON object\n", {}});
        }
        Activity activity = read_activity(*json);
        if (const Denial denial =
                check_activity(activity, token.presented->claims, *keys, options_);
            denial != Denial::none) {
            return tl::unexpected(refuse(denial));
        }
        return activity;
    }

    http::Response refuse(Denial denial) const {
        log_("teams: request refused: " + std::string(to_string(denial)));
        http::Response response{status_of(denial), "text/plain; charset=utf-8", "", {}};
        if (response.status == 401) response.set("WWW-Authenticate", "Bearer");
        return response;
    }
    static http::Response later() {
        return {503, "text/plain; charset=utf-8", "", {{"Retry-After", "10"}}};
    }

    Options options_;
    bot::Conversation& conversation_;
    const bot::Clock& clock_;
    std::function<void(std::string_view)> log_;
    Transport transport_;
    token::KeyCache keys_;
    VerifiedTokens verified_;
    std::atomic<delivery::Delivery*> delivery_ = nullptr;
};

/// "Mon, 23 Nov 2026 08:00:00 GMT" (RFC 9110 §5.6.7).
std::optional<Timestamp> http_date(const std::string& text) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return Timestamp(std::chrono::seconds(::timegm(&parts)));
}

Finding good(std::string check) { return {std::move(check), true, ""}; }

}  // namespace

Result<std::unique_ptr<Service>> Service::open(Inputs inputs) {
    auto options = checked(inputs.options);
    if (!options) return tl::unexpected(options.error());
    return std::make_unique<Running>(std::move(inputs), std::move(*options));
}

std::vector<Finding> diagnose(const Options& given, Timestamp now, Transport transport) {
    std::vector<Finding> findings;
    const auto options = checked(given);
    if (!options) return {{"Teams settings", false, options.error().message}};
    findings.push_back(good("Teams settings"));
    if (!transport) transport = transport_over_https(options->request_time);

    std::optional<std::string> date;
    const Transport noting = [&](const std::string& origin, const http::RestRequest& request) {
        auto response = transport(origin, request);
        if (response) date = std::string(response->field("Date"));
        return response;
    };
    token::KeyCache keys(options->metadata_url,
                         [&](const std::string& url) { return fetch(noting, url); });
    (void)keys.keys_for("", now);
    findings.push_back(keys.problem().empty()
                           ? good("Bot Connector keys")
                           : Finding{"Bot Connector keys", false,
                                     keys.problem() + "; let the server reach " +
                                         split_url(options->metadata_url).origin + " on port 443"});
    TokenSource tokens(*options, noting);
    const auto token = tokens.token(now);
    findings.push_back(token ? good("Entra token")
                             : Finding{"Entra token", false, token.error().message});
    if (date && !date->empty()) {
        const auto theirs = http_date(*date);
        const auto apart = theirs ? std::chrono::abs(*theirs - now) : std::chrono::seconds(0);
        findings.push_back(
            apart <= std::chrono::minutes(2)
                ? good("clock")
                : Finding{"clock", false,
                          "differs by " + std::to_string(apart.count()) +
                              " s from Microsoft's; tokens fail at 300 s; set up time "
                              "synchronisation (systemd-timesyncd)"});
    }
    if (!options->public_url.starts_with("https://")) {
        findings.push_back(
            {"public address", false,
             "teams needs an https address: set public_url and point the bot registration's "
             "messaging endpoint to <public_url>/api/messages"});
    } else {
        findings.push_back(good("public address"));
    }
    return findings;
}

}  // namespace raadbot::teams
