// A room event as the bot understands it: everything it does not need is dropped while reading.
// Values only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/matrix/ids.hpp"

namespace raadbot::matrix {

/// m.relates_to. `target`: thread root, replaced event or annotated event.
struct Relation {
    enum class Kind { none, thread, replace, annotation };
    Kind kind = Kind::none;
    std::optional<EventId> target;
    std::optional<EventId> reply_to;  ///< m.in_reply_to.
    bool falling_back = false;  ///< The reply in a thread is only for clients without threads.
    friend bool operator==(const Relation&, const Relation&) = default;
};

/// m.mentions. `given`: the sender's client knows intentional mentions, so words in the body do not
/// count.
struct Mentions {
    bool given = false;
    std::vector<UserId> users;
    friend bool operator==(const Mentions&, const Mentions&) = default;
};

struct Text {
    std::string body;            ///< Without the quoted lines that old clients put before a reply.
    std::string formatted_body;  ///< Empty when it is not org.matrix.custom.html.
    Mentions mentions;
    friend bool operator==(const Text&, const Text&) = default;
};

/// m.room.message. For an edit, `text` is the new content and `new_mentions` whom the edit itself
/// names.
struct RoomMessage {
    std::string msgtype;
    Text text;
    Relation relation;
    Mentions new_mentions;
    friend bool operator==(const RoomMessage&, const RoomMessage&) = default;
};

struct Reaction {
    EventId target;
    std::string key;  ///< Without U+FE0F and skin tones.
    friend bool operator==(const Reaction&, const Reaction&) = default;
};

struct Redaction {
    EventId redacts;
    friend bool operator==(const Redaction&, const Redaction&) = default;
};

enum class Membership { invite, join, leave, ban, knock };

struct MemberChange {
    UserId member;
    Membership membership = Membership::leave;
    bool is_direct = false;
    friend bool operator==(const MemberChange&, const MemberChange&) = default;
};

struct Tombstone {
    RoomId replacement;
    friend bool operator==(const Tombstone&, const Tombstone&) = default;
};

struct EncryptionEnabled {
    friend bool operator==(const EncryptionEnabled&, const EncryptionEnabled&) = default;
};
/// A message that only devices with keys can read.
struct Encrypted {
    friend bool operator==(const Encrypted&, const Encrypted&) = default;
};
/// Other state: what is remembered of the room is out of date.
struct OtherState {
    std::string type;
    friend bool operator==(const OtherState&, const OtherState&) = default;
};
/// Nothing for the bot: redacted, of an unknown type, or without the fields that type needs.
struct Ignored {
    friend bool operator==(const Ignored&, const Ignored&) = default;
};

using Content = std::variant<Ignored, RoomMessage, Reaction, Redaction, MemberChange, Tombstone,
                             EncryptionEnabled, Encrypted, OtherState>;

struct Event {
    EventId id;
    RoomId room;
    UserId sender;
    std::int64_t sent_ms = 0;  ///< origin_server_ts, not to be trusted.
    bool is_state = false;
    Content content;
};

}  // namespace raadbot::matrix
