// A reply as Teams shows it: markdown that phones show too, one root entity with AI label and
// citations within Teams' limits, cards. Pure. Everything from sources and users is data: escaped,
// never a tag, link or card of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/teams/json.hpp"
#include "bot/message.hpp"

namespace raadbot::teams {

/// Whom a message is for; kept short, since it is stored with the message.
struct Address {
    std::string bot;  ///< "28:<app id>"
    std::string conversation;
    std::string reply_to;  ///< The question's id; empty: none.
    std::string asker;     ///< "29:..."; for suggestions in personal chats, else empty.
};

struct CardTexts {
    std::string title, more, open, read_aloud, ask_office, sources, welcome, welcome_hint, limits,
        busy, sorry, searching, still_searching;
};
[[nodiscard]] const CardTexts& card_texts(std::string_view language);

/// Everything that markdown or Teams would take for more than letters is made letters again.
[[nodiscard]] std::string markdown_escaped(std::string_view text);
/// At most `limit` UTF-16 units; cut at a word, with an ellipsis, never within a character.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t limit);
/// As it goes over the wire; bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string serialised(const Json& activity);
/// Bytes that Teams counts: the JSON text in UTF-16.
[[nodiscard]] std::size_t utf16_bytes(const Json& activity);
constexpr std::size_t largest_message = 80 * 1'024;

/// The answer (or refusal) itself.
[[nodiscard]] Json answer_message(const bot::Reply& reply, const Address& address);
/// Its sources as a card, with buttons that ask on: nothing when there are fewer than two.
[[nodiscard]] std::optional<Json> source_message(const bot::Reply& reply, const Address& address);
/// The first thing the bot says.
[[nodiscard]] Json welcome_message(const std::vector<std::string>& examples,
                                   std::string_view municipality, std::string_view language,
                                   const Address& address);
/// Plain words of our own.
[[nodiscard]] Json text_message(std::string_view text, const Address& address);

/// What the bot is doing, for personal chats; see streams.hpp.
[[nodiscard]] Json step_message(std::string_view text, const Address& address);

/// The answer to a search from the compose box: a card per source.
[[nodiscard]] Json search_result(const bot::Reply& reply);

}  // namespace raadbot::teams
