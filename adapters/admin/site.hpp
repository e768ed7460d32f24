// The administration's site: routes, forms, who may see what. Every page but sign-in needs a
// session; every form needs the session's token, its own origin and the role.
//
//   /log-ind /log-ind/udbyder /log-ind/svar /log-ud /bekraeft /adgangskode
//   /  /forslag[/<n>[/godkend|afvis|fortryd]]  /kilder[/ny|/<id>[/dato|genoptag|pause|fjern]]
//   /dokumenter[/<id>/fjern|genopret]  /svar[/nyt]  /ubesvarede  /henvendelser[/<id>]  /feedback
//   /versioner[/ny|/<id>]  /proever[/slet]  /fejl[/slet]  /tal  /stop /start  /log[/eksport]
//   /assets/<version>/<file> /favicon.svg /healthz
//
// A session that was used by two is ended for both and noted (bot/governance/sessions.hpp).
// Approvals need a sign-in of the last minutes: without one the page asks again who is there.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/admin/oidc.hpp"
#include "adapters/admin/options.hpp"
#include "adapters/admin/pages.hpp"
#include "adapters/http/message.hpp"
#include "bot/ports.hpp"
#include "retrieval/danish/lexicon.hpp"

namespace raadbot::admin {

/// What the site cannot do by itself. All are called from several threads.
struct Hooks {
    Oidc::Get get;    ///< Needed with a provider only.
    Oidc::Post post;  ///< The same.
    std::shared_ptr<const danish::Lexicon> lexicon;
    /// Versions of the index, newest first; empty functions: the page shows none.
    std::function<std::vector<Version>()> versions;
    std::function<Result<void>(governance::Person)> build_version;
    std::function<Result<void>(governance::Person, const std::string& id)> switch_version;
};

class Site {
public:
    /// `clock` must outlive the site. Errors: invalid_config.
    [[nodiscard]] static Result<std::unique_ptr<Site>> open(Options options, Hooks hooks,
                                                            const bot::Clock& clock);
    virtual ~Site() = default;

    /// Safe from several threads.
    [[nodiscard]] virtual http::Response handle(const http::Request& request) = 0;
};

}  // namespace raadbot::admin
