// What the outbox holds for Matrix, and how it is done: messages, and joining and leaving rooms,
// which must survive a crash and a homeserver's restart just as messages do.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/matrix/homeserver.hpp"
#include "bot/ports.hpp"

namespace raadbot::matrix {

struct Outbound {
    enum class Kind {
        message,  ///< An answer: created, edited, taken away.
        once,     ///< A notice that is said once and never edited.
        join,
        leave,
        mark,  ///< Nothing is sent: a person's event is remembered as `text`, see followed_id().
    };
    Kind kind = Kind::message;
    std::string text;  ///< message, once: the content as JSON; join: the server to join through;
                       ///< leave: why; mark: the name.
    std::string room;  ///< join, leave: the room; messages go to their conversation.
    std::string
        seed;  ///< What the transaction id is made of: the event that caused it, and the part.
    friend bool operator==(const Outbound&, const Outbound&) = default;
};
/// The name under which an edit or a thumb is remembered among the bot's own messages: no event id.
[[nodiscard]] std::string followed_id(std::string_view event);
[[nodiscard]] std::string to_json(const Outbound& outbound);
[[nodiscard]] std::optional<Outbound> parse_outbound(std::string_view json);

/// Stable for the same room, seed and action, so that a repeat after a crash is no second message.
[[nodiscard]] std::string transaction_id(std::string_view room, std::string_view seed,
                                         std::string_view action);

/// Takes the typing sign down after each answer when `show_typing`.
[[nodiscard]] std::shared_ptr<bot::Sender> make_sender(std::shared_ptr<Homeserver> homeserver,
                                                       bool show_typing);

/// What an error means for the outbox.
[[nodiscard]] bot::SendResult outcome_of(const ApiError& error);

}  // namespace raadbot::matrix
