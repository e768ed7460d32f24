#include "adapters/matrix/homeserver.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

#include "adapters/http/rest_client.hpp"
#include "adapters/http/url.hpp"

namespace raadbot::matrix {
namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

constexpr auto longest_wait = 10min;

std::string path(std::initializer_list<std::string_view> parts) {
    std::string out = "/_matrix/client";
    for (const std::string_view part : parts) out += "/" + http::percent_encoded(part);
    return out;
}

std::string text_of(std::string_view json, const char* name) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) return {};
    const auto found = parsed.find(name);
    return found != parsed.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

class RestHomeserver final : public Homeserver {
public:
    explicit RestHomeserver(const Options& options)
        : options_(options), client_(options.homeserver_url, {.time = options.request_time}) {}

    Api<EventId> send(const RoomId& room, std::string_view txn, std::string_view content) override {
        return call("PUT", path({"v3", "rooms", room.value, "send", "m.room.message", txn}),
                    std::string(content))
            .and_then(event_id);
    }

    Api<void> redact(const RoomId& room, const EventId& event, std::string_view txn) override {
        return done(
            call("PUT", path({"v3", "rooms", room.value, "redact", event.value, txn}), "{}"));
    }

    Api<void> join(const RoomId& room, std::string_view via) override {
        std::string target = path({"v3", "join", room.value});
        // `server_name` is what `via` was called before Matrix 1.12.
        if (!via.empty())
            target +=
                "?via=" + http::percent_encoded(via) + "&server_name=" + http::percent_encoded(via);
        return done(call("POST", std::move(target), "{}"));
    }

    Api<void> leave(const RoomId& room, std::string_view reason) override {
        const Json body = reason.empty() ? Json::object() : Json{{"reason", reason}};
        return done(call("POST", path({"v3", "rooms", room.value, "leave"}), body.dump()));
    }

    Api<void> typing(const RoomId& room, bool is_typing) override {
        const Json body =
            is_typing ? Json{{"typing", true}, {"timeout", 30'000}} : Json{{"typing", false}};
        return done(call("PUT", path({"v3", "rooms", room.value, "typing", options_.bot().value}),
                         body.dump()));
    }

    Api<void> read(const RoomId& room, const EventId& event,
                   const std::optional<EventId>& thread) override {
        const Json body{{"thread_id", thread ? thread->value : "main"}};
        return done(call("POST",
                         path({"v3", "rooms", room.value, "receipt", "m.read", event.value}),
                         body.dump()));
    }

    Api<std::string> event(const RoomId& room, const EventId& event) override {
        return call("GET", path({"v3", "rooms", room.value, "event", event.value}), {}).map(&body);
    }

    Api<std::string> state(const RoomId& room) override {
        return call("GET", path({"v3", "rooms", room.value, "state"}), {}).map(&body);
    }

    Api<void> register_bot() override {
        const Json body{{"type", "m.login.application_service"},
                        {"username", options_.localpart},
                        {"inhibit_login", true}};
        auto result = done(call("POST", path({"v3", "register"}), body.dump()));
        if (!result && result.error().errcode == "M_USER_IN_USE") return {};
        return result;
    }

    Api<void> set_display_name(std::string_view name) override {
        const Json body{{"displayname", name}};
        return done(
            call("PUT", path({"v3", "profile", options_.bot().value, "displayname"}), body.dump()));
    }

    Api<UserId> whoami() override {
        return call("GET", path({"v3", "account", "whoami"}), {})
            .and_then([](const auto& response) -> Api<UserId> {
                auto user = parse_user_id(text_of(response.body, "user_id"));
                if (!user) return unreadable("whoami");
                return *user;
            });
    }

    Api<About> about() override {
        // Open to all: asked without the token, it answers also when that is wrong.
        return call("GET", path({"versions"}), {}, Token::without)
            .and_then([](const auto& response) -> Api<About> {
                const Json parsed = Json::parse(response.body, nullptr, false);
                if (!parsed.is_object() || !parsed.contains("versions") ||
                    !parsed["versions"].is_array()) {
                    return unreadable("versions");
                }
                About out;
                unsigned newest = 0;
                for (const Json& version : parsed["versions"]) {
                    if (!version.is_string() ||
                        !version.get_ref<const std::string&>().starts_with("v1."))
                        continue;
                    const std::string text = version.get<std::string>();
                    unsigned minor = 0;
                    std::from_chars(text.data() + 3, text.data() + text.size(), minor);
                    if (out.newest_version.empty() || minor > newest) out.newest_version = text;
                    newest = std::max(newest, minor);
                }
                out.clock = parse_http_date(response.field("Date"));
                return out;
            });
    }

    Api<std::chrono::milliseconds> ping(std::string_view transaction_id) override {
        const Json body{{"transaction_id", transaction_id}};
        return call("POST", path({"v1", "appservice", options_.id, "ping"}), body.dump())
            .and_then([](const auto& response) -> Api<std::chrono::milliseconds> {
                const Json parsed = Json::parse(response.body, nullptr, false);
                if (!parsed.is_object() || !parsed.contains("duration_ms") ||
                    !parsed["duration_ms"].is_number_integer()) {
                    return unreadable("ping");
                }
                return std::chrono::milliseconds(
                    parsed["duration_ms"].template get<std::int64_t>());
            });
    }

private:
    static tl::unexpected<ApiError> unreadable(const char* what) {
        return tl::unexpected(ApiError{
            ApiError::Kind::server, 200, {}, {}, std::string(what) + ": unreadable response"});
    }
    static std::string body(const http::RestResponse& response) { return response.body; }
    static Api<EventId> event_id(const http::RestResponse& response) {
        auto id = parse_event_id(text_of(response.body, "event_id"));
        if (!id) return unreadable("send");
        return *id;
    }
    static Api<void> done(Api<http::RestResponse> response) {
        if (!response) return tl::unexpected(std::move(response.error()));
        return {};
    }

    enum class Token { with, without };

    Api<http::RestResponse> call(const char* method, std::string target, std::string body,
                                 Token token = Token::with) const {
        http::RestRequest request;
        request.method = method;
        request.target = std::move(target);
        if (token == Token::with) {
            request.fields.push_back({"Authorization", "Bearer " + options_.as_token});
        }
        request.body = std::move(body);
        auto response = client_.send(request);
        if (!response) {
            const bool never = response.error().kind == http::RestError::Kind::not_sent;
            return tl::unexpected(
                ApiError{never ? ApiError::Kind::not_sent : ApiError::Kind::unknown,
                         0,
                         {},
                         {},
                         response.error().message});
        }
        if (response->status < 200 || response->status > 299) {
            return tl::unexpected(
                error_of(response->status, response->body, response->field("Retry-After")));
        }
        return std::move(*response);
    }

    Options options_;
    http::RestClient client_;
};

}  // namespace

std::unique_ptr<Homeserver> connect(const Options& options) {
    return std::make_unique<RestHomeserver>(options);
}

ApiError error_of(unsigned status, std::string_view body, std::string_view retry_after) {
    ApiError error;
    error.status = status;
    error.errcode = text_of(body, "errcode").substr(0, 100);
    error.kind = status == 429 || error.errcode == "M_LIMIT_EXCEEDED" ? ApiError::Kind::limited
                 : status >= 500                                      ? ApiError::Kind::server
                                                                      : ApiError::Kind::refused;
    error.message =
        "status " + std::to_string(status) + (error.errcode.empty() ? "" : " " + error.errcode);
    unsigned seconds = 0;
    const auto [end, code] =
        std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
    if (!retry_after.empty() && code == std::errc{} &&
        end == retry_after.data() + retry_after.size()) {
        error.retry_after =
            std::min<std::chrono::milliseconds>(std::chrono::seconds(seconds), longest_wait);
    } else if (const Json parsed = Json::parse(body, nullptr, false); parsed.is_object()) {
        const auto ms = parsed.find("retry_after_ms");
        if (ms != parsed.end() && ms->is_number_unsigned()) {
            const auto most =
                static_cast<std::uint64_t>(std::chrono::milliseconds(longest_wait).count());
            error.retry_after = std::chrono::milliseconds(std::min(ms->get<std::uint64_t>(), most));
        }
    }
    return error;
}

std::optional<Timestamp> parse_http_date(std::string_view text) {
    std::tm parts{};
    const std::string copy(text);
    const char* end = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return Timestamp(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace raadbot::matrix
