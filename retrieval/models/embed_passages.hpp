// Gives every passage of the store its vector: only those that have none yet, a batch at a time,
// kept as it goes, so that stopping anywhere loses little.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "retrieval/models/models.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::models {

struct EmbedOptions {
    std::filesystem::path vectors;                   ///< Their directory.
    std::chrono::milliseconds request_time{60'000};  ///< For one batch.
    std::size_t keep_every = 2'000;                  ///< Passages, then they are written.
    std::size_t flat_limit = 200'000;                ///< vectors::WriterOptions.
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
    std::function<bool()> stop;  ///< True: enough for now.
};

struct EmbedReport {
    std::uint64_t passages = 0;
    std::uint64_t embedded = 0;    ///< Now.
    std::uint64_t refused = 0;     ///< The model would not take them; tried again next time.
    std::uint64_t missing = 0;     ///< Without a vector still, the refused among them.
    bool other_model = false;      ///< The vectors of another model were dropped.
    std::optional<Error> stopped;  ///< Why it ended early.
};

/// Errors: corrupt (the vectors that are there). A model that fails is no error but `stopped`.
[[nodiscard]] Result<EmbedReport> embed_passages(const store::Store& store,
                                                 const Embedder& embedder,
                                                 const EmbedOptions& options);

/// What of the store's passages has no vector of this model yet. Error: corrupt.
[[nodiscard]] Result<std::uint64_t> missing_vectors(const store::Store& store,
                                                    const Embedder& embedder,
                                                    const std::filesystem::path& vectors);

}  // namespace raadbot::models
