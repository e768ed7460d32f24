// The Debian package as `ninja package` makes it: unpacked beside nothing of the source tree, it
// answers; what its units and scripts name is in it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "tests/support/program.hpp"

namespace raadbot::support {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// The package, built once and unpacked.
class Package : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder() = fs::temp_directory_path() / ("raadbot-package-" + std::to_string(::getpid()));
        fs::create_directories(folder());
        const Outcome made = run({RAADBOT_CPACK, "-G", "DEB", "--config",
                                  RAADBOT_BUILD_DIR "/CPackConfig.cmake", "-B", folder().string()});
        ASSERT_EQ(made.exit_code, 0) << made.out << made.err;
        for (const auto& entry : fs::directory_iterator(folder())) {
            if (entry.path().extension() == ".deb") deb() = entry.path();
        }
        ASSERT_FALSE(deb().empty()) << made.out;
        ASSERT_EQ(run({"/usr/bin/dpkg-deb", "-x", deb().string(), root().string()}).exit_code, 0);
        ASSERT_EQ(run({"/usr/bin/dpkg-deb", "-e", deb().string(), control().string()}).exit_code,
                  0);
    }

    static void TearDownTestSuite() {
        std::error_code error;
        fs::remove_all(folder(), error);
    }

    static fs::path& folder() {
        static fs::path path;
        return path;
    }
    static fs::path& deb() {
        static fs::path path;
        return path;
    }
    static fs::path root() { return folder() / "root"; }
    static fs::path control() { return folder() / "control"; }
};

TEST_F(Package, AnswersFromItsOwnLexiconAndTexts) {
    const fs::path town = folder() / "town";
    write(town / "haandbog" / "parkering.md",
          "# Parkering\n\nByrådets medlemmer parkerer i kælderen under rådhuset.\n");
    write(town / "raadbot.toml",
          "data_dir = \"data\"\n[[source]]\nid = \"haandbog\"\nkind = \"handbook\"\npath = "
          "\"haandbog\"\nbase_url = \"https://www.lunby.example/\"\n");
    const std::string config = (town / "raadbot.toml").string();
    const auto program = [&](std::vector<std::string> arguments) {
        // "env -i": nothing of this shell's; the package's own share folder is the only one it can
        // mean, since one beside the program goes before the source tree.
        std::vector<std::string> line{"/usr/bin/env", "-i", "PATH=/usr/bin:/bin",
                                      (root() / "usr/bin/raadbot").string()};
        line.insert(line.end(), arguments.begin(), arguments.end());
        return run(line);
    };
    const Outcome ingest = program({"ingest", "--config", config});
    ASSERT_EQ(ingest.exit_code, 0) << ingest.err;
    const Outcome ask = program({"ask", "--config", config, "Hvor kan byrådet parkere?"});
    EXPECT_EQ(ask.exit_code, 0) << ask.err;
    EXPECT_NE(ask.out.find("i kælderen under rådhuset"), std::string::npos) << ask.out;

    for (const auto& entry : fs::directory_iterator(RAADBOT_SOURCE_DIR "/config/lexicon")) {
        EXPECT_EQ(read(entry.path()),
                  read(root() / "usr/share/raadbot/lexicon" / entry.path().filename()));
    }
    // It reads what it brings: without its texts it says so instead of finding others.
    fs::rename(root() / "usr/share/raadbot/texts", folder() / "texts");
    const Outcome without = program({"ask", "--config", config, "Hvor kan byrådet parkere?"});
    fs::rename(folder() / "texts", root() / "usr/share/raadbot/texts");
    EXPECT_EQ(without.exit_code, 2) << without.out;
    EXPECT_NE(without.err.find("usr/share/raadbot/texts"), std::string::npos) << without.err;
}

TEST_F(Package, NamesTheLibrariesAndProgramsThatItNeeds) {
    const std::string text = read(control() / "control");
    for (const char* needed : {"libcpprest2.10", "libsqlite3-0", "libssl3", "poppler-utils",
                               "hunspell-da", "mythes-da"}) {
        EXPECT_NE(text.find(needed), std::string::npos) << needed << "\n" << text;
    }
}

TEST_F(Package, ConfigurationIsKeptOnUpgradeAndIsValid) {
    EXPECT_EQ(read(control() / "conffiles"), "/etc/raadbot/raadbot.toml\n");
    const std::string shipped = read(root() / "etc/raadbot/raadbot.toml");
    const fs::path here = folder() / "shipped";
    std::string moved =
        std::regex_replace(shipped, std::regex("/var/lib/raadbot"), (here / "data").string());
    moved = std::regex_replace(moved, std::regex("/srv/raadbot"), here.string());
    write(here / "raadbot.toml", moved);
    write(here / "haandbog" / "side.md", "# Kontakt\n\nSkriv til byrådssekretariatet.\n");
    const Outcome ingest = run({(root() / "usr/bin/raadbot").string(), "ingest", "--config",
                                (here / "raadbot.toml").string()});
    EXPECT_EQ(ingest.exit_code, 0) << ingest.err;
}

TEST_F(Package, UnitsAndScriptsNameOnlyWhatIsThere) {
    const fs::path units = root() / "usr/lib/systemd/system";
    for (const char* unit : {"raadbot.service", "raadbot-ingest.service", "raadbot-ingest.timer"}) {
        const std::string text = read(units / unit);
        ASSERT_FALSE(text.empty()) << unit;
        static const std::regex path("(ExecStart=|--config )(/[^ \n]+)");
        for (std::sregex_iterator it(text.begin(), text.end(), path), end; it != end; ++it) {
            EXPECT_TRUE(fs::exists(root() / (*it)[2].str().substr(1))) << unit << ": " << it->str();
        }
    }
    EXPECT_TRUE(fs::exists(root() / "usr/lib/sysusers.d/raadbot.conf"));
    EXPECT_TRUE(fs::exists(root() / "usr/sbin/raadbot-as-service"));
    for (const char* script : {"postinst", "prerm", "postrm"}) {
        EXPECT_EQ(run({"/bin/sh", "-n", (control() / script).string()}).exit_code, 0) << script;
    }
}

}  // namespace
}  // namespace raadbot::support
