// Matrix identifiers, one type per kind, valid once they exist. Room ids are opaque: since room
// version 12 they name no server (Matrix 1.16, rooms/v12).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "retrieval/types.hpp"

namespace raadbot::matrix {

using UserId = Id<struct MatrixUserTag>;    ///< "@lone:example.dk"
using RoomId = Id<struct MatrixRoomTag>;    ///< "!opaque"
using EventId = Id<struct MatrixEventTag>;  ///< "$opaque"

/// Nothing when the sigil is missing, the id is longer than 255 bytes, is not UTF-8, or holds white
/// space or control bytes. User ids need a server name too.
[[nodiscard]] std::optional<UserId> parse_user_id(std::string_view text);
[[nodiscard]] std::optional<RoomId> parse_room_id(std::string_view text);
[[nodiscard]] std::optional<EventId> parse_event_id(std::string_view text);

/// What follows the first ':' of a user id.
[[nodiscard]] std::string_view server_of(const UserId& user);
[[nodiscard]] std::string_view localpart_of(const UserId& user);

/// A host name with an optional port, lower case.
[[nodiscard]] bool is_server_name(std::string_view text);

}  // namespace raadbot::matrix
