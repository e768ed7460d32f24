#include "adapters/fetch/graph.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <thread>

#include "adapters/http/rest_client.hpp"
#include "adapters/http/url.hpp"

namespace raadbot::fetch {
namespace {

using nlohmann::json;
using store::CrawlPage;
using store::PageState;

std::string text_at(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<json> object_of(const std::string& body) {
    if (body.find('\0') != std::string::npos) return std::nullopt;
    json value = json::parse(body, nullptr, false);
    if (!value.is_object()) return std::nullopt;
    return value;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '"') {
            out += "&quot;";
        } else {
            out += c;
        }
    }
    return out;
}

/// The web parts of a page, in their order, as HTML.
void append_parts(const json& value, std::string& out) {
    if (value.is_array()) {
        for (const json& one : value) append_parts(one, out);
        return;
    }
    if (!value.is_object()) return;
    const std::string inner = text_at(value, "innerHtml");
    if (!inner.empty()) {
        out += "<div>" + inner + "</div>\n";
        return;
    }
    for (const char* key : {"horizontalSections", "columns", "verticalSection", "webparts"}) {
        if (const auto found = value.find(key); found != value.end()) append_parts(*found, out);
    }
    // Other parts than text say what a search engine may know of them.
    const auto data = value.find("data");
    if (data == value.end() || !data->is_object()) return;
    const auto content = data->find("serverProcessedContent");
    if (content == data->end() || !content->is_object()) return;
    const auto texts = content->find("searchablePlainTexts");
    if (texts == content->end() || !texts->is_array()) return;
    for (const json& text : *texts) {
        const std::string words = text.is_object() ? text_at(text, "value") : std::string();
        if (!words.empty()) out += "<p>" + escaped(words) + "</p>\n";
    }
}

class GraphWalk {
public:
    GraphWalk(const SourceId& source, const GraphOptions& options, const http::WebUrl& site,
              AddressPolicy policy, store::CrawlStore& known, ingest::WebPages* pages,
              Timestamp now, const CrawlHooks& hooks)
        : source_(source),
          options_(options),
          site_(site),
          policy_(std::move(policy)),
          known_(known),
          pages_(pages),
          now_(now),
          hooks_(hooks),
          graph_(options.graph_url),
          login_(options.login_url),
          client_(options.client) {}

    Result<CrawlReport> operator()() {
        report_.resumed = known_.begin(source_);
        auto read = read_site();
        if (read && queue_again()) read = read_site();
        flush();  // Also after an error: what is known and what is stored go together.
        if (!read) return tl::unexpected(read.error());
        known_.finish(source_);
        report_.requests += client_.requests();
        return std::move(report_);
    }

    Result<std::size_t> probe() {
        const auto site = get(site_target());
        if (!site) return tl::unexpected(site.error());
        const auto drives = get("/v1.0/sites/" + text_at(*site, "id") + "/drives");
        if (!drives) return tl::unexpected(drives.error());
        std::set<std::string> names;
        if (const auto list = drives->find("value"); list != drives->end() && list->is_array()) {
            for (const json& drive : *list) {
                if (drive.is_object()) names.insert(text_at(drive, "name"));
            }
        }
        for (const std::string& wanted : options_.libraries) {
            if (!names.contains(wanted))
                return fail(ErrorCode::not_found, "the site has no library \"" + wanted + "\"");
        }
        return options_.libraries.empty() ? names.size() : options_.libraries.size();
    }

private:
    [[nodiscard]] std::string site_target() const {
        return "/v1.0/sites/" + host_of(site_) +
               (site_.path == "/" ? "" : ":" + without_slash(site_.path));
    }
    static std::string host_of(const http::WebUrl& url) {
        return url.origin().substr(url.origin().find("//") + 2);
    }
    static std::string without_slash(std::string path) {
        while (path.ends_with('/')) path.pop_back();
        return path;
    }
    Result<void> read_site() {
        const auto site = get(site_target());
        if (!site) return tl::unexpected(site.error());
        const std::string id = text_at(*site, "id");
        if (id.empty()) return fail(ErrorCode::unavailable, "Graph's site has no id");
        if (auto read = read_drives(id); !read) return read;
        return options_.read_pages ? read_pages(id) : Result<void>();
    }
    /// True when there is something to read again. Graph tells only of changes: without its link it
    /// tells of all, and what has not changed is not downloaded.
    bool queue_again() {
        if (!hooks_.again) return false;
        flush();
        bool any = false;
        for (const std::string& url : hooks_.again()) any = known_.read_again(source_, url) || any;
        if (any) known_.erase_marks(source_, "delta:");
        return any;
    }
    void flush() {
        if (pages_ != nullptr) pages_->flush();
        known_.commit();
    }
    void say(const std::string& url, const std::string& why) {
        if (report_.lines.size() < 1'000) report_.lines.push_back({url, why});
    }
    void sleep(std::chrono::milliseconds time) const {
        options_.sleep ? options_.sleep(time) : std::this_thread::sleep_for(time);
    }

    // Calls -------------------------------------------------------------------------------------

    Result<void> log_in() {
        http::RestRequest request;
        request.method = "POST";
        request.target = "/" + http::percent_encoded(options_.tenant) + "/oauth2/v2.0/token";
        request.content_type = "application/x-www-form-urlencoded";
        request.body =
            "grant_type=client_credentials&client_id=" + http::percent_encoded(options_.client_id) +
            "&client_secret=" + http::percent_encoded(options_.client_secret) +
            "&scope=" + http::percent_encoded(options_.graph_url + "/.default");
        ++report_.requests;
        const auto response = login_.send(request);
        if (!response)
            return fail(ErrorCode::unavailable,
                        "Entra is not reached: " + response.error().message);
        const auto body = object_of(response->body);
        token_ = body ? text_at(*body, "access_token") : std::string();
        if (response->status == 200 && !token_.empty()) return {};
        return fail(ErrorCode::denied,
                    "Entra gives no token (status " + std::to_string(response->status) + " " +
                        (body ? text_at(*body, "error") : "") +
                        "): check sharepoint.tenant, client_id and the client secret");
    }

    Result<http::RestResponse> call(const std::string& target) {
        bool renewed = false;
        for (unsigned attempt = 0;;) {
            if (token_.empty()) {
                if (auto logged_in = log_in(); !logged_in) return tl::unexpected(logged_in.error());
            }
            http::RestRequest request;
            request.target = target;
            request.fields = {{"Authorization", "Bearer " + token_},
                              {"Accept", "application/json;odata.metadata=minimal"}};
            ++report_.requests;
            auto response = graph_.send(request);
            if (!response)
                return fail(ErrorCode::unavailable,
                            "Graph is not reached: " + response.error().message);
            if (response->status == 401 && !renewed) {
                renewed = true;
                token_.clear();
                continue;
            }
            const bool busy = response->status == 429 || response->status >= 500;
            if (!busy || attempt == options_.retries) return std::move(*response);
            sleep(http::retry_after(*response, std::chrono::seconds{2U << attempt}));
            ++attempt;
        }
    }

    static tl::unexpected<Error> refused(const http::RestResponse& response,
                                         const std::string& target) {
        std::string why;
        if (const auto body = object_of(response.body)) {
            if (const auto error = body->find("error"); error != body->end() && error->is_object())
                why = text_at(*error, "code");
        }
        const std::string path = target.substr(0, target.find('?'));
        const std::string what = "Graph answers " + std::to_string(response.status) + " " + why +
                                 " to " + path.substr(0, 120);
        if (response.status == 401 || response.status == 403) {
            return fail(ErrorCode::denied, what +
                                               ": the app needs the application permissions "
                                               "Sites.Read.All and Files.Read.All, granted by an "
                                               "administrator");
        }
        return fail(response.status == 404 ? ErrorCode::not_found : ErrorCode::unavailable, what);
    }

    Result<json> get(const std::string& target) {
        auto response = call(target);
        if (!response) return tl::unexpected(response.error());
        if (response->status != 200) return refused(*response, target);
        auto body = object_of(response->body);
        if (!body) return fail(ErrorCode::unavailable, "Graph's answer is no JSON object");
        return std::move(*body);
    }

    /// A link that Graph gave: only Graph itself may get the token.
    Result<std::string> target_of(const std::string& link) const {
        const auto url = http::parse_web_url(link);
        const auto graph = http::parse_web_url(options_.graph_url);
        if (!url || !graph || url->origin() != graph->origin() || url->credentials)
            return fail(ErrorCode::denied, "Graph names a next page outside of Graph: not asked");
        return url->target();
    }

    /// All pages of a list. `last`: gets the final answer, which holds the delta link.
    Result<void> list(std::string target, const std::function<Result<void>(const json&)>& visit,
                      json* last = nullptr) {
        constexpr int most_pages = 100'000;
        for (int page = 0; page < most_pages; ++page) {
            auto body = get(target);
            if (!body) return tl::unexpected(body.error());
            const auto value = body->find("value");
            if (value == body->end() || !value->is_array())
                return fail(ErrorCode::unavailable, "Graph's list has no values");
            for (const json& one : *value) {
                if (!one.is_object()) continue;
                if (auto visited = visit(one); !visited) return visited;
            }
            const std::string next = text_at(*body, "@odata.nextLink");
            if (next.empty()) {
                if (last != nullptr) *last = std::move(*body);
                return {};
            }
            auto following = target_of(next);
            if (!following) return tl::unexpected(following.error());
            target = std::move(*following);
        }
        return fail(ErrorCode::too_large, "Graph's list does not end");
    }

    // Libraries ---------------------------------------------------------------------------------

    Result<void> read_drives(const std::string& site) {
        std::vector<std::string> drives;
        auto listed = list("/v1.0/sites/" + site + "/drives", [&](const json& drive) {
            const std::string name = text_at(drive, "name");
            const bool chosen = options_.libraries.empty() ||
                                std::find(options_.libraries.begin(), options_.libraries.end(),
                                          name) != options_.libraries.end();
            if (chosen && !text_at(drive, "id").empty()) drives.push_back(text_at(drive, "id"));
            return Result<void>();
        });
        if (!listed) return listed;
        for (const std::string& drive : drives) {
            if (auto read = read_drive(drive); !read) return read;
        }
        return {};
    }

    Result<void> read_drive(const std::string& drive) {
        const std::string start = "/v1.0/drives/" + http::percent_encoded(drive) + "/root/delta";
        const std::string key = "delta:" + drive;
        const std::string kept = known_.mark(source_, key).value_or("");
        std::string target = start;
        if (!kept.empty()) {
            auto from = target_of(kept);
            if (!from) return tl::unexpected(from.error());
            target = std::move(*from);
        }
        json last;
        failed_ = false;
        std::set<std::string> seen;
        const auto visit = [&](const json& item) { return read_item(drive, item, seen); };
        auto listed = list(target, visit, &last);
        const bool resync = !listed && !kept.empty() && listed.error().code != ErrorCode::denied &&
                            listed.error().message.find(" 410 ") != std::string::npos;
        if (resync) {  // The link is too old: all from the beginning, and what is not there is
                       // gone.
            seen.clear();
            listed = list(start, visit, &last);
        }
        if (!listed) return listed;
        if (kept.empty() || resync) forget_unseen("item:" + drive + ":", seen);
        // With the old link, what could not be downloaded is told of again.
        if (!failed_) known_.put_mark(source_, key, text_at(last, "@odata.deltaLink"));
        flush();
        return {};
    }

    Result<void> read_item(const std::string& drive, const json& item,
                           std::set<std::string>& seen) {
        const std::string id = text_at(item, "id");
        if (id.empty()) return {};
        const std::string key = "item:" + drive + ":" + id;
        const std::string before = known_.mark(source_, key).value_or("");
        ++report_.visited;
        if (item.contains("deleted")) {
            if (!before.empty()) gone(before, "was deleted");
            known_.put_mark(source_, key, "");
            return {};
        }
        if (!item.contains("file")) return {};
        seen.insert(key);
        const auto url = http::parse_web_url(text_at(item, "webUrl"));
        if (!url || !within_site(*url)) return {};
        const std::string address = plain_form(*url).href();
        if (hooks_.progress) hooks_.progress(report_.visited, 0, address);
        if (!before.empty() && before != address) gone(before, "was moved");
        known_.put_mark(source_, key, address);
        const std::string tag =
            text_at(item, "cTag").empty() ? text_at(item, "eTag") : text_at(item, "cTag");
        CrawlPage page = row(address);
        if (page.state == PageState::kept && !tag.empty() && page.etag == tag &&
            page.body_hash == ingest::current_parser_version()) {
            ++report_.unchanged;
            return {};
        }
        return download(drive, id, tag, text_at(item, "name"), std::move(page));
    }

    Result<void> download(const std::string& drive, const std::string& id, const std::string& tag,
                          const std::string& name, CrawlPage page) {
        const std::string target = "/v1.0/drives/" + http::percent_encoded(drive) + "/items/" +
                                   http::percent_encoded(id) + "/content";
        auto response = call(target);
        if (!response) return tl::unexpected(response.error());
        if (response->status == 404) {
            gone(page.url, "is not there any more");
            return {};
        }
        if (response->status != 302) return refused(*response, target);
        const auto url = http::parse_web_url(response->field("Location"));
        if (!url || !is_download_host(url->host)) {
            return refuse(page, "Graph sends to " + (url ? url->host : std::string("no address")) +
                                    " for it, which is not a download host");
        }
        // The address holds its own, short-lived permission; our token does not go there.
        auto file = client_.get(*url, {}, policy_);
        if (!file || file->status != 200) {
            return refuse(page, file ? "its download answers " + std::to_string(file->status)
                                     : file.error().message);
        }
        keep(page, tag, name, std::move(file->body));
        return {};
    }

    [[nodiscard]] bool is_download_host(const std::string& host) const {
        return std::any_of(
            options_.download_hosts.begin(), options_.download_hosts.end(),
            [&](const std::string& one) { return host == one || host.ends_with("." + one); });
    }

    // Pages -------------------------------------------------------------------------------------

    Result<void> read_pages(const std::string& site) {
        std::set<std::string> seen;
        const std::string base = "/v1.0/sites/" + site + "/pages";
        auto listed =
            list(base + "/microsoft.graph.sitePage?$select=id,title,webUrl,eTag,publishingState",
                 [&](const json& listed_page) { return read_page(base, listed_page, seen); });
        if (!listed) return listed;
        forget_unseen("page:", seen);
        return {};
    }

    Result<void> read_page(const std::string& base, const json& listed,
                           std::set<std::string>& seen) {
        const std::string id = text_at(listed, "id");
        // Relative to the site, unlike a file's.
        const auto url = http::parse_web_url(text_at(listed, "webUrl"), &site_folder_);
        const auto state = listed.find("publishingState");
        const bool published =
            state == listed.end() || !state->is_object() || text_at(*state, "level") == "published";
        if (id.empty() || !url || !within_site(*url) || !published) return {};
        ++report_.visited;
        const std::string address = plain_form(*url).href();
        seen.insert("page:" + id);
        const std::string before = known_.mark(source_, "page:" + id).value_or("");
        if (!before.empty() && before != address) gone(before, "was moved");
        known_.put_mark(source_, "page:" + id, address);
        CrawlPage page = row(address);
        const std::string tag = text_at(listed, "eTag");
        if (page.state == PageState::kept && !tag.empty() && page.etag == tag &&
            page.body_hash == ingest::current_parser_version()) {
            ++report_.unchanged;
            return {};
        }
        auto whole = get(base + "/" + http::percent_encoded(id) +
                         "/microsoft.graph.sitePage?$expand=canvasLayout");
        if (!whole) {
            if (whole.error().code == ErrorCode::not_found) return {};
            return tl::unexpected(whole.error());
        }
        const std::string title = escaped(text_at(listed, "title"));
        std::string html = "<!doctype html><html><head><meta charset=\"utf-8\"><title>" + title +
                           "</title></head><body><main><h1>" + title + "</h1>\n";
        if (const auto layout = whole->find("canvasLayout"); layout != whole->end())
            append_parts(*layout, html);
        keep(page, tag, "side.html", html + "</main></body></html>");
        return {};
    }

    // What is known -----------------------------------------------------------------------------

    [[nodiscard]] bool within_site(const http::WebUrl& url) const {
        const std::string path = without_slash(site_.path);
        return url.origin() == site_.origin() && !url.credentials &&
               (url.path == path || url.path.starts_with(path + "/"));
    }

    CrawlPage row(const std::string& url) {
        known_.add(source_, url, 0);
        return known_.page(source_, url).value_or(CrawlPage{});
    }

    void keep(CrawlPage& page, const std::string& tag, const std::string& name, std::string bytes) {
        page.state = PageState::kept;
        page.etag = tag;
        page.body_hash = ingest::current_parser_version();
        page.next_check = now_;
        page.note.clear();
        known_.put(source_, page);
        ++report_.taken;
        if (hooks_.taken) hooks_.taken({page.url, name, bytes.size(), name});
        if (pages_ == nullptr) return;
        pages_->take({page.url, std::move(bytes), name});
        if (pages_->waiting() >= 64 || pages_->waiting_bytes() > (16U << 20U)) flush();
    }

    Result<void> refuse(CrawlPage& page, const std::string& why) {
        ++report_.unreached;
        failed_ = true;
        say(page.url, why);
        page.note = why;
        known_.put(source_, page);
        return {};
    }

    void gone(const std::string& url, const std::string& why) {
        auto page = known_.page(source_, url);
        if (!page) return;
        ++report_.gone;
        if (page->state == PageState::kept && pages_ != nullptr) pages_->drop(url);
        page->state = PageState::gone;
        page->etag.clear();
        page->note = why;
        known_.put(source_, *page);
    }

    void forget_unseen(const std::string& prefix, const std::set<std::string>& seen) {
        std::vector<std::pair<std::string, std::string>> missing;
        known_.each_mark(source_, prefix, [&](const std::string& key, const std::string& url) {
            if (!url.empty() && !seen.contains(key)) missing.emplace_back(key, url);
        });
        for (const auto& [key, url] : missing) {
            gone(url, "is not listed any more");
            known_.put_mark(source_, key, "");
        }
    }

    const SourceId& source_;
    const GraphOptions& options_;
    const http::WebUrl& site_;
    http::WebUrl site_folder_ = [this] {
        http::WebUrl folder = site_;
        folder.path = without_slash(folder.path) + "/";
        return folder;
    }();
    AddressPolicy policy_;
    store::CrawlStore& known_;
    ingest::WebPages* pages_;
    Timestamp now_;
    const CrawlHooks& hooks_;
    http::RestClient graph_;
    http::RestClient login_;
    Client client_;
    std::string token_;
    bool failed_ = false;  ///< A file of this library could not be downloaded.
    CrawlReport report_;
};

Result<http::WebUrl> site_of(const GraphOptions& options) {
    auto site = http::parse_web_url(options.site);
    if (site && !site->credentials) return std::move(*site);
    return fail(ErrorCode::invalid_config,
                "sharepoint: the site is not an address such as "
                "https://town.sharepoint.com/sites/byraad");
}

}  // namespace

Result<std::size_t> probe_graph(const GraphOptions& options) {
    const auto site = site_of(options);
    if (!site) return tl::unexpected(site.error());
    auto policy = AddressPolicy::with_private(options.private_networks);
    if (!policy) return tl::unexpected(policy.error());
    const auto nothing_known = store::CrawlStore::open({});
    const CrawlHooks hooks;
    return GraphWalk(SourceId{}, options, *site, std::move(*policy), *nothing_known, nullptr,
                     Timestamp{}, hooks)
        .probe();
}

Result<CrawlReport> crawl_graph(const SourceId& source, const GraphOptions& options,
                                store::CrawlStore& known, ingest::WebPages* pages, Timestamp now,
                                const CrawlHooks& hooks) {
    const auto site = site_of(options);
    if (!site) return tl::unexpected(site.error());
    auto policy = AddressPolicy::with_private(options.private_networks);
    if (!policy) return tl::unexpected(policy.error());
    return GraphWalk(source, options, *site, std::move(*policy), known, pages, now, hooks)();
}

}  // namespace raadbot::fetch
