// What a crawler must know of an HTML page: where it leads, what it calls itself, whether it is a
// page at all. Pure; one pass over the bytes, no tree, so that hostile markup costs nothing.
//
// Not for reading the page: that is the confined parser's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::fetch {

struct PageScan {
    std::string base;                ///< <base href>, or empty.
    std::string canonical;           ///< <link rel=canonical>, or empty.
    std::string refresh;             ///< Address of <meta http-equiv=refresh>, or empty.
    std::vector<std::string> links;  ///< href of a and area, src of iframe; entities decoded.
    std::vector<std::string> feeds;  ///< <link rel=alternate> to RSS or Atom.
    std::string title;
    std::string heading;   ///< Text of the first h1.
    bool noindex = false;  ///< <meta name=robots content=noindex> or "none".
    bool nofollow = false;
    bool password = false;        ///< A field for a password.
    std::uint32_t words = 0;      ///< Of visible text.
    std::uint64_t text_hash = 0;  ///< Of the visible text.
    /// The smallest hashes of four words in a row: how alike two pages are, without their text.
    std::vector<std::uint64_t> sketch;
    bool speaks_of_cookies = false;    ///< Title or heading, and the text asks for consent.
    bool speaks_of_not_found = false;  ///< Title or heading say that there is no such page.
    bool speaks_of_login = false;      ///< Title or heading.
};

[[nodiscard]] PageScan scan_page(std::string_view html);

/// From 0 (nothing in common) to 1, estimated from the sketches.
[[nodiscard]] double likeness(const std::vector<std::uint64_t>& a,
                              const std::vector<std::uint64_t>& b);

enum class Wall { none, cookies, login, not_found };
/// A page that stands where another was asked for. `missing`: the sketch of what this server says
/// of an address that cannot exist, or empty.
[[nodiscard]] Wall wall_of(const PageScan& page, const std::vector<std::uint64_t>& missing);

/// "&amp;" and numbers; unknown entities stay.
[[nodiscard]] std::string entities_decoded(std::string_view text);

}  // namespace raadbot::fetch
