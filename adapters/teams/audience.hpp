// What may be shown in a place: configured, and decided before anything is searched. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/teams/codec.hpp"
#include "adapters/teams/options.hpp"

namespace raadbot::teams {

/// In a personal chat everything the person's own rules give. Where others read along, what the
/// room's rules give: those that name the conversation, else those that name its team; of several
/// on one level the least. A channel shared with other teams counts only when it is named itself.
/// Always holds "public".
[[nodiscard]] std::vector<Audience> audiences_of(const Activity& activity,
                                                 const std::vector<AudienceRule>& rules);
/// For what is inserted into a message to others: the room's rules, even in a chat of two.
[[nodiscard]] std::vector<Audience> room_audiences_of(const Activity& activity,
                                                      const std::vector<AudienceRule>& rules);
/// The configured administrator (by Entra object id) who writes, when nobody reads along; else
/// empty.
[[nodiscard]] std::string staff_of(const Activity& activity,
                                   const std::map<std::string, std::string>& staff);

}  // namespace raadbot::teams
