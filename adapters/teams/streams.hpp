// Streams in personal chats: while an answer takes its time, Teams shows what the bot is doing, and
// the answer takes that place. Only such informative steps are streamed, never text that might
// still be refused: the answer comes whole, as the stream's last step.
//
// A message that says what is being done has the type "typing"; delivery puts it first and the
// answer in its place. Here that becomes the calls that Teams wants: start, next step, end. Teams'
// rules: one step a second, the whole within two minutes, each step after the answer to the one
// before. A stream that is not known any more (the program was restarted) is edited like any
// message. Thread-safe.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <variant>

#include "adapters/http/rest_client.hpp"
#include "adapters/teams/json.hpp"
#include "bot/ports.hpp"

namespace raadbot::teams {

class Streams {
public:
    /// The request for a message, without the token; or what became of it, when there is nothing to
    /// be sent now. `base`: serviceUrl's path.
    using Plan = std::variant<http::RestRequest, bot::SendResult>;
    [[nodiscard]] Plan plan(const bot::Outgoing& outgoing, const std::string& base,
                            const std::string& conversation, bot::Moment now);
    /// What the answer to plan()'s request means.
    [[nodiscard]] bot::SendResult judge(const bot::Outgoing& outgoing,
                                        const http::RestResponse& response, bot::Moment now);

private:
    struct Stream {
        bot::Moment begun{}, last{};
        int steps = 1;
    };
    Stream* open_stream(const std::string& id, bot::Moment now);

    std::mutex mutex_;
    std::map<std::string, Stream> open_;  // By stream id, which is the message's id.
};

/// A message of this kind says what is being done.
[[nodiscard]] bool is_step(const Json& activity);

}  // namespace raadbot::teams
