// Header fields that keep a browser from doing more with a response than it is meant for. The
// server sets them on every response; a handler that needs another policy sets that field itself.
#pragma once

#include <string>
#include <vector>

#include "adapters/http/message.hpp"

namespace raadbot::http {

/// Fills in what `response` does not yet have: nothing may be loaded, run, framed or sniffed.
void set_default_security(Response& response);

/// For our own pages: scripts, styles, pictures, requests and forms from the same origin only,
/// nothing inline. `frame_ancestors`: origins ("https://www.example.dk") that may show the page in
/// a frame; none when empty.
[[nodiscard]] std::string page_policy(const std::vector<std::string>& frame_ancestors = {});

/// "https://host" or "http://host", with an optional port; wildcards only as a whole first label.
/// What else stands in a policy could end it and begin another.
[[nodiscard]] bool is_frame_ancestor(const std::string& origin);

}  // namespace raadbot::http
