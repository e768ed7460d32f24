// What words of the corpus have to do with each other: a short vector for each word, learned from
// the passages that the words stand in. Words that keep the same company point the same way.
//
// Latent semantic analysis (S. Deerwester et al., 1990) by subspace iteration (N. Halko et al.,
// "Finding Structure with Randomness", 2011, section 4.4) over a sample of passages; fixed seed, so
// the same segments give the same vectors. Learned at ingest, never from questions. Immutable and
// thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/top_k.hpp"
#include "retrieval/result.hpp"

namespace raadbot::index {

class Meaning {
public:
    static constexpr std::size_t dimensions = 96;
    static constexpr std::size_t gram_buckets = 1U << 16U;
    using Direction = std::array<std::int8_t, dimensions>;  ///< Length 127.

    /// Null when there are fewer passages than anything can be learned from.
    [[nodiscard]] static std::shared_ptr<const Meaning> learn(
        std::span<const SegmentView> segments);
    /// Durable when it returns: temporary file, sync, rename. Throws std::system_error.
    void write(FileLayer& files, const std::filesystem::path& directory) const;
    /// Null when there is none. Error: corrupt.
    [[nodiscard]] static Result<std::shared_ptr<const Meaning>> read(
        const std::filesystem::path& directory);

    /// Passages, sampled or not, of the index it was learned from.
    [[nodiscard]] std::uint64_t passages() const { return passages_; }
    [[nodiscard]] std::size_t words() const { return keys_.size(); }
    [[nodiscard]] std::optional<std::size_t> find(TermKey lemma) const;
    [[nodiscard]] const Direction& direction(std::size_t word) const { return directions_[word]; }
    /// How much the word's passages have in common: small for words that stand anywhere.
    [[nodiscard]] float length(std::size_t word) const { return lengths_[word]; }
    /// The idf of a character 4-gram, from the words that hold it; 1/16 steps.
    [[nodiscard]] float gram_rarity(std::size_t bucket) const {
        return static_cast<float>(gram_rarity_[bucket % gram_buckets]) / 16;
    }

private:
    std::uint64_t passages_ = 0;
    std::vector<TermKey> keys_;  ///< Ascending.
    std::vector<Direction> directions_;
    std::vector<float> lengths_;
    std::vector<std::uint8_t> gram_rarity_;
};

/// 0..1; negative cosines count as nothing in common.
[[nodiscard]] float similarity(const Meaning::Direction& a, const Meaning::Direction& b);

[[nodiscard]] std::filesystem::path meaning_file(const std::filesystem::path& directory);

}  // namespace raadbot::index
