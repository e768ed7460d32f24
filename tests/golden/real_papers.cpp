// A real committee's papers, read as a folder and asked as a member would: the right words from the
// right paper. Nothing of them is kept here but what the answers must hold.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class RealPapers : public ::testing::Test {
protected:
    void SetUp() override {
        const fs::path papers =
            fs::path(RAADBOT_SHARED_DIR) / "realdata" / "edoc-ballerup-2012-12-04";
        ASSERT_TRUE(fs::exists(papers)) << "RAADBOT_SHARED lacks " << papers;
        config_ = folder_.write("town.toml",
                                "data_dir = \"data\"\nmunicipality = \"Byen\"\n\n[[source]]\n"
                                "id = \"moeder\"\nkind = \"meetings\"\npath = \"" +
                                    papers.string() + "\"\nbase_url = \"https://b.example/e/\"\n");
        const auto read = support::run({RAADBOT_BINARY, "ingest", "--config", config_.string()});
        ASSERT_EQ(read.exit_code, 0) << read.err;
        // A scan without words is told of, not passed over.
        EXPECT_NE((read.out + read.err).find("1537646.PDF"), std::string::npos) << read.out;
    }

    json ask(const std::string& question) {
        const auto outcome =
            support::run({RAADBOT_BINARY, "ask", "--config", config_.string(), "--json", "--now",
                          "2012-12-20T09:00:00+01:00", question});
        EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
        json reply = json::parse(outcome.out, nullptr, false);
        EXPECT_TRUE(reply.is_object()) << outcome.out;
        return reply;
    }
    void expect_answer(const std::string& question, const std::string& words,
                       const std::string& paper) {
        SCOPED_TRACE(question);
        const json reply = ask(question);
        ASSERT_EQ(reply["kind"], "answered") << reply;
        EXPECT_NE(reply["text"].get<std::string>().find(words), std::string::npos) << reply["text"];
        bool shown = false;
        for (const json& source : reply["sources"]) {
            shown = shown || source["url"].get<std::string>().find(paper) != std::string::npos;
        }
        EXPECT_TRUE(shown) << reply["sources"];
    }

    support::TemporaryFolder folder_;
    fs::path config_;
};

TEST_F(RealPapers, AnswerTheirReaders) {
    expect_answer("hvad blev der af rygestopkurserne", "Taget til efterretning", "1552816.PDF");
    expect_answer("hvad koster aktivitetscenteret på Solvej", "4 mio. kr.", "1552817.PDF");
    expect_answer("hvad blev besluttet om Solvej 6", "Indstillingen godkendt", "1552817.PDF");
    expect_answer("hvem var til stede", "næstformand", "1552814.PDF");
    expect_answer("hvornår var mødet i sundhedsudvalget", "4. december 2012", "1552814.PDF");
    expect_answer("hvor mange deltog i rygestopkurser", "68 borgere", "1552816.PDF");
}

TEST_F(RealPapers, AreFoundByTheNumberOfACase) {
    expect_answer("hvad siger sag 2012-31673", "2 pct. i 2013", "1552826.PDF");
    expect_answer("hvad handler sag 2010-3082 om", "Evaluering af rygestopkurser", "1552816.PDF");
    expect_answer("hvad er sagsnummeret på rygestopkurserne", "2010-3082", "1552816.PDF");
}

TEST_F(RealPapers, DoNotAnswerWhatTheyDoNotHold) {
    EXPECT_EQ(ask("hvad er sagsnummeret på svømmehallen")["kind"], "refused");
    EXPECT_EQ(ask("hvad handler sag 2012-99999 om")["kind"], "refused");
}

}  // namespace
}  // namespace raadbot
