// Which words were found similar to which: finding them reads much of a word table, and the words
// of questions come back. Thread-safe. Kept for each segment, so that a new version of the index
// remembers what it shares with the last, and for each snapshot.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/index/corpus_view.hpp"

namespace raadbot::index {

class SimilarMemory {
public:
    [[nodiscard]] static std::string key(std::string_view word, float least_similarity,
                                         std::size_t limit) {
        std::string key(word);
        key += '\0';
        key += std::to_string(least_similarity);
        key += '\0';
        key += std::to_string(limit);
        return key;
    }
    [[nodiscard]] std::optional<std::vector<SimilarWord>> find(const std::string& key) const {
        const std::lock_guard guard(mutex_);
        const auto found = words_.find(key);
        if (found == words_.end()) return std::nullopt;
        return found->second;
    }
    void keep(std::string key, const std::vector<SimilarWord>& similar) {
        const std::lock_guard guard(mutex_);
        if (words_.size() >= most_words) words_.clear();
        words_.insert_or_assign(std::move(key), similar);
    }

private:
    static constexpr std::size_t most_words = 4096;

    mutable std::mutex mutex_;
    std::unordered_map<std::string, std::vector<SimilarWord>> words_;
};

}  // namespace raadbot::index
