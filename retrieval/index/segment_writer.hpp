// Writes one segment file in a single pass: passages, then terms by ascending key, then words
// ascending. Throws std::system_error when the disk fails; the half-written file is then nobody's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/postings.hpp"
#include "retrieval/index/segment.hpp"
#include "retrieval/index/words.hpp"

namespace raadbot::index {

/// The passages of a segment, in its order (ascending ids).
struct PassageTable {
    std::vector<PassageId> ids;
    std::vector<std::uint32_t> class_of;
    std::vector<std::int32_t> dates;
    std::vector<FacetClass> classes;
};

/// Days since 1970-01-01, or no_date.
[[nodiscard]] std::int32_t day_number(const std::optional<Date>& date);

struct WrittenSegment {
    std::uint64_t size = 0;      ///< Bytes of the file.
    std::uint32_t checksum = 0;  ///< Identifies the content.
    DocNumber passages = 0;
};

class SegmentWriter {
public:
    SegmentWriter(FileLayer& files, const std::filesystem::path& file,
                  const PassageTable& passages);
    void add_term(TermKey key, std::span<const DocImpact> postings);
    void add_word(std::string_view word, std::uint32_t frequency);
    [[nodiscard]] bool has_term(TermKey key) const;
    WrittenSegment finish();

private:
    void finish_terms();

    PagedFileWriter out_;
    DocNumber passages_ = 0;
    std::vector<TermKey> keys_;
    std::vector<std::uint64_t> values_;
    std::vector<std::uint8_t> buffer_;
    std::uint64_t bucket_bits_ = 1;
    std::optional<WordTableWriter> words_;
};

}  // namespace raadbot::index
