// Who may do what with the bot. Pure.
//
// The rule behind all of it: what lessens what the bot may say, one person does at once; what
// widens it takes two, and never the one who proposed it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "retrieval/result.hpp"

namespace raadbot::governance {

enum class Role : std::uint8_t {
    reader = 1,    ///< Sees the administration, changes nothing.
    curator = 2,   ///< Proposes sources, writes answers, answers hand-offs, takes things down.
    approver = 4,  ///< Decides on what others proposed.
    operator_ = 8  ///< Pauses the bot, changes index versions, manages staff.
};

/// A set of roles.
class Roles {
public:
    constexpr Roles() = default;
    constexpr Roles(Role role) : bits_(static_cast<std::uint8_t>(role)) {}  // NOLINT: a set of one
    constexpr Roles operator|(Roles other) const {
        return Roles(static_cast<std::uint8_t>(bits_ | other.bits_));
    }
    [[nodiscard]] constexpr bool has(Role role) const {
        return (bits_ & static_cast<std::uint8_t>(role)) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend bool operator==(const Roles&, const Roles&) = default;

private:
    constexpr explicit Roles(std::uint8_t bits) : bits_(bits) {}
    std::uint8_t bits_ = 0;
};

/// "curator approver"; unknown words are left out by `roles_of`, refused by `parse_role`.
[[nodiscard]] std::string names_of(Roles roles);
[[nodiscard]] Roles roles_of(std::string_view text);
[[nodiscard]] Result<Role> parse_role(std::string_view text);

/// What can be done.
enum class Act {
    look,       ///< Everything that the administration shows.
    propose,    ///< A source, a change of one, its return, a curated answer.
    decide,     ///< Approve or reject what somebody else proposed.
    take_down,  ///< Pause or remove a source, take a document down.
    answer,     ///< Hand-offs, unanswered questions, test questions, known errors.
    stop,       ///< The kill switch, both ways.
    versions,   ///< Put a version of the index live, or go back.
    staff       ///< Accounts and sessions of others.
};

[[nodiscard]] bool may(Roles roles, Act act);

/// Whoever acts. `login` is what the audit trail names.
struct Person {
    std::string login;
    Roles roles;
};

}  // namespace raadbot::governance
