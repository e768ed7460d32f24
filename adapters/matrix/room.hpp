// A room as it stands: who is in it and who may look into it, read from its state. Pure values.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/matrix/event.hpp"
#include "adapters/matrix/options.hpp"

namespace raadbot::matrix {

struct Room {
    RoomId id;
    bool encrypted = false;
    bool is_space = false;
    bool bot_is_in = false;
    std::string join_rule = "invite";
    std::string history_visibility = "shared";
    std::set<std::string> joined;  ///< Other people's ids.
    std::set<std::string> invited;
    std::optional<RoomId>
        predecessor;  ///< As the room's creator says: to be checked against the old room.
    std::optional<RoomId> successor;  ///< Of its tombstone.
    std::set<std::string> children;   ///< Spaces: their rooms.
    std::vector<RoomId> parents;      ///< Spaces that the room says it is in: to be checked there.

    /// Join rule "restricted": whose members may come in, and who they are; filled in when known.
    std::vector<RoomId> doors;
    std::optional<std::set<std::string>> may_come;

    [[nodiscard]] std::size_t people() const { return joined.size() + invited.size(); }
    /// One person and the bot.
    [[nodiscard]] bool is_direct() const { return people() == 1; }
    /// Anybody may join or read along, or it is not known who may.
    [[nodiscard]] bool is_open() const;
};

/// From the array that GET /rooms/{roomId}/state gives; entries that cannot be read are left out.
/// Error: invalid_input (no array).
[[nodiscard]] Result<Room> parse_room(const RoomId& id, const UserId& bot, std::string_view state);

/// What a room's answers may draw on, widened and sorted. `spaces`: those that list this room as a
/// child; `lineage`: rooms that this one replaced, verified.
[[nodiscard]] std::vector<Audience> audiences_of(const Room& room,
                                                 const std::vector<RoomId>& spaces,
                                                 const std::vector<RoomId>& lineage,
                                                 const Options& options);

}  // namespace raadbot::matrix
