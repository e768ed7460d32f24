#include "retrieval/store/papers.hpp"

#include <set>

#include "retrieval/store/impl.hpp"

namespace raadbot::store {

std::int64_t Papers::mark() const {
    auto statement = store_.impl_->database.prepare("SELECT coalesce(max(rowid), 0) FROM document");
    statement.step();
    return statement.integer(0);
}

std::vector<PaperDocument> Papers::rivals(const SourceId& source) const {
    auto statement = store_.impl_->database.prepare(
        "WITH rival AS (SELECT meeting_date, paper FROM document WHERE source = ?1 AND "
        "meeting_date IS NOT NULL AND meeting_url <> '' GROUP BY meeting_date, paper "
        "HAVING count(DISTINCT meeting_url) > 1) "
        "SELECT d.id, d.file, d.meeting_url, d.body, d.meeting_date, d.paper, d.item_number, "
        "d.case_number, d.title, d.updated, coalesce(f.modified, 0), d.rowid FROM document d "
        "JOIN rival r ON r.meeting_date = d.meeting_date AND r.paper = d.paper "
        "LEFT JOIN file f ON f.source = d.source AND f.path = d.file "
        "WHERE d.source = ?1 AND d.meeting_url <> '' ORDER BY d.meeting_date, d.paper, "
        "d.meeting_url, d.rowid");
    statement.bind(std::string_view(source.value));
    std::vector<PaperDocument> result;
    while (statement.step()) {
        const auto date = parse_date(statement.text(4));
        if (!date) continue;
        PaperDocument one;
        one.id = DocumentId{statement.text(0)};
        one.file = statement.text(1);
        one.meeting_url = statement.text(2);
        one.body = statement.text(3);
        one.date = *date;
        one.paper = static_cast<MeetingPaper>(statement.integer(5));
        one.item_number = statement.text(6);
        one.case_number = statement.text(7);
        one.title = statement.text(8);
        if (!statement.is_null(9)) one.updated = parse_date(statement.text(9));
        one.file_modified = statement.integer(10);
        one.order = statement.integer(11);
        result.push_back(std::move(one));
    }
    return result;
}

void Papers::replace(const SourceId& source, const std::vector<PaperDocument>& old,
                     const Successors& successors, const std::string& newer_url, Timestamp now) {
    Store::Impl& impl = *store_.impl_;
    store_.in_transaction([&] {
        std::set<std::string> files;
        bool withdrawn = false;
        for (const PaperDocument& document : old) {
            if (const auto newer = successors.find(document.id); newer != successors.end()) {
                impl.supersede_answers(document.id, now);
                impl.database
                    .prepare(
                        "INSERT OR IGNORE INTO answer_document(document, answer) SELECT ?, answer "
                        "FROM answer_document WHERE document = ?")
                    .bind(std::string_view(newer->second.value))
                    .bind(std::string_view(document.id.value))
                    .run();
                impl.database.prepare("DELETE FROM answer_document WHERE document = ?")
                    .bind(std::string_view(document.id.value))
                    .run();
            } else {
                impl.drop_answers(document.id);
                withdrawn = true;
            }
            impl.erase_document(document.id);
            files.insert(document.file);
        }
        auto note = impl.database.prepare(
            "INSERT OR REPLACE INTO replaced(source, file, newer) VALUES(?, ?, ?)");
        for (const std::string& file : files) {
            note.bind(std::string_view(source.value))
                .bind(std::string_view(file))
                .bind(std::string_view(newer_url))
                .run();
        }
        if (withdrawn) store_.put_setting(purge_key, "1");
        if (!old.empty()) impl.next_generation();
    });
}

std::vector<std::string> Papers::reread(const SourceId& source) {
    Store::Impl& impl = *store_.impl_;
    std::vector<std::string> files;
    store_.in_transaction([&] {
        auto gone = impl.database.prepare(
            "SELECT file FROM replaced WHERE source = ?1 AND NOT EXISTS (SELECT 1 FROM document d "
            "WHERE d.source = ?1 AND d.meeting_url = replaced.newer)");
        gone.bind(std::string_view(source.value));
        while (gone.step()) files.push_back(gone.text(0));
        gone.reset();
        for (const std::string& file : files) {
            impl.database.prepare("UPDATE file SET hash = '' WHERE source = ? AND path = ?")
                .bind(std::string_view(source.value))
                .bind(std::string_view(file))
                .run();
            impl.database.prepare("DELETE FROM replaced WHERE source = ? AND file = ?")
                .bind(std::string_view(source.value))
                .bind(std::string_view(file))
                .run();
        }
    });
    return files;
}

}  // namespace raadbot::store
