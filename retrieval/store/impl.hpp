// What Store keeps behind its back; for the store's own sources only.
#pragma once

#include "retrieval/store/database.hpp"
#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// The setting that is "1" while something that was withdrawn may still stand in the index's files.
constexpr std::string_view purge_key = "purge_index";

struct Store::Impl {
    explicit Impl(const std::filesystem::path& file) : database(file) {}

    /// Database's Statement is not const-correct, reading is: hence mutable.
    mutable Database database;
    bool in_transaction = false;

    void insert_document(const sources::Source& source, std::string_view file, const DocumentId& id,
                         const std::string& url, const ParsedDocument& document,
                         const std::string& hash, std::int64_t version, Timestamp now);
    void erase_document(const DocumentId& id);
    /// Kept answers that cite the document go, or are marked.
    void drop_answers(const DocumentId& id);
    void supersede_answers(const DocumentId& id, Timestamp now);
    /// Before a document goes: what hangs on it is undone.
    void forget_relations(const DocumentId& id);
    void next_generation();
    [[nodiscard]] bool is_taken_down(const DocumentId& id);
};

/// The tables of Ledger.
extern const char* const ledger_schema;
/// The tables of Relations.
extern const char* const relations_schema;

}  // namespace raadbot::store
