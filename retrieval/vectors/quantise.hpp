// Float vectors from a model as small integers. Direction only: vectors are made of length one
// first, so that the product of two is the cosine of their angle.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "retrieval/result.hpp"

namespace raadbot::vectors {

/// value[i] ~ scale * numbers[i]; symmetric, numbers within -127..127 of which the greatest is 127.
struct Quantised {
    std::vector<std::int8_t> numbers;
    float scale = 0;
};
/// A question's vector is kept finer (-2047..2047): it is compared with all, and there is only one.
struct QuantisedQuery {
    std::vector<std::int16_t> numbers;
    float scale = 0;
};

/// Errors: invalid_input when the vector holds something that is no number, or nothing but zeros.
[[nodiscard]] Result<Quantised> quantise(std::span<const float> vector);
[[nodiscard]] Result<QuantisedQuery> quantise_query(std::span<const float> vector);

}  // namespace raadbot::vectors
