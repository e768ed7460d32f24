#include "bot/governance/roles.hpp"

#include <array>
#include <utility>

namespace raadbot::governance {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 4> names{{
    {Role::reader, "reader"},
    {Role::curator, "curator"},
    {Role::approver, "approver"},
    {Role::operator_, "operator"},
}};

}  // namespace

std::string names_of(Roles roles) {
    std::string out;
    for (const auto& [role, name] : names) {
        if (!roles.has(role)) continue;
        if (!out.empty()) out += ' ';
        out += name;
    }
    return out;
}

Roles roles_of(std::string_view text) {
    Roles out;
    while (!text.empty()) {
        const std::size_t end = text.find(' ');
        if (const auto role = parse_role(text.substr(0, end))) out = out | *role;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

Result<Role> parse_role(std::string_view text) {
    for (const auto& [role, name] : names) {
        if (name == text) return role;
    }
    return fail(ErrorCode::invalid_input, "unknown role \"" + std::string(text) +
                                              "\": use reader, curator, approver or operator");
}

bool may(Roles roles, Act act) {
    const auto one_of = [roles](auto... wanted) { return (roles.has(wanted) || ...); };
    switch (act) {
        case Act::look: return !roles.empty();
        case Act::propose: return one_of(Role::curator);
        case Act::decide: return one_of(Role::approver);
        case Act::take_down: return one_of(Role::curator, Role::approver, Role::operator_);
        case Act::answer: return one_of(Role::curator);
        case Act::stop: return one_of(Role::approver, Role::operator_);
        case Act::versions:
        case Act::staff: return one_of(Role::operator_);
    }
    return false;
}

}  // namespace raadbot::governance
