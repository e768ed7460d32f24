// A reply as HTML: the same fragment in the page made by the server, in the script's page and under
// the permalink.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/html.hpp"
#include "adapters/web/texts.hpp"
#include "bot/message.hpp"

namespace raadbot::web {

struct AnswerView {
    std::string_view question;           ///< Empty: not shown (a kept answer has none).
    std::vector<std::string> previous;   ///< For follow-up buttons without script.
    std::string_view action = "/";       ///< Where questions are sent: "/" or "/widget".
    bool heading_is_page_title = false;  ///< The page has its own h1 and no question heading.
};

/// The id of the fragment's heading, for focus: "svar-<answer id>".
[[nodiscard]] Html render(const bot::Reply& reply, const AnswerView& view, const Texts& texts);

/// Name, mail and phone as links; nothing when all are empty.
[[nodiscard]] Html render(const bot::Contact& contact, const Texts& texts);

}  // namespace raadbot::web
