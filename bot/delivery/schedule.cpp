#include "bot/delivery/schedule.hpp"

#include <algorithm>
#include <stdexcept>

namespace raadbot::delivery {

using Kind = bot::SendResult::Kind;

Schedule::Schedule(RetryOptions retry, std::map<std::string, Limits> limits)
    : retry_(retry),
      limits_(std::move(limits)),
      random_(retry.seed != 0 ? retry.seed : std::random_device{}()) {}

void Schedule::add(Job job) {
    const Key key{job.channel, job.conversation};
    auto found = lanes_.find(key);
    if (found == lanes_.end()) {
        found = lanes_
                    .emplace(key,
                             Lane{{}, false, {}, RateWindow(limits_[job.channel].per_conversation)})
                    .first;
    }
    Lane& lane = found->second;
    lane.jobs.push_back(std::move(job));
    ++jobs_;
    if (!lane.sending && lane.jobs.size() == 1) place(key, lane, lane.jobs.front().not_before);
}

void Schedule::place(const Key& key, Lane& lane, Moment now) {
    unplace(key, lane);
    lane.ready = std::max(now, lane.jobs.front().not_before);
    ready_.emplace(*lane.ready, key);
}

void Schedule::unplace(const Key& key, Lane& lane) {
    if (!lane.ready) return;
    ready_.erase({*lane.ready, key});
    lane.ready.reset();
}

RateWindow& Schedule::tenant(const Job& job) {
    const Key key{job.channel, job.tenant};
    const auto found = tenants_.find(key);
    if (found != tenants_.end()) return found->second;
    return tenants_.emplace(key, RateWindow(limits_[job.channel].per_tenant)).first->second;
}

Step Schedule::next(Moment now) {
    // Conversations that fell silent cost nothing after a while.
    if (now - swept_ > std::chrono::minutes(10)) {
        swept_ = now;
        std::erase_if(lanes_, [&](const auto& lane) {
            return lane.second.jobs.empty() && !lane.second.sending && lane.second.window.idle(now);
        });
        std::erase_if(tenants_, [&](const auto& tenant) { return tenant.second.idle(now); });
    }
    while (!ready_.empty()) {
        const auto [when, key] = *ready_.begin();
        if (when > now) return WaitUntil{when};
        Lane& lane = lanes_.at(key);
        Job& job = lane.jobs.front();
        const Moment allowed = std::max(lane.window.earliest(now), tenant(job).earliest(now));
        if (allowed > now) {
            place(key, lane, allowed);
            continue;
        }
        unplace(key, lane);
        lane.sending = true;
        lane.window.count(now);
        tenant(job).count(now);
        ++job.attempts;
        sending_.emplace(job.id, key);
        return Send{job.id};
    }
    return Idle{};
}

Moment Schedule::wait(const Job& job, std::optional<std::chrono::milliseconds> asked, Moment now) {
    // Exponential, with full jitter over the upper half: askers that failed together come back
    // apart.
    auto limit = retry_.first;
    for (std::int64_t n = 1; n < job.attempts && limit < retry_.most; ++n) limit *= 2;
    limit = std::min(limit, retry_.most);
    std::uniform_int_distribution<std::int64_t> spread(limit.count() / 2, limit.count());
    const std::chrono::milliseconds own(spread(random_));
    if (!asked) return now + own;
    // Never before what the peer said; a little later, so that not all come at once.
    std::uniform_int_distribution<std::int64_t> after(
        0, std::max<std::int64_t>(asked->count() / 10, 50));
    return now + *asked + std::chrono::milliseconds(after(random_));
}

Verdict Schedule::weigh(Job job, const bot::SendResult& result, bool harmless, Moment now) {
    Verdict verdict;
    switch (result.kind) {
        case Kind::sent: verdict.kind = Verdict::Kind::sent; break;
        case Kind::refused:
        case Kind::closed: verdict.kind = Verdict::Kind::failed; break;
        case Kind::unknown:
            if (!harmless) ++job.doubts;
            verdict.kind = job.doubts > retry_.doubtful_repeats || job.attempts >= retry_.attempts
                               ? Verdict::Kind::failed
                               : Verdict::Kind::again;
            break;
        case Kind::busy:
            verdict.kind =
                job.attempts >= retry_.attempts ? Verdict::Kind::failed : Verdict::Kind::again;
            break;
    }
    if (verdict.kind == Verdict::Kind::again) job.not_before = wait(job, result.retry_after, now);
    verdict.job = std::move(job);
    return verdict;
}

Verdict Schedule::judge(std::int64_t id, const bot::SendResult& result, bool harmless, Moment now) {
    const auto where = sending_.find(id);
    if (where == sending_.end())
        throw std::logic_error("judge() of a message that is not being sent");
    Verdict verdict = weigh(lanes_.at(where->second).jobs.front(), result, harmless, now);
    verdict.drop_rest = result.kind == Kind::closed;
    return verdict;
}

std::vector<std::int64_t> Schedule::settle(const Verdict& verdict, Moment now) {
    const auto where = sending_.find(verdict.job.id);
    if (where == sending_.end())
        throw std::logic_error("settle() of a message that is not being sent");
    const Key key = where->second;
    sending_.erase(where);
    Lane& lane = lanes_.at(key);
    lane.sending = false;
    if (verdict.kind == Verdict::Kind::again) {
        lane.jobs.front() = verdict.job;
    } else {
        lane.jobs.pop_front();
        --jobs_;
    }
    std::vector<std::int64_t> dropped;
    if (verdict.drop_rest) dropped = drop(key.first, key.second);
    if (!lane.jobs.empty()) place(key, lane, now);
    return dropped;
}

Verdict Schedule::recover(Job job, bool harmless, Moment now) {
    bot::SendResult lost;
    lost.kind = Kind::unknown;
    return weigh(std::move(job), lost, harmless, now);
}

std::vector<std::int64_t> Schedule::drop(const std::string& channel,
                                         const std::string& conversation) {
    std::vector<std::int64_t> ids;
    const Key key{channel, conversation};
    const auto found = lanes_.find(key);
    if (found == lanes_.end()) return ids;
    Lane& lane = found->second;
    const std::size_t kept = lane.sending ? 1 : 0;
    while (lane.jobs.size() > kept) {
        ids.push_back(lane.jobs.back().id);
        lane.jobs.pop_back();
        --jobs_;
    }
    if (lane.jobs.empty()) unplace(key, lane);
    std::reverse(ids.begin(), ids.end());
    return ids;
}

}  // namespace raadbot::delivery
