// What a link that belongs to a source is called, in channels without texts of their own.
#pragma once

#include <string>
#include <string_view>

#include "bot/message.hpp"

namespace raadbot::bot {

/// "Dagsordenen", "Se behandlingen på video 1.02.05"; empty for a kind that is not known.
[[nodiscard]] std::string link_words(const ReplyLink& link, std::string_view language);

/// "1.02.05" as Danes write a time; without hours "2.05".
[[nodiscard]] std::string clock_time(std::uint32_t second);

}  // namespace raadbot::bot
