// The configuration's section for fetching, and the keys of sources that are fetched.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>

#include "bot/app/config.hpp"
#include "bot/app/table_reader.hpp"

namespace raadbot::app {

[[nodiscard]] Result<void> read_fetch(const std::filesystem::path& file, const toml::table& table,
                                      Config& config);

/// Reads, with the rest of a [[source]], what only fetched ones have.
class WebSourceReader {
public:
    /// `file`: the configuration's, for messages.
    WebSourceReader(const std::filesystem::path& file, TableReader& reader);
    /// Nothing for a folder. Sets the base_url of a fetched source. Errors (invalid_config): none
    /// or several of `path`, `url` and [source.sharepoint], addresses or networks that cannot be.
    [[nodiscard]] Result<std::optional<WebSource>> finish(const std::filesystem::path& base,
                                                          sources::Source& source);

private:
    WebSource web_;
    std::string secret_file_;
    std::string sharepoint_secret_file_;
    std::int64_t delay_ = -1;
};

}  // namespace raadbot::app
