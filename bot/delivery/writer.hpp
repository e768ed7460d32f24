// Group commit: one thread writes for all. Those who ask while a commit is under way share the next
// one, so that a full sync to disk is paid once for many. A task that fails is rolled back without
// the others.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <future>
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

    explicit Writer(std::unique_ptr<store::DeliveryStore> store);
    /// Writes what was asked for, then ends.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Returns when the task is on disk; throws DatabaseError when it failed. `committed` is called
    /// before that, by the writing thread, in the order of the commits.
    void write(Task task, std::function<void()> committed = {});
    [[nodiscard]] std::uint64_t commits() const;

private:
    struct Order {
        Task task;
        std::function<void()> committed;
        std::promise<std::optional<std::string>> promise;  // What went wrong, or nothing.
    };
    void run();
    /// What went wrong, or nothing.
    std::optional<std::string> commit(const std::vector<Order*>& orders);

    std::unique_ptr<store::DeliveryStore> store_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<Order*> waiting_;  // They live in write()'s frames, which wait for them.
    std::uint64_t commits_ = 0;
    bool stop_ = false;
    std::thread thread_;
};

}  // namespace raadbot::delivery
