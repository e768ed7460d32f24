// The one TOML file that configures everything, read and checked. Only bot/app reads files and the
// environment; the rooms get plain option structs.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

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
};

/// Paths in the file are relative to its folder. Errors (invalid_config) name file, line and key,
/// also for unknown keys.
[[nodiscard]] Result<Config> read_config(const std::filesystem::path& file);

/// The folder that holds `lexicon/` and `texts/`: beside the installed program, or in the source
/// tree.
[[nodiscard]] std::filesystem::path share_dir();

}  // namespace raadbot::app
