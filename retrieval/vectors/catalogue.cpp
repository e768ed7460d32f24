#include "retrieval/vectors/catalogue.hpp"

#include <set>

#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::vectors {
namespace {

constexpr std::uint64_t format_version = 1;

template <class Number>
bool read_number(std::span<const std::uint8_t>& in, Number& value) {
    std::uint64_t wide = 0;
    if (!index::read_varint(in, wide)) return false;
    value = static_cast<Number>(wide);
    return true;
}

bool read_text(std::span<const std::uint8_t>& in, std::string& text) {
    std::size_t size = 0;
    if (!read_number(in, size) || size > in.size()) return false;
    text.assign(in.begin(), in.begin() + static_cast<std::ptrdiff_t>(size));
    in = in.subspan(size);
    return true;
}

void remove_unnamed_files(const Catalogue& catalogue, index::FileLayer& files,
                          const std::filesystem::path& directory) {
    std::set<std::filesystem::path> named;
    for (const Part& part : catalogue.parts) {
        named.insert(vectors_file(directory, part.number));
        if (part.graph != 0) named.insert(graph_file(directory, part.graph));
    }
    std::vector<std::filesystem::path> unnamed;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        const bool ours =
            name.starts_with("vectors-") || name.starts_with("graph-") || name == "catalogue.new";
        if (ours && !named.contains(entry.path())) unnamed.push_back(entry.path());
    }
    for (const std::filesystem::path& file : unnamed) files.remove(file);
}

}  // namespace

std::filesystem::path vectors_file(const std::filesystem::path& directory, std::uint64_t number) {
    return directory / ("vectors-" + std::to_string(number));
}

std::filesystem::path graph_file(const std::filesystem::path& directory, std::uint64_t number) {
    return directory / ("graph-" + std::to_string(number));
}

Result<std::optional<Catalogue>> read_catalogue(const std::filesystem::path& directory) {
    const std::filesystem::path path = directory / "catalogue";
    if (!std::filesystem::exists(path)) return std::optional<Catalogue>{};
    auto file = index::PagedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (auto sound = (*file)->verify(); !sound) return tl::unexpected(sound.error());
    std::span<const std::uint8_t> in = (*file)->bytes(0, 0, (*file)->section_size(0));
    Catalogue catalogue;
    catalogue.checksum = (*file)->checksum();
    std::uint64_t count = 0;
    bool sound = (*file)->number(0) == format_version && read_number(in, catalogue.generation) &&
                 read_number(in, catalogue.next_number) && read_text(in, catalogue.model) &&
                 read_number(in, catalogue.dimension) && read_number(in, count);
    for (std::uint64_t i = 0; i < count && sound; ++i) {
        Part part;
        sound = read_number(in, part.number) && read_number(in, part.checksum) &&
                read_number(in, part.rows) && read_number(in, part.graph) &&
                read_number(in, part.graph_size) && read_number(in, part.graph_checksum);
        catalogue.parts.push_back(part);
    }
    if (!sound || !in.empty()) {
        return fail(ErrorCode::corrupt, index::damage_message(path, "unreadable"));
    }
    return std::optional<Catalogue>(std::move(catalogue));
}

void write_catalogue(Catalogue& catalogue, index::FileLayer& files,
                     const std::filesystem::path& directory) {
    std::vector<std::uint8_t> out;
    index::append_varint(out, catalogue.generation);
    index::append_varint(out, catalogue.next_number);
    index::append_varint(out, catalogue.model.size());
    out.insert(out.end(), catalogue.model.begin(), catalogue.model.end());
    index::append_varint(out, catalogue.dimension);
    index::append_varint(out, catalogue.parts.size());
    for (const Part& part : catalogue.parts) {
        index::append_varint(out, part.number);
        index::append_varint(out, part.checksum);
        index::append_varint(out, part.rows);
        index::append_varint(out, part.graph);
        index::append_varint(out, part.graph_size);
        index::append_varint(out, part.graph_checksum);
    }
    const std::filesystem::path temporary = directory / "catalogue.new";
    index::PagedFileWriter file(files, temporary);
    file.begin_section(0);
    file.append(out);
    catalogue.checksum = file.finish({format_version});
    files.rename(temporary, directory / "catalogue");
    files.sync_directory(directory);
    remove_unnamed_files(catalogue, files, directory);
}

}  // namespace raadbot::vectors
