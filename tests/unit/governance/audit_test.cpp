#include "bot/governance/audit.hpp"

#include <gtest/gtest.h>

#include "retrieval/store/database.hpp"
#include "tests/support/temporary_folder.hpp"

namespace raadbot::governance {
namespace {

const Timestamp now{std::chrono::seconds{1'795'680'000}};

std::vector<store::AuditRow> chain(int length) {
    std::vector<store::AuditRow> rows;
    for (int i = 0; i < length; ++i) {
        const auto last = rows.empty() ? std::nullopt : std::optional(rows.back());
        rows.push_back(chained(last, {"anna", "source.propose", "source:" + std::to_string(i), ""},
                               now + std::chrono::seconds{i}));
    }
    return rows;
}

std::optional<AuditFault> fault_of(const std::vector<store::AuditRow>& rows) {
    AuditCheck check;
    for (const auto& row : rows) {
        if (const auto& fault = check.next(row)) return fault;
    }
    return std::nullopt;
}

TEST(Audit, AnUntouchedChainHolds) { EXPECT_FALSE(fault_of(chain(20))); }

TEST(Audit, EveryChangeOfEveryFieldShows) {
    const auto change = [](auto edit) {
        auto rows = chain(5);
        edit(rows[2]);
        return fault_of(rows);
    };
    EXPECT_TRUE(change([](auto& row) { row.at += std::chrono::seconds{1}; }));
    EXPECT_TRUE(change([](auto& row) { row.actor = "bent"; }));
    EXPECT_TRUE(change([](auto& row) { row.action += "x"; }));
    EXPECT_TRUE(change([](auto& row) { row.subject += "x"; }));
    EXPECT_TRUE(change([](auto& row) { row.detail += "x"; }));
    // Letters moved from one field to the next are another content.
    EXPECT_TRUE(change([](auto& row) {
        row.actor = "annas";
        row.action = row.action.substr(1);
    }));
    // A forger who also computes the line's own hash is found at the next line.
    const auto fault = change([](auto& row) {
        row.actor = "bent";
        row.hash = audit_hash(row);
    });
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->number, 4);
}

TEST(Audit, MissingAddedAndExchangedLinesShow) {
    auto rows = chain(6);
    rows.erase(rows.begin() + 2);
    EXPECT_TRUE(fault_of(rows));
    rows = chain(6);
    std::swap(rows[2], rows[3]);
    EXPECT_TRUE(fault_of(rows));
    rows = chain(6);
    rows.insert(rows.begin() + 3, rows[3]);
    EXPECT_TRUE(fault_of(rows));
    rows = chain(6);
    rows.erase(rows.begin());
    EXPECT_TRUE(fault_of(rows));
}

TEST(Audit, TheDatabaseRefusesToChangeOrEraseALine) {
    const support::TemporaryFolder folder;
    const auto store = store::Store::open(folder.path());
    append(*store, {"anna", "bot.pause", "bot", "fejl"}, now);
    store::Database raw(folder / "raadbot.db");
    EXPECT_THROW(raw.execute("UPDATE audit SET actor = 'bent'"), store::DatabaseError);
    EXPECT_THROW(raw.execute("DELETE FROM audit"), store::DatabaseError);
    EXPECT_EQ(store::Ledger(*store).audit(1, 10).size(), 1U);
}

TEST(Audit, LinesOfSeveralWritersFormOneChain) {
    const support::TemporaryFolder folder;
    const auto one = store::Store::open(folder.path());
    const auto other = store::Store::open(folder.path());
    for (int i = 0; i < 10; ++i) append(i % 2 == 0 ? *one : *other, {"a", "b", "c", ""}, now);
    const auto rows = store::Ledger(*one).audit(1, 100);
    EXPECT_EQ(rows.size(), 10U);
    EXPECT_FALSE(fault_of(rows));
}

TEST(Audit, AnExportedLineComesBackAsItWas) {
    auto row = chain(1).front();
    row.detail = "»æøå« \"quoted\" \n";
    row.hash = audit_hash(row);
    const auto back = audit_from_json(audit_json(row));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, row);
    EXPECT_FALSE(audit_from_json("{}"));
    EXPECT_FALSE(audit_from_json("[1]"));
    EXPECT_FALSE(audit_from_json(R"({"number":1,"at":"x"})"));
}

}  // namespace
}  // namespace raadbot::governance
