#include <gtest/gtest.h>

#include <limits>

#include "retrieval/index/search.hpp"
#include "retrieval/vectors/dot.hpp"
#include "tests/unit/vectors/made_up.hpp"

namespace raadbot::vectors {
namespace {

TEST(Dot, FastCodeGivesTheBitsOfThePortable) {
    constexpr unsigned seed = 7;
    std::mt19937 random(seed);
    for (int round = 0; round < 20'000; ++round) {
        const std::size_t size = random() % 200 + (round % 50 == 0 ? 3896 : 0);
        std::vector<std::int8_t> row(size);
        std::vector<std::int8_t> other(size);
        std::vector<std::int16_t> query(size);
        for (std::size_t i = 0; i < size; ++i) {
            row[i] = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
            other[i] = static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127);
            query[i] = static_cast<std::int16_t>(static_cast<int>(random() % 4095) - 2047);
        }
        ASSERT_EQ(dot(row.data(), query.data(), size), dot_portable(row.data(), query.data(), size))
            << "seed " << seed << ", size " << size;
        ASSERT_EQ(dot(row.data(), other.data(), size), dot_portable(row.data(), other.data(), size))
            << "seed " << seed << ", size " << size;
    }
}

TEST(Dot, GreatestNumbersOfTheLongestVectorFit) {
    const std::vector<std::int8_t> row(most_dimensions, 127);
    const std::vector<std::int16_t> query(most_dimensions, 2047);
    EXPECT_EQ(dot(row.data(), query.data(), row.size()), 4096 * 127 * 2047);
    EXPECT_EQ(dot_portable(row.data(), query.data(), row.size()), 4096 * 127 * 2047);
}

TEST(Quantise, KeepsTheAngleWithinAHundredth) {
    MadeUp made(384, 20, 3);
    for (int round = 0; round < 200; ++round) {
        const auto a = made.next();
        const auto b = made.next();
        const auto row = quantise(a);
        const auto query = quantise_query(b);
        ASSERT_TRUE(row && query);
        const float kept =
            static_cast<float>(dot(row->numbers.data(), query->numbers.data(), a.size())) *
            row->scale * query->scale;
        EXPECT_NEAR(kept, cosine(a, b), 0.01F);
    }
}

TEST(Quantise, RefusesWhatHasNoDirection) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float inf = std::numeric_limits<float>::infinity();
    for (const std::vector<float>& bad : {std::vector<float>{0, 0}, std::vector<float>{1, nan},
                                          std::vector<float>{inf, 1}, std::vector<float>{}}) {
        EXPECT_FALSE(quantise(bad));
        EXPECT_FALSE(quantise_query(bad));
    }
    EXPECT_TRUE(quantise(std::vector<float>{1e-30F, -3e30F}));
}

}  // namespace
}  // namespace raadbot::vectors
