#include "adapters/admin/provider_client.hpp"

#include "adapters/http/rest_client.hpp"

namespace raadbot::admin {
namespace {

constexpr std::size_t most_bytes = 1'024 * 1'024;

Result<std::string> call(const std::string& url, http::RestRequest request) {
    const std::size_t host = url.find("://");
    const std::size_t path = host == std::string::npos ? host : url.find('/', host + 3);
    request.target = path == std::string::npos ? "/" : url.substr(path);
    http::RestOptions options;
    options.largest_response = most_bytes;
    try {
        const http::RestClient client(url.substr(0, path), options);
        auto response = client.send(request);
        if (!response) {
            return fail(ErrorCode::unavailable, "the provider: " + response.error().message);
        }
        if (response->status != 200) {
            return fail(ErrorCode::unavailable,
                        "the provider answered " + std::to_string(response->status));
        }
        return std::move(response->body);
    } catch (const std::invalid_argument&) {
        return fail(ErrorCode::invalid_input, "the provider named something that is no address");
    }
}

}  // namespace

Oidc::Get provider_get() {
    return [](const std::string& url) { return call(url, {}); };
}

Oidc::Post provider_post() {
    return [](const std::string& url, const std::string& form,
              const std::vector<http::Field>& fields) {
        http::RestRequest request;
        request.method = "POST";
        request.fields = fields;
        request.body = form;
        request.content_type = "application/x-www-form-urlencoded";
        return call(url, std::move(request));
    };
}

}  // namespace raadbot::admin
