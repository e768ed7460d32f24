// What staff do with the bot: who they are, what they proposed and decided, what was taken down,
// and what people asked in vain. Rows only; what they mean and who may write them is decided in
// bot/governance. The same database, and the same transactions, as the Store it is made over.
//
// Not thread-safe, as the Store is not. Broken environments throw DatabaseError. No row holds an
// asker, but for hand-offs, which hold a way back to the conversation because the asker agreed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/store/store.hpp"

namespace raadbot::store {

/// Somebody who may sign in, or did so through the municipality's own sign-in.
struct StaffRow {
    std::string login;  ///< Local name, or "<issuer's subject>@oidc".
    std::string name;
    std::string roles;     ///< Names separated by a space.
    std::string password;  ///< As bot/governance writes it; empty: signs in elsewhere.
    bool must_change = false;
    bool disabled = false;
    Timestamp created{};
};

struct SessionRow {
    std::string id;
    std::string login;
    std::string secret;    ///< SHA-256 of the token's secret half.
    std::string previous;  ///< Of the half before that.
    std::string csrf;
    std::string bound_to;  ///< What the browser looked like at sign-in, hashed.
    Timestamp created{};
    Timestamp seen{};
    Timestamp rotated{};
    Timestamp authenticated{};
};

struct FailureRow {
    std::int64_t count = 0;
    Timestamp until{};  ///< Not before then may it be tried again.
};

/// One line of the audit trail; never changed, never erased (the database refuses both).
struct AuditRow {
    std::int64_t number = 0;  ///< From 1 without gaps.
    Timestamp at{};
    std::string actor;
    std::string action;
    std::string subject;
    std::string detail;
    std::string previous;  ///< Hash of the line before; 64 zeros for the first.
    std::string hash;
    friend bool operator==(const AuditRow&, const AuditRow&) = default;
};

struct ProposalRow {
    std::int64_t id = 0;
    std::string kind;
    std::string subject;
    std::string payload;  ///< JSON of what is proposed.
    std::string proposed_by;
    Timestamp proposed_at{};
    std::string state = "open";  ///< open, approved, rejected, withdrawn.
    std::string decided_by;
    std::optional<Timestamp> decided_at;
    std::string reason;
    std::string preview;  ///< JSON of the dry run; empty: not made yet.
};

struct TakedownRow {
    DocumentId document;
    SourceId source;
    std::string url;
    std::string title;
    std::string reason;
    std::string by;
    Timestamp at{};
};

struct DocumentRow {
    DocumentId id;
    SourceId source;
    std::string url;
    std::string title;
    std::int64_t version = 0;
    Timestamp checked{};
};

/// What a curated answer leans on.
struct ProofRow {
    DocumentId answer;
    std::string url;                 ///< Without a fragment.
    std::optional<SourceId> source;  ///< Of the document at that address; empty: none is there.
    bool taken_down = false;
};

/// A question that got no answer; personal data masked, no asker, no time but the day.
struct UnansweredRow {
    std::int64_t id = 0;
    Date day{};
    std::string text;
    std::string reason;
    std::int64_t count = 1;
};

struct FeedbackRow {
    std::int64_t id = 0;
    std::string answer;
    bool helpful = false;
    std::string comment;
    Timestamp at{};
};

/// A question that somebody agreed to send to staff.
struct HandoffRow {
    std::string id;
    std::string channel;
    std::string target;  ///< How the channel finds the conversation again; empty: by link only.
    std::string question;
    std::string state = "open";  ///< open, answered, delivered.
    std::string answer;
    std::string answered_by;
    Timestamp asked{};
    std::optional<Timestamp> answered;
};

/// A question that every new version of the index must answer as expected before it goes live.
struct TestQuestionRow {
    std::int64_t id = 0;
    std::string question;
    std::string audience = "public";
    std::string expect = "answered";  ///< answered, refused.
    std::string source_url;  ///< One of the sources shown must begin with it; may be empty.
    std::string fact;        ///< Must stand in the answer's text; may be empty.
};

struct KnownErrorRow {
    std::int64_t id = 0;
    std::string text;
    Timestamp noted{};
};

struct DayUsage {
    Date day{};
    std::string channel;
    std::string kind;
    std::string reason;
    std::uint64_t count = 0;
};

class Ledger {
public:
    /// `store` must outlive the ledger; its transactions are the ledger's as well.
    explicit Ledger(Store& store) : store_(store) {}

    // Staff and sessions
    [[nodiscard]] std::optional<StaffRow> staff(std::string_view login) const;
    [[nodiscard]] std::vector<StaffRow> all_staff() const;
    void put_staff(const StaffRow& row);
    [[nodiscard]] std::optional<SessionRow> session(std::string_view id) const;
    void put_session(const SessionRow& row);
    void erase_session(std::string_view id);
    void erase_sessions_of(std::string_view login);
    void erase_sessions_before(Timestamp created, Timestamp seen);
    [[nodiscard]] FailureRow failures(std::string_view key) const;
    void put_failures(std::string_view key, const FailureRow& row);

    // Audit trail
    [[nodiscard]] std::optional<AuditRow> last_audit() const;
    /// Inside in_transaction, right after last_audit().
    void add_audit(const AuditRow& row);
    [[nodiscard]] std::vector<AuditRow> audit(std::int64_t first, std::int64_t most) const;
    [[nodiscard]] std::vector<AuditRow> audit_backwards(std::int64_t before,
                                                        std::int64_t most) const;

    // Proposals
    std::int64_t add_proposal(const ProposalRow& row);
    void put_proposal(const ProposalRow& row);
    [[nodiscard]] std::optional<ProposalRow> proposal(std::int64_t id) const;
    /// Newest first; of one state, or all when it is empty.
    [[nodiscard]] std::vector<ProposalRow> proposals(std::string_view state) const;

    // Documents and take-down
    [[nodiscard]] std::vector<DocumentRow> documents(const SourceId& source, std::string_view part,
                                                     std::int64_t offset, std::int64_t most) const;
    [[nodiscard]] std::optional<DocumentRow> document(const DocumentId& id) const;
    [[nodiscard]] std::optional<DocumentRow> document_at(std::string_view url) const;
    /// Erases its text and every kept answer that showed it, and keeps it from coming back.
    void take_down(const TakedownRow& row);
    void restore(const DocumentId& id);
    [[nodiscard]] std::vector<TakedownRow> takedowns() const;
    /// Kept answers that cite a passage which is gone; their quotes go with them.
    std::uint64_t erase_orphaned_answers();

    /// Of every curated answer that names one.
    [[nodiscard]] static std::vector<ProofRow> proofs(const Store& store);

    // Questions
    /// The same text on the same day counts up.
    void add_unanswered(const Date& day, std::string_view text, std::string_view reason);
    [[nodiscard]] std::vector<UnansweredRow> unanswered(std::int64_t most) const;
    void erase_unanswered(const std::vector<std::int64_t>& ids);
    void erase_unanswered_before(const Date& day);
    [[nodiscard]] std::vector<FeedbackRow> feedback(std::int64_t most) const;
    [[nodiscard]] std::vector<DayUsage> usage_by_day(const Date& from) const;

    void add_handoff(const HandoffRow& row);
    void put_handoff(const HandoffRow& row);
    [[nodiscard]] std::optional<HandoffRow> handoff(std::string_view id) const;
    /// Oldest first; of one state, or all when it is empty.
    [[nodiscard]] std::vector<HandoffRow> handoffs(std::string_view state) const;
    void erase_handoffs_before(Timestamp asked);

    std::int64_t add_test_question(const TestQuestionRow& row);
    [[nodiscard]] std::vector<TestQuestionRow> test_questions() const;
    void erase_test_question(std::int64_t id);

    std::int64_t add_known_error(std::string_view text, Timestamp now);
    [[nodiscard]] std::vector<KnownErrorRow> known_errors() const;
    void erase_known_error(std::int64_t id);

    // Versions: see store/versions.hpp
    void copy_to(const std::filesystem::path& file);
    void take_over(const std::filesystem::path& file);

private:
    Store& store_;
};

}  // namespace raadbot::store
