// Group commit: one thread writes for all. Those who ask while a commit is under way share the next
// one, so that a full sync to disk is paid once for many. A task that fails is rolled back without
// the others.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "retrieval/store/delivery_store.hpp"

namespace raadbot::delivery {

class Writer {
public:
    /// Runs inside a transaction, possibly a second time after a failure: must begin anew each
    /// time.
    using Task = std::function<void(store::DeliveryStore&)>;
    /// What went wrong, or nothing: it is on disk.
    using Outcome = std::optional<std::string>;
    /// Called by the writing thread, in the order of the commits; must neither block nor throw.
    using Done = std::function<void(const Outcome&)>;

    /// `after`: called by the writing thread when all `done` of a commit have been; may be empty.
    explicit Writer(std::unique_ptr<store::DeliveryStore> store, std::function<void()> after = {});
    /// Writes what was asked for, then ends.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Returns at once.
    void write_later(Task task, Done done);
    /// Returns when the task is on disk; throws DatabaseError when it failed. Not from a Done.
    void write(Task task);
    [[nodiscard]] std::uint64_t commits() const;

private:
    struct Order {
        Task task;
        Done done;
    };
    void run();
    void gather(std::unique_lock<std::mutex>& lock);
    Outcome commit(std::vector<Order>& orders, std::size_t begin, std::size_t end);

    std::unique_ptr<store::DeliveryStore> store_;
    std::function<void()> after_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Order> waiting_;
    std::size_t wake_at_ = 1;  // Orders that are worth waking the thread for.
    std::uint64_t commits_ = 0;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace raadbot::delivery
