// The folded surface words of a segment with their frequencies, and which of them look like a given
// word. For spelling repair and for finding words that contain or resemble what was asked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retrieval/index/corpus_view.hpp"
#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/similar_memory.hpp"

namespace raadbot::index {

/// Distinct character trigrams of "__word__", each three code points of 21 bits; ascending.
[[nodiscard]] std::vector<std::uint64_t> trigram_keys(std::string_view word);

/// ln(1 + words / (1 + holders)): how telling it is that two words share a trigram.
[[nodiscard]] float trigram_weight(double words, double holders);

/// Writes the word sections; words must come ascending.
class WordTableWriter {
public:
    explicit WordTableWriter(PagedFileWriter& out);
    void add(std::string_view word, std::uint32_t frequency);
    void finish();
    [[nodiscard]] std::uint32_t count() const { return count_; }

private:
    struct GramList {
        std::vector<std::uint8_t> bytes;
        std::uint32_t count = 0;
        std::uint32_t next = 0;  ///< Last word number plus one.
    };
    PagedFileWriter& out_;
    std::uint32_t count_ = 0;
    std::string previous_;
    std::vector<std::uint8_t> buffer_;
    std::vector<std::uint32_t> runs_;
    std::unordered_map<std::uint64_t, GramList> grams_;
};

/// Reads the word sections. Thread-safe.
class WordTable {
public:
    explicit WordTable(std::shared_ptr<const PagedFile> file);

    [[nodiscard]] std::uint32_t count() const { return count_; }
    [[nodiscard]] std::uint32_t frequency(std::string_view word) const;
    /// The most similar words of at least the given similarity, in the order of more_similar;
    /// without the word itself.
    [[nodiscard]] std::vector<SimilarWord> similar(std::string_view word, float least_similarity,
                                                   std::size_t limit) const;
    [[nodiscard]] std::vector<std::string> with_prefix(std::string_view prefix,
                                                       std::size_t limit) const;
    /// Calls use(word, frequency) in ascending order.
    void for_each(const std::function<void(const std::string&, std::uint32_t)>& use) const;

private:
    [[nodiscard]] std::vector<SimilarWord> find_similar(std::string_view word,
                                                        float least_similarity,
                                                        std::size_t limit) const;
    [[nodiscard]] std::span<const std::uint8_t> run_bytes(std::size_t run) const;
    [[nodiscard]] std::string first_word(std::size_t run) const;
    /// The first run that begins above the word.
    [[nodiscard]] std::size_t run_after(std::string_view word) const;
    /// Calls use(number, word, frequency) for each word of a run until it returns false.
    template <class Use>
    void read_run(std::size_t run, Use use) const;

    std::shared_ptr<const PagedFile> file_;
    std::uint32_t count_ = 0;
    std::size_t runs_ = 0;
    mutable SimilarMemory similar_;
};

}  // namespace raadbot::index
