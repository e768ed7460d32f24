// After an upgrade the index of the earlier version is built anew, by itself and from the store.
#include "bot/app/index_upkeep.hpp"

#include <gtest/gtest.h>

#include "retrieval/index/file_layer.hpp"
#include "retrieval/index/paged_file.hpp"
#include "tests/support/town.hpp"

namespace raadbot::app {
namespace {

class IndexUpkeep : public ::testing::Test {
protected:
    IndexUpkeep() {
        folder_.write("sider/plads.md", "# Pladsen\n\nGenbrugspladsen har åbent kl. 8-18.\n");
        folder_.write("town.toml",
                      "data_dir = \"data\"\nmunicipality = \"Lunby Kommune\"\n[[source]]\n"
                      "id = \"sider\"\nkind = \"handbook\"\npath = \"sider\"\n"
                      "base_url = \"https://lunby.example/\"\n");
        EXPECT_EQ(run("ingest").exit_code, 0);
        const std::filesystem::path manifest = folder_ / "data/index/manifest";
        index::PagedFileWriter file(index::posix_files(), manifest);
        file.begin_section(0);
        static_cast<void>(file.finish({0}));
    }
    support::Outcome run(const std::string& command, const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{RAADBOT_BINARY, command, "--config",
                                       (folder_ / "town.toml").string()};
        words.insert(words.end(), more.begin(), more.end());
        return support::run(words);
    }
    const support::TemporaryFolder folder_;
};

TEST_F(IndexUpkeep, AskingSaysWhatToDo) {
    const auto outcome = run("ask", {"hvornår har genbrugspladsen åbent?"});
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_NE(outcome.err.find("`raadbot ingest`"), std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.err.find("damaged"), std::string::npos) << outcome.err;
}

TEST_F(IndexUpkeep, ReadingTheSourcesRenewsIt) {
    const auto outcome = run("ingest");
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_NE(outcome.out.find("built anew"), std::string::npos) << outcome.out;
    EXPECT_NE(run("ask", {"hvornår har genbrugspladsen åbent?"}).out.find("8-18"),
              std::string::npos);
}

TEST_F(IndexUpkeep, ServingRenewsItFirst) {
    const auto config = read_config(folder_ / "town.toml");
    ASSERT_TRUE(config);
    std::string told;
    const auto log = [&](std::string_view line) { told += line; };
    ASSERT_TRUE(renew_outdated_index(*config, log));
    EXPECT_NE(told.find("anew"), std::string::npos);
    EXPECT_NE(run("ask", {"hvornår har genbrugspladsen åbent?"}).out.find("8-18"),
              std::string::npos);
    told.clear();
    ASSERT_TRUE(renew_outdated_index(*config, log));
    EXPECT_EQ(told, "");
}

}  // namespace
}  // namespace raadbot::app
