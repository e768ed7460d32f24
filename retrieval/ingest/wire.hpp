// What goes between parse_confined and its child: one request, one answer, each a 4-byte length and
// CBOR. The child is not trusted: reading an answer checks every type and size.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "retrieval/ingest/parse.hpp"

namespace raadbot::ingest {

struct Request {
    std::string bytes;
    std::string name;
    SourceKind kind = SourceKind::website;
    Format format = Format::unknown;
    std::string url;
    sources::AgendaSelectors selectors;
    Limits limits;
};

[[nodiscard]] std::string write_request(const ParseInput& input, const Limits& limits);
[[nodiscard]] Result<Request> read_request(std::string_view message);
[[nodiscard]] std::string write_answer(const Result<Parsed>& answer);
[[nodiscard]] Result<Parsed> read_answer(std::string_view message);

enum class Transfer { done, closed, late, too_long };

/// Sends or receives one message. Without a deadline it waits for ever.
[[nodiscard]] Transfer send_message(int fd, std::string_view message,
                                    std::chrono::steady_clock::time_point deadline);
[[nodiscard]] Transfer receive_message(int fd, std::string& message, std::uint64_t most,
                                       std::chrono::steady_clock::time_point deadline);

/// First bytes of a child: who answers otherwise is no parse child.
inline constexpr std::string_view child_greeting = "raadbot parse-child 1";
/// Set in a child's environment, so that a program without the mode cannot start itself again and
/// again.
inline constexpr const char* child_variable = "RAADBOT_PARSE_CHILD";

}  // namespace raadbot::ingest
