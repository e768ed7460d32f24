#include "retrieval/answer/word_classes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace raadbot::answer {
namespace {

using Kind = danish::Morphology::Kind;

/// What the word is where it stands first in the question.
Kind kind_of(const std::string& word, const std::string& question) {
    const auto tokens = danish::tokenize(question);
    const auto at = std::find_if(tokens.begin(), tokens.end(),
                                 [&](const danish::Token& token) { return token.text == word; });
    EXPECT_NE(at, tokens.end()) << question;
    return kind_in_question(tokens, static_cast<std::size_t>(at - tokens.begin()));
}

TEST(WordClasses, BehindASubjectComesAVerb) {
    EXPECT_EQ(kind_of("arbejder", "hvor længe arbejder de på vejen"), Kind::verb);
    EXPECT_EQ(kind_of("stemme", "hvor mange skal vi være for at vi kan stemme"), Kind::verb);
    EXPECT_EQ(kind_of("samler", "hvad sker der hvis jeg ikke samler op"), Kind::verb);
    EXPECT_EQ(kind_of("dur", "hvor længe dur et nødpas"), Kind::verb);
    EXPECT_EQ(kind_of("sidder", "hvor mange sidder der i byrådet"), Kind::verb);
    EXPECT_EQ(kind_of("løn", "får jeg løn under barsel"), Kind::noun);
    EXPECT_EQ(kind_of("stemme", "har jeg en stemme"), Kind::noun);
}

TEST(WordClasses, BehindAPrepositionComesNone) {
    EXPECT_EQ(kind_of("heden", "må man køre på heden"), Kind::noun);
    EXPECT_EQ(kind_of("sne", "hvem skal rydde sne på fortovet"), Kind::noun);
    EXPECT_EQ(kind_of("frist", "frist for ansøgning"), Kind::noun);
    EXPECT_NE(kind_of("rive", "må jeg rive et hus ned"), Kind::noun);
    EXPECT_EQ(kind_of("bøger", "har biblioteket bøger på polsk"), Kind::noun);
    EXPECT_EQ(kind_of("projekter", "hvem betaler de der projekter"), Kind::noun);
}

TEST(WordClasses, AnAdjectiveAloneMayNameAThing) {
    EXPECT_EQ(kind_of("støtte", "kan vi få støtte til et nyt tag"), Kind::noun);
    EXPECT_EQ(kind_of("voksen", "hvad koster et pas til en voksen"), Kind::noun);
    EXPECT_EQ(kind_of("varme", "hvad koster den varme mad"), Kind::adjective);
    EXPECT_EQ(kind_of("dyb", "hvor dyb er havnen"), Kind::noun);
    EXPECT_EQ(kind_of("hård", "hvor hård straf kan man få"), Kind::adjective);
}

}  // namespace
}  // namespace raadbot::answer
