// Walks one source of the web: from its start addresses, sitemaps and feeds along links within what
// is approved; takes what is new or changed, forgets what is gone. What it knows is in the crawl
// store, so that it can be stopped at any point and goes on where it was.
//
// What an address answers decides: 404, 410 and pages that say so are forgotten at once; 401, 403
// and redirects out of the approved at the end of the run, unless so many do it that the site is
// the likelier culprit; when the server or the network fails, what is stored stays.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/fetch/session.hpp"
#include "retrieval/ingest/web_pages.hpp"
#include "retrieval/store/crawl_store.hpp"

namespace raadbot::fetch {

struct SiteOptions {
    std::vector<std::string> start;             ///< Where links begin.
    std::vector<std::string> allow;             ///< Approved prefixes; empty: those of `start`.
    std::vector<std::string> leave_out;         ///< Prefixes within them that are not read.
    std::vector<std::string> sitemaps;          ///< Besides those of robots.txt and /sitemap.xml.
    std::vector<std::string> feeds;             ///< RSS or Atom.
    std::vector<std::string> private_networks;  ///< Of an intranet; see AddressPolicy.
    std::uint64_t max_pages = 50'000;           ///< Addresses known at most.
    std::uint32_t max_depth = 16;               ///< Links from the start.
    std::uint32_t max_variants = 2'000;         ///< Addresses that differ in their query alone.
    std::chrono::hours recheck{24 * 7};         ///< Asked for again then, whatever a sitemap says.
    bool trust_sitemap = true;  ///< An unchanged lastmod spares the request until then.
    ClientOptions client;
    SessionOptions session;
};

struct CrawlReport {
    std::uint64_t requests = 0;   ///< All that were sent.
    std::uint64_t visited = 0;    ///< Addresses asked for.
    std::uint64_t taken = 0;      ///< New or changed, given to the parser.
    std::uint64_t unchanged = 0;  ///< 304, or the same bytes.
    std::uint64_t spared = 0;     ///< Known, and not asked for.
    std::uint64_t gone = 0;
    std::uint64_t refused = 0;
    std::uint64_t unreached = 0;
    bool resumed = false;
    std::vector<ingest::SourceReport::Line> lines;  ///< Why pages were not taken; at most 1,000.
};

struct Seen {
    std::string url;
    std::string type;  ///< Media type.
    std::uint64_t bytes = 0;
    std::string title;
};

struct CrawlHooks {
    /// Visited so far, and known to wait.
    std::function<void(std::uint64_t done, std::uint64_t waiting, const std::string& url)> progress;
    /// Each page that is taken, or would be.
    std::function<void(const Seen&)> taken;
    /// Asked once, when all is visited and stored: known addresses that are to be read whole,
    /// though they have not changed.
    std::function<std::vector<std::string>()> again;
    /// True: stop now; the next crawl goes on.
    std::function<bool()> stop;
};

/// `pages`: where pages go; null for a dry run (give a crawl store in memory then). Errors:
/// invalid_config (an address or network in the options), unavailable (the site cannot be reached;
/// nothing is forgotten).
[[nodiscard]] Result<CrawlReport> crawl(const SourceId& source, const SiteOptions& options,
                                        store::CrawlStore& known, ingest::WebPages* pages,
                                        Timestamp now, const CrawlHooks& hooks = {});

/// The one spelling of an approved address, or an empty text; for ingest::WebPages.
[[nodiscard]] Result<ingest::WebPages::Canonical> spelling_of(const SiteOptions& options);

}  // namespace raadbot::fetch
