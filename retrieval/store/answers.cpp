// Kept answers, feedback and counts: what remains after a question, and no more than that.
#include <charconv>

#include "retrieval/store/impl.hpp"
#include "retrieval/store/rows.hpp"

namespace raadbot::store {

void Store::keep_answer(const KeptAnswer& answer) {
    // Withdrawn between the search and now: what cites it must not be kept.
    const std::vector<StoredPassage> cited = this->passages(answer.passages);
    if (cited.size() != answer.passages.size()) return;
    std::string passages;
    for (const PassageId id : answer.passages) {
        if (!passages.empty()) passages += ' ';
        passages += std::to_string(id);
    }
    impl_->database
        .prepare(
            "INSERT INTO answer(id, json, index_version, created, passages) VALUES(?,?,?,?,?) "
            "ON CONFLICT(id) DO UPDATE SET json = excluded.json, index_version = "
            "excluded.index_version, created = excluded.created, passages = excluded.passages, "
            "superseded = NULL")
        .with(std::string_view(answer.id.value), std::string_view(answer.json),
              std::string_view(answer.index_version), answer.created.time_since_epoch().count(),
              std::string_view(passages))
        .run();
    auto link = impl_->database.prepare(
        "INSERT OR IGNORE INTO answer_document(document, answer) VALUES(?, ?)");
    for (const StoredPassage& passage : cited) {
        link.with(std::string_view(passage.document.value), std::string_view(answer.id.value))
            .run();
    }
}

std::optional<KeptAnswer> Store::kept_answer(const AnswerId& id) const {
    auto statement = impl_->database.prepare(
        "SELECT json, index_version, created, passages, superseded FROM answer WHERE id = ?");
    statement.bind(std::string_view(id.value));
    if (!statement.step()) return std::nullopt;
    KeptAnswer answer{id,
                      statement.text(0),
                      statement.text(1),
                      Timestamp{std::chrono::seconds{statement.integer(2)}},
                      {},
                      std::nullopt,
                      {}};
    if (!statement.is_null(4))
        answer.superseded = Timestamp{std::chrono::seconds{statement.integer(4)}};
    const std::string list = statement.text(3);
    const char* at = list.data();
    const char* const end = at + list.size();
    while (at != end) {
        PassageId passage = 0;
        const auto [next, error] = std::from_chars(at, end, passage);
        if (error != std::errc{}) break;
        answer.passages.push_back(passage);
        at = next == end ? end : next + 1;
    }
    if (!answer.superseded && passages(answer.passages).size() != answer.passages.size())
        return std::nullopt;
    auto documents =
        impl_->database.prepare("SELECT document FROM answer_document WHERE answer = ?");
    documents.bind(std::string_view(id.value));
    while (documents.step()) answer.documents.push_back(DocumentId{documents.text(0)});
    return answer;
}

void Store::erase_answers_before(Timestamp limit) {
    in_transaction([&] {
        const std::int64_t seconds = limit.time_since_epoch().count();
        impl_->database.prepare("DELETE FROM answer WHERE created < ?").bind(seconds).run();
        impl_->database.prepare("DELETE FROM feedback WHERE created < ?").bind(seconds).run();
    });
}

void Store::add_feedback(const AnswerId& id, bool helpful, std::string_view comment, Timestamp now,
                         std::string_view key) {
    impl_->database
        .prepare(
            "INSERT OR IGNORE INTO feedback(answer, helpful, comment, created, key) "
            "VALUES(?,?,?,?,?)")
        .with(std::string_view(id.value), static_cast<std::int64_t>(helpful), comment,
              now.time_since_epoch().count(),
              key.empty() ? std::nullopt : std::optional(sha256_hex(key)))
        .run();
}

bool Store::remove_feedback(std::string_view key) {
    impl_->database.prepare("DELETE FROM feedback WHERE key = ?").bind(sha256_hex(key)).run();
    return impl_->database.changes() > 0;
}

Store::FeedbackCounts Store::feedback_counts() const {
    auto statement = impl_->database.prepare(
        "SELECT coalesce(sum(helpful), 0), coalesce(sum(1 - helpful), 0) FROM feedback");
    statement.step();
    return {static_cast<std::uint64_t>(statement.integer(0)),
            static_cast<std::uint64_t>(statement.integer(1))};
}

void Store::count_answer(const Date& day, std::string_view channel, std::string_view kind,
                         std::string_view reason) {
    impl_->database
        .prepare(
            "INSERT INTO usage(day, channel, kind, reason, count) VALUES(?,?,?,?,1) "
            "ON CONFLICT(day, channel, kind, reason) DO UPDATE SET count = count + 1")
        .with(std::string_view(to_string(day)), channel, kind, reason)
        .run();
}

std::vector<Store::Usage> Store::usage(const Date& from) const {
    auto statement = impl_->database.prepare(
        "SELECT kind, reason, sum(count) FROM usage WHERE day >= ? GROUP BY kind, reason "
        "ORDER BY kind, reason");
    statement.bind(std::string_view(to_string(from)));
    std::vector<Usage> result;
    while (statement.step()) {
        result.push_back({statement.text(0), statement.text(1),
                          static_cast<std::uint64_t>(statement.integer(2))});
    }
    return result;
}

}  // namespace raadbot::store
