#include "adapters/teams/connector.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "adapters/http/url.hpp"
#include "adapters/teams/auth.hpp"
#include "adapters/teams/codec.hpp"
#include "adapters/teams/flow.hpp"
#include "adapters/teams/render.hpp"

namespace raadbot::teams {
namespace {

using Kind = bot::SendResult::Kind;
using Action = bot::Outgoing::Action;

std::optional<std::chrono::milliseconds> asked_to_wait(const http::RestResponse& response) {
    const auto none = std::chrono::milliseconds(-1);
    const auto wait = http::retry_after(response, none);
    return wait == none ? std::nullopt : std::optional(wait);
}

std::string error_code(const http::RestResponse& response) {
    const auto body = parse_json(response.body, 8);
    return body ? string_at(*body, "error", "code") : std::string();
}

}  // namespace

Transport transport_over_https(std::chrono::milliseconds time) {
    return [time](const std::string& origin, const http::RestRequest& request)
               -> tl::expected<http::RestResponse, http::RestError> {
        http::RestOptions options;
        options.time = time;
        options.largest_response = 1'024 * 1'024;
        // A connection for each call: when a kept one turns out to be closed, the library repeats
        // the request by itself, and a message might stand twice without anybody knowing.
        try {
            return http::RestClient(origin, options).send(request);
        } catch (const std::invalid_argument& error) {
            return tl::unexpected(http::RestError{http::RestError::Kind::not_sent, error.what()});
        }
    };
}

SplitUrl split_url(const std::string& url) {
    const std::size_t host = url.find("://");
    const std::size_t path = host == std::string::npos ? host : url.find('/', host + 3);
    if (path == std::string::npos) return {url, ""};
    return {url.substr(0, path), url.substr(path)};
}

Result<std::string> fetch(const Transport& transport, const std::string& url) {
    const SplitUrl split = split_url(url);
    http::RestRequest request;
    request.target = split.path;
    request.fields = {{"Accept", "application/json"}};
    const auto response = transport(split.origin, request);
    if (!response)
        return fail(ErrorCode::unavailable, split.origin + ": " + response.error().message);
    if (response->status != 200) {
        return fail(ErrorCode::unavailable,
                    split.origin + ": answered with status " + std::to_string(response->status));
    }
    return response->body;
}

TokenSource::TokenSource(const Options& options, Transport transport)
    : origin_(split_url(options.login_url).origin),
      target_(split_url(options.login_url).path + "/" + options.token_tenant +
              "/oauth2/v2.0/token"),
      body_("grant_type=client_credentials&client_id=" + http::percent_encoded(options.app_id) +
            "&client_secret=" + http::percent_encoded(options.client_secret) +
            "&scope=" + http::percent_encoded(options.scope)),
      transport_(std::move(transport)) {}

Result<std::string> TokenSource::token(Timestamp now) {
    const std::lock_guard lock(mutex_);  // One fetches, the others wait for the same.
    if (!token_.empty() && now < until_) return token_;
    http::RestRequest request;
    request.method = "POST";
    request.target = target_;
    request.body = body_;
    request.content_type = "application/x-www-form-urlencoded";
    const auto response = transport_(origin_, request);
    if (!response) return fail(ErrorCode::unavailable, "Entra: " + response.error().message);
    const auto body = parse_json(response->body, 8);
    if (response->status != 200) {
        const std::string why = body ? string_at(*body, "error") : std::string();
        const bool ours = response->status == 400 || response->status == 401;
        return fail(ours ? ErrorCode::denied : ErrorCode::unavailable,
                    "Entra gives no token (status " + std::to_string(response->status) + " " + why +
                        "): check teams.app_id, teams.token_tenant and the client secret");
    }
    std::string token = body ? string_at(*body, "access_token") : std::string();
    const Json& seconds = body ? value_at(*body, "expires_in") : value_at(Json::object(), "none");
    if (token.empty()) return fail(ErrorCode::unavailable, "Entra's answer holds no token");
    const std::int64_t lasts =
        seconds.is_number_integer()
            ? std::clamp<std::int64_t>(seconds.get<std::int64_t>(), 0, 86'400)
            : 300;
    // Renewed early, so that none ends on the way.
    until_ = now + std::chrono::seconds(std::max<std::int64_t>(lasts - 300, lasts / 2));
    token_ = std::move(token);
    return token_;
}

void TokenSource::reject(const std::string& token) {
    const std::lock_guard lock(mutex_);
    if (token_ == token) token_.clear();
}

bot::SendResult judge(const http::RestResponse& response, Action action) {
    bot::SendResult result;
    const std::string code = error_code(response);
    result.detail = std::to_string(response.status) + (code.empty() ? "" : " " + code);
    const auto as = [&](Kind kind) {
        result.kind = kind;
        return result;
    };
    switch (response.status) {
        case 200:
        case 201:
        case 202:
        case 204: {
            const auto body = parse_json(response.body, 8);
            if (body) result.remote_id = string_at(*body, "id");
            return as(Kind::sent);
        }
        case 403:
            return as(code == "BotDisabledByAdmin" || code == "ConversationBlockedByUser" ||
                              code == "BotNotInConversationRoster" ||
                              code == "ForbiddenOperationException"
                          ? Kind::closed
                          : Kind::refused);
        case 404:
            if (action == Action::remove && code != "ConversationNotFound") return as(Kind::sent);
            return as(action == Action::create || code == "ConversationNotFound" ? Kind::closed
                                                                                 : Kind::refused);
        case 401:
        case 412:
        case 429:
        case 502:
        case 503:
        case 504: result.retry_after = asked_to_wait(response); return as(Kind::busy);
        default: return as(Kind::refused);
    }
}

http::RestRequest request_for(const bot::Outgoing& outgoing, const std::string& base,
                              const std::string& conversation) {
    http::RestRequest request;
    request.target = base + (base.ends_with('/') ? "" : "/") + "v3/conversations/" +
                     path_part(conversation) + "/activities";
    request.fields = {{"Accept", "application/json"}};
    if (outgoing.action != Action::create) request.target += "/" + path_part(outgoing.remote_id);
    switch (outgoing.action) {
        case Action::create:
            request.method = "POST";
            request.body = outgoing.body;
            break;
        case Action::edit: {
            request.method = "PUT";
            Json body = parse_json(outgoing.body, 64).value_or(Json::object());
            body["id"] = outgoing.remote_id;
            body.erase("suggestedActions");
            request.body = serialised(body);
            break;
        }
        case Action::remove: request.method = "DELETE"; break;
    }
    return request;
}

bot::Moment system_moment() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Connector::Connector(Options options, Transport transport, const bot::Clock& clock)
    : Connector(std::move(options), std::move(transport), clock, system_moment) {}

Connector::Connector(Options options, Transport transport, const bot::Clock& clock,
                     std::function<bot::Moment()> now)
    : options_(std::move(options)),
      transport_(std::move(transport)),
      clock_(clock),
      tokens_(options_, transport_),
      now_(std::move(now)) {}

bot::SendResult Connector::send(const bot::Outgoing& outgoing) {
    bot::SendResult result;
    const Target target = read_target(outgoing.target);
    // Checked when it was stored; the list may have become shorter since.
    if (!is_service_url(target.service_url, options_) ||
        target.conversation != outgoing.conversation) {
        result.kind = Kind::refused;
        result.detail = "the stored address is not allowed";
        return result;
    }
    const SplitUrl url = split_url(target.service_url);
    Streams::Plan plan = streams_.plan(outgoing, url.path, target.conversation, now_());
    if (auto* known = std::get_if<bot::SendResult>(&plan)) return std::move(*known);
    auto& request = std::get<http::RestRequest>(plan);
    for (int attempt = 0;; ++attempt) {
        const auto token = tokens_.token(clock_.now());
        if (!token) {
            result.kind = Kind::busy;
            result.detail = token.error().message;
            return result;
        }
        request.fields.push_back({"Authorization", "Bearer " + *token});
        const auto response = transport_(url.origin, request);
        if (!response) {
            result.kind = response.error().kind == http::RestError::Kind::not_sent ? Kind::busy
                                                                                   : Kind::unknown;
            result.detail = response.error().message;
            return result;
        }
        result = streams_.judge(outgoing, *response, now_());
        if (response->status != 401 || attempt > 0) return result;
        // Certainly not done: once more with a fresh token.
        tokens_.reject(*token);
        request.fields.pop_back();
    }
}

}  // namespace raadbot::teams
