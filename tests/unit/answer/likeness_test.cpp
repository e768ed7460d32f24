// Likeness of letters between a question and a text.
#include "retrieval/answer/likeness.hpp"

#include <gtest/gtest.h>

namespace raadbot::answer {
namespace {

LetterRuns runs(std::string_view text) {
    LetterRuns result;
    result.add(text);
    return result;
}

TEST(Likeness, SeesPartsOfCompoundsInflectionsAndMisspeltWords) {
    const LetterRuns ferry = runs("En lystbådeplads i havnen koster 5.140 kr.");
    const LetterRuns school = runs("Skolen har 24 klasser og en hal.");
    Likeness likeness("hvad koster en lystbådplas i hvnen");
    likeness.note(ferry);
    likeness.note(school);
    likeness.weigh();
    EXPECT_GT(likeness.of({&ferry}), 0.15F);
    EXPECT_LT(likeness.of({&school}), 0.05F);
    // Together they hold no less.
    EXPECT_GE(likeness.of({&ferry, &school}), likeness.of({&ferry}));
    EXPECT_EQ(likeness.of({nullptr}), 0.0F);
}

TEST(Likeness, CountsRareRunsForMore) {
    const LetterRuns common = runs("Kommunen oplyser");
    const LetterRuns rare = runs("Vindmøllen snurrer");
    Likeness likeness("kommunen vindmøllen");
    for (int i = 0; i < 9; ++i) likeness.note(common);
    likeness.note(rare);
    likeness.weigh();
    EXPECT_GT(likeness.of({&rare}), likeness.of({&common}));
}

TEST(Likeness, IsNothingWithoutWords) {
    Likeness likeness("?");
    likeness.weigh();
    const LetterRuns text = runs("Skolen");
    EXPECT_EQ(likeness.of({&text}), 0.0F);
}

}  // namespace
}  // namespace raadbot::answer
