// A request as handlers see it and a response as they give it: plain values, no HTTP library.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace raadbot::http {

struct Field {
    std::string name;
    std::string value;
    friend bool operator==(const Field&, const Field&) = default;
};

/// A request that passed the gate. Everything in it was written by the peer, but for `client`,
/// `scheme` and `host`, which come from the connection or from a configured proxy.
struct Request {
    std::string method;  ///< GET, HEAD, POST, PUT, DELETE or OPTIONS.
    std::string path;    ///< Percent-decoded, begins with '/'; "*" for OPTIONS *.
    std::string query;   ///< Without '?', not decoded.
    std::vector<Field> fields;
    std::string body;    ///< Chunks joined.
    std::string client;  ///< Address of the asker: the peer, or what a trusted proxy says.
    std::string scheme = "http";
    std::string host;  ///< Lower case, with port if given.

    /// The first value of a field, by name in any case; empty when absent.
    [[nodiscard]] std::string_view field(std::string_view name) const;
    [[nodiscard]] bool is_post() const { return method == "POST"; }
};

struct Response {
    unsigned status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    std::vector<Field> fields;  ///< More header fields; never Content-Length, Connection or Date.

    Response& set(std::string name, std::string value) {
        fields.push_back({std::move(name), std::move(value)});
        return *this;
    }
};

/// Called from several threads at once. What it throws becomes a 500 without details.
using Handler = std::function<Response(const Request&)>;

/// Called once, from any thread; after the server has stopped it does nothing.
using Respond = std::function<void(Response)>;
/// Takes a request on the connection's own thread: true when `respond` was called or will be, so
/// that nothing stands waiting meanwhile. False leaves the request to the handler. Must not block.
using FirstLook = std::function<bool(const Request&, const Respond&)>;

/// Same letters in any ASCII case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace raadbot::http
