// `raadbot eval` on the towns' questions may not fall below these floors.
#include <gtest/gtest.h>

#include <regex>
#include <vector>

#include "tests/support/demo.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;

/// Per cent, a little under what was measured last.
struct Floors {
    double answers = 0;
    double refusals = 0;
    double near_misses = 0;       ///< Refused of near_misses.jsonl.
    double reworded_answers = 0;  ///< Of reworded.jsonl, where there is one.
    double reworded_refusals = 0;
};

double percent(const std::string& table, const std::string& row) {
    const std::regex line(row + R"( +\d+ +\d+ +([0-9.]+) %)");
    std::smatch match;
    if (!std::regex_search(table, match, line)) {
        ADD_FAILURE() << "no line \"" << row << "\" in\n" << table;
        return 0;
    }
    return std::stod(match[1]);
}

void expect_above(const Floors& floors, const std::string& town, const fs::path& config,
                  const fs::path& questions) {
    const auto outcome = support::run(
        {RAADBOT_BINARY, "eval", "--config", config.string(), "--questions", questions.string()});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const double answers = percent(outcome.out, "right answers");
    const double refusals = percent(outcome.out, "right refusals");
    std::printf("figure: %s: %.1f %% right answers, %.1f %% right refusals\n", town.c_str(),
                answers, refusals);
    EXPECT_GE(answers, floors.answers) << outcome.out;
    EXPECT_GE(refusals, floors.refusals) << outcome.out;
}

/// A town of this folder, read into a data folder of its own.
void expect_town_above(const Floors& floors, const std::string& town) {
    const fs::path source = fs::path(RAADBOT_SOURCE_DIR) / "tests/golden" / town;
    const support::TemporaryFolder folder;
    fs::copy(source, folder / town, fs::copy_options::recursive);
    std::string config = support::read_file(source / (town + ".toml"));
    config = std::regex_replace(config, std::regex("data_dir = [^\n]*"), "data_dir = \"data\"");
    const fs::path file = folder.write(town + "/" + town + ".toml", config);
    const auto read = support::run({RAADBOT_BINARY, "ingest", "--config", file.string()});
    ASSERT_EQ(read.exit_code, 0) << read.err;
    expect_above(floors, town, file, source / "questions.jsonl");
    const auto near = support::run({RAADBOT_BINARY, "eval", "--config", file.string(),
                                    "--questions", (source / "near_misses.jsonl").string()});
    ASSERT_EQ(near.exit_code, 0) << near.err;
    const double refused = percent(near.out, "right refusals");
    std::printf("figure: %s: %.1f %% of its near misses refused\n", town.c_str(), refused);
    EXPECT_GE(refused, floors.near_misses) << near.out;
    const fs::path reworded = source / "reworded.jsonl";
    if (fs::exists(reworded)) {
        expect_above({floors.reworded_answers, floors.reworded_refusals}, town + ", reworded", file,
                     reworded);
    }
}

TEST(EvalDemo, StaysAboveItsFloors) {
    std::string all;
    for (const auto& question : support::demo_questions()) all += question.dump() + "\n";
    const support::TemporaryFolder folder;
    expect_above({90.0, 97.0}, "demo", RAADBOT_DEMO_CONFIG, folder.write("questions.jsonl", all));
}

struct Town {
    std::string name;
    Floors floors;
};

class EvalTowns : public testing::TestWithParam<Town> {};

TEST_P(EvalTowns, StaysAboveItsFloors) { expect_town_above(GetParam().floors, GetParam().name); }

const std::vector<Town> towns{
    {"nabokommune", {92.5, 97.5, 88.5}},
    {"tranevig", {92.0, 97.0, 91.0, 74.0, 88.5}},
    {"klinthavn", {94.5, 97.0, 95.5, 72.5, 88.0}},
    {"elverlund", {89.0, 98.5, 88.5, 67.5, 80.0}},
    {"stenlev", {86.0, 95.5, 88.5, 56.0, 88.5}},
    {"vestermose", {85.0, 94.0, 88.5, 66.5, 93.5}},
    {"oerbaeklund", {90.0, 95.5, 95.5, 62.5, 86.0}},
    {"kystrup", {83.0, 98.5, 84.0, 63.0, 95.0}},
    {"langebro", {84.5, 98.5, 86.5, 70.5, 92.5}},
    {"noerrefjord", {88.0, 95.5, 92.5, 61.0, 90.0}},
    {"sejloe", {79.0, 95.5, 80.0}},
    {"moellerup", {85.0, 98.5, 78.0, 62.5, 88.5}},
    {"tofteby", {84.5, 95.5, 91.5, 62.5, 94.0}},
    {"strandby", {83.0, 95.5, 92.5, 67.5, 92.5}},
    {"egholm", {77.0, 95.5, 80.0, 65.0, 78.5}},
    {"ravnsholt", {78.0, 94.0, 97.5, 60.0, 95.0}},
    {"fuglsang", {78.0, 92.5, 91.0}},
    {"havrebjerg", {81.5, 97.0, 95.0}},
    {"lindeborg", {82.5, 92.5, 88.5, 64.0, 86.0}},
    {"bavnehoej", {69.0, 92.5, 95.5, 63.0, 81.5}},
    {"askholt", {76.5, 95.5, 93.0, 65.0, 88.0}},
    {"brinkmark", {78.5, 92.5, 93.0}},
    {"hjelmsund", {80.0, 88.5, 93.0, 63.0, 80.0}},
    {"toernholm", {84.0, 94.0, 91.0, 66.5, 87.5}},
    {"granslev", {78.5, 94.0, 93.0}},
    {"lysbaek", {80.0, 94.0, 88.5}},
    {"hvidsted", {75.0, 91.0, 86.5}},
    {"ravnholm", {72.5, 92.5, 82.0}},
    {"hedelund", {79.0, 94.0, 86.5}},
    {"vibaek", {74.5, 94.0, 93.0}},
    {"rosenvang", {80.0, 97.0, 91.0}},
    {"klokkedal", {69.0, 92.5, 95.5}},
    {"elleskov", {71.0, 97.0, 77.5}},
    {"tangvig", {74.5, 90.0, 91.0}},
};

INSTANTIATE_TEST_SUITE_P(Golden, EvalTowns, testing::ValuesIn(towns),
                         [](const auto& town) { return town.param.name; });

}  // namespace
}  // namespace raadbot
