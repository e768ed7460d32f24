// The few file operations that writing an index needs, behind a seam, so that tests can make the
// Nth one fail or forget what was not synced. Reading maps files directly (mapped_file.hpp).
//
// A broken disk throws std::system_error naming the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace raadbot::index {

class FileWriter {
public:
    virtual ~FileWriter() = default;
    virtual void append(std::span<const std::uint8_t> bytes) = 0;
    /// On the disk when it returns; nothing may be appended afterwards.
    virtual void sync_and_close() = 0;
};

class FileLayer {
public:
    virtual ~FileLayer() = default;
    /// Creates or truncates.
    virtual std::unique_ptr<FileWriter> create(const std::filesystem::path& file) = 0;
    virtual void rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    /// A file that is not there is no error.
    virtual void remove(const std::filesystem::path& file) = 0;
    virtual void sync_directory(const std::filesystem::path& directory) = 0;
};

/// The operating system's files; one stateless instance.
[[nodiscard]] FileLayer& posix_files();

}  // namespace raadbot::index
