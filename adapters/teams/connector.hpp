// Our calls to Teams: a token from Entra, then messages through the Bot Connector. The token goes
// to allowed hosts only.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/http/rest_client.hpp"
#include "adapters/teams/options.hpp"
#include "adapters/teams/streams.hpp"
#include "bot/ports.hpp"

namespace raadbot::teams {

/// One call over a connection of its own: a repeat that a pool makes by itself would be a second
/// message. `origin`: "https://host".
using Transport = std::function<tl::expected<http::RestResponse, http::RestError>(
    const std::string& origin, const http::RestRequest& request)>;
[[nodiscard]] Transport transport_over_https(std::chrono::milliseconds time);

/// "https://host:port" and the rest of an address.
struct SplitUrl {
    std::string origin;
    std::string path;  ///< Begins with '/', or empty.
};
[[nodiscard]] SplitUrl split_url(const std::string& url);

/// The body of a 200 answer; Errors: unavailable, with status.
[[nodiscard]] Result<std::string> fetch(const Transport& transport, const std::string& url);

/// The bot's own token, kept until five minutes before it ends. Thread-safe.
class TokenSource {
public:
    TokenSource(const Options& options, Transport transport);
    /// Errors: unavailable (try again), denied (the secret or the id is wrong).
    [[nodiscard]] Result<std::string> token(Timestamp now);
    /// Teams would not have it: the next call fetches another.
    void reject(const std::string& token);

private:
    std::string origin_, target_, body_;
    Transport transport_;
    std::mutex mutex_;
    std::string token_;
    Timestamp until_{};
};

/// What an answer of the Connector means for the message. Pure.
[[nodiscard]] bot::SendResult judge(const http::RestResponse& response,
                                    bot::Outgoing::Action action);

class Connector final : public bot::Sender {
public:
    /// `clock` must outlive it.
    Connector(Options options, Transport transport, const bot::Clock& clock);
    /// For tests: streams keep their pace by this clock.
    Connector(Options options, Transport transport, const bot::Clock& clock,
              std::function<bot::Moment()> now);
    [[nodiscard]] bot::SendResult send(const bot::Outgoing& outgoing) override;
    [[nodiscard]] bool repeats_are_harmless() const override { return false; }

private:
    Options options_;
    Transport transport_;
    const bot::Clock& clock_;
    TokenSource tokens_;
    std::function<bot::Moment()> now_;
    Streams streams_;
};

[[nodiscard]] bot::Moment system_moment();

/// The request for a message, without the token. Pure; `base`: serviceUrl's path.
[[nodiscard]] http::RestRequest request_for(const bot::Outgoing& outgoing, const std::string& base,
                                            const std::string& conversation);

}  // namespace raadbot::teams
