// `raadbot eval` on the demo municipality's development questions may not fall below these floors.
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/demo.hpp"

namespace raadbot {
namespace {

// Per cent, a little under what was measured last.
constexpr double least_right_answers = 76.0;
constexpr double least_right_refusals = 90.5;

double percent(const std::string& table, const std::string& row) {
    const std::regex line(row + R"( +\d+ +\d+ +([0-9.]+) %)");
    std::smatch match;
    if (!std::regex_search(table, match, line)) {
        ADD_FAILURE() << "no line \"" << row << "\" in\n" << table;
        return 0;
    }
    return std::stod(match[1]);
}

TEST(EvalDemo, StaysAboveItsFloors) {
    std::string all;
    for (const auto& question : support::demo_questions()) all += question.dump() + "\n";
    const support::TemporaryFolder folder;
    const auto file = folder.write("questions.jsonl", all);
    const auto outcome = support::run(
        {RAADBOT_BINARY, "eval", "--config", RAADBOT_DEMO_CONFIG, "--questions", file.string()});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const double answers = percent(outcome.out, "right answers");
    const double refusals = percent(outcome.out, "right refusals");
    std::printf("figure: demo: %.1f %% right answers, %.1f %% right refusals\n", answers, refusals);
    EXPECT_GE(answers, least_right_answers) << outcome.out;
    EXPECT_GE(refusals, least_right_refusals) << outcome.out;
}

}  // namespace
}  // namespace raadbot
