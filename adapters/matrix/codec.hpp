// Bytes to events, and contents to bytes (Matrix 1.19). Pure; tolerant of missing, wrong and huge
// fields: an event that cannot be read is reported and does not disturb its neighbours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/matrix/event.hpp"
#include "retrieval/result.hpp"

namespace raadbot::matrix {

/// Cuts a transaction's body into the bytes of its "events", without judging them: one broken event
/// must not spoil the others. Error: invalid_input (not a JSON object), too_large (more than 1,000
/// events).
[[nodiscard]] Result<std::vector<std::string_view>> split_transaction(std::string_view body);

/// Errors: invalid_input (not JSON, NUL byte, no usable event_id, room_id or sender), too_large
/// (over 256 KiB or nested deeper than 64).
[[nodiscard]] Result<Event> parse_event(std::string_view json);

/// The event that GET /rooms/{roomId}/event/{eventId} gives, with its sender's newest edit (in
/// "unsigned"."m.relations"."m.replace") put in place of what it first said. `edit`: the bytes of
/// unseen_edit_of(), if there is one. Errors: parse_event's.
[[nodiscard]] Result<Event> parse_standing(std::string_view json, std::string_view edit = {});
/// The newest edit, when its id alone is given (before Matrix 1.7).
[[nodiscard]] std::optional<EventId> unseen_edit_of(std::string_view json);

/// The event's id alone, for the durable inbox; empty when there is none.
[[nodiscard]] std::string event_id_of(std::string_view json);
[[nodiscard]] std::string room_id_of(std::string_view json);

/// U+FE0F and the skin tones U+1F3FB to U+1F3FF taken out.
[[nodiscard]] std::string plain_reaction(std::string_view key);

/// Without the leading "> " lines and the blank line after them (reply fallback before
/// Matrix 1.13).
[[nodiscard]] std::string without_reply_fallback(std::string_view body);
/// Without a leading <mx-reply> element.
[[nodiscard]] std::string without_mx_reply(std::string_view html);

/// A link to a user in formatted_body ("pill"): whom, and the words shown.
struct Pill {
    UserId user;
    std::string label;
};
[[nodiscard]] std::vector<Pill> pills(std::string_view html);

/// Who the bot is, by id and by the name that its profile shows.
struct Self {
    UserId id;
    std::string name;
};

/// True when the text is meant for the bot: m.mentions; else, from clients without it, a pill, the
/// full id, or the bot's name or localpart at the start.
[[nodiscard]] bool mentions(const Text& text, const Self& self);

/// The question without the bot's name, trimmed, at most 4,000 bytes.
[[nodiscard]] std::string question_of(const Text& text, const Self& self);

}  // namespace raadbot::matrix
