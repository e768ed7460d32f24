// What people asked in vain, what staff answer, and how a new version is tried.
#include "retrieval/store/impl.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::store {
namespace {

std::int64_t seconds(Timestamp when) { return when.time_since_epoch().count(); }
Timestamp moment(const Statement& row, int column) {
    return Timestamp{std::chrono::seconds{row.integer(column)}};
}

constexpr std::string_view handoff_columns =
    "SELECT id, channel, target, question, state, answer, answered_by, asked, answered FROM "
    "handoff ";
HandoffRow read_handoff(const Statement& row) {
    HandoffRow out{row.text(0), row.text(1), row.text(2),    row.text(3), row.text(4),
                   row.text(5), row.text(6), moment(row, 7), std::nullopt};
    if (!row.is_null(8)) out.answered = moment(row, 8);
    return out;
}

}  // namespace

void Ledger::add_unanswered(const Date& day, std::string_view text, std::string_view reason) {
    store_.impl_->database
        .prepare(
            "INSERT INTO unanswered(day, text, reason, count) VALUES(?,?,?,1) "
            "ON CONFLICT(day, text) DO UPDATE SET count = count + 1")
        .with(std::string_view(to_string(day)), text, reason)
        .run();
}

std::vector<UnansweredRow> Ledger::unanswered(std::int64_t most) const {
    auto statement = store_.impl_->database.prepare(
        "SELECT id, day, text, reason, count FROM unanswered ORDER BY day DESC, text LIMIT ?");
    statement.bind(most);
    std::vector<UnansweredRow> result;
    while (statement.step()) {
        result.push_back({statement.integer(0), parse_date(statement.text(1)).value_or(Date{}),
                          statement.text(2), statement.text(3), statement.integer(4)});
    }
    return result;
}

void Ledger::erase_unanswered(const std::vector<std::int64_t>& ids) {
    auto statement = store_.impl_->database.prepare("DELETE FROM unanswered WHERE id = ?");
    for (const std::int64_t id : ids) statement.bind(id).run();
}

void Ledger::erase_unanswered_before(const Date& day) {
    store_.impl_->database.prepare("DELETE FROM unanswered WHERE day < ?")
        .bind(std::string_view(to_string(day)))
        .run();
}

std::vector<FeedbackRow> Ledger::feedback(std::int64_t most) const {
    auto statement = store_.impl_->database.prepare(
        "SELECT id, answer, helpful, comment, created FROM feedback ORDER BY id DESC LIMIT ?");
    statement.bind(most);
    std::vector<FeedbackRow> result;
    while (statement.step()) {
        result.push_back({statement.integer(0), statement.text(1), statement.integer(2) != 0,
                          statement.text(3), moment(statement, 4)});
    }
    return result;
}

std::vector<DayUsage> Ledger::usage_by_day(const Date& from) const {
    auto statement = store_.impl_->database.prepare(
        "SELECT day, channel, kind, reason, count FROM usage WHERE day >= ? ORDER BY day, channel, "
        "kind, reason");
    statement.bind(std::string_view(to_string(from)));
    std::vector<DayUsage> result;
    while (statement.step()) {
        result.push_back({parse_date(statement.text(0)).value_or(Date{}), statement.text(1),
                          statement.text(2), statement.text(3),
                          static_cast<std::uint64_t>(statement.integer(4))});
    }
    return result;
}

void Ledger::add_handoff(const HandoffRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT INTO handoff(id, channel, target, question, state, answer, answered_by, "
            "asked, answered) VALUES(?,?,?,?,?,?,?,?,NULL)")
        .with(std::string_view(row.id), std::string_view(row.channel), std::string_view(row.target),
              std::string_view(row.question), std::string_view(row.state),
              std::string_view(row.answer), std::string_view(row.answered_by), seconds(row.asked))
        .run();
}

void Ledger::put_handoff(const HandoffRow& row) {
    store_.impl_->database
        .prepare(
            "UPDATE handoff SET target = ?, state = ?, answer = ?, answered_by = ?, answered "
            "= ? WHERE id = ?")
        .with(std::string_view(row.target), std::string_view(row.state),
              std::string_view(row.answer), std::string_view(row.answered_by),
              row.answered ? std::optional(std::to_string(seconds(*row.answered))) : std::nullopt,
              std::string_view(row.id))
        .run();
}

std::optional<HandoffRow> Ledger::handoff(std::string_view id) const {
    auto statement = store_.impl_->database.prepare(std::string(handoff_columns) + "WHERE id = ?");
    statement.bind(id);
    if (!statement.step()) return std::nullopt;
    return read_handoff(statement);
}

std::vector<HandoffRow> Ledger::handoffs(std::string_view state) const {
    auto statement = store_.impl_->database.prepare(std::string(handoff_columns) +
                                                    "WHERE state = ? OR ? = '' ORDER BY asked, id");
    statement.with(state, state);
    std::vector<HandoffRow> result;
    while (statement.step()) result.push_back(read_handoff(statement));
    return result;
}

void Ledger::erase_handoffs_before(Timestamp asked) {
    store_.impl_->database.prepare("DELETE FROM handoff WHERE asked < ?")
        .bind(seconds(asked))
        .run();
}

std::int64_t Ledger::add_test_question(const TestQuestionRow& row) {
    store_.impl_->database
        .prepare(
            "INSERT INTO test_question(question, audience, expect, source_url, fact) "
            "VALUES(?,?,?,?,?)")
        .with(std::string_view(row.question), std::string_view(row.audience),
              std::string_view(row.expect), std::string_view(row.source_url),
              std::string_view(row.fact))
        .run();
    return store_.impl_->database.last_insert_id();
}

std::vector<TestQuestionRow> Ledger::test_questions() const {
    auto statement = store_.impl_->database.prepare(
        "SELECT id, question, audience, expect, source_url, fact FROM test_question ORDER BY id");
    std::vector<TestQuestionRow> result;
    while (statement.step()) {
        result.push_back({statement.integer(0), statement.text(1), statement.text(2),
                          statement.text(3), statement.text(4), statement.text(5)});
    }
    return result;
}

void Ledger::erase_test_question(std::int64_t id) {
    store_.impl_->database.prepare("DELETE FROM test_question WHERE id = ?").bind(id).run();
}

std::int64_t Ledger::add_known_error(std::string_view text, Timestamp now) {
    store_.impl_->database.prepare("INSERT INTO known_error(text, noted) VALUES(?,?)")
        .with(text, seconds(now))
        .run();
    return store_.impl_->database.last_insert_id();
}

std::vector<KnownErrorRow> Ledger::known_errors() const {
    auto statement = store_.impl_->database.prepare(
        "SELECT id, text, noted FROM known_error ORDER BY noted DESC, id DESC");
    std::vector<KnownErrorRow> result;
    while (statement.step()) {
        result.push_back({statement.integer(0), statement.text(1), moment(statement, 2)});
    }
    return result;
}

void Ledger::erase_known_error(std::int64_t id) {
    store_.impl_->database.prepare("DELETE FROM known_error WHERE id = ?").bind(id).run();
}

}  // namespace raadbot::store
