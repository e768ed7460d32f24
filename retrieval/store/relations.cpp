#include "retrieval/store/relations.hpp"

#include <algorithm>
#include <map>

#include "retrieval/store/impl.hpp"
#include "retrieval/store/rows.hpp"

namespace raadbot::store {

const char* const relations_schema = R"sql(
CREATE TABLE IF NOT EXISTS joined (
  agenda TEXT PRIMARY KEY, minutes TEXT NOT NULL, versions TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS joined_minutes ON joined(minutes);
CREATE TABLE IF NOT EXISTS spoken (
  passage INTEGER NOT NULL, item TEXT NOT NULL, document TEXT NOT NULL,
  PRIMARY KEY (passage, item)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS spoken_item ON spoken(item);
CREATE INDEX IF NOT EXISTS spoken_document ON spoken(document);
CREATE TABLE IF NOT EXISTS spoken_heading (
  passage INTEGER PRIMARY KEY, document TEXT NOT NULL, given TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS spoken_heading_document ON spoken_heading(document);
CREATE TABLE IF NOT EXISTS recording (document TEXT PRIMARY KEY, known TEXT NOT NULL) STRICT;
)sql";

namespace {

constexpr const char* candidate_columns =
    "SELECT d.source, d.id, d.file, d.meeting_url, d.body, d.meeting_date, d.paper, d.item_number, "
    "d.case_number, d.title, d.version, d.rowid FROM document d ";

std::optional<Relations::Candidate> read_candidate(const Statement& row) {
    const auto date = parse_date(row.text(5));
    if (!date) return std::nullopt;
    Relations::Candidate one;
    one.source = SourceId{row.text(0)};
    one.document.id = DocumentId{row.text(1)};
    one.document.file = row.text(2);
    one.document.meeting_url = row.text(3);
    one.document.body = row.text(4);
    one.document.date = *date;
    one.document.paper = static_cast<MeetingPaper>(row.integer(6));
    one.document.item_number = row.text(7);
    one.document.case_number = row.text(8);
    one.document.title = row.text(9);
    one.version = row.integer(10);
    one.document.order = row.integer(11);
    return one;
}

}  // namespace

void Store::Impl::forget_relations(const DocumentId& id) {
    const std::string_view key = id.value;
    const auto run = [&](const char* sql) { database.prepare(sql).bind(key).run(); };
    run("INSERT INTO pending(passage, present) SELECT id, 1 FROM passage WHERE folded = ?1 AND "
        "folded <> '' ON CONFLICT(passage) DO UPDATE SET present = 1");
    run("UPDATE passage SET folded = '' WHERE folded = ?1 AND folded <> ''");
    run("DELETE FROM joined WHERE agenda = ?1 OR minutes = ?1");
    // Turns that speak of it get back the headings that they came with.
    run("INSERT INTO pending(passage, present) SELECT h.passage, 1 FROM spoken_heading h JOIN "
        "spoken s ON s.passage = h.passage WHERE s.item = ?1 "
        "ON CONFLICT(passage) DO UPDATE SET present = 1");
    run("UPDATE passage SET headings = (SELECT given FROM spoken_heading h WHERE h.passage = "
        "passage.id) WHERE id IN (SELECT h.passage FROM spoken_heading h JOIN spoken s ON "
        "s.passage = h.passage WHERE s.item = ?1)");
    run("DELETE FROM spoken_heading WHERE passage IN (SELECT passage FROM spoken WHERE item = ?1)");
    run("DELETE FROM recording WHERE document IN (SELECT document FROM spoken WHERE item = ?1)");
    run("DELETE FROM spoken WHERE item = ?1 OR document = ?1");
    run("DELETE FROM spoken_heading WHERE document = ?1");
    run("DELETE FROM recording WHERE document = ?1");
}

std::vector<Relations::Candidate> Relations::agendas_and_minutes() const {
    auto statement = store_.impl_->database.prepare(
        std::string("WITH both AS (SELECT source, meeting_date FROM document WHERE meeting_date IS "
                    "NOT NULL AND paper IN (1, 2) GROUP BY source, meeting_date HAVING "
                    "count(DISTINCT paper) = 2) ") +
        candidate_columns +
        "JOIN both b ON b.source = d.source AND b.meeting_date = d.meeting_date WHERE d.paper IN "
        "(1, 2) ORDER BY d.source, d.meeting_date, d.paper, d.meeting_url, d.rowid");
    std::vector<Candidate> found;
    while (statement.step()) {
        if (auto one = read_candidate(statement)) found.push_back(std::move(*one));
    }
    return found;
}

std::string Relations::joined_as(const DocumentId& agenda) const {
    auto statement = store_.impl_->database.prepare("SELECT versions FROM joined WHERE agenda = ?");
    statement.bind(std::string_view(agenda.value));
    return statement.step() ? statement.text(0) : std::string();
}

void Relations::part(const DocumentId& agenda) {
    Store::Impl& impl = *store_.impl_;
    store_.in_transaction([&] {
        impl.database
            .prepare(
                "INSERT INTO pending(passage, present) SELECT id, 1 FROM passage WHERE document = "
                "? "
                "AND folded <> '' ON CONFLICT(passage) DO UPDATE SET present = 1")
            .bind(std::string_view(agenda.value))
            .run();
        impl.database.prepare("UPDATE passage SET folded = '' WHERE document = ? AND folded <> ''")
            .bind(std::string_view(agenda.value))
            .run();
        impl.database.prepare("DELETE FROM joined WHERE agenda = ?")
            .bind(std::string_view(agenda.value))
            .run();
    });
}

void Relations::join(const JoinedPaper& joined, std::string_view as) {
    Store::Impl& impl = *store_.impl_;
    store_.in_transaction([&] {
        const bool first = joined_as(joined.agenda).empty();
        if (first) {
            auto read = impl.database.prepare("SELECT checked FROM document WHERE id = ?");
            read.bind(std::string_view(joined.minutes.value));
            if (read.step()) {
                impl.supersede_answers(joined.agenda,
                                       Timestamp{std::chrono::seconds{read.integer(0)}});
            }
            // From now on an answer stands with both: should either close, it goes.
            impl.database
                .prepare(
                    "INSERT OR IGNORE INTO answer_document(document, answer) SELECT ?, answer FROM "
                    "answer_document WHERE document = ?")
                .bind(std::string_view(joined.minutes.value))
                .bind(std::string_view(joined.agenda.value))
                .run();
        }
        part(joined.agenda);
        auto fold = impl.database.prepare("UPDATE passage SET folded = ? WHERE id = ?");
        auto note = impl.database.prepare(
            "INSERT INTO pending(passage, present) VALUES(?, 0) "
            "ON CONFLICT(passage) DO UPDATE SET present = 0");
        for (const PassageId id : joined.folded) {
            fold.bind(std::string_view(joined.minutes.value))
                .bind(static_cast<std::int64_t>(id))
                .run();
            note.bind(static_cast<std::int64_t>(id)).run();
        }
        impl.database
            .prepare("INSERT OR REPLACE INTO joined(agenda, minutes, versions) VALUES(?, ?, ?)")
            .bind(std::string_view(joined.agenda.value))
            .bind(std::string_view(joined.minutes.value))
            .bind(as)
            .run();
        impl.next_generation();
    });
}

std::vector<Recording> Relations::recordings() const {
    auto statement = store_.impl_->database.prepare(
        "SELECT d.id, d.meeting_date, d.body, s.audience, d.version, coalesce(r.known, '') FROM "
        "document d JOIN source s ON s.id = d.source LEFT JOIN recording r ON r.document = d.id "
        "WHERE d.meeting_date IS NOT NULL AND s.state = 'approved' AND EXISTS (SELECT 1 FROM "
        "passage p WHERE p.document = d.id AND p.section = ?) ORDER BY d.id");
    statement.bind(static_cast<std::int64_t>(Section::tale));
    std::vector<Recording> found;
    while (statement.step()) {
        const auto date = parse_date(statement.text(1));
        if (!date) continue;
        found.push_back({DocumentId{statement.text(0)}, *date, statement.text(2),
                         widen({Audience{statement.text(3)}, Audience{}}), statement.text(5),
                         statement.integer(4)});
    }
    return found;
}

std::vector<Relations::Candidate> Relations::items_on(
    const Date& date, const std::vector<Audience>& audiences) const {
    auto statement = store_.impl_->database.prepare(
        std::string(candidate_columns) +
        "JOIN source s ON s.id = d.source WHERE d.meeting_date = ? AND d.item_number <> '' AND "
        "s.state = 'approved' AND s.audience = ? ORDER BY d.paper DESC, d.rowid");
    const std::string day = to_string(date);
    std::vector<Candidate> found;
    for (const Audience& audience : audiences) {
        statement.bind(std::string_view(day)).bind(std::string_view(audience.value));
        while (statement.step()) {
            if (auto one = read_candidate(statement)) found.push_back(std::move(*one));
        }
        statement.reset();
    }
    std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
        return a.document.paper > b.document.paper;
    });
    return found;
}

void Relations::put_turns(const DocumentId& recording, const std::vector<SpokenTurn>& turns,
                          std::string_view known) {
    Store::Impl& impl = *store_.impl_;
    store_.in_transaction([&] {
        std::map<PassageId, const SpokenTurn*> wanted;
        for (const SpokenTurn& turn : turns) wanted[turn.passage] = &turn;
        auto set = impl.database.prepare("UPDATE passage SET headings = ? WHERE id = ?");
        auto note = impl.database.prepare("INSERT OR REPLACE INTO pending VALUES(?, 1)");
        auto keep = impl.database.prepare(
            "INSERT OR IGNORE INTO spoken_heading(passage, document, given) VALUES(?, ?, ?)");
        bool changed = false;
        const auto as_given = this->turns(recording);
        const auto as_shown = store_.document_passages(recording);
        for (std::size_t at = 0; at < as_given.size(); ++at) {
            const auto& given = as_given[at].passage.headings;
            const auto found = wanted.find(as_given[at].id);
            const bool own = found == wanted.end() || found->second->heading.empty();
            const auto shown = own ? given : std::vector<std::string>{found->second->heading};
            if (shown == as_shown[at].passage.headings) continue;
            changed = true;
            const auto id = static_cast<std::int64_t>(as_given[at].id);
            keep.bind(id)
                .bind(std::string_view(recording.value))
                .bind(std::string_view(to_json(given)))
                .run();
            set.bind(std::string_view(to_json(shown))).bind(id).run();
            note.bind(id).run();
        }
        impl.database.prepare("DELETE FROM spoken WHERE document = ?")
            .bind(std::string_view(recording.value))
            .run();
        auto speak = impl.database.prepare(
            "INSERT OR IGNORE INTO spoken(passage, item, document) VALUES(?, ?, ?)");
        for (const SpokenTurn& turn : turns) {
            for (const DocumentId& item : turn.items) {
                speak.bind(static_cast<std::int64_t>(turn.passage))
                    .bind(std::string_view(item.value))
                    .bind(std::string_view(recording.value))
                    .run();
            }
        }
        impl.database.prepare("INSERT OR REPLACE INTO recording(document, known) VALUES(?, ?)")
            .bind(std::string_view(recording.value))
            .bind(known)
            .run();
        if (changed) impl.next_generation();
    });
}

std::vector<StoredPassage> Relations::turns(const DocumentId& recording) const {
    std::map<PassageId, std::string> given;
    auto statement = store_.impl_->database.prepare(
        "SELECT passage, given FROM spoken_heading WHERE document = ?");
    statement.bind(std::string_view(recording.value));
    while (statement.step())
        given[static_cast<PassageId>(statement.integer(0))] = statement.text(1);
    auto passages = store_.document_passages(recording);
    for (StoredPassage& passage : passages) {
        if (const auto found = given.find(passage.id); found != given.end())
            passage.passage.headings = strings_from_json(found->second);
    }
    return passages;
}

std::vector<Related> Store::related(const StoredPassage& passage) const {
    std::vector<Related> found;
    Database& database = impl_->database;
    const auto papers = [&](const char* sql, Related::Kind kind) {
        auto statement = database.prepare(sql);
        statement.bind(std::string_view(passage.document.value));
        while (statement.step()) {
            found.push_back({kind, statement.text(0), statement.text(1),
                             SourceId{statement.text(2)}, std::nullopt, std::nullopt});
        }
    };
    papers(
        "SELECT d.url, d.title, d.source FROM joined j JOIN document d ON d.id = j.minutes WHERE "
        "j.agenda = ?",
        Related::Kind::minutes);
    papers(
        "SELECT d.url, d.title, d.source FROM joined j JOIN document d ON d.id = j.agenda WHERE "
        "j.minutes = ? ORDER BY d.rowid",
        Related::Kind::agenda);
    auto items = database.prepare(
        "SELECT d.url, d.title, d.source FROM spoken s JOIN document d ON d.id = s.item WHERE "
        "s.passage = ? ORDER BY d.rowid");
    items.bind(static_cast<std::int64_t>(passage.id));
    while (items.step()) {
        found.push_back({Related::Kind::item, items.text(0), items.text(1), SourceId{items.text(2)},
                         std::nullopt, std::nullopt});
    }
    // Of the item, or of the minutes' item that took its place.
    auto spoken = database.prepare(
        "SELECT d.id, d.url, d.title, d.source, min(p.second), max(p.second) FROM spoken s JOIN "
        "passage p ON p.id = s.passage JOIN document d ON d.id = s.document WHERE s.item IN (?1, "
        "(SELECT minutes FROM joined WHERE agenda = ?1)) GROUP BY d.id ORDER BY d.rowid");
    auto next =
        database.prepare("SELECT min(second) FROM passage WHERE document = ? AND second > ?");
    spoken.bind(std::string_view(passage.document.value));
    while (spoken.step()) {
        Anchor anchor;
        anchor.second = static_cast<std::uint32_t>(spoken.integer(4));
        Related one{Related::Kind::recording,
                    link(spoken.text(1), anchor),
                    spoken.text(2),
                    SourceId{spoken.text(3)},
                    anchor.second,
                    std::nullopt};
        const std::string document = spoken.text(0);
        next.bind(std::string_view(document)).bind(spoken.integer(5));
        if (next.step() && !next.is_null(0))
            one.until = static_cast<std::uint32_t>(next.integer(0));
        next.reset();
        found.push_back(std::move(one));
    }
    return found;
}

}  // namespace raadbot::store
