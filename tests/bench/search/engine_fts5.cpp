#include <sqlite3.h>

#include <chrono>
#include <fstream>
#include <stdexcept>

#include "tests/bench/search/engines.hpp"

namespace raadbot::bench {
namespace {

class Fts5 final : public Engine {
public:
    ~Fts5() override { sqlite3_close(database_); }
    std::string name() const override { return "fts5"; }

    Built build(const std::filesystem::path& corpus_file,
                const std::filesystem::path& directory) override {
        const auto begin = std::chrono::steady_clock::now();
        std::filesystem::create_directories(directory);
        open(directory);
        execute(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE VIRTUAL TABLE passages USING fts5(text, content='');BEGIN");
        sqlite3_stmt* insert = nullptr;
        sqlite3_prepare_v2(database_, "INSERT INTO passages(rowid, text) VALUES (?, ?)", -1,
                           &insert, nullptr);
        std::ifstream in(corpus_file);
        std::string line;
        for (sqlite3_int64 row = 1; std::getline(in, line); ++row) {
            sqlite3_bind_int64(insert, 1, row);
            sqlite3_bind_text(insert, 2, line.data(), static_cast<int>(line.size()), SQLITE_STATIC);
            sqlite3_step(insert);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        execute("COMMIT;INSERT INTO passages(passages) VALUES ('optimize')");
        sqlite3_close(database_);
        database_ = nullptr;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        return {spent.count(), directory_bytes(directory)};
    }

    void open(const std::filesystem::path& directory) override {
        if (sqlite3_open((directory / "fts5.db").c_str(), &database_) != SQLITE_OK) {
            throw std::runtime_error("cannot open the FTS5 database");
        }
        execute("PRAGMA mmap_size=8000000000");
    }

    std::vector<double> run(const Questions& questions) override {
        sqlite3_stmt* select = nullptr;
        sqlite3_prepare_v2(
            database_, "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10",
            -1, &select, nullptr);
        std::vector<double> times;
        for (const std::string& question : questions) {
            const double before = thread_cpu_ms();
            std::string match = "\"";
            for (const char c : question) {
                if (c == ' ') {
                    match += "\" OR \"";
                } else {
                    match += c;
                }
            }
            match += '"';
            sqlite3_bind_text(select, 1, match.data(), static_cast<int>(match.size()),
                              SQLITE_STATIC);
            while (sqlite3_step(select) == SQLITE_ROW) {
            }
            sqlite3_reset(select);
            times.push_back(thread_cpu_ms() - before);
        }
        sqlite3_finalize(select);
        return times;
    }

private:
    void execute(const char* statements) {
        char* message = nullptr;
        if (sqlite3_exec(database_, statements, nullptr, nullptr, &message) != SQLITE_OK) {
            throw std::runtime_error(message != nullptr ? message : "FTS5");
        }
    }
    sqlite3* database_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> make_fts5() { return std::make_unique<Fts5>(); }

}  // namespace raadbot::bench
