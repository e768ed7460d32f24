#include "adapters/teams/streams.hpp"

#include <utility>

#include "adapters/teams/connector.hpp"
#include "adapters/teams/render.hpp"

namespace raadbot::teams {
namespace {

using namespace std::chrono_literals;
using Kind = bot::SendResult::Kind;
using Action = bot::Outgoing::Action;

constexpr auto pace = 1s;
/// Teams ends a stream after two minutes.
constexpr auto lasts = 110s;

bot::SendResult outcome(Kind kind, const char* detail) {
    bot::SendResult result;
    result.kind = kind;
    result.detail = detail;
    return result;
}

/// The SDKs say it in both places.
void mark(Json& activity, Json info) {
    for (const auto& [name, value] : info.items()) activity["channelData"][name] = value;
    info["type"] = "streaminfo";
    activity["entities"].push_back(std::move(info));
}

http::RestRequest post(const Json& activity, const bot::Outgoing& outgoing, const std::string& base,
                       const std::string& conversation) {
    bot::Outgoing created = outgoing;
    created.action = Action::create;
    created.body = serialised(activity);
    return request_for(created, base, conversation);
}

}  // namespace

bool is_step(const Json& activity) { return string_at(activity, "type") == "typing"; }

Streams::Stream* Streams::open_stream(const std::string& id, bot::Moment now) {
    std::erase_if(open_, [&](const auto& stream) { return now - stream.second.begun >= lasts; });
    const auto found = open_.find(id);
    return found == open_.end() ? nullptr : &found->second;
}

Streams::Plan Streams::plan(const bot::Outgoing& outgoing, const std::string& base,
                            const std::string& conversation, bot::Moment now) {
    if (outgoing.action == Action::remove) return request_for(outgoing, base, conversation);
    Json activity = parse_json(outgoing.body, 64).value_or(Json::object());
    const bool step = is_step(activity);
    if (outgoing.action == Action::create) {
        if (!step) return request_for(outgoing, base, conversation);
        mark(activity, {{"streamType", "informative"}, {"streamSequence", 1}});
        return post(activity, outgoing, base, conversation);
    }
    const std::lock_guard lock(mutex_);
    Stream* stream = open_stream(outgoing.remote_id, now);
    if (stream == nullptr) {
        if (step) return outcome(Kind::sent, "the stream has ended");
        return request_for(outgoing, base, conversation);
    }
    if (now < stream->last + pace) {
        bot::SendResult later = outcome(Kind::busy, "one step of a stream a second");
        later.retry_after = stream->last + pace - now;
        return later;
    }
    Json info{{"streamId", outgoing.remote_id}, {"streamType", step ? "informative" : "final"}};
    if (step) info["streamSequence"] = ++stream->steps;
    mark(activity, std::move(info));
    stream->last = now;
    return post(activity, outgoing, base, conversation);
}

bot::SendResult Streams::judge(const bot::Outgoing& outgoing, const http::RestResponse& response,
                               bot::Moment now) {
    bot::SendResult result = teams::judge(response, outgoing.action);
    const auto body = parse_json(response.body, 8);
    const std::string code = body ? string_at(*body, "error", "code") : std::string();
    const std::string why = body ? string_at(*body, "error", "message") : std::string();
    const bool stopped = response.status == 403 && code == "ContentStreamNotAllowed";
    const auto says = [&](const char* words) { return why.find(words) != std::string::npos; };

    const std::lock_guard lock(mutex_);
    if (outgoing.action == Action::create) {
        const auto activity = parse_json(outgoing.body, 64);
        if (!activity || !is_step(*activity)) return result;
        if (result.kind == Kind::sent && !result.remote_id.empty()) {
            open_[result.remote_id] = {now, now, 1};
        } else if (response.status != 429) {
            // What is being done is not worth a repeat: the answer follows, by itself then.
            result.kind = result.kind == Kind::sent ? Kind::sent : Kind::refused;
        }
        return result;
    }
    if (!open_.contains(outgoing.remote_id)) return result;
    if (stopped) {
        open_.erase(outgoing.remote_id);
        result.detail += ": " + why.substr(0, 100);
        // An earlier attempt at the end did arrive; or the user pressed Stop; else the stream's
        // place is left to an edit.
        if (says("completed")) {
            result.kind = Kind::sent;
        } else if (says("cancel")) {
            result.kind = Kind::refused;
        } else {
            result.kind = Kind::busy;
            result.retry_after = 0ms;
        }
        return result;
    }
    const auto activity = parse_json(outgoing.body, 64);
    const bool step = activity && is_step(*activity);
    if (result.kind == Kind::sent && !step) open_.erase(outgoing.remote_id);
    if (step && result.kind == Kind::busy && response.status != 429) result.kind = Kind::refused;
    return result;
}

}  // namespace raadbot::teams
