#include "adapters/fetch/crawler.hpp"

#include <algorithm>

#include "adapters/fetch/media.hpp"
#include "adapters/fetch/page_scan.hpp"
#include "adapters/fetch/sitemap.hpp"

namespace raadbot::fetch {
namespace {

using store::CrawlPage;
using store::PageState;

constexpr std::size_t most_lines = 1'000;
constexpr std::size_t pages_per_flush = 64;
constexpr std::uint64_t bytes_per_flush = 16ULL << 20U;
constexpr std::chrono::seconds time_per_flush{10};
constexpr unsigned failures_in_a_row = 8;
constexpr std::size_t most_sitemaps = 1'000;
constexpr std::string_view refused_mark = "refused/";  ///< Marks: pages to forget at the end.
constexpr std::uint32_t same_again = 20;  ///< Variants of a path that say the same: no more of it.

std::uint64_t fnv(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
    }
    return hash;
}

/// What addresses that differ in their query alone have in common.
std::uint64_t place_of(const http::WebUrl& url) { return fnv(url.origin() + url.path); }

/// Of a page's bytes; says also which parser read them.
std::string hash_of(std::string_view bytes) {
    std::uint64_t second = 0x9e3779b97f4a7c15ULL;
    for (const char c : bytes)
        second = (second ^ static_cast<unsigned char>(c)) * 0xff51afd7ed558ccdULL;
    return std::to_string(fnv(bytes)) + "." + std::to_string(second) +
           std::string(ingest::current_parser_version());
}

class Walk {
public:
    Walk(const SourceId& source, const SiteOptions& options, Scope scope, AddressPolicy policy,
         store::CrawlStore& known, ingest::WebPages* pages, Timestamp now, const CrawlHooks& hooks)
        : source_(source),
          options_(options),
          scope_(std::move(scope)),
          policy_(std::move(policy)),
          known_(known),
          pages_(pages),
          now_(now),
          hooks_(hooks),
          client_(options.client),
          session_(client_, scope_, policy_, options.session),
          trust_(options.trust_sitemap) {}

    Result<CrawlReport> operator()() {
        report_.resumed = known_.begin(source_);
        const bool prepared = known_.mark(source_, "prepared") == "yes";
        known_count_ = known_.counts(source_).known;
        if (!report_.resumed || !prepared) {
            known_.erase_marks(source_, refused_mark);
            known_.put_mark(source_, "prepared", "no");
            if (auto good = prepare(); !good) return stopped(good.error());
            known_.put_mark(source_, "prepared", "yes");
            known_.commit();
        }
        const auto counts = known_.counts(source_);
        waiting_ = counts.queued;
        report_.spared = counts.known - counts.queued;
        last_flush_ = std::chrono::steady_clock::now();
        bool asked_again = false;
        while (true) {
            const auto page = known_.next(source_);
            if (!page) {
                settle_refusals();
                flush();
                if (asked_again) break;
                asked_again = true;
                queue_again();
                continue;
            }
            if (hooks_.stop && hooks_.stop()) {
                flush();
                report_.requests = client_.requests();
                return report_;
            }
            if (auto good = visit(*page); !good) return stopped(good.error());
            ++report_.visited;
            waiting_ -= waiting_ > 0 ? 1 : 0;
            if (hooks_.progress) hooks_.progress(report_.visited, waiting_, page->url);
            flush_when_due();
        }
        known_.finish(source_);
        report_.requests = client_.requests();
        return std::move(report_);
    }

private:
    tl::unexpected<Error> stopped(Error error) {
        flush();
        return tl::unexpected(std::move(error));
    }

    void say(const std::string& url, const std::string& why) {
        if (report_.lines.size() < most_lines) report_.lines.push_back({url, why});
    }

    void flush() {
        if (pages_ != nullptr) pages_->flush();
        known_.commit();
        last_flush_ = std::chrono::steady_clock::now();
    }
    void flush_when_due() {
        const bool many = pages_ != nullptr && (pages_->waiting() >= pages_per_flush ||
                                                pages_->waiting_bytes() >= bytes_per_flush);
        if (many || std::chrono::steady_clock::now() - last_flush_ > time_per_flush) flush();
    }

    void queue_again() {
        if (!hooks_.again) return;
        for (const std::string& url : hooks_.again())
            if (known_.read_again(source_, url)) ++waiting_;
    }

    // Where it begins ---------------------------------------------------------------------------

    Result<void> prepare() {
        std::vector<std::string> lists = options_.sitemaps;
        std::vector<std::string> sites;
        for (const std::string& text : options_.start) {
            const auto url = scope_.canonical(text);
            if (!url) {
                return fail(ErrorCode::invalid_config,
                            "\"" + text + "\" is no address within what the source allows");
            }
            known_.add(source_, url->href(), 0);
            known_.queue(source_, url->href());
            if (std::find(sites.begin(), sites.end(), url->origin()) != sites.end()) continue;
            sites.push_back(url->origin());
            auto rules = session_.robots(*url);
            if (!rules) return tl::unexpected(rules.error());
            const auto& named = (*rules)->sitemaps();
            lists.insert(lists.end(), named.begin(), named.end());
            if (named.empty() && options_.sitemaps.empty())
                lists.push_back(url->origin() + "/sitemap.xml");
        }
        for (std::size_t i = 0; i < lists.size() && i < most_sitemaps; ++i) {
            if (std::find(lists.begin(), lists.begin() + static_cast<std::ptrdiff_t>(i),
                          lists[i]) != lists.begin() + static_cast<std::ptrdiff_t>(i))
                continue;
            if (auto good = read_sitemap(lists[i], lists); !good) return good;
        }
        for (const std::string& feed : options_.feeds) {
            if (auto good = read_sitemap(feed, lists); !good) return good;
        }
        known_.queue_due(source_, trust_, now_);
        return {};
    }

    /// Sitemaps may lie outside the approved prefixes, on the same site; what they list may not.
    Result<void> read_sitemap(const std::string& text, std::vector<std::string>& lists) {
        auto url = http::parse_web_url(text);
        if (!url || !scope_.same_site(*url)) {
            say(text, "a sitemap or feed on a site that is not approved; not read");
            return {};
        }
        auto rules = session_.robots(*url);
        if (!rules) return tl::unexpected(rules.error());
        if (!(*rules)->allows(url->target())) return {};
        auto response = session_.site_file(*url);
        if (!response) {
            say(text, response.error().message);
            return {};
        }
        if (response->status != 200) {
            if (response->status >= 500 && trust_) trust_ = false;
            if (response->status != 404) say(text, "answers " + std::to_string(response->status));
            return {};
        }
        std::string body = std::move(response->body);
        if (body.starts_with("\x1F\x8B")) {
            auto unpacked = inflate(body, options_.client.inflate);
            if (!unpacked) {
                say(text, unpacked.error().message);
                return {};
            }
            body = std::move(*unpacked);
        }
        read_list(body, [&](const Listed& entry) {
            if (entry.kind == Listed::Kind::sitemap) {
                if (lists.size() < most_sitemaps) lists.push_back(entry.address);
                return true;
            }
            const auto page = scope_.canonical(entry.address, &*url);
            if (!page || is_unwanted_file(*page)) return true;
            if (entry.kind == Listed::Kind::news) {
                add(*page, 1);
                return true;
            }
            const bool room = known_count_ < options_.max_pages;
            if (known_.list(source_, page->href(), entry.changed, room)) ++known_count_;
            return true;
        });
        return {};
    }

    // One page ----------------------------------------------------------------------------------

    void add(const http::WebUrl& url, std::uint32_t depth) {
        if (depth > options_.max_depth || is_unwanted_file(url) || looks_endless(url)) return;
        if (url.query) {
            const auto variants = known_.variants(source_, place_of(url));
            if (variants.known >= options_.max_variants || variants.same >= same_again) {
                if (!told_variants_)
                    say(url.href(),
                        "one of endlessly many addresses that differ in their query "
                        "alone; no more of them");
                told_variants_ = true;
                return;
            }
        }
        if (known_count_ >= options_.max_pages) {
            if (!told_full_)
                say(url.href(), "the source has more than " + std::to_string(options_.max_pages) +
                                    " addresses (fetch.max_pages): the rest is left out");
            told_full_ = true;
            return;
        }
        if (!known_.add(source_, url.href(), depth)) return;
        ++known_count_;
        ++waiting_;
        if (url.query) known_.add_variants(source_, place_of(url), {1, 0});
    }

    /// A time between half and the whole of `recheck`, its own for each page, so that not all are
    /// asked for on one day.
    [[nodiscard]] Timestamp next_check(const std::string& url) const {
        const auto half = std::chrono::duration_cast<std::chrono::seconds>(options_.recheck) / 2;
        const auto share = static_cast<std::int64_t>(fnv(url) % 1000);
        return now_ + half + half * share / 1000;
    }

    void settle(CrawlPage& page, PageState state, std::string note = {}) {
        page.state = state;
        page.note = std::move(note);
        page.next_check = next_check(page.url);
        if (state != PageState::kept && state != PageState::listing &&
            state != PageState::unreached) {
            page.etag.clear();
            page.modified.clear();
            page.body_hash.clear();
            page.text_hash = 0;
        }
        if (state != PageState::unreached) page.listed = page.listed_now;
        known_.put(source_, page);
    }

    void forget(CrawlPage& page, PageState state, const std::string& note) {
        const bool had = page.state == PageState::kept;
        settle(page, state, note);
        if (had && pages_ != nullptr) pages_->drop(page.url);
    }

    /// Not ours to read (any more). What is stored goes at the end of the run.
    void refuse(CrawlPage& page, const std::string& why) {
        ++report_.refused;
        say(page.url, why);
        if (page.state != PageState::kept) return settle(page, PageState::refused, why);
        page.note = why;
        known_.put(source_, page);
        known_.put_mark(source_, std::string(refused_mark) + page.url, "");
    }

    void settle_refusals() {
        // Kept with the run's other marks, for a run may go on after a stop.
        std::vector<std::string> to_forget;
        known_.each_mark(source_, refused_mark, [&](const std::string& key, const std::string&) {
            to_forget.push_back(key.substr(refused_mark.size()));
        });
        known_.erase_marks(source_, refused_mark);
        const std::uint64_t kept = known_.counts(source_).kept;
        if (to_forget.size() > 20 && to_forget.size() > kept / 5) {
            say(options_.start.empty() ? "" : options_.start.front(),
                std::to_string(to_forget.size()) + " of " + std::to_string(kept) +
                    " pages are refused all at once: looks like a fault or a block, nothing was "
                    "removed; if they are to go, pause or remove the source");
            return;
        }
        for (const std::string& url : to_forget) {
            if (auto page = known_.page(source_, url))
                forget(*page, PageState::refused, page->note);
        }
    }

    void unreached(CrawlPage& page, const std::string& why) {
        ++report_.unreached;
        say(page.url, why);
        // What is stored stays, and so does what is remembered of it.
        const PageState state = page.state == PageState::unseen ? PageState::unreached : page.state;
        page.note = why;
        page.state = state;
        known_.put(source_, page);
    }

    Result<void> visit(CrawlPage page) {
        const auto url = http::parse_web_url(page.url);
        if (!url || !scope_.allows(*url)) {
            refuse(page, "is not approved any more");
            return {};
        }
        if (url->query && page.state == PageState::unseen &&
            known_.variants(source_, place_of(*url)).same >= same_again) {
            settle(page, PageState::moved, "one of many addresses that all say the same");
            return {};
        }
        std::vector<http::Field> fields;
        if (page.body_hash.ends_with(ingest::current_parser_version())) {
            if (!page.etag.empty()) fields.push_back({"If-None-Match", page.etag});
            if (!page.modified.empty()) fields.push_back({"If-Modified-Since", page.modified});
        }
        auto visited = session_.visit(*url, fields,
                                      [&](const Fetched& head) { return is_wanted(head, *url); });
        if (!visited) return failed(page, visited.error());
        failures_ = 0;
        const Fetched& response = visited->response;
        const unsigned status = response.status;
        if (visited->moved && status == 200) {
            auto final_url = scope_.canonical(visited->url.href());
            if (!final_url) final_url = visited->url;
            if (final_url->href() != page.url) {
                if (auto target = move_to(page, *final_url)) {
                    page = std::move(*target);
                } else {
                    return {};
                }
            }
        }
        if (status == 304) {
            ++report_.unchanged;
            page.next_check = next_check(page.url);
            page.listed = page.listed_now;
            page.note.clear();
            known_.put(source_, page);
        } else if (status == 404 || status == 410) {
            ++report_.gone;
            forget(page, PageState::gone, "answers " + std::to_string(status));
        } else if (status == 429 || status >= 500) {
            unreached(page, "answers " + std::to_string(status));
        } else if (status != 200) {
            refuse(page, "answers " + std::to_string(status));
        } else if (response.skipped || media_of(response, visited->url) == Media::other) {
            forget(page, PageState::unwanted, "not a format that Raadbot reads");
        } else {
            return take(page, *visited);
        }
        return {};
    }

    Result<void> failed(CrawlPage& page, const Error& error) {
        if (error.code == ErrorCode::denied) {
            refuse(page, error.message);
            return {};
        }
        unreached(page, error.message);
        if (error.code == ErrorCode::too_large) return {};
        if (++failures_ >= failures_in_a_row || report_.visited == 0) {
            return fail(ErrorCode::unavailable,
                        error.message + ": " + std::to_string(failures_) +
                            " addresses in a row could not be reached; what is stored stays, the "
                            "next run goes on here");
        }
        return {};
    }

    /// A redirect: the other address gets what came, unless it has been visited already.
    std::optional<CrawlPage> move_to(CrawlPage& page, const http::WebUrl& to) {
        const auto missing = missing_.find(to.origin());
        if (missing != missing_.end() && missing->second.redirect == to.href()) {
            ++report_.gone;
            forget(page, PageState::gone, "redirects to where every unknown address leads");
            return std::nullopt;
        }
        forget(page, PageState::moved, "moved to " + to.href());
        if (known_.add(source_, to.href(), page.depth)) ++known_count_;
        auto target = known_.page(source_, to.href());
        if (!target || !target->queued) return std::nullopt;
        return target;
    }

    struct Missing {
        std::vector<std::uint64_t> sketch;
        std::string redirect;
    };

    /// What this site says of an address that cannot exist; asked once.
    const Missing& missing_on(const http::WebUrl& url) {
        const std::string origin = url.origin();
        if (const auto known = missing_.find(origin); known != missing_.end()) return known->second;
        Missing& missing = missing_[origin];
        http::WebUrl probe = url;
        probe.path = url.path.substr(0, url.path.rfind('/')) + "/findes-ikke-4c1a7e0b92";
        probe.query.reset();
        if (!scope_.allows(probe)) return missing;
        const auto visited =
            session_.visit(probe, {}, [&](const Fetched& head) { return is_wanted(head, probe); });
        if (!visited || visited->response.status != 200) return missing;
        if (visited->moved) {
            missing.redirect = plain_form(visited->url).href();
        } else {
            missing.sketch = scan_page(visited->response.body).sketch;
        }
        return missing;
    }

    Result<void> take(CrawlPage& page, Visit& visited) {
        const Media media = media_of(visited.response, visited.url);
        const http::WebUrl url = *http::parse_web_url(page.url);
        const PageState before = page.state;
        const std::string content_type(visited.response.field("Content-Type"));
        std::string body = std::move(visited.response.body);
        const std::string hash = hash_of(body);
        const bool same = hash == page.body_hash;
        const bool lied = !same && before == PageState::kept && !page.listed_now.empty() &&
                          page.listed_now == page.listed && !page.body_hash.empty() &&
                          page.body_hash.ends_with(ingest::current_parser_version());
        page.etag = visited.response.field("ETag");
        page.modified = visited.response.field("Last-Modified");
        page.body_hash = hash;
        if (lied && trust_) {
            trust_ = false;
            say(page.url,
                "changed although the sitemap says it did not: the sitemap's dates are "
                "not believed in this run");
            known_.queue_due(source_, false, now_);
            waiting_ = known_.counts(source_).queued;
        }
        if (media == Media::feed) {
            read_list(body, [&](const Listed& entry) {
                if (const auto link = scope_.canonical(entry.address, &url))
                    add(*link, page.depth + 1);
                return true;
            });
            forget_if_kept(page);
            settle(page, PageState::listing);
            return {};
        }
        std::string title;
        if (media == Media::html) {
            body = to_utf8(std::move(body), charset_of(content_type));
            const PageScan scan = scan_page(body);
            title = scan.title;
            if (!follow_and_judge(page, url, scan, visited.response)) return {};
        } else if (media_type(content_type).starts_with("text/")) {
            body = to_utf8(std::move(body), charset_of(content_type));
        }
        if (same && before == PageState::kept) {
            ++report_.unchanged;
            settle(page, PageState::kept);
            return {};
        }
        ++report_.taken;
        settle(page, PageState::kept);
        if (hooks_.taken) hooks_.taken({page.url, media_type(content_type), body.size(), title});
        if (pages_ == nullptr) return {};
        std::string name = url.path.substr(url.path.rfind('/') + 1);
        if (media == Media::html && extension_of(name).empty()) name += ".html";
        pages_->take({page.url, std::move(body), std::move(name)});
        return {};
    }

    void forget_if_kept(const CrawlPage& page) {
        if (page.state == PageState::kept && pages_ != nullptr) pages_->drop(page.url);
    }

    /// Adds the links; true when the page itself is to be taken.
    bool follow_and_judge(CrawlPage& page, const http::WebUrl& url, const PageScan& scan,
                          const Fetched& response) {
        const Wall wall = wall_of(scan, missing_on(url).sketch);
        if (wall == Wall::not_found) {
            ++report_.gone;
            forget(page, PageState::gone, "says that there is no such page");
            return false;
        }
        if (wall != Wall::none) {
            refuse(page, wall == Wall::login ? "asks for a password"
                                             : "shows a question about cookies, not a page");
            return false;
        }
        const std::string tags(response.field("X-Robots-Tag"));
        const bool noindex = scan.noindex || tags.find("noindex") != std::string::npos ||
                             tags.find("none") != std::string::npos;
        std::optional<http::WebUrl> base;
        if (!scan.base.empty()) base = http::parse_web_url(scan.base, &url);
        const http::WebUrl& from = base ? *base : url;
        if (!scan.nofollow && tags.find("nofollow") == std::string::npos) {
            for (const auto* list : {&scan.links, &scan.feeds}) {
                for (const std::string& text : *list) {
                    if (const auto link = scope_.canonical(text, &from)) add(*link, page.depth + 1);
                }
            }
            if (!scan.refresh.empty()) {
                if (const auto link = scope_.canonical(scan.refresh, &from))
                    add(*link, page.depth + 1);
            }
        }
        if (!scan.canonical.empty()) {
            const auto stated = scope_.canonical(scan.canonical, &from);
            if (stated && stated->href() != page.url && believes(*stated)) {
                forget(page, PageState::moved, "calls itself " + stated->href());
                count_same(url);
                add(*stated, page.depth);
                return false;
            }
        }
        if (noindex) {
            forget_if_kept(page);
            settle(page, PageState::listing, "asks not to be indexed");
            return false;
        }
        page.text_hash = static_cast<std::int64_t>(scan.text_hash);
        if (scan.words < 5) page.text_hash = 0;
        if (const auto twin = known_.same_text(source_, page)) {
            forget(page, PageState::moved, "says the same as " + *twin);
            count_same(url);
            return false;
        }
        return true;
    }

    /// A page may call itself by another name, unless there is nothing under it.
    [[nodiscard]] bool believes(const http::WebUrl& stated) const {
        const auto page = known_.page(source_, stated.href());
        return !page || page->queued || page->state == PageState::kept ||
               page->state == PageState::listing;
    }

    void count_same(const http::WebUrl& url) {
        if (url.query) known_.add_variants(source_, place_of(url), {0, 1});
    }

    const SourceId& source_;
    const SiteOptions& options_;
    Scope scope_;
    AddressPolicy policy_;
    store::CrawlStore& known_;
    ingest::WebPages* pages_;
    Timestamp now_;
    const CrawlHooks& hooks_;
    Client client_;
    Session session_;
    CrawlReport report_;
    bool trust_;
    std::uint64_t known_count_ = 0;
    std::uint64_t waiting_ = 0;
    unsigned failures_ = 0;
    bool told_full_ = false;
    bool told_variants_ = false;
    std::map<std::string, Missing> missing_;
    std::chrono::steady_clock::time_point last_flush_;
};

Result<Scope> scope_of(const SiteOptions& options) {
    return Scope::of(options.allow.empty() ? options.start : options.allow, options.leave_out);
}

}  // namespace

Result<CrawlReport> crawl(const SourceId& source, const SiteOptions& options,
                          store::CrawlStore& known, ingest::WebPages* pages, Timestamp now,
                          const CrawlHooks& hooks) {
    auto scope = scope_of(options);
    if (!scope) return tl::unexpected(scope.error());
    auto policy = AddressPolicy::with_private(options.private_networks);
    if (!policy) return tl::unexpected(policy.error());
    return Walk(source, options, std::move(*scope), std::move(*policy), known, pages, now, hooks)();
}

Result<ingest::WebPages::Canonical> spelling_of(const SiteOptions& options) {
    auto scope = scope_of(options);
    if (!scope) return tl::unexpected(scope.error());
    return [scope = std::move(*scope)](const std::string& text,
                                       const std::string& page) -> std::string {
        const auto base = http::parse_web_url(page);
        const auto url = scope.canonical(text, base ? &*base : nullptr);
        return url ? url->href() : std::string();
    };
}

}  // namespace raadbot::fetch
