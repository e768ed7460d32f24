// Which passages of a segment are deleted. A value; written as a small paged file beside the
// segment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/postings.hpp"
#include "retrieval/result.hpp"

namespace raadbot::index {

class Deletes {
public:
    Deletes() = default;
    explicit Deletes(DocNumber passages) : bits_((std::size_t{passages} + 63) / 64) {}

    [[nodiscard]] bool contains(DocNumber doc) const {
        return !bits_.empty() && ((bits_[doc / 64] >> (doc % 64)) & 1U) != 0;
    }
    /// True when it was not deleted before.
    bool insert(DocNumber doc);
    [[nodiscard]] DocNumber count() const { return count_; }
    [[nodiscard]] bool empty() const { return count_ == 0; }

    /// Returns the file's identifying checksum.
    std::uint32_t write(FileLayer& files, const std::filesystem::path& file) const;
    /// Error: corrupt, also when it does not belong to a segment of so many passages.
    [[nodiscard]] static Result<Deletes> read(const std::filesystem::path& file,
                                              std::uint32_t checksum, DocNumber passages);

private:
    std::vector<std::uint64_t> bits_;
    DocNumber count_ = 0;
};

}  // namespace raadbot::index
