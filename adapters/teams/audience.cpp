#include "adapters/teams/audience.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace raadbot::teams {
namespace {

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        };
        return lower(x) == lower(y);
    });
}

/// An empty place in a rule matches all; an unknown one in the activity matches no rule that names
/// it.
bool fits(const std::string& rule, std::string_view actual) {
    return rule.empty() || (!actual.empty() && same(rule, actual));
}

bool fits(const AudienceRule& rule, const Activity& a) {
    const std::string& tenant = a.conversation_tenant.empty() ? a.tenant : a.conversation_tenant;
    const std::string_view room = without_thread(a.conversation_id);
    return fits(rule.tenant, tenant) && fits(rule.group, a.team_group) && fits(rule.team, a.team) &&
           fits(rule.person, a.from_object) &&
           (fits(rule.conversation, room) ||
            (!a.channel.empty() && fits(rule.conversation, a.channel)));
}

using Set = std::vector<Audience>;

Set common(const Set& a, const Set& b) {
    Set out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
    return out;
}

Set everybody() { return widen({Audience{}}); }

}  // namespace

Set room_audiences_of(const Activity& activity, const std::vector<AudienceRule>& rules) {
    std::optional<Set> by_room, by_team;
    for (const AudienceRule& rule : rules) {
        if (!rule.person.empty() || !fits(rule, activity)) continue;
        const bool names_room = !rule.conversation.empty();
        if (!names_room && (activity.shared_channel || (rule.team.empty() && rule.group.empty())))
            continue;
        std::optional<Set>& level = names_room ? by_room : by_team;
        const Set given = widen(rule.audiences);
        level = level ? common(*level, given) : given;
    }
    Set found = by_room ? *by_room : by_team.value_or(Set{});
    found.push_back(Audience{});
    return widen(std::move(found));
}

Set audiences_of(const Activity& activity, const std::vector<AudienceRule>& rules) {
    if (activity.place != Place::personal) return room_audiences_of(activity, rules);
    Set found = everybody();
    for (const AudienceRule& rule : rules) {
        const bool about_people =
            rule.team.empty() && rule.group.empty() && rule.conversation.empty();
        if (about_people && fits(rule, activity)) {
            found.insert(found.end(), rule.audiences.begin(), rule.audiences.end());
        }
    }
    return widen(std::move(found));
}

std::string staff_of(const Activity& activity, const std::map<std::string, std::string>& staff) {
    if (activity.place != Place::personal || activity.from_object.empty()) return {};
    const auto found = std::find_if(staff.begin(), staff.end(), [&](const auto& one) {
        return same(one.first, activity.from_object);
    });
    return found == staff.end() ? std::string() : found->second;
}

}  // namespace raadbot::teams
