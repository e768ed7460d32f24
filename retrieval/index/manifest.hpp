// Which files make up one version of the index. Replaced as a whole by renaming, so a version is
// there entirely or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "retrieval/index/analyzer.hpp"
#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/scorer.hpp"
#include "retrieval/result.hpp"

namespace raadbot::index {

/// Raised when analysis changes so that stored terms would no longer meet those of a question.
inline constexpr std::uint64_t analysis_version = 3;

struct SegmentRecord {
    std::uint64_t number = 0;  ///< Names the file; never used twice.
    std::uint64_t size = 0;    ///< Bytes.
    std::uint32_t checksum = 0;
    std::uint32_t passages = 0;
    std::uint64_t deletes = 0;  ///< Number that names the deletes file; 0 = none.
    std::uint32_t deletes_checksum = 0;
    friend bool operator==(const SegmentRecord&, const SegmentRecord&) = default;
};

struct Manifest {
    std::uint64_t generation = 0;
    std::uint64_t next_number = 1;
    Scoring scoring;
    Analyzer::Representation representation;
    std::vector<SegmentRecord> segments;
    std::uint32_t checksum = 0;  ///< Of the file it was read from or written to.
};

[[nodiscard]] std::filesystem::path manifest_file(const std::filesystem::path& directory);
[[nodiscard]] std::filesystem::path segment_file(const std::filesystem::path& directory,
                                                 std::uint64_t number);
[[nodiscard]] std::filesystem::path deletes_file(const std::filesystem::path& directory,
                                                 std::uint64_t number);

/// Nothing when there is none; corrupt when damaged, outdated when written by another version of
/// the analysis.
[[nodiscard]] Result<std::optional<Manifest>> read_manifest(const std::filesystem::path& directory);
/// Durable when it returns: temporary file, sync, rename, sync of the directory. Sets
/// manifest.checksum.
void write_manifest(Manifest& manifest, FileLayer& files, const std::filesystem::path& directory);
/// Removes index files that the manifest does not name (left by a crash or an older version),
/// except segment `being_written` (0 = none).
void remove_unnamed_files(const Manifest& manifest, FileLayer& files,
                          const std::filesystem::path& directory, std::uint64_t being_written);

}  // namespace raadbot::index
