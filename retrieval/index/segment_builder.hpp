// Collects added passages in memory and writes them as one segment.
// About 13 bytes a posting and 60 a distinct word are held; the owner flushes when `postings()` is
// large.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/segment_writer.hpp"

namespace raadbot::index {

class SegmentBuilder {
public:
    SegmentBuilder(Scoring scoring, Analyzer::Representation representation);

    /// A passage with an id that is already here replaces it.
    void add(const Entry& entry);
    /// Forgets the passage; true when it was here.
    bool remove(PassageId id);
    void clear();
    [[nodiscard]] std::size_t passages() const { return alive_; }
    [[nodiscard]] std::size_t postings() const { return postings_.size(); }

    /// Writes what is here and empties the builder.
    WrittenSegment write(FileLayer& files, const std::filesystem::path& file);

private:
    struct Waiting {
        PassageId id = 0;
        std::uint32_t facets = 0;
        std::int32_t date = 0;
        std::uint32_t first_posting = 0;
        std::uint32_t first_word = 0;
        bool alive = true;
    };

    Analyzer analyzer_;
    std::vector<Waiting> waiting_;
    std::unordered_map<PassageId, std::size_t> place_of_;
    std::size_t alive_ = 0;
    std::vector<std::uint8_t> impacts_;
    std::vector<std::uint32_t>
        postings_;  ///< Term numbers, passage by passage; impacts_ beside them.
    std::vector<std::uint32_t> word_numbers_;
    std::unordered_map<TermKey, std::uint32_t> term_numbers_;
    std::vector<TermKey> keys_;
    std::unordered_map<std::string, std::uint32_t> word_ids_;
    std::map<FacetClass, std::uint32_t> class_ids_;
};

}  // namespace raadbot::index
