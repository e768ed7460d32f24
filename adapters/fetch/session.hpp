// A polite visitor: follows redirects hop by hop, each hop within what is approved, allowed by
// robots.txt and at a permitted address; keeps the cookies a host sets for that host alone; waits
// between requests as the host wishes. One at a time; not thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/fetch/client.hpp"
#include "adapters/fetch/robots.hpp"
#include "adapters/fetch/scope.hpp"

namespace raadbot::fetch {

/// A header that lets us in, for one origin only: "Authorization" or "Cookie" with a secret value.
struct Login {
    std::string origin;
    http::Field field;
};

struct SessionOptions {
    unsigned redirects = 5;
    std::chrono::milliseconds delay{1'000};        ///< Between two requests to one host.
    std::chrono::milliseconds most_delay{30'000};  ///< A longer Crawl-delay is cut to it.
    unsigned retries = 2;                          ///< After 429 and 503.
    std::string agent = "Raadbot";                 ///< The product token of robots.txt.
    std::optional<Login> login;
    std::function<void(std::chrono::milliseconds)> sleep;  ///< Empty: the thread sleeps.
};

struct Visit {
    http::WebUrl url;    ///< Where the last hop ended.
    bool moved = false;  ///< There were redirects.
    Fetched response;
};

class Session {
public:
    /// `client`, `scope` and `policy` must outlive it.
    Session(Client& client, const Scope& scope, const AddressPolicy& policy,
            SessionOptions options);

    /// Errors: Client::get's, and denied when a hop is not approved, not allowed by robots.txt, or
    /// one too many.
    [[nodiscard]] Result<Visit> visit(http::WebUrl url, const std::vector<http::Field>& fields = {},
                                      const Wanted& wanted = {});

    /// A file about the site itself (a sitemap), on an approved site but outside its prefixes.
    [[nodiscard]] Result<Fetched> site_file(const http::WebUrl& url);

    /// The host's rules, fetched once. Error: unavailable when the server fails (RFC 9309
    /// §2.3.1.4: then nothing may be fetched).
    [[nodiscard]] Result<const Robots*> robots(const http::WebUrl& url);

private:
    enum class Hops { approved, same_site };
    Result<Visit> follow(http::WebUrl url, const std::vector<http::Field>& fields,
                         const Wanted& wanted, Hops hops);
    Result<Fetched> one(const http::WebUrl& url, const std::vector<http::Field>& fields,
                        const Wanted& wanted);
    void wait_for(const std::string& origin);
    void sleep(std::chrono::milliseconds time) const;
    void keep_cookies(const http::WebUrl& url, const Fetched& response);

    Client& client_;
    const Scope& scope_;
    const AddressPolicy& policy_;
    SessionOptions options_;
    std::map<std::string, Robots> robots_;
    std::map<std::string, std::map<std::string, std::string>> cookies_;  // origin -> name -> value
    std::map<std::string, std::chrono::steady_clock::time_point> last_;
};

/// Seconds, or the difference of a date to the response's own Date; nothing when absent or broken.
[[nodiscard]] std::optional<std::chrono::seconds> retry_after(const Fetched& response);

}  // namespace raadbot::fetch
