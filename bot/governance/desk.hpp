// What staff can do: every operation of the administration, the same from the page, the command
// line and a chat. Checks the role, does it and notes it in the audit trail in one transaction.
//
// What lessens what the bot may say is done at once by one person; what widens it becomes a
// proposal that another person decides on. One Desk per action: it speaks for one person at one
// moment. Not thread-safe. Errors: denied (role, or the proposer deciding), not_found, conflict
// (decided already, no preview yet), invalid_input naming the field.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/governance/curated.hpp"
#include "bot/governance/roles.hpp"
#include "retrieval/sources/source.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {

struct DeskOptions {
    std::filesystem::path data_dir;
    /// Folders below which a proposed source's path must lie; empty: anywhere.
    std::vector<std::filesystem::path> roots;
    /// Off: the proposer may decide, and no preview is needed (a machine with one keeper).
    bool four_eyes = true;
};

/// What a proposal is about.
inline constexpr std::string_view new_source = "source.add";
inline constexpr std::string_view source_review = "source.review";  ///< A later review date.
inline constexpr std::string_view source_return = "source.return";  ///< From pause.
inline constexpr std::string_view document_return = "document.return";
inline constexpr std::string_view new_answer = "answer.publish";

class Desk {
public:
    Desk(store::Store& store, const DeskOptions& options, Person person, Timestamp now);

    [[nodiscard]] const Person& person() const { return person_; }
    /// Error: denied.
    [[nodiscard]] Result<void> allowed(Act act) const;

    // What needs two
    [[nodiscard]] Result<std::int64_t> propose_source(sources::Source source);
    [[nodiscard]] Result<std::int64_t> propose_review(const SourceId& id, const Date& until);
    [[nodiscard]] Result<std::int64_t> propose_return(const SourceId& id);
    [[nodiscard]] Result<std::int64_t> propose_document_return(const DocumentId& id);
    [[nodiscard]] Result<std::int64_t> propose_answer(CuratedAnswer answer);
    [[nodiscard]] Result<void> approve(std::int64_t proposal);
    [[nodiscard]] Result<void> reject(std::int64_t proposal, std::string_view reason);
    /// By the proposer.
    [[nodiscard]] Result<void> withdraw(std::int64_t proposal);

    // What one does at once
    [[nodiscard]] Result<void> pause_source(const SourceId& id, std::string_view reason);
    /// State, text, index entries and kept answers.
    [[nodiscard]] Result<void> remove_source(const SourceId& id, std::string_view reason);
    [[nodiscard]] Result<void> take_down(const DocumentId& id, std::string_view reason);
    /// The kill switch: every door answers `paused` with the reason.
    [[nodiscard]] Result<void> stop(std::string_view reason);
    [[nodiscard]] Result<void> go_on();

    // Questions
    [[nodiscard]] Result<void> answer_handoff(std::string_view id, std::string_view answer);
    [[nodiscard]] Result<void> settle_unanswered(const std::vector<std::int64_t>& ids,
                                                 std::string_view how);
    [[nodiscard]] Result<std::int64_t> add_test_question(store::TestQuestionRow row);
    [[nodiscard]] Result<void> erase_test_question(std::int64_t id);
    [[nodiscard]] Result<std::int64_t> add_known_error(std::string_view text);
    [[nodiscard]] Result<void> erase_known_error(std::int64_t id);

    // Staff
    /// A local account, or a new password for one that is there; gives the one-time password.
    [[nodiscard]] Result<std::string> add_user(std::string_view login, std::string_view name,
                                               Roles roles);
    /// Ends the person's sessions as well.
    [[nodiscard]] Result<void> disable_user(std::string_view login);

private:
    template <class Work>
    auto noted(std::string_view action, const std::string& subject, std::string detail, Work work)
        -> decltype(work());
    void note(std::string_view action, const std::string& subject, std::string detail);
    [[nodiscard]] Result<std::int64_t> propose(std::string_view kind, std::string subject,
                                               std::string payload);
    [[nodiscard]] Result<store::ProposalRow> open_proposal(std::int64_t id) const;
    [[nodiscard]] Result<void> carry_out(const store::ProposalRow& proposal);
    [[nodiscard]] Result<sources::Source> known_source(const SourceId& id) const;

    store::Store& store_;
    store::Ledger ledger_;
    const DeskOptions& options_;
    Person person_;
    Timestamp now_;
};

/// A source as a proposal holds it, and back. Errors: invalid_input.
[[nodiscard]] std::string source_json(const sources::Source& source);
[[nodiscard]] Result<sources::Source> source_from_json(std::string_view json);

/// Settings through which the program's keeper learns what is to be done: reading a source, making
/// a preview. The value is of no matter.
[[nodiscard]] std::string reading_wanted(const SourceId& id);
[[nodiscard]] std::string preview_wanted(std::int64_t proposal);
inline constexpr std::string_view pause_setting = "paused";

}  // namespace raadbot::governance
