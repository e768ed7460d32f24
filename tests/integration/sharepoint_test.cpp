// SharePoint through the real program, with a strict fake of Entra, Graph and the download host:
// the doctor says what is wrong, reading takes what is published, and a deleted file goes.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/fake_graph.hpp"
#include "tests/support/town.hpp"

namespace raadbot {
namespace {

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

class SharePoint : public ::testing::Test {
protected:
    SharePoint() {
        ::setenv("SHAREPOINT_SECRET", "hemmelig & lang", 1);
        graph_.put("i1", "parkering.md",
                   "# Parkering\n\nMedlemmer parkerer gratis i kælderen under rådhuset.\n");
        graph_.put("i2", "garage.md", "# Garage\n\nGaragen lukker klokken 22 på hverdage.\n");
        graph_.pages["om"] = {"Om byrådet", "Byrådet mødes den sidste mandag i måneden."};
        configure("Dokumenter");
    }
    void configure(const std::string& library) {
        const std::string here = "http://127.0.0.1:" + std::to_string(graph_.server.port());
        town_.write_config(
            "[contact]\nname = \"Sekretariatet\"\nmail = \"post@lunby.example\"\n"
            "[[source]]\nid = \"intranet\"\nkind = \"intranet\"\n"
            "private_networks = [\"127.0.0.1/32\"]\n[source.sharepoint]\n"
            "site = \"https://by.example/sites/byraad\"\ntenant = \"tenant-1\"\n"
            "client_id = \"app\"\nclient_secret_env = \"SHAREPOINT_SECRET\"\n"
            "libraries = [\"" +
            library + "\"]\ngraph_url = \"" + here + "\"\nlogin_url = \"" + here +
            "\"\ndownload_hosts = [\"127.0.0.1\"]\n");
    }
    support::Outcome doctor() { return support::run(town_.line("doctor")); }

    support::Town town_;
    support::FakeGraph graph_;
};

TEST_F(SharePoint, IsReadAndForgotten) {
    auto read = town_.ingest();
    ASSERT_EQ(read.exit_code, 0) << read.out << read.err;
    EXPECT_TRUE(holds(read.out, "intranet: ")) << read.out;
    const auto answer = town_.ask("hvor parkerer medlemmer");
    EXPECT_TRUE(holds(answer.out, "https://by.example/sites/byraad/Dok/parkering.md"))
        << answer.out;
    graph_.remove("i1");
    read = town_.ingest();
    ASSERT_EQ(read.exit_code, 0) << read.out << read.err;
    EXPECT_FALSE(holds(town_.ask("hvor parkerer medlemmer").out, "kælderen"));
    EXPECT_TRUE(graph_.wrong.empty()) << graph_.wrong.front();
}

TEST_F(SharePoint, TheDoctorSaysWhetherItLetsUsIn) {
    ASSERT_EQ(town_.ingest().exit_code, 0);
    auto outcome = doctor();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    EXPECT_TRUE(holds(outcome.out, "ok     source intranet: SharePoint lets us in, 1 libraries"))
        << outcome.out;
    EXPECT_FALSE(holds(outcome.out + outcome.err, "hemmelig"));

    configure("Arkiv");
    outcome = doctor();
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.out, "FAILED source intranet: the site has no library \"Arkiv\""))
        << outcome.out;

    configure("Dokumenter");
    graph_.has_permission = false;
    outcome = doctor();
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.out, "Sites.Read.All")) << outcome.out;

    ::setenv("SHAREPOINT_SECRET", "forkert", 1);
    outcome = doctor();
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.out, "Entra gives no token")) << outcome.out;
    EXPECT_FALSE(holds(outcome.out + outcome.err, "forkert"));

    ::unsetenv("SHAREPOINT_SECRET");
    outcome = doctor();
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_TRUE(holds(outcome.out, "SHAREPOINT_SECRET")) << outcome.out;
    EXPECT_TRUE(graph_.wrong.empty()) << graph_.wrong.front();
}

}  // namespace
}  // namespace raadbot
