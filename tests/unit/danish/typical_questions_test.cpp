#include "retrieval/danish/typical_questions.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::danish {
namespace {

constexpr const char* few =
    "# ydelser\n"
    "hvor mange penge må jeg have i banken på kontanthjælp|må man have opsparing når man får "
    "kontanthjælp\tformue, formuegrænse\n"
    "hvor mange penge får man på kontanthjælp\tydelse, sats\n"
    "må jeg blive siddende når jeg er inhabil\tforlade lokalet, inhabilitet\n";

TEST(TypicalQuestions, KnowWhatAQuestionIsLike) {
    const support::TemporaryFolder folder;
    folder.write("a.tsv", few);
    const auto questions = TypicalQuestions::read(folder.path());
    ASSERT_TRUE(questions) << questions.error().message;
    EXPECT_EQ(questions->size(), 3U);
    const auto like = questions->like("kan jeg have en opsparing og få kontanthjælp", {}, 2);
    ASSERT_EQ(like.size(), 2U);
    EXPECT_EQ(like[0].answer_words->front(), std::vector<std::string>{"formue"});
    EXPECT_GT(like[0].likeness, 0.3F);
    EXPECT_LT(like[1].likeness, like[0].likeness);
    // The same words are the same question; a term of several words needs them all.
    const auto same = questions->like("må jeg blive siddende når jeg er inhabil", {}, 1);
    ASSERT_EQ(same.size(), 1U);
    EXPECT_NEAR(same[0].likeness, 1.0F, 0.001F);
    EXPECT_EQ(same[0].answer_words->front().size(), 2U);
    EXPECT_TRUE(questions->like("fodbold", {}, 3).empty());
}

TEST(TypicalQuestions, AreFoundByStandInsToo) {
    const support::TemporaryFolder folder;
    folder.write("a.tsv", few);
    const auto questions = TypicalQuestions::read(folder.path());
    ASSERT_TRUE(questions);
    const auto plain = questions->like("savings on cash benefit", {}, 1);
    EXPECT_TRUE(plain.empty());
    const auto meant = questions->like("savings on cash benefit",
                                       {{"opsparing", 0.5F}, {"kontanthjælp", 0.5F}}, 1);
    ASSERT_EQ(meant.size(), 1U);
    EXPECT_EQ(meant[0].answer_words->front(), std::vector<std::string>{"formue"});
}

TEST(TypicalQuestions, NameFileAndLineOfAMistake) {
    const support::TemporaryFolder folder;
    for (const char* wrong : {"# fine\nhvad koster det\n", "# fine\nhvad koster det\t,\n"}) {
        folder.write("a.tsv", wrong);
        const auto questions = TypicalQuestions::read(folder.path());
        ASSERT_FALSE(questions) << wrong;
        EXPECT_EQ(questions.error().code, ErrorCode::invalid_config);
        EXPECT_NE(questions.error().message.find("a.tsv:2:"), std::string::npos)
            << questions.error().message;
    }
}

TEST(TypicalQuestions, OfTheProgramAreRead) {
    const auto questions = TypicalQuestions::read(std::filesystem::path(RAADBOT_SOURCE_DIR) /
                                                  "config/lexicon/spoergsmaal");
    ASSERT_TRUE(questions) << questions.error().message;
    EXPECT_GT(questions->size(), 5000U);
}

}  // namespace
}  // namespace raadbot::danish
