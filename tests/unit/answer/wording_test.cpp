// How sentences are worded, and what a question makes of it.
#include "retrieval/answer/wording.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/weights.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using Signs = std::vector<std::string>;

QuestionView asked(std::string text, QuestionType type, Wanted wanted = Wanted::nothing) {
    QuestionView view;
    view.text = std::move(text);
    view.type = type;
    view.wanted = wanted;
    return view;
}

Signs signs_of(std::string_view sentence, bool row = false) {
    return wording_of(danish::tokenize(sentence), row, Section::text);
}

TEST(Wording, IsASentencesWordsAndWhatStandsByItsNumbers) {
    EXPECT_EQ(signs_of("Et kort koster 210 kr., jf. § 4."),
              (Signs{"#", "# kr", "<text>", "et", "jf", "kort", "koster", "koster #", "kr", "§"}));
}

TEST(Wording, TellsRowsAndSections) {
    EXPECT_EQ(signs_of("Pris: 40", true), (Signs{"#", "<row>", "<text>", "pris", "pris #"}));
    EXPECT_EQ(wording_of({}, false, Section::beslutning), (Signs{"<beslutning>"}));
}

TEST(Wording, IsTheSameOfAnotherNumber) {
    EXPECT_EQ(signs_of("Det koster 210 kr."), signs_of("Det koster 1.495 kr."));
}

TEST(Wording, OfAQuestionIsItsKindAndOpening) {
    EXPECT_EQ(
        asking_of(asked("Hvor længe må bilen stå?", QuestionType::how_much, Wanted::duration)),
        (Signs{"how_much 4", "hvor længe"}));
    EXPECT_EQ(asking_of(asked("min cykel er væk, hvem skal hente den", QuestionType::who)),
              (Signs{"who 0", "hvem skal"}));
    // What it is about is no sign.
    EXPECT_EQ(asking_of(asked("svømmehal pris", QuestionType::unknown)), (Signs{"unknown 0"}));
    EXPECT_EQ(asking_of(asked("", QuestionType::unknown)), (Signs{"unknown 0"}));
}

TEST(Wording, WeightsAreSortedAndEachOnce) {
    for (std::size_t i = 1; i < wording_weights.size(); ++i) {
        const WordingWeight& before = wording_weights[i - 1];
        const WordingWeight& next = wording_weights[i];
        EXPECT_LT(std::make_pair(before.asking, before.sign),
                  std::make_pair(next.asking, next.sign));
    }
}

TEST(Wording, AddsTheWeightsOfAnyQuestionAndOfThisOne) {
    const QuestionView where = asked("Hvor ligger det?", QuestionType::where, Wanted::place);
    const Signs asking = asking_of(where);
    float expected = 0;
    const Signs sentence = signs_of("Klinikken ligger på Møllegade 14 ved stationen.");
    for (const WordingWeight& weight : wording_weights) {
        const bool asks = weight.asking.empty() ||
                          std::find(asking.begin(), asking.end(), weight.asking) != asking.end();
        if (asks && std::find(sentence.begin(), sentence.end(), weight.sign) != sentence.end())
            expected += weight.value;
    }
    ASSERT_NE(expected, 0);
    EXPECT_NEAR(Wording(where).score(known_signs(sentence)), expected, 1e-4);
}

TEST(Wording, OfUnknownWordsIsWorthNothing) {
    EXPECT_TRUE(known_signs({"zumbe", "# zumbe"}).empty());
    EXPECT_EQ(Wording(asked("Hvor ligger det?", QuestionType::where)).score({}), 0);
}

TEST(Wording, PrefersASentenceThatIsWordedAsAnAnswer) {
    const Wording how_long(
        asked("Hvor længe må bilen stå?", QuestionType::how_much, Wanted::duration));
    EXPECT_GT(how_long.score(known_signs(signs_of("Du må holde der i 2 timer."))),
              how_long.score(known_signs(signs_of("Kommunen har mange veje."))));
}

}  // namespace
}  // namespace raadbot::answer
