// What the program does beside answering: reading when it is time, by the clock that it is given.
#include "bot/app/keeper.hpp"

#include <gtest/gtest.h>

#include "bot/app/commands.hpp"
#include "bot/app/due.hpp"
#include "bot/app/web_sources.hpp"
#include "bot/governance/desk.hpp"
#include "bot/governance/preview.hpp"
#include "retrieval/ingest/parse.hpp"
#include "tests/support/fake_graph.hpp"
#include "tests/support/town.hpp"

namespace raadbot::app {
namespace {

using namespace std::chrono_literals;
using support::Asked;
using support::RawWebServer;

const Timestamp start = *parse_timestamp("2026-11-23T08:00:00Z");

TEST(Due, ByRefreshTimeAndSoonerAfterAFailure) {
    sources::Source source;
    source.refresh = 24h;
    EXPECT_TRUE(is_due(source, std::nullopt, start)) << "never read";
    EXPECT_FALSE(is_due(source, LastReading{start, false}, start + 23h));
    EXPECT_TRUE(is_due(source, LastReading{start, false}, start + 24h));
    EXPECT_FALSE(is_due(source, LastReading{start, true}, start + 59min));
    EXPECT_TRUE(is_due(source, LastReading{start, true}, start + 60min));
    EXPECT_FALSE(is_due(source, LastReading{start + 2h, false}, start)) << "the clock went back";
    source.review_date = parse_date("2026-11-22");
    EXPECT_FALSE(is_due(source, std::nullopt, start)) << "expired";
    source.review_date.reset();
    for (const auto state : {sources::State::proposed, sources::State::paused}) {
        source.state = state;
        EXPECT_FALSE(is_due(source, std::nullopt, start));
    }
}

class KeeperTest : public ::testing::Test {
protected:
    KeeperTest() { ingest::set_parse_child(RAADBOT_BINARY); }
    void configure(const std::string& sources) {
        folder_.write("town.toml",
                      "data_dir = \"data\"\nmunicipality = \"Lunby Kommune\"\n"
                      "[fetch]\ndelay_ms = 0\n" +
                          sources);
        auto config = read_config(folder_ / "town.toml");
        ASSERT_TRUE(config) << config.error().message;
        config_ = std::move(*config);
        store_ = store::Store::open(config_.data_dir);
        sync_sources(config_, *store_);
    }
    void turn(Timestamp now) {
        take_turn(config_, *store_, now,
                  {[this](std::string_view line) { log_ += std::string(line) + "\n"; }, {}});
    }
    std::string text() {
        std::string all;
        store_->each_passage(
            [&](const StoredPassage& passage) { all += passage.passage.text + "\n"; });
        return all;
    }

    support::TemporaryFolder folder_;
    Config config_;
    std::unique_ptr<store::Store> store_;
    std::string log_;
};

TEST_F(KeeperTest, ReadsAFolderAgainWhenItsTimeHasCome) {
    folder_.write("sider/plads.md", "# Plads\n\nPladsen har åbent kl. 8-18.\n");
    configure(
        "[[source]]\nid = \"sider\"\nkind = \"handbook\"\npath = \"sider\"\n"
        "base_url = \"https://lunby.example/\"\nrefresh_hours = 6\n");
    turn(start);
    EXPECT_NE(text().find("8-18"), std::string::npos) << log_;
    folder_.write("sider/plads.md", "# Plads\n\nPladsen har åbent kl. 9-19 hver dag.\n");
    turn(start + 5h);
    EXPECT_NE(text().find("8-18"), std::string::npos);
    turn(start + 6h);
    EXPECT_NE(text().find("9-19"), std::string::npos) << log_;
    EXPECT_EQ(store_->setting("last_ingest"), to_string(start + 6h));
    const auto index = index::Index::open_read_only({config_.data_dir / "index", nullptr});
    ASSERT_TRUE(index);
    EXPECT_EQ((*index)->snapshot()->passage_count(), store_->counts().passages);
}

TEST_F(KeeperTest, AFailureIsToldAndTriedAgainAfterAnHour) {
    configure(
        "[[source]]\nid = \"vaek\"\nkind = \"handbook\"\npath = \"vaek\"\n"
        "base_url = \"https://lunby.example/\"\n");
    turn(start);
    EXPECT_NE(log_.find("source vaek"), std::string::npos) << log_;
    log_.clear();
    turn(start + 30min);
    EXPECT_EQ(log_, "");
    folder_.write("vaek/side.md", "# Side\n\nNu er mappen der igen.\n");
    turn(start + 61min);
    EXPECT_EQ(log_, "");
    EXPECT_NE(text().find("Nu er mappen"), std::string::npos);
}

/// A site of two pages whose first says `words`.
class KeeperOfASite : public KeeperTest {
protected:
    KeeperOfASite()
        : site_([this](const Asked& asked) {
              if (asked.target == "/") {
                  const std::lock_guard lock(mutex_);
                  return support::reply(200, "text/html; charset=utf-8",
                                        "<!DOCTYPE html><html lang=da><title>Forside</title><main>"
                                        "<h1>Genbrugspladsen</h1><p>" +
                                            words_ + "</p><a href=/om>Om</a></main></html>");
              }
              if (asked.target == "/om") {
                  return support::reply(200, "text/html; charset=utf-8",
                                        "<!DOCTYPE html><html lang=da><title>Om</title><main><h1>Om"
                                        "</h1><p>Her står noget om kommunen.</p></main></html>");
              }
              return support::reply(404, "text/plain", "");
          }) {}
    std::string source(const std::string& more) const {
        return "[[source]]\nid = \"net\"\nkind = \"website\"\nurl = \"" + site_.url() +
               "\"\nprivate_networks = [\"127.0.0.1/32\"]\nowner = \"Byen\"\n"
               "purpose = \"Svar\"\nrights = \"Vores egen\"\nrefresh_hours = 12\n" +
               more;
    }
    void say(const std::string& words) {
        const std::lock_guard lock(mutex_);
        words_ = words;
    }

    std::mutex mutex_;
    std::string words_ = "Pladsen har åbent kl. 8-18 alle dage.";
    RawWebServer site_;
};

TEST_F(KeeperOfASite, CrawlsItAgainWhenItsTimeHasCome) {
    configure(source(""));
    turn(start);
    EXPECT_NE(text().find("8-18"), std::string::npos) << log_;
    EXPECT_NE(text().find("noget om kommunen"), std::string::npos);
    say("Pladsen har åbent kl. 9-19 alle dage.");
    turn(start + 11h);
    EXPECT_NE(text().find("8-18"), std::string::npos);
    turn(start + 12h);
    EXPECT_NE(text().find("9-19"), std::string::npos) << log_;
    EXPECT_EQ(text().find("8-18"), std::string::npos);
}

TEST_F(KeeperOfASite, ACrawlThatIsCutShortGoesOn) {
    configure(source(""));
    int asked = 0;
    take_turn(config_, *store_, start, {[](std::string_view) {}, [&] { return ++asked > 1; }});
    EXPECT_TRUE(store_->setting(governance::reading_wanted(SourceId{"net"})));
    EXPECT_FALSE(last_reading(*store_, SourceId{"net"}));
    turn(start + 1s);
    EXPECT_FALSE(store_->setting(governance::reading_wanted(SourceId{"net"})));
    EXPECT_NE(text().find("8-18"), std::string::npos);
    EXPECT_NE(text().find("noget om kommunen"), std::string::npos);
}

TEST_F(KeeperOfASite, APreviewFetchesAndStoresNothing) {
    configure(source("state = \"proposed\"\n"));
    governance::DeskOptions options;
    options.data_dir = config_.data_dir;
    options.roots = {folder_ / "ingen"};
    governance::Desk desk(*store_, options, {"karen", governance::Role::curator}, start);
    auto proposed = *store_->source(SourceId{"net"});
    proposed.selectors.item = ".punkt";
    const auto id = desk.propose_source(proposed);
    ASSERT_TRUE(id) << id.error().message;
    turn(start);
    const auto row = store::Ledger(*store_).proposal(*id);
    const auto preview = governance::preview_from_json(row->preview);
    ASSERT_TRUE(preview) << row->preview << log_;
    EXPECT_EQ(preview->failed, "");
    EXPECT_EQ(preview->documents, 2U);
    EXPECT_EQ(preview->pages.size(), 2U);
    EXPECT_EQ(store_->counts().documents, 0U);
    EXPECT_EQ(store::CrawlStore::open(config_.data_dir)->counts(SourceId{"net"}).kept, 0U);
    governance::Desk other(*store_, options, {"gert", governance::Role::approver}, start);
    ASSERT_TRUE(other.approve(*id));
    EXPECT_EQ(store_->source(SourceId{"net"})->selectors.item, ".punkt");
    turn(start + 1s);
    EXPECT_NE(text().find("8-18"), std::string::npos) << log_;
}

TEST_F(KeeperOfASite, AProposalCannotLeadIntoTheTownsOwnNetwork) {
    configure("");
    governance::DeskOptions options;
    options.data_dir = config_.data_dir;
    governance::Desk desk(*store_, options, {"karen", governance::Role::curator}, start);
    sources::Source source;
    source.id = SourceId{"indad"};
    source.base_url = site_.url();
    source.purpose = source.rights = "x";
    const auto id = desk.propose_source(source);
    ASSERT_TRUE(id) << id.error().message;
    turn(start);
    const auto preview =
        governance::preview_from_json(store::Ledger(*store_).proposal(*id)->preview);
    ASSERT_TRUE(preview);
    EXPECT_NE(preview->failed, "");
    EXPECT_EQ(site_.connections(), 0);
}

TEST_F(KeeperTest, ReadsASharePointSite) {
    support::FakeGraph graph;
    graph.put("i1", "plan.md", "# Plan\n\nPlanen gælder fra 2027.\n");
    folder_.write("hemmelig", "hemmelig & lang\n");
    const std::string server = graph.server.url("");
    configure(
        "[[source]]\nid = \"sp\"\nkind = \"intranet\"\nprivate_networks = [\"127.0.0.1/32\"]\n"
        "[source.sharepoint]\nsite = \"https://by.example/sites/byraad\"\ntenant = \"tenant-1\"\n"
        "client_id = \"app\"\nclient_secret_file = \"hemmelig\"\nlibraries = [\"Dokumenter\"]\n"
        "graph_url = \"" +
        server + "\"\nlogin_url = \"" + server + "\"\ndownload_hosts = [\"127.0.0.1\"]\n");
    EXPECT_EQ(store_->source(SourceId{"sp"})->base_url, "https://by.example/sites/byraad");
    turn(start);
    EXPECT_NE(text().find("Planen gælder"), std::string::npos) << log_;
    EXPECT_TRUE(graph.wrong.empty()) << graph.wrong.front();
}

TEST(SharePoint, NeedsAllOfItsKeys) {
    const support::TemporaryFolder folder;
    const auto read = [&](const std::string& more) {
        folder.write("town.toml",
                     "data_dir = \"data\"\n[[source]]\nid = \"sp\"\n"
                     "kind = \"intranet\"\n" +
                         more);
        const auto config = read_config(folder / "town.toml");
        return config ? std::string() : config.error().message;
    };
    const std::string site =
        "[source.sharepoint]\nsite = \"https://by.example/\"\ntenant = \"t\"\nclient_id = \"c\"\n";
    EXPECT_NE(read(site).find("client_secret"), std::string::npos);
    EXPECT_EQ(read(site + "client_secret_env = \"X\"\n"), "");
    EXPECT_NE(read("path = \"x\"\n" + site + "client_secret_env = \"X\"\n").find("take one away"),
              std::string::npos);
    EXPECT_NE(read(site + "secret = \"X\"\n").find("secret"), std::string::npos) << "unknown key";
}

}  // namespace
}  // namespace raadbot::app
