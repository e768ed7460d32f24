// Leaves a model alone that does not answer, so that one that is down costs a question nothing.
//
// Closed: all may ask. After a few failures in a row it opens for a while; then one asker may try,
// and the others wait for how that goes. M. Nygard, "Release It!", 2007. The clock is given;
// thread-safe.
#pragma once

#include <chrono>
#include <mutex>

namespace raadbot::models {

class Breaker {
public:
    using Moment = std::chrono::steady_clock::time_point;
    struct Options {
        unsigned failures = 2;          ///< In a row.
        std::chrono::seconds rest{30};  ///< Until somebody may try again.
    };
    Breaker() = default;
    explicit Breaker(Options options) : options_(options) {}

    [[nodiscard]] bool may_ask(Moment now);
    /// Both are true when that changed whether all may ask.
    bool succeeded();
    bool failed(Moment now);

private:
    Options options_;
    std::mutex mutex_;
    unsigned in_a_row_ = 0;
    bool open_ = false;
    Moment again_{};
};

}  // namespace raadbot::models
