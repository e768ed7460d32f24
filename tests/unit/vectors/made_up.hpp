// Vectors that lie as those of passages do: in clusters of topics, with noise.
#pragma once

#include <cmath>
#include <random>
#include <vector>

#include "retrieval/vectors/quantise.hpp"
#include "retrieval/vectors/vector_file.hpp"

namespace raadbot::vectors {

class MadeUp {
public:
    MadeUp(std::size_t dimension, std::size_t topics, unsigned seed)
        : dimension_(dimension), random_(seed) {
        for (std::size_t i = 0; i < topics; ++i) topics_.push_back(noise(1));
    }
    /// Near a topic drawn at random.
    std::vector<float> next() {
        std::vector<float> vector = noise(0.7F);
        const auto& topic = topics_[random_() % topics_.size()];
        for (std::size_t i = 0; i < dimension_; ++i) vector[i] += topic[i];
        return vector;
    }
    std::mt19937& random() { return random_; }

private:
    std::vector<float> noise(float size) {
        std::normal_distribution<float> normal(0, size);
        std::vector<float> vector(dimension_);
        for (float& value : vector) value = normal(random_);
        return vector;
    }
    std::size_t dimension_;
    std::mt19937 random_;
    std::vector<std::vector<float>> topics_;
};

inline void append(Rows& rows, PassageId id, const std::vector<float>& vector) {
    const auto small = quantise(vector);
    rows.dimension = vector.size();
    rows.append(id, small->scale, small->numbers);
}

inline float cosine(const std::vector<float>& a, const std::vector<float>& b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double{a[i]} * double{b[i]};
        first += double{a[i]} * double{a[i]};
        second += double{b[i]} * double{b[i]};
    }
    return static_cast<float>(product / std::sqrt(first * second));
}

/// Admits all, or the multiples of a number.
class EveryNth final : public index::Gate {
public:
    explicit EveryNth(PassageId n = 1) : n_(n) {}
    [[nodiscard]] bool admits(PassageId id) override { return id % n_ == 0; }

private:
    PassageId n_;
};

}  // namespace raadbot::vectors
