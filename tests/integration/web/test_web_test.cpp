// The real program against real servers: nginx serving the demo's website, intranet and meetings in
// the shapes of their systems, with the traps that the web holds. Whoever must not be reached
// listens on another address of 127/8, and counts.
#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "tests/support/certificate.hpp"
#include "tests/support/nginx.hpp"
#include "tests/support/program.hpp"
#include "tests/support/raw_web_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using support::Outcome;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string packed(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

class TestWeb : public testing::Test {
protected:
    TestWeb()
        : forbidden_([](const support::Asked&) { return support::html("hemmeligt"); }, "127.0.0.2"),
          neighbour_([](const support::Asked&) { return support::html("en anden kommune"); }),
          nginx_(folder_ / "nginx") {}

    void SetUp() override {
        if (support::Nginx::program().empty()) {
            GTEST_FAIL() << "nginx is not installed: apt-get install nginx-light "
                            "(tests/packages names it)";
        }
        web_port_ = nginx_.listen();
        intranet_port_ = nginx_.listen();
        meetings_port_ = nginx_.listen();
        traps_port_ = nginx_.listen();
        copy_site("website", "https://egelund.example", origin(web_port_));
        copy_site("intranet", "https://intranet.egelund.example",
                  "https://127.0.0.1:" + std::to_string(intranet_port_));
        copy_meetings();
        write_traps();
        support::write_certificate(folder_ / "nginx/key.pem", folder_ / "nginx/certificate.pem");
        nginx_.start(servers());
        write_config();
    }

    static std::string origin(std::uint16_t port) {
        return "http://127.0.0.1:" + std::to_string(port);
    }

    /// The demo's pages below their own addresses, as their canonical links say.
    void copy_site(const std::string& name, const std::string& from, const std::string& to) {
        const fs::path demo = fs::path(RAADBOT_SOURCE_DIR) / "config/demo" / name;
        std::string map = "<urlset>";
        for (const auto& entry : fs::recursive_directory_iterator(demo)) {
            if (entry.path().extension() != ".html") continue;
            std::string text = support::read_file(entry.path());
            const auto link = text.find("rel=\"canonical\" href=\"" + from);
            std::string path = fs::relative(entry.path(), demo).generic_string();
            if (link != std::string::npos) {
                const auto begin = link + 22 + from.size();
                path = text.substr(begin, text.find('"', begin) - begin);
            }
            while (path.starts_with('/')) path.erase(0, 1);
            map += "<url><loc>" + to + "/" + path + "</loc><lastmod>2026-11-01</lastmod></url>";
            if (path.empty() || path.ends_with('/')) path += "index.html";
            folder_.write(fs::path("nginx") / name / path, replaced(std::move(text), from, to));
        }
        folder_.write(fs::path("nginx") / name / "kort.xml.gz", packed(map + "</urlset>"));
        folder_.write(fs::path("nginx") / name / "robots.txt",
                      "User-agent: *\nDisallow: /intern/\nSitemap: " + to + "/kort.xml.gz\n");
        folder_.write(fs::path("nginx") / name / "intern/index.html",
                      "<h1>Intern</h1><p>Nøglen ligger under måtten ved rådhuset.</p>");
    }

    /// FirstAgenda's public site: pages under /vis?id=, a list that leads to them.
    void copy_meetings() {
        const fs::path demo = fs::path(RAADBOT_SOURCE_DIR) / "config/demo/moeder";
        std::string list =
            "<!doctype html><title>Møder</title><h1>Dagsordener og referater</h1><ul>";
        std::string map = "map $arg_id $moede { default ingen; ";
        int number = 0;
        for (const auto& entry : fs::directory_iterator(demo)) {
            if (entry.path().extension() != ".html" || ++number > 12) continue;
            const std::string id = "m" + std::to_string(number);
            std::string text = support::read_file(entry.path());
            const auto link = text.find("rel=\"canonical\" href=\"");
            if (link != std::string::npos) {
                const auto begin = link + 22;
                const std::string old = text.substr(begin, text.find('"', begin) - begin);
                text = replaced(std::move(text), old, origin(meetings_port_) + "/vis?id=" + id);
            }
            folder_.write("nginx/moeder/" + id + ".html", text);
            map += id + " " + id + "; ";
            list += "<li><a href=\"/vis?id=" + id + "\">Møde " + id + "</a></li>";
        }
        meetings_ = number > 12 ? 12 : number;
        meeting_map_ = map + "}\n";
        folder_.write("nginx/moeder/index.html", list + "</ul>");
    }

    void write_traps() {
        const auto page = [&](const std::string& name, const std::string& html) {
            folder_.write("nginx/faelder/" + name, html);
        };
        page("index.html",
             "<!doctype html><title>Fælder</title><h1>Forside</h1><p>Her er veje ud og ind.</p>"
             "<a href=/ring-a>1</a><a href=/ud>2</a><a href=/metadata>3</a><a href=/nabo>4</a>"
             "<a href=/bombe.html>5</a><a href=/langsom.html>6</a><a href=/forkert.html>7</a>"
             "<a href=/gammel-side>8</a><a href=/lukket/x.html>9</a><a "
             "href=/samtykke-side.html>10</a>"
             "<a href='" +
                 forbidden_.url("/direkte") + "'>11</a><a href='" + neighbour_.url() +
                 "'>12</a><a href=/god.html>13</a><a href='http://localhost:" +
                 std::to_string(forbidden_.port()) +
                 "/'>14</a><a href='/dyb/dyb/dyb/dyb/'>15</a>"
                 "<a href='/kalender?maaned=1'>16</a>");
        page("god.html",
             "<!doctype html><title>Hundeskov</title><h1>Hundeskoven</h1>"
             "<p>Hundeskoven ved Lunden har åbent hele døgnet, og hunde må løbe frit.</p>");
        page("bombe.html.gz", packed(std::string(24U << 20U, ' ')));
        page("langsom.html", std::string(200'000, 'x'));
        page("forkert.html",
             "<!doctype html><meta charset=iso-8859-1><title>K\xF8rsel</title><h1>K\xF8rsel</h1>"
             "<p>K\xF8rselsgodtg\xF8relse s\xF8ges senest tre m\xE5neder efter m\xF8"
             "det i "
             "udvalget.</p>");
        page("lukket/x.html", "<h1>Lukket</h1><p>Robotter har ikke adgang til denne side her.</p>");
        page("samtykke-side.html",
             "<h1>Svømmehal</h1><p>Svømmehallen har åbent fra kl. 6 til 20 "
             "på alle hverdage hele året.</p>");
        page("samtykke.html",
             "<title>Samtykke til cookies</title><h1>Cookies</h1>"
             "<p>Vælg. <button>Accepter</button></p>");
        page("ikke-fundet.html",
             "<title>Ups</title><h1>Siden blev ikke fundet</h1><p>Prøv igen.</p>");
        page("kalender.html",
             "<title>Kalender</title><h1>Kalender</h1><p>Ingen møder i denne "
             "måned i kommunens kalender.</p><a href='/kalender?maaned=2'>x</a>");
        page("robots.txt", "User-agent: *\nDisallow: /lukket/\n");
    }

    std::string servers() {
        const std::string base = (folder_ / "nginx").string();
        const auto listen = [](std::uint16_t port, const char* more = "") {
            return "server { listen 127.0.0.1:" + std::to_string(port) + more + "; ";
        };
        return meeting_map_ +
               // Umbraco's shape: folders, entity tags, gzip.
               listen(web_port_) + "root " + base + "/website; gzip on; }\n" +
               // SharePoint's: behind TLS and a login.
               listen(intranet_port_, " ssl") + "ssl_certificate " + base +
               "/certificate.pem; ssl_certificate_key " + base + "/key.pem; root " + base +
               "/intranet; types { text/html html aspx; } if ($http_authorization != 'Bearer "
               "hemmelig-noegle') { return 401; } }\n" +
               // An agenda system's.
               listen(meetings_port_) + "root " + base +
               "/moeder; location = /vis { default_type text/html; try_files /$moede.html =404; "
               "} }\n" +
               // The traps.
               listen(traps_port_) + "root " + base +
               "/faelder; error_page 404 =200 /ikke-fundet.html;\n"
               "location = /ring-a { return 302 /ring-b; } location = /ring-b { return 302 "
               "/ring-a; }\n"
               "location = /ud { return 302 " +
               forbidden_.url("/omdirigeret") +
               "; }\n"
               "location = /metadata { return 302 http://169.254.169.254/latest/; }\n"
               "location = /nabo { return 301 " +
               neighbour_.url() +
               "; }\n"
               "location = /bombe.html { gzip_static always; }\n"
               "location = /langsom.html { limit_rate 100; }\n"
               "location = /forkert.html { charset utf-8; }\n"
               "location = /kalender { default_type text/html; try_files /kalender.html =404; }\n"
               "location = /samtykke-side.html { if ($cookie_ok = '') { return 302 "
               "/samtykke.html?tilbage=$uri; } }\n}\n";
    }

    void write_config() {
        const auto source = [](const std::string& id, const std::string& kind,
                               const std::string& url, const std::string& more = "") {
            return "[[source]]\nid = \"" + id + "\"\nkind = \"" + kind + "\"\nurl = \"" + url +
                   "\"\nprivate_networks = [\"127.0.0.1/32\"]\ndelay_ms = 0\n" + more;
        };
        folder_.write("login", "Bearer hemmelig-noegle\n");
        folder_.write("town.toml",
                      "data_dir = \"data\"\nmunicipality = \"Egelund Kommune\"\n"
                      "[fetch]\npage_seconds = 2\npage_mb = 8\n"
                      "authorities = \"nginx/certificate.pem\"\n" +
                          source("web", "website", origin(web_port_) + "/") +
                          source("intranet", "intranet",
                                 "https://127.0.0.1:" + std::to_string(intranet_port_) + "/",
                                 "audience = \"council\"\nlogin_header = \"Authorization\"\n"
                                 "login_secret_file = \"login\"\n") +
                          source("moeder", "meetings", origin(meetings_port_) + "/") +
                          source("faelder", "website", origin(traps_port_) + "/"));
    }

    Outcome raadbot(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> line{RAADBOT_BINARY, command, "--config",
                                      (folder_ / "town.toml").string()};
        for (std::string& one : more) line.push_back(std::move(one));
        return support::run(line);
    }
    json ask(const std::string& question, const std::string& audience = "public") {
        const Outcome outcome = raadbot("ask", {"--json", "--now", "2026-11-23T09:00:00+01:00",
                                                "--audience", audience, question});
        return json::parse(outcome.out, nullptr, false);
    }
    std::size_t asked_for(const std::string& part) const {
        std::size_t out = 0;
        for (const std::string& line : nginx_.access())
            out += line.find(part) != std::string::npos ? 1U : 0U;
        return out;
    }

    support::TemporaryFolder folder_;
    support::RawWebServer forbidden_;
    support::RawWebServer neighbour_;
    support::Nginx nginx_;
    std::uint16_t web_port_ = 0;
    std::uint16_t intranet_port_ = 0;
    std::uint16_t meetings_port_ = 0;
    std::uint16_t traps_port_ = 0;
    std::string meeting_map_;
    int meetings_ = 0;
};

TEST_F(TestWeb, IsReadAskedAndForgottenWithoutAConnectionOutside) {
    const Outcome first = raadbot("ingest", {"--details"});
    ASSERT_EQ(first.exit_code, 0) << first.err << first.out << nginx_.errors();

    // The sites: their pages, behind TLS and a login too, and the agenda system's meetings.
    const json web = ask("hvornår har genbrugspladsen åbent");
    EXPECT_EQ(web.value("kind", ""), "answered") << web.dump(1) << first.out;
    EXPECT_TRUE(web["sources"][0]["url"].get<std::string>().starts_with(origin(web_port_)));
    const std::string intranet = "https://127.0.0.1:" + std::to_string(intranet_port_);
    const json intern = ask("hvordan nulstiller jeg min adgangskode", "council");
    EXPECT_EQ(intern.value("kind", ""), "answered");
    EXPECT_NE(intern.dump().find(intranet), std::string::npos) << intern.dump(1);
    // The intranet's audience: whatever else the public is told, nothing is from there.
    const json open = ask("hvordan nulstiller jeg min adgangskode");
    EXPECT_EQ(open.dump().find(intranet), std::string::npos) << open.dump(1);

    // The traps.
    EXPECT_EQ(forbidden_.connections(), 0);
    EXPECT_EQ(neighbour_.connections(), 0);
    EXPECT_EQ(asked_for("/lukket/"), 0U);
    EXPECT_EQ(asked_for("/intern/"), 0U);
    EXPECT_LE(asked_for("/ring-"), 8U);
    EXPECT_LE(asked_for("/kalender"), 4U);
    EXPECT_EQ(ask("hvornår har hundeskoven åbent").value("kind", ""), "answered");
    const json driving = ask("hvornår skal kørselsgodtgørelse senest søges");
    EXPECT_NE(driving.value("text", "").find("måneder"), std::string::npos) << driving.dump(1);
    for (const char* why : {"unpacks to far more", "takes too long", "redirects more than 5",
                            "not approved", "question about cookies"}) {
        EXPECT_NE(first.out.find(why), std::string::npos) << why << "\n" << first.out;
    }

    // Again: the sitemap says that the sites are unchanged; meetings are asked, and answer 304.
    nginx_.forget_access();
    const Outcome again = raadbot("ingest");
    ASSERT_EQ(again.exit_code, 0) << again.err;
    EXPECT_EQ(asked_for("\"GET /vis?id="), static_cast<std::size_t>(meetings_));
    EXPECT_EQ(asked_for("/selvbetjening"), 0U);
    EXPECT_EQ(again.out.find(" 1 new"), std::string::npos) << again.out;

    // Taken down there, gone here.
    fs::remove(folder_ / "nginx/faelder/god.html");
    ASSERT_EQ(raadbot("ingest", {"--source", "faelder"}).exit_code, 0);
    EXPECT_EQ(ask("hvornår har hundeskoven åbent").value("kind", ""), "refused");

    EXPECT_EQ(forbidden_.connections() + neighbour_.connections(), 0);
    std::printf("conformance: test web: 4 sites of nginx, %d connections outside the allow-list\n",
                forbidden_.connections() + neighbour_.connections());
}

TEST_F(TestWeb, DryRunSaysWhatWouldComeAndKeepsNothing) {
    const Outcome dry = raadbot("ingest", {"--dry-run", "--source", "faelder"});
    ASSERT_EQ(dry.exit_code, 0) << dry.err;
    EXPECT_NE(dry.out.find("would take: " + origin(traps_port_) + "/god.html"), std::string::npos)
        << dry.out;
    const Outcome sources = support::run({RAADBOT_BINARY, "sources", "list", "--json", "--config",
                                          (folder_ / "town.toml").string()});
    const json list = json::parse(sources.out, nullptr, false);
    ASSERT_EQ(list.size(), 4U);
    for (const json& source : list) EXPECT_EQ(source["files"], 0) << source["id"];
    EXPECT_EQ(forbidden_.connections() + neighbour_.connections(), 0);
}

TEST_F(TestWeb, IntranetWithoutItsCertificateOrItsLoginGivesNothing) {
    folder_.write("login", "Bearer forkert\n");
    const Outcome wrong = raadbot("ingest", {"--source", "intranet"});
    EXPECT_NE(wrong.out.find("0 pages taken"), std::string::npos) << wrong.out << wrong.err;
    EXPECT_EQ((wrong.out + wrong.err).find("forkert"), std::string::npos) << "a secret was shown";
    folder_.write("town.toml", replaced(support::read_file(folder_ / "town.toml"),
                                        "authorities = \"nginx/certificate.pem\"\n", ""));
    const Outcome strange = raadbot("ingest", {"--source", "intranet"});
    EXPECT_NE(strange.exit_code, 0);
    EXPECT_NE(strange.err.find("TLS"), std::string::npos) << strange.err;
}

}  // namespace
}  // namespace raadbot
