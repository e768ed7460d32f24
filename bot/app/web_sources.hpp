// Sources that are fetched: from configuration to a crawl, with its report on the terminal.
#pragma once

#include <functional>
#include <optional>

#include "adapters/fetch/crawler.hpp"
#include "adapters/fetch/graph.hpp"
#include "bot/app/config.hpp"
#include "retrieval/ingest/folder.hpp"

namespace raadbot::app {

/// Errors (invalid_config): an address, a prefix or a network that cannot be.
[[nodiscard]] Result<void> check_web_source(const WebSource& source);

/// What the crawler is to be told; the login's secret is fetched now. A source that the
/// configuration does not name (proposed on the command line) has its base_url as start and prefix.
[[nodiscard]] Result<fetch::SiteOptions> site_options(const Config& config,
                                                      const sources::Source& source);

/// What Graph is to be told; nothing for a source that is no SharePoint site. The secret is fetched
/// now.
[[nodiscard]] Result<std::optional<fetch::GraphOptions>> graph_options(
    const Config& config, const sources::Source& source);

struct WebOutcome {
    fetch::CrawlReport crawl;
    ingest::SourceReport pages;
    bool stopped = false;  ///< By run.stop; the next run goes on.
};

struct FetchRun {
    bool dry_run = false;         ///< Nothing is stored; `taken` tells what would be.
    bool remember = true;         ///< Of the site's state; off in dry runs and previews.
    std::uint64_t max_pages = 0;  ///< 0: as configured.
    std::function<bool()> stop;   ///< True: stop at the next page.
    std::function<void(std::uint64_t done, std::uint64_t waiting, const std::string& url)> progress;
    std::function<void(const fetch::Seen&)> taken;
};

/// Crawls one source (site or SharePoint) into the store, silently.
[[nodiscard]] Result<WebOutcome> fetch_source(const Config& config, const sources::Source& source,
                                              store::Store& store,
                                              const ingest::FolderOptions& options,
                                              const FetchRun& run);

void print(const sources::Source& source, const WebOutcome& outcome, bool details);

}  // namespace raadbot::app
