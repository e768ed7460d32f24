// How many messages went where, lately: when may the next one go? Pure.
#pragma once

#include <deque>
#include <vector>

#include "bot/delivery/options.hpp"
#include "bot/ports.hpp"

namespace raadbot::delivery {

using bot::Moment;

class RateWindow {
public:
    explicit RateWindow(std::vector<Window> windows);

    /// The first moment, not before `now`, at which one more keeps to every window.
    [[nodiscard]] Moment earliest(Moment now) const;
    void count(Moment when);
    /// Nothing counted any more: as good as new.
    [[nodiscard]] bool idle(Moment now) const;

private:
    std::vector<Window> windows_;
    std::size_t kept_ = 0;     // As many as the largest window counts.
    std::deque<Moment> sent_;  // Oldest first.
};

}  // namespace raadbot::delivery
