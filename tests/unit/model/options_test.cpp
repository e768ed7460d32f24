#include "adapters/model/options.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace raadbot::model {
namespace {

Options good() {
    Options options;
    options.in_municipality_control = true;
    options.embedding.emplace();
    options.embedding->endpoint.url = "https://modeller.lunby.example:8443/e5";
    options.embedding->endpoint.name = "e5";
    options.embedding->dimension = 384;
    return options;
}

TEST(ModelOptions, AreTakenWhenNothingIsWrong) {
    EXPECT_TRUE(checked(good()));
    EXPECT_EQ(host_of(good().embedding->endpoint), "modeller.lunby.example:8443");
    for (const char* here : {"http://127.0.0.1:8080", "http://localhost", "http://[::1]:8080/x"}) {
        Options options = good();
        options.embedding->endpoint.url = here;
        EXPECT_TRUE(checked(options)) << here;
    }
}

TEST(ModelOptions, SayWhatIsWrong) {
    const auto complaint = [](const std::function<void(Options&)>& change) {
        Options options = good();
        change(options);
        const auto result = checked(options);
        EXPECT_FALSE(result);
        if (result) return std::string();
        EXPECT_EQ(result.error().code, ErrorCode::invalid_config);
        return result.error().message;
    };
    EXPECT_NE(complaint([](Options& o) {
                  o.in_municipality_control = false;
              }).find("model.in_municipality_control must be true"),
              std::string::npos);
    EXPECT_NE(complaint([](Options& o) { o.embedding.reset(); }).find("names no model"),
              std::string::npos);
    EXPECT_NE(
        complaint([](Options& o) { o.embedding->dimension = 0; }).find("model.embedding.dimension"),
        std::string::npos);
    EXPECT_NE(
        complaint([](Options& o) { o.embedding->endpoint.name = ""; }).find("model.embedding.name"),
        std::string::npos);
    EXPECT_EQ(
        complaint([](Options& o) { o.embedding->endpoint.key = "a\r\nHost: x"; }).find("Host"),
        std::string::npos);
    for (const char* url : {"", "modeller", "ftp://a.example", "https://", "http://a.example",
                            "http://127.0.0.1.evil.example", "http://10.0.0.1:80",
                            "https://a.example/", "https://u:p@a.example", "https://a.example?x",
                            "https://a.example#x", "http://localhost.example", "https://a b",
                            "https://\xc3\xa6.example", "https://a\tb", "http://[::2]"}) {
        EXPECT_NE(complaint([&](Options& o) {
                      o.embedding->endpoint.url = url;
                  }).find("model.embedding.url"),
                  std::string::npos)
            << url;
    }
    EXPECT_NE(complaint([](Options& o) {
                  o.reranking.emplace();
                  o.reranking->endpoint = o.embedding->endpoint;
                  o.reranking->endpoint.api = Api::openai;
              }).find("model.reranking.api"),
              std::string::npos);
}

}  // namespace
}  // namespace raadbot::model
