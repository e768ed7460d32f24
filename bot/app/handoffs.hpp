// Human answers on their way back into the conversations that asked for them.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "bot/delivery/delivery.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::app {

/// What the channel's delivery is to accept; nothing when the way back cannot be read.
[[nodiscard]] std::optional<delivery::Event> handoff_event(const store::HandoffRow& handoff);

/// Gives every answered one with a way back to `say`, and forgets the way once that has taken it.
/// What a crash cuts short goes again, once.
void deliver_handoffs(const std::filesystem::path& data_dir,
                      const std::function<bool(const store::HandoffRow&)>& say);

}  // namespace raadbot::app
