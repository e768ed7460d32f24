// The client against a server that is as strict as the real ones, and fails in every way.
#include "adapters/model/client.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "adapters/model/doctor.hpp"
#include "tests/support/fake_model.hpp"
#include "tests/support/nginx.hpp"
#include "tests/support/temporary_folder.hpp"

/// OpenSSL keeps a little for each thread, and cpprestsdk's threads do not end before the program.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcrypto"; }

namespace raadbot::model {
namespace {

using namespace std::chrono_literals;
using support::FakeModel;
using support::Fault;

models::Deadline in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

class ModelClient : public testing::TestWithParam<Api> {
protected:
    [[nodiscard]] EmbeddingOptions options(Api api = Api::tei) const {
        EmbeddingOptions options;
        options.endpoint.api = api;
        options.endpoint.url = fake_.url();
        options.endpoint.name = FakeModel::name;
        options.endpoint.key = "hemmelig";
        options.endpoint.batch = FakeModel::most_texts;
        options.dimension = FakeModel::dimension;
        options.question_prefix = "query: ";
        options.passage_prefix = "passage: ";
        return options;
    }
    [[nodiscard]] RerankingOptions reranking() const {
        RerankingOptions options;
        options.endpoint = this->options().endpoint;
        return options;
    }
    FakeModel fake_;
    const std::vector<std::string> texts_ = {"byrådet mødes", "biblioteket lukker", "vederlag"};
};

INSTANTIATE_TEST_SUITE_P(Apis, ModelClient, testing::Values(Api::tei, Api::openai));

TEST_P(ModelClient, GetsTheVectorsOfTheTextsInTheirOrder) {
    const auto embedder = connect(options(GetParam()));
    const auto vectors = embedder->embed(texts_, models::TextIs::passage, in(1min));
    ASSERT_TRUE(vectors) << vectors.error().message;
    ASSERT_EQ(vectors->size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto expected = fake_.vector_of("passage: " + texts_[i]);
        for (std::size_t d = 0; d < expected.size(); ++d) {
            EXPECT_NEAR((*vectors)[i][d], expected[d], 1e-6F);
        }
    }
    ASSERT_TRUE(embedder->embed({&texts_[0], 1}, models::TextIs::question, in(1min)));
    EXPECT_EQ(fake_.texts().back(), "query: byrådet mødes");
    EXPECT_TRUE(fake_.complaints().empty());
}

TEST_P(ModelClient, NoticesEveryFailureAndNeverTellsTheKeyOrTheText) {
    struct Case {
        Fault fault;
        ErrorCode code;
    };
    for (const Case& failure : {
             Case{Fault::closes, ErrorCode::unavailable},
             Case{Fault::cut_short, ErrorCode::unavailable},
             Case{Fault::truncated_json, ErrorCode::unreadable},
             Case{Fault::busy, ErrorCode::unavailable},
             Case{Fault::fails, ErrorCode::unavailable},
             Case{Fault::wrong_dimension, ErrorCode::unreadable},
             Case{Fault::not_a_number, ErrorCode::unreadable},
             Case{Fault::too_great, ErrorCode::unreadable},
             Case{Fault::one_too_few, ErrorCode::unreadable},
             Case{Fault::endless, ErrorCode::unreadable},
             Case{Fault::announced_large, ErrorCode::unreadable},
             Case{Fault::redirects, ErrorCode::unreadable},
             Case{Fault::html, ErrorCode::unreadable},
         }) {
        fake_.fault(failure.fault);
        const auto vectors =
            connect(options(GetParam()))->embed(texts_, models::TextIs::passage, in(1min));
        ASSERT_FALSE(vectors) << static_cast<int>(failure.fault);
        EXPECT_EQ(vectors.error().code, failure.code)
            << static_cast<int>(failure.fault) << ": " << vectors.error().message;
        EXPECT_EQ(vectors.error().message.find("hemmelig"), std::string::npos);
        EXPECT_EQ(vectors.error().message.find("vederlag"), std::string::npos);
        fake_.fault(Fault::none);
        EXPECT_TRUE(connect(options(GetParam()))->embed(texts_, models::TextIs::passage, in(1min)))
            << static_cast<int>(failure.fault);
    }
}

TEST_P(ModelClient, DoesNotWaitBeyondTheDeadline) {
    for (const Fault fault : {Fault::silent, Fault::stalls}) {
        fake_.fault(fault);
        const auto vectors =
            connect(options(GetParam()))->embed(texts_, models::TextIs::passage, in(200ms));
        ASSERT_FALSE(vectors);
        EXPECT_EQ(vectors.error().code, ErrorCode::timed_out) << static_cast<int>(fault);
    }
    EXPECT_EQ(connect(options())->embed(texts_, models::TextIs::passage, in(-1ms)).error().code,
              ErrorCode::timed_out);
}

TEST_F(ModelClient, TriesOnceMoreWhereThatMayHelp) {
    for (const Fault fault : {Fault::busy_once, Fault::fails_once}) {
        fake_.forget();
        fake_.fault(fault);
        EXPECT_TRUE(connect(options())->embed(texts_, models::TextIs::passage, in(1min)));
        EXPECT_EQ(fake_.requests(), 2U);
    }
    fake_.forget();
    fake_.fault(Fault::fails);
    EXPECT_FALSE(connect(options())->embed(texts_, models::TextIs::passage, in(1min)));
    EXPECT_EQ(fake_.requests(), 2U);
    // Retry-After asks for an hour: there is no time for that.
    fake_.forget();
    fake_.fault(Fault::busy);
    EXPECT_FALSE(connect(options())->embed(texts_, models::TextIs::passage, in(1min)));
    EXPECT_EQ(fake_.requests(), 1U);
    // A refusal stays one.
    fake_.forget();
    fake_.fault(Fault::none);
    fake_.refuse("vederlag");
    const auto refused = connect(options())->embed(texts_, models::TextIs::passage, in(1min));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_input);
    EXPECT_EQ(fake_.requests(), 1U);
}

TEST_P(ModelClient, TellsAWrongKeyPathBatchAndAServerThatIsNotThere) {
    auto wrong = options(GetParam());
    wrong.endpoint.key = "forkert";
    EXPECT_EQ(connect(wrong)->embed(texts_, models::TextIs::passage, in(1min)).error().code,
              ErrorCode::denied);
    wrong = options(GetParam());
    wrong.endpoint.url += "/andetsteds";
    EXPECT_EQ(connect(wrong)->embed(texts_, models::TextIs::passage, in(1min)).error().code,
              ErrorCode::not_found);
    const std::vector<std::string> many(9, "tekst");
    const auto too_many =
        connect(options(GetParam()))->embed(many, models::TextIs::passage, in(1min));
    ASSERT_FALSE(too_many);
    EXPECT_NE(too_many.error().message.find("set batch to 8"), std::string::npos);
    wrong = options(GetParam());
    {
        const FakeModel gone;
        wrong.endpoint.url = gone.url();
    }
    const auto nobody = connect(wrong)->embed(texts_, models::TextIs::passage, in(1min));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, ErrorCode::unavailable);
    EXPECT_NE(nobody.error().message.find("cannot be reached"), std::string::npos);
}

TEST_F(ModelClient, GetsScoresInTheOrderOfTheTexts) {
    const auto reranker = connect(reranking());
    const auto scores = reranker->score("hvornår lukker biblioteket", texts_, in(1min));
    ASSERT_TRUE(scores) << scores.error().message;
    ASSERT_EQ(scores->size(), 3U);
    EXPECT_GT((*scores)[1], (*scores)[0]);
    EXPECT_GT((*scores)[1], (*scores)[2]);
    EXPECT_TRUE(fake_.complaints().empty());
    for (const Fault fault : {Fault::wrong_dimension, Fault::not_a_number, Fault::one_too_few,
                              Fault::same_index_twice, Fault::truncated_json, Fault::html}) {
        fake_.fault(fault);
        const auto bad = reranker->score("lukker", texts_, in(1min));
        ASSERT_FALSE(bad) << static_cast<int>(fault);
        EXPECT_EQ(bad.error().code, ErrorCode::unreadable);
    }
}

TEST_F(ModelClient, DoctorTriesThemAndSaysWhatToDo) {
    Options all;
    all.in_municipality_control = true;
    all.embedding = options();
    all.reranking = reranking();
    all.time = 10s;
    auto checks = examine(all);
    ASSERT_EQ(checks.size(), 2U);
    for (const Check& check : checks) {
        EXPECT_EQ(check.state, Check::State::good) << check.text;
        EXPECT_EQ(check.text.find("hemmelig"), std::string::npos);
    }
    all.reranking.reset();
    all.embedding->endpoint.batch = 64;
    all.embedding->endpoint.name = "en-anden";
    checks = examine(all);
    ASSERT_EQ(checks.size(), 3U);
    EXPECT_NE(checks[1].text.find(FakeModel::name), std::string::npos);
    EXPECT_EQ(checks[2].state, Check::State::bad);
    EXPECT_NE(checks[2].text.find("takes 8 texts at once: set batch to that"), std::string::npos);
    all.embedding->dimension = 384;
    checks = examine(all);
    EXPECT_EQ(checks.front().state, Check::State::bad);
    EXPECT_NE(checks.front().text.find("48 numbers, not 384"), std::string::npos);
}

TEST_F(ModelClient, ChecksCertificates) {
    const support::TemporaryFolder folder;
    const std::string key = (folder / "key.pem").string();
    const std::string certificate = (folder / "certificate.pem").string();
    const std::string make =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 "
        "-addext subjectAltName=IP:127.0.0.1 -keyout " +
        key + " -out " + certificate + " 2>/dev/null";
    ASSERT_EQ(std::system(make.c_str()), 0);
    support::Nginx nginx(folder / "nginx");
    const auto port = nginx.listen();
    nginx.start("server { listen 127.0.0.1:" + std::to_string(port) + " ssl; ssl_certificate " +
                certificate + "; ssl_certificate_key " + key +
                "; default_type application/json; location /embed { return 200 '[[3,4]]'; } }\n");
    EmbeddingOptions options;
    options.endpoint.url = "https://127.0.0.1:" + std::to_string(port);
    options.endpoint.name = "m";
    options.dimension = 2;
    const auto refused =
        connect(options)->embed({&texts_[0], 1}, models::TextIs::passage, in(1min));
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("certificate is not trusted"), std::string::npos);
    options.endpoint.authorities = certificate;
    const auto trusted =
        connect(options)->embed({&texts_[0], 1}, models::TextIs::passage, in(1min));
    ASSERT_TRUE(trusted) << trusted.error().message << nginx.errors();
    EXPECT_EQ(trusted->front(), (std::vector<float>{3, 4}));
    // Trusted, but another's: the certificate is for the address, not for this name.
    options.endpoint.url = "https://localhost:" + std::to_string(port);
    EXPECT_FALSE(connect(options)->embed({&texts_[0], 1}, models::TextIs::passage, in(1min)));
}

}  // namespace
}  // namespace raadbot::model
