// One published version of the vectors, for reading: the passages whose direction is most like a
// question's.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "retrieval/index/search.hpp"
#include "retrieval/vectors/catalogue.hpp"
#include "retrieval/vectors/graph.hpp"
#include "retrieval/vectors/vector_file.hpp"

namespace raadbot::vectors {

/// Immutable; thread-safe. A version stays readable while newer ones are written.
class VectorSet {
public:
    /// Opens the current version; what `previous` has open already is shared with it. Nothing when
    /// there are no vectors. Errors: corrupt.
    [[nodiscard]] static Result<std::shared_ptr<const VectorSet>> open(
        const std::filesystem::path& directory, const VectorSet* previous = nullptr);

    [[nodiscard]] const std::string& model() const { return catalogue_.model; }
    [[nodiscard]] std::size_t dimension() const { return catalogue_.dimension; }
    [[nodiscard]] std::uint32_t checksum() const { return catalogue_.checksum; }
    [[nodiscard]] std::size_t rows() const;
    /// Ascending; those of forgotten rows are left out. Throws DamagedIndex.
    [[nodiscard]] std::vector<PassageId> ids() const;

    /// The k admitted passages whose vectors have the greatest cosine with the query's, best first,
    /// ties by smaller id; the score is that cosine. Exact over the quantised numbers where no
    /// graph is used, and where the gate lets so few through that looking at each is quicker;
    /// otherwise nearly so. Never gives what the gate does not admit. The query has dimension()
    /// numbers. Throws DamagedIndex.
    [[nodiscard]] std::vector<index::Hit> search(const QuantisedQuery& query, std::size_t k,
                                                 index::Gate& gate) const;
    /// The same row by row; for the tests.
    [[nodiscard]] std::vector<index::Hit> search_exactly(const QuantisedQuery& query, std::size_t k,
                                                         index::Gate& gate) const;
    /// Reads and checks every page. Error: corrupt.
    [[nodiscard]] Result<void> verify() const;

private:
    struct OpenPart {
        std::shared_ptr<const VectorFile> file;
        std::shared_ptr<const Graph> graph;  ///< Null: searched row by row.
    };
    Catalogue catalogue_;
    std::vector<OpenPart> parts_;
};

}  // namespace raadbot::vectors
