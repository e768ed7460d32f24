// Which files make up the current version of the vectors, of which model they are. Replaced as a
// whole, like the manifest of the index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/result.hpp"

namespace raadbot::vectors {

struct Part {
    std::uint64_t number = 0;  ///< Names the file; never used twice.
    std::uint32_t checksum = 0;
    std::uint64_t rows = 0;
    std::uint64_t graph = 0;  ///< Number that names its graph; 0: searched row by row.
    std::uint64_t graph_size = 0;
    std::uint32_t graph_checksum = 0;
    friend bool operator==(const Part&, const Part&) = default;
};

struct Catalogue {
    std::uint64_t generation = 0;
    std::uint64_t next_number = 1;
    std::string model;  ///< Whose vectors these are: vectors of two models cannot be compared.
    std::size_t dimension = 0;
    std::vector<Part> parts;
    std::uint32_t checksum = 0;  ///< Of the file it was read from or written to.
};

[[nodiscard]] std::filesystem::path vectors_file(const std::filesystem::path& directory,
                                                 std::uint64_t number);
[[nodiscard]] std::filesystem::path graph_file(const std::filesystem::path& directory,
                                               std::uint64_t number);

/// Nothing when there is none. Error: corrupt.
[[nodiscard]] Result<std::optional<Catalogue>> read_catalogue(
    const std::filesystem::path& directory);
/// Durable when it returns; the files it names must be so already. Then removes files that it does
/// not name.
void write_catalogue(Catalogue& catalogue, index::FileLayer& files,
                     const std::filesystem::path& directory);

}  // namespace raadbot::vectors
