// A navigable graph over the rows of a vector file: approximate nearest rows among more than can be
// looked at one by one. Y. Malkov, D. Yashunin, "Efficient and robust approximate nearest neighbor
// search using hierarchical navigable small world graphs", 2016; the implementation is hnswlib's.
//
// The graph holds links only; the rows stay in their file. Its own file is hnswlib's format,
// checked as a whole against the checksum that the catalogue keeps before hnswlib reads a byte of
// it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "retrieval/vectors/quantise.hpp"
#include "retrieval/vectors/vector_file.hpp"

namespace raadbot::vectors {

struct GraphFile {
    std::uint64_t size = 0;
    std::uint32_t checksum = 0;
};

/// Searching is thread-safe, adding is not.
class Graph {
public:
    /// An empty graph for the rows of `file`. Deterministic.
    explicit Graph(std::shared_ptr<const VectorFile> file);
    /// `expected` is what save() gave. Errors: corrupt.
    [[nodiscard]] static Result<std::unique_ptr<Graph>> load(
        const std::filesystem::path& path, const GraphFile& expected,
        std::shared_ptr<const VectorFile> file);
    ~Graph();
    Graph(const Graph&) = delete;
    Graph& operator=(const Graph&) = delete;

    /// How many rows it holds: the first so many of the file.
    [[nodiscard]] std::size_t size() const;
    /// Adds the rest of the file's rows, in order; `progress` is told of every thousandth.
    void add_rest(const std::function<void(std::size_t done)>& progress = {});
    /// About the k rows most like the query, best first. The larger k, the likelier they are the
    /// very best.
    [[nodiscard]] std::vector<std::size_t> nearest(const QuantisedQuery& query,
                                                   std::size_t k) const;
    /// On the disk when it returns. Throws std::system_error, std::runtime_error.
    [[nodiscard]] GraphFile save(const std::filesystem::path& path) const;

private:
    struct Impl;
    explicit Graph(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace raadbot::vectors
