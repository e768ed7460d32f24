#include "adapters/teams/manifest.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <cstdlib>
#include <fstream>

#include "adapters/teams/render.hpp"
#include "tests/support/teams_world.hpp"

namespace raadbot::teams {
namespace {

PackageInputs inputs() {
    PackageInputs in;
    in.app_id = test::teams_app;
    in.municipality = "Egelund Kommune";
    in.public_url = "https://raadbot.egelund.example.dk";
    for (int n = 0; n < 14; ++n) {
        in.questions_da.push_back("Hvornår er det næste møde i Teknik- og Miljøudvalget, nummer " +
                                  std::to_string(n) + "?");
        in.questions_en.push_back("When is the next meeting number " + std::to_string(n) + "?");
    }
    return in;
}

TEST(Manifest, HoldsToTheLimits) {
    const auto files = package_files(inputs()).value();
    const Json manifest = Json::parse(files.at("manifest.json"));
    EXPECT_EQ(manifest["manifestVersion"], "1.29");
    EXPECT_LE(utf16_bytes(manifest["description"]["short"]) / 2 - 2, 80U);
    EXPECT_LE(manifest["developer"]["name"].get<std::string>().size(), 32U);
    const Json& commands = manifest["bots"][0]["commandLists"][0]["commands"];
    EXPECT_EQ(commands.size(), 10U);
    for (const Json& command : commands) {
        EXPECT_LE(utf16_bytes(command["title"]) / 2 - 2, 128U);
        EXPECT_EQ(command["type"], "prompt");
    }
    // Who reads English also asks in English.
    const Json english = Json::parse(files.at("en.json"));
    EXPECT_EQ(english["bots[0].commandLists[0].commands[3].prompt"],
              "When is the next meeting number 3?");
    EXPECT_EQ(manifest["validDomains"][0], "raadbot.egelund.example.dk");
    EXPECT_FALSE(manifest.contains("authorization"));  // Reads no message that does not mention it.
}

TEST(Manifest, NamesTheSettingThatDoesNotFit) {
    const auto refused = [](auto&& change) {
        PackageInputs in = inputs();
        change(in);
        const auto files = package_files(in);
        return files ? std::string() : files.error().message;
    };
    EXPECT_NE(refused([](auto& in) { in.app_id = "x"; }).find("app_id"), std::string::npos);
    EXPECT_NE(refused([](auto& in) { in.version = "1.0"; }).find("version"), std::string::npos);
    EXPECT_NE(refused([](auto& in) { in.public_url = "http://x.dk"; }).find("public_url"),
              std::string::npos);
    EXPECT_NE(refused([](auto& in) { in.name = std::string(31, 'x'); }).find("name"),
              std::string::npos);
}

TEST(Manifest, DrawsIconsOfTheRightSize) {
    const auto files = package_files(inputs()).value();
    const auto size = [](const std::string& png) {
        EXPECT_EQ(png.substr(1, 3), "PNG");
        return (static_cast<unsigned char>(png[18]) << 8) + static_cast<unsigned char>(png[19]);
    };
    EXPECT_EQ(size(files.at("color.png")), 192);
    EXPECT_EQ(size(files.at("outline.png")), 32);
}

TEST(Manifest, WritesAZipWithItsFilesAtTheTop) {
    std::string name = (std::filesystem::temp_directory_path() / "raadbot-XXXXXX").string();
    const std::filesystem::path dir = ::mkdtemp(name.data());
    ASSERT_TRUE(write_package(inputs(), dir / "raadbot.zip"));
    zip_t* zip = zip_open((dir / "raadbot.zip").c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    ASSERT_NE(zip, nullptr);
    EXPECT_EQ(zip_get_num_entries(zip, 0), 4);
    for (const char* file : {"manifest.json", "en.json", "color.png", "outline.png"}) {
        EXPECT_GE(zip_name_locate(zip, file, 0), 0) << file;
    }
    zip_discard(zip);
    EXPECT_FALSE(write_package(inputs(), dir / "no such folder" / "raadbot.zip"));
    // For the schema check, which is not C++.
    if (const char* where = std::getenv("TEAMS_PACKAGE"))
        std::filesystem::copy_file(dir / "raadbot.zip", where,
                                   std::filesystem::copy_options::overwrite_existing);
    std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace raadbot::teams
