// Which message goes next, and what an attempt's outcome means: the outbox without I/O.
//
// Messages of one conversation go one after the other, in order; conversations do not wait for each
// other. No message goes before its time, over its conversation's or its tenant's limit. Every call
// takes the moment; nothing here reads a clock, a socket or a database. Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bot/delivery/options.hpp"
#include "bot/delivery/rate_window.hpp"
#include "bot/ports.hpp"

namespace raadbot::delivery {

/// What the schedule knows of a message.
struct Job {
    std::int64_t id = 0;
    std::string channel;
    std::string tenant;
    std::string conversation;
    std::int64_t attempts = 0;  ///< So far.
    std::int64_t doubts = 0;    ///< Of them, with unknown outcome.
    Moment not_before{};
};

/// Send `id` now; then judge() and, when the verdict is written down, settle().
struct Send {
    std::int64_t id = 0;
};
/// Nothing to do until then, or until something is added.
struct WaitUntil {
    Moment when{};
};
/// Nothing to do until something is added or finished.
struct Idle {};
using Step = std::variant<Send, WaitUntil, Idle>;

/// What is to be written down after an attempt.
struct Verdict {
    enum class Kind { sent, again, failed };
    Kind kind = Kind::sent;
    Job job;                 ///< again: with its new not_before, attempts and doubts.
    bool drop_rest = false;  ///< The conversation takes nothing: what waits for it fails as well.
};

class Schedule {
public:
    Schedule(RetryOptions retry, std::map<std::string, Limits> limits);

    void add(Job job);
    [[nodiscard]] Step next(Moment now);
    /// What an attempt's outcome means. `harmless`: doing it twice is the same as doing it once.
    [[nodiscard]] Verdict judge(std::int64_t id, const bot::SendResult& result, bool harmless,
                                Moment now);
    /// The verdict is safely written down: its conversation may go on. Gives what was dropped.
    std::vector<std::int64_t> settle(const Verdict& verdict, Moment now);
    /// A message that was being sent when the program died: what to do with it, before add().
    [[nodiscard]] Verdict recover(Job job, bool harmless, Moment now);
    /// Forgets what waits for a conversation; what is being sent goes on.
    std::vector<std::int64_t> drop(const std::string& channel, const std::string& conversation);

    [[nodiscard]] std::size_t size() const { return jobs_; }
    /// Handed out by next() and not yet settled.
    [[nodiscard]] std::size_t sending() const { return sending_.size(); }

private:
    using Key = std::pair<std::string, std::string>;  // Channel and conversation, or tenant.
    struct Lane {
        std::deque<Job> jobs;
        bool sending = false;
        std::optional<Moment> ready;  // Its place in ready_.
        RateWindow window;
    };

    Verdict weigh(Job job, const bot::SendResult& result, bool harmless, Moment now);
    Moment wait(const Job& job, std::optional<std::chrono::milliseconds> asked, Moment now);
    void place(const Key& key, Lane& lane, Moment now);
    void unplace(const Key& key, Lane& lane);
    RateWindow& tenant(const Job& job);

    RetryOptions retry_;
    std::map<std::string, Limits> limits_;
    std::mt19937_64 random_;
    std::map<Key, Lane> lanes_;
    std::map<Key, RateWindow> tenants_;
    std::set<std::pair<Moment, Key>> ready_;
    std::map<std::int64_t, Key> sending_;
    std::size_t jobs_ = 0;
    Moment swept_{};
};

}  // namespace raadbot::delivery
