#include "adapters/admin/signin.hpp"

#include "adapters/admin/cookies.hpp"
#include "bot/governance/audit.hpp"
#include "bot/governance/digest.hpp"
#include "bot/governance/password.hpp"

namespace raadbot::admin {
namespace {

using governance::SessionVerdict;

constexpr std::string_view session_cookie = "raadbot";
constexpr std::string_view ticket_cookie = "raadbot-login";
constexpr int ticket_age = 600;
constexpr std::size_t most_password = 512;

std::string likeness_of(const http::Request& request) {
    return governance::likeness(request.field("User-Agent"), request.client);
}

}  // namespace

SignIn::SignIn(const Options& options, Oidc::Get get, Oidc::Post post) : options_(options) {
    if (options.oidc) {
        oidc_ = std::make_unique<Oidc>(*options.oidc, options.url, std::move(get), std::move(post));
    }
}

bool SignIn::is_secure(const http::Request& request) const {
    return request.scheme == "https" || options_.url.starts_with("https://");
}

// With TLS no other host of the domain can plant the cookie.
std::string SignIn::cookie_name(const http::Request& request, std::string_view name) const {
    return (is_secure(request) ? "__Host-" : "") + std::string(name);
}

std::pair<std::optional<Visitor>, SignIn::Why> SignIn::visitor(const http::Request& request,
                                                               store::Store& store,
                                                               Timestamp now) const {
    const std::string name = cookie_name(request, session_cookie);
    const auto token = governance::parse_token(cookie(request.field("Cookie"), name));
    if (token.id.empty()) return {std::nullopt, Why::none};
    store::Ledger ledger(store);
    std::pair<std::optional<Visitor>, Why> out{std::nullopt, Why::none};
    store.in_transaction([&] {
        auto session = ledger.session(token.id);
        if (!session) return;
        const auto staff = ledger.staff(session->login);
        const auto use = request.is_post() ? governance::Use::write : governance::Use::read;
        const auto verdict =
            governance::judge(*session, token, likeness_of(request), use, now, options_.sessions);
        if (verdict == SessionVerdict::stolen) {
            ledger.erase_session(session->id);
            governance::append(store,
                               {session->login, "session.stolen", "staff:" + session->login,
                                "a cookie was used by two; the session was ended"},
                               now);
            out.second = Why::stolen;
            return;
        }
        if (verdict == SessionVerdict::no_session || !staff || staff->disabled) {
            ledger.erase_session(session->id);
            return;
        }
        Visitor visitor;
        session->seen = now;
        if (verdict == SessionVerdict::rotate) {
            visitor.new_cookie = set_cookie(name, governance::rotate(*session, now),
                                            is_secure(request), SameSite::strict);
        }
        ledger.put_session(*session);
        visitor.staff = *staff;
        visitor.roles = governance::roles_of(staff->roles);
        visitor.fresh = governance::freshly_signed_in(*session, now, options_.sessions);
        visitor.session = std::move(*session);
        out.first = std::move(visitor);
    });
    return out;
}

std::string SignIn::open(const http::Request& request, const std::string& login,
                         store::Store& store, std::string how, Timestamp now) const {
    const auto opened = governance::open_session(login, likeness_of(request), now);
    store.in_transaction([&] {
        store::Ledger ledger(store);
        ledger.put_session(opened.row);
        // Whatever session the browser had before is over.
        const auto old = governance::parse_token(
            cookie(request.field("Cookie"), cookie_name(request, session_cookie)));
        if (!old.id.empty()) ledger.erase_session(old.id);
        ledger.erase_sessions_before(now - options_.sessions.absolute,
                                     now - options_.sessions.idle);
        governance::append(store, {login, "staff.sign_in", "staff:" + login, std::move(how)}, now);
    });
    return set_cookie(cookie_name(request, session_cookie), opened.cookie, is_secure(request),
                      SameSite::strict);
}

SignIn::Attempt SignIn::local(const http::Request& request, std::string_view login,
                              std::string_view password, store::Store& store, Timestamp now) const {
    Attempt out;
    if (!options_.local_accounts || login.empty() || login.size() > 64 ||
        password.size() > most_password) {
        return out;
    }
    store::Ledger ledger(store);
    // By hash: people write their password in the wrong field.
    const std::string key = governance::sha256_hex(login);
    store::FailureRow failures = ledger.failures(key);
    if (now < failures.until) {
        out.outcome = Outcome::wait;
        out.wait = failures.until - now;
        return out;
    }
    const auto staff = ledger.staff(login);
    const bool usable = staff && !staff->disabled && !staff->password.empty();
    bool good = false;
    if (usable) {
        good = governance::fits(password, staff->password);
    } else {
        governance::pretend_to_check(password);
    }
    if (!good) {
        ++failures.count;
        failures.until = now + governance::delay_after(failures.count);
        ledger.put_failures(key, failures);
        if (usable && failures.until > now) {
            governance::append(store,
                               {staff->login, "staff.locked", "staff:" + staff->login,
                                std::to_string(failures.count) + " failures in a row"},
                               now);
        }
        return out;
    }
    ledger.put_failures(key, {});
    out.outcome = Outcome::good;
    out.must_change = staff->must_change;
    out.cookies.push_back(open(request, staff->login, store, "password", now));
    return out;
}

SignIn::Outcome SignIn::prove(const Visitor& visitor, std::string_view password,
                              store::Store& store, Timestamp now) const {
    store::Ledger ledger(store);
    const std::string key = governance::sha256_hex(visitor.staff.login);
    store::FailureRow failures = ledger.failures(key);
    if (now < failures.until) return Outcome::wait;
    if (password.size() > most_password || visitor.staff.password.empty() ||
        !governance::fits(password, visitor.staff.password)) {
        ++failures.count;
        failures.until = now + governance::delay_after(failures.count);
        ledger.put_failures(key, failures);
        return Outcome::wrong;
    }
    ledger.put_failures(key, {});
    store::SessionRow session = visitor.session;
    session.authenticated = now;
    ledger.put_session(session);
    return Outcome::good;
}

std::string SignIn::change_password(const Visitor& visitor, std::string_view old_password,
                                    std::string_view new_password, store::Store& store,
                                    Timestamp now) const {
    if (visitor.staff.password.empty()) return "elsewhere";
    if (prove(visitor, old_password, store, now) != Outcome::good) return "old";
    if (old_password == new_password) return "same";
    if (const auto good = governance::check_new_password(new_password, visitor.staff.login);
        !good) {
        return good.error().message;
    }
    store::StaffRow row = visitor.staff;
    row.password = governance::password_record(new_password);
    row.must_change = false;
    store.in_transaction([&] {
        store::Ledger ledger(store);
        ledger.put_staff(row);
        // Other sessions may be somebody who knew the old one.
        store::SessionRow own = visitor.session;
        own.authenticated = now;
        ledger.erase_sessions_of(row.login);
        ledger.put_session(own);
        governance::append(store, {row.login, "staff.password", "staff:" + row.login, ""}, now);
    });
    return {};
}

void SignIn::sign_out(const Visitor& visitor, store::Store& store, Timestamp now) const {
    store::Ledger(store).erase_session(visitor.session.id);
    governance::append(
        store, {visitor.staff.login, "staff.sign_out", "staff:" + visitor.staff.login, ""}, now);
}

std::string SignIn::no_cookie(const http::Request& request) const {
    return set_cookie(cookie_name(request, session_cookie), "", is_secure(request),
                      SameSite::strict, 0);
}

Result<std::pair<std::string, std::string>> SignIn::to_provider(const http::Request& request,
                                                                bool again, std::string next,
                                                                Timestamp now) const {
    if (oidc_ == nullptr) return fail(ErrorCode::not_found, "no provider is configured");
    auto start = oidc_->start(again, now, std::move(next));
    if (!start) {
        log("sign-in: " + start.error().message);
        return tl::unexpected(start.error());
    }
    // Lax: the provider sends the browser back from another site.
    return std::pair(std::move(start->location),
                     set_cookie(cookie_name(request, ticket_cookie), start->ticket,
                                is_secure(request), SameSite::lax, ticket_age));
}

SignIn::Attempt SignIn::from_provider(const http::Request& request, const http::Form& query,
                                      store::Store& store, Timestamp now) const {
    Attempt out;
    out.outcome = Outcome::failed;
    if (oidc_ == nullptr) return out;
    const std::string name = cookie_name(request, ticket_cookie);
    out.cookies.push_back(set_cookie(name, "", is_secure(request), SameSite::lax, 0));
    const auto finished = oidc_->finish(cookie(request.field("Cookie"), name), query, now);
    if (!finished) {
        log("sign-in: " + finished.error().message);
        return out;
    }
    const Identity& identity = finished->identity;
    if (identity.roles.empty()) {
        out.outcome = Outcome::nobody;
        return out;
    }
    store::Ledger ledger(store);
    store::StaffRow row;
    if (const auto known = ledger.staff(identity.login)) {
        row = *known;
        if (row.disabled) {
            out.outcome = Outcome::nobody;
            return out;
        }
    } else {
        row.login = identity.login;
        row.created = now;
    }
    row.name = identity.name;
    row.roles = governance::names_of(identity.roles);
    ledger.put_staff(row);
    out.outcome = Outcome::good;
    if (!finished->next.empty()) out.next = finished->next;
    out.cookies.push_back(
        open(request, row.login, store, "provider; " + row.name + "; " + row.roles, now));
    return out;
}

}  // namespace raadbot::admin
