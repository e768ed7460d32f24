// Fingerprints of what came in lately: was the very same thing taken in a moment ago? Kept in
// memory; the inbox holds them on disk as well, but an index over random values would cost each
// commit a page for every event. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace raadbot::store {

class RecentPrints {
public:
    /// `most`: then the oldest is forgotten.
    explicit RecentPrints(std::size_t most = 100'000) : most_(most) {}

    /// Seen at `since` or later? Forgets what is older: `since` only ever grows.
    [[nodiscard]] bool holds(std::string_view print, std::int64_t since);
    /// In order of time.
    void add(std::string_view print, std::int64_t when);
    void clear();

private:
    struct Print {
        std::string text;
        std::int64_t when = 0;
    };
    void forget_oldest();

    std::size_t most_;
    std::deque<Print> order_;
    std::unordered_map<std::string_view, std::int64_t> newest_;  // Views into order_.
};

}  // namespace raadbot::store
