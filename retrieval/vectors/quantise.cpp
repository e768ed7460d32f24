#include "retrieval/vectors/quantise.hpp"

#include <algorithm>
#include <cmath>

namespace raadbot::vectors {
namespace {

template <class Result_, class Number>
Result<Result_> quantised(std::span<const float> vector, float greatest_number) {
    double squares = 0;
    float greatest = 0;
    for (const float value : vector) {
        if (!std::isfinite(value)) {
            return fail(ErrorCode::invalid_input, "a vector holds something that is no number");
        }
        squares += double{value} * double{value};
        greatest = std::max(greatest, std::abs(value));
    }
    const auto length = static_cast<float>(std::sqrt(squares));
    if (!(length > 0) || !std::isfinite(length)) {
        return fail(ErrorCode::invalid_input, "a vector has no direction");
    }
    Result_ result;
    result.scale = greatest / length / greatest_number;
    result.numbers.reserve(vector.size());
    for (const float value : vector) {
        result.numbers.push_back(
            static_cast<Number>(std::lround(value / greatest * greatest_number)));
    }
    return result;
}

}  // namespace

Result<Quantised> quantise(std::span<const float> vector) {
    return quantised<Quantised, std::int8_t>(vector, 127);
}

Result<QuantisedQuery> quantise_query(std::span<const float> vector) {
    return quantised<QuantisedQuery, std::int16_t>(vector, 2047);
}

}  // namespace raadbot::vectors
