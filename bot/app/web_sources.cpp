#include "bot/app/web_sources.hpp"

#include <algorithm>
#include <iostream>

#include "retrieval/ingest/corrected.hpp"
#include "retrieval/store/papers.hpp"

namespace raadbot::app {
namespace {

/// Who is asking, for the site's logs: a name, and where people may turn to.
std::string user_agent(const Config& config) {
    std::string out = "Raadbot (";
    if (config.public_url.starts_with("https://")) out += "+" + config.public_url + "/om; ";
    out += config.contact.mail.empty() ? config.municipality : config.contact.mail;
    out += ")";
    std::replace_if(
        out.begin(), out.end(),
        [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e;
        },
        '?');
    return out;
}

}  // namespace

Result<void> check_web_source(const WebSource& source) {
    const auto start = fetch::Scope::of({source.url});
    if (!start) return tl::unexpected(start.error());
    const auto scope = fetch::Scope::of(
        source.allow.empty() ? std::vector{source.url} : source.allow, source.leave_out);
    if (!scope) return tl::unexpected(scope.error());
    if (!scope->canonical(source.url))
        return fail(ErrorCode::invalid_config, "url is not within allow");
    if (auto policy = fetch::AddressPolicy::with_private(source.private_networks); !policy)
        return tl::unexpected(policy.error());
    const bool named = !source.login_secret.env.empty() || !source.login_secret.file.empty();
    if (source.login_header.empty() != !named) {
        return fail(ErrorCode::invalid_config,
                    "login_header and login_secret_env or login_secret_file belong together");
    }
    const bool token =
        std::all_of(source.login_header.begin(), source.login_header.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '_';
        });
    if (!token) return fail(ErrorCode::invalid_config, "login_header is not a header's name");
    return {};
}

Result<fetch::SiteOptions> site_options(const Config& config, const sources::Source& source) {
    WebSource web;
    web.url = source.base_url;
    if (const auto known = config.web_sources.find(source.id.value);
        known != config.web_sources.end()) {
        web = known->second;
    }
    fetch::SiteOptions options;
    options.start = {web.url};
    options.allow = web.allow;
    options.leave_out = web.leave_out;
    options.sitemaps = web.sitemaps;
    options.feeds = web.feeds;
    options.private_networks = web.private_networks;
    options.max_pages = config.fetch.max_pages;
    options.max_depth = config.fetch.max_depth;
    options.recheck = config.fetch.recheck;
    // An item that is closed after its publication must go at the next reading.
    options.trust_sitemap = web.trust_sitemap && source.kind != SourceKind::meetings;
    options.client.user_agent = user_agent(config);
    options.client.time = config.fetch.page_time;
    options.client.body_bytes = config.fetch.page_bytes;
    options.client.inflate.bytes = config.fetch.page_bytes;
    options.client.authorities = config.fetch.authorities;
    options.session.delay = web.delay.value_or(config.fetch.delay);
    if (!web.login_header.empty()) {
        auto secret =
            read_secret("source \"" + source.id.value + "\": login_secret", web.login_secret);
        if (!secret) return tl::unexpected(secret.error());
        const bool clean = std::all_of(secret->begin(), secret->end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        });
        const auto url = http::parse_web_url(web.url);
        if (!clean || !url) {
            return fail(ErrorCode::invalid_config,
                        "source \"" + source.id.value + "\": login_secret has more than one line");
        }
        options.session.login = fetch::Login{url->origin(), {web.login_header, std::move(*secret)}};
    }
    return options;
}

Result<std::optional<fetch::GraphOptions>> graph_options(const Config& config,
                                                         const sources::Source& source) {
    const auto known = config.web_sources.find(source.id.value);
    if (known == config.web_sources.end() || !known->second.sharepoint) return std::nullopt;
    const SharePointSource& site = *known->second.sharepoint;
    auto secret = read_secret("source \"" + source.id.value + "\": sharepoint.client_secret",
                              site.client_secret);
    if (!secret) return tl::unexpected(secret.error());
    fetch::GraphOptions options;
    options.site = site.site;
    options.tenant = site.tenant;
    options.client_id = site.client_id;
    options.client_secret = std::move(*secret);
    options.libraries = site.libraries;
    options.read_pages = site.pages;
    if (!site.graph_url.empty()) options.graph_url = site.graph_url;
    if (!site.login_url.empty()) options.login_url = site.login_url;
    if (!site.download_hosts.empty()) options.download_hosts = site.download_hosts;
    options.private_networks = known->second.private_networks;
    options.client.user_agent = user_agent(config);
    options.client.body_bytes = config.fetch.page_bytes;
    options.client.inflate.bytes = config.fetch.page_bytes;
    options.client.authorities = config.fetch.authorities;
    return options;
}

Result<WebOutcome> fetch_source(const Config& config, const sources::Source& source,
                                store::Store& store, const ingest::FolderOptions& options,
                                const FetchRun& run) {
    const auto graph = graph_options(config, source);
    if (!graph) return tl::unexpected(graph.error());
    Result<fetch::SiteOptions> site = fetch::SiteOptions{};
    // SharePoint tells its addresses itself: there is none but the file's own.
    ingest::WebPages::Canonical spelling = [](const std::string&, const std::string&) {
        return std::string();
    };
    if (!*graph) {
        site = site_options(config, source);
        if (!site) return tl::unexpected(site.error());
        if (run.max_pages > 0) site->max_pages = std::min(site->max_pages, run.max_pages);
        auto known_spelling = fetch::spelling_of(*site);
        if (!known_spelling) return tl::unexpected(known_spelling.error());
        spelling = std::move(*known_spelling);
    }

    WebOutcome outcome;
    fetch::CrawlHooks hooks;
    hooks.progress = run.progress;
    hooks.taken = run.taken;
    hooks.stop = [&] {
        if (!outcome.stopped && run.stop && run.stop()) outcome.stopped = true;
        return outcome.stopped;
    };
    if (!run.dry_run) hooks.again = [&] { return store::Papers(store).reread(source.id); };
    auto known = store::CrawlStore::open(run.remember ? config.data_dir : std::filesystem::path{});
    // Taken down and approved again: what is remembered speaks of pages that are not stored.
    if (known->counts(source.id).kept > 0 && !store.has_files(source.id)) known->erase(source.id);
    const std::int64_t before = store::Papers(store).mark();
    std::optional<ingest::WebPages> pages;
    if (!run.dry_run) pages.emplace(source, store, options, std::move(spelling), outcome.pages);
    ingest::WebPages* const into = pages ? &*pages : nullptr;
    auto report = *graph ? fetch::crawl_graph(source.id, **graph, *known, into, options.now, hooks)
                         : fetch::crawl(source.id, *site, *known, into, options.now, hooks);
    if (!report) return tl::unexpected(report.error());
    outcome.crawl = std::move(*report);
    if (!run.dry_run && !outcome.stopped) {
        if (source.kind == SourceKind::meetings) {
            outcome.pages.documents.removed +=
                ingest::replace_corrected(source.id, store, before, options.now).documents;
        }
        store.touch_source(source.id, options.now);
    }
    return outcome;
}

void print(const sources::Source& source, const WebOutcome& outcome, bool details) {
    const auto& crawl = outcome.crawl;
    const auto& d = outcome.pages.documents;
    std::cout << "  " << source.id.value << ": " << (crawl.resumed ? "went on; " : "")
              << crawl.requests << " requests, " << crawl.taken << " pages taken, "
              << crawl.unchanged << " unchanged, " << crawl.spared << " not asked for, documents "
              << d.added << " new, " << d.changed << " changed, " << d.removed << " removed";
    const auto count = [](std::uint64_t number, const char* what) {
        if (number > 0) std::cout << ", " << number << ' ' << what;
    };
    count(crawl.gone, "addresses gone");
    count(crawl.refused, "refused");
    count(crawl.unreached, "not reached");
    count(outcome.pages.parsed.closed_items, "closed items stopped");
    count(outcome.pages.parsed.cpr_masked, "CPR numbers removed");
    count(outcome.pages.parsed.hidden_removed, "hidden texts removed");
    count(outcome.pages.parsed.orders_marked, "orders to the bot kept as mere text");
    std::cout << (outcome.stopped ? "; stopped, the next run goes on\n" : "\n");
    for (const auto& line : outcome.pages.unreadable)
        std::cout << "    not read: " << line.path << ": " << line.message << '\n';
    if (!details) return;
    for (const auto& line : crawl.lines)
        std::cout << "    " << line.path << ": " << line.message << '\n';
    for (const auto& line : outcome.pages.notes)
        std::cout << "    note: " << line.path << ": " << line.message << '\n';
}

}  // namespace raadbot::app
