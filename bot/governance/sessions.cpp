#include "bot/governance/sessions.hpp"

#include <algorithm>

#include "bot/governance/digest.hpp"

namespace raadbot::governance {
namespace {

constexpr std::size_t id_bytes = 16;
constexpr std::size_t secret_bytes = 32;

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Token parse_token(std::string_view cookie) {
    const std::size_t dot = cookie.find('.');
    if (dot != id_bytes * 2 || cookie.size() != dot + 1 + secret_bytes * 2) return {};
    Token out{std::string(cookie.substr(0, dot)), std::string(cookie.substr(dot + 1))};
    if (!is_hex(out.id) || !is_hex(out.secret)) return {};
    return out;
}

Opened open_session(std::string_view login, std::string_view bound_to, Timestamp now) {
    Opened out;
    out.row.id = random_hex(id_bytes);
    out.row.login = std::string(login);
    out.row.csrf = random_hex(secret_bytes);
    out.row.bound_to = std::string(bound_to);
    out.row.created = now;
    out.row.seen = now;
    out.row.authenticated = now;
    out.cookie = rotate(out.row, now);
    out.row.previous.clear();
    return out;
}

SessionVerdict judge(const store::SessionRow& row, const Token& token, std::string_view bound_to,
                     Use use, Timestamp now, const SessionRules& rules) {
    if (now - row.created >= rules.absolute || now - row.seen >= rules.idle) {
        return SessionVerdict::no_session;
    }
    if (!same_secret(row.bound_to, bound_to)) return SessionVerdict::stolen;
    const std::string hash = sha256_hex(token.secret);
    if (same_secret(hash, row.secret)) {
        const bool due = use == Use::write || now - row.rotated >= rules.rotate;
        return due ? SessionVerdict::rotate : SessionVerdict::good;
    }
    const bool just_before = !row.previous.empty() && same_secret(hash, row.previous) &&
                             now - row.rotated < rules.overlap;
    return just_before && use == Use::read ? SessionVerdict::good : SessionVerdict::stolen;
}

std::string rotate(store::SessionRow& row, Timestamp now) {
    const std::string secret = random_hex(secret_bytes);
    row.previous = row.secret;
    row.secret = sha256_hex(secret);
    row.rotated = now;
    return row.id + "." + secret;
}

bool freshly_signed_in(const store::SessionRow& row, Timestamp now, const SessionRules& rules) {
    return now - row.authenticated < rules.fresh_sign_in;
}

std::string likeness(std::string_view user_agent, std::string_view address) {
    return sha256_hex(std::to_string(user_agent.size()) + ":" + std::string(user_agent) + "\n" +
                      std::string(address));
}

}  // namespace raadbot::governance
