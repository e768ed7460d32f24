// The files of a source's folder: which there are, and their bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "retrieval/ingest/folder.hpp"

namespace raadbot::ingest {

struct Candidate {
    std::string path;  ///< Relative to the folder, '/' separated.
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< Nanoseconds since the epoch.
};

/// The whole file, or its first `most` bytes. Errors: unreadable.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path,
                                            std::uint64_t most = UINT64_MAX);

/// Regular files below the folder, sorted by path. Hidden files and folders, and links that leave
/// the folder, are not the municipality's published material and are left out. Errors: not_found.
[[nodiscard]] Result<std::vector<Candidate>> list_files(
    const std::filesystem::path& folder, std::vector<SourceReport::Line>& unreadable);

}  // namespace raadbot::ingest
