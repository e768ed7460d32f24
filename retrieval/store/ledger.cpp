// Staff, sessions, the audit trail, proposals and take-downs.
#include "retrieval/store/ledger.hpp"

#include "retrieval/store/impl.hpp"
#include "retrieval/store/rows.hpp"

namespace raadbot::store {

// An audit line can be added and nothing else: the database itself refuses the rest.
const char* const ledger_schema = R"sql(
CREATE TABLE IF NOT EXISTS staff (
  login TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, password TEXT NOT NULL,
  must_change INTEGER NOT NULL, disabled INTEGER NOT NULL, created INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS session (
  id TEXT PRIMARY KEY, login TEXT NOT NULL, secret TEXT NOT NULL, previous TEXT NOT NULL,
  csrf TEXT NOT NULL, bound_to TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL,
  rotated INTEGER NOT NULL, authenticated INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS signin_failure (
  key TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS audit (
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_kept BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TABLE IF NOT EXISTS proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL,
  payload TEXT NOT NULL, proposed_by TEXT NOT NULL, proposed_at INTEGER NOT NULL,
  state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at INTEGER, reason TEXT NOT NULL,
  preview TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS takedown (
  document TEXT PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL,
  reason TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS document_url ON document(url);
CREATE INDEX IF NOT EXISTS document_proof ON document(proof_url) WHERE proof_url <> '';
CREATE INDEX IF NOT EXISTS takedown_url ON takedown(url);
CREATE TABLE IF NOT EXISTS unanswered (
  id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, text TEXT NOT NULL,
  reason TEXT NOT NULL, count INTEGER NOT NULL, UNIQUE (day, text)) STRICT;
CREATE TABLE IF NOT EXISTS handoff (
  id TEXT PRIMARY KEY, channel TEXT NOT NULL, target TEXT NOT NULL, question TEXT NOT NULL,
  state TEXT NOT NULL, answer TEXT NOT NULL, answered_by TEXT NOT NULL, asked INTEGER NOT NULL,
  answered INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS test_question (
  id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, audience TEXT NOT NULL,
  expect TEXT NOT NULL, source_url TEXT NOT NULL, fact TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS known_error (
  id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, noted INTEGER NOT NULL) STRICT;
)sql";

namespace {

std::int64_t seconds(Timestamp when) { return when.time_since_epoch().count(); }
Timestamp moment(const Statement& row, int column) {
    return Timestamp{std::chrono::seconds{row.integer(column)}};
}
std::optional<std::string> seconds_text(const std::optional<Timestamp>& when) {
    return when ? std::optional(std::to_string(seconds(*when))) : std::nullopt;
}

}  // namespace

bool Store::Impl::is_taken_down(const DocumentId& id) {
    auto statement = database.prepare("SELECT 1 FROM takedown WHERE document = ?");
    statement.bind(std::string_view(id.value));
    return statement.step();
}

// Staff and sessions
// ---------------------------------------------------------------------------------

namespace {
constexpr std::string_view staff_columns =
    "SELECT login, name, roles, password, must_change, disabled, created FROM staff ";
StaffRow read_staff(const Statement& row) {
    return {row.text(0),         row.text(1),         row.text(2),   row.text(3),
            row.integer(4) != 0, row.integer(5) != 0, moment(row, 6)};
}
}  // namespace

std::optional<StaffRow> Ledger::staff(std::string_view login) const {
    auto statement = store_.impl_->database.prepare(std::string(staff_columns) + "WHERE login = ?");
    statement.bind(login);
    if (!statement.step()) return std::nullopt;
    return read_staff(statement);
}

std::vector<StaffRow> Ledger::all_staff() const {
    auto statement = store_.impl_->database.prepare(std::string(staff_columns) + "ORDER BY login");
    std::vector<StaffRow> result;
    while (statement.step()) result.push_back(read_staff(statement));
    return result;
}

void Ledger::put_staff(const StaffRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT OR REPLACE INTO staff(login, name, roles, password, must_change, "
            "disabled, created) VALUES(?,?,?,?,?,?,?)")
        .with(std::string_view(row.login), std::string_view(row.name), std::string_view(row.roles),
              std::string_view(row.password), static_cast<std::int64_t>(row.must_change),
              static_cast<std::int64_t>(row.disabled), seconds(row.created))
        .run();
}

std::optional<SessionRow> Ledger::session(std::string_view id) const {
    auto statement = store_.impl_->database.prepare(
        "SELECT id, login, secret, previous, csrf, bound_to, created, seen, rotated, authenticated "
        "FROM session WHERE id = ?");
    statement.bind(id);
    if (!statement.step()) return std::nullopt;
    return SessionRow{statement.text(0),    statement.text(1),    statement.text(2),
                      statement.text(3),    statement.text(4),    statement.text(5),
                      moment(statement, 6), moment(statement, 7), moment(statement, 8),
                      moment(statement, 9)};
}

void Ledger::put_session(const SessionRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT OR REPLACE INTO session(id, login, secret, previous, csrf, bound_to, "
            "created, seen, rotated, authenticated) VALUES(?,?,?,?,?,?,?,?,?,?)")
        .with(std::string_view(row.id), std::string_view(row.login), std::string_view(row.secret),
              std::string_view(row.previous), std::string_view(row.csrf),
              std::string_view(row.bound_to), seconds(row.created), seconds(row.seen),
              seconds(row.rotated), seconds(row.authenticated))
        .run();
}

void Ledger::erase_session(std::string_view id) {
    store_.impl_->database.prepare("DELETE FROM session WHERE id = ?").bind(id).run();
}

void Ledger::erase_sessions_of(std::string_view login) {
    store_.impl_->database.prepare("DELETE FROM session WHERE login = ?").bind(login).run();
}

void Ledger::erase_sessions_before(Timestamp created, Timestamp seen) {
    store_.impl_->database.prepare("DELETE FROM session WHERE created < ? OR seen < ?")
        .with(seconds(created), seconds(seen))
        .run();
}

FailureRow Ledger::failures(std::string_view key) const {
    auto statement =
        store_.impl_->database.prepare("SELECT count, until FROM signin_failure WHERE key = ?");
    statement.bind(key);
    if (!statement.step()) return {};
    return {statement.integer(0), moment(statement, 1)};
}

void Ledger::put_failures(std::string_view key, const FailureRow& row) {
    store_.impl_->database
        .prepare("INSERT OR REPLACE INTO signin_failure(key, count, until) VALUES(?,?,?)")
        .with(key, row.count, seconds(row.until))
        .run();
}

// Audit trail
// ----------------------------------------------------------------------------------------

namespace {
constexpr std::string_view audit_columns =
    "SELECT number, at, actor, action, subject, detail, previous, hash FROM audit ";
AuditRow read_audit(const Statement& row) {
    return {row.integer(0), moment(row, 1), row.text(2), row.text(3),
            row.text(4),    row.text(5),    row.text(6), row.text(7)};
}
}  // namespace

std::optional<AuditRow> Ledger::last_audit() const {
    auto statement =
        store_.impl_->database.prepare(std::string(audit_columns) + "ORDER BY number DESC LIMIT 1");
    if (!statement.step()) return std::nullopt;
    return read_audit(statement);
}

void Ledger::add_audit(const AuditRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT INTO audit(number, at, actor, action, subject, detail, previous, hash) "
            "VALUES(?,?,?,?,?,?,?,?)")
        .with(row.number, seconds(row.at), std::string_view(row.actor),
              std::string_view(row.action), std::string_view(row.subject),
              std::string_view(row.detail), std::string_view(row.previous),
              std::string_view(row.hash))
        .run();
}

std::vector<AuditRow> Ledger::audit(std::int64_t first, std::int64_t most) const {
    auto statement = store_.impl_->database.prepare(std::string(audit_columns) +
                                                    "WHERE number >= ? ORDER BY number LIMIT ?");
    statement.with(first, most);
    std::vector<AuditRow> result;
    while (statement.step()) result.push_back(read_audit(statement));
    return result;
}

std::vector<AuditRow> Ledger::audit_backwards(std::int64_t before, std::int64_t most) const {
    auto statement = store_.impl_->database.prepare(
        std::string(audit_columns) + "WHERE number < ? ORDER BY number DESC LIMIT ?");
    statement.with(before, most);
    std::vector<AuditRow> result;
    while (statement.step()) result.push_back(read_audit(statement));
    return result;
}

// Proposals
// ------------------------------------------------------------------------------------------

namespace {
constexpr std::string_view proposal_columns =
    "SELECT id, kind, subject, payload, proposed_by, proposed_at, state, decided_by, decided_at, "
    "reason, preview FROM proposal ";
ProposalRow read_proposal(const Statement& row) {
    ProposalRow out{row.integer(0), row.text(1),    row.text(2), row.text(3),
                    row.text(4),    moment(row, 5), row.text(6), row.text(7),
                    std::nullopt,   row.text(9),    row.text(10)};
    if (!row.is_null(8)) out.decided_at = moment(row, 8);
    return out;
}
}  // namespace

std::int64_t Ledger::add_proposal(const ProposalRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT INTO proposal(kind, subject, payload, proposed_by, proposed_at, state, "
            "decided_by, decided_at, reason, preview) VALUES(?,?,?,?,?,?,'',NULL,'',?)")
        .with(std::string_view(row.kind), std::string_view(row.subject),
              std::string_view(row.payload), std::string_view(row.proposed_by),
              seconds(row.proposed_at), std::string_view(row.state), std::string_view(row.preview))
        .run();
    return store_.impl_->database.last_insert_id();
}

void Ledger::put_proposal(const ProposalRow& row) {
    store_.impl_->database
        .prepare(
            "UPDATE proposal SET payload = ?, state = ?, decided_by = ?, decided_at = ?, "
            "reason = ?, preview = ? WHERE id = ?")
        .with(std::string_view(row.payload), std::string_view(row.state),
              std::string_view(row.decided_by), seconds_text(row.decided_at),
              std::string_view(row.reason), std::string_view(row.preview), row.id)
        .run();
}

std::optional<ProposalRow> Ledger::proposal(std::int64_t id) const {
    auto statement = store_.impl_->database.prepare(std::string(proposal_columns) + "WHERE id = ?");
    statement.bind(id);
    if (!statement.step()) return std::nullopt;
    return read_proposal(statement);
}

std::vector<ProposalRow> Ledger::proposals(std::string_view state) const {
    auto statement = store_.impl_->database.prepare(std::string(proposal_columns) +
                                                    "WHERE state = ? OR ? = '' ORDER BY id DESC");
    statement.with(state, state);
    std::vector<ProposalRow> result;
    while (statement.step()) result.push_back(read_proposal(statement));
    return result;
}

// Documents and take-down
// ----------------------------------------------------------------------------

namespace {
constexpr std::string_view document_columns =
    "SELECT id, source, url, title, version, checked FROM document ";
DocumentRow read_document(const Statement& row) {
    return {DocumentId{row.text(0)}, SourceId{row.text(1)}, row.text(2), row.text(3),
            row.integer(4),          moment(row, 5)};
}
}  // namespace

std::vector<DocumentRow> Ledger::documents(const SourceId& source, std::string_view part,
                                           std::int64_t offset, std::int64_t most) const {
    auto statement = store_.impl_->database.prepare(
        std::string(document_columns) +
        "WHERE (source = ?1 OR ?1 = '') AND (?2 = '' OR instr(lower(title), lower(?2)) > 0 OR "
        "instr(url, ?2) > 0) ORDER BY title, url LIMIT ?3 OFFSET ?4");
    statement.with(std::string_view(source.value), part, most, offset);
    std::vector<DocumentRow> result;
    while (statement.step()) result.push_back(read_document(statement));
    return result;
}

std::optional<DocumentRow> Ledger::document(const DocumentId& id) const {
    auto statement = store_.impl_->database.prepare(std::string(document_columns) + "WHERE id = ?");
    statement.bind(std::string_view(id.value));
    if (!statement.step()) return std::nullopt;
    return read_document(statement);
}

std::optional<DocumentRow> Ledger::document_at(std::string_view url) const {
    auto statement =
        store_.impl_->database.prepare(std::string(document_columns) + "WHERE url = ? LIMIT 1");
    statement.bind(url);
    if (!statement.step()) return std::nullopt;
    return read_document(statement);
}

void Ledger::take_down(const TakedownRow& row) {
    // What is erased is overwritten, not only unlinked.
    store_.impl_->database.execute("PRAGMA secure_delete=ON");
    store_.in_transaction([&] {
        store_.impl_->database
            .prepare(
                "INSERT OR REPLACE INTO takedown(document, source, url, title, reason, actor, "
                "at) VALUES(?,?,?,?,?,?,?)")
            .with(std::string_view(row.document.value), std::string_view(row.source.value),
                  std::string_view(row.url), std::string_view(row.title),
                  std::string_view(row.reason), std::string_view(row.by), seconds(row.at))
            .run();
        store_.impl_->drop_answers(row.document);
        store_.impl_->erase_document(row.document);
        store_.impl_->next_generation();
        store_.put_setting(purge_key, "1");
        erase_orphaned_answers();
    });
}

void Ledger::restore(const DocumentId& id) {
    store_.in_transaction([&] {
        // The file must be read again although it has not changed.
        store_.impl_->database
            .prepare(
                "UPDATE file SET hash = '', modified = 0 WHERE source = (SELECT source FROM "
                "takedown WHERE document = ?)")
            .bind(std::string_view(id.value))
            .run();
        store_.impl_->database.prepare("DELETE FROM takedown WHERE document = ?")
            .bind(std::string_view(id.value))
            .run();
    });
}

std::vector<TakedownRow> Ledger::takedowns() const {
    auto statement = store_.impl_->database.prepare(
        "SELECT document, source, url, title, reason, actor, at FROM takedown ORDER BY at DESC, "
        "document");
    std::vector<TakedownRow> result;
    while (statement.step()) {
        result.push_back({DocumentId{statement.text(0)}, SourceId{statement.text(1)},
                          statement.text(2), statement.text(3), statement.text(4),
                          statement.text(5), moment(statement, 6)});
    }
    return result;
}

std::vector<ProofRow> Ledger::proofs(const Store& store) {
    auto statement = store.impl_->database.prepare(
        "WITH proof(answer, url) AS (SELECT id, CASE instr(proof_url, '#') WHEN 0 THEN proof_url "
        "ELSE substr(proof_url, 1, instr(proof_url, '#') - 1) END FROM document WHERE proof_url <> "
        "'') SELECT answer, url, (SELECT d.source FROM document d WHERE d.url = proof.url AND d.id "
        "<> answer LIMIT 1), EXISTS (SELECT 1 FROM takedown t WHERE t.url = proof.url) FROM proof");
    std::vector<ProofRow> result;
    while (statement.step()) {
        ProofRow row{DocumentId{statement.text(0)}, statement.text(1), std::nullopt,
                     statement.integer(3) != 0};
        if (!statement.is_null(2)) row.source = SourceId{statement.text(2)};
        result.push_back(std::move(row));
    }
    return result;
}

std::uint64_t Ledger::erase_orphaned_answers() {
    std::vector<std::string> gone;
    auto known = store_.impl_->database.prepare("SELECT id FROM answer WHERE passages <> ''");
    while (known.step()) gone.push_back(known.text(0));
    std::erase_if(
        gone, [&](const std::string& id) { return store_.kept_answer(AnswerId{id}).has_value(); });
    auto erase = store_.impl_->database.prepare("DELETE FROM answer WHERE id = ?");
    for (const std::string& id : gone) erase.bind(std::string_view(id)).run();
    return gone.size();
}

// Versions
// -------------------------------------------------------------------------------------------

void Ledger::copy_to(const std::filesystem::path& file) {
    auto statement = store_.impl_->database.prepare("VACUUM INTO ?");
    statement.bind(std::string_view(file.native())).run();
}

void Ledger::take_over(const std::filesystem::path& file) {
    Database& database = store_.impl_->database;
    auto attach = database.prepare("ATTACH ? AS version");
    attach.bind(std::string_view(file.native())).run();
    struct Detach {
        Database& database;
        ~Detach() {
            try {
                database.execute("DETACH version");
            } catch (const DatabaseError&) {  // Gone with the connection.
            }
        }
    };
    const Detach detach{database};
    store_.in_transaction([&] {
        database.execute(R"sql(
INSERT OR REPLACE INTO pending(passage, present)
  SELECT id, 0 FROM main.passage WHERE id NOT IN (SELECT id FROM version.passage);
DELETE FROM main.passage;
DELETE FROM main.document;
DELETE FROM main.file;
INSERT INTO main.file SELECT * FROM version.file
  WHERE source IN (SELECT id FROM main.source WHERE state <> 'removed');
INSERT INTO main.document SELECT * FROM version.document
  WHERE source IN (SELECT id FROM main.source WHERE state <> 'removed')
    AND id NOT IN (SELECT document FROM main.takedown);
INSERT INTO main.passage SELECT * FROM version.passage
  WHERE document IN (SELECT id FROM main.document);
UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((SELECT max(id) FROM main.passage), 0))
  WHERE name = 'passage';
)sql");
        store_.impl_->next_generation();
        erase_orphaned_answers();
    });
}

}  // namespace raadbot::store
