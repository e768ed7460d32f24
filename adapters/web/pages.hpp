// The site's pages as whole HTML documents. Pure: everything shown is handed in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/answer_view.hpp"
#include "adapters/web/html.hpp"
#include "adapters/web/options.hpp"
#include "adapters/web/texts.hpp"

namespace raadbot::web {

/// What surrounds every page.
struct Frame {
    const Texts& texts;
    const WebOptions& options;
    std::string path = "/";    ///< Of this page, for the language switch.
    bool widget = false;       ///< In another site's frame: no menu, no footer.
    bool may_be_found = true;  ///< By search engines.
};

struct AskPage {
    std::string question;
    std::vector<std::string> previous;  ///< Earlier questions, oldest first.
    std::vector<std::string> examples;
    std::optional<bot::Reply> reply;
    std::string fault;  ///< Shown at the field, or empty.
};

[[nodiscard]] std::string ask_page(const Frame& frame, const AskPage& page);
[[nodiscard]] std::string permalink_page(const Frame& frame, const bot::Reply& reply);
/// A heading and a paragraph: errors, thanks.
[[nodiscard]] std::string message_page(const Frame& frame, std::string_view title,
                                       std::string_view text);
[[nodiscard]] std::string handoff_page(const Frame& frame, const HandoffView& handoff);
[[nodiscard]] std::string about_page(const Frame& frame, const SiteFacts& facts);
[[nodiscard]] std::string accessibility_page(const Frame& frame);
[[nodiscard]] std::string privacy_page(const Frame& frame);

}  // namespace raadbot::web
