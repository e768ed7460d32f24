#include "retrieval/danish/contrasts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::danish {
namespace {

bool holds(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

TEST(Contrasts, AreTheOtherMembersOfAWordsSets) {
    const support::TemporaryFolder folder;
    const auto contrasts = Contrasts::read(
        folder.write("k.txt", "# tid\ndag\tuge\tmåned\n\ncykel\tknallert|scooter\tmotorcykel\n"));
    ASSERT_TRUE(contrasts) << contrasts.error().message;
    EXPECT_EQ(contrasts->size(), 2U);
    EXPECT_EQ(contrasts->others("uger"), (std::vector<std::string>{"dag", "måned"}));
    // A compound is told apart by the part that is a member.
    EXPECT_EQ(contrasts->others("månedskort"), (std::vector<std::string>{"dag", "uge"}));
    // A member of its own is no compound: "motorcykel" is not its own "cykel".
    EXPECT_TRUE(holds(contrasts->others("motorcykel"), "cykel"));
    EXPECT_FALSE(holds(contrasts->others("motorcykel"), "motorcykel"));
    EXPECT_FALSE(holds(contrasts->others("scooter"), "knallert"));
    EXPECT_TRUE(contrasts->others("borgmester").empty());
}

TEST(Contrasts, NameFileAndLineOfAMistake) {
    const support::TemporaryFolder folder;
    for (const char* wrong : {"# fine\ndag\n", "# fine\ndag\t\tuge\n", "# fine\ndag\tuge|\n"}) {
        const auto contrasts = Contrasts::read(folder.write("k.txt", wrong));
        ASSERT_FALSE(contrasts) << wrong;
        EXPECT_EQ(contrasts.error().code, ErrorCode::invalid_config);
        EXPECT_NE(contrasts.error().message.find("k.txt:2:"), std::string::npos)
            << contrasts.error().message;
    }
}

TEST(Contrasts, MayBeLeftOut) {
    const support::TemporaryFolder folder;
    const auto contrasts = Contrasts::read(folder.path() / "none.txt");
    ASSERT_TRUE(contrasts);
    EXPECT_EQ(contrasts->size(), 0U);
}

TEST(Contrasts, OfTheProgramAreRead) {
    const auto contrasts = Contrasts::read(std::filesystem::path(RAADBOT_SOURCE_DIR) /
                                           "config/lexicon/kontraster.txt");
    ASSERT_TRUE(contrasts) << contrasts.error().message;
    EXPECT_GT(contrasts->size(), 900U);
    EXPECT_TRUE(holds(contrasts->others("månedskort"), "ugekort"));
}

}  // namespace
}  // namespace raadbot::danish
