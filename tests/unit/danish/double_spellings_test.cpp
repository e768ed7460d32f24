#include "retrieval/danish/double_spellings.hpp"

#include <gtest/gtest.h>

#include "retrieval/danish/morphology.hpp"

namespace raadbot::danish {
namespace {

TEST(DoubleSpellings, AreOneInCompoundsAndInflections) {
    EXPECT_EQ(usual_spelling("handikap"), "handicap");
    EXPECT_EQ(usual_spelling("handikapparkeringen"), "handicapparkeringen");
    EXPECT_EQ(usual_spelling("resurser"), "ressourcer");
    EXPECT_EQ(usual_spelling("stamlinie"), "stamlinje");
    EXPECT_EQ(usual_spelling("handicap"), "handicap");
    EXPECT_EQ(usual_spelling("skandinavisk"), "skandinavisk");
    EXPECT_EQ(usual_spelling("linien"), "linjen");
    EXPECT_EQ(usual_spelling(""), "");
}

TEST(DoubleSpellings, HaveOneLemmaAndTheSameParts) {
    const Morphology& morphology = Morphology::instance();
    EXPECT_EQ(morphology.lemma("handikappet"), morphology.lemma("handicappet"));
    EXPECT_EQ(morphology.lemma("resurserne"), "ressource");
    EXPECT_TRUE(morphology.same_lemma("resurser", "ressourcerne"));
    EXPECT_EQ(morphology.split("handikapridning"), morphology.split("handicapridning"));
    EXPECT_EQ(morphology.split("menneskeresurser"), morphology.split("menneskeressourcer"));
}

}  // namespace
}  // namespace raadbot::danish
