// The part of the webhook that the production service and the development listener share: an
// activity that may be trusted, to the HTTP answer. Not for others.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"
#include "adapters/teams/flow.hpp"

namespace raadbot::teams {

struct Webhook {
    const Options& options;
    const std::string& channel;
    bot::Conversation& conversation;
    delivery::Delivery& delivery;
    Timestamp now;
};

/// Stores, rates, searches or answers; returns when that is done.
[[nodiscard]] http::Response take(const Activity& activity, const Webhook& webhook);
/// The same without blocking: false, and nothing done, for what is to be given to take().
[[nodiscard]] bool take_at_once(const Activity& activity, const Webhook& webhook,
                                const http::Respond& respond);
/// 404 and 405 for what is not POST /api/messages; nothing otherwise.
[[nodiscard]] std::optional<http::Response> not_the_webhook(const http::Request& request);

}  // namespace raadbot::teams
