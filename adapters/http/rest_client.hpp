// Outgoing JSON to services that the configuration names (homeserver, connector, token endpoint).
// The only header in front of cpprestsdk, which no other file includes. Not for addresses that
// somebody typed in.
//
// Redirects are not followed: a token must not travel on. Thread-safe; calls block.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/http/message.hpp"

namespace raadbot::http {

struct RestOptions {
    std::chrono::milliseconds time{15'000};  ///< A whole call; 100 ms to 10 min.
    std::size_t largest_response =
        64 * 1'024 * 1'024;         ///< Bytes, announced or sent; larger ones are errors.
    bool check_certificate = true;  ///< False only for tests with a private authority.
    std::filesystem::path authorities =
        {};  ///< More trusted certificates (PEM); empty: the system's.
};

struct RestRequest {
    std::string method = "GET";
    std::string target;  ///< After the base address: "/path?query", percent-encoded.
    std::vector<Field> fields;
    std::string body;
    std::string content_type = "application/json";       ///< Sent when there is a body.
    std::optional<std::chrono::milliseconds> time = {};  ///< Less than the client's, for this call.
};

struct RestResponse {
    unsigned status = 0;
    std::vector<Field> fields;
    std::string body;
    /// The first value of a field, by name in any case; empty when absent.
    [[nodiscard]] std::string_view field(std::string_view name) const;
};

struct RestError {
    enum class Kind {
        not_sent,   ///< Certainly not: no connection came about.
        unknown,    ///< It may have arrived.
        late,       ///< As unknown; the time is over.
        too_large,  ///< As unknown; more came than is taken.
    };
    Kind kind = Kind::unknown;
    std::string message;  ///< For the log; holds neither address nor token.
};

class RestClient {
public:
    /// `base`: "https://host", "http://host:port/path". Throws std::invalid_argument when it is no
    /// address.
    explicit RestClient(const std::string& base, RestOptions options = {});
    ~RestClient();
    RestClient(const RestClient&) = delete;
    RestClient& operator=(const RestClient&) = delete;

    /// Any status is a response.
    [[nodiscard]] tl::expected<RestResponse, RestError> send(const RestRequest& request) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What a 429 or 503 asks to wait: Retry-After in seconds, up to an hour; `otherwise` when absent
/// or a date.
[[nodiscard]] std::chrono::milliseconds retry_after(const RestResponse& response,
                                                    std::chrono::milliseconds otherwise);

}  // namespace raadbot::http
