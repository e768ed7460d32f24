// What is known of rooms right now: fetched from the homeserver when needed, kept until an event
// says that it changed. Thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "adapters/matrix/homeserver.hpp"
#include "adapters/matrix/room.hpp"

namespace raadbot::matrix {

struct RoomFacts {
    Room room;
    std::vector<RoomId> spaces;   ///< Configured spaces that list it as theirs.
    std::vector<RoomId> lineage;  ///< Rooms it replaced: each named it in its tombstone.
};

class Rooms {
public:
    Rooms(const Options& options, Homeserver& homeserver);

    /// Nothing when the bot is not in the room. Errors: what kept the homeserver from answering.
    [[nodiscard]] Api<std::shared_ptr<const RoomFacts>> get(const RoomId& room);
    /// What is known without asking, or nothing.
    [[nodiscard]] std::shared_ptr<const RoomFacts> known(const RoomId& room) const;
    /// The room's state changed.
    void forget(const RoomId& room);
    void forget_all();

private:
    struct Entry {
        std::shared_ptr<const RoomFacts> facts;
        std::chrono::steady_clock::time_point until;
    };
    [[nodiscard]] Api<std::shared_ptr<const RoomFacts>> fetch(const RoomId& room);
    /// Nothing when it may not be seen.
    [[nodiscard]] Api<std::optional<Room>> look(const RoomId& room);
    /// The same for a room that another one's facts depend on.
    [[nodiscard]] Api<std::optional<Room>> look_into(const RoomId& room);
    /// Who may come in by membership elsewhere.
    [[nodiscard]] Api<void> find_doors(Room& room);

    const Options& options_;
    Homeserver& homeserver_;
    mutable std::mutex mutex_;
    std::map<std::string, Entry> entries_;
    std::set<std::string> looked_into_;  // Rooms on which what is known of others depends.
    std::uint64_t changes_ = 0;          // What was fetched before a change is not kept after it.
};

}  // namespace raadbot::matrix
