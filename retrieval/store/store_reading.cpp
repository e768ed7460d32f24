// What is read from the store: passages, counts, meetings, what the index has yet to follow; and
// settings.
#include "retrieval/store/store.hpp"

#include <utility>

#include "retrieval/store/impl.hpp"
#include "retrieval/store/rows.hpp"

namespace raadbot::store {

std::vector<StoredPassage> Store::passages(const std::vector<PassageId>& ids) const {
    auto statement = impl_->database.prepare(std::string(passage_columns) + "WHERE p.id = ?");
    std::vector<StoredPassage> result;
    result.reserve(ids.size());
    for (const PassageId id : ids) {
        statement.bind(static_cast<std::int64_t>(id));
        if (statement.step()) result.push_back(read_passage(statement));
        statement.reset();
    }
    return result;
}

std::vector<StoredPassage> Store::document_passages(const DocumentId& id) const {
    auto statement = impl_->database.prepare(std::string(passage_columns) +
                                             "WHERE p.document = ? ORDER BY p.position");
    statement.bind(std::string_view(id.value));
    std::vector<StoredPassage> result;
    while (statement.step()) result.push_back(read_passage(statement));
    return result;
}

std::vector<StoredPassage> Store::case_passages(std::string_view case_number) const {
    auto statement =
        impl_->database.prepare(std::string(passage_columns) +
                                "WHERE d.case_number = ? AND d.case_number <> '' AND p.folded = '' "
                                "ORDER BY d.meeting_date, d.id, p.position");
    statement.bind(case_number);
    std::vector<StoredPassage> result;
    while (statement.step()) result.push_back(read_passage(statement));
    return result;
}

std::vector<StoredPassage> Store::meeting_passages(std::string_view meeting_url) const {
    auto statement = impl_->database.prepare(std::string(passage_columns) +
                                             "WHERE d.meeting_url = ? AND d.item_number <> '' "
                                             "ORDER BY CAST(d.item_number AS INTEGER), d.id, "
                                             "p.position");
    statement.bind(meeting_url);
    std::vector<StoredPassage> result;
    while (statement.step()) result.push_back(read_passage(statement));
    return result;
}

std::vector<StoredPassage> Store::section_passages(Section section) const {
    auto statement =
        impl_->database.prepare(std::string(passage_columns) + "WHERE p.section = ? ORDER BY p.id");
    statement.bind(static_cast<std::int64_t>(section));
    std::vector<StoredPassage> result;
    while (statement.step()) result.push_back(read_passage(statement));
    return result;
}

void Store::each_passage(const std::function<void(const StoredPassage&)>& visit) const {
    auto statement =
        impl_->database.prepare(std::string(passage_columns) + "WHERE p.folded = '' ORDER BY p.id");
    while (statement.step()) visit(read_passage(statement));
}

std::vector<PassageId> Store::passage_ids() const {
    auto statement =
        impl_->database.prepare("SELECT id FROM passage WHERE folded = '' ORDER BY id");
    std::vector<PassageId> ids;
    while (statement.step()) ids.push_back(static_cast<PassageId>(statement.integer(0)));
    return ids;
}

Counts Store::counts() const {
    auto statement = impl_->database.prepare(
        "SELECT (SELECT count(*) FROM source WHERE state <> 'removed'), (SELECT count(*) FROM "
        "document), (SELECT count(*) FROM passage WHERE folded = '')");
    statement.step();
    return {static_cast<std::uint64_t>(statement.integer(0)),
            static_cast<std::uint64_t>(statement.integer(1)),
            static_cast<std::uint64_t>(statement.integer(2))};
}

std::vector<Store::SourceCount> Store::source_counts() const {
    auto statement = impl_->database.prepare(
        "SELECT source, count(*), max(checked) FROM document GROUP BY source ORDER BY source");
    std::vector<SourceCount> result;
    while (statement.step()) {
        result.push_back({SourceId{statement.text(0)},
                          static_cast<std::uint64_t>(statement.integer(1)),
                          Timestamp{std::chrono::seconds{statement.integer(2)}}});
    }
    return result;
}

std::vector<Store::Meeting> Store::meetings() const {
    auto statement = impl_->database.prepare(
        "SELECT d.id, d.source, s.audience, d.body, d.meeting_date, d.paper, d.url FROM document d "
        "JOIN source s ON s.id = d.source WHERE d.meeting_date IS NOT NULL AND d.item_number = '' "
        "AND d.body IS NOT NULL ORDER BY d.meeting_date, d.body, d.paper");
    std::vector<Meeting> result;
    while (statement.step()) {
        const auto date = parse_date(statement.text(4));
        if (!date) continue;
        result.push_back({DocumentId{statement.text(0)}, SourceId{statement.text(1)},
                          Audience{statement.text(2)}, statement.text(3), *date,
                          static_cast<MeetingPaper>(statement.integer(5)), statement.text(6)});
    }
    return result;
}

// What the index has yet to follow, and settings.
std::vector<PendingPassage> Store::pending() const {
    auto statement =
        impl_->database.prepare("SELECT passage, present FROM pending ORDER BY passage");
    std::vector<PendingPassage> result;
    while (statement.step()) {
        result.push_back({static_cast<PassageId>(statement.integer(0)), statement.integer(1) != 0});
    }
    return result;
}

void Store::clear_pending(const std::vector<PendingPassage>& done) {
    in_transaction([&] {
        auto statement =
            impl_->database.prepare("DELETE FROM pending WHERE passage = ? AND present = ?");
        for (const PendingPassage& item : done) {
            statement.bind(static_cast<std::int64_t>(item.id))
                .bind(static_cast<std::int64_t>(item.present))
                .run();
        }
    });
}

std::int64_t Store::generation() const {
    const auto value = setting("generation");
    return value ? std::stoll(*value) : 0;
}

void Store::put_setting(std::string_view key, std::string_view value) {
    impl_->database
        .prepare(
            "INSERT INTO setting(key, value) VALUES(?, ?) "
            "ON CONFLICT(key) DO UPDATE SET value = excluded.value")
        .bind(key)
        .bind(value)
        .run();
}

void Store::erase_setting(std::string_view key) {
    impl_->database.prepare("DELETE FROM setting WHERE key = ?").bind(key).run();
}

std::optional<std::string> Store::setting(std::string_view key) const {
    auto statement = impl_->database.prepare("SELECT value FROM setting WHERE key = ?");
    statement.bind(key);
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

}  // namespace raadbot::store
