// The seams through which a conversation meets the world.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "retrieval/types.hpp"

namespace raadbot::bot {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
};

/// Always the same moment: `--now`, tests.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Timestamp when) : when_(when) {}
    [[nodiscard]] Timestamp now() const override { return when_; }

private:
    Timestamp when_;
};

/// Delivery works in milliseconds: limits are per second.
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// One thing to be done in a channel: put a message there, put other words in it, or take it away.
struct Outgoing {
    enum class Action { create, edit, remove };
    std::int64_t id = 0;
    std::string channel;
    std::string tenant;
    std::string conversation;
    std::string target;  ///< The channel's own record of where, as it was stored with the question.
    Action action = Action::create;
    std::string remote_id;  ///< edit, remove: the message's id in the channel.
    std::string body;       ///< The channel's own form of the message; empty for remove.
    /// The same for every attempt at the same thing: what channels with transaction ids send along.
    std::string key;
    bool doubtful = false;  ///< An earlier attempt may have arrived.
};

/// What became of an attempt.
struct SendResult {
    enum class Kind {
        sent,     ///< Arrived; remote_id is set for create.
        busy,     ///< Certainly not done; may be tried again, not before retry_after.
        unknown,  ///< The request went out, no answer came back.
        refused,  ///< Certainly not done, and never will be.
        closed,   ///< The conversation takes nothing from us: what waits for it is dropped.
    };
    Kind kind = Kind::unknown;
    std::string remote_id;
    std::optional<std::chrono::milliseconds> retry_after;
    std::string detail;  ///< For the log: status and code, never the message.
};

/// A channel's way out. Called from several threads, never twice at once for one conversation.
class Sender {
public:
    virtual ~Sender() = default;
    /// Never throws for what the peer does.
    [[nodiscard]] virtual SendResult send(const Outgoing& outgoing) = 0;
    /// A repeated create with the same key is one message for the peer (Matrix: yes, Teams: no).
    [[nodiscard]] virtual bool repeats_are_harmless() const = 0;
};

}  // namespace raadbot::bot
