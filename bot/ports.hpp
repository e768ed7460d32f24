// The seams through which a conversation meets the world.
#pragma once

#include "retrieval/types.hpp"

namespace raadbot::bot {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
};

/// Always the same moment: `--now`, tests.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Timestamp when) : when_(when) {}
    [[nodiscard]] Timestamp now() const override { return when_; }

private:
    Timestamp when_;
};

}  // namespace raadbot::bot
