// How often one address may ask: a token bucket per address. Addresses are kept in memory only, and
// only while their bucket is not full. Safe from several threads.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace raadbot::web {

class RateLimit {
public:
    using Time = std::chrono::steady_clock::time_point;

    /// A third of `per_minute`, at least one, may come at once. `most`: addresses remembered.
    explicit RateLimit(unsigned per_minute, std::size_t most = 20'000);

    /// Takes one. Zero: allowed; else the time after which the next one will be.
    [[nodiscard]] std::chrono::seconds take(const std::string& address, Time now);
    [[nodiscard]] std::size_t remembered() const;

private:
    struct Bucket {
        double tokens = 0;
        Time filled;
    };
    double per_second_;
    double burst_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace raadbot::web
