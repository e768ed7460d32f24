// Every case of the SDKs' authentication tests has a counterpart here or a reason why not: the list
// is auth_cases.txt, the cases' names come from outside (RAADBOT_SHARED).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "adapters/teams/json.hpp"

namespace raadbot::teams {
namespace {

struct Case {
    std::string sdk, file, name;
    auto operator<=>(const Case&) const = default;
};

std::vector<std::string> columns(const std::string& line) {
    std::vector<std::string> out;
    std::size_t begin = 0;
    for (std::size_t end = 0; end != std::string::npos; begin = end + 3) {
        end = line.find(" | ", begin);
        out.push_back(line.substr(begin, end == std::string::npos ? end : end - begin));
        if (end == std::string::npos) break;
    }
    return out;
}

std::map<Case, std::string> counterparts() {
    std::map<Case, std::string> out;
    std::ifstream file(RAADBOT_SOURCE_DIR "/tests/unit/teams/auth_cases.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        const auto parts = columns(line);
        EXPECT_TRUE(parts.size() == 4 || (parts.size() == 5 && parts[4] == "opposite")) << line;
        if (parts.size() < 4) continue;
        EXPECT_TRUE(out.emplace(Case{parts[0], parts[1], parts[2]}, parts[3]).second) << line;
    }
    return out;
}

std::set<std::string> tests_here() {
    std::set<std::string> out;
    const auto& all = *testing::UnitTest::GetInstance();
    for (int s = 0; s < all.total_test_suite_count(); ++s) {
        const auto& suite = *all.GetTestSuite(s);
        for (int t = 0; t < suite.total_test_count(); ++t)
            out.insert(std::string(suite.name()) + "." + suite.GetTestInfo(t)->name());
    }
    return out;
}

TEST(SdkCases, EveryCounterpartIsATestHereOrHasAReason) {
    const auto list = counterparts();
    const auto tests = tests_here();
    EXPECT_GT(list.size(), 100U);
    for (const auto& [sdk_case, counterpart] : list) {
        EXPECT_TRUE(tests.contains(counterpart) ||
                    (counterpart.starts_with("- ") && counterpart.size() > 10))
            << sdk_case.name << ": " << counterpart;
    }
}

#ifdef RAADBOT_SHARED_DIR
TEST(SdkCases, NoneIsLeftOut) {
    const std::string shared = RAADBOT_SHARED_DIR;
    std::ifstream file(shared + "/suites/botframework-auth-cases/cases.json");
    const auto cases =
        parse_json(std::string((std::istreambuf_iterator<char>(file)), {})).value_or(Json());
    ASSERT_TRUE(cases.is_array());
    const auto list = counterparts();
    std::set<Case> used;
    std::size_t applicable = 0, others = 0;
    for (const Json& one : cases) {
        Case wanted{string_at(one, "sdk"), string_at(one, "file"), string_at(one, "case")};
        if (!list.contains(wanted)) wanted.name = "*";
        const auto found = list.find(wanted);
        EXPECT_NE(found, list.end()) << one;
        if (found == list.end()) continue;
        used.insert(wanted);
        (found->second.starts_with("-") ? others : applicable) += 1;
    }
    EXPECT_EQ(used.size(), list.size()) << "the list names cases that there are not";
    EXPECT_EQ(applicable + others, cases.size());
    std::printf(
        "conformance: token checks of the SDKs: %zu cases, %zu applicable and each with its test, "
        "%zu not and each with its reason\n",
        cases.size(), applicable, others);
}
#endif

}  // namespace
}  // namespace raadbot::teams
