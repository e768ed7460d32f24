#include "bot/delivery/writer.hpp"

#include <chrono>
#include <exception>
#include <utility>

#include "retrieval/store/database.hpp"

namespace raadbot::delivery {

Writer::Writer(std::unique_ptr<store::DeliveryStore> store)
    : store_(std::move(store)), thread_([this] { run(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::write(Task task, std::function<void()> committed) {
    Order order{std::move(task), std::move(committed), {}};
    std::future<std::optional<std::string>> done = order.promise.get_future();
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(&order);
    }
    wake_.notify_one();
    if (const auto error = done.get()) throw store::DatabaseError(*error);
}

std::uint64_t Writer::commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
}

std::optional<std::string> Writer::commit(const std::vector<Order*>& orders) {
    try {
        store_->begin();
        for (Order* order : orders) order->task(*store_);
        store_->commit();
        return std::nullopt;
    } catch (const std::exception& error) {
        store_->rollback();
        return error.what();
    }
}

void Writer::run() {
    bool crowded = false;
    while (true) {
        std::vector<Order*> orders;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            if (crowded) {
                wake_.wait_for(lock, std::chrono::milliseconds(1),
                               [this] { return stop_ || waiting_.size() >= 64; });
            }
            orders.swap(waiting_);
        }
        crowded = orders.size() > 1;
        std::vector<std::optional<std::string>> errors(orders.size());
        if (commit(orders)) {
            for (std::size_t n = 0; n < orders.size(); ++n) errors[n] = commit({orders[n]});
        }
        {
            const std::lock_guard lock(mutex_);
            ++commits_;
        }
        for (std::size_t n = 0; n < orders.size(); ++n) {
            if (!errors[n] && orders[n]->committed) orders[n]->committed();
        }
        for (std::size_t n = 0; n < orders.size(); ++n) {
            // The order is gone as soon as its promise is kept.
            auto promise = std::move(orders[n]->promise);
            promise.set_value(std::move(errors[n]));
        }
    }
}

}  // namespace raadbot::delivery
