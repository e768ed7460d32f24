#include "retrieval/answer/light_words.hpp"

#include <gtest/gtest.h>

namespace raadbot::answer {
namespace {

TEST(LightWords, HoldTheEnglishWordsThatCarryNoTopic) {
    for (const char* word : {"anyone", "something", "near", "nearest", "usually", "still", "mother",
                             "husband", "get", "possible", "municipality"}) {
        EXPECT_TRUE(is_light_word(word)) << word;
    }
}

TEST(LightWords, HoldTheParticiplesOfLightVerbs) {
    for (const char* word : {"sat", "lagt", "glemt", "fået", "søgt"})
        EXPECT_TRUE(is_light_word(word)) << word;
    for (const char* word : {"nedlagt", "bevilget", "vedtaget", "opført"})
        EXPECT_FALSE(is_light_word(word)) << word;
}

TEST(LightWords, HoldMeasuresButNoCare) {
    for (const char* word : {"m2", "mio", "hektar", "nær", "besked", "plejer"})
        EXPECT_TRUE(is_light_word(word)) << word;
    for (const char* word : {"pleje", "sidste", "meterpris"})
        EXPECT_FALSE(is_light_word(word)) << word;
}

TEST(LightWords, LeaveTheTopicsOfEnglishQuestionsHeavy) {
    for (const char* word : {"waste", "passport", "budget", "kindergarten", "wheelchair", "vote",
                             "gift", "neighbour", "threat", "cancel"}) {
        EXPECT_FALSE(is_light_word(word)) << word;
    }
}

}  // namespace
}  // namespace raadbot::answer
