// The one TOML file that configures everything, read and checked. Only bot/app reads files and the
// environment; the rooms get plain option structs.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/admin/options.hpp"
#include "adapters/matrix/options.hpp"
#include "adapters/model/options.hpp"
#include "adapters/teams/options.hpp"
#include "bot/app/secret.hpp"
#include "bot/message.hpp"
#include "retrieval/ingest/parse.hpp"
#include "retrieval/sources/source.hpp"

namespace raadbot::app {

struct WebConfig {
    std::string address = "127.0.0.1";         ///< An IP address to listen on.
    std::uint16_t port = 8080;                 ///< 0: the kernel chooses; printed at start.
    std::vector<std::string> frame_ancestors;  ///< Origins that may embed the widget.
    std::vector<std::string> trusted_proxies;  ///< Addresses whose X-Forwarded-For counts.
    std::uint32_t questions_per_minute = 30;   ///< Per address, 1-10000.
};

struct TeamsConfig {
    teams::Options options;             ///< Without the secret; see teams_options().
    std::string address = "127.0.0.1";  ///< An IP address to listen on.
    std::uint16_t port = 3978;          ///< 0: the kernel chooses; printed at start.
    SecretPlace app_secret;
    std::string app_name = "Raadbot";   ///< Of the package; at most 30 characters.
    std::string app_version = "1.0.0";  ///< Of the package; must grow for an update.
    std::vector<std::string> starters_da, starters_en;  ///< Questions offered in an empty chat.
};

struct MatrixConfig {
    matrix::Options options;            ///< Without the tokens; see matrix_options().
    std::string address = "127.0.0.1";  ///< An IP address to listen on.
    std::uint16_t port = 8090;          ///< 0: the kernel chooses; printed at start.
    SecretPlace as_token;
    SecretPlace hs_token;
};

/// An administrator who may give commands in a chat.
struct ChatPerson {
    governance::Person person;
    std::string teams;   ///< Entra object id, or empty.
    std::string matrix;  ///< "@lone:example.dk", or empty.
};

struct AdminConfig {
    admin::Options options;             ///< Without the secret; see admin_options().
    std::string address = "127.0.0.1";  ///< An IP address to listen on.
    std::uint16_t port = 8070;          ///< 0: the kernel chooses; printed at start.
    SecretPlace client_secret;
    std::vector<ChatPerson> chat;
};

struct ModelConfig {
    model::Options options;     ///< Without the keys; see model_options().
    SecretPlace embedding_key;  ///< Both places empty: no key.
    SecretPlace reranking_key;
};

/// How sources of the web are fetched; see fetch::SiteOptions for what it leads to.
struct FetchConfig {
    std::chrono::milliseconds delay{1'000};   ///< Between two requests to one host, 0 to 60000.
    std::chrono::seconds page_time{30};       ///< For one page, 1 to 600.
    std::uint64_t page_bytes = 32ULL << 20U;  ///< As sent and unpacked.
    std::uint64_t max_pages = 50'000;         ///< Of one source, 1 to 10000000.
    std::uint32_t max_depth = 16;             ///< Links from the start, 1 to 100.
    std::chrono::days recheck{7};             ///< Asked for again then at the latest, 1 to 365.
    std::filesystem::path authorities;        ///< More trusted certificates (PEM).
};

/// A SharePoint site that is read through Microsoft Graph; see fetch::GraphOptions.
struct SharePointSource {
    std::string site, tenant, client_id;
    SecretPlace client_secret;
    std::vector<std::string> libraries;  ///< Empty: all.
    bool pages = true;
    std::string graph_url, login_url;         ///< Of another cloud; empty: the usual ones.
    std::vector<std::string> download_hosts;  ///< The same.
};

/// What a [[source]] with `url`, or with a [source.sharepoint], says beyond a folder's.
struct WebSource {
    std::optional<SharePointSource> sharepoint;
    std::string url;
    std::vector<std::string> allow, leave_out, sitemaps, feeds, private_networks;
    bool trust_sitemap = true;
    std::optional<std::chrono::milliseconds> delay;
    std::string login_header;  ///< Empty: no login.
    SecretPlace login_secret;
};

struct Config {
    std::filesystem::path file;
    std::filesystem::path data_dir;
    std::filesystem::path lexicon_dir;
    std::filesystem::path texts_dir;
    std::string municipality = "kommunen";
    std::string public_url;  ///< Without a trailing slash; default http://address:port
    bot::Contact contact;
    WebConfig web;
    ingest::Limits limits;
    unsigned threads = 2;                ///< Parsers at work at once, 1-16.
    std::chrono::days keep_answers{30};  ///< How long permalinks live, 1-3650.
    std::vector<sources::Source> sources;
    FetchConfig fetch;
    std::map<std::string, WebSource> web_sources;  ///< By source id.
    std::optional<TeamsConfig> teams;              ///< Unset: Teams is not served.
    std::optional<MatrixConfig> matrix;            ///< Unset: Matrix is not served.
    std::optional<AdminConfig> admin;              ///< Unset: the administration is not served.
    std::optional<ModelConfig> model;              ///< Unset: no neural model is used.
};

/// Paths in the file are relative to its folder. Errors (invalid_config) name file, line and key,
/// also for unknown keys.
[[nodiscard]] Result<Config> read_config(const std::filesystem::path& file);

/// What the channel is to be given: the section, what the whole file says of the municipality, and
/// the secrets, fetched now. The section must be there. Errors: invalid_config.
[[nodiscard]] Result<teams::Options> teams_options(const Config& config);
[[nodiscard]] Result<matrix::Options> matrix_options(const Config& config);
[[nodiscard]] Result<admin::Options> admin_options(const Config& config);
[[nodiscard]] Result<model::Options> model_options(const Config& config);
/// What staff may do here. Without [admin] the machine's keeper decides alone.
[[nodiscard]] governance::DeskOptions desk_options(const Config& config);

/// The folder that holds `lexicon/` and `texts/`: beside the installed program, or in the source
/// tree.
[[nodiscard]] std::filesystem::path share_dir();

}  // namespace raadbot::app
