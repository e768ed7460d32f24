#include "retrieval/store/store.hpp"

#include <set>
#include <utility>

#include "retrieval/store/impl.hpp"
#include "retrieval/store/rows.hpp"

namespace raadbot::store {
namespace {

constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS source (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, path TEXT NOT NULL, base_url TEXT NOT NULL,
  audience TEXT NOT NULL, owner_unit TEXT NOT NULL, owner_mail TEXT NOT NULL,
  owner_phone TEXT NOT NULL, purpose TEXT NOT NULL, rights TEXT NOT NULL, review_date TEXT,
  refresh_hours INTEGER NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS file (
  source TEXT NOT NULL REFERENCES source(id), path TEXT NOT NULL, size INTEGER NOT NULL,
  modified INTEGER NOT NULL, hash TEXT NOT NULL, readable INTEGER NOT NULL, note TEXT NOT NULL,
  PRIMARY KEY (source, path)) STRICT;
CREATE TABLE IF NOT EXISTS document (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source(id), file TEXT NOT NULL,
  url TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, version INTEGER NOT NULL,
  hash TEXT NOT NULL, updated TEXT, checked INTEGER NOT NULL, owner TEXT NOT NULL,
  body TEXT, meeting_date TEXT, paper INTEGER, item_number TEXT, case_number TEXT, meeting_url TEXT,
  questions TEXT NOT NULL, proof_url TEXT NOT NULL, expires TEXT) STRICT;
CREATE INDEX IF NOT EXISTS document_file ON document(source, file);
CREATE INDEX IF NOT EXISTS document_meeting ON document(meeting_url) WHERE meeting_url IS NOT NULL;
CREATE INDEX IF NOT EXISTS document_case ON document(case_number) WHERE case_number <> '';
CREATE TABLE IF NOT EXISTS passage (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES document(id),
  position INTEGER NOT NULL, headings TEXT NOT NULL, text TEXT NOT NULL, fragment TEXT NOT NULL,
  page INTEGER, second INTEGER, section INTEGER NOT NULL, decided_by TEXT NOT NULL,
  decided_on TEXT, speaker TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS passage_document ON passage(document, position);
CREATE TABLE IF NOT EXISTS replaced (
  source TEXT NOT NULL, file TEXT NOT NULL, newer TEXT NOT NULL, PRIMARY KEY (source, file)) STRICT;
CREATE TABLE IF NOT EXISTS pending (passage INTEGER PRIMARY KEY, present INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS answer (
  id TEXT PRIMARY KEY, json TEXT NOT NULL, index_version TEXT NOT NULL, created INTEGER NOT NULL,
  passages TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS answer_created ON answer(created);
CREATE TABLE IF NOT EXISTS answer_document (
  document TEXT NOT NULL, answer TEXT NOT NULL REFERENCES answer(id) ON DELETE CASCADE,
  PRIMARY KEY (document, answer)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answer_document_answer ON answer_document(answer);
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY, answer TEXT NOT NULL, helpful INTEGER NOT NULL, comment TEXT NOT NULL,
  created INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS usage (
  day TEXT NOT NULL, channel TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (day, channel, kind, reason)) STRICT;
CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
)sql";

/// Columns that came after the tables had shipped.
void add_missing_columns(Database& database) {
    const auto add = [&](const char* table, const char* column, const char* declaration) {
        auto known = database.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
        known.bind(std::string_view(table)).bind(std::string_view(column));
        if (known.step()) return;
        known.reset();
        database.execute(
            (std::string("ALTER TABLE ") + table + " ADD COLUMN " + column + " " + declaration)
                .c_str());
    };
    // How many closed parts a file had, so that one more is noticed.
    add("file", "closed", "INTEGER NOT NULL DEFAULT 0");
    // JSON list of sources::fields_of, or empty.
    add("source", "selectors", "TEXT NOT NULL DEFAULT ''");
    // When what the answer cites was replaced by a newer version, in seconds.
    add("answer", "superseded", "INTEGER");
    // The minutes' document that tells the same, or empty.
    add("passage", "folded", "TEXT NOT NULL DEFAULT ''");
    database.execute(
        "CREATE INDEX IF NOT EXISTS passage_folded ON passage(folded) WHERE folded <> ''");
    // A digest of what names the rating; a rating given twice is there once.
    add("feedback", "key", "TEXT");
    database.execute("CREATE UNIQUE INDEX IF NOT EXISTS feedback_key ON feedback(key)");
}

std::optional<std::string> date_text(const std::optional<Date>& date) {
    if (!date) return std::nullopt;
    return to_string(*date);
}

}  // namespace

DocumentId document_id(const SourceId& source, std::string_view url) {
    return DocumentId{sha256_hex(source.value + "\n" + std::string(url)).substr(0, 32)};
}

std::string url_of_file(const sources::Source& source, std::string_view path) {
    // Percent-encode what may not stand in a URL path (RFC 3986, pchar and '/').
    constexpr std::string_view allowed = "-._~!$&'()*+,;=:@/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string url = source.base_url;
    if (!url.ends_with('/')) url += '/';
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool alphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (alphanumeric || allowed.find(c) != std::string_view::npos) {
            url += c;
        } else {
            url += '%';
            url += digits[byte >> 4U];
            url += digits[byte & 15U];
        }
    }
    return url;
}

Store::Store(const std::filesystem::path& file) : impl_(std::make_unique<Impl>(file)) {
    impl_->database.execute(schema);
    impl_->database.execute(ledger_schema);
    impl_->database.execute(relations_schema);
    add_missing_columns(impl_->database);
}
Store::~Store() = default;

std::unique_ptr<Store> Store::open(const std::filesystem::path& directory, Memory memory) {
    std::error_code error;
    std::filesystem::create_directories(directory, error);
    if (error) {
        throw DatabaseError("cannot create the data directory " + directory.string() + ": " +
                            error.message());
    }
    std::unique_ptr<Store> store(new Store(directory / "raadbot.db"));
    if (memory == Memory::little) store->impl_->database.execute("PRAGMA cache_size=-8000");
    return store;
}

void Store::in_transaction(const std::function<void()>& work) {
    if (impl_->in_transaction) {
        work();
        return;
    }
    Transaction transaction(impl_->database);
    impl_->in_transaction = true;
    try {
        work();
    } catch (...) {
        impl_->in_transaction = false;
        throw;
    }
    impl_->in_transaction = false;
    transaction.commit();
}

// Sources ----------------------------------------------------------------------------------------

void Store::put_source(const sources::Source& s) {
    auto statement = impl_->database.prepare(
        "INSERT INTO source(id, kind, path, base_url, audience, owner_unit, owner_mail, "
        "owner_phone, "
        "purpose, rights, review_date, refresh_hours, state, selectors) "
        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET kind=excluded.kind, path=excluded.path, "
        "base_url=excluded.base_url, audience=excluded.audience, owner_unit=excluded.owner_unit, "
        "owner_mail=excluded.owner_mail, owner_phone=excluded.owner_phone, "
        "purpose=excluded.purpose, rights=excluded.rights, review_date=excluded.review_date, "
        "refresh_hours=excluded.refresh_hours, state=excluded.state, "
        "selectors=excluded.selectors");
    std::vector<std::string> selectors;
    for (const std::string* one : sources::fields_of(s.selectors)) selectors.push_back(*one);
    if (s.selectors == sources::AgendaSelectors{}) selectors.clear();
    const std::string selectors_json = to_json(selectors);
    statement.bind(std::string_view(s.id.value))
        .bind(to_string(s.kind))
        .bind(std::string_view(s.path.native()))
        .bind(std::string_view(s.base_url))
        .bind(std::string_view(s.audience.value))
        .bind(std::string_view(s.owner.unit))
        .bind(std::string_view(s.owner.mail))
        .bind(std::string_view(s.owner.phone))
        .bind(std::string_view(s.purpose))
        .bind(std::string_view(s.rights))
        .bind_optional(date_text(s.review_date))
        .bind(s.refresh.count())
        .bind(sources::to_string(s.state))
        .bind(std::string_view(selectors_json));
    // Who may see what, and what takes part at all, bears on what is related to what.
    const auto before = source(s.id);
    const bool moved = before && (before->audience != s.audience || before->state != s.state);
    statement.run();
    if (moved) impl_->next_generation();
}

std::optional<sources::Source> Store::source(const SourceId& id) const {
    auto statement = impl_->database.prepare(std::string(source_columns) + "WHERE id = ?");
    statement.bind(std::string_view(id.value));
    if (!statement.step()) return std::nullopt;
    return read_source(statement);
}

std::vector<sources::Source> Store::all_sources() const {
    auto statement = impl_->database.prepare(std::string(source_columns) + "ORDER BY id");
    std::vector<sources::Source> result;
    while (statement.step()) result.push_back(read_source(statement));
    return result;
}

void Store::erase_source_content(const SourceId& id) {
    in_transaction([&] {
        for (const FileRecord& file : files(id)) remove_file(id, file.path);
        put_setting(purge_key, "1");
    });
}

// Files and documents
// ------------------------------------------------------------------------------

std::vector<FileRecord> Store::files(const SourceId& source) const { return files(source, {}); }

std::vector<FileRecord> Store::files(const SourceId& source, std::string_view prefix) const {
    auto statement = impl_->database.prepare(
        "SELECT path, size, modified, hash, readable, note, closed FROM file WHERE source = ?1 AND "
        "path >= ?2 AND substr(path, 1, length(?2)) = ?2 ORDER BY path");
    statement.bind(std::string_view(source.value)).bind(prefix);
    std::vector<FileRecord> result;
    while (statement.step()) {
        result.push_back({statement.text(0), static_cast<std::uint64_t>(statement.integer(1)),
                          statement.integer(2), statement.text(3), statement.integer(4) != 0,
                          statement.text(5), static_cast<std::uint32_t>(statement.integer(6))});
    }
    return result;
}

bool Store::has_files(const SourceId& source) const {
    auto statement = impl_->database.prepare("SELECT 1 FROM file WHERE source = ? LIMIT 1");
    statement.bind(std::string_view(source.value));
    return statement.step();
}

void Store::put_file(const SourceId& source, const FileRecord& file) {
    auto statement = impl_->database.prepare(
        "INSERT INTO file(source, path, size, modified, hash, readable, note, closed) "
        "VALUES(?,?,?,?,?,?,?,?) "
        "ON CONFLICT(source, path) DO UPDATE SET size=excluded.size, modified=excluded.modified, "
        "hash=excluded.hash, readable=excluded.readable, note=excluded.note, "
        "closed=excluded.closed");
    statement.bind(std::string_view(source.value))
        .bind(std::string_view(file.path))
        .bind(static_cast<std::int64_t>(file.size))
        .bind(file.modified)
        .bind(std::string_view(file.hash))
        .bind(static_cast<std::int64_t>(file.readable))
        .bind(std::string_view(file.note))
        .bind(static_cast<std::int64_t>(file.closed));
    statement.run();
}

void Store::Impl::next_generation() {
    database.execute(
        "INSERT INTO setting(key, value) VALUES('generation', '1') "
        "ON CONFLICT(key) DO UPDATE SET value = CAST(value AS INTEGER) + 1");
}

void Store::Impl::drop_answers(const DocumentId& id) {
    // A recording's turns carry the name of the item that they speak of.
    database
        .prepare(
            "DELETE FROM answer WHERE id IN (SELECT answer FROM answer_document WHERE document = "
            "?1 OR document IN (SELECT document FROM spoken WHERE item = ?1))")
        .bind(std::string_view(id.value))
        .run();
}

void Store::Impl::supersede_answers(const DocumentId& id, Timestamp now) {
    database
        .prepare(
            "UPDATE answer SET superseded = ? WHERE superseded IS NULL AND id IN (SELECT answer "
            "FROM answer_document WHERE document = ?)")
        .bind(now.time_since_epoch().count())
        .bind(std::string_view(id.value))
        .run();
}

void Store::Impl::erase_document(const DocumentId& id) {
    forget_relations(id);
    const std::string_view key = id.value;
    auto note = database.prepare(
        "INSERT INTO pending(passage, present) SELECT id, 0 FROM passage WHERE document = ? "
        "ON CONFLICT(passage) DO UPDATE SET present = 0");
    note.bind(key).run();
    database.prepare("DELETE FROM passage WHERE document = ?").bind(key).run();
    database.prepare("DELETE FROM document WHERE id = ?").bind(key).run();
}

void Store::Impl::insert_document(const sources::Source& source, std::string_view file,
                                  const DocumentId& id, const std::string& url,
                                  const ParsedDocument& document, const std::string& hash,
                                  std::int64_t version, Timestamp now) {
    const std::optional<MeetingInfo>& m = document.meeting;
    auto insert = database.prepare(
        "INSERT INTO document(id, source, file, url, title, language, version, hash, updated, "
        "checked, owner, body, meeting_date, paper, item_number, case_number, meeting_url, "
        "questions, proof_url, expires) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    insert.bind(std::string_view(id.value))
        .bind(std::string_view(source.id.value))
        .bind(file)
        .bind(std::string_view(url))
        .bind(std::string_view(document.title))
        .bind(std::string_view(document.language))
        .bind(version)
        .bind(std::string_view(hash))
        .bind_optional(date_text(document.updated))
        .bind(now.time_since_epoch().count())
        .bind(std::string_view(document.owner));
    if (m) {
        insert.bind(std::string_view(m->body))
            .bind_optional(date_text(m->date))
            .bind(static_cast<std::int64_t>(m->paper))
            .bind(std::string_view(m->item_number))
            .bind(std::string_view(m->case_number))
            .bind(std::string_view(m->meeting_url));
    } else {
        for (int i = 0; i < 6; ++i) insert.bind_optional(std::nullopt);
    }
    insert.bind(std::string_view(to_json(document.questions)))
        .bind(std::string_view(document.proof_url))
        .bind_optional(date_text(document.expires));
    insert.run();

    auto passage = database.prepare(
        "INSERT INTO passage(document, position, headings, text, fragment, page, second, section, "
        "decided_by, decided_on, speaker) VALUES(?,?,?,?,?,?,?,?,?,?,?)");
    auto pending =
        database.prepare("INSERT OR REPLACE INTO pending(passage, present) VALUES(?, 1)");
    std::int64_t position = 0;
    const auto optional_number = [](const std::optional<std::uint32_t>& number) {
        return number ? std::optional(std::to_string(*number)) : std::nullopt;
    };
    for (const Passage& p : document.passages) {
        passage.bind(std::string_view(id.value))
            .bind(position++)
            .bind(std::string_view(to_json(p.headings)))
            .bind(std::string_view(p.text))
            .bind(std::string_view(p.anchor.fragment))
            .bind_optional(optional_number(p.anchor.page))
            .bind_optional(optional_number(p.anchor.second))
            .bind(static_cast<std::int64_t>(p.section))
            .bind(std::string_view(p.decided_by))
            .bind_optional(date_text(p.decided_on))
            .bind(std::string_view(p.speaker));
        passage.run();
        pending.bind(database.last_insert_id()).run();
    }
}

Store::Change Store::replace_file(const sources::Source& source, const FileRecord& file,
                                  const std::vector<ParsedDocument>& documents, Timestamp now) {
    Change change;
    in_transaction([&] {
        std::vector<std::string> old;
        auto known =
            impl_->database.prepare("SELECT id FROM document WHERE source = ? AND file = ?");
        known.bind(std::string_view(source.id.value)).bind(std::string_view(file.path));
        while (known.step()) old.push_back(known.text(0));
        known.reset();

        // A file that closes more than before may have taken the rest from a document that stays.
        const bool withdraws = file.closed > closed_before(source.id, file.path);
        std::set<std::string> seen;
        for (const ParsedDocument& document : documents) {
            const std::string url = document.url.empty()
                                        ? url_of_file(source, file.path) + document.url_suffix
                                        : document.url;
            const DocumentId id = document_id(source.id, url);
            if (!seen.insert(id.value).second) continue;  // The same URL twice in one file.
            if (impl_->is_taken_down(
                    id)) {  // Staff have taken it out; the file may still be there.
                seen.erase(id.value);
                continue;
            }
            const std::string hash = sha256_hex(content_of(document));
            // Another file may have told of the same URL before: the newest reading wins.
            auto known_as =
                impl_->database.prepare("SELECT hash, version FROM document WHERE id = ?");
            known_as.bind(std::string_view(id.value));
            const bool exists = known_as.step();
            const bool same = exists && known_as.text(0) == hash;
            const std::int64_t version = exists ? known_as.integer(1) + 1 : 1;
            known_as.reset();
            if (same) {
                impl_->database.prepare("UPDATE document SET checked = ?, file = ? WHERE id = ?")
                    .bind(now.time_since_epoch().count())
                    .bind(std::string_view(file.path))
                    .bind(std::string_view(id.value))
                    .run();
                ++change.unchanged;
                continue;
            }
            if (exists) {
                if (withdraws) {
                    impl_->drop_answers(id);
                } else {
                    impl_->supersede_answers(id, now);
                }
                impl_->erase_document(id);
            }
            impl_->insert_document(source, file.path, id, url, document, hash, version, now);
            ++(exists ? change.changed : change.added);
        }
        for (const std::string& id : old) {
            if (seen.contains(id)) continue;
            impl_->drop_answers(DocumentId{id});
            impl_->erase_document(DocumentId{id});
            ++change.removed;
        }
        const bool meetings = source.kind == SourceKind::meetings;
        if ((withdraws && change.changed > 0) || (meetings && change.removed > 0))
            put_setting(purge_key, "1");
        put_file(source.id, file);
        if (change.added + change.changed + change.removed > 0) impl_->next_generation();
    });
    return change;
}

Store::Change Store::remove_file(const SourceId& source, std::string_view path) {
    Change change;
    in_transaction([&] {
        std::vector<std::string> ids;
        auto known =
            impl_->database.prepare("SELECT id FROM document WHERE source = ? AND file = ?");
        known.bind(std::string_view(source.value)).bind(path);
        while (known.step()) ids.push_back(known.text(0));
        known.reset();
        for (std::string& id : ids) {
            const DocumentId document{std::move(id)};
            impl_->drop_answers(document);
            impl_->erase_document(document);
            ++change.removed;
        }
        impl_->database.prepare("DELETE FROM file WHERE source = ? AND path = ?")
            .bind(std::string_view(source.value))
            .bind(path)
            .run();
        if (change.removed > 0) {
            impl_->next_generation();
            const auto of = this->source(source);
            if (of && of->kind == SourceKind::meetings) put_setting(purge_key, "1");
        }
    });
    return change;
}

std::uint32_t Store::closed_before(const SourceId& source, std::string_view path) const {
    auto statement =
        impl_->database.prepare("SELECT closed FROM file WHERE source = ? AND path = ?");
    statement.bind(std::string_view(source.value)).bind(path);
    return statement.step() ? static_cast<std::uint32_t>(statement.integer(0)) : 0;
}

bool Store::wants_purge() const { return setting(purge_key) == "1"; }

void Store::purged() {
    put_setting(purge_key, "0");
    impl_->database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

void Store::touch_source(const SourceId& source, Timestamp now) {
    impl_->database.prepare("UPDATE document SET checked = ? WHERE source = ?")
        .bind(now.time_since_epoch().count())
        .bind(std::string_view(source.value))
        .run();
}

}  // namespace raadbot::store
