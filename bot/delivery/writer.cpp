#include "bot/delivery/writer.hpp"

#include <utility>

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
    std::future<void> done = order.promise.get_future();
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(&order);
    }
    wake_.notify_one();
    done.get();
}

std::uint64_t Writer::commits() const {
    const std::lock_guard lock(mutex_);
    return commits_;
}

std::exception_ptr Writer::commit(const std::vector<Order*>& orders) {
    try {
        store_->begin();
        for (Order* order : orders) order->task(*store_);
        store_->commit();
        return nullptr;
    } catch (...) {
        store_->rollback();
        return std::current_exception();
    }
}

void Writer::run() {
    while (true) {
        std::vector<Order*> orders;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            orders.swap(waiting_);
        }
        std::vector<std::exception_ptr> errors(orders.size());
        if (commit(orders) != nullptr) {
            for (std::size_t n = 0; n < orders.size(); ++n) errors[n] = commit({orders[n]});
        }
        {
            const std::lock_guard lock(mutex_);
            ++commits_;
        }
        for (std::size_t n = 0; n < orders.size(); ++n) {
            if (errors[n] == nullptr && orders[n]->committed) orders[n]->committed();
        }
        for (std::size_t n = 0; n < orders.size(); ++n) {
            // The order is gone as soon as its promise is kept.
            std::promise<void> promise = std::move(orders[n]->promise);
            if (errors[n] == nullptr) {
                promise.set_value();
            } else {
                promise.set_exception(errors[n]);
            }
        }
    }
}

}  // namespace raadbot::delivery
