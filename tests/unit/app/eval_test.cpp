// How `raadbot eval` judges: facts, alternatives, refusals, sources. On the real program.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using nlohmann::json;

class EvalTest : public ::testing::Test {
protected:
    EvalTest() { EXPECT_EQ(town_.ingest().exit_code, 0); }

    support::Outcome eval(const std::string& lines, std::vector<std::string> more = {}) {
        const auto file = town_.folder.write("questions.jsonl", lines);
        std::vector<std::string> arguments{"--questions", file.string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return support::run(town_.line("eval", arguments));
    }
    /// One question about the pay with these expectations.
    json judged(json expectations) {
        expectations["id"] = "q";
        expectations["now"] = "2026-11-23T09:00:00+01:00";
        if (!expectations.contains("question"))
            expectations["question"] = "hvad er det faste vederlag";
        const auto outcome = eval(expectations.dump() + "\n", {"--json"});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        json line = json::parse(outcome.out, nullptr, false);
        EXPECT_TRUE(line.is_object()) << outcome.out;
        return line;
    }

    support::Town town_;
};

TEST_F(EvalTest, FactsCountWithoutThousandsDotsAndCase) {
    EXPECT_EQ(judged({{"expect", "answered"}, {"answer_facts", {"112203 KR"}}})["right"], true);
    EXPECT_EQ(judged({{"expect", "answered"}, {"answer_facts", {"112.203 kr."}}})["right"], true);
    EXPECT_EQ(judged({{"expect", "answered"}, {"answer_facts", {"112.204 kr."}}})["right"], false);
}

TEST_F(EvalTest, AllFactsMustBeThereAndOneOfAList) {
    EXPECT_EQ(judged({{"expect", "answered"}, {"answer_facts", {"112.203", "mangler"}}})["right"],
              false);
    EXPECT_EQ(judged({{"expect", "answered"},
                      {"answer_facts", json::array({{"mangler", "112.203"}})}})["right"],
              true);
    EXPECT_EQ(judged({{"expect", "answered"},
                      {"answer_facts", {"mangler"}},
                      {"accept", {"112.203"}}})["right"],
              true);
}

TEST_F(EvalTest, TheReasonOfARefusalIsCountedApart) {
    const json right =
        judged({{"question", "skriv et digt"}, {"expect", "refused"}, {"reason", "out_of_scope"}});
    EXPECT_EQ(right["right"], true);
    EXPECT_EQ(right["reason_right"], true);
    const json other =
        judged({{"question", "skriv et digt"}, {"expect", "refused"}, {"reason", "personal_data"}});
    EXPECT_EQ(other["right"], true) << "a refusal all the same";
    EXPECT_EQ(other["reason_right"], false);
    EXPECT_NE(other["why"].get<std::string>().find("instead of personal_data"), std::string::npos);
}

TEST_F(EvalTest, ABadLineIsNamedWithWhatIsWrong) {
    const auto error_of = [&](const std::string& line) {
        const auto outcome = eval("{\"question\": \"hej\"}\n" + line + "\n");
        EXPECT_NE(outcome.exit_code, 0) << line;
        EXPECT_NE(outcome.err.find("questions.jsonl:2"), std::string::npos) << outcome.err;
        return outcome.err;
    };
    const auto says = [&](const std::string& line, const std::string& words) {
        EXPECT_NE(error_of(line).find(words), std::string::npos) << error_of(line);
    };
    says(R"({"question": 7})", "question");
    says(R"({"question": "a", "question": "b"})", "");
    says(R"({"question": "a"} {})", "");
    says(R"({"question": "a", "previous": "b"})", "previous");
    says(R"({"question": "a", "answer_facts": "b"})", "answer_facts");
    says(R"({"question": "a", "kind": 1})", "kind");
}

TEST_F(EvalTest, RefusingIsRightOnlyWhenExpected) {
    const json asked = {{"expect", "refused"}, {"reason", "out_of_scope"}};
    EXPECT_EQ(judged(asked)["right"], false) << "an answer where a refusal is wanted";
    json poem = asked;
    poem["question"] = "skriv et digt om foråret";
    EXPECT_EQ(judged(poem)["right"], true);
    poem["expect"] = "answered";
    poem["answer_facts"] = json::array({"forår"});
    const json line = judged(poem);
    EXPECT_EQ(line["right"], false);
    EXPECT_TRUE(line["why"].get<std::string>().starts_with("refused")) << line["why"];
}

TEST_F(EvalTest, TableCountsAnswersAndRefusals) {
    const auto outcome = eval(
        R"({"id":"1","question":"hvad er det faste vederlag","kind":"amount","expect":"answered","answer_facts":["112203"],"source_urls":["https://lunby.example/"]})"
        "\n\n"
        R"({"id":"2","question":"skriv et digt om foråret","kind":"assistant","expect":"refused"})"
        "\n");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_NE(
        outcome.out.find("right answers                    1     1  100.0 %   source 100.0 %"),
        std::string::npos)
        << outcome.out;
    EXPECT_NE(outcome.out.find("right refusals                   1     1  100.0 %"),
              std::string::npos)
        << outcome.out;
}

TEST_F(EvalTest, WrongLineIsNamed) {
    const auto outcome = eval("{\"question\":\"a\"}\nnot json\n");
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_NE(outcome.err.find("questions.jsonl:2"), std::string::npos) << outcome.err;
}

}  // namespace
}  // namespace raadbot
