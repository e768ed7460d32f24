// What an activity leads to: first while Teams waits (what to store, what to answer), then when its
// turn has come (what shall stand in the chat). Decides only; service.hpp does.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/teams/codec.hpp"
#include "adapters/teams/options.hpp"
#include "adapters/teams/render.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/delivery/delivery.hpp"
#include "bot/ports.hpp"

namespace raadbot::teams {

/// Nothing to do: 200.
struct Ignore {};
/// To be stored before the 200.
struct Store {
    delivery::Event event;
};
/// Somebody says what they thought of an answer of ours.
struct Rate {
    std::string conversation;
    std::string remote_id;  ///< Our message; empty: the latest one.
    bool helpful = false;
    std::string comment;
    std::string key;  ///< Of the activity that says so; empty: it has none.
};
/// A search from the compose box; answered at once.
struct Search {
    std::string text;
    std::vector<Audience> audiences;
};
/// An answer that needs nothing else.
struct Say {
    unsigned status = 200;
    Json body;  ///< null: none.
};
using Decision = std::variant<Ignore, Store, Rate, Search, Say>;

/// `channel`: the delivery channel's name.
[[nodiscard]] Decision decide(const Activity& activity, const Options& options,
                              const std::string& channel);

/// Where a stored event's answers go; written by decide(), read by the connector.
struct Target {
    std::string service_url;
    std::string conversation;
};
[[nodiscard]] Target read_target(const std::string& text);

/// The other half of a stored event. Throws when the conversation does.
[[nodiscard]] delivery::Handling respond(const delivery::Event& event, const delivery::Known& known,
                                         const Options& options, bot::Conversation& conversation,
                                         Timestamp now);
/// What is shown while respond() takes its time: a step of a stream in personal chats, elsewhere a
/// message that the answer will replace. No question: nothing (more).
[[nodiscard]] delivery::Handling meanwhile(const delivery::Event& event, std::size_t step,
                                           const Options& options);
/// When that failed for good.
[[nodiscard]] delivery::Handling apologise(const delivery::Event& event, const Options& options);
/// These three as a channel of that name, still without a sender. What is passed must outlive it.
[[nodiscard]] delivery::Channel channel_of(std::string name, const Options& options,
                                           bot::Conversation& conversation,
                                           const bot::Clock& clock);

}  // namespace raadbot::teams
