// The truth on disk: sources, files, documents, passages, kept answers. The only place that speaks
// SQL.
//
// One Store per thread; several Stores (and processes) may use the same directory at once: readers
// never wait for writers (SQLite WAL). Broken environments throw store::DatabaseError; what input
// may cause is a Result. Text handed to the store has already had closed items, hidden text and CPR
// numbers removed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/sources/source.hpp"
#include "retrieval/types.hpp"

namespace raadbot::store {

/// What is remembered of a file, so that an unchanged one costs nothing.
struct FileRecord {
    std::string path;  ///< Relative to the source's folder, '/' separated.
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< Nanoseconds since the epoch, as the file system says.
    std::string hash;           ///< SHA-256 hex of the bytes together with the parser's version.
    bool readable = true;       ///< False: the last try failed, `note` says why.
    std::string note;
    std::uint32_t closed = 0;  ///< Closed parts that were stopped in it.
};

/// A change that the search index has yet to follow; written in the transaction that made it.
struct PendingPassage {
    PassageId id = 0;
    bool present = false;  ///< False: remove from the index. True: (re-)add.
};

/// An answer kept for its permalink, as JSON of the contract; expires with retention.
struct KeptAnswer {
    AnswerId id;
    std::string json;
    std::string index_version;
    Timestamp created{};
    std::vector<PassageId> passages;  ///< What it cites: gone when any of them is taken down.
    /// Reading only: when a newer version of what it cites came, and the documents it cites.
    std::optional<Timestamp> superseded{};
    std::vector<DocumentId> documents{};
};

struct Counts {
    std::uint64_t sources = 0;
    std::uint64_t documents = 0;
    std::uint64_t passages = 0;
};

struct Related;  // relations.hpp

class Store {
public:
    /// Opens or creates `directory`/raadbot.db. Throws DatabaseError. Who reads many pages in a row
    /// keeps few of the database's in memory: none is needed twice.
    enum class Memory { much, little };
    [[nodiscard]] static std::unique_ptr<Store> open(const std::filesystem::path& directory,
                                                     Memory memory = Memory::much);
    ~Store();
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // Sources --------------------------------------------------------------------------------
    void put_source(const sources::Source& source);
    [[nodiscard]] std::optional<sources::Source> source(const SourceId& id) const;
    [[nodiscard]] std::vector<sources::Source> all_sources() const;
    /// Removes the source's documents and files; pending index removals are noted.
    void erase_source_content(const SourceId& id);

    // Files and documents ----------------------------------------------------------------------
    [[nodiscard]] std::vector<FileRecord> files(const SourceId& source) const;
    /// Those whose path begins so.
    [[nodiscard]] std::vector<FileRecord> files(const SourceId& source,
                                                std::string_view prefix) const;
    [[nodiscard]] bool has_files(const SourceId& source) const;
    /// Replaces everything that came from this file by `documents`, atomically: documents whose
    /// content is the same keep their version and passages; changed ones get the next version and
    /// new passages. Kept answers that cite a changed document are marked as superseded; those that
    /// cite a removed one, or one of a file that closes more than before, are deleted. Returns how
    /// many documents were new, changed and removed.
    struct Change {
        std::uint32_t added = 0;
        std::uint32_t changed = 0;
        std::uint32_t removed = 0;
        std::uint32_t unchanged = 0;
    };
    Change replace_file(const sources::Source& source, const FileRecord& file,
                        const std::vector<ParsedDocument>& documents, Timestamp now);
    /// The file is gone from the folder.
    Change remove_file(const SourceId& source, std::string_view path);
    /// The file was seen unchanged: its documents were checked now. Files read again without change
    /// of content also come here.
    void touch_source(const SourceId& source, Timestamp now);
    /// Updates what is remembered of an unchanged file.
    void put_file(const SourceId& source, const FileRecord& file);

    /// Groups the writes inside `work` into one transaction.
    void in_transaction(const std::function<void()>& work);

    // Passages ---------------------------------------------------------------------------------
    /// In the order of `ids`; ids that no longer exist are left out.
    [[nodiscard]] std::vector<StoredPassage> passages(const std::vector<PassageId>& ids) const;
    /// All passages of a document, in order.
    [[nodiscard]] std::vector<StoredPassage> document_passages(const DocumentId& id) const;
    /// Passages of the documents with this sagsnummer, oldest meeting first; what an agenda and
    /// its minutes both tell comes once.
    [[nodiscard]] std::vector<StoredPassage> case_passages(std::string_view case_number) const;
    /// All passages of the items of one meeting, in the order of the papers.
    [[nodiscard]] std::vector<StoredPassage> meeting_passages(std::string_view meeting_url) const;
    /// All passages of that section kind (glossary entries, curated answers).
    [[nodiscard]] std::vector<StoredPassage> section_passages(Section section) const;
    /// What belongs to the passage's document, and to a turn of speech: see relations.hpp.
    [[nodiscard]] std::vector<Related> related(const StoredPassage& passage) const;
    /// Calls `visit` with every passage that the index is to hold, by id.
    void each_passage(const std::function<void(const StoredPassage&)>& visit) const;
    /// Of these. Ascending.
    [[nodiscard]] std::vector<PassageId> passage_ids() const;
    [[nodiscard]] Counts counts() const;
    /// Per source with documents: how many, and when they were last checked.
    struct SourceCount {
        SourceId source;
        std::uint64_t documents = 0;
        Timestamp checked{};
    };
    [[nodiscard]] std::vector<SourceCount> source_counts() const;
    /// Distinct meeting bodies as printed, and the dates of meetings: for understanding questions.
    struct Meeting {
        DocumentId document;
        SourceId source;
        Audience audience;
        std::string body;
        Date date{};
        MeetingPaper paper = MeetingPaper::none;
        std::string url;
    };
    [[nodiscard]] std::vector<Meeting> meetings() const;

    // The index follows --------------------------------------------------------------------------
    [[nodiscard]] std::vector<PendingPassage> pending() const;
    void clear_pending(const std::vector<PendingPassage>& done);
    /// True when something was withdrawn (closed, taken down) whose words the index's files must
    /// forget too. After that `purged` says so, and leaves none in the database's log either.
    [[nodiscard]] bool wants_purge() const;
    void purged();
    /// Increases with every change of documents.
    [[nodiscard]] std::int64_t generation() const;

    // Kept answers and feedback
    // --------------------------------------------------------------------
    void keep_answer(const KeptAnswer& answer);
    /// Does nothing when a cited passage is gone already. Nothing when unknown, expired by
    /// retention, or when what it cites was taken down; one whose sources have a newer version says
    /// so.
    [[nodiscard]] std::optional<KeptAnswer> kept_answer(const AnswerId& id) const;
    void erase_answers_before(Timestamp limit);
    /// `key` names the rating: the same one again changes nothing. Only a digest of it is kept;
    /// empty: always a new one.
    void add_feedback(const AnswerId& id, bool helpful, std::string_view comment, Timestamp now,
                      std::string_view key = {});
    /// The rating of that key is gone; false when there was none.
    bool remove_feedback(std::string_view key);
    struct FeedbackCounts {
        std::uint64_t helpful = 0;
        std::uint64_t unhelpful = 0;
    };
    [[nodiscard]] FeedbackCounts feedback_counts() const;
    /// Counts without persons: one row a day, channel, kind and reason.
    void count_answer(const Date& day, std::string_view channel, std::string_view kind,
                      std::string_view reason);
    struct Usage {
        std::string kind;
        std::string reason;
        std::uint64_t count = 0;
    };
    [[nodiscard]] std::vector<Usage> usage(const Date& from) const;

    // Settings that live with the data (pause and its reason, the last ingest)
    // ----------------------
    void put_setting(std::string_view key, std::string_view value);
    [[nodiscard]] std::optional<std::string> setting(std::string_view key) const;

    /// Forgets a setting; nothing happens when there is none.
    void erase_setting(std::string_view key);

private:
    friend class Papers;
    friend class Relations;
    friend class Ledger;  ///< What staff do with the bot, in the same database and transactions.
    explicit Store(const std::filesystem::path& file);
    [[nodiscard]] std::uint32_t closed_before(const SourceId& source, std::string_view path) const;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// The stable id of a document: hex of the first 16 bytes of SHA-256 over source id, '\n', URL.
[[nodiscard]] DocumentId document_id(const SourceId& source, std::string_view url);

/// The URL of a file that states none: base_url + path ("index.html" and ".md" are kept as they
/// are).
[[nodiscard]] std::string url_of_file(const sources::Source& source, std::string_view path);

}  // namespace raadbot::store
