#include "retrieval/models/breaker.hpp"

#include <gtest/gtest.h>

namespace raadbot::models {
namespace {

using namespace std::chrono_literals;

TEST(Breaker, OpensAfterFailuresInARowAndLetsOneTryLater) {
    Breaker breaker({3, 30s});
    Breaker::Moment now{};
    EXPECT_FALSE(breaker.failed(now));
    EXPECT_FALSE(breaker.failed(now));
    EXPECT_FALSE(breaker.succeeded());  // Not in a row, then.
    EXPECT_FALSE(breaker.failed(now));
    EXPECT_FALSE(breaker.failed(now));
    EXPECT_TRUE(breaker.may_ask(now));
    EXPECT_TRUE(breaker.failed(now));
    EXPECT_FALSE(breaker.may_ask(now + 29s));
    EXPECT_TRUE(breaker.may_ask(now + 30s));
    EXPECT_FALSE(breaker.may_ask(now + 31s));  // One has gone to try.
    EXPECT_FALSE(breaker.failed(now + 32s));
    EXPECT_FALSE(breaker.may_ask(now + 61s));
    EXPECT_TRUE(breaker.may_ask(now + 62s));
    EXPECT_TRUE(breaker.succeeded());
    EXPECT_TRUE(breaker.may_ask(now + 62s));
    EXPECT_TRUE(breaker.may_ask(now + 62s));
}

TEST(Breaker, WhoNeverComesBackDoesNotKeepItOpen) {
    Breaker breaker({1, 30s});
    const Breaker::Moment now{};
    EXPECT_TRUE(breaker.failed(now));
    EXPECT_TRUE(breaker.may_ask(now + 30s));
    EXPECT_TRUE(breaker.may_ask(now + 60s));
}

}  // namespace
}  // namespace raadbot::models
