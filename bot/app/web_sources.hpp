// Sources that are fetched: from configuration to a crawl, with its report on the terminal.
#pragma once

#include "adapters/fetch/crawler.hpp"
#include "bot/app/config.hpp"
#include "retrieval/ingest/folder.hpp"

namespace raadbot::app {

/// Errors (invalid_config): an address, a prefix or a network that cannot be.
[[nodiscard]] Result<void> check_web_source(const WebSource& source);

/// What the crawler is to be told; the login's secret is fetched now. A source that the
/// configuration does not name (proposed on the command line) has its base_url as start and prefix.
[[nodiscard]] Result<fetch::SiteOptions> site_options(const Config& config,
                                                      const sources::Source& source);

struct WebOutcome {
    fetch::CrawlReport crawl;
    ingest::SourceReport pages;
    bool stopped = false;  ///< By a signal; the next run goes on.
};

/// Crawls one source into the store. `dry_run`: only prints what would be taken.
[[nodiscard]] Result<WebOutcome> fetch_source(const Config& config, const sources::Source& source,
                                              store::Store& store,
                                              const ingest::FolderOptions& options, bool dry_run);

void print(const sources::Source& source, const WebOutcome& outcome, bool details);

}  // namespace raadbot::app
