#include "adapters/web/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace raadbot::web {

RateLimit::RateLimit(unsigned per_minute, std::size_t most)
    : per_second_(per_minute / 60.0),
      burst_(std::max(1.0, std::floor(per_minute / 3.0))),
      most_(most) {}

std::chrono::seconds RateLimit::take(const std::string& address, Time now) {
    const std::lock_guard lock(mutex_);
    const auto filled = [&](const Bucket& bucket) {
        const double seconds = std::chrono::duration<double>(now - bucket.filled).count();
        return std::min(burst_, bucket.tokens + std::max(0.0, seconds) * per_second_);
    };
    auto found = buckets_.find(address);
    if (found == buckets_.end()) {
        if (buckets_.size() >= most_) {
            std::erase_if(buckets_,
                          [&](const auto& entry) { return filled(entry.second) >= burst_; });
            // All are busy: forgetting one at a time lets a flood through no faster than it is.
            if (buckets_.size() >= most_) buckets_.erase(buckets_.begin());
        }
        found = buckets_.emplace(address, Bucket{burst_, now}).first;
    }
    Bucket& bucket = found->second;
    bucket.tokens = filled(bucket);
    bucket.filled = now;
    if (bucket.tokens >= 1.0) {
        bucket.tokens -= 1.0;
        return std::chrono::seconds(0);
    }
    return std::chrono::seconds(static_cast<long>(std::ceil((1.0 - bucket.tokens) / per_second_)));
}

std::size_t RateLimit::remembered() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

}  // namespace raadbot::web
