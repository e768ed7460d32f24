#include "retrieval/danish/municipalities.hpp"

#include <gtest/gtest.h>

namespace raadbot::danish {
namespace {

TEST(Municipalities, AreKnownAlsoInTheGenitiveButNotWhereTheNameIsAnotherWord) {
    for (const char* name : {"svendborg", "aarhus", "århus", "odenses", "ærø"}) {
        EXPECT_TRUE(is_municipality(name)) << name;
    }
    for (const char* word : {"vejen", "odder", "skive", "borg", "lindeborg", ""}) {
        EXPECT_FALSE(is_municipality(word)) << word;
    }
}

}  // namespace
}  // namespace raadbot::danish
