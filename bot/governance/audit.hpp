// The audit trail: who did what to which thing, when and why, each line bound to the one before by
// SHA-256, so that a line that is changed, left out or put in between shows. Pure but for append.
//
// What the chain alone cannot show is that its last lines were cut off: compare the head (the last
// hash) with one noted elsewhere, which `serve` writes to its log at every start.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/result.hpp"
#include "retrieval/store/ledger.hpp"

namespace raadbot::governance {

/// What is to be noted. Never an asker, never a question's text.
struct AuditNote {
    std::string actor;
    std::string action;   ///< "source.propose", "document.take_down", ...
    std::string subject;  ///< "source:haandbog", "document:<id>", ...
    std::string detail;   ///< For people, and for what must be proved later: JSON or words.
};

/// SHA-256 in hex over the hash before and every field, each with its length in front.
[[nodiscard]] std::string audit_hash(const store::AuditRow& row);

/// The next line after `last`.
[[nodiscard]] store::AuditRow chained(const std::optional<store::AuditRow>& last, AuditNote note,
                                      Timestamp now);

/// Adds a line; alone or as part of the caller's transaction on `store`.
void append(store::Store& store, AuditNote note, Timestamp now);

/// What is wrong with a chain that begins after `before`; nothing when it holds.
struct AuditFault {
    std::int64_t number = 0;
    std::string what;
};
class AuditCheck {
public:
    /// Takes the next line; gives the first fault, and stays with it.
    [[nodiscard]] const std::optional<AuditFault>& next(const store::AuditRow& row);
    /// The hash of the last line taken; 64 zeros before the first.
    [[nodiscard]] const std::string& head() const { return head_; }
    [[nodiscard]] std::int64_t count() const { return count_; }

private:
    std::string head_ = std::string(64, '0');
    std::int64_t count_ = 0;
    std::optional<AuditFault> fault_;
};

/// One JSON object on one line, and back. Errors: invalid_input.
[[nodiscard]] std::string audit_json(const store::AuditRow& row);
[[nodiscard]] Result<store::AuditRow> audit_from_json(std::string_view line);

}  // namespace raadbot::governance
