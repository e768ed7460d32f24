// Who is asking, and how they come to be signed in: sessions in the store, local accounts, the
// provider. Says nothing of pages. Thread-safe when each call has a store of its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/admin/oidc.hpp"
#include "adapters/admin/options.hpp"
#include "adapters/http/message.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::admin {

/// Somebody who is signed in, for this request.
struct Visitor {
    store::StaffRow staff;
    store::SessionRow session;
    governance::Roles roles;
    std::string new_cookie;  ///< A Set-Cookie field for the answer; may be empty.
    bool fresh = false;      ///< Proved who they are lately enough to approve.
};

class SignIn {
public:
    SignIn(const Options& options, Oidc::Get get, Oidc::Post post);

    /// Nobody: `why` tells whether a session was ended because it was stolen.
    enum class Why { none, stolen };
    [[nodiscard]] std::pair<std::optional<Visitor>, Why> visitor(const http::Request& request,
                                                                 store::Store& store,
                                                                 Timestamp now) const;

    enum class Outcome {
        good,
        wrong,   ///< Account and password do not fit.
        wait,    ///< Too many failures: try again later.
        nobody,  ///< Signed in, but has no role here.
        failed   ///< The provider's answer did not hold, or it cannot be reached.
    };
    struct Attempt {
        Outcome outcome = Outcome::wrong;
        std::vector<std::string> cookies;  ///< Set-Cookie fields.
        std::chrono::seconds wait{};
        bool must_change = false;
        std::string next = "/";  ///< Where the person was.
    };
    [[nodiscard]] Attempt local(const http::Request& request, std::string_view login,
                                std::string_view password, store::Store& store,
                                Timestamp now) const;
    /// A local account's person again, without a new session; `good` makes the session fresh.
    [[nodiscard]] Outcome prove(const Visitor& visitor, std::string_view password,
                                store::Store& store, Timestamp now) const;
    /// The error code for texts ("short", ...), or empty when the password is changed.
    [[nodiscard]] std::string change_password(const Visitor& visitor, std::string_view old_password,
                                              std::string_view new_password, store::Store& store,
                                              Timestamp now) const;
    void sign_out(const Visitor& visitor, store::Store& store, Timestamp now) const;
    /// Takes the session's cookie away.
    [[nodiscard]] std::string no_cookie(const http::Request& request) const;

    [[nodiscard]] bool has_provider() const { return oidc_ != nullptr; }
    /// The address to go to and the cookie to take along. `next`: the path of ours to come back to.
    [[nodiscard]] Result<std::pair<std::string, std::string>> to_provider(
        const http::Request& request, bool again, std::string next, Timestamp now) const;
    [[nodiscard]] Attempt from_provider(const http::Request& request, const http::Form& query,
                                        store::Store& store, Timestamp now) const;

private:
    [[nodiscard]] bool is_secure(const http::Request& request) const;
    [[nodiscard]] std::string cookie_name(const http::Request& request,
                                          std::string_view name) const;
    [[nodiscard]] std::string open(const http::Request& request, const std::string& login,
                                   store::Store& store, std::string how, Timestamp now) const;
    void log(const std::string& line) const {
        if (options_.log) options_.log(line);
    }

    const Options& options_;
    std::unique_ptr<Oidc> oidc_;
};

}  // namespace raadbot::admin
