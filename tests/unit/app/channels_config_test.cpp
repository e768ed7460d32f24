// The sections for Teams and Matrix, where their secrets are, and the files made for
// administrators.
#include <gtest/gtest.h>

#include <cstdlib>

#include "bot/app/commands.hpp"
#include "bot/app/config.hpp"
#include "bot/app/secret.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* head =
    "data_dir = \"data\"\nmunicipality = \"Lunby Kommune\"\n"
    "public_url = \"https://spoerg.lunby.example\"\n";
constexpr const char* teams_section = R"([teams]
app_id = "00000000-0000-0000-0000-000000000001"
tenants = ["00000000-0000-0000-0000-000000000002"]
)";
constexpr const char* matrix_section = R"([matrix]
homeserver_url = "http://127.0.0.1:8008"
server_name = "lunby.example"
url = "http://127.0.0.1:8090"
as_token_file = "as"
hs_token_file = "hs"
)";

class ChannelsConfigTest : public ::testing::Test {
protected:
    Config read(const std::string& sections) {
        auto config = read_config(folder_.write("town.toml", head + sections));
        EXPECT_TRUE(config) << config.error().message;
        return config.value_or(Config{});
    }
    std::string error_of(const std::string& sections) {
        const auto config = read_config(folder_.write("town.toml", head + sections));
        EXPECT_FALSE(config);
        return config ? "" : config.error().message;
    }
    static bool says(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    static bool is_private(const fs::path& file) {
        return fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write);
    }
    support::TemporaryFolder folder_;
};

TEST_F(ChannelsConfigTest, WithoutSectionsNothingIsServed) {
    const Config config = read("");
    EXPECT_FALSE(config.teams);
    EXPECT_FALSE(config.matrix);
}

TEST_F(ChannelsConfigTest, SecretsInTheFileAreUnknownKeys) {
    EXPECT_TRUE(
        says(error_of("[teams]\napp_secret = \"x\"\n"), "unknown key \"teams.app_secret\""));
    EXPECT_TRUE(says(error_of("[matrix]\nas_token = \"x\"\n"), "unknown key \"matrix.as_token\""));
    EXPECT_TRUE(says(error_of("[[teams.audience]]\nmay_see = [\"all\"]\n"), "unknown audience"));
}

TEST_F(ChannelsConfigTest, TeamsGetsItsSecretAndTheTownsFacts) {
    folder_.write("secret", " s3cret-value\n");
    const std::string text = std::string(teams_section) + "app_secret_file = \"secret\"\n" +
                             "[[teams.audience]]\nteam = \"19:a@thread.tacv2\"\n"
                             "may_see = [\"council\"]\n";
    const auto options = teams_options(read(text));
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_EQ(options->client_secret, "s3cret-value");
    EXPECT_EQ(options->municipality, "Lunby Kommune");
    EXPECT_EQ(options->public_url, "https://spoerg.lunby.example");
    ASSERT_EQ(options->audiences.size(), 1U);
    EXPECT_EQ(options->audiences[0].audiences, std::vector<Audience>{Audience{"council"}});
}

TEST_F(ChannelsConfigTest, MissingSecretsSayWhereTheyBelong) {
    const auto none = teams_options(read(teams_section));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::invalid_config);
    EXPECT_TRUE(says(none.error().message, "teams.app_secret_env")) << none.error().message;

    ::unsetenv("RAADBOT_TEST_SECRET");
    const std::string by_variable =
        std::string(teams_section) + "app_secret_env = \"RAADBOT_TEST_SECRET\"\n";
    const auto unset = teams_options(read(by_variable));
    ASSERT_FALSE(unset);
    EXPECT_TRUE(says(unset.error().message, "RAADBOT_TEST_SECRET is not set"));
    ::setenv("RAADBOT_TEST_SECRET", "value", 1);
    EXPECT_TRUE(teams_options(read(by_variable)));
    const auto twice = teams_options(read(by_variable + "app_secret_file = \"secret\"\n"));
    ::unsetenv("RAADBOT_TEST_SECRET");
    ASSERT_FALSE(twice);
    EXPECT_TRUE(says(twice.error().message, "named twice"));

    const auto no_file = matrix_options(read(matrix_section));
    ASSERT_FALSE(no_file);
    EXPECT_TRUE(says(no_file.error().message, "matrix.as_token_file: ")) << no_file.error().message;
}

TEST_F(ChannelsConfigTest, ManifestMatrixMakesPrivateFilesOnce) {
    (void)read(matrix_section);
    const fs::path out = folder_ / "registration.yaml";
    EXPECT_EQ(manifest({folder_ / "town.toml", "matrix", out}), 0);
    for (const char* name : {"registration.yaml", "as", "hs"}) {
        EXPECT_TRUE(is_private(folder_ / name)) << name;
    }
    const std::string yaml = support::read_file(out);
    const auto options = matrix_options(read(matrix_section));
    ASSERT_TRUE(options) << options.error().message;
    EXPECT_TRUE(says(yaml, options->as_token));
    EXPECT_TRUE(says(yaml, options->hs_token));

    // Never written over; written anew it holds the same tokens.
    EXPECT_NE(manifest({folder_ / "town.toml", "matrix", out}), 0);
    EXPECT_EQ(manifest({folder_ / "town.toml", "matrix", folder_ / "again.yaml"}), 0);
    EXPECT_EQ(support::read_file(folder_ / "again.yaml"), yaml);
}

TEST_F(ChannelsConfigTest, ManifestTeamsNeedsNoSecret) {
    (void)read(teams_section);
    EXPECT_EQ(manifest({folder_ / "town.toml", "teams", folder_ / "app.zip"}), 0);
    EXPECT_GT(fs::file_size(folder_ / "app.zip"), 1'000U);
    EXPECT_EQ(manifest({folder_ / "town.toml", "matrix", folder_ / "no.yaml"}), 2);
}

}  // namespace
}  // namespace raadbot::app
