#include "bot/conversation/strict_json.hpp"

#include <gtest/gtest.h>

namespace raadbot::bot {
namespace {

ErrorCode code_of(std::string_view text, const StrictJsonOptions& options = {}) {
    const auto result = parse_strict_json(text, options);
    EXPECT_FALSE(result) << text;
    return result ? ErrorCode::conflict : result.error().code;
}

TEST(StrictJson, ReadsWhatIsJson) {
    const auto value =
        parse_strict_json(R"({"question":"hvad så","previous":["æ"],"n":[1,-2.5e3,true,null]})");
    ASSERT_TRUE(value);
    EXPECT_EQ((*value)["question"], "hvad så");
    EXPECT_EQ((*value)["n"].size(), 4U);
}

TEST(StrictJson, RefusesNulAnywhere) {
    for (const std::string_view text :
         {std::string_view("{}\0", 3), std::string_view("\0{}", 3),
          std::string_view("{\"a\":\"b\0c\"}", 11), std::string_view("\0", 1)}) {
        EXPECT_EQ(code_of(text), ErrorCode::invalid_input);
    }
}

TEST(StrictJson, RefusesWhatStandsAfterTheValueAndBeforeIt) {
    for (const char* text :
         {"{}{}", "{} x", "\xEF\xBB\xBF{}", "", " ", "{", "[1,]", "{'a':1}", "nul", "01", "+1"}) {
        EXPECT_EQ(code_of(text), ErrorCode::invalid_input);
    }
    EXPECT_TRUE(parse_strict_json(" \t\r\n{} \n"));
}

TEST(StrictJson, RefusesInvalidUtf8AndLoneSurrogates) {
    for (const char* text :
         {"[\"\xff\"]", "[\"\xc3\"]", "[\"\xed\xa0\x80\"]", "[\"\\ud800\"]", "[\"\xc0\xaf\"]"}) {
        EXPECT_EQ(code_of(text), ErrorCode::invalid_input);
    }
}

TEST(StrictJson, RefusesAKeyTwiceInOneObjectOnly) {
    EXPECT_EQ(code_of(R"({"a":1,"a":2})"), ErrorCode::invalid_input);
    EXPECT_EQ(code_of(R"({"b":[{"a":1,"\u0061":1}]})"), ErrorCode::invalid_input);
    EXPECT_TRUE(parse_strict_json(R"({"a":{"a":[{"a":1},{"a":2}]}})"));
    StrictJsonOptions lenient;
    lenient.duplicate_keys = DuplicateKeys::keep_last;
    EXPECT_EQ((*parse_strict_json(R"({"a":1,"a":2})", lenient))["a"], 2);
}

TEST(StrictJson, BoundsNesting) {
    StrictJsonOptions options;
    options.most_depth = 3;
    EXPECT_TRUE(parse_strict_json("[[[1]]]", options));
    EXPECT_TRUE(parse_strict_json("[[],[],[[]]]", options));
    EXPECT_EQ(code_of("[[[[1]]]]", options), ErrorCode::too_large);
    EXPECT_EQ(code_of(std::string(1'000'000, '[')), ErrorCode::too_large);
    EXPECT_EQ(code_of(std::string(64, '[') + "{"), ErrorCode::too_large);
}

TEST(StrictJson, MessagesDoNotQuoteTheText) {
    const auto result = parse_strict_json(R"({"question": hemmeligt})");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message.find("hemmeligt"), std::string::npos);
}

}  // namespace
}  // namespace raadbot::bot
