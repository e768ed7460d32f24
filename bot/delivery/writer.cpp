#include "bot/delivery/writer.hpp"

#include <chrono>
#include <exception>
#include <future>
#include <utility>

#include "retrieval/store/database.hpp"

namespace raadbot::delivery {

namespace {

/// When several were waiting, more are on their way: a commit costs as much for one as for many.
constexpr std::chrono::milliseconds gathering{2};
constexpr std::size_t crowd = 256;

}  // namespace

Writer::Writer(std::unique_ptr<store::DeliveryStore> store, std::function<void()> after)
    : store_(std::move(store)), after_(std::move(after)), thread_([this] { run(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::write_later(Task task, Done done) {
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back({std::move(task), std::move(done)});
        wake = waiting_.size() == wake_at_;
    }
    if (wake) wake_.notify_one();
}

void Writer::write(Task task) {
    std::promise<Outcome> promise;
    write_later(std::move(task), [&](const Outcome& outcome) { promise.set_value(outcome); });
    if (const Outcome error = promise.get_future().get()) throw store::DatabaseError(*error);
}

std::uint64_t Writer::commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
}

Writer::Outcome Writer::commit(std::vector<Order>& orders, std::size_t begin, std::size_t end) {
    try {
        store_->begin();
        for (std::size_t n = begin; n < end; ++n) orders[n].task(*store_);
        store_->commit();
        return std::nullopt;
    } catch (const std::exception& error) {
        store_->rollback();
        return error.what();
    }
}

void Writer::gather(std::unique_lock<std::mutex>& lock) {
    wake_at_ = crowd;
    wake_.wait_for(lock, gathering, [this] { return stop_ || waiting_.size() >= crowd; });
    wake_at_ = 1;
}

void Writer::run() {
    bool crowded = false;
    std::vector<Order> orders;
    std::vector<Outcome> outcomes;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            if (crowded) gather(lock);
            orders.swap(waiting_);
            ++commits_;
        }
        crowded = orders.size() > 1;
        outcomes.assign(orders.size(), std::nullopt);
        if (commit(orders, 0, orders.size())) {
            for (std::size_t n = 0; n < orders.size(); ++n) outcomes[n] = commit(orders, n, n + 1);
        }
        for (std::size_t n = 0; n < orders.size(); ++n) orders[n].done(outcomes[n]);
        if (after_) after_();
        orders.clear();
    }
}

}  // namespace raadbot::delivery
