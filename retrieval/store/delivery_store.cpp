#include "retrieval/store/delivery_store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "retrieval/store/database.hpp"
#include "retrieval/store/recent_prints.hpp"

namespace raadbot::store {

namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS inbox(
  seq INTEGER PRIMARY KEY,
  channel TEXT NOT NULL, conversation TEXT NOT NULL, event TEXT NOT NULL,
  tenant TEXT NOT NULL, target TEXT NOT NULL, payload TEXT NOT NULL, fingerprint TEXT NOT NULL,
  received INTEGER NOT NULL, busy INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, state INTEGER NOT NULL DEFAULT 0,
  -- The event first: where ids grow with time, the index grows at its end, and a commit writes few pages.
  UNIQUE(channel, event, conversation)) STRICT;
CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox(seq) WHERE state = 0;
CREATE TABLE IF NOT EXISTS outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  channel TEXT NOT NULL, tenant TEXT NOT NULL, conversation TEXT NOT NULL,
  question TEXT NOT NULL, part INTEGER NOT NULL, target TEXT NOT NULL, body TEXT NOT NULL,
  note TEXT NOT NULL, clear INTEGER NOT NULL,
  state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
  doubts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0,
  detail TEXT NOT NULL DEFAULT '', created INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS outbox_open ON outbox(id) WHERE state < 2;
CREATE INDEX IF NOT EXISTS outbox_question ON outbox(channel, conversation, question);
-- Where an answer goes is settled when the question is taken in; nothing that comes later may move it.
CREATE TRIGGER IF NOT EXISTS outbox_stays_put
  BEFORE UPDATE OF channel, tenant, conversation, question, part ON outbox
  BEGIN SELECT RAISE(ABORT, 'the address of a message never changes'); END;
CREATE TRIGGER IF NOT EXISTS outbox_target_stays
  BEFORE UPDATE OF target ON outbox WHEN NEW.target <> ''
  BEGIN SELECT RAISE(ABORT, 'the address of a message never changes'); END;
CREATE TABLE IF NOT EXISTS replies(
  channel TEXT NOT NULL, conversation TEXT NOT NULL, question TEXT NOT NULL, part INTEGER NOT NULL,
  remote_id TEXT NOT NULL, note TEXT NOT NULL, created INTEGER NOT NULL,
  PRIMARY KEY(channel, conversation, question, part)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS replies_remote ON replies(channel, conversation, remote_id);
CREATE TABLE IF NOT EXISTS conversations(
  channel TEXT NOT NULL, conversation TEXT NOT NULL, tenant TEXT NOT NULL,
  greeted INTEGER NOT NULL DEFAULT 0, seen INTEGER NOT NULL,
  PRIMARY KEY(channel, conversation)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asked(
  id INTEGER PRIMARY KEY, channel TEXT NOT NULL, conversation TEXT NOT NULL, question TEXT NOT NULL,
  text TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE(channel, conversation, question)) STRICT;
CREATE INDEX IF NOT EXISTS asked_at ON asked(at);
)";

/// One process per data directory, for as long as the descriptor is open.
class DirectoryLock {
public:
    explicit DirectoryLock(const std::filesystem::path& file)
        : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
        if (descriptor_ < 0) {
            throw DatabaseError("cannot open " + file.string() + ": " + std::strerror(errno));
        }
        held_ = ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    }
    ~DirectoryLock() { ::close(descriptor_); }
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;
    [[nodiscard]] bool held() const { return held_; }

private:
    int descriptor_;
    bool held_ = false;
};

InboxRow inbox_row(const Statement& s) {
    InboxRow row;
    row.seq = s.integer(0);
    row.channel = s.text(1);
    row.conversation = s.text(2);
    row.event = s.text(3);
    row.tenant = s.text(4);
    row.target = s.text(5);
    row.payload = s.text(6);
    row.fingerprint = s.text(7);
    row.received = s.integer(8);
    row.busy = s.integer(9) != 0;
    row.attempts = s.integer(10);
    return row;
}

std::optional<ReplyRow> reply_row(Statement& s) {
    std::optional<ReplyRow> row;
    if (s.step()) row = ReplyRow{s.text(0), s.integer(1), s.text(2), s.text(3)};
    s.reset();
    return row;
}

}  // namespace

struct DeliveryStore::Impl {
    Impl(const std::filesystem::path& directory, bool writes)
        : database(directory / "delivery.db") {
        if (writes) lock.emplace(directory / "delivery.lock");
    }

    /// Prepared once: the inbox is the busiest place of the program.
    Statement& sql(const char* text) {
        auto& slot = statements[text];
        if (!slot) slot.reset(new Statement(database.prepare(text)));  // Statement does not move.
        slot->reset();
        return *slot;
    }

    /// Those of the last hour: nobody asks for older ones.
    void load_prints() {
        Statement& s = sql(
            "SELECT fingerprint, received FROM inbox WHERE seq > (SELECT max(seq) - 100000 FROM "
            "inbox) AND received > (SELECT received - 3600000 FROM inbox ORDER BY seq DESC LIMIT "
            "1) AND fingerprint <> '' ORDER BY seq");
        prints.clear();
        while (s.step()) prints.add(s.text(0), s.integer(1));
        s.reset();
    }

    std::optional<DirectoryLock> lock;
    Database database;
    std::map<const char*, std::unique_ptr<Statement>>
        statements;  // Keyed by the literal's address.
    RecentPrints prints;
};

DeliveryStore::DeliveryStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
DeliveryStore::~DeliveryStore() { impl_->statements.clear(); }

Result<std::unique_ptr<DeliveryStore>> DeliveryStore::open(const std::filesystem::path& directory) {
    std::filesystem::create_directories(directory);
    {
        const DirectoryLock probe(directory / "delivery.lock");
        if (!probe.held()) {
            return fail(ErrorCode::conflict,
                        directory.string() +
                            ": another raadbot serves from this data directory; "
                            "stop it first");
        }
    }
    auto impl = std::make_unique<Impl>(directory, true);
    if (!impl->lock->held()) {
        return fail(ErrorCode::conflict,
                    directory.string() + ": another raadbot serves from this data directory");
    }
    // Most pages that a commit writes, the next ones write again: copied into the file less often.
    impl->database.execute("PRAGMA wal_autocheckpoint=4000");
    impl->database.execute(schema);
    impl->load_prints();
    return std::unique_ptr<DeliveryStore>(new DeliveryStore(std::move(impl)));
}

std::unique_ptr<DeliveryStore> DeliveryStore::reader(const std::filesystem::path& directory) {
    return std::unique_ptr<DeliveryStore>(
        new DeliveryStore(std::make_unique<Impl>(directory, false)));
}

DeliveryStore::Reading::Reading(DeliveryStore& store) : store_(store) {
    store_.impl_->sql("BEGIN").run();
}
DeliveryStore::Reading::~Reading() {
    try {
        store_.impl_->sql("COMMIT").run();
    } catch (const DatabaseError&) {
        store_.rollback();
    }
}

void DeliveryStore::begin() { impl_->sql("BEGIN IMMEDIATE").run(); }
void DeliveryStore::commit() { impl_->sql("COMMIT").run(); }

void DeliveryStore::rollback() noexcept {
    try {
        for (auto& [text, statement] : impl_->statements) statement->reset();
        impl_->database.execute("ROLLBACK");
    } catch (const DatabaseError&) {
        // SQLite had already rolled back.
    }
    impl_->prints.clear();
    try {
        impl_->load_prints();
    } catch (const DatabaseError&) {
        return;  // Then a repeat may be taken in: better than an event that is not.
    }
}

bool DeliveryStore::insert_event(InboxRow& row, Millis same_since) {
    if (!row.fingerprint.empty() && impl_->prints.holds(row.fingerprint, same_since)) return false;
    impl_
        ->sql(
            "INSERT OR IGNORE INTO inbox(channel, conversation, event, tenant, target, payload, "
            "fingerprint, received, busy) VALUES(?,?,?,?,?,?,?,?,?)")
        .with(row.channel, row.conversation, row.event, row.tenant, row.target, row.payload,
              row.fingerprint, row.received, std::int64_t{row.busy})
        .run();
    if (impl_->database.changes() == 0) return false;
    row.seq = impl_->database.last_insert_id();
    if (!row.fingerprint.empty()) impl_->prints.add(row.fingerprint, row.received);
    return true;
}

bool DeliveryStore::is_waiting(std::int64_t seq) {
    Statement& s = impl_->sql("SELECT 1 FROM inbox WHERE seq = ? AND state = 0");
    const bool found = s.bind(seq).step();
    s.reset();
    return found;
}

void DeliveryStore::count_attempt(std::int64_t seq) {
    impl_->sql("UPDATE inbox SET attempts = attempts + 1 WHERE seq = ?").bind(seq).run();
}

void DeliveryStore::finish_event(std::int64_t seq, InboxState state) {
    impl_->sql("UPDATE inbox SET state = ?, payload = '', target = '' WHERE seq = ?")
        .with(static_cast<std::int64_t>(state), seq)
        .run();
}

std::vector<InboxRow> DeliveryStore::waiting_events() {
    std::vector<InboxRow> rows;
    Statement& s = impl_->sql(
        "SELECT seq, channel, conversation, event, tenant, target, payload, fingerprint, received, "
        "busy, "
        "attempts FROM inbox WHERE state = 0 ORDER BY seq");
    while (s.step()) rows.push_back(inbox_row(s));
    return rows;
}

void DeliveryStore::queue(OutboxRow& row, Millis now) {
    impl_
        ->sql(
            "INSERT INTO outbox(channel, tenant, conversation, question, part, target, body, note, "
            "clear, created) VALUES(?,?,?,?,?,?,?,?,?,?)")
        .with(row.channel, row.tenant, row.conversation, row.question, row.part, row.target,
              row.body, row.note, std::int64_t{row.clear}, now)
        .run();
    row.id = impl_->database.last_insert_id();
    row.state = OutboxState::queued;
}

bool DeliveryStore::is_replaced(const OutboxRow& row) {
    Statement& s = impl_->sql(
        "SELECT 1 FROM outbox WHERE channel = ? AND conversation = ? AND question = ? AND part = ? "
        "AND id > ? AND state < 2 LIMIT 1");
    const bool found = s.with(row.channel, row.conversation, row.question, row.part, row.id).step();
    s.reset();
    return found;
}

void DeliveryStore::mark_sending(std::int64_t id) {
    impl_->sql("UPDATE outbox SET state = 1, attempts = attempts + 1 WHERE id = ?").bind(id).run();
}

void DeliveryStore::mark_queued(const OutboxRow& row, std::string_view detail) {
    impl_
        ->sql(
            "UPDATE outbox SET state = 0, attempts = ?, doubts = ?, not_before = ?, detail = ? "
            "WHERE id = ?")
        .with(row.attempts, row.doubts, row.not_before, detail, row.id)
        .run();
}

void DeliveryStore::mark_ended(std::int64_t id, OutboxState state, std::int64_t doubts,
                               std::string_view detail) {
    impl_
        ->sql(
            "UPDATE outbox SET state = ?, doubts = ?, detail = ?, body = '', target = '' WHERE id "
            "= ?")
        .with(static_cast<std::int64_t>(state), doubts, detail, id)
        .run();
}

std::vector<OutboxRow> DeliveryStore::open_messages() {
    std::vector<OutboxRow> rows;
    Statement& s = impl_->sql(
        "SELECT id, channel, tenant, conversation, question, part, target, body, note, clear, "
        "state, "
        "attempts, doubts, not_before FROM outbox WHERE state < 2 ORDER BY id");
    while (s.step()) {
        OutboxRow row;
        row.id = s.integer(0);
        row.channel = s.text(1);
        row.tenant = s.text(2);
        row.conversation = s.text(3);
        row.question = s.text(4);
        row.part = s.integer(5);
        row.target = s.text(6);
        row.body = s.text(7);
        row.note = s.text(8);
        row.clear = s.integer(9) != 0;
        row.state = static_cast<OutboxState>(s.integer(10));
        row.attempts = s.integer(11);
        row.doubts = s.integer(12);
        row.not_before = s.integer(13);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string DeliveryStore::remote_id(const OutboxRow& row) {
    Statement& s = impl_->sql(
        "SELECT remote_id FROM replies WHERE channel = ? AND conversation = ? AND question = ? AND "
        "part = ?");
    s.with(row.channel, row.conversation, row.question, row.part);
    std::string found = s.step() ? s.text(0) : std::string();
    s.reset();
    return found;
}

void DeliveryStore::put_reply(const OutboxRow& row, std::string_view remote_id) {
    impl_
        ->sql(
            "INSERT INTO replies(channel, conversation, question, part, remote_id, note, created) "
            "SELECT ?, ?, ?, ?, ?, ?, created FROM outbox WHERE id = ? "
            "ON CONFLICT DO UPDATE SET remote_id = excluded.remote_id, note = excluded.note")
        .with(row.channel, row.conversation, row.question, row.part, remote_id, row.note, row.id)
        .run();
}

void DeliveryStore::erase_reply(const OutboxRow& row) {
    impl_
        ->sql(
            "DELETE FROM replies WHERE channel = ? AND conversation = ? AND question = ? AND part "
            "= ?")
        .with(row.channel, row.conversation, row.question, row.part)
        .run();
}

std::vector<std::int64_t> DeliveryStore::parts(std::string_view channel,
                                               std::string_view conversation,
                                               std::string_view question) {
    std::vector<std::int64_t> found;
    Statement& s = impl_->sql(
        "SELECT part FROM replies WHERE channel = ?1 AND conversation = ?2 AND question = ?3 "
        "UNION SELECT part FROM outbox WHERE channel = ?1 AND conversation = ?2 AND question = ?3 "
        "AND state < 2 AND clear = 0 ORDER BY part");
    s.with(channel, conversation, question);
    while (s.step()) found.push_back(s.integer(0));
    return found;
}

std::optional<ReplyRow> DeliveryStore::reply_by_remote_id(std::string_view channel,
                                                          std::string_view conversation,
                                                          std::string_view remote_id) {
    Statement& s = impl_->sql(
        "SELECT question, part, remote_id, note FROM replies WHERE channel = ? AND conversation = "
        "? AND "
        "remote_id = ?");
    s.with(channel, conversation, remote_id);
    return reply_row(s);
}

std::optional<ReplyRow> DeliveryStore::latest_reply(std::string_view channel,
                                                    std::string_view conversation) {
    Statement& s = impl_->sql(
        "SELECT question, part, remote_id, note FROM replies WHERE channel = ? AND conversation = "
        "? AND note <> '' ORDER BY created DESC, part LIMIT 1");
    s.with(channel, conversation);
    return reply_row(s);
}

std::optional<std::string> DeliveryStore::note_of(std::string_view channel,
                                                  std::string_view conversation,
                                                  std::string_view question) {
    // What is queued last wins over what stands.
    Statement& s = impl_->sql(
        "SELECT note, clear FROM (SELECT note, clear, id FROM outbox WHERE channel = ?1 AND "
        "conversation = ?2 AND question = ?3 AND part = 0 AND state < 2 UNION ALL "
        "SELECT note, 0, 0 FROM replies WHERE channel = ?1 AND conversation = ?2 AND question = ?3 "
        "AND "
        "part = 0) ORDER BY id DESC LIMIT 1");
    std::optional<std::string> found;
    if (s.with(channel, conversation, question).step() && s.integer(1) == 0) found = s.text(0);
    s.reset();
    return found;
}

std::optional<ConversationRow> DeliveryStore::conversation(std::string_view channel,
                                                           std::string_view conversation) {
    Statement& s = impl_->sql(
        "SELECT tenant, greeted FROM conversations WHERE channel = ? AND conversation = ?");
    std::optional<ConversationRow> found;
    if (s.with(channel, conversation).step()) found = ConversationRow{s.text(0), s.integer(1) != 0};
    s.reset();
    return found;
}

void DeliveryStore::note_conversation(std::string_view channel, std::string_view conversation,
                                      std::string_view tenant, Millis now) {
    impl_
        ->sql(
            "INSERT INTO conversations(channel, conversation, tenant, seen) VALUES(?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET seen = excluded.seen")
        .with(channel, conversation, tenant, now)
        .run();
}

void DeliveryStore::note_greeted(std::string_view channel, std::string_view conversation) {
    impl_->sql("UPDATE conversations SET greeted = 1 WHERE channel = ? AND conversation = ?")
        .with(channel, conversation)
        .run();
}

void DeliveryStore::remember_question(std::string_view channel, std::string_view conversation,
                                      std::string_view question, std::string_view text,
                                      Millis now) {
    impl_
        ->sql(
            "INSERT INTO asked(channel, conversation, question, text, at) VALUES(?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET text = excluded.text")
        .with(channel, conversation, question, text, now)
        .run();
}

std::vector<AskedRow> DeliveryStore::asked(std::string_view channel, std::string_view conversation,
                                           Millis since, std::int64_t most) {
    std::vector<AskedRow> rows;
    Statement& s = impl_->sql(
        "SELECT question, text FROM asked WHERE channel = ? AND conversation = ? AND at >= ? "
        "ORDER BY at DESC, id DESC LIMIT ?");
    s.with(channel, conversation, since, most);
    while (s.step()) rows.push_back({s.text(0), s.text(1)});
    s.reset();
    std::reverse(rows.begin(), rows.end());
    return rows;
}

void DeliveryStore::erase_question(std::string_view channel, std::string_view conversation,
                                   std::string_view question) {
    impl_->sql("DELETE FROM asked WHERE channel = ? AND conversation = ? AND question = ?")
        .with(channel, conversation, question)
        .run();
}

void DeliveryStore::erase_conversation(std::string_view channel, std::string_view conversation) {
    // substr instead of LIKE: ids hold what LIKE would take for wildcards.
    for (const char* text :
         {"DELETE FROM asked WHERE channel = ?1 AND (conversation = ?2 OR "
          "substr(conversation, 1, length(?2) + 1) = ?2 || ';')",
          "DELETE FROM replies WHERE channel = ?1 AND (conversation = ?2 OR "
          "substr(conversation, 1, length(?2) + 1) = ?2 || ';')",
          "DELETE FROM outbox WHERE channel = ?1 AND (conversation = ?2 OR "
          "substr(conversation, 1, length(?2) + 1) = ?2 || ';')",
          "DELETE FROM inbox WHERE state <> 0 AND channel = ?1 AND (conversation = ?2 OR "
          "substr(conversation, 1, length(?2) + 1) = ?2 || ';')",
          "DELETE FROM conversations WHERE channel = ?1 AND (conversation = ?2 OR "
          "substr(conversation, 1, length(?2) + 1) = ?2 || ';')"}) {
        impl_->sql(text).with(channel, conversation).run();
    }
    impl_->load_prints();  // What was asked there may be asked anew.
}

void DeliveryStore::purge(Millis before, Millis questions_before) {
    impl_->sql("DELETE FROM inbox WHERE state <> 0 AND received < ?").bind(before).run();
    impl_->sql("DELETE FROM outbox WHERE state >= 2 AND created < ?").bind(before).run();
    impl_->sql("DELETE FROM replies WHERE created < ?").bind(before).run();
    impl_->sql("DELETE FROM asked WHERE at < ?").bind(questions_before).run();
}

DeliveryCounts DeliveryStore::counts() {
    Statement& s = impl_->sql(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 0), (SELECT count(*) FROM inbox WHERE "
        "state = 2), "
        "(SELECT count(*) FROM outbox WHERE state < 2), (SELECT count(*) FROM outbox WHERE state = "
        "3), "
        "(SELECT count(*) FROM outbox WHERE doubts > 0)");
    DeliveryCounts counts;
    if (s.step()) {
        counts = {s.integer(0), s.integer(1), s.integer(2), s.integer(3), s.integer(4)};
    }
    s.reset();
    return counts;
}

}  // namespace raadbot::store
