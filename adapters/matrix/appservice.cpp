#include "adapters/matrix/appservice.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "adapters/http/url.hpp"
#include "adapters/matrix/codec.hpp"

namespace raadbot::matrix {
namespace {

enum class Route { none, transaction, user, alias, ping, thirdparty };

struct Target {
    Route route = Route::none;
    std::string rest;  ///< What follows the known part of the path.
};

Target target_of(std::string_view path) {
    const bool legacy = !path.starts_with("/_matrix/app/");
    if (!legacy) {
        if (!path.starts_with("/_matrix/app/v1/")) return {};
        path.remove_prefix(std::string_view("/_matrix/app/v1").size());
    }
    const auto after = [&](std::string_view prefix, Route route) -> std::optional<Target> {
        if (!path.starts_with(prefix) || path.size() == prefix.size()) return std::nullopt;
        return Target{route, std::string(path.substr(prefix.size()))};
    };
    if (auto found = after("/transactions/", Route::transaction)) return *found;
    if (auto found = after("/users/", Route::user)) return *found;
    if (auto found = after("/rooms/", Route::alias)) return *found;
    if (legacy) return {};
    if (path == "/ping") return {Route::ping, {}};
    if (auto found = after("/thirdparty/", Route::thirdparty)) return *found;
    return {};
}

http::Response matrix_error(unsigned status, const char* code, const char* words) {
    http::Response out;
    out.status = status;
    out.content_type = "application/json";
    out.body = nlohmann::json{{"errcode", code}, {"error", words}}.dump();
    return out;
}

http::Response good() {
    http::Response out;
    out.content_type = "application/json";
    out.body = "{}";
    return out;
}

/// Nothing: no credentials. Both given and different: as good as wrong.
std::optional<bool> authenticated(const http::Request& request, const std::string& secret) {
    const std::string_view header = request.field("Authorization");
    const auto query = http::parse_form(request.query);
    std::string in_query;
    if (query) in_query = http::value_of(*query, "access_token");
    if (header.empty() && in_query.empty()) return std::nullopt;
    bool right = true;
    if (!header.empty()) {
        constexpr std::string_view scheme = "Bearer ";
        right = header.size() > scheme.size() &&
                http::same_name(header.substr(0, scheme.size()), scheme) &&
                same_secret(header.substr(scheme.size()), secret);
    }
    // Both are always compared.
    if (!in_query.empty()) right = same_secret(in_query, secret) && right;
    return right;
}

}  // namespace

bool same_secret(std::string_view given, std::string_view secret) {
    // Hashes first: the comparison then tells nothing of the secret's length either.
    std::array<unsigned char, SHA256_DIGEST_LENGTH> a{};
    std::array<unsigned char, SHA256_DIGEST_LENGTH> b{};
    SHA256(reinterpret_cast<const unsigned char*>(given.data()), given.size(), a.data());
    SHA256(reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), b.data());
    return !secret.empty() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Appservice::Appservice(Options options, Take take, Pinged pinged)
    : options_(std::move(options)), take_(std::move(take)), pinged_(std::move(pinged)) {}

http::Response Appservice::handle(const http::Request& request) const {
    const Target target = target_of(request.path);
    if (target.route == Route::none) return matrix_error(404, "M_UNRECOGNIZED", "unknown path");
    const char* method = target.route == Route::transaction ? "PUT"
                         : target.route == Route::ping      ? "POST"
                                                            : "GET";
    if (request.method != method)
        return matrix_error(405, "M_UNRECOGNIZED", "wrong method").set("Allow", method);

    const std::optional<bool> authentic = authenticated(request, options_.hs_token);
    if (!authentic) return matrix_error(401, "M_UNAUTHORIZED", "no token");
    if (!*authentic) return matrix_error(403, "M_FORBIDDEN", "wrong token");

    switch (target.route) {
        case Route::transaction: return transaction(request);
        case Route::user:
            return target.rest == options_.bot().value
                       ? good()
                       : matrix_error(404, "M_NOT_FOUND", "no such user here");
        case Route::ping: {
            const auto body = nlohmann::json::parse(request.body, nullptr, false);
            if (!body.is_object())
                return matrix_error(400, "M_NOT_JSON", "the body is not a JSON object");
            const auto id = body.find("transaction_id");
            if (pinged_)
                pinged_(id != body.end() && id->is_string() ? id->get<std::string>()
                                                            : std::string{});
            return good();
        }
        case Route::alias: return matrix_error(404, "M_NOT_FOUND", "no such alias here");
        case Route::thirdparty:
        case Route::none: break;
    }
    return matrix_error(404, "M_UNRECOGNIZED", "not offered");
}

http::Response Appservice::transaction(const http::Request& request) const {
    const auto events = split_transaction(request.body);
    if (!events) {
        return events.error().code == ErrorCode::too_large
                   ? matrix_error(413, "M_TOO_LARGE", "too many events")
                   : matrix_error(400, "M_NOT_JSON", "the body is not a transaction");
    }
    // Transaction ids are not remembered: events are, by their own ids, which also holds when a
    // restored homeserver counts its transactions anew.
    if (take_(*events) == Taken::full) {
        return matrix_error(503, "M_LIMIT_EXCEEDED", "too much to do, come again")
            .set("Retry-After", "5");
    }
    return good();
}

}  // namespace raadbot::matrix
