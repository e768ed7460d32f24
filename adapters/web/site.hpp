// The public web site over one conversation: routes, forms, JSON, limits. Every question is asked
// with the public audience and nothing else.
//
//   GET  /                  the page; ?q=... answers at once        POST /            the same from
//   the form GET  /widget            the page for another site's frame       POST /widget POST
//   /fragment/answer   the answer alone as HTML, for the script POST /api/ask           JSON in and
//   out (the contract)          POST /api/feedback POST /feedback          the form without script
//   GET  /svar/<answer id>  an answer's own page
//   GET  /om /tilgaengelighed /privatliv /widget.js /favicon.svg /robots.txt /healthz
//   /assets/<version>/<file>
#pragma once

#include <functional>
#include <memory>

#include "adapters/http/message.hpp"
#include "adapters/web/options.hpp"
#include "bot/conversation/conversation.hpp"
#include "bot/ports.hpp"

namespace raadbot::web {

class Site {
public:
    /// `conversation` and `clock` must outlive the site; `facts` is called from several threads.
    /// Errors: invalid_config (an option out of range, a text that one language lacks).
    [[nodiscard]] static Result<std::unique_ptr<Site>> open(WebOptions options,
                                                            bot::Conversation& conversation,
                                                            const bot::Clock& clock,
                                                            std::function<SiteFacts()> facts);
    virtual ~Site() = default;

    /// Safe from several threads.
    [[nodiscard]] virtual http::Response handle(const http::Request& request) = 0;
};

}  // namespace raadbot::web
