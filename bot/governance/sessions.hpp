// Sessions of signed-in staff, decided without I/O.
//
// The cookie is "<id>.<secret>". The secret changes at sign-in, with every form that is sent and
// every few minutes; the server knows only its hash. Who shows a known id with another secret has a
// cookie that was used elsewhere in the meantime: the session is ended for everybody, thief and
// owner alike, and the audit trail says so. The same when the browser is another one (its
// User-Agent) or sits at another address than the one that signed in. For a moment after a change
// the secret before is taken for reading, since a browser may have sent a second request already.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {

struct SessionRules {
    std::chrono::minutes idle{30};           ///< 1 to 480.
    std::chrono::hours absolute{10};         ///< 1 to 24.
    std::chrono::minutes rotate{5};          ///< For reading; writing always changes the secret.
    std::chrono::seconds overlap{10};        ///< The secret before still reads.
    std::chrono::minutes fresh_sign_in{15};  ///< Approvals need a sign-in no older than this.
};

enum class Use { read, write };

enum class SessionVerdict {
    good,
    rotate,      ///< Good; give the browser a new secret.
    no_session,  ///< None, ended, or too old: sign in.
    stolen,      ///< End it for everybody.
};

/// A cookie's halves; both empty when it is no such cookie.
struct Token {
    std::string id;
    std::string secret;
};
[[nodiscard]] Token parse_token(std::string_view cookie);

/// A new session, and its cookie.
struct Opened {
    store::SessionRow row;
    std::string cookie;
};
[[nodiscard]] Opened open_session(std::string_view login, std::string_view bound_to, Timestamp now);

/// `bound_to`: of the browser that asks now.
[[nodiscard]] SessionVerdict judge(const store::SessionRow& row, const Token& token,
                                   std::string_view bound_to, Use use, Timestamp now,
                                   const SessionRules& rules);

/// Gives the session a new secret; the new cookie.
[[nodiscard]] std::string rotate(store::SessionRow& row, Timestamp now);

/// Whether the person proved who they are lately enough to widen what the bot says.
[[nodiscard]] bool freshly_signed_in(const store::SessionRow& row, Timestamp now,
                                     const SessionRules& rules);

/// What a browser looks like: hash of its User-Agent and address.
[[nodiscard]] std::string likeness(std::string_view user_agent, std::string_view address);

}  // namespace raadbot::governance
