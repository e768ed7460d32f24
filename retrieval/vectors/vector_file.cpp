#include "retrieval/vectors/vector_file.hpp"

#include "retrieval/vectors/dot.hpp"

namespace raadbot::vectors {
namespace {

constexpr std::uint64_t format_version = 1;
enum Section : std::size_t { ids_section, scales_section, numbers_section };

}  // namespace

void Rows::append(PassageId id, float scale, std::span<const std::int8_t> row) {
    ids.push_back(id);
    scales.push_back(scale);
    numbers.insert(numbers.end(), row.begin(), row.end());
}

Result<std::shared_ptr<const VectorFile>> VectorFile::open(const std::filesystem::path& path) {
    auto file = index::PagedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    std::shared_ptr<VectorFile> vectors(new VectorFile(std::move(*file)));
    const index::PagedFile& paged = *vectors->file_;
    const std::uint64_t rows = paged.number(1);
    vectors->dimension_ = static_cast<std::size_t>(paged.number(2));
    if (paged.number(0) != format_version || vectors->dimension_ == 0 ||
        vectors->dimension_ > most_dimensions ||
        paged.section_size(ids_section) != rows * sizeof(PassageId) ||
        paged.section_size(scales_section) != rows * sizeof(float) ||
        paged.section_size(numbers_section) != rows * vectors->dimension_) {
        return fail(ErrorCode::corrupt, index::damage_message(path, "not a file of vectors"));
    }
    vectors->ids_ = paged.values<PassageId>(ids_section);
    vectors->scales_ = paged.values<float>(scales_section);
    vectors->numbers_ = paged.values<std::int8_t>(numbers_section);
    return std::shared_ptr<const VectorFile>(std::move(vectors));
}

std::uint32_t VectorFile::write(index::FileLayer& files, const std::filesystem::path& path,
                                const Rows& rows) {
    index::PagedFileWriter out(files, path);
    out.begin_section(ids_section);
    out.append_values(std::span<const PassageId>(rows.ids));
    out.begin_section(scales_section);
    out.append_values(std::span<const float>(rows.scales));
    out.begin_section(numbers_section);
    out.append_values(std::span<const std::int8_t>(rows.numbers));
    return out.finish({format_version, rows.size(), rows.dimension});
}

void VectorFile::check() const {
    file_->check_values<PassageId>(ids_section, 0, ids_.size());
    file_->check_values<float>(scales_section, 0, scales_.size());
    file_->check_values<std::int8_t>(numbers_section, 0, numbers_.size());
}

}  // namespace raadbot::vectors
