// JSONTestSuite against the reader at our doors: y_ accepted, n_ refused, i_ either.
#include <gtest/gtest.h>

#include "bot/conversation/strict_json.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::bot {
namespace {

TEST(JsonTestSuite, AcceptsAllValidAndRefusesAllInvalid) {
    const std::filesystem::path folder =
        std::filesystem::path(RAADBOT_SHARED_DIR) / "suites/JSONTestSuite/test_parsing";
    StrictJsonOptions options;
    options.duplicate_keys =
        DuplicateKeys::keep_last;  // The suite calls them valid; our doors refuse them.
    std::size_t valid = 0;
    std::size_t accepted = 0;
    std::size_t invalid = 0;
    std::size_t refused = 0;
    std::size_t either = 0;
    std::size_t refused_as_duplicates = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        const std::string text = support::read_file(entry.path());
        const bool good = parse_strict_json(text, options).has_value();
        if (name.starts_with("y_")) {
            ++valid;
            accepted += good ? 1U : 0U;
            EXPECT_TRUE(good) << name;
            if (!parse_strict_json(text)) {
                ++refused_as_duplicates;
                EXPECT_NE(name.find("duplicated_key"), std::string::npos) << name;
            }
        } else if (name.starts_with("n_")) {
            ++invalid;
            refused += good ? 0U : 1U;
            EXPECT_FALSE(good) << name;
        } else {
            ++either;
        }
    }
    std::printf(
        "conformance: JSONTestSuite: %zu/%zu valid accepted, %zu/%zu invalid refused, %zu either "
        "way without crash; "
        "%zu more refused at our doors for a key twice\n",
        accepted, valid, refused, invalid, either, refused_as_duplicates);
    EXPECT_EQ(valid, 95U);
    EXPECT_EQ(invalid, 188U);
}

}  // namespace
}  // namespace raadbot::bot
