// What was worked out about a word, kept for the next time it is met: the words of a town's papers
// repeat. Bounded: a full shard forgets everything and begins again.
//
// Internal to retrieval. Safe from any thread; threads wait for each other only within one
// of the shards.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace raadbot::danish {

template <class Value>
class Remembered {
public:
    /// What is known of the word, else `work_out()`, which runs without any lock held and must give
    /// the same for the same word.
    template <class WorkOut>
    [[nodiscard]] Value get(std::string_view word, WorkOut work_out) const {
        Shard& shard = shards_[Hash{}(word) % shard_count];
        {
            const std::lock_guard lock(shard.mutex);
            if (const auto found = shard.values.find(word); found != shard.values.end()) {
                return found->second;
            }
        }
        Value value = work_out();
        const std::lock_guard lock(shard.mutex);
        if (shard.values.size() >= most_in_shard) shard.values.clear();
        shard.values.emplace(word, value);
        return value;
    }

private:
    static constexpr std::size_t shard_count = 16;
    static constexpr std::size_t most_in_shard = 8'000;  // Of all shards some 30 MB.

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const {
            return std::hash<std::string_view>{}(word);
        }
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Value, Hash, std::equal_to<>> values;
    };
    mutable std::array<Shard, shard_count> shards_;
};

}  // namespace raadbot::danish
