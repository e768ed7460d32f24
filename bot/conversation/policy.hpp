// What Raadbot never develops: opinions, voting advice, forecasts, praise and blame, texts for
// politics. Pure.
#pragma once

#include <string_view>

namespace raadbot::bot {

/// Asks for the bot's own view of a matter, not for what the material says of it. General Danish
/// and English wording.
[[nodiscard]] bool asks_for_policy(std::string_view question);

}  // namespace raadbot::bot
