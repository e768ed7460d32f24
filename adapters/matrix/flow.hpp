// What an event means for the bot, and what it does about it: decided without I/O.
//
// The bot answers when it is named, in threads that its own messages began, and always when it is
// alone with one person. It never answers itself, notices, other bots, or what it cannot read.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/matrix/codec.hpp"
#include "adapters/matrix/options.hpp"
#include "adapters/matrix/room.hpp"

namespace raadbot::matrix {

/// Kept with each answer, so that edits, redactions and reactions find it again. Names nobody.
struct Note {
    std::string answer_id = {};
    std::string asker = {};      ///< mark_of the person who asked: only they may edit the question.
    std::int64_t edited_ms = 0;  ///< When the wording that was answered was sent.
    std::string thread = {};     ///< Root of the thread it was asked in, or empty.
    std::vector<std::string> edits =
        {};                            ///< Edits of the question, in the order they were answered.
    std::optional<bool> helpful = {};  ///< Kept with a thumb instead: what it said.
    friend bool operator==(const Note&, const Note&) = default;
};
[[nodiscard]] std::string to_json(const Note& note);
[[nodiscard]] std::optional<Note> parse_note(std::string_view json);
/// Hex of SHA-256 over question and user, cut short.
[[nodiscard]] std::string mark_of(const UserId& user, const EventId& question);

/// What is remembered of the bot's own messages.
struct Memory {
    /// The note of the answer to this question, sent or about to be; of a thumb, what it said.
    std::function<std::optional<Note>(const RoomId&, const EventId& question)> answer_to;
    /// A message of the bot's: the question it answered, and its note.
    struct Own {
        std::string question;
        std::string note;
    };
    std::function<std::optional<Own>(const RoomId&, const EventId& message)> own;
    /// The question that this edit changed, and its answer's note.
    std::function<std::optional<Own>(const RoomId&, const EventId& edit)> followed;
};

struct Nothing {};
/// Join this room; `via`: a server that knows it. Also when following an upgraded room.
struct Join {
    RoomId room;
    std::string via;
};
/// Do not come, or go.
struct Leave {
    enum class Why { not_invited, empty };
    Why why = Why::empty;
};
struct Introduce {};
/// Say that encrypted rooms cannot be read, then leave.
struct ExplainEncryption {};
struct Answer {
    EventId question;  ///< Where the answer belongs; of an edit the original.
    std::string text;  ///< Empty: only the name was said.
    UserId asker;
    std::optional<EventId> thread;
    std::int64_t sent_ms = 0;
    bool is_edit = false;
    std::vector<std::string> edits;  ///< All edits of the question that were answered.
};
/// The question is gone: so is the answer and what was kept of it.
struct Withdraw {
    EventId question;
};
struct Feedback {
    std::string answer_id;
    bool helpful = false;
};
/// A thumb is taken back.
struct TakeBack {
    EventId reaction;
};
/// An edit of the question is gone: what stands now is to be asked of the homeserver, and answered
/// as standing() says.
struct Reread {
    EventId question;
    std::vector<std::string> edits;
};
/// The bot was taken out of the room.
struct Forget {};

using Decision = std::variant<Nothing, Join, Leave, Introduce, ExplainEncryption, Answer, Withdraw,
                              Feedback, TakeBack, Reread, Forget>;

/// False for what can be dropped before it is stored: the bot's own messages, notices, unknown
/// events, chatter of `room` (when known) that is not for the bot.
[[nodiscard]] bool concerns_bot(const Event& event, const Self& self, const Options& options,
                                const Room* room);

/// Whether decide() wants to know the room.
[[nodiscard]] bool needs_room(const Event& event, const Self& self);

/// `room` is nothing when it was not asked for, or when the bot is not in it. `follows`: it
/// replaces a room the bot was in. `now_ms`: to leave old questions alone.
[[nodiscard]] Decision decide(const Event& event, const Self& self, const Options& options,
                              const Room* room, bool follows, const Memory& memory,
                              std::int64_t now_ms);

/// After Reread: `question` is the event as it stands now, or nothing when it is gone. Gives an
/// Answer that replaces the one there was, or Withdraw when it is no longer meant for the bot.
[[nodiscard]] Decision standing(const Reread& reread, const std::optional<Event>& question,
                                const Self& self, const Options& options, const Room* room,
                                const Memory& memory);

}  // namespace raadbot::matrix
