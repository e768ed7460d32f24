#include "bot/delivery/options.hpp"

#include <string>

namespace raadbot::delivery {
namespace {

using namespace std::chrono_literals;

template <class T>
bool in_range(T value, T least, T most) {
    return value >= least && value <= most;
}

}  // namespace

Result<void> check(const Options& o) {
    const auto wrong = [](const char* name, const char* range) {
        return fail(ErrorCode::invalid_config,
                    std::string("delivery.") + name + " must be within " + range);
    };
    if (!in_range(o.workers, 1U, 64U)) return wrong("workers", "1 to 64");
    if (!in_range(o.senders, 1U, 64U)) return wrong("senders", "1 to 64");
    if (!in_range<std::size_t>(o.most_waiting, 1, 1'000'000)) {
        return wrong("most_waiting", "1 to 1000000");
    }
    if (!in_range<std::size_t>(o.busy_waiting, 1, o.most_waiting)) {
        return wrong("busy_waiting", "1 to most_waiting");
    }
    if (!in_range<std::size_t>(o.busy_conversation, 1, o.most_waiting)) {
        return wrong("busy_conversation", "1 to most_waiting");
    }
    if (!in_range<std::int64_t>(o.handle_attempts, 1, 100))
        return wrong("handle_attempts", "1 to 100");
    if (!in_range<std::int64_t>(o.retry.attempts, 1, 1'000)) return wrong("attempts", "1 to 1000");
    if (!in_range<std::int64_t>(o.retry.doubtful_repeats, 0, 10)) {
        return wrong("doubtful_repeats", "0 to 10");
    }
    if (!in_range(o.retry.first, 1ms, 60'000ms)) return wrong("first", "1 ms to 1 min");
    if (!in_range(o.retry.most, 1ms, 3'600'000ms)) return wrong("most", "1 ms to 1 h");
    if (!in_range(o.meanwhile, 1ms, 60'000ms)) return wrong("meanwhile", "1 ms to 1 min");
    if (!in_range(o.meanwhile_again, 1ms, 60'000ms)) {
        return wrong("meanwhile_again", "1 ms to 1 min");
    }
    return {};
}

}  // namespace raadbot::delivery
