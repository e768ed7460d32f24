// A SharePoint site through Microsoft Graph v1.0: its document libraries by delta query, its pages
// by their entity tags. Client-credential token; application permissions Sites.Read.All and
// Files.Read.All, or Sites.Selected for that one site.
//
// What was used of the API: driveItem delta (nextLink, deltaLink, the deleted facet, 410 Gone with
// a resync), driveItem content (302 to a pre-authenticated address, fetched without our token),
// list sitePages, get sitePage with canvasLayout expanded, 429 and 503 with Retry-After.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "adapters/fetch/crawler.hpp"

namespace raadbot::fetch {

struct GraphOptions {
    std::string site;  ///< Its address: "https://town.sharepoint.com/sites/byraad".
    std::string tenant;
    std::string client_id;
    std::string client_secret;
    std::vector<std::string> libraries;  ///< Names of document libraries; empty: all.
    bool read_pages = true;
    std::string graph_url = "https://graph.microsoft.com";
    std::string login_url = "https://login.microsoftonline.com";
    /// Hosts, and what ends in "." and them, that files may be downloaded from.
    std::vector<std::string> download_hosts = {"sharepoint.com"};
    std::vector<std::string> private_networks;  ///< Where download hosts may be; see AddressPolicy.
    ClientOptions client;                       ///< For downloads.
    unsigned retries = 5;                       ///< After 429 and 503.
    std::function<void(std::chrono::milliseconds)> sleep;  ///< Empty: the thread sleeps.
};

/// As crawl(). Errors: denied (Graph refuses: the message names permission and setting),
/// unavailable, invalid_config.
[[nodiscard]] Result<CrawlReport> crawl_graph(const SourceId& source, const GraphOptions& options,
                                              store::CrawlStore& known, ingest::WebPages* pages,
                                              Timestamp now, const CrawlHooks& hooks = {});

/// Whether crawl_graph() could begin: signs in, looks the site up and counts the libraries that
/// would be read. Errors: as crawl_graph(); not_found when a named library is not there.
[[nodiscard]] Result<std::size_t> probe_graph(const GraphOptions& options);

}  // namespace raadbot::fetch
