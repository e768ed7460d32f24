// "Spørg sekretariatet": a question that the material does not answer is sent to staff, when the
// asker says so twice, and only then kept with a way back. In words that every channel has: the bot
// tells what is kept and for how long, and waits for the asker's own "Ja, send mit spørgsmål".
#pragma once

#include <string>
#include <string_view>

#include "bot/conversation/texts.hpp"
#include "bot/message.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::bot {

enum class HandoffStep {
    none,
    ask,  ///< Wants to hand over: say what that means.
    send  ///< Has read that and agrees.
};

/// What this message wants, given what was asked before it. Pure.
[[nodiscard]] HandoffStep handoff_step(const Message& message);

/// The question to hand over: the last one before the words about handing over; empty: none. Pure.
[[nodiscard]] std::string question_to_hand_over(const Message& message);

struct HandoffContext {
    const Texts& texts;
    const std::string& public_url;
    const Contact& contact;
    bool keep = true;  ///< False: say what would happen and keep nothing.
};

/// Carries the step out and says so. Keeps the question, and the address, on `send` alone.
[[nodiscard]] Reply hand_off(const Message& message, HandoffStep step, store::Store& store,
                             const HandoffContext& context);

/// Adds the offer to a refusal for want of an answer.
void offer_handoff(const Message& message, Reply& reply, const Texts& texts);

/// Days a hand-off is kept at most.
inline constexpr int handoff_days = 30;

}  // namespace raadbot::bot
