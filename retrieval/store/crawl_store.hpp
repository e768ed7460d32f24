// What a crawler remembers of a source's addresses, so that a crawl can stop anywhere and go on,
// and the next one asks only for what may have changed. Addresses and marks only: no text of a
// page.
//
// Its own database beside the store's (`directory`/crawl.db): losing it costs one full crawl. One
// per thread; throws DatabaseError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/types.hpp"

namespace raadbot::store {

enum class PageState {
    unseen,     ///< Known, never fetched.
    kept,       ///< Its documents are in the store.
    listing,    ///< Fetched for its links only (noindex, a feed).
    moved,      ///< Another address has it: a redirect, a canonical link, the same text.
    gone,       ///< 404, 410 or a page that says so.
    refused,    ///< Not ours to read: robots.txt, login, consent, outside what is approved.
    unwanted,   ///< Not a format that is read.
    unreached,  ///< The last try failed; what is stored stays.
};

struct CrawlPage {
    std::int64_t id = 0;
    std::string url;
    std::uint32_t depth = 0;  ///< Links from where the crawl began.
    PageState state = PageState::unseen;
    std::string etag;
    std::string modified;    ///< Last-Modified, as sent.
    std::string listed;      ///< lastmod of the sitemap at the last visit.
    std::string listed_now;  ///< lastmod of the sitemap in this run.
    std::string body_hash;   ///< Of the bytes, with the parser's version.
    std::int64_t text_hash = 0;
    Timestamp next_check{};  ///< Asked for again then, whatever the sitemap says.
    std::string note;        ///< For the operator: why it was not taken.
    bool queued = false;     ///< Still to be visited in this run.
};

class CrawlStore {
public:
    /// Opens or creates `directory`/crawl.db; with an empty path, one in memory (a dry run).
    [[nodiscard]] static std::unique_ptr<CrawlStore> open(const std::filesystem::path& directory);
    ~CrawlStore();
    CrawlStore(const CrawlStore&) = delete;
    CrawlStore& operator=(const CrawlStore&) = delete;

    /// Begins a run, or goes on with one that was cut off; true when it goes on.
    bool begin(const SourceId& source);
    void finish(const SourceId& source);
    /// Makes durable what was written since the last call. Everything between is lost by a crash,
    /// which is harmless: it is fetched again.
    void commit();

    /// A link: queued when it is new. False when it was known.
    bool add(const SourceId& source, std::string_view url, std::uint32_t depth);
    /// An entry of a sitemap: noted for queue_due, not queued. An address that is not known yet is
    /// added when `may_add`. True when it was new.
    bool list(const SourceId& source, std::string_view url, std::string_view changed, bool may_add);
    /// Queues every known address of this run but those that the sitemap lists unchanged and whose
    /// next check is still ahead. With `trust` false the sitemap does not count.
    void queue_due(const SourceId& source, bool trust, Timestamp now);
    void queue(const SourceId& source, std::string_view url);

    /// The next address, nearest to the beginning first; nothing when the run is done.
    [[nodiscard]] std::optional<CrawlPage> next(const SourceId& source) const;
    [[nodiscard]] std::optional<CrawlPage> page(const SourceId& source, std::string_view url) const;
    /// Writes what a visit gave, and takes the page off the queue.
    void put(const SourceId& source, const CrawlPage& page);
    /// Another kept page with the same text; its address.
    [[nodiscard]] std::optional<std::string> same_text(const SourceId& source,
                                                       const CrawlPage& page) const;

    /// Puts a known address on the queue of this run, visited or not, and forgets what would spare
    /// reading it whole. False when it is not known.
    bool read_again(const SourceId& source, std::string_view url);

    /// Addresses that differ in their query alone. `path`: whatever names what they share.
    struct Variants {
        std::uint32_t known = 0;
        std::uint32_t same = 0;  ///< Of these, found in this run to say what another says.
    };
    [[nodiscard]] Variants variants(const SourceId& source, std::uint64_t path) const;
    void add_variants(const SourceId& source, std::uint64_t path, const Variants& more);

    struct Counts {
        std::uint64_t known = 0;
        std::uint64_t queued = 0;
        std::uint64_t kept = 0;
    };
    [[nodiscard]] Counts counts(const SourceId& source) const;
    /// All pages, by address.
    void each(const SourceId& source, const std::function<void(const CrawlPage&)>& visit) const;
    /// Values that a source's crawl keeps between runs (a delta link).
    void put_mark(const SourceId& source, std::string_view key, std::string_view value);
    [[nodiscard]] std::optional<std::string> mark(const SourceId& source,
                                                  std::string_view key) const;
    /// All marks whose key begins with `prefix`.
    void each_mark(
        const SourceId& source, std::string_view prefix,
        const std::function<void(const std::string& key, const std::string& value)>& visit) const;
    void erase_marks(const SourceId& source, std::string_view prefix);
    /// Of the database's pages held in memory: bounded, however many addresses there are.
    [[nodiscard]] std::uint64_t memory_bytes() const;
    /// Forgets the source altogether.
    void erase(const SourceId& source);

private:
    explicit CrawlStore(const std::filesystem::path& file);
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace raadbot::store
