#include "retrieval/store/crawl_store.hpp"

#include "retrieval/store/database.hpp"

namespace raadbot::store {
namespace {

// `run` is the run that visited the page last, `listed_run` the one whose sitemap named it.
constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS run (
  source TEXT PRIMARY KEY, number INTEGER NOT NULL, finished INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS page (
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL, depth INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0, queued INTEGER NOT NULL DEFAULT 0,
  run INTEGER NOT NULL DEFAULT 0, listed_run INTEGER NOT NULL DEFAULT 0,
  etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '',
  listed TEXT NOT NULL DEFAULT '', listed_now TEXT NOT NULL DEFAULT '',
  body_hash TEXT NOT NULL DEFAULT '', text_hash INTEGER NOT NULL DEFAULT 0,
  next_check INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '',
  UNIQUE (source, url)) STRICT;
CREATE INDEX IF NOT EXISTS page_queue ON page(source, depth, id) WHERE queued = 1;
CREATE INDEX IF NOT EXISTS page_text ON page(source, text_hash) WHERE text_hash <> 0;
CREATE TABLE IF NOT EXISTS variant (
  source TEXT NOT NULL, path INTEGER NOT NULL, known INTEGER NOT NULL, same INTEGER NOT NULL,
  PRIMARY KEY (source, path)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (
  source TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (source, key)) STRICT;
)sql";

constexpr const char* columns =
    "SELECT id, url, depth, state, etag, modified, listed, listed_now, body_hash, text_hash, "
    "next_check, note, queued FROM page ";

CrawlPage read_page(const Statement& row) {
    CrawlPage page;
    page.id = row.integer(0);
    page.url = row.text(1);
    page.depth = static_cast<std::uint32_t>(row.integer(2));
    page.state = static_cast<PageState>(row.integer(3));
    page.etag = row.text(4);
    page.modified = row.text(5);
    page.listed = row.text(6);
    page.listed_now = row.text(7);
    page.body_hash = row.text(8);
    page.text_hash = row.integer(9);
    page.next_check = Timestamp{std::chrono::seconds{row.integer(10)}};
    page.note = row.text(11);
    page.queued = row.integer(12) != 0;
    return page;
}

}  // namespace

struct CrawlStore::Impl {
    explicit Impl(const std::filesystem::path& file) : database(file) { database.execute("BEGIN"); }

    std::string_view key(const SourceId& source) {
        if (source.value != current) {
            current = source.value;
            auto statement = database.prepare("SELECT number FROM run WHERE source = ?");
            statement.bind(std::string_view(current));
            number = statement.step() ? statement.integer(0) : 0;
        }
        return current;
    }

    struct Opened : Database {
        explicit Opened(const std::filesystem::path& file) : Database(file) {
            execute("PRAGMA synchronous=NORMAL");
            execute("PRAGMA secure_delete=ON");
            execute("PRAGMA cache_size=-4000");  // A crawl's memory does not grow with the site.
            execute(schema);
        }
    };
    Opened database;
    std::string current;
    std::int64_t number = 0;
    // Statements that run once for each link or page.
    Statement add{database.prepare(
        "INSERT INTO page(source, url, depth, queued) VALUES(?,?,?,1) "
        "ON CONFLICT(source, url) DO UPDATE SET queued = 1 WHERE run = 0 AND queued = 0")};
    Statement list{database.prepare(
        "UPDATE page SET listed_now = ?, listed_run = ? WHERE source = ? AND url = ?")};
    Statement list_new{database.prepare(
        "INSERT INTO page(source, url, depth, listed_now, listed_run) VALUES(?,?,1,?,?)")};
    Statement put{database.prepare(
        "UPDATE page SET state=?, etag=?, modified=?, listed=?, body_hash=?, text_hash=?, "
        "next_check=?, note=?, run=?, queued=0 WHERE id=?")};
    Statement next{database.prepare(std::string(columns) +
                                    "WHERE source = ? AND queued = 1 ORDER BY depth, id LIMIT 1")};
    Statement variants{
        database.prepare("SELECT known, same FROM variant WHERE source = ? AND path = ?")};
    Statement add_variants{database.prepare(
        "INSERT INTO variant(source, path, known, same) VALUES(?,?,?,?) ON CONFLICT(source, path) "
        "DO UPDATE SET known = known + excluded.known, same = same + excluded.same")};
};

std::unique_ptr<CrawlStore> CrawlStore::open(const std::filesystem::path& directory) {
    if (directory.empty()) return std::unique_ptr<CrawlStore>(new CrawlStore(":memory:"));
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    return std::unique_ptr<CrawlStore>(new CrawlStore(directory / "crawl.db"));
}

CrawlStore::CrawlStore(const std::filesystem::path& file) : impl_(std::make_unique<Impl>(file)) {}
CrawlStore::~CrawlStore() = default;

bool CrawlStore::begin(const SourceId& source) {
    auto known = impl_->database.prepare("SELECT finished FROM run WHERE source = ?");
    known.bind(std::string_view(source.value));
    const bool goes_on = known.step() && known.integer(0) == 0;
    known.reset();
    if (!goes_on) {
        impl_->database
            .prepare(
                "INSERT INTO run(source, number, finished) VALUES(?,1,0) ON CONFLICT(source) DO "
                "UPDATE SET number = number + 1, finished = 0")
            .bind(std::string_view(source.value))
            .run();
        // How many addresses there are stays true; what they say is found out again.
        impl_->database.prepare("UPDATE variant SET same = 0 WHERE source = ? AND same > 0")
            .bind(std::string_view(source.value))
            .run();
    }
    impl_->current.clear();
    commit();
    return goes_on;
}

void CrawlStore::finish(const SourceId& source) {
    impl_->database.prepare("UPDATE run SET finished = 1 WHERE source = ?")
        .bind(std::string_view(source.value))
        .run();
    commit();
}

void CrawlStore::commit() {
    impl_->database.execute("COMMIT");
    impl_->database.execute("BEGIN");
}

bool CrawlStore::add(const SourceId& source, std::string_view url, std::uint32_t depth) {
    const auto key = impl_->key(source);
    impl_->add.bind(key).bind(url).bind(std::int64_t{depth}).run();
    return impl_->database.changes() > 0;
}

bool CrawlStore::list(const SourceId& source, std::string_view url, std::string_view changed,
                      bool may_add) {
    const auto key = impl_->key(source);
    impl_->list.bind(changed).bind(impl_->number).bind(key).bind(url).run();
    if (impl_->database.changes() > 0 || !may_add) return false;
    impl_->list_new.bind(key).bind(url).bind(changed).bind(impl_->number).run();
    return true;
}

void CrawlStore::queue_due(const SourceId& source, bool trust, Timestamp now) {
    const auto key = impl_->key(source);
    impl_->database
        .prepare(
            "UPDATE page SET queued = 1 WHERE source = ? AND run < ? AND queued = 0 AND NOT ("
            "next_check > ? AND ((? = 1 AND listed_run = ? AND listed_now <> '' AND "
            "listed_now = listed) OR state IN (3, 4, 5, 6)))")
        .bind(key)
        .bind(impl_->number)
        .bind(now.time_since_epoch().count())
        .bind(std::int64_t{trust ? 1 : 0})
        .bind(impl_->number)
        .run();
}

void CrawlStore::queue(const SourceId& source, std::string_view url) {
    const auto key = impl_->key(source);
    impl_->database.prepare("UPDATE page SET queued = 1 WHERE source = ? AND url = ? AND run < ?")
        .bind(key)
        .bind(url)
        .bind(impl_->number)
        .run();
}

bool CrawlStore::read_again(const SourceId& source, std::string_view url) {
    impl_->database
        .prepare(
            "UPDATE page SET queued = 1, etag = '', modified = '', body_hash = '', text_hash = 0, "
            "listed = '' WHERE source = ? AND url = ?")
        .bind(std::string_view(source.value))
        .bind(url)
        .run();
    return impl_->database.changes() > 0;
}

CrawlStore::Variants CrawlStore::variants(const SourceId& source, std::uint64_t path) const {
    Statement& statement = impl_->variants;
    statement.bind(impl_->key(source)).bind(static_cast<std::int64_t>(path));
    Variants found;
    if (statement.step()) {
        found.known = static_cast<std::uint32_t>(statement.integer(0));
        found.same = static_cast<std::uint32_t>(statement.integer(1));
    }
    statement.reset();
    return found;
}

void CrawlStore::add_variants(const SourceId& source, std::uint64_t path, const Variants& more) {
    impl_->add_variants.bind(impl_->key(source))
        .bind(static_cast<std::int64_t>(path))
        .bind(std::int64_t{more.known})
        .bind(std::int64_t{more.same})
        .run();
}

std::optional<CrawlPage> CrawlStore::next(const SourceId& source) const {
    const auto key = impl_->key(source);
    Statement& statement = impl_->next;
    statement.bind(key);
    std::optional<CrawlPage> page;
    if (statement.step()) page = read_page(statement);
    statement.reset();
    return page;
}

std::optional<CrawlPage> CrawlStore::page(const SourceId& source, std::string_view url) const {
    auto statement = impl_->database.prepare(std::string(columns) + "WHERE source = ? AND url = ?");
    statement.bind(std::string_view(source.value)).bind(url);
    if (!statement.step()) return std::nullopt;
    return read_page(statement);
}

void CrawlStore::put(const SourceId& source, const CrawlPage& page) {
    impl_->key(source);
    impl_->put.bind(static_cast<std::int64_t>(page.state))
        .bind(std::string_view(page.etag))
        .bind(std::string_view(page.modified))
        .bind(std::string_view(page.listed))
        .bind(std::string_view(page.body_hash))
        .bind(page.text_hash)
        .bind(page.next_check.time_since_epoch().count())
        .bind(std::string_view(page.note))
        .bind(impl_->number)
        .bind(page.id)
        .run();
}

std::optional<std::string> CrawlStore::same_text(const SourceId& source,
                                                 const CrawlPage& page) const {
    auto statement = impl_->database.prepare(
        "SELECT url FROM page WHERE source = ? AND text_hash = ? AND text_hash <> 0 AND id <> ? "
        "AND state = ? LIMIT 1");
    statement.bind(std::string_view(source.value))
        .bind(page.text_hash)
        .bind(page.id)
        .bind(static_cast<std::int64_t>(PageState::kept));
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

CrawlStore::Counts CrawlStore::counts(const SourceId& source) const {
    auto statement = impl_->database.prepare(
        "SELECT COUNT(*), COALESCE(SUM(queued), 0), COALESCE(SUM(state = ?), 0) FROM page "
        "WHERE source = ?");
    statement.bind(static_cast<std::int64_t>(PageState::kept)).bind(std::string_view(source.value));
    statement.step();
    return {static_cast<std::uint64_t>(statement.integer(0)),
            static_cast<std::uint64_t>(statement.integer(1)),
            static_cast<std::uint64_t>(statement.integer(2))};
}

void CrawlStore::each(const SourceId& source,
                      const std::function<void(const CrawlPage&)>& visit) const {
    auto statement =
        impl_->database.prepare(std::string(columns) + "WHERE source = ? ORDER BY url");
    statement.bind(std::string_view(source.value));
    while (statement.step()) visit(read_page(statement));
}

void CrawlStore::put_mark(const SourceId& source, std::string_view key, std::string_view value) {
    impl_->database
        .prepare(
            "INSERT INTO mark(source, key, value) VALUES(?,?,?) "
            "ON CONFLICT(source, key) DO UPDATE SET value = excluded.value")
        .bind(std::string_view(source.value))
        .bind(key)
        .bind(value)
        .run();
}

std::optional<std::string> CrawlStore::mark(const SourceId& source, std::string_view key) const {
    auto statement = impl_->database.prepare("SELECT value FROM mark WHERE source = ? AND key = ?");
    statement.bind(std::string_view(source.value)).bind(key);
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

void CrawlStore::each_mark(
    const SourceId& source, std::string_view prefix,
    const std::function<void(const std::string& key, const std::string& value)>& visit) const {
    auto statement = impl_->database.prepare(
        "SELECT key, value FROM mark WHERE source = ? AND substr(key, 1, ?) = ? ORDER BY key");
    statement.bind(std::string_view(source.value))
        .bind(static_cast<std::int64_t>(prefix.size()))
        .bind(prefix);
    while (statement.step()) visit(statement.text(0), statement.text(1));
}

void CrawlStore::erase_marks(const SourceId& source, std::string_view prefix) {
    impl_->database.prepare("DELETE FROM mark WHERE source = ? AND substr(key, 1, ?) = ?")
        .bind(std::string_view(source.value))
        .bind(static_cast<std::int64_t>(prefix.size()))
        .bind(prefix)
        .run();
}

std::uint64_t CrawlStore::memory_bytes() const { return impl_->database.cache_bytes(); }

void CrawlStore::erase(const SourceId& source) {
    for (const char* sql :
         {"DELETE FROM page WHERE source = ?", "DELETE FROM run WHERE source = ?",
          "DELETE FROM mark WHERE source = ?", "DELETE FROM variant WHERE source = ?"}) {
        impl_->database.prepare(sql).bind(std::string_view(source.value)).run();
    }
    impl_->current.clear();
    commit();
}

}  // namespace raadbot::store
