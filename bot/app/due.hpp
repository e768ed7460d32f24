// When a source is to be read again. Pure but for the two that keep the time in the store.
#pragma once

#include <optional>
#include <vector>

#include "retrieval/store/store.hpp"

namespace raadbot::app {

struct LastReading {
    Timestamp at{};
    bool failed = false;
    friend bool operator==(const LastReading&, const LastReading&) = default;
};

/// An approved source is due when it was never read, when its refresh time has passed, or, after a
/// failure, an hour later if that is sooner.
[[nodiscard]] bool is_due(const sources::Source& source, const std::optional<LastReading>& last,
                          Timestamp now);

[[nodiscard]] std::optional<LastReading> last_reading(const store::Store& store,
                                                      const SourceId& source);
void note_reading(store::Store& store, const SourceId& source, const LastReading& reading);

}  // namespace raadbot::app
