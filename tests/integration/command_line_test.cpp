// The command line as other programs use it: options in any order, the JSON contract field by
// field, exit codes. On a town of two pages.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using nlohmann::json;
using support::Outcome;
using support::Town;

constexpr const char* now = "2026-11-23T09:00:00+01:00";
constexpr const char* pay_question = "hvad er det faste vederlag";

/// A read town, shared by the tests: none of them changes it.
const Town& read_town() {
    static const Town town;
    static const Outcome read = town.ingest();
    EXPECT_EQ(read.exit_code, 0) << read.err;
    return town;
}

json ask(std::vector<std::string> options) {
    const Outcome outcome = support::run(read_town().line("ask", std::move(options)));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    json answer = json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(answer.is_object()) << outcome.out;
    return answer;
}

void expect_contract(const json& answer) {
    for (const char* key : {"kind", "text", "language", "answer_id", "permalink"}) {
        ASSERT_TRUE(answer.contains(key)) << key;
        EXPECT_TRUE(answer[key].is_string()) << key;
    }
    EXPECT_TRUE(answer.at("elapsed_ms").is_number());
    ASSERT_TRUE(answer.at("sentences").is_array());
    ASSERT_TRUE(answer.at("sources").is_array());
    ASSERT_TRUE(answer.at("terms").is_array());
    for (const json& sentence : answer["sentences"]) {
        EXPECT_TRUE(sentence.at("text").is_string());
        EXPECT_FALSE(sentence.at("citations").empty()) << "every sentence has its source";
        for (const json& number : sentence["citations"]) {
            EXPECT_GE(number.get<std::size_t>(), 1U);
            EXPECT_LE(number.get<std::size_t>(), answer["sources"].size());
        }
    }
    for (const json& source : answer["sources"]) {
        for (const char* key :
             {"source_id", "document_id", "url", "title", "kind", "quote", "anchor", "checked"}) {
            ASSERT_TRUE(source.contains(key)) << key;
            EXPECT_TRUE(source[key].is_string()) << key;
        }
        EXPECT_TRUE(source.at("n").is_number_unsigned());
    }
}

TEST(CommandLine, AnswerHasEveryFieldOfTheContract) {
    const json answer = ask({"--json", "--now", now, pay_question});
    expect_contract(answer);
    EXPECT_EQ(answer["kind"], "answered");
    ASSERT_FALSE(answer["sources"].empty());
    EXPECT_EQ(answer["sources"][0]["source_id"], "pages");
    EXPECT_NE(answer["sources"][0]["quote"].get<std::string>().find("112.203"), std::string::npos);
}

TEST(CommandLine, RefusalSaysItsReason) {
    const json answer = ask({"--json", "--now", now, "hvad er hovedstaden i Australien"});
    expect_contract(answer);
    EXPECT_EQ(answer["kind"], "refused");
    EXPECT_TRUE(answer.at("reason").is_string());
    EXPECT_TRUE(answer["sentences"].empty());
}

TEST(CommandLine, QuestionMayStandBeforeBetweenAndBehindRepeatedOptions) {
    json last = ask(
        {"--json", "--now", now, "--audience", "council", "--audience", "public", pay_question});
    json first = ask(
        {pay_question, "--json", "--now", now, "--audience", "council", "--audience", "public"});
    json between = ask(
        {"--json", "--audience", "council", pay_question, "--audience", "public", "--now", now});
    json behind_previous = ask({"--json", "--now", now, "--audience", "council", "--audience",
                                "public", "--previous", "hvad koster en tur", pay_question});
    for (json* answer : {&last, &first, &between, &behind_previous}) answer->erase("elapsed_ms");
    EXPECT_EQ(last["kind"], "answered");
    EXPECT_EQ(last, first);
    EXPECT_EQ(last, between);
    EXPECT_EQ(last["sentences"], behind_previous["sentences"]);
}

TEST(CommandLine, ChannelsGiveTheSameAnswer) {
    json cli = ask({"--json", "--now", now, "--channel", "cli", pay_question});
    cli.erase("elapsed_ms");
    for (const char* channel : {"web", "teams", "matrix"}) {
        json other = ask({"--json", "--now", now, "--channel", channel, pay_question});
        other.erase("elapsed_ms");
        EXPECT_EQ(cli, other) << channel;
    }
}

TEST(CommandLine, BatchAnswersEachLineInOrderUnderItsId) {
    const Town& town = read_town();
    town.folder.write(
        "batch.jsonl",
        R"({"id": "a", "question": "hvad er det faste vederlag"})"
        "\n\n"
        R"({"id": "b", "question": "hvornår udbetales det", "previous": )"
        R"(["hvad er det faste vederlag"], "now": "2026-11-23", "audience": ["council"]})"
        "\n"
        R"({"id": "c", "question": "skriv et digt"})"
        "\n");
    const Outcome outcome = support::run(
        town.line("ask", {"--batch", (town.folder / "batch.jsonl").string(), "--json"}));
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::string line;
    std::string ids;
    std::vector<json> answers;
    while (std::getline(lines, line)) {
        answers.push_back(json::parse(line, nullptr, false));
        ASSERT_TRUE(answers.back().is_object()) << line;
        expect_contract(answers.back());
        ids += answers.back().at("id").get<std::string>();
    }
    EXPECT_EQ(ids, "abc");
    ASSERT_EQ(answers.size(), 3U);
    EXPECT_NE(answers[1]["text"].get<std::string>().find("sidste hverdag"), std::string::npos)
        << answers[1];
    EXPECT_EQ(answers[2]["kind"], "refused");
}

TEST(CommandLine, BrokenBatchLineIsNamed) {
    const Town& town = read_town();
    town.folder.write("broken.jsonl", "{\"id\": \"a\", \"question\": \"hej\"}\n{\"id\": \"b\"}\n");
    const Outcome outcome = support::run(
        town.line("ask", {"--batch", (town.folder / "broken.jsonl").string(), "--json"}));
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_NE(outcome.err.find("broken.jsonl:2"), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("question"), std::string::npos) << outcome.err;
}

TEST(CommandLine, WrongUsageExitsTwo) {
    const Town& town = read_town();
    EXPECT_EQ(support::run(town.line("ask")).exit_code, 2) << "no question";
    EXPECT_EQ(support::run(town.line("ask", {"--channel", "fax", "hvad"})).exit_code, 2);
    EXPECT_EQ(support::run(town.line("ask", {"--now", "i går", "hvad"})).exit_code, 2);
    EXPECT_EQ(support::run(town.line("ask", {"--audience", "alle", "hvad"})).exit_code, 2);
    EXPECT_EQ(support::run({Town::program(), "ask", "hvad"}).exit_code, 2) << "no --config";
}

}  // namespace
}  // namespace raadbot
