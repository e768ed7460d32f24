#include "bot/delivery/rate_window.hpp"

#include <algorithm>
#include <utility>

namespace raadbot::delivery {

RateWindow::RateWindow(std::vector<Window> windows) : windows_(std::move(windows)) {
    for (const Window& window : windows_) kept_ = std::max(kept_, window.count);
}

Moment RateWindow::earliest(Moment now) const {
    Moment when = now;
    for (const Window& window : windows_) {
        if (window.count == 0 || sent_.size() < window.count) continue;
        // The message `count` places back must have left the window.
        when = std::max(when, sent_[sent_.size() - window.count] + window.span);
    }
    return when;
}

void RateWindow::count(Moment when) {
    if (kept_ == 0) return;
    sent_.push_back(when);
    while (sent_.size() > kept_) sent_.pop_front();
}

bool RateWindow::idle(Moment now) const {
    if (sent_.empty()) return true;
    return std::all_of(windows_.begin(), windows_.end(),
                       [&](const Window& window) { return sent_.back() + window.span <= now; });
}

}  // namespace raadbot::delivery
