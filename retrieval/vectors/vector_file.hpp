// An immutable file of vectors: passage ids, scales and int8 rows, under the checksums of a paged
// file.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "retrieval/index/paged_file.hpp"
#include "retrieval/types.hpp"

namespace raadbot::vectors {

/// Rows in memory, before they are written.
struct Rows {
    std::size_t dimension = 0;
    std::vector<PassageId> ids;  ///< 0: forgotten; its numbers and scale are zeros.
    std::vector<float> scales;
    std::vector<std::int8_t> numbers;  ///< ids.size() * dimension.

    [[nodiscard]] std::size_t size() const { return ids.size(); }
    void append(PassageId id, float scale, std::span<const std::int8_t> row);
};

/// Thread-safe. The checksums of pages are verified as they are used: the first search reads all.
class VectorFile {
public:
    /// Error: corrupt.
    [[nodiscard]] static Result<std::shared_ptr<const VectorFile>> open(
        const std::filesystem::path& file);
    /// Returns the file's identifying checksum. Throws std::system_error.
    static std::uint32_t write(index::FileLayer& files, const std::filesystem::path& file,
                               const Rows& rows);

    [[nodiscard]] std::size_t size() const { return ids_.size(); }
    [[nodiscard]] std::size_t dimension() const { return dimension_; }
    [[nodiscard]] std::uint32_t checksum() const { return file_->checksum(); }
    [[nodiscard]] const std::filesystem::path& path() const { return file_->path(); }
    /// The pages of everything below, checked. Throws DamagedIndex. Quick once done.
    void check() const;
    [[nodiscard]] std::span<const PassageId> ids() const { return ids_; }
    [[nodiscard]] std::span<const float> scales() const { return scales_; }
    [[nodiscard]] const std::int8_t* row(std::size_t i) const {
        return numbers_.data() + i * dimension_;
    }

private:
    explicit VectorFile(std::shared_ptr<const index::PagedFile> file) : file_(std::move(file)) {}

    std::shared_ptr<const index::PagedFile> file_;
    std::size_t dimension_ = 0;
    std::span<const PassageId> ids_;
    std::span<const float> scales_;
    std::span<const std::int8_t> numbers_;
};

}  // namespace raadbot::vectors
