// SharePoint through a strict fake of Entra, Graph and the download host: it refuses what they
// would refuse.
#include "adapters/fetch/graph.hpp"

#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/raw_web_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::fetch {
namespace {

using nlohmann::json;
using support::Asked;
using support::RawWebServer;
using support::reply;

struct FakeItem {
    std::string id;
    std::string name;
    std::string text;
    int version = 1;
    bool deleted = false;
    int changed = 0;  ///< Number of the change that touched it last.
};

/// One site with one library and some pages. Answers two to a page, so that lists go on.
class FakeGraph {
public:
    FakeGraph()
        : files([this](const Asked& asked) { return download(asked); }),
          server([this](const Asked& asked) { return answer(asked); }) {}

    void put(const std::string& id, const std::string& name, const std::string& text) {
        const std::lock_guard lock(mutex);
        FakeItem& item = items[id];
        item = {id, name, text, item.version + 1, false, ++clock};
    }
    void remove(const std::string& id) {
        const std::lock_guard lock(mutex);
        items[id].deleted = true;
        items[id].changed = ++clock;
    }

    std::mutex mutex;
    std::map<std::string, FakeItem> items;
    std::map<std::string, std::pair<std::string, std::string>> pages;  // id -> title, text
    int clock = 0;
    int oldest_delta = 0;  ///< Links from before are gone (410).
    int busy = 0;          ///< So many answers are 429.
    int lost_tokens = 0;   ///< So many calls find their token expired.
    bool has_permission = true;
    bool leads_away = false;    ///< The next page is on another host.
    std::string download_base;  ///< Where content redirects to; empty: `files`.
    int tokens = 0;
    std::vector<std::string> wrong;  ///< What the real service would not have understood.
    RawWebServer files;
    RawWebServer server;

private:
    static std::string as_json(const json& value, int status = 200, std::string_view fields = {}) {
        return reply(status, "application/json", value.dump(), fields);
    }
    static std::string error(int status, const std::string& code, std::string_view fields = {}) {
        return as_json({{"error", {{"code", code}, {"message", "x"}}}}, status, fields);
    }

    std::string download(const Asked& asked) {
        if (!asked.field("Authorization").empty()) wrong.push_back("token sent to a download host");
        const std::lock_guard lock(mutex);
        for (const auto& [id, item] : items) {
            if (asked.target == "/hent/" + id + "?tempauth=x")
                return reply(200, "text/markdown", item.text);
        }
        return reply(404, "text/plain", "");
    }

    std::string answer(const Asked& asked) {
        const std::lock_guard lock(mutex);
        if (asked.target == "/tenant-1/oauth2/v2.0/token") return token(asked);
        if (asked.field("Authorization") != "Bearer token-" + std::to_string(tokens))
            return error(401, "InvalidAuthenticationToken");
        if (lost_tokens > 0) {
            --lost_tokens;
            return error(401, "InvalidAuthenticationToken");
        }
        if (!has_permission) return error(403, "accessDenied");
        if (busy > 0) {
            --busy;
            return error(429, "activityLimitReached", "Retry-After: 3\r\n");
        }
        const std::string& target = asked.target;
        if (target == "/v1.0/sites/by.example:/sites/byraad")
            return as_json(
                {{"id", "by.example,1,2"}, {"webUrl", "https://by.example/sites/byraad"}});
        if (target == "/v1.0/sites/by.example,1,2/drives")
            return as_json({{"value",
                             {{{"id", "b!d1"}, {"name", "Dokumenter"}},
                              {{"id", "b!d2"}, {"name", "Privat"}}}}});
        if (target.starts_with("/v1.0/drives/b%21d1/root/delta")) return delta(target);
        if (target.starts_with("/v1.0/drives/b%21d1/items/") && target.ends_with("/content")) {
            const std::string id = target.substr(26, target.size() - 26 - 8);
            if (!items.contains(id)) return error(404, "itemNotFound");
            const std::string base = download_base.empty() ? files.url("/hent/") : download_base;
            return reply(302, "text/plain", "", "Location: " + base + id + "?tempauth=x\r\n");
        }
        const std::string list = "/v1.0/sites/by.example,1,2/pages/";
        if (target.starts_with(list + "microsoft.graph.sitePage?$select=")) {
            json value = json::array();
            for (const auto& [id, page] : pages) {
                value.push_back(
                    {{"id", id},
                     {"title", page.first},
                     {"eTag", "\"" + page.second + "\""},
                     {"webUrl", "SitePages/" + id + ".aspx"},
                     {"publishingState", {{"level", id == "kladde" ? "draft" : "published"}}}});
            }
            return as_json({{"value", value}});
        }
        for (const auto& [id, page] : pages) {
            if (target != list + id + "/microsoft.graph.sitePage?$expand=canvasLayout") continue;
            const json part = {{"@odata.type", "#microsoft.graph.textWebPart"},
                               {"innerHtml", "<p>" + page.second + "</p>"}};
            return as_json({{"id", id},
                            {"canvasLayout",
                             {{"horizontalSections", {{{"columns", {{{"webparts", {part}}}}}}}}}}});
        }
        wrong.push_back(target);
        return error(400, "invalidRequest");
    }

    std::string token(const Asked& asked) {
        if (!asked.head.starts_with("POST ")) return error(405, asked.head);
        if (asked.body.find("grant_type=client_credentials&client_id=app&client_secret="
                            "hemmelig%20%26%20lang&scope=") != 0 ||
            !asked.body.ends_with("%2F.default")) {
            return as_json({{"error", "invalid_request"}}, 400);
        }
        ++tokens;
        return as_json({{"token_type", "Bearer"},
                        {"expires_in", 3599},
                        {"access_token", "token-" + std::to_string(tokens)}});
    }

    std::string delta(const std::string& target) {
        int since = 0;
        std::size_t skip = 0;
        const auto at = target.find("?token=");
        if (at != std::string::npos) {
            if (std::sscanf(target.c_str() + at, "?token=%d-%zu", &since, &skip) != 2) {
                wrong.push_back(target);
                return error(400, "invalidRequest");
            }
            if (since > 0 && since < oldest_delta) return error(410, "resyncRequired");
        }
        std::vector<const FakeItem*> changed;
        for (const auto& [id, item] : items) {
            if (item.changed > since && (since > 0 || !item.deleted)) changed.push_back(&item);
        }
        json value = json::array();
        constexpr std::size_t a_page = 2;
        for (std::size_t i = skip; i < std::min(changed.size(), skip + a_page); ++i) {
            const FakeItem& item = *changed[i];
            if (item.deleted) {
                value.push_back({{"id", item.id}, {"deleted", {{"state", "deleted"}}}});
            } else {
                value.push_back({{"id", item.id},
                                 {"name", item.name},
                                 {"cTag", "c" + std::to_string(item.version)},
                                 {"webUrl", "https://by.example/sites/byraad/Dok/" + item.name},
                                 {"file", {{"mimeType", "text/markdown"}}}});
            }
        }
        const std::string base = leads_away ? "http://evil.example/v1.0/drives/b%21d1/root/delta"
                                            : server.url("/v1.0/drives/b%21d1/root/delta");
        json out = {{"value", value}};
        if (skip + a_page < changed.size()) {
            out["@odata.nextLink"] =
                base + "?token=" + std::to_string(since) + "-" + std::to_string(skip + a_page);
        } else {
            out["@odata.deltaLink"] = base + "?token=" + std::to_string(clock) + "-0";
        }
        return as_json(out);
    }
};

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

    Result<CrawlReport> run() {
        ingest::FolderOptions folder_options;
        folder_options.confined = false;
        ingest::SourceReport report;
        ingest::WebPages pages(
            source, *store, folder_options, [](const std::string&) { return std::string(); },
            report);
        return crawl_graph(source.id, options, *known, &pages, Timestamp{});
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
