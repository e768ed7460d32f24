// What of the web a source is: approved address prefixes, and one spelling for each address. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/web_url.hpp"
#include "retrieval/result.hpp"

namespace raadbot::fetch {

class Scope {
public:
    Scope() = default;
    /// `allow`: "https://www.x.dk/politik/" holds that path and what is below it. `leave_out`: the
    /// same form, taken away again. Errors: invalid_config naming the text.
    [[nodiscard]] static Result<Scope> of(const std::vector<std::string>& allow,
                                          const std::vector<std::string>& leave_out = {});

    [[nodiscard]] bool allows(const http::WebUrl& url) const;
    /// Same scheme, host and port as an approved prefix: where robots.txt and sitemaps may be.
    [[nodiscard]] bool same_site(const http::WebUrl& url) const;
    /// The one spelling: https where only that is approved, no fragment, no tracking or session
    /// parameters, escapes in one form. Nothing when it is no web address or is not approved.
    [[nodiscard]] std::optional<http::WebUrl> canonical(std::string_view text,
                                                        const http::WebUrl* base = nullptr) const;

private:
    std::vector<http::WebUrl> allow_;
    std::vector<http::WebUrl> leave_out_;
};

/// One spelling of an address, whether approved or not.
[[nodiscard]] http::WebUrl plain_form(http::WebUrl url);

/// Whether the address looks like one of endless many: a part of the path again and again, very
/// long, very deep.
[[nodiscard]] bool looks_endless(const http::WebUrl& url);

}  // namespace raadbot::fetch
