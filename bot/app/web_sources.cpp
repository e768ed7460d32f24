#include "bot/app/web_sources.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "retrieval/ingest/corrected.hpp"
#include "retrieval/store/papers.hpp"

namespace raadbot::app {
namespace {

volatile std::sig_atomic_t stop_asked = 0;
void ask_to_stop(int) { stop_asked = 1; }

/// While it lives, the first SIGINT or SIGTERM asks the crawl to stop at the next page; a second
/// one ends the program as usual.
class StopOnSignal {
public:
    StopOnSignal() {
        stop_asked = 0;
        struct sigaction action {};
        action.sa_handler = ask_to_stop;
        action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
        ::sigaction(SIGINT, &action, &old_int_);
        ::sigaction(SIGTERM, &action, &old_term_);
    }
    ~StopOnSignal() {
        ::sigaction(SIGINT, &old_int_, nullptr);
        ::sigaction(SIGTERM, &old_term_, nullptr);
    }
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
    struct sigaction old_int_ {};
    struct sigaction old_term_ {};
};

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

void draw(const std::string& source, std::uint64_t done, std::uint64_t waiting) {
    constexpr std::uint64_t width = 30;
    const std::uint64_t total = std::max<std::uint64_t>(done + waiting, 1);
    const std::uint64_t filled = done * width / total;
    std::fprintf(stderr, "\r  %-16s [%s%s] %llu/%llu addresses", source.c_str(),
                 std::string(filled, '#').c_str(), std::string(width - filled, ' ').c_str(),
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(total));
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

Result<WebOutcome> fetch_source(const Config& config, const sources::Source& source,
                                store::Store& store, const ingest::FolderOptions& options,
                                bool dry_run) {
    const auto site = site_options(config, source);
    if (!site) return tl::unexpected(site.error());
    auto spelling = fetch::spelling_of(*site);
    if (!spelling) return tl::unexpected(spelling.error());

    WebOutcome outcome;
    const StopOnSignal stop_on_signal;
    fetch::CrawlHooks hooks;
    hooks.stop = [] { return stop_asked != 0; };
    if (::isatty(STDERR_FILENO) == 1) {
        hooks.progress = [&](std::uint64_t done, std::uint64_t waiting, const std::string&) {
            if (done % 16 == 0 || waiting == 0) draw(source.id.value, done, waiting);
        };
    }
    if (dry_run) {
        hooks.taken = [&](const fetch::Seen& seen) {
            std::cout << "    would take: " << seen.url << "  " << seen.type << ", "
                      << (seen.bytes + 1023) / 1024 << " KB"
                      << (seen.title.empty() ? "" : ", \"" + seen.title + "\"") << '\n';
        };
    }
    auto known = store::CrawlStore::open(dry_run ? std::filesystem::path{} : config.data_dir);
    // Taken down and approved again: what is remembered speaks of pages that are not stored.
    if (known->counts(source.id).kept > 0 && store.files(source.id).empty())
        known->erase(source.id);
    const std::int64_t before = store::Papers(store).mark();
    std::optional<ingest::WebPages> pages;
    if (!dry_run) pages.emplace(source, store, options, std::move(*spelling), outcome.pages);
    auto report =
        fetch::crawl(source.id, *site, *known, pages ? &*pages : nullptr, options.now, hooks);
    if (hooks.progress) std::fprintf(stderr, "\r%80s\r", "");
    if (!report) return tl::unexpected(report.error());
    outcome.crawl = std::move(*report);
    outcome.stopped = stop_asked != 0;
    if (!dry_run && !outcome.stopped && source.kind == SourceKind::meetings) {
        outcome.pages.documents.removed +=
            ingest::replace_corrected(source.id, store, before, options.now).documents;
    }
    if (!dry_run && !outcome.stopped) store.touch_source(source.id, options.now);
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
