// What the search may ask of a neural model: a direction for a text, or how well texts fit a
// question.
//
// Interfaces only; adapters/model speaks to servers. Implementations are thread-safe, block until
// the deadline at most, and check what comes back: sizes, order, finite numbers.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::models {

using Deadline = std::chrono::steady_clock::time_point;

/// Some models want to be told which of the two a text is.
enum class TextIs { passage, question };

class Embedder {
public:
    virtual ~Embedder() = default;
    /// As operators and readers know it.
    [[nodiscard]] virtual const std::string& name() const = 0;
    /// Name and whatever else changes the vectors: those of different identities cannot be
    /// compared.
    [[nodiscard]] virtual const std::string& identity() const = 0;
    [[nodiscard]] virtual std::size_t dimension() const = 0;
    /// Most texts in one call.
    [[nodiscard]] virtual std::size_t batch() const = 0;
    /// A vector of dimension() finite numbers for each text, in their order. Errors: invalid_input
    /// (the model refuses these texts), denied (key), timed_out, unavailable, unreadable (no such
    /// answer as agreed).
    [[nodiscard]] virtual Result<std::vector<std::vector<float>>> embed(
        std::span<const std::string> texts, TextIs what, Deadline deadline) const = 0;
};

class Reranker {
public:
    virtual ~Reranker() = default;
    [[nodiscard]] virtual const std::string& name() const = 0;
    [[nodiscard]] virtual std::size_t batch() const = 0;
    /// For each text, in their order, a finite score; greater fits better. Errors as above.
    [[nodiscard]] virtual Result<std::vector<float>> score(std::string_view question,
                                                           std::span<const std::string> texts,
                                                           Deadline deadline) const = 0;
};

}  // namespace raadbot::models
