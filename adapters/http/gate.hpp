// The strict gate before the HTTP library: decides over raw bytes whether they are exactly one
// HTTP/1.1 (or 1.0) request that every reader on the way would take for the same request. What two
// readers might read differently is refused: that is how requests are smuggled past a reverse
// proxy.
//
// Stricter than RFC 9112 on purpose: no folded lines, no bare CR or LF, no transfer coding but
// chunked, no trailer fields, no list or repetition where one value is meant, no fragment or raw
// bytes in the target. Pure: no I/O, no clock. One Gate per connection; not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/http/options.hpp"

namespace raadbot::http {

enum class GateReason {
    none,
    bare_cr,
    bare_lf,
    control_byte,
    empty_first_line,
    request_line,
    method_syntax,
    method_unknown,
    version,
    target_syntax,
    target_fragment,
    target_mismatch,  ///< Absolute form that names another host than Host.
    target_userinfo,
    target_authority,  ///< Authority form belongs to CONNECT, which is not served.
    target_asterisk,   ///< "*" belongs to OPTIONS.
    line_too_long,
    field_too_long,
    too_many_fields,
    head_too_large,
    folded,
    field_name,
    ambiguous_name,  ///< content_length: gateways that map "_" to "-" would read it as framing.
    field_value,
    repeated,  ///< A field of one value came twice.
    host_missing,
    host_syntax,
    length_syntax,
    length_and_coding,
    coding,          ///< Transfer-Encoding other than exactly "chunked".
    coding_version,  ///< Transfer-Encoding in HTTP/1.0.
    body_too_large,
    chunk_size,
    chunk_extension,
    chunk_end,
    trailer,
    expectation,
    ended_early,
};

/// The HTTP status that answers it, and a short English reason for the body and the log.
[[nodiscard]] unsigned status_of(GateReason reason);
[[nodiscard]] std::string_view to_string(GateReason reason);

class Gate {
public:
    enum class State { more, complete, refused };

    explicit Gate(GateLimits limits = {}) : limits_(limits) {}

    /// `received`: all bytes since the request's first one; each call may show more at the end,
    /// never other bytes before. The outcome does not depend on how the bytes were cut into calls.
    State look(std::string_view received);
    /// The peer will send no more.
    State end();
    /// Ready for the connection's next request.
    void restart();

    [[nodiscard]] State state() const noexcept { return state_; }
    [[nodiscard]] GateReason reason() const noexcept { return reason_; }
    /// Bytes of the request, from its first one; what follows belongs to the next. Complete only.
    [[nodiscard]] std::size_t size() const noexcept { return scan_; }
    [[nodiscard]] bool head_is_complete() const noexcept { return phase_ > Phase::fields; }
    /// The peer waits for "100 Continue" before it sends the body.
    [[nodiscard]] bool awaits_continue() const noexcept { return awaits_continue_; }

private:
    enum class Phase {
        request_line,
        fields,
        body,
        chunk_size,
        chunk_data,
        chunk_end,
        trailer,
        done
    };

    State refuse(GateReason reason);
    std::optional<std::string_view> line(std::string_view received, std::size_t limit,
                                         GateReason too_long);
    void take_request_line(std::string_view line);
    void take_target(std::string_view target);
    void take_field(std::string_view line);
    void take_known_field(std::string_view name, std::string_view value);
    void take_length(std::string_view value);
    void end_of_fields();
    void take_chunk_size(std::string_view line);

    GateLimits limits_;
    State state_ = State::more;
    GateReason reason_ = GateReason::none;
    Phase phase_ = Phase::request_line;
    std::size_t scan_ = 0;        // First byte not yet judged.
    std::size_t line_start_ = 0;  // Of the line being read.
    std::size_t field_count_ = 0;
    std::uint64_t seen_ = 0;    // One bit per field that may come once.
    bool old_version_ = false;  // HTTP/1.0.
    bool is_options_ = false;
    bool asterisk_ = false;
    bool chunked_ = false;
    bool awaits_continue_ = false;
    std::optional<std::size_t> length_;
    std::size_t body_left_ = 0;   // Of the body, or of the chunk.
    std::size_t body_total_ = 0;  // Chunks so far.
    std::size_t framing_total_ = 0;
    // Offsets, since the caller's buffer may move between calls.
    std::size_t authority_begin_ = 0, authority_size_ = 0, host_begin_ = 0, host_size_ = 0;
    std::string_view received_;  // Only valid within look().
};

}  // namespace raadbot::http
