#include "adapters/model/codec.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace raadbot::model {
namespace {

using nlohmann::json;

TEST(ModelCodec, WritesWhatTheInterfacesTake) {
    const std::vector<std::string> texts = {"æ\"\n", "b"};
    EXPECT_EQ(json::parse(embed_body(Api::tei, "m", texts)),
              (json{{"inputs", texts}, {"truncate", true}, {"normalize", true}}));
    EXPECT_EQ(json::parse(embed_body(Api::openai, "m", texts)),
              (json{{"model", "m"}, {"input", texts}, {"encoding_format", "float"}}));
    EXPECT_EQ(json::parse(rerank_body("q", texts)), (json{{"query", "q"},
                                                          {"texts", texts},
                                                          {"truncate", true},
                                                          {"raw_scores", false},
                                                          {"return_text", false}}));
    // Bytes that are no UTF-8 are no reason to fail.
    const std::vector<std::string> broken = {"\xff\xfe"};
    EXPECT_TRUE(json::accept(embed_body(Api::tei, "m", broken)));
}

TEST(ModelCodec, ReadsVectorsInTheOrderOfTheTexts) {
    using Vectors = std::vector<std::vector<float>>;
    EXPECT_EQ(*read_vectors(Api::tei, "[[1,2.5],[-3,4e-1]]", 2, 2),
              (Vectors{{1, 2.5F}, {-3, 0.4F}}));
    const char* openai = R"({"object":"list","data":[
        {"object":"embedding","index":1,"embedding":[3,4]},
        {"object":"embedding","index":0,"embedding":[1,2]}],"model":"m","usage":{}})";
    EXPECT_EQ(*read_vectors(Api::openai, openai, 2, 2), (Vectors{{1, 2}, {3, 4}}));
    EXPECT_EQ(*read_scores(R"([{"index":1,"score":0.9},{"index":0,"score":-1}])", 2),
              (std::vector<float>{-1, 0.9F}));
}

TEST(ModelCodec, RefusesEverythingElse) {
    for (const std::string& bad :
         {std::string(""), std::string("[[1,2],[3,4]"), std::string("[[1,2]]"),
          std::string("[[1,2],[3]]"), std::string("[[1,2],[3,4],[5,6]]"),
          std::string("[[1,2],[3,null]]"), std::string("[[1,2],[3,\"4\"]]"),
          std::string("[[1,2],[3,NaN]]"), std::string("[[1,2],[3,1e999]]"),
          std::string("[[1,2],[3,1e39]]"), std::string("[[1,2],{}]"),
          std::string("{\"error\":\"x\"}"), std::string("null"), std::string("[[1,2],[3,true]]"),
          std::string("[[1,2],[3,4]]\0", 14), std::string("[[1,2],[3,4]] x"),
          std::string("[[[1],[2]],[[3],[4]]]")}) {
        const auto read = read_vectors(Api::tei, bad, 2, 2);
        ASSERT_FALSE(read) << bad;
        EXPECT_EQ(read.error().code, ErrorCode::unreadable) << bad;
    }
    for (const char* bad :
         {R"([])", R"({})", R"({"data":{}})", R"({"data":[{"index":0}]})",
          R"({"data":[{"embedding":[1,2]}]})", R"({"data":[{"index":1,"embedding":[1,2]}]})",
          R"({"data":[{"index":-1,"embedding":[1,2]}]})",
          R"({"data":[{"index":0.0,"embedding":[1,2]}]})",
          R"({"data":[{"index":"0","embedding":[1,2]}]})",
          R"({"data":[{"index":0,"embedding":"AACAPw=="}]})", R"({"data":[[1,2]]})"}) {
        EXPECT_FALSE(read_vectors(Api::openai, bad, 1, 2)) << bad;
    }
    EXPECT_FALSE(read_vectors(
        Api::openai, R"({"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]})", 2,
        1));
    for (const char* bad : {R"([])", R"([{"index":0}])", R"([{"score":1}])",
                            R"([{"index":1,"score":1}])", R"([{"index":0,"score":null}])",
                            R"([{"index":0,"score":1},{"index":0,"score":1}])", R"([0.5])"}) {
        EXPECT_FALSE(read_scores(bad, 1)) << bad;
    }
    EXPECT_FALSE(read_scores(R"([{"index":0,"score":1},{"index":0,"score":2}])", 2));
}

TEST(ModelCodec, TellsWhatAStatusMeansWithoutRepeatingTexts) {
    EXPECT_EQ(error_of(401, "").code, ErrorCode::denied);
    EXPECT_EQ(error_of(404, "").code, ErrorCode::not_found);
    EXPECT_EQ(error_of(422, "").code, ErrorCode::invalid_input);
    EXPECT_EQ(error_of(429, "").code, ErrorCode::unavailable);
    EXPECT_EQ(error_of(503, "").code, ErrorCode::unavailable);
    EXPECT_EQ(error_of(302, "").code, ErrorCode::unreadable);
    const Error batch = error_of(
        413,
        R"({"error":"batch size 64 > maximum allowed batch size 32","error_type":"Validation"})");
    EXPECT_EQ(batch.code, ErrorCode::too_large);
    EXPECT_NE(batch.message.find("set batch to 32"), std::string::npos);
    for (const unsigned status : {400U, 401U, 413U, 422U, 424U, 500U}) {
        EXPECT_EQ(error_of(status, "borgerens hemmelighed").message.find("hemmelighed"),
                  std::string::npos);
    }
}

TEST(ModelCodec, ReadsWhatTheServerSaysOfItself) {
    const auto info = read_info(R"({"model_id":"m","max_client_batch_size":32,"version":"1.5"})");
    ASSERT_TRUE(info);
    EXPECT_EQ(info->model, "m");
    EXPECT_EQ(info->batch, 32U);
    EXPECT_FALSE(read_info(R"({"model":"m"})"));
    EXPECT_FALSE(read_info("[]"));
}

}  // namespace
}  // namespace raadbot::model
