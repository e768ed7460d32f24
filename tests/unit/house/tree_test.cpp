// The tree itself: every configuration key is shown, nothing is left undone, nothing tells of a
// machine.
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "tests/unit/house/source_tree.hpp"

namespace raadbot::house {
namespace {

TEST(Tree, EveryConfigurationKeyIsShownInTheExample) {
    const std::string example = text_of("config/raadbot.example.toml");
    std::size_t keys = 0;
    for (const fs::path& file : files_below("bot/app")) {
        if (!file.filename().string().starts_with("config") || file.extension() != ".cpp") continue;
        const std::string source = text_of(file);
        static const std::regex reader(
            R"re(\.(text|texts|audiences|number|date|flag|table|tables)\(\s*"(\w+)")re");
        for (auto it = std::sregex_iterator(source.begin(), source.end(), reader);
             it != std::sregex_iterator(); ++it) {
            const std::string key = (*it)[2];
            const bool table = (*it)[1].str().starts_with("table");
            const std::regex shown(table ? R"((^|\n)(# )?\[\[?([a-z_]+\.)*)" + key + R"(\]\]?)"
                                         : R"((^|\n)(# )?)" + key + " = ");
            EXPECT_TRUE(std::regex_search(example, shown))
                << "config/raadbot.example.toml does not show \"" << key << '"';
            ++keys;
        }
    }
    EXPECT_GE(keys, 30U) << "the configuration's readers were not found";
}

/// Files that people wrote: the tree without the demo's documents, licences and binaries.
std::vector<fs::path> written() {
    std::vector<fs::path> result;
    static const std::set<std::string> kinds = {
        ".cpp", ".hpp", ".cmake", ".txt", ".md", ".toml", ".json",    ".js",
        ".css", ".tsv", ".html",  ".mjs", ".sh", ".yml",  ".service", ""};
    for (const fs::path& file : files_below(".")) {
        const std::string path = file.lexically_normal().generic_string();
        if (path == "LICENSE" || path.ends_with("package-lock.json")) continue;
        if (kinds.contains(file.extension().string())) result.emplace_back(path);
    }
    return result;
}

TEST(Tree, NothingTellsOfOurMachines) {
    // Put together here so that this file does not hold what it looks for.
    // Microsoft Graph calls a drive's top folder root, too.
    const std::regex machine(std::string("(^|[\\s\"'=(:])/(wo") + "rk|ho" + "me/[a-z]|ro" +
                             "ot(?!/delta)|tmp/bu" + "ild)/");
    for (const fs::path& file : written()) {
        std::istringstream lines(text_of(file));
        std::string line;
        for (std::size_t number = 1; std::getline(lines, line); ++number) {
            if (line.size() > 2000) line.resize(2000);
            EXPECT_FALSE(std::regex_search(line, machine))
                << file.string() << ':' << number << ": " << line;
        }
    }
}

TEST(Tree, NothingIsLeftUndone) {
    const std::regex undone(std::string("\\b(TO") + "DO|FIX" + "ME|XX" + "X)\\b");
    for (const fs::path& file : written()) {
        if (file.generic_string().starts_with("config/")) continue;  // Words in data.
        std::istringstream lines(text_of(file));
        std::string line;
        for (std::size_t number = 1; std::getline(lines, line); ++number) {
            if (line.size() > 2000) line.resize(2000);
            EXPECT_FALSE(std::regex_search(line, undone))
                << file.string() << ':' << number << ": " << line;
        }
    }
}

TEST(Tree, CommandsAreExecutable) {
    for (const char* command : {"bot/start", "bot/install-packages", "tests/run", ".ci/run"}) {
        ASSERT_TRUE(fs::exists(root() / command)) << command;
        EXPECT_NE(fs::status(root() / command).permissions() & fs::perms::owner_exec,
                  fs::perms::none)
            << command;
    }
}

}  // namespace
}  // namespace raadbot::house
