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
    expect_above({93.0, 98.5}, "demo", RAADBOT_DEMO_CONFIG, folder.write("questions.jsonl", all));
}

struct Town {
    std::string name;
    Floors floors;
};

class EvalTowns : public testing::TestWithParam<Town> {};

TEST_P(EvalTowns, StaysAboveItsFloors) { expect_town_above(GetParam().floors, GetParam().name); }

const std::vector<Town> towns{
    {"nabokommune", {91.0, 97.5, 95.5}},
    {"tranevig", {94.0, 95.5, 93.0, 80.0, 92.0}},
    {"klinthavn", {97.0, 97.0, 97.5, 77.5, 96.0}},
    {"elverlund", {92.0, 98.5, 91.0, 77.5, 86.0}},
    {"stenlev", {90.0, 95.5, 95.5, 74.0, 90.0}},
    {"vestermose", {87.0, 95.5, 93.0, 74.0, 97.5}},
    {"oerbaeklund", {94.5, 94.0, 97.5, 80.0, 92.0}},
    {"kystrup", {92.0, 98.5, 86.5, 76.5, 97.5}},
    {"langebro", {90.0, 98.5, 93.0, 77.5, 95.0}},
    {"noerrefjord", {90.5, 95.5, 97.5, 73.0, 91.0}},
    {"sejloe", {90.5, 95.5, 90.0}},
    {"moellerup", {90.0, 97.0, 88.0, 70.0, 90.0}},
    {"tofteby", {91.0, 95.5, 93.0, 77.5, 96.5}},
    {"strandby", {90.0, 97.0, 95.0, 81.5, 96.0}},
    {"egholm", {84.0, 94.0, 91.0, 73.5, 85.0}},
    {"ravnsholt", {86.5, 97.0, 97.5, 74.0, 95.0}},
    {"fuglsang", {85.0, 97.0, 93.0}},
    {"havrebjerg", {86.5, 98.5, 97.5}},
    {"lindeborg", {88.0, 92.5, 91.0, 73.0, 89.0}},
    {"bavnehoej", {80.0, 97.0, 95.5, 73.5, 88.0}},
    {"askholt", {86.0, 98.5, 93.0, 76.5, 91.5}},
    {"brinkmark", {91.0, 97.0, 97.5}},
    {"hjelmsund", {88.5, 94.0, 93.0, 73.5, 85.0}},
    {"toernholm", {88.0, 97.0, 95.5, 71.0, 90.0}},
    {"granslev", {88.0, 97.0, 97.5}},
    {"lysbaek", {84.5, 97.0, 93.0}},
    {"hvidsted", {86.0, 95.5, 97.5}},
    {"ravnholm", {85.0, 97.0, 91.0}},
    {"hedelund", {86.5, 92.5, 95.5}},
    {"vibaek", {84.5, 98.5, 95.5}},
    {"rosenvang", {89.0, 97.0, 97.5}},
    {"klokkedal", {80.5, 95.5, 97.5}},
    {"elleskov", {84.0, 98.5, 88.5}},
    {"tangvig", {86.5, 97.0, 97.5}},
    {"bregnevig", {79.0, 95.5, 91.0}},
    {"stormark", {82.0, 94.0, 84.0}},
    {"hjortebro", {79.0, 97.0, 97.5}},
    {"fiskbjerg", {80.0, 98.5, 93.0}},
    {"vesterby", {86.5, 97.0, 93.0}},
    {"skovkilde", {84.5, 98.5, 88.5}},
    {"klintelev", {76.5, 94.0, 91.0}},
    {"aabrink", {74.5, 95.5, 91.0}},
    {"hedelev", {79.0, 94.0, 91.0}},
    {"mosevang", {78.0, 92.5, 84.0}},
    {"ringsholt", {82.0, 94.0, 93.0}},
};

INSTANTIATE_TEST_SUITE_P(Golden, EvalTowns, testing::ValuesIn(towns),
                         [](const auto& town) { return town.param.name; });

}  // namespace
}  // namespace raadbot
