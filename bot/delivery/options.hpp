// What delivery may be told. Every figure has a unit, a default and a range.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::delivery {

/// At most `count` messages in any stretch of `span`.
struct Window {
    std::chrono::milliseconds span{1'000};
    std::size_t count = 1;
};

/// What a channel lets us send. Empty: no limit.
struct Limits {
    std::vector<Window> per_conversation;
    std::vector<Window> per_tenant;
};

struct RetryOptions {
    std::chrono::milliseconds first{
        1'000};  ///< Before the second attempt; then doubled. 1 ms to 1 min.
    std::chrono::milliseconds most{300'000};  ///< Longest wait of our own making. 1 ms to 1 h.
    std::int64_t attempts = 20;  ///< Then the message is given up; about an hour. 1 to 1,000.
    std::int64_t doubtful_repeats = 1;  ///< Repeats that may be seen twice. 0 to 10.
    std::uint64_t seed = 0;             ///< Of the jitter; 0: from the system.
};

struct Options {
    RetryOptions retry;
    unsigned workers = 2;  ///< Threads that answer; 1 to 64.
    unsigned senders = 4;  ///< Threads that send; 1 to 64.
    std::size_t most_waiting =
        10'000;  ///< Events not yet handled; beyond, none are taken. 1 to 1,000,000.
    std::size_t busy_waiting =
        500;  ///< From here on askers are told to come back; 1 to most_waiting.
    std::size_t busy_conversation = 8;  ///< The same, within one conversation; 1 to most_waiting.
    std::int64_t handle_attempts = 5;   ///< Then the event is poison and set aside; 1 to 100.
    std::chrono::milliseconds handle_wait{
        200};  ///< After a failure, times four each time; 1 ms to 1 min.
    /// An answer that takes longer is announced, see Channel::meanwhile; 1 ms to 1 min.
    std::chrono::milliseconds meanwhile{1'000};
    std::chrono::milliseconds meanwhile_again{4'000};  ///< The next word; 1 ms to 1 min.
    std::chrono::seconds same_within{60};  ///< The same again from the same sender; 0 to 1 h.
    std::chrono::seconds context{
        3'600};                         ///< How long questions are kept for follow-ups; 0 to 30 d.
    std::size_t context_questions = 5;  ///< At most this many; 0 to 50.
    std::chrono::hours kept{24 * 30};   ///< Which answer belongs to which question; 1 h to 1 year.
};

/// Errors: invalid_config naming the option and its range.
[[nodiscard]] Result<void> check(const Options& options);

}  // namespace raadbot::delivery
