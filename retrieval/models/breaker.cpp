#include "retrieval/models/breaker.hpp"

namespace raadbot::models {

bool Breaker::may_ask(Moment now) {
    const std::lock_guard lock(mutex_);
    if (!open_) return true;
    if (now < again_) return false;
    again_ = now + options_.rest;  // This one tries; if it never comes back, another may, later.
    return true;
}

bool Breaker::succeeded() {
    const std::lock_guard lock(mutex_);
    in_a_row_ = 0;
    const bool was_open = open_;
    open_ = false;
    return was_open;
}

bool Breaker::failed(Moment now) {
    const std::lock_guard lock(mutex_);
    ++in_a_row_;
    if (open_) {
        again_ = now + options_.rest;
        return false;
    }
    if (in_a_row_ < options_.failures) return false;
    open_ = true;
    again_ = now + options_.rest;
    return true;
}

}  // namespace raadbot::models
