#include "adapters/teams/webhook.hpp"

namespace raadbot::teams {
namespace {

http::Response json(unsigned status, const Json& body) {
    http::Response response;
    response.status = status;
    if (!body.is_null()) {
        response.content_type = "application/json; charset=utf-8";
        response.body = serialised(body);
    }
    return response;
}

void rate(const Rate& rate, const Webhook& webhook) {
    const auto reply =
        rate.remote_id.empty()
            ? webhook.delivery.latest_reply(webhook.channel, rate.conversation)
            : webhook.delivery.reply_to(webhook.channel, rate.conversation, rate.remote_id);
    if (!reply || reply->note.empty()) return;
    webhook.conversation.feedback(reply->note, rate.helpful, rate.comment, webhook.now, rate.key);
}

http::Response search(const Search& search, const Webhook& webhook) {
    bot::Reply reply;
    if (!search.text.empty()) {
        bot::Message message;
        message.channel = "teams";
        message.text = search.text;
        message.audiences = search.audiences;
        message.now = webhook.now;
        reply = webhook.conversation.reply(message);
    }
    return json(200, search_result(reply));
}

http::Response acknowledgement(delivery::Accepted accepted) {
    switch (accepted) {
        case delivery::Accepted::stored:
        case delivery::Accepted::duplicate: return json(200, {});
        case delivery::Accepted::full:
        case delivery::Accepted::failed: break;
    }
    return json(503, {}).set("Retry-After", "5");
}

}  // namespace

http::Response take(const Activity& activity, const Webhook& webhook) {
    Decision decision = decide(activity, webhook.options, webhook.channel);
    if (auto* to_store = std::get_if<Store>(&decision))
        return acknowledgement(webhook.delivery.accept(std::move(to_store->event)));
    if (const auto* to_rate = std::get_if<Rate>(&decision)) {
        rate(*to_rate, webhook);
        // A feedback form wants an empty object; anything else is shown as an error.
        return activity.type == "invoke" ? json(200, Json::object()) : json(200, {});
    }
    if (const auto* to_search = std::get_if<Search>(&decision)) return search(*to_search, webhook);
    if (const auto* to_say = std::get_if<Say>(&decision)) return json(to_say->status, to_say->body);
    return json(200, {});
}

bool take_at_once(const Activity& activity, const Webhook& webhook, const http::Respond& respond) {
    Decision decision = decide(activity, webhook.options, webhook.channel);
    if (auto* to_store = std::get_if<Store>(&decision)) {
        webhook.delivery.accept_later(
            std::move(to_store->event),
            [respond](delivery::Accepted accepted) { respond(acknowledgement(accepted)); });
        return true;
    }
    if (const auto* to_say = std::get_if<Say>(&decision)) {
        respond(json(to_say->status, to_say->body));
        return true;
    }
    if (!std::holds_alternative<Ignore>(decision)) return false;
    respond(json(200, {}));
    return true;
}

std::optional<http::Response> not_the_webhook(const http::Request& request) {
    if (request.path != "/api/messages")
        return http::Response{404, "text/plain; charset=utf-8", "not found\n", {}};
    if (request.is_post()) return std::nullopt;
    return http::Response{405, "text/plain; charset=utf-8", "", {{"Allow", "POST"}}};
}

}  // namespace raadbot::teams
