// The one configuration file: what it gives, and errors that name file, line and key.
#include "bot/app/config.hpp"

#include <gtest/gtest.h>

#include <regex>

#include "tests/support/temporary_folder.hpp"

namespace raadbot::app {
namespace {

constexpr const char* least = R"(data_dir = "data"
[[source]]
id = "pages"
kind = "handbook"
path = "pages"
base_url = "https://lunby.example/"
)";

class ConfigTest : public ::testing::Test {
protected:
    Result<Config> read(const std::string& text) {
        return read_config(folder_.write("town.toml", text));
    }

    /// The error's message; fails unless it is an invalid_config that begins with file and line.
    std::string error_at(int line, const std::string& text) {
        const auto config = read(text);
        EXPECT_FALSE(config) << text;
        if (config) return {};
        EXPECT_EQ(config.error().code, ErrorCode::invalid_config);
        const std::string place =
            (folder_ / "town.toml").string() + ":" + std::to_string(line) + ": ";
        EXPECT_TRUE(config.error().message.starts_with(place)) << config.error().message;
        return config.error().message;
    }

    support::TemporaryFolder folder_;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_F(ConfigTest, FiveLinesAreEnough) {
    const auto config = read(least);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->data_dir, folder_ / "data");
    ASSERT_EQ(config->sources.size(), 1U);
    EXPECT_EQ(config->sources[0].path, folder_ / "pages");
    EXPECT_EQ(config->sources[0].audience, Audience{});
    EXPECT_EQ(config->sources[0].state, sources::State::approved);
    EXPECT_EQ(config->web.address, "127.0.0.1");
    EXPECT_EQ(config->web.port, 8080);
    EXPECT_EQ(config->public_url, "http://127.0.0.1:8080");
}

TEST_F(ConfigTest, UnknownKeysAreErrorsOnEveryLevel) {
    EXPECT_TRUE(holds(error_at(1, "data_dri = \"data\"\n"), "\"data_dri\""));
    EXPECT_TRUE(holds(error_at(3, "data_dir = \"data\"\n[web]\nprot = 8080\n"), "\"web.prot\""));
    EXPECT_TRUE(holds(error_at(3, "data_dir = \"data\"\n[contact]\nemail = \"a\"\n"),
                      "known here: mail, name, phone"));
    EXPECT_TRUE(holds(error_at(7, std::string(least) + "ower = \"x\"\n"), "\"source.ower\""));
    EXPECT_TRUE(holds(error_at(2, "data_dir = \"data\"\n[wbe]\nport = 1\n"), "\"wbe\""));
}

TEST_F(ConfigTest, WrongTypesAndRangesNameTheKey) {
    EXPECT_TRUE(holds(error_at(3, "data_dir = \"data\"\n[web]\nport = 70000\n"),
                      "web.port must be a whole number from 0 to 65535"));
    EXPECT_TRUE(holds(error_at(3, "data_dir = \"data\"\n[web]\nport = \"8080\"\n"), "web.port"));
    EXPECT_TRUE(holds(error_at(1, "data_dir = 5\n"), "data_dir must be a text"));
    EXPECT_TRUE(holds(error_at(3, "data_dir = \"data\"\n[web]\ntrusted_proxies = \"a\"\n"),
                      "list of texts"));
    EXPECT_TRUE(holds(error_at(7, std::string(least) + "review_date = \"soon\"\n"),
                      "source.review_date must be a date"));
    EXPECT_TRUE(holds(error_at(2, "data_dir = \"data\"\nsource = \"x\"\n"), "[[source]]"));
    EXPECT_TRUE(
        holds(error_at(3, "data_dir = \"data\"\n[limits]\nthreads = 0\n"), "limits.threads"));
}

TEST_F(ConfigTest, BrokenTomlNamesTheLine) {
    error_at(2, "data_dir = \"data\"\nmunicipality = \n");
    error_at(3, "data_dir = \"data\"\n\ndata_dir = \"again\"\n");
}

TEST_F(ConfigTest, WrongSourcesNameTheirLine) {
    error_at(2,
             "data_dir = \"data\"\n[[source]]\nid = \"Not Good\"\nkind = \"handbook\"\npath = "
             "\"p\"\nbase_url = \"https://a.example/\"\n");
    error_at(2,
             "data_dir = \"data\"\n[[source]]\nid = \"a\"\nkind = \"book\"\npath = \"p\"\nbase_url "
             "= \"https://a.example/\"\n");
    error_at(2,
             "data_dir = \"data\"\n[[source]]\nid = \"a\"\nkind = \"handbook\"\npath = "
             "\"p\"\nbase_url = \"ftp://a.example/\"\n");
    error_at(2,
             "data_dir = \"data\"\n[[source]]\nid = \"a\"\nkind = \"handbook\"\nbase_url = "
             "\"https://a.example/\"\n");
    error_at(2,
             "data_dir = \"data\"\n[[source]]\nid = \"a\"\naudience = \"all\"\npath = "
             "\"p\"\nbase_url = \"https://a.example/\"\n");
    EXPECT_TRUE(holds(error_at(7, std::string(least) + std::string(least).substr(
                                                           std::string(least).find("[[source]]"))),
                      "used twice"));
}

TEST_F(ConfigTest, MissingFileAndMissingDataDirAreSaid) {
    const auto none = read_config(folder_ / "none.toml");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::invalid_config);
    EXPECT_TRUE(holds(none.error().message, "none.toml"));
    const auto empty = read("municipality = \"Lunby\"\n");
    ASSERT_FALSE(empty);
    EXPECT_TRUE(holds(empty.error().message, "data_dir is missing"));
    EXPECT_FALSE(read_config(folder_.path()));  // A folder is no configuration.
}

TEST_F(ConfigTest, DatesAreTakenAsDateOrText) {
    for (const char* date : {"2027-06-30", "\"2027-06-30\""}) {
        const auto config = read(std::string(least) + "review_date = " + date + "\n");
        ASSERT_TRUE(config) << config.error().message;
        EXPECT_EQ(config->sources[0].review_date, parse_date("2027-06-30"));
    }
}

TEST_F(ConfigTest, PublicUrlLosesItsTrailingSlash) {
    const auto config = read("data_dir = \"data\"\npublic_url = \"https://a.example/spoerg//\"\n");
    ASSERT_TRUE(config);
    EXPECT_EQ(config->public_url, "https://a.example/spoerg");
}

TEST(ExampleConfig, LoadsAsItStandsAndWithEveryDefaultWrittenOut) {
    const std::filesystem::path file =
        std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/raadbot.example.toml";
    const auto config = read_config(file);
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->sources.size(), 3U);
    EXPECT_EQ(config->sources[1].selectors.item, "section.punkt");

    const support::TemporaryFolder folder;
    const std::string all = std::regex_replace(support::read_file(file),
                                               std::regex(R"((^|\n)# (\[|[a-z_]+ = ))"), "$1$2");
    const auto written_out = read_config(folder.write("all.toml", all));
    ASSERT_TRUE(written_out) << written_out.error().message;
    // What the example calls a default is one.
    EXPECT_EQ(written_out->web.port, config->web.port);
    EXPECT_EQ(written_out->web.address, config->web.address);
    EXPECT_EQ(written_out->web.questions_per_minute, config->web.questions_per_minute);
    EXPECT_EQ(written_out->limits.max_file_bytes, config->limits.max_file_bytes);
    EXPECT_EQ(written_out->limits.max_text_bytes, config->limits.max_text_bytes);
    EXPECT_EQ(written_out->limits.max_seconds, config->limits.max_seconds);
    EXPECT_EQ(written_out->limits.max_memory_bytes, config->limits.max_memory_bytes);
    EXPECT_EQ(written_out->threads, config->threads);
    EXPECT_EQ(written_out->keep_answers, config->keep_answers);
    EXPECT_EQ(written_out->sources[0].refresh, config->sources[0].refresh);
    EXPECT_EQ(written_out->sources[0].state, config->sources[0].state);
}

TEST(DemoConfig, Loads) {
    const auto config = read_config(std::filesystem::path(RAADBOT_SOURCE_DIR) / "config/demo.toml");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_GE(config->sources.size(), 7U);
    for (const auto& source : config->sources) {
        EXPECT_TRUE(std::filesystem::is_directory(source.path)) << source.path;
        EXPECT_FALSE(source.rights.empty()) << source.id.value;
        EXPECT_FALSE(source.purpose.empty()) << source.id.value;
    }
}

TEST_F(ConfigTest, FetchedSourceNamesAnAddressInsteadOfAFolder) {
    const auto source = [](const std::string& keys) {
        return "data_dir = \"data\"\n[[source]]\nid = \"web\"\n" + keys;
    };
    const auto good =
        read(source("url = \"https://www.x.dk/politik/\"\n"
                    "allow = [\"https://www.x.dk/\"]\ndelay_ms = 0\n"
                    "private_networks = [\"10.1.0.0/16\"]\n"
                    "login_header = \"Cookie\"\nlogin_secret_env = \"X\"\n"));
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_TRUE(good->sources[0].path.empty());
    EXPECT_EQ(good->sources[0].base_url, "https://www.x.dk/politik/");
    EXPECT_EQ(good->web_sources.at("web").delay, std::chrono::milliseconds(0));
    const std::pair<const char*, const char*> wrong[] = {
        {"base_url = \"https://x.dk/\"\n", "url"},
        {"url = \"https://x.dk/\"\npath = \"p\"\n", "both path and url"},
        {"url = \"ftp://x.dk/\"\n", "ftp://x.dk/"},
        {"url = \"https://x.dk/\"\nallow = [\"https://y.dk/\"]\n", "within allow"},
        {"url = \"https://a@x.dk/\"\n", "a@x.dk"},
        {"url = \"https://x.dk/\"\nprivate_networks = [\"0.0.0.0/0\"]\n", "private_networks"},
        {"url = \"https://x.dk/\"\nprivate_networks = [\"169.254.169.254\"]\n", "private"},
        {"url = \"https://x.dk/\"\nlogin_header = \"Cookie\"\n", "login_secret"},
        {"url = \"https://x.dk/\"\nlogin_header = \"A: b\"\nlogin_secret_env = \"X\"\n",
         "login_header"},
    };
    for (const auto& [keys, what] : wrong) {
        const auto config = read(source(keys));
        ASSERT_FALSE(config) << keys;
        EXPECT_EQ(config.error().code, ErrorCode::invalid_config);
        EXPECT_NE(config.error().message.find(what), std::string::npos) << config.error().message;
    }
}

}  // namespace
}  // namespace raadbot::app
