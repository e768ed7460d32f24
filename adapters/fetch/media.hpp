// What an address or an answer holds, as far as its name and Content-Type tell. Pure.
#pragma once

#include <string>
#include <string_view>

#include "adapters/fetch/client.hpp"
#include "adapters/http/web_url.hpp"

namespace raadbot::fetch {

/// "PDF" of "/a/plan.PDF", in small letters; empty when the last part has none.
[[nodiscard]] std::string extension_of(std::string_view path);

/// Files that cannot hold text for us: not even asked for.
[[nodiscard]] bool is_unwanted_file(const http::WebUrl& url);

enum class Media { html, document, feed, other };
[[nodiscard]] Media media_of(const Fetched& response, const http::WebUrl& url);

/// Whether an answer's body is worth receiving.
[[nodiscard]] bool is_wanted(const Fetched& head, const http::WebUrl& url);

}  // namespace raadbot::fetch
