#include "adapters/fetch/session.hpp"

#include <algorithm>
#include <thread>

namespace raadbot::fetch {
namespace {

constexpr std::size_t most_cookies = 30;
constexpr std::size_t longest_cookie = 4'096;

bool is_redirect(unsigned status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

}  // namespace

Session::Session(Client& client, const Scope& scope, const AddressPolicy& policy,
                 SessionOptions options)
    : client_(client), scope_(scope), policy_(policy), options_(std::move(options)) {}

void Session::sleep(std::chrono::milliseconds time) const {
    if (time.count() <= 0) return;
    if (options_.sleep) {
        options_.sleep(time);
    } else {
        std::this_thread::sleep_for(time);
    }
}

void Session::wait_for(const std::string& origin) {
    auto delay = options_.delay;
    const auto rules = robots_.find(origin);
    if (rules != robots_.end() && rules->second.delay())
        delay = std::clamp(*rules->second.delay(), delay, std::max(delay, options_.most_delay));
    const auto now = std::chrono::steady_clock::now();
    const auto last = last_.find(origin);
    if (last != last_.end() && last->second + delay > now) {
        sleep(std::chrono::ceil<std::chrono::milliseconds>(last->second + delay - now));
    }
    last_[origin] = std::chrono::steady_clock::now();
}

Result<Fetched> Session::one(const http::WebUrl& url, const std::vector<http::Field>& fields,
                             const Wanted& wanted) {
    const std::string origin = url.origin();
    std::vector<http::Field> sent = fields;
    std::string cookie;
    for (const auto& [name, value] : cookies_[origin])
        cookie += (cookie.empty() ? "" : "; ") + name + "=" + value;
    if (options_.login && options_.login->origin == origin) {
        if (http::same_name(options_.login->field.name, "Cookie")) {
            cookie += (cookie.empty() ? "" : "; ") + options_.login->field.value;
        } else {
            sent.push_back(options_.login->field);
        }
    }
    if (!cookie.empty()) sent.push_back({"Cookie", cookie});
    for (unsigned attempt = 0;; ++attempt) {
        wait_for(origin);
        auto response = client_.get(url, sent, policy_, wanted);
        if (!response) return response;
        const bool busy = response->status == 429 || response->status == 503;
        if (!busy || attempt == options_.retries) {
            keep_cookies(url, *response);
            return response;
        }
        const std::chrono::seconds asked =
            retry_after(*response).value_or(std::chrono::seconds{5U << attempt});
        sleep(std::min<std::chrono::milliseconds>(asked, std::chrono::minutes{2}));
    }
}

void Session::keep_cookies(const http::WebUrl& url, const Fetched& response) {
    auto& jar = cookies_[url.origin()];
    for (const http::Field& field : response.fields) {
        if (!http::same_name(field.name, "Set-Cookie")) continue;
        const std::string_view pair =
            std::string_view(field.value).substr(0, field.value.find(';'));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0 || pair.size() > longest_cookie)
            continue;
        const bool clean = std::none_of(pair.begin(), pair.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x21 || c == 0x7f || c == ',';
        });
        if (!clean) continue;
        std::string name(pair.substr(0, equals));
        if (jar.size() < most_cookies || jar.contains(name))
            jar[std::move(name)] = std::string(pair.substr(equals + 1));
    }
}

Result<Visit> Session::follow(http::WebUrl url, const std::vector<http::Field>& fields,
                              const Wanted& wanted, Hops hops) {
    Visit visit;
    std::vector<http::Field> sent = fields;
    for (unsigned hop = 0;; ++hop) {
        auto response = one(url, sent, wanted);
        if (!response) return tl::unexpected(response.error());
        const std::string location(response->field("Location"));
        if (!is_redirect(response->status) || location.empty()) {
            visit.url = url;
            visit.response = std::move(*response);
            return visit;
        }
        if (hop == options_.redirects)
            return fail(ErrorCode::denied,
                        "redirects more than " + std::to_string(options_.redirects) + " times");
        const auto next = http::parse_web_url(location, &url);
        if (!next) return fail(ErrorCode::denied, "redirects to what is no web address");
        if (hops == Hops::same_site ? !scope_.same_site(*next) : !scope_.allows(*next)) {
            return fail(ErrorCode::denied,
                        "redirects to " + next->origin() + next->path + ", which is not approved");
        }
        if (hops == Hops::approved) {
            auto rules = robots(*next);
            if (!rules) return tl::unexpected(rules.error());
            if (!(*rules)->allows(next->target())) {
                return fail(ErrorCode::denied,
                            "redirects to " + next->path + ", which robots.txt keeps closed");
            }
        }
        // What was asked of the first address (its tag, its date) says nothing of another.
        if (!(*next == url)) sent.clear();
        visit.moved = visit.moved || !(*next == url);
        url = *next;
    }
}

Result<const Robots*> Session::robots(const http::WebUrl& url) {
    const std::string origin = url.origin();
    if (const auto known = robots_.find(origin); known != robots_.end()) return &known->second;
    http::WebUrl file = url;
    file.path = "/robots.txt";
    file.query.reset();
    const auto visit = follow(file, {}, {}, Hops::same_site);
    Robots rules;
    if (visit && visit->response.status >= 500) {
        return fail(ErrorCode::unavailable, origin + "/robots.txt answers " +
                                                std::to_string(visit->response.status) +
                                                ": nothing may be fetched until it works");
    }
    if (!visit && visit.error().code != ErrorCode::denied) return tl::unexpected(visit.error());
    if (visit && visit->response.status == 200)
        rules = Robots(visit->response.body, options_.agent);
    if (!visit && visit.error().message.find("not connected") != std::string::npos)
        return tl::unexpected(visit.error());
    return &robots_.emplace(origin, std::move(rules)).first->second;
}

Result<Fetched> Session::site_file(const http::WebUrl& url) {
    if (!scope_.same_site(url)) return fail(ErrorCode::denied, "is not on an approved site");
    auto visit = follow(url, {}, {}, Hops::same_site);
    if (!visit) return tl::unexpected(visit.error());
    return std::move(visit->response);
}

Result<Visit> Session::visit(http::WebUrl url, const std::vector<http::Field>& fields,
                             const Wanted& wanted) {
    if (!scope_.allows(url)) return fail(ErrorCode::denied, "is not approved");
    auto rules = robots(url);
    if (!rules) return tl::unexpected(rules.error());
    if (!(*rules)->allows(url.target()))
        return fail(ErrorCode::denied, "is kept closed by robots.txt");
    return follow(std::move(url), fields, wanted, Hops::approved);
}

}  // namespace raadbot::fetch
