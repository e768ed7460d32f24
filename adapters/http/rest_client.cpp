#include "adapters/http/rest_client.hpp"

#include <cpprest/http_client.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <system_error>

namespace raadbot::http {
namespace {

web::http::client::http_client_config config_of(const RestOptions& options) {
    web::http::client::http_client_config config;
    config.set_timeout(options.time);
    config.set_max_redirects(0);
    config.set_validate_certificates(options.check_certificate);
    if (!options.authorities.empty()) {
        config.set_ssl_context_callback([file = options.authorities.string()](auto& context) {
            boost::system::error_code
                ignored;  // Then nothing is trusted that the file was to vouch for.
            context.load_verify_file(file, ignored);
        });
    }
    return config;
}

web::uri uri_of(const std::string& base) {
    if (!(base.starts_with("http://") || base.starts_with("https://")) ||
        !web::uri::validate(base)) {
        throw std::invalid_argument("not an http(s) address: " + base);
    }
    return web::uri(base);
}

}  // namespace

struct RestClient::Impl {
    Impl(const std::string& base, RestOptions given)
        : options(given), client(uri_of(base), config_of(given)) {}
    RestOptions options;
    web::http::client::http_client client;
};

std::string_view RestResponse::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& f) { return same_name(f.name, name); });
    return found == fields.end() ? std::string_view{} : std::string_view(found->value);
}

RestClient::RestClient(const std::string& base, RestOptions options)
    : impl_(std::make_unique<Impl>(base, options)) {}
RestClient::~RestClient() = default;

namespace {

using Moment = std::chrono::steady_clock::time_point;

/// Waits for a task of the library until `end`; false when that comes first. The task's exception,
/// which the library wants looked at, is looked at in any case.
template <class Value>
bool wait_until(const pplx::task<Value>& task, Moment end) {
    struct Event {
        std::mutex mutex;
        std::condition_variable wake;
        bool done = false;
    };
    const auto event = std::make_shared<Event>();
    task.then([event](const pplx::task<Value>& ended) {
        try {
            static_cast<void>(ended.get());
        } catch (...) {  // Told by get() on the task itself to whoever still waits.
        }
        const std::lock_guard lock(event->mutex);
        event->done = true;
        event->wake.notify_all();
    });
    std::unique_lock lock(event->mutex);
    return event->wake.wait_until(lock, end, [&] { return event->done; });
}

}  // namespace

tl::expected<RestResponse, RestError> RestClient::send(const RestRequest& request) const {
    // The library's own timeout begins anew with every part that arrives.
    const RestOptions& options = impl_->options;
    const Moment end = std::chrono::steady_clock::now() +
                       std::min(options.time, request.time.value_or(options.time));
    pplx::cancellation_token_source cancel;
    const auto give_up = [&](RestError::Kind kind, const char* why) {
        cancel.cancel();
        return tl::unexpected(RestError{kind, why});
    };
    try {
        web::http::http_request out(request.method);
        out.set_request_uri(web::uri(request.target));
        for (const Field& field : request.fields) out.headers().add(field.name, field.value);
        if (!request.body.empty()) out.set_body(request.body, request.content_type);

        const auto asking = impl_->client.request(out, cancel.get_token());
        if (!wait_until(asking, end)) return give_up(RestError::Kind::late, "timed out");
        web::http::http_response in = asking.get();
        RestResponse response;
        response.status = in.status_code();
        for (const auto& [name, value] : in.headers()) response.fields.push_back({name, value});
        if (in.headers().content_length() > options.largest_response) {
            return give_up(RestError::Kind::too_large, "response too large");
        }
        constexpr std::size_t most_at_once = 64 * 1'024;
        for (;;) {
            concurrency::streams::container_buffer<std::string> part;
            const auto reading = in.body().read(part, most_at_once);
            if (!wait_until(reading, end)) return give_up(RestError::Kind::late, "timed out");
            const std::size_t count = reading.get();
            if (count == 0) break;
            response.body.append(part.collection().data(), count);
            if (response.body.size() > options.largest_response) {
                return give_up(RestError::Kind::too_large, "response too large");
            }
        }
        // A body cut short ends the stream like a whole one; this tells.
        const auto whole = in.content_ready();
        if (!wait_until(whole, end)) return give_up(RestError::Kind::late, "timed out");
        static_cast<void>(whole.get());
        return response;
    } catch (const web::http::http_exception& error) {
        // The library reports most of what fails up to the TLS handshake as an unreachable host;
        // for a certificate that is not trusted it has no code of its own, only these words.
        const bool never =
            error.error_code() == std::errc::host_unreachable ||
            std::string_view(error.what()).find("SSL handshake") != std::string_view::npos;
        const bool late = error.error_code() == std::errc::timed_out;
        return tl::unexpected(RestError{never  ? RestError::Kind::not_sent
                                        : late ? RestError::Kind::late
                                               : RestError::Kind::unknown,
                                        error.what()});
    } catch (const web::uri_exception& error) {
        return tl::unexpected(RestError{RestError::Kind::not_sent, error.what()});
    } catch (const pplx::task_canceled&) {
        return tl::unexpected(RestError{RestError::Kind::unknown, "cancelled"});
    }
}

std::chrono::milliseconds retry_after(const RestResponse& response,
                                      std::chrono::milliseconds otherwise) {
    const std::string_view value = response.field("Retry-After");
    unsigned seconds = 0;
    const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (code != std::errc{} || end != value.data() + value.size()) return otherwise;
    return std::chrono::seconds(std::min(seconds, 3'600U));
}

}  // namespace raadbot::http
