// Which room may include which: `adapters -> bot -> retrieval` reads "may include", only bot/app
// sees all.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <sstream>

#include "tests/unit/house/source_tree.hpp"

namespace raadbot::house {
namespace {

struct Include {
    std::string path;
    std::size_t line = 0;
};

std::vector<Include> includes_of(const std::string& text) {
    static const std::regex directive(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
    std::vector<Include> result;
    std::istringstream lines(text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        std::smatch match;
        if (std::regex_search(line, match, directive)) result.push_back({match[1], number});
    }
    return result;
}

/// The room of a path: "retrieval/danish", "bot/app", "adapters/web"; files beside the rooms belong
/// to "retrieval" and "bot". Empty for what is not ours.
std::string room_of(const fs::path& file) {
    const auto text = file.generic_string();
    for (const char* house : {"retrieval/", "bot/", "adapters/"}) {
        if (!text.starts_with(house)) continue;
        const auto end = text.find('/', std::string(house).size());
        return end == std::string::npos ? std::string(house, std::string(house).size() - 1)
                                        : text.substr(0, end);
    }
    return text.starts_with("tests/") ? "tests" : "";
}

std::string storey_of(const std::string& room) { return room.substr(0, room.find('/')); }

/// The rooms of retrieval in their order: each may include itself, the shared types and these.
const std::map<std::string, std::set<std::string>>& retrieval_arrows() {
    static const std::map<std::string, std::set<std::string>> arrows = {
        {"retrieval", {}},
        {"retrieval/danish", {}},
        {"retrieval/sources", {}},
        {"retrieval/store", {"retrieval/sources"}},
        {"retrieval/index", {"retrieval/danish"}},
        {"retrieval/vectors", {"retrieval/index"}},
        {"retrieval/models",
         {"retrieval/danish", "retrieval/sources", "retrieval/store", "retrieval/index",
          "retrieval/vectors"}},
        {"retrieval/ingest",
         {"retrieval/danish", "retrieval/sources", "retrieval/store", "retrieval/index",
          "retrieval/vectors"}},
        {"retrieval/answer",
         {"retrieval/danish", "retrieval/sources", "retrieval/store", "retrieval/index"}},
    };
    return arrows;
}

/// Why `from` may not include something of room `to`; empty when it may.
std::string forbidden(const std::string& from, const std::string& to) {
    if (from == "bot/app" || to.empty()) return {};
    if (to == "tests") return "nothing but tests includes tests";
    const std::string here = storey_of(from);
    const std::string there = storey_of(to);
    if (to == "bot/app") return "only bot/app includes bot/app";
    if (here == "retrieval" && there != "retrieval") return "retrieval includes retrieval only";
    if (here == "bot" && there == "adapters") return "bot never includes an adapter";
    if (here == "retrieval" && from != to && to != "retrieval") {
        const auto known = retrieval_arrows().find(from);
        if (known == retrieval_arrows().end())
            return "a new room: say in this test what it may include";
        if (!known->second.contains(to)) return from + " may not include " + to;
    }
    return {};
}

TEST(Arrows, RoomsIncludeOnlyWhatTheDesignAllows) {
    std::size_t files = 0;
    for (const char* house : {"retrieval", "bot", "adapters"}) {
        for (const fs::path& file : files_below(house)) {
            if (!is_cpp(file)) continue;
            ++files;
            for (const Include& include : includes_of(text_of(file))) {
                const std::string why = forbidden(room_of(file), room_of(include.path));
                EXPECT_EQ(why, "")
                    << file.string() << ':' << include.line << " includes " << include.path;
            }
        }
    }
    EXPECT_GT(files, 100U) << "the sources were not found";
}

TEST(Arrows, KnowsAWrongArrowWhenItSeesOne) {
    EXPECT_NE(forbidden("retrieval/index", "bot"), "");
    EXPECT_NE(forbidden("retrieval/danish", "retrieval/index"), "");
    EXPECT_NE(forbidden("bot/conversation", "adapters/web"), "");
    EXPECT_NE(forbidden("adapters/web", "bot/app"), "");
    EXPECT_EQ(forbidden("adapters/web", "bot/conversation"), "");
    EXPECT_EQ(forbidden("bot/app", "adapters/web"), "");
    EXPECT_EQ(room_of("bot/message.hpp"), "bot");
    EXPECT_EQ(room_of("retrieval/danish/text.hpp"), "retrieval/danish");
    EXPECT_EQ(includes_of("// x\n# include <boost/asio.hpp>\n").at(0).line, 2U);
}

/// Libraries that have one home. `house`: a path prefix that may include it.
struct Home {
    const char* prefix;  ///< Of the included header.
    std::vector<std::string> houses;
};

TEST(Arrows, LibrariesHaveOneHome) {
    const std::vector<Home> homes = {
        {"boost/asio", {"adapters/", "bot/app/"}},
        {"boost/beast", {"adapters/http/"}},
        {"cpprest/", {"adapters/http/"}},
        {"pplx/", {"adapters/http/"}},
        {"hnswlib/", {"retrieval/vectors/"}},
        {"sqlite3.h", {"retrieval/store/"}},
        {"gumbo.h", {"retrieval/ingest/"}},
        {"pugixml.hpp", {"retrieval/ingest/"}},
        {"zip.h", {"retrieval/ingest/", "adapters/teams/"}},  // DOCX; the app package.
        {"cmark-gfm", {"retrieval/ingest/"}},
        {"hunspell/", {"retrieval/danish/"}},
        {"utf8proc.h", {"retrieval/danish/"}},
        {"CLI/", {"bot/app/"}},
    };
    for (const char* house : {"retrieval", "bot", "adapters"}) {
        for (const fs::path& file : files_below(house)) {
            if (!is_cpp(file)) continue;
            for (const Include& include : includes_of(text_of(file))) {
                for (const Home& home : homes) {
                    if (!include.path.starts_with(home.prefix)) continue;
                    const std::string path = file.generic_string();
                    EXPECT_TRUE(std::any_of(
                        home.houses.begin(), home.houses.end(),
                        [&](const std::string& allowed) { return path.starts_with(allowed); }))
                        << path << ':' << include.line << " includes " << include.path;
                }
            }
        }
    }
}

TEST(Arrows, CpprestHidesBehindOneHeader) {
    std::set<std::string> stems;
    std::set<std::string> headers;
    for (const fs::path& file : files_below("adapters")) {
        if (!is_cpp(file)) continue;
        for (const Include& include : includes_of(text_of(file))) {
            if (!include.path.starts_with("cpprest/") && !include.path.starts_with("pplx/"))
                continue;
            stems.insert((file.parent_path() / file.stem()).string());
            if (file.extension() == ".hpp") headers.insert(file.string());
        }
    }
    EXPECT_LE(stems.size(), 1U) << "cpprestsdk must be replaceable in an afternoon";
    EXPECT_LE(headers.size(), 1U);
}

TEST(Arrows, EveryHeaderOpensWithWhatItIsFor) {
    for (const char* house : {"retrieval", "bot", "adapters"}) {
        for (const fs::path& file : files_below(house)) {
            if (file.extension() != ".hpp") continue;
            const std::string text = text_of(file);
            EXPECT_TRUE(text.starts_with("// "))
                << file << " begins without a comment that says what it is for";
            EXPECT_NE(text.find("#pragma once"), std::string::npos) << file;
        }
    }
}

}  // namespace
}  // namespace raadbot::house
