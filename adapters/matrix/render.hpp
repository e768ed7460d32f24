// A reply as the content of an m.room.message (Matrix 1.19): m.notice with a plain body that says
// everything, the same as HTML, and m.mentions always there so that no word in it can alert
// anybody. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/matrix/ids.hpp"
#include "adapters/matrix/options.hpp"
#include "bot/message.hpp"

namespace raadbot::matrix {

/// Where a message belongs: under a question, in its thread if it was asked in one. Both empty:
/// nowhere.
struct Place {
    std::optional<EventId> question;
    std::optional<EventId> thread;
};

/// body, once more the body of an edit, and formatted_body together: an event may have 65,536
/// bytes.
inline constexpr std::size_t largest_text = 40'000;
/// The whole content as JSON.
inline constexpr std::size_t largest_content = 60'000;

/// The content as JSON. What does not fit is left out from the end, with a link to the whole
/// answer.
[[nodiscard]] std::string render(const bot::Reply& reply, const Place& place);

/// The content of an edit that puts `content` (of render or notice) in place of `message`'s.
[[nodiscard]] std::string as_edit(std::string_view content, const EventId& message);

/// Plain words of the bot's own, paragraphs by '\n'.
[[nodiscard]] std::string notice(std::string_view words, const Place& place);

[[nodiscard]] std::string introduction(const Options& options);
[[nodiscard]] std::string encryption_notice(const Options& options);
[[nodiscard]] std::string too_many(const Options& options);
[[nodiscard]] std::string apology(const Options& options);

}  // namespace raadbot::matrix
