#include "retrieval/store/database.hpp"

#include <sqlite3.h>

namespace raadbot::store {

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
    if (sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &statement_, nullptr) !=
        SQLITE_OK) {
        raise("prepare");
    }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::raise(std::string_view what) const {
    throw DatabaseError("database: " + std::string(what) + ": " + sqlite3_errmsg(db_) +
                        " (check free space and permissions of the data directory)");
}

Statement& Statement::bind(std::int64_t value) {
    if (sqlite3_bind_int64(statement_, next_parameter_++, value) != SQLITE_OK) raise("bind");
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    // The text must live until step; callers bind what outlives the statement's run.
    const char* data = text.data() == nullptr ? "" : text.data();
    if (sqlite3_bind_text64(statement_, next_parameter_++, data, text.size(),
                            SQLITE_TRANSIENT,  // NOLINT(performance-no-int-to-ptr): SQLite's macro
                            SQLITE_UTF8) != SQLITE_OK) {
        raise("bind");
    }
    return *this;
}

Statement& Statement::bind_optional(const std::optional<std::string>& text) {
    if (text) return bind(std::string_view(*text));
    if (sqlite3_bind_null(statement_, next_parameter_++) != SQLITE_OK) raise("bind");
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise("step");
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    next_parameter_ = 1;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(statement_, column);
    if (data == nullptr) return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {reinterpret_cast<const char*>(data), size};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

Database::Database(const std::filesystem::path& file) {
    // Nobody asks how much memory SQLite uses; counting it takes a lock that all connections share.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)uncounted;  // Without effect when somebody else began with SQLite: no harm.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(file.c_str(), &db_, flags, nullptr) != SQLITE_OK) {
        const std::string message = sqlite3_errmsg(db_);
        sqlite3_close_v2(db_);
        throw DatabaseError("cannot open " + file.string() + ": " + message);
    }
    sqlite3_busy_timeout(db_, 5000);
    try {
        execute("PRAGMA journal_mode=WAL");
        execute("PRAGMA synchronous=FULL");
        execute("PRAGMA foreign_keys=ON");
        execute("PRAGMA secure_delete=ON");
        execute("PRAGMA cache_size=-32000");
    } catch (...) {
        sqlite3_close_v2(db_);
        throw;
    }
}

Database::~Database() { sqlite3_close_v2(db_); }

void Database::execute(const char* sql) {
    char* message = nullptr;
    if (sqlite3_exec(db_, sql, nullptr, nullptr, &message) != SQLITE_OK) {
        const std::string text = message == nullptr ? "unknown" : message;
        sqlite3_free(message);
        throw DatabaseError("database: " + text +
                            " (check free space and permissions of the data directory)");
    }
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(db_); }
std::int64_t Database::changes() const { return sqlite3_changes64(db_); }
std::uint64_t Database::cache_bytes() const {
    int now = 0;
    int most = 0;
    sqlite3_db_status(db_, SQLITE_DBSTATUS_CACHE_USED, &now, &most, 0);
    return static_cast<std::uint64_t>(now);
}

Transaction::Transaction(Database& database) : database_(database) {
    database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (!open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const DatabaseError&) {  // SQLite has already rolled back after the failure.
        open_ = false;
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    open_ = false;
}

}  // namespace raadbot::store
