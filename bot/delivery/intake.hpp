// Events that wait to be handled: in order within a conversation, side by side between
// conversations. A failing event is tried again later and holds up nobody else's. Pure; not
// thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "bot/ports.hpp"
#include "retrieval/store/delivery_store.hpp"

namespace raadbot::delivery {

using bot::Moment;

class Intake {
public:
    void add(store::InboxRow row, Moment ready);

    /// The next event, whose conversation then waits for done() or again(); else the moment at
    /// which one will be ready, or nothing.
    using Next = std::variant<store::InboxRow, Moment, std::monostate>;
    [[nodiscard]] Next next(Moment now);
    void done(const store::InboxRow& row, Moment now);
    void again(store::InboxRow row, Moment ready);

    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] std::size_t waiting(const std::string& channel,
                                      const std::string& conversation) const;
    /// Handed out and not yet done.
    [[nodiscard]] std::size_t in_hand() const { return in_hand_; }

private:
    using Key = std::pair<std::string, std::string>;
    struct Lane {
        std::deque<store::InboxRow> rows;
        bool in_hand = false;
    };
    std::map<Key, Lane> lanes_;
    std::set<std::tuple<Moment, std::int64_t, Key>> ready_;  // The seq keeps the order of arrival.
    std::size_t waiting_ = 0;
    std::size_t in_hand_ = 0;
};

}  // namespace raadbot::delivery
