// What Raadbot never does, recognised before anything is searched: personal data, policy making,
// closed items, orders to the bot, and errands that are no question to the material. Pure
// functions.
//
// Grounds: officials are party-neutral and treat members alike; CPR-loven § 54; straffeloven § 152;
// KL's ten points. Patterns are general Danish and English, not test questions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/answer.hpp"

namespace raadbot::bot {

/// The reason to refuse, or nothing when the question may be asked of the material.
[[nodiscard]] std::optional<answer::RefusalReason> guard(std::string_view question);
/// The same behind earlier questions: what leans on one about a closed item asks into it as well.
[[nodiscard]] std::optional<answer::RefusalReason> guard(std::string_view question,
                                                         const std::vector<std::string>& previous);

}  // namespace raadbot::bot
