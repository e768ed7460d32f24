// A thin seam over SQLite: open, prepare, bind, step, transaction. Used by the store's sources
// only. Environment failures (disk full, I/O) throw DatabaseError; SQL text is never built from
// data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3;
struct sqlite3_stmt;

namespace raadbot::store {

class DatabaseError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class Statement {
public:
    Statement(sqlite3* db, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds the next parameter; chainable.
    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view text);
    Statement& bind_optional(const std::optional<std::string>& text);
    /// Binds the next parameters, in this order; chainable.
    template <class... Values>
    Statement& with(const Values&... values) {
        (bind_next(values), ...);
        return *this;
    }
    /// True while there is a row.
    bool step();
    /// Runs a statement without rows and makes it ready for new parameters.
    void run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    template <class Value>
    void bind_next(const Value& value) {
        if constexpr (std::is_same_v<Value, std::optional<std::string>>) {
            bind_optional(value);
        } else {
            bind(value);
        }
    }
    [[noreturn]] void raise(std::string_view what) const;
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
    int next_parameter_ = 1;
};

class Database {
public:
    /// WAL mode, synchronous=FULL, foreign keys on, 5 s busy timeout.
    explicit Database(const std::filesystem::path& file);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void execute(const char* sql);
    [[nodiscard]] Statement prepare(std::string_view sql) { return Statement(db_, sql); }
    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::uint64_t cache_bytes() const;  ///< What its page cache takes now.

private:
    sqlite3* db_ = nullptr;
};

/// Rolls back unless commit() was called.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool open_ = true;
};

}  // namespace raadbot::store
