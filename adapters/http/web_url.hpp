// An http or https address as browsers read it (WHATWG URL standard, "URL parsing" and "host
// parsing"), so that the host that is judged is the host that is connected to. Pure.
//
// Not for other schemes: they are no address to fetch, and give nothing. Fragments are dropped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/forwarded.hpp"

namespace raadbot::http {

struct WebUrl {
    bool https = true;
    std::string host;  ///< Lower case ASCII (IDNA applied), "127.0.0.1", or "[::1]".
    std::uint16_t port = 443;
    std::string path = "/";            ///< Begins with '/', percent-encoded, without dot segments.
    std::optional<std::string> query;  ///< Without '?'.
    bool credentials = false;          ///< A user name or password stood in it; they are not kept.

    friend bool operator==(const WebUrl&, const WebUrl&) = default;

    /// "https://host" or "http://host:8080".
    [[nodiscard]] std::string origin() const;
    /// What a request line asks for: path and query.
    [[nodiscard]] std::string target() const;
    /// The whole address, without credentials and fragment.
    [[nodiscard]] std::string href() const { return origin() + target(); }
    /// The host as an IP address, when it is one.
    [[nodiscard]] std::optional<Address> address() const;
};

/// Nothing when it is no http(s) address. `base`: what a relative address is relative to.
[[nodiscard]] std::optional<WebUrl> parse_web_url(std::string_view text,
                                                  const WebUrl* base = nullptr);

/// The host parser alone: "B%C3%B8rn.dk" -> "xn--brn-0na.dk", "0x7f.1" -> "127.0.0.1".
[[nodiscard]] std::optional<std::string> parse_host(std::string_view text);

}  // namespace raadbot::http
