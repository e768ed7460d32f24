// A human answer on its way back into a room: how a conversation is found again, and what is to be
// said there. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace raadbot::matrix {

struct Say {
    std::string text;
    std::string reply_to;  ///< Event id of the question.
    std::string thread;    ///< Its thread's root, or empty.
};

/// What a hand-off keeps to find the place again, as JSON: conversation, payload.
[[nodiscard]] std::string say_address(const std::string& room, const std::string& question,
                                      const std::string& thread);
/// A stored event that is such an answer; nothing for what a homeserver sent.
[[nodiscard]] std::optional<Say> read_say(std::string_view payload);

}  // namespace raadbot::matrix
