// The client-server API as far as the bot uses it (Matrix 1.19): a seam, and its implementation
// over HTTP.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "adapters/matrix/ids.hpp"
#include "adapters/matrix/options.hpp"

namespace raadbot::matrix {

/// Why a call did not do what it was to do. Decisions are made on kind and errcode, never on words.
struct ApiError {
    enum class Kind {
        not_sent,  ///< No connection.
        unknown,   ///< It may have been done.
        limited,   ///< 429: certainly not done.
        server,    ///< 5xx.
        refused,   ///< Any other status: `errcode` says why.
    };
    Kind kind = Kind::unknown;
    unsigned status = 0;
    std::string errcode;  ///< "M_FORBIDDEN", or empty.
    std::optional<std::chrono::milliseconds> retry_after;
    std::string message;  ///< For the log: no token, no text of a message.
};

template <class T>
using Api = tl::expected<T, ApiError>;

/// Thread-safe; calls block.
class Homeserver {
public:
    virtual ~Homeserver() = default;

    /// The same txn again gives the same event.
    [[nodiscard]] virtual Api<EventId> send(const RoomId& room, std::string_view txn,
                                            std::string_view content) = 0;
    [[nodiscard]] virtual Api<void> redact(const RoomId& room, const EventId& event,
                                           std::string_view txn) = 0;
    /// `via`: a server that knows the room; may be empty.
    [[nodiscard]] virtual Api<void> join(const RoomId& room, std::string_view via) = 0;
    [[nodiscard]] virtual Api<void> leave(const RoomId& room, std::string_view reason) = 0;
    [[nodiscard]] virtual Api<void> typing(const RoomId& room, bool is_typing) = 0;
    [[nodiscard]] virtual Api<void> read(const RoomId& room, const EventId& event,
                                         const std::optional<EventId>& thread) = 0;
    /// One event as JSON.
    [[nodiscard]] virtual Api<std::string> event(const RoomId& room, const EventId& event) = 0;
    /// The room's whole state as JSON.
    [[nodiscard]] virtual Api<std::string> state(const RoomId& room) = 0;

    /// Creates the bot's user; good when it is there already.
    [[nodiscard]] virtual Api<void> register_bot() = 0;
    [[nodiscard]] virtual Api<void> set_display_name(std::string_view name) = 0;

    [[nodiscard]] virtual Api<UserId> whoami() = 0;
    struct About {
        std::string newest_version;      ///< "v1.18"
        std::optional<Timestamp> clock;  ///< What the homeserver believes it is.
    };
    [[nodiscard]] virtual Api<About> about() = 0;
    /// Asks the homeserver to call back; gives how long that took.
    [[nodiscard]] virtual Api<std::chrono::milliseconds> ping(std::string_view transaction_id) = 0;
};

[[nodiscard]] std::unique_ptr<Homeserver> connect(const Options& options);

/// An error response read: errcode, retry_after_ms (until Matrix 1.10) and Retry-After.
[[nodiscard]] ApiError error_of(unsigned status, std::string_view body,
                                std::string_view retry_after);

/// "Mon, 23 Nov 2026 15:00:00 GMT"
[[nodiscard]] std::optional<Timestamp> parse_http_date(std::string_view text);

}  // namespace raadbot::matrix
