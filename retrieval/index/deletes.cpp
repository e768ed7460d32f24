#include "retrieval/index/deletes.hpp"

#include <bit>

#include "retrieval/index/paged_file.hpp"

namespace raadbot::index {

bool Deletes::insert(DocNumber doc) {
    std::uint64_t& word = bits_[doc / 64];
    const std::uint64_t bit = std::uint64_t{1} << (doc % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    ++count_;
    return true;
}

std::uint32_t Deletes::write(FileLayer& files, const std::filesystem::path& file) const {
    PagedFileWriter out(files, file);
    out.begin_section(0);
    out.append_values(std::span<const std::uint64_t>(bits_));
    return out.finish({count_});
}

Result<Deletes> Deletes::read(const std::filesystem::path& path, std::uint32_t checksum,
                              DocNumber passages) {
    auto file = PagedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (auto sound = (*file)->verify(); !sound) return tl::unexpected(sound.error());
    Deletes deletes(passages);
    const auto bits = (*file)->values<std::uint64_t>(0);
    if ((*file)->checksum() != checksum || bits.size() != deletes.bits_.size()) {
        return fail(ErrorCode::corrupt, damage_message(path, "belongs to another segment"));
    }
    deletes.bits_.assign(bits.begin(), bits.end());
    for (const std::uint64_t word : bits) {
        deletes.count_ += static_cast<DocNumber>(std::popcount(word));
    }
    return deletes;
}

}  // namespace raadbot::index
