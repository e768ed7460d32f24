// Crawls of small sites on loopback, into a real store.
#include "adapters/fetch/crawler.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "adapters/http/server.hpp"
#include "retrieval/ingest/corrected.hpp"
#include "retrieval/store/papers.hpp"
#include "tests/support/raw_web_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/town_pages.hpp"

namespace raadbot::fetch {
namespace {

using support::Asked;
using support::html;
using support::RawWebServer;
using support::redirect;

/// A page long enough to be one, with links.
std::string page(const std::string& title, const std::vector<std::string>& links = {},
                 const std::string& head = {}) {
    std::string out = "<!doctype html><html lang=da><head><title>" + title + "</title>" + head +
                      "</head><body><main><h1>" + title + "</h1><p>Her står om " + title +
                      ", at byrådet har vedtaget taksten for året, og hvem der kan svare.</p>";
    for (const std::string& link : links) out += "<p><a href=\"" + link + "\">" + link + "</a></p>";
    return out + "</main></body></html>";
}

/// A site that a test can change, its crawl, and the store it fills.
class Crawl : public testing::Test {
protected:
    Crawl()
        : server([this](const Asked& asked) {
              const std::lock_guard lock(mutex);
              const auto found = site.find(asked.target);
              if (found != site.end()) return found->second(asked);
              return support::reply(404, "text/html", "<h1>Siden findes ikke</h1>");
          }),
          forbidden([](const Asked&) { return html("hemmeligt"); }, "127.0.0.2"),
          store(store::Store::open(folder.path())),
          known(store::CrawlStore::open(folder.path())) {
        options.start = {server.url()};
        options.private_networks = {"127.0.0.1/32"};
        options.session.delay = std::chrono::milliseconds{0};
        options.session.sleep = [](std::chrono::milliseconds) {};
        options.client.time = std::chrono::milliseconds{5'000};
        source.id = SourceId{"by"};
        source.base_url = server.url();
        store->put_source(source);
    }

    void put(const std::string& target, std::string answer) {
        const std::lock_guard lock(mutex);
        site[target] = [answer = std::move(answer)](const Asked&) { return answer; };
    }
    void put(const std::string& target, RawWebServer::Answer answer) {
        const std::lock_guard lock(mutex);
        site[target] = std::move(answer);
    }
    void take_away(const std::string& target) {
        const std::lock_guard lock(mutex);
        site.erase(target);
    }

    CrawlReport run(const CrawlHooks& hooks = {}) {
        ingest::FolderOptions folder_options;
        folder_options.confined = false;
        folder_options.now = now;
        ingest::SourceReport report;
        ingest::WebPages pages(source, *store, folder_options, spelling_of(options).value(),
                               report);
        const auto result = crawl(source.id, options, *known, &pages, now, hooks);
        EXPECT_TRUE(result) << result.error().message;
        documents = report;
        return result ? *result : CrawlReport{};
    }

    /// Paths of what the store holds.
    std::set<std::string> stored() {
        std::set<std::string> out;
        for (const auto& file : store->files(source.id))
            out.insert(file.path.substr(server.url().size() - 1));
        return out;
    }

    support::TemporaryFolder folder;
    std::mutex mutex;
    std::map<std::string, RawWebServer::Answer> site;
    RawWebServer server;
    RawWebServer forbidden;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<store::CrawlStore> known;
    SiteOptions options;
    sources::Source source;
    ingest::SourceReport documents;
    Timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
};

using Paths = std::set<std::string>;

TEST_F(Crawl, FollowsLinksAndSitemapsWithinWhatIsApproved) {
    put("/robots.txt", support::reply(200, "text/plain", "User-agent: *\nDisallow: /lukket\n"));
    put("/sitemap.xml",
        support::reply(200, "application/xml",
                       "<urlset><url><loc>" + server.url("/fra-kort") + "</loc></url></urlset>"));
    put("/", html(page("Forside", {"/a", "/lukket", "/billede.jpg", forbidden.url("/x"), "/gone",
                                   "mailto:a@b.dk"})));
    put("/a", html(page("A", {"/b#del", "/b?utm_source=nyt", "/"})));
    put("/b", html(page("B")));
    put("/fra-kort", html(page("Kort")));
    put("/lukket", html(page("Lukket")));
    const CrawlReport report = run();
    EXPECT_EQ(stored(), (Paths{"/", "/a", "/b", "/fra-kort"}));
    EXPECT_EQ(report.taken, 4U);
    EXPECT_EQ(server.count("/lukket"), 0U);
    EXPECT_EQ(server.count("/billede.jpg"), 0U);
    EXPECT_EQ(server.count("/b"), 1U);
    EXPECT_EQ(forbidden.connections(), 0);
    EXPECT_EQ(documents.documents.added, 4U);
}

TEST_F(Crawl, StaysBelowAnApprovedPrefix) {
    options.start = {server.url("/politik/")};
    put("/politik/", html(page("Politik", {"/andet", "a", "../politikere"})));
    put("/politik/a", html(page("A")));
    put("/andet", html(page("Andet")));
    run();
    EXPECT_EQ(stored(), (Paths{"/politik/", "/politik/a"}));
    EXPECT_EQ(server.count("/andet"), 0U);
}

TEST_F(Crawl, AsksAgainOnlyForWhatMayHaveChanged) {
    const auto tagged = [](const std::string& body, const std::string& tag) {
        return [=](const Asked& asked) {
            if (asked.field("If-None-Match") == tag) return std::string("HTTP/1.1 304 X\r\n\r\n");
            return html(body, "ETag: " + tag + "\r\n");
        };
    };
    put("/", tagged(page("Forside", {"/a", "/b", "/c"}), "\"0\""));
    put("/a", tagged(page("A"), "\"1\""));
    put("/b", tagged(page("B"), "\"1\""));
    put("/c", html(page("C")));  // No tag: the same bytes.
    run();
    put("/b", tagged(page("B ny"), "\"2\""));
    put("/a", [](const Asked&) { return support::reply(410, "text/html", ""); });
    server.forget_requests();
    const CrawlReport again = run();
    EXPECT_EQ(again.taken, 1U);
    EXPECT_EQ(again.unchanged, 2U);
    EXPECT_EQ(again.gone, 1U);
    EXPECT_EQ(documents.documents.changed, 1U);
    EXPECT_EQ(documents.documents.removed, 1U);
    EXPECT_EQ(stored(), (Paths{"/", "/b", "/c"}));
}

TEST_F(Crawl, SitemapDatesSpareRequestsUntilTheyLie) {
    const auto sitemap = [&](const std::string& date_of_a) {
        put("/sitemap.xml",
            support::reply(200, "application/xml",
                           "<urlset><url><loc>" + server.url("/a") + "</loc><lastmod>" + date_of_a +
                               "</lastmod></url><url><loc>" + server.url("/b") +
                               "</loc><lastmod>2026-01-01</lastmod></url></urlset>"));
    };
    sitemap("2026-01-01");
    put("/", html(page("Forside", {"/a", "/b"})));
    put("/a", html(page("A")));
    put("/b", html(page("B")));
    run();
    server.forget_requests();
    run();
    EXPECT_EQ(server.count("/a") + server.count("/b"), 0U);
    sitemap("2026-02-01");
    put("/a", html(page("A ny")));
    server.forget_requests();
    EXPECT_EQ(run().taken, 1U);
    EXPECT_EQ(server.count("/a"), 1U);
    EXPECT_EQ(server.count("/b"), 0U);
    // After the longest time all are asked for, and a date that lied costs the map its trust.
    now += options.recheck;
    put("/a", html(page("A helt ny")));
    put("/b", html(page("B helt ny")));
    EXPECT_EQ(run().taken, 2U);
    // For meetings the map is not believed at all.
    options.trust_sitemap = false;
    put("/a", html(page("A lukket")));
    EXPECT_EQ(run().taken, 1U);
}

TEST_F(Crawl, GoesOnWhereItWasCutOff) {
    std::vector<std::string> links;
    for (int i = 0; i < 20; ++i) {
        links.push_back("/" + std::to_string(i));
        put(links.back(), html(page("Side " + std::to_string(i))));
    }
    put("/", html(page("Forside", links)));
    int left = 8;
    CrawlHooks hooks;
    hooks.stop = [&] { return left-- == 0; };
    EXPECT_EQ(run(hooks).visited, 8U);
    EXPECT_EQ(stored().size(), 8U);
    known.reset();
    known = store::CrawlStore::open(folder.path());
    const CrawlReport rest = run();
    EXPECT_TRUE(rest.resumed);
    EXPECT_EQ(rest.visited, 13U);
    EXPECT_EQ(stored().size(), 21U);
    for (const std::string& link : links) EXPECT_EQ(server.count(link), 1U) << link;
}

TEST_F(Crawl, WallsAreNotPages) {
    put("/", html(page("Forside", {"/login", "/cookies", "/soft", "/gammel", "/vej", "/a"})));
    put("/login", html("<form>Log ind <input type=password></form>"));
    put("/cookies", html("<p>Vi bruger cookies <button>Accepter alle</button></p>"));
    put("/soft", html("<title>Siden findes ikke</title><p>Beklager</p>"));
    put("/gammel", redirect("/"));
    put("/vej", redirect("/konto/login?tilbage=/vej"));
    put("/konto/login", html("<input type=password>"));
    put("/a", html(page("A")));
    run();
    EXPECT_EQ(stored(), (Paths{"/", "/a"}));
}

TEST_F(Crawl, ServerThatAnswersEverythingAlikeHasNoMissingPages) {
    const auto same = [](const Asked& asked) {
        std::string words;
        for (int i = 0; i < 200; ++i) words += "ord" + std::to_string(i * 7 % 113) + " ";
        return html("<title>Kommunen</title><p>" + words + asked.target);
    };
    for (const char* target : {"/findes-ikke-4c1a7e0b92", "/x", "/y"}) put(target, same);
    put("/", html(page("Forside", {"/x", "/y", "/a"})));
    put("/a", html(page("A")));
    EXPECT_EQ(run().gone, 2U);
    EXPECT_EQ(stored(), (Paths{"/", "/a"}));
}

TEST_F(Crawl, CookieThatMustBeCarriedIsCarried) {
    put("/", [this](const Asked& asked) {
        if (asked.field("Cookie") == "ok=1") return html(page("Forside"));
        return redirect(server.url("/"), 302, "Set-Cookie: ok=1\r\n");
    });
    run();
    EXPECT_EQ(stored(), (Paths{"/"}));
}

TEST_F(Crawl, EndlessSitesEnd) {
    // A calendar without end, a path that grows, and one page under a thousand addresses.
    put("/", html(page("Forside", {"/kalender?m=1", "/x/y/", "/ens?v=0"})));
    for (int i = 1; i < 200; ++i) {
        put("/kalender?m=" + std::to_string(i),
            html(page("Måned " + std::to_string(i), {"/kalender?m=" + std::to_string(i + 1)})));
    }
    std::string path = "/";
    for (int i = 0; i < 30; ++i) {
        path += "x/y/";
        put(path, html(page("Dybde " + std::to_string(i), {"x/y/"})));
    }
    for (int i = 0; i < 1'000; ++i) {
        std::vector<std::string> links;
        for (int k = 1; k <= 50; ++k)
            links.push_back("/ens?v=" + std::to_string((i * 50 + k) % 1'000));
        put("/ens?v=" + std::to_string(i),
            html("<link rel=canonical href=/ens>" + page("Ens", links)));
    }
    put("/ens", html(page("Ens")));
    const CrawlReport report = run();
    EXPECT_LT(report.requests, 150U);
    EXPECT_TRUE(stored().contains("/ens"));
    EXPECT_FALSE(stored().contains("/ens?v=0"));
}

TEST_F(Crawl, EndlessSitesEndAlsoWhenTheyAreStoppedAgainAndAgain) {
    options.max_depth = 1'000;
    put("/", html(page("Forside", {"/kalender?m=0", "/ens?v=0"})));
    for (int i = 0; i < 200; ++i) {
        const std::string next = std::to_string(i + 1);
        put("/kalender?m=" + std::to_string(i),
            html(page("Måned " + std::to_string(i), {"/kalender?m=" + next})));
        put("/ens?v=" + std::to_string(i),
            html("<link rel=canonical href=/ens>" + page("Ens", {"/ens?v=" + next})));
    }
    put("/ens", html(page("Ens")));
    options.max_variants = 30;
    const auto asked = [&](const std::string& path) {
        std::size_t count = 0;
        for (int i = 0; i < 200; ++i) {
            const std::string text = std::to_string(i);
            count += server.count(path + text);
        }
        return count;
    };
    bool stopped = true;
    while (stopped) {
        int left = 10;
        CrawlHooks hooks;
        hooks.stop = [&] { return stopped = left-- == 0; };
        known.reset();
        known = store::CrawlStore::open(folder.path());
        run(hooks);
    }
    EXPECT_EQ(asked("/kalender?m="), 30U);
    EXPECT_EQ(asked("/ens?v="), 20U);
    // The next run looks at what is known, and for no more of it.
    run();
    EXPECT_TRUE(known->page(source.id, server.url("/kalender?m=29")));
    EXPECT_FALSE(known->page(source.id, server.url("/kalender?m=30")));
}

TEST_F(Crawl, PaperComesBackWhenTheOneThatReplacedItGoes) {
    source.kind = SourceKind::meetings;
    store->put_source(source);
    const auto minutes = [](const std::string& title, const std::string& decision) {
        return html("<!DOCTYPE html><html lang=da><title>" + title + "</title><main><h1>" + title +
                        " fra Byrådets møde den 1. oktober 2025</h1><h2>1. Cykelsti</h2>"
                        "<h3>Sagsfremstilling</h3><p>Stien skal bygges langs Byvej.</p>"
                        "<h3>Beslutning</h3><p>" +
                        decision + "</p></main></html>",
                    "ETag: \"" + title.substr(0, 6) + "\"\r\n");
    };
    const auto decisions = [&] {
        std::string all;
        store->each_passage([&](const StoredPassage& passage) {
            if (passage.passage.section == Section::beslutning) all += passage.passage.text + "\n";
        });
        return all;
    };
    const auto read = [&] {
        store::Papers papers(*store);
        const auto before = papers.mark();
        CrawlHooks hooks;
        hooks.again = [&] { return papers.reread(source.id); };
        run(hooks);
        ingest::replace_corrected(source.id, *store, before, now);
    };
    put("/", html(page("Forside", {"/gammelt"})));
    put("/gammelt", minutes("Referat", "Godkendt af alle."));
    read();
    EXPECT_EQ(decisions(), "Godkendt af alle.\n");
    put("/", html(page("Forside", {"/gammelt", "/nyt"})));
    put("/nyt", minutes("Rettet referat", "Udsat til næste møde."));
    read();
    EXPECT_EQ(decisions(), "Udsat til næste møde.\n");
    read();
    EXPECT_EQ(decisions(), "Udsat til næste møde.\n");
    take_away("/nyt");
    read();
    EXPECT_EQ(decisions(), "Godkendt af alle.\n");
    read();
    EXPECT_EQ(decisions(), "Godkendt af alle.\n");
}

TEST_F(Crawl, TwoAddressesOfOneTextAreOneDocument) {
    put("/", html(page("Forside", {"/a", "/a?print=1", "/kanonisk"})));
    put("/a", html(page("A")));
    put("/a?print=1", html(page("A")));
    put("/kanonisk", html(page("K", {}, "<link rel=canonical href='/a'>")));
    run();
    EXPECT_EQ(stored(), (Paths{"/", "/a"}));
}

TEST_F(Crawl, ForeignCanonicalAddressIsNotBelieved) {
    put("/", html(page("Forside", {}, "<link rel=canonical href='https://evil.example/x'>")));
    run();
    EXPECT_EQ(stored(), (Paths{"/"}));
    for (const auto& meeting : store->source_counts()) EXPECT_EQ(meeting.documents, 1U);
    std::string url;
    store->each_passage([&](const StoredPassage& passage) { url = passage.url; });
    EXPECT_EQ(url, server.url("/"));
}

TEST_F(Crawl, FailingServerTakesNothingAway) {
    std::vector<std::string> links;
    for (int i = 0; i < 40; ++i) {
        links.push_back("/" + std::to_string(i));
        put(links.back(), html(page("Side " + std::to_string(i))));
    }
    put("/", html(page("Forside", links)));
    run();
    ASSERT_EQ(stored().size(), 41U);
    // A firewall that refuses all, and a server that is broken: likelier than 41 closed pages.
    for (const int status : {403, 500}) {
        for (const std::string& link : links)
            put(link, [=](const Asked&) { return support::reply(status, "text/html", ""); });
        run();
        EXPECT_EQ(stored().size(), 41U) << status;
    }
    // One page behind a login is believed.
    for (const std::string& link : links) put(link, html(page("Side " + link)));
    put("/7", support::reply(401, "text/html", ""));
    run();
    EXPECT_EQ(stored().size(), 40U);
    EXPECT_FALSE(stored().contains("/7"));
}

TEST_F(Crawl, WhatIsRefusedGoesAlsoWhenTheRunWasStoppedBetween) {
    put("/", html(page("Forside", {"/a", "/b", "/c"})));
    for (const std::string path : {"/a", "/b", "/c"}) put(path, html(page("Side " + path)));
    run();
    ASSERT_EQ(stored().size(), 4U);
    put("/a", support::reply(403, "text/html", ""));
    int visited = 0;
    CrawlHooks hooks;
    hooks.progress = [&](std::uint64_t, std::uint64_t, const std::string&) { ++visited; };
    hooks.stop = [&] { return visited == 3; };
    run(hooks);
    EXPECT_EQ(stored().size(), 4U) << "at the end of the run, not before";
    EXPECT_TRUE(run().resumed);
    EXPECT_FALSE(stored().contains("/a"));
    EXPECT_EQ(stored().size(), 3U);
}

TEST_F(Crawl, WhatAClosedItemLinksToIsNeverKept) {
    source.kind = SourceKind::meetings;
    store->put_source(source);
    const auto agenda = [](bool closed) {
        return "<!DOCTYPE html><html lang=da><title>Referat</title><main><h1 "
               "class=dato>Referat</h1>"
               "<span class=udvalg>Byrådet</span><span class=dato>onsdag den 1. oktober 2025</span>"
               "<table id=dagsordenDetaljer><tr class=punktrow id=punktrow_1><td><span class=label>"
               "Punkt 1</span><h2 class=overskrift>Ny skole</h2><div class=punkt>Beslutning: "
               "Skolen "
               "bygges i 2027.</div><a href=\"filer/plan.txt\">Plan</a></td></tr><tr "
               "class=punktrow "
               "id=punktrow_2><td><span class=label>Punkt 2" +
               std::string(closed ? " (Lukket)" : "") +
               "</span><h2 class=overskrift>Køb af grund</h2><div class=punkt>Grunden købes.</div>"
               "<a href=\"filer/grund.txt\">Bilag</a> <a href=\"/om-moeder\">Om møder</a></td></tr>"
               "</table></main></html>";
    };
    put("/", html(page("Forside", {"/filer/grund.txt", "/referat", "/om-moeder"})));
    put("/referat", html(agenda(true)));
    put("/om-moeder", html(page("Om møder")));
    put("/filer/plan.txt", support::reply(200, "text/plain", "Planen for den nye skole."));
    put("/filer/grund.txt", support::reply(200, "text/plain", "KANARIE om grunden på Byvej 4."));
    for (int n = 0; n < 2; ++n) {
        run();
        EXPECT_TRUE(stored().contains("/filer/plan.txt"));
        EXPECT_TRUE(stored().contains("/om-moeder")) << "no file of the item";
        EXPECT_FALSE(stored().contains("/filer/grund.txt"));
        store->each_passage([](const StoredPassage& passage) {
            EXPECT_EQ(passage.passage.text.find("KANARIE"), std::string::npos);
        });
        for (const auto& file : store->files(source.id))
            EXPECT_EQ(file.path.find("grund"), std::string::npos) << file.path;
        // Changed: it is asked for and comes again, and still is not kept.
        put("/filer/grund.txt", support::reply(200, "text/plain", "KANARIE igen om Byvej 4."));
    }
    // Closed after its publication: what was kept goes.
    put("/referat", html(agenda(false)));
    put("/filer/grund.txt", support::reply(200, "text/plain", "Åbent om grunden på Byvej."));
    run();
    put("/filer/grund.txt", support::reply(200, "text/plain", "Stadig åbent om grunden på Byvej."));
    run();
    EXPECT_TRUE(stored().contains("/filer/grund.txt"));
    put("/referat", html(agenda(true)));
    run();
    EXPECT_FALSE(stored().contains("/filer/grund.txt"));
}

TEST_F(Crawl, BrokenRobotsStopTheRunAndKeepWhatIsThere) {
    put("/", html(page("Forside")));
    run();
    put("/robots.txt", support::reply(503, "text/plain", ""));
    ingest::FolderOptions folder_options;
    folder_options.confined = false;
    ingest::SourceReport report;
    ingest::WebPages pages(source, *store, folder_options, spelling_of(options).value(), report);
    const auto result = crawl(source.id, options, *known, &pages, now);
    EXPECT_EQ(result.error().code, ErrorCode::unavailable);
    EXPECT_EQ(stored(), (Paths{"/"}));
}

TEST_F(Crawl, CharsetsOfTheHeaderAndThePage) {
    put("/", html(page("Forside", {"/latin", "/meta"})));
    put("/latin", support::reply(200, "text/html; charset=ISO-8859-1",
                                 "<h1>K\xF8rsel</h1><p>Der gives k\xF8rselsgodtg\xF8relse til "
                                 "m\xF8"
                                 "der i udvalg og byr\xE5"
                                 "d hver m\xE5ned.</p>"));
    put("/meta", support::reply(200, "text/html",
                                "<meta charset=windows-1252><h1>\xC5"
                                "bent</h1><p>Byr\xE5"
                                "det "
                                "holder m\xF8"
                                "de den sidste mandag i hver m\xE5ned kl. 17.</p>"));
    run();
    std::string text;
    store->each_passage(
        [&](const StoredPassage& p) { text += p.title + " " + p.passage.text + "\n"; });
    EXPECT_NE(text.find("kørselsgodtgørelse til møder"), std::string::npos) << text;
    EXPECT_NE(text.find("Byrådet holder møde"), std::string::npos) << text;
}

TEST_F(Crawl, DryRunKeepsNothing) {
    put("/", html(page("Forside", {"/a"})));
    put("/a", html(page("A")));
    std::vector<std::string> seen;
    CrawlHooks hooks;
    hooks.taken = [&](const Seen& one) { seen.push_back(one.url); };
    const auto memory = store::CrawlStore::open({});
    ASSERT_TRUE(crawl(source.id, options, *memory, nullptr, now, hooks));
    EXPECT_EQ(seen, (std::vector<std::string>{server.url("/"), server.url("/a")}));
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(known->counts(source.id).known, 0U);
}

TEST(CrawlOfManyPages, SecondOneCostsWhatChanged) {
    constexpr std::uint64_t count = 2'000;
    support::TownPages town(count, 100);
    http::Listener listener;
    listener.port = 0;
    listener.handler = [&](const http::Request& request) { return town.answer(request); };
    const auto server = http::Server::start({}, {listener}).value();
    const std::string origin = "http://127.0.0.1:" + std::to_string(server->ports().front());
    town.set_origin(origin);
    const support::TemporaryFolder folder;
    const auto store = store::Store::open(folder.path());
    const auto known = store::CrawlStore::open(folder.path());
    sources::Source source;
    source.id = SourceId{"by"};
    source.base_url = origin + "/";
    store->put_source(source);
    SiteOptions options;
    options.start = {source.base_url};
    options.private_networks = {"127.0.0.1/32"};
    options.session.delay = std::chrono::milliseconds{0};
    std::uint64_t requests[2] = {};
    for (std::uint64_t& asked : requests) {
        ingest::FolderOptions folder_options;
        folder_options.confined = false;
        folder_options.now = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
        ingest::SourceReport report;
        ingest::WebPages pages(source, *store, folder_options, spelling_of(options).value(),
                               report);
        const auto crawled = crawl(source.id, options, *known, &pages, folder_options.now);
        ASSERT_TRUE(crawled) << crawled.error().message;
        EXPECT_EQ(crawled->taken, &asked == &requests[0] ? count : town.changing() - 1);
        EXPECT_EQ(store->counts().documents, count);
        asked = crawled->requests;
        town.change();
    }
    std::printf("figure: crawl of %llu pages: %llu requests, again with 1 %% changed: %llu\n",
                static_cast<unsigned long long>(count),
                static_cast<unsigned long long>(requests[0]),
                static_cast<unsigned long long>(requests[1]));
    EXPECT_LE(requests[1] * 100, requests[0] * 3);
}

}  // namespace
}  // namespace raadbot::fetch
