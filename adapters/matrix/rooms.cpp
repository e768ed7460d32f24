#include "adapters/matrix/rooms.hpp"

namespace raadbot::matrix {
namespace {

using namespace std::chrono_literals;

constexpr auto kept_for = 10min;  // In case an event went missing.
constexpr std::size_t most_kept = 10'000;
constexpr std::size_t longest_lineage = 5;

}  // namespace

Rooms::Rooms(const Options& options, Homeserver& homeserver)
    : options_(options), homeserver_(homeserver) {}

std::shared_ptr<const RoomFacts> Rooms::known(const RoomId& room) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(room.value);
    if (found == entries_.end() || found->second.until < std::chrono::steady_clock::now())
        return nullptr;
    return found->second.facts;
}

void Rooms::forget(const RoomId& room) {
    const std::lock_guard lock(mutex_);
    ++changes_;
    if (looked_into_.contains(room.value)) entries_.clear();
    entries_.erase(room.value);
}

void Rooms::forget_all() {
    const std::lock_guard lock(mutex_);
    ++changes_;
    entries_.clear();
}

Api<std::shared_ptr<const RoomFacts>> Rooms::get(const RoomId& room) {
    if (auto facts = known(room)) return facts;
    std::uint64_t before = 0;
    {
        const std::lock_guard lock(mutex_);
        before = changes_;
    }
    auto facts = fetch(room);
    if (facts && *facts) {
        const std::lock_guard lock(mutex_);
        if (before == changes_) {
            if (entries_.size() >= most_kept) entries_.clear();
            entries_[room.value] = {*facts, std::chrono::steady_clock::now() + kept_for};
        }
    }
    return facts;
}

Api<std::optional<Room>> Rooms::look_into(const RoomId& room) {
    {
        const std::lock_guard lock(mutex_);
        looked_into_.insert(room.value);
    }
    return look(room);
}

Api<std::optional<Room>> Rooms::look(const RoomId& room) {
    const auto state = homeserver_.state(room);
    if (!state) {
        const ApiError& error = state.error();
        if (error.kind == ApiError::Kind::refused && (error.status == 403 || error.status == 404))
            return std::nullopt;
        return tl::unexpected(error);
    }
    auto parsed = parse_room(room, options_.bot(), *state);
    if (!parsed)
        return tl::unexpected(
            ApiError{ApiError::Kind::server, 200, {}, {}, parsed.error().message});
    return std::optional<Room>(std::move(*parsed));
}

Api<void> Rooms::find_doors(Room& room) {
    if (room.doors.empty()) return {};
    std::set<std::string> people;
    for (const RoomId& door : room.doors) {
        const auto seen = look_into(door);
        if (!seen) return tl::unexpected(seen.error());
        // Unseen, or open itself: anybody may come.
        if (!*seen || !(*seen)->bot_is_in || (*seen)->is_open()) return {};
        people.insert((*seen)->joined.begin(), (*seen)->joined.end());
        people.insert((*seen)->invited.begin(), (*seen)->invited.end());
    }
    room.may_come = std::move(people);
    return {};
}

Api<std::shared_ptr<const RoomFacts>> Rooms::fetch(const RoomId& id) {
    auto room = look(id);
    if (!room) return tl::unexpected(room.error());
    if (!*room || !(*room)->bot_is_in) return std::shared_ptr<const RoomFacts>{};
    auto facts = std::make_shared<RoomFacts>();
    facts->room = std::move(**room);
    for (const Grant& grant : options_.audiences) {
        if (grant.space.empty()) continue;
        const RoomId space{grant.space};
        const auto seen = look_into(space);
        if (!seen) return tl::unexpected(seen.error());
        if (*seen && (*seen)->is_space && (*seen)->children.contains(id.value))
            facts->spaces.push_back(space);
    }
    if (const auto found = find_doors(facts->room); !found) return tl::unexpected(found.error());
    RoomId newer = id;
    std::optional<RoomId> older = facts->room.predecessor;
    while (older && facts->lineage.size() < longest_lineage) {
        const auto old = look(*older);
        if (!old) return tl::unexpected(old.error());
        // Anybody can create a room that claims to continue another; only the old room's word
        // counts.
        if (!*old || (*old)->successor != newer) break;
        facts->lineage.push_back(*older);
        newer = *older;
        older = (*old)->predecessor;
    }
    return std::shared_ptr<const RoomFacts>(std::move(facts));
}

}  // namespace raadbot::matrix
