#include "retrieval/index/manifest.hpp"

#include <bit>
#include <set>

#include "retrieval/index/paged_file.hpp"
#include "retrieval/index/varint.hpp"

namespace raadbot::index {
namespace {

void append_float(std::vector<std::uint8_t>& out, float value) {
    append_varint(out, std::bit_cast<std::uint32_t>(value));
}

bool read_float(std::span<const std::uint8_t>& in, float& value) {
    std::uint64_t bits = 0;
    if (!read_varint(in, bits)) return false;
    value = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    return true;
}

template <class Number>
bool read_number(std::span<const std::uint8_t>& in, Number& value) {
    std::uint64_t wide = 0;
    if (!read_varint(in, wide)) return false;
    value = static_cast<Number>(wide);
    return true;
}

bool read_scoring(std::span<const std::uint8_t>& in, Scoring& scoring) {
    return read_float(in, scoring.k1) && read_float(in, scoring.body_b) &&
           read_float(in, scoring.title_weight) && read_float(in, scoring.heading_weight) &&
           read_float(in, scoring.part_weight) && read_float(in, scoring.average_body);
}

}  // namespace

std::filesystem::path manifest_file(const std::filesystem::path& directory) {
    return directory / "manifest";
}

std::filesystem::path segment_file(const std::filesystem::path& directory, std::uint64_t number) {
    return directory / ("segment-" + std::to_string(number));
}

std::filesystem::path deletes_file(const std::filesystem::path& directory, std::uint64_t number) {
    return directory / ("deletes-" + std::to_string(number));
}

Result<std::optional<Manifest>> read_manifest(const std::filesystem::path& directory) {
    const std::filesystem::path path = manifest_file(directory);
    if (!std::filesystem::exists(path)) return std::optional<Manifest>{};
    auto file = PagedFile::open(path);
    if (!file) return tl::unexpected(file.error());
    if (auto sound = (*file)->verify(); !sound) return tl::unexpected(sound.error());
    if ((*file)->number(0) != analysis_version) {
        return fail(ErrorCode::outdated, outdated_message(path));
    }
    std::span<const std::uint8_t> in = (*file)->bytes(0, 0, (*file)->section_size(0));
    Manifest manifest;
    manifest.checksum = (*file)->checksum();
    std::uint64_t flags = 0;
    std::uint64_t grams = 0;
    std::uint64_t count = 0;
    bool sound = read_number(in, manifest.generation) && read_number(in, manifest.next_number) &&
                 read_scoring(in, manifest.scoring) && read_number(in, flags) &&
                 read_number(in, grams) && read_number(in, count);
    manifest.representation.keep_stop_words = (flags & 1U) != 0;
    manifest.representation.surfaces = (flags & 2U) != 0;
    manifest.representation.pairs = (flags & 4U) != 0;
    manifest.representation.grams = static_cast<unsigned>(grams);
    for (std::uint64_t i = 0; i < count && sound; ++i) {
        SegmentRecord record;
        sound = read_number(in, record.number) && read_number(in, record.size) &&
                read_number(in, record.checksum) && read_number(in, record.passages) &&
                read_number(in, record.deletes) && read_number(in, record.deletes_checksum);
        manifest.segments.push_back(record);
    }
    if (!sound || !in.empty()) {
        return fail(ErrorCode::corrupt, damage_message(path, "unreadable"));
    }
    return std::optional<Manifest>(std::move(manifest));
}

void write_manifest(Manifest& manifest, FileLayer& files, const std::filesystem::path& directory) {
    std::vector<std::uint8_t> out;
    append_varint(out, manifest.generation);
    append_varint(out, manifest.next_number);
    const Scoring& scoring = manifest.scoring;
    for (const float value : {scoring.k1, scoring.body_b, scoring.title_weight,
                              scoring.heading_weight, scoring.part_weight, scoring.average_body}) {
        append_float(out, value);
    }
    const Analyzer::Representation& representation = manifest.representation;
    append_varint(out, (representation.keep_stop_words ? 1U : 0U) |
                           (representation.surfaces ? 2U : 0U) | (representation.pairs ? 4U : 0U));
    append_varint(out, representation.grams);
    append_varint(out, manifest.segments.size());
    for (const SegmentRecord& record : manifest.segments) {
        append_varint(out, record.number);
        append_varint(out, record.size);
        append_varint(out, record.checksum);
        append_varint(out, record.passages);
        append_varint(out, record.deletes);
        append_varint(out, record.deletes_checksum);
    }
    const std::filesystem::path temporary = directory / "manifest.new";
    PagedFileWriter file(files, temporary);
    file.begin_section(0);
    file.append(out);
    manifest.checksum = file.finish({analysis_version});
    files.rename(temporary, manifest_file(directory));
    files.sync_directory(directory);
}

void remove_unnamed_files(const Manifest& manifest, FileLayer& files,
                          const std::filesystem::path& directory, std::uint64_t being_written) {
    std::set<std::filesystem::path> named;
    for (const SegmentRecord& record : manifest.segments) {
        named.insert(segment_file(directory, record.number));
        if (record.deletes != 0) named.insert(deletes_file(directory, record.deletes));
    }
    if (being_written != 0) named.insert(segment_file(directory, being_written));
    std::vector<std::filesystem::path> unnamed;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        const std::string name = entry.path().filename().string();
        const bool ours =
            name.starts_with("segment-") || name.starts_with("deletes-") || name == "manifest.new";
        if (ours && !named.contains(entry.path())) unnamed.push_back(entry.path());
    }
    for (const std::filesystem::path& file : unnamed) files.remove(file);
}

}  // namespace raadbot::index
