// Fetched pages -> the store: the same confined parser, versions and removals as for a folder's
// files, but no copy of the page is ever kept on disk.
//
// What a meeting's page links to from a closed item is never kept, whether it is fetched before the
// page or after, in this run or a later one.
//
// Pages gather until flush(), which parses them at once on several threads and writes them in one
// transaction. Not thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "retrieval/ingest/folder.hpp"

namespace raadbot::ingest {

struct WebPage {
    std::string url;    ///< Its one address; what the store calls the file.
    std::string bytes;  ///< Text in UTF-8.
    std::string name;   ///< For telling the format, when the bytes do not: "referat.pdf".
};

class WebPages {
public:
    /// The one spelling of an address that the page at `base` states or links to, or an empty text
    /// when that is not approved.
    using Canonical =
        std::function<std::string(const std::string& address, const std::string& base)>;

    /// Where `canonical` gives nothing for what a page calls itself or an item of it, the page's
    /// own address stands. `report` is added to. All must outlive this.
    WebPages(const sources::Source& source, store::Store& store, const FolderOptions& options,
             Canonical canonical, SourceReport& report);
    ~WebPages();
    WebPages(const WebPages&) = delete;
    WebPages& operator=(const WebPages&) = delete;

    void take(WebPage page);
    /// The page is not there any more: its documents go with the next flush.
    void drop(std::string url);
    void flush();
    [[nodiscard]] std::size_t waiting() const;  ///< Pages taken since the last flush.
    [[nodiscard]] std::uint64_t waiting_bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Raised when parsers change what they give: pages are fetched again whole then.
[[nodiscard]] std::string_view current_parser_version();

}  // namespace raadbot::ingest
