// Search quality on the two public Danish collections of retrieval/index/QUALITY.md: floors a
// little under what is measured there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "retrieval/index/rank.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::index {
namespace {

/// With every `step`th question only.
RankFigures figures_of(const std::string& collection, std::size_t step) {
    const std::filesystem::path data =
        std::filesystem::path(RAADBOT_SHARED_DIR) / "danish" / collection;
    RankOptions options;
    options.corpus = data / "corpus.jsonl";
    const support::TemporaryFolder folder;
    options.queries = folder.path() / "queries.jsonl";
    std::ifstream all(data / "queries.jsonl");
    std::ofstream some(options.queries);
    std::string line;
    for (std::size_t i = 0; std::getline(all, line); ++i) {
        if (i % step == 0) some << line << '\n';
    }
    some.close();
    options.qrels = data / "qrels.tsv";
    options.lexicon_directory = std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/lexicon";
    const auto figures = rank(options);
    EXPECT_TRUE(figures) << figures.error().message;
    return figures ? *figures : RankFigures();
}

TEST(RankFloors, QuestionsFindTheMinistersAnswer) {
    const RankFigures figures = figures_of("folketing", 1);
    EXPECT_EQ(figures.queries, 229U);
    EXPECT_GE(figures.ndcg10, 0.795);
}

TEST(RankFloors, IndexEntriesFindTheirPageOfTheHelpBook) {
    const RankFigures figures = figures_of("libreoffice", 4);
    EXPECT_EQ(figures.queries, 750U);
    EXPECT_GE(figures.ndcg10, 0.68);
}

}  // namespace
}  // namespace raadbot::index
