// Keeps the vectors up with the passages: adds, drops, merges, and builds the graph when there are
// many.
//
// Several processes may write: each change takes the directory's lock, starts from the version it
// finds and replaces the catalogue as a whole, so that a crash leaves the old version or the new
// one. A broken disk throws std::system_error.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "retrieval/vectors/catalogue.hpp"
#include "retrieval/vectors/vector_file.hpp"

namespace raadbot::vectors {

/// The passages that exist now, ascending. Asked while the lock is held, so that a vector of a
/// passage that is being taken down cannot be written after the take-down has looked.
using LiveIds = std::function<std::vector<PassageId>()>;

struct WriterOptions {
    std::filesystem::path directory;
    std::string model;  ///< Vectors of another model or dimension are dropped at the first change.
    std::size_t dimension = 0;
    std::size_t flat_limit = 200'000;   ///< More rows than this get a graph.
    index::FileLayer* files = nullptr;  ///< Null: the operating system's.
};

class VectorWriter {
public:
    explicit VectorWriter(WriterOptions options);

    /// Passages that have a vector of this model, ascending. Error: corrupt.
    [[nodiscard]] Result<std::vector<PassageId>> present() const;
    /// True when the vectors that are there are of another model or dimension. Error: corrupt.
    [[nodiscard]] Result<bool> of_another_model() const;

    /// Adds these rows, but those of passages that are gone; durable when it returns. Errors:
    /// corrupt.
    [[nodiscard]] Result<void> add(const Rows& rows, const LiveIds& live);
    /// Drops rows of passages that are gone where they are many, and sees to the graph; `progress`
    /// is told how many of how many rows it holds. Errors: corrupt.
    [[nodiscard]] Result<void> finish(
        const LiveIds& live,
        const std::function<void(std::size_t done, std::size_t total)>& progress = {});

private:
    WriterOptions options_;
    index::FileLayer& files_;
};

/// Rewrites what still holds vectors of passages that are gone, so that no file does; for
/// take-downs. Does nothing when there are no vectors. Error: corrupt.
[[nodiscard]] Result<void> forget_gone(const std::filesystem::path& directory, const LiveIds& live,
                                       index::FileLayer* files = nullptr);

}  // namespace raadbot::vectors
