// SharePoint through a strict fake of Entra, Graph and the download host: it refuses what they
// would refuse.
#include "adapters/fetch/graph.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/fake_graph.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::fetch {
namespace {

using nlohmann::json;
using support::Asked;
using support::FakeGraph;
using support::RawWebServer;
using support::reply;

class GraphTest : public testing::Test {
protected:
    GraphTest()
        : store(store::Store::open(folder.path())), known(store::CrawlStore::open(folder.path())) {
        options.site = "https://by.example/sites/byraad";
        options.tenant = "tenant-1";
        options.client_id = "app";
        options.client_secret = "hemmelig & lang";
        options.libraries = {"Dokumenter"};
        options.graph_url = options.login_url =
            "http://127.0.0.1:" + std::to_string(graph.server.port());
        options.download_hosts = {"127.0.0.1"};
        options.private_networks = {"127.0.0.1/32"};
        options.sleep = [this](std::chrono::milliseconds time) { waits.push_back(time.count()); };
        source.id = SourceId{"sp"};
        source.kind = SourceKind::intranet;
        source.base_url = options.site;
        store->put_source(source);
        for (int i = 1; i <= 5; ++i) {
            const std::string n = std::to_string(i);
            graph.put("i" + n, "fil" + n + ".md",
                      "# Fil " + n + "\n\nHer står noget om fil " + n + ".\n");
        }
        graph.pages["om"] = {"Om byrådet", "Byrådet mødes den sidste mandag i måneden."};
        graph.pages["kladde"] = {"Kladde", "Dette er ikke udgivet endnu."};
    }

    Result<CrawlReport> run(const CrawlHooks& hooks = {}) {
        ingest::FolderOptions folder_options;
        folder_options.confined = false;
        ingest::SourceReport report;
        ingest::WebPages pages(
            source, *store, folder_options,
            [](const std::string&, const std::string&) { return std::string(); }, report);
        return crawl_graph(source.id, options, *known, &pages, Timestamp{}, hooks);
    }
    std::set<std::string> stored() {
        std::set<std::string> out;
        for (const auto& file : store->files(source.id))
            out.insert(file.path.substr(file.path.rfind('/') + 1));
        return out;
    }

    support::TemporaryFolder folder;
    FakeGraph graph;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::CrawlStore> known;
    GraphOptions options;
    sources::Source source;
    std::vector<std::int64_t> waits;
};

using Names = std::set<std::string>;

TEST_F(GraphTest, ProbingSignsInAndLooksForTheLibraries) {
    const auto found = probe_graph(options);
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(*found, 1U);
    options.libraries.clear();
    EXPECT_EQ(probe_graph(options).value_or(0), 2U);
    options.libraries = {"Arkiv"};
    EXPECT_EQ(probe_graph(options).error().code, ErrorCode::not_found);
    graph.has_permission = false;
    EXPECT_EQ(probe_graph(options).error().code, ErrorCode::denied);
    EXPECT_TRUE(stored().empty());
}

TEST_F(GraphTest, ReadsLibrariesAndPublishedPages) {
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(stored(), (Names{"fil1.md", "fil2.md", "fil3.md", "fil4.md", "fil5.md", "om.aspx"}));
    EXPECT_TRUE(graph.wrong.empty()) << graph.wrong.front();
    std::string text;
    store->each_passage(
        [&](const StoredPassage& p) { text += p.url + " " + p.passage.text + "\n"; });
    EXPECT_NE(text.find("https://by.example/sites/byraad/SitePages/om.aspx Byrådet mødes"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("udgivet"), std::string::npos);
}

TEST_F(GraphTest, SecondRunAsksOnlyForChanges) {
    ASSERT_TRUE(run());
    graph.put("i2", "fil2.md", "# Fil 2\n\nNu står der noget andet.\n");
    graph.put("i3", "omdoebt.md", "# Fil 3\n\nHer står noget om fil 3.\n");
    graph.remove("i5");
    graph.files.forget_requests();
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->taken, 2U);
    EXPECT_EQ(graph.files.asked().size(), 2U);
    EXPECT_EQ(stored(), (Names{"fil1.md", "fil2.md", "omdoebt.md", "fil4.md", "om.aspx"}));
    graph.pages.erase("om");
    ASSERT_TRUE(run());
    EXPECT_FALSE(stored().contains("om.aspx"));
}

TEST_F(GraphTest, WhatIsToBeReadAgainIsDownloadedThoughItHasNotChanged) {
    ASSERT_TRUE(run());
    store->remove_file(source.id, "https://by.example/sites/byraad/Dok/fil2.md");
    CrawlHooks hooks;
    hooks.again = [] {
        return std::vector<std::string>{"https://by.example/sites/byraad/Dok/fil2.md",
                                        "https://by.example/sites/byraad/Dok/ukendt.md"};
    };
    const auto report = run(hooks);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->taken, 1U);
    EXPECT_TRUE(stored().contains("fil2.md"));
    EXPECT_TRUE(graph.wrong.empty()) << graph.wrong.front();
    EXPECT_EQ(run()->taken, 0U);
}

TEST_F(GraphTest, LinkThatIsTooOldMeansAllFromTheBeginning) {
    ASSERT_TRUE(run());
    graph.remove("i1");
    graph.oldest_delta = 1'000;
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->taken, 0U) << "what is the same is not downloaded again";
    EXPECT_FALSE(stored().contains("fil1.md"));
    EXPECT_EQ(stored().size(), 5U);
}

TEST_F(GraphTest, WaitsAsLongAsGraphAsks) {
    graph.busy = 2;
    ASSERT_TRUE(run());
    EXPECT_EQ(waits, (std::vector<std::int64_t>{3'000, 3'000}));
    EXPECT_EQ(stored().size(), 6U);
}

TEST_F(GraphTest, ExpiredTokenIsRenewedOnce) {
    graph.lost_tokens = 1;
    ASSERT_TRUE(run());
    EXPECT_EQ(graph.tokens, 2);
    graph.lost_tokens = 1'000;
    EXPECT_EQ(run().error().code, ErrorCode::denied);
    EXPECT_EQ(stored().size(), 6U);
}

TEST_F(GraphTest, MissingPermissionIsNamed) {
    graph.has_permission = false;
    const auto report = run();
    ASSERT_FALSE(report);
    EXPECT_NE(report.error().message.find("Sites.Read.All"), std::string::npos);
    EXPECT_EQ(report.error().message.find("hemmelig"), std::string::npos);
}

TEST_F(GraphTest, TokenGoesNowhereElse) {
    graph.leads_away = true;
    EXPECT_EQ(run().error().code, ErrorCode::denied);
    graph.leads_away = false;
    RawWebServer other([](const Asked&) { return reply(200, "text/markdown", "# X\n\ny\n"); },
                       "127.0.0.2");
    graph.download_base = other.url("/hent/");
    const auto report = run();
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(other.connections(), 0);
    EXPECT_EQ(report->unreached, 3U) << "two came before the link that leads away";
    // What could not be downloaded is asked for again.
    graph.download_base.clear();
    ASSERT_TRUE(run());
    EXPECT_EQ(stored().size(), 6U);
    EXPECT_TRUE(graph.wrong.empty()) << graph.wrong.front();
}

}  // namespace
}  // namespace raadbot::fetch
