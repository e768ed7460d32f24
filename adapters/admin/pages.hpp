// The pages of the administration as whole HTML documents. Pure: everything shown is handed in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/admin/layout.hpp"
#include "adapters/http/url.hpp"
#include "bot/governance/curated.hpp"
#include "bot/governance/grouping.hpp"
#include "bot/governance/preview.hpp"
#include "bot/governance/reminders.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::admin {

// Signing in
[[nodiscard]] std::string sign_in_page(const Frame& frame, bool provider);
/// Proving again who one is, before something that widens what the bot says; then on to `next`.
[[nodiscard]] std::string prove_page(const Frame& frame, bool provider, std::string_view next);
[[nodiscard]] std::string password_page(const Frame& frame, bool must_change);
[[nodiscard]] std::string message_page(const Frame& frame, std::string_view title,
                                       std::string_view text);
/// Sends the browser on without a redirect, so that a strict cookie just set goes along.
/// `next`: a path of our own.
[[nodiscard]] std::string onward_page(const Frame& frame, std::string_view next = "/");

struct Overview {
    std::vector<governance::Reminder> reminders;
    store::Counts counts;
    std::uint64_t questions = 0;  ///< Of the last 30 days.
    std::uint64_t answered = 0;
    std::size_t unanswered = 0;
    std::string last_ingest;
    std::string index_version;
};
[[nodiscard]] std::string overview_page(const Frame& frame, const Overview& overview);

// Sources
struct SourceLine {
    sources::Source source;
    sources::State state = sources::State::proposed;
    std::uint64_t documents = 0;
    std::string checked;
};
[[nodiscard]] std::string sources_page(const Frame& frame, const std::vector<SourceLine>& lines);
[[nodiscard]] std::string new_source_page(const Frame& frame, const http::Form& given);
struct SourceDetail {
    SourceLine line;
    std::vector<store::FileRecord> unreadable;
    std::vector<store::ProposalRow> open;
};
[[nodiscard]] std::string source_page(const Frame& frame, const SourceDetail& detail);

[[nodiscard]] std::string proposals_page(const Frame& frame,
                                         const std::vector<store::ProposalRow>& open,
                                         const std::vector<store::ProposalRow>& decided);
[[nodiscard]] std::string proposal_page(const Frame& frame, const store::ProposalRow& row,
                                        bool own);

// Material
struct Documents {
    std::vector<store::DocumentRow> rows;
    std::vector<store::TakedownRow> taken_down;
    std::vector<std::string> sources;
    std::string source;
    std::string part;
    std::int64_t page = 0;
    bool more = false;
};
[[nodiscard]] std::string documents_page(const Frame& frame, const Documents& documents);
[[nodiscard]] std::string answers_page(const Frame& frame,
                                       const std::vector<StoredPassage>& answers);
[[nodiscard]] std::string new_answer_page(const Frame& frame, const http::Form& given);

// Questions
[[nodiscard]] std::string unanswered_page(const Frame& frame,
                                          const std::vector<governance::QuestionGroup>& groups);
[[nodiscard]] std::string feedback_page(const Frame& frame,
                                        const std::vector<store::FeedbackRow>& rows);
[[nodiscard]] std::string handoffs_page(const Frame& frame,
                                        const std::vector<store::HandoffRow>& rows);

// Control
struct Version {
    std::string id;
    std::string made;
    std::string outcome;
    bool live = false;
};
[[nodiscard]] std::string versions_page(const Frame& frame, const std::vector<Version>& versions,
                                        const std::vector<store::TestQuestionRow>& tests,
                                        const std::vector<store::KnownErrorRow>& errors);
[[nodiscard]] std::string figures_page(const Frame& frame, const std::vector<store::DayUsage>& days,
                                       const Date& from, const Date& today);
[[nodiscard]] std::string stop_page(const Frame& frame);
/// `fault`: what is wrong with the chain, or empty.
[[nodiscard]] std::string audit_page(const Frame& frame, const std::vector<store::AuditRow>& rows,
                                     const std::vector<store::StaffRow>& staff,
                                     std::string_view fault, std::string_view head,
                                     std::int64_t before);

}  // namespace raadbot::admin
