// Lists of addresses: sitemaps and their indexes (sitemaps.org), RSS 2.0 and Atom (RFC 4287). Pure;
// reads tag by tag, so that a broken or endless list still gives what stands before the break.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace raadbot::fetch {

struct Listed {
    enum class Kind {
        page,     ///< Of a sitemap.
        sitemap,  ///< Of a sitemap index.
        news,     ///< Of a feed: its date says when it was written, not when it changed.
    };
    Kind kind = Kind::page;
    std::string address;
    std::string changed;  ///< lastmod, as written; empty when absent.
};

/// Calls `visit` for each address until it gives false, at most 50,000 times (the standard's own
/// limit). Returns how many.
std::size_t read_list(std::string_view xml, const std::function<bool(const Listed&)>& visit);

}  // namespace raadbot::fetch
