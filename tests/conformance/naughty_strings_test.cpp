// Strings that break programs, asked as questions: no crash, every answer valid JSON of the
// contract.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "bot/conversation/strict_json.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

using nlohmann::json;

std::vector<std::string> strings_of(const std::filesystem::path& file) {
    std::vector<std::string> result;
    for (const auto& one : json::parse(support::read_file(file)))
        result.push_back(one.get<std::string>());
    return result;
}

/// Asks all in one batch and checks every line; returns how many were answered.
std::size_t ask_all(const std::vector<std::string>& questions) {
    const support::Town town;
    EXPECT_EQ(town.ingest().exit_code, 0);
    std::string batch;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const json line = {{"id", std::to_string(i)},
                           {"question", questions[i]},
                           {"previous", {"hvad er det faste vederlag", questions[i]}},
                           {"now", "2026-11-23T09:00:00+01:00"}};
        batch += line.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    }
    const auto file = town.folder.write("batch.jsonl", batch);
    const auto outcome = support::run(town.line("ask", {"--json", "--batch", file.string()}));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::string line;
    std::size_t count = 0;
    std::size_t answered = 0;
    while (std::getline(lines, line)) {
        const auto answer = bot::parse_strict_json(line);
        EXPECT_TRUE(answer) << count << ": " << line;
        if (!answer) continue;
        static const std::set<std::string> kinds = {"answered", "refused", "clarify"};
        EXPECT_TRUE(kinds.contains(answer->value("kind", ""))) << line;
        EXPECT_EQ(answer->value("id", ""), std::to_string(count));
        EXPECT_FALSE(answer->value("text", "").empty()) << line;
        answered += answer->value("kind", "") == "answered" ? 1U : 0U;
        ++count;
    }
    EXPECT_EQ(count, questions.size());
    return answered;
}

TEST(NaughtyStrings, EveryOneGetsAValidReply) {
    const auto questions =
        strings_of(std::filesystem::path(RAADBOT_SHARED_DIR) / "suites/naughty-strings/blns.json");
    ASSERT_GT(questions.size(), 400U);
    const std::size_t answered = ask_all(questions);
    std::printf(
        "conformance: naughty strings: %zu asked, %zu valid replies, %zu answered, 0 crashes\n",
        questions.size(), questions.size(), answered);
}

}  // namespace
}  // namespace raadbot
