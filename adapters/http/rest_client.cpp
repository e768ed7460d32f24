#include "adapters/http/rest_client.hpp"

#include <cpprest/http_client.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace raadbot::http {
namespace {

web::http::client::http_client_config config_of(const RestOptions& options) {
    web::http::client::http_client_config config;
    config.set_timeout(options.time);
    config.set_max_redirects(0);
    config.set_validate_certificates(options.check_certificate);
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

tl::expected<RestResponse, RestError> RestClient::send(const RestRequest& request) const {
    try {
        web::http::http_request out(request.method);
        out.set_request_uri(web::uri(request.target));
        for (const Field& field : request.fields) out.headers().add(field.name, field.value);
        if (!request.body.empty()) out.set_body(request.body, request.content_type);

        web::http::http_response in = impl_->client.request(out).get();
        RestResponse response;
        response.status = in.status_code();
        for (const auto& [name, value] : in.headers()) response.fields.push_back({name, value});
        if (in.headers().content_length() > impl_->options.largest_response) {
            return tl::unexpected(RestError{RestError::Kind::unknown, "response too large"});
        }
        const std::vector<unsigned char> bytes = in.extract_vector().get();
        response.body.assign(bytes.begin(), bytes.end());
        return response;
    } catch (const web::http::http_exception& error) {
        // The library reports everything up to the TLS handshake as an unreachable host.
        const bool never = error.error_code() == std::errc::host_unreachable;
        return tl::unexpected(
            RestError{never ? RestError::Kind::not_sent : RestError::Kind::unknown, error.what()});
    } catch (const web::uri_exception& error) {
        return tl::unexpected(RestError{RestError::Kind::not_sent, error.what()});
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
