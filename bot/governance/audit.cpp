#include "bot/governance/audit.hpp"

#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"
#include "bot/governance/digest.hpp"

namespace raadbot::governance {

std::string audit_hash(const store::AuditRow& row) {
    std::string text;
    const auto put = [&text](std::string_view field) {
        text += std::to_string(field.size()) + ":";
        text += field;
    };
    put(row.previous);
    put(std::to_string(row.number));
    put(to_string(row.at));
    put(row.actor);
    put(row.action);
    put(row.subject);
    put(row.detail);
    return sha256_hex(text);
}

store::AuditRow chained(const std::optional<store::AuditRow>& last, AuditNote note, Timestamp now) {
    store::AuditRow row;
    row.number = last ? last->number + 1 : 1;
    row.previous = last ? last->hash : std::string(64, '0');
    row.at = now;
    row.actor = std::move(note.actor);
    row.action = std::move(note.action);
    row.subject = std::move(note.subject);
    row.detail = std::move(note.detail);
    row.hash = audit_hash(row);
    return row;
}

void append(store::Store& store, AuditNote note, Timestamp now) {
    // The transaction begins as a writer, so nobody can add a line between reading and writing.
    store.in_transaction([&] {
        store::Ledger ledger(store);
        ledger.add_audit(chained(ledger.last_audit(), std::move(note), now));
    });
}

const std::optional<AuditFault>& AuditCheck::next(const store::AuditRow& row) {
    if (fault_) return fault_;
    ++count_;
    if (row.number != count_) {
        fault_ = AuditFault{row.number, "line " + std::to_string(count_) + " is missing"};
    } else if (row.previous != head_) {
        fault_ = AuditFault{row.number, "it does not follow the line before"};
    } else if (audit_hash(row) != row.hash) {
        fault_ = AuditFault{row.number, "its content was changed"};
    } else {
        head_ = row.hash;
    }
    return fault_;
}

std::string audit_json(const store::AuditRow& row) {
    const nlohmann::ordered_json json = {{"number", row.number},     {"at", to_string(row.at)},
                                         {"actor", row.actor},       {"action", row.action},
                                         {"subject", row.subject},   {"detail", row.detail},
                                         {"previous", row.previous}, {"hash", row.hash}};
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<store::AuditRow> audit_from_json(std::string_view line) {
    const auto json = bot::parse_strict_json(line);
    if (!json || !json->is_object()) {
        return fail(ErrorCode::invalid_input, "a line of the audit trail is not a JSON object");
    }
    store::AuditRow row;
    const auto number = json->find("number");
    if (number == json->end() || !number->is_number_integer()) {
        return fail(ErrorCode::invalid_input, "a line of the audit trail has no number");
    }
    row.number = number->get<std::int64_t>();
    std::string at;
    const std::initializer_list<std::pair<const char*, std::string*>> texts = {
        {"at", &at},
        {"actor", &row.actor},
        {"action", &row.action},
        {"subject", &row.subject},
        {"detail", &row.detail},
        {"previous", &row.previous},
        {"hash", &row.hash}};
    for (const auto& [key, value] : texts) {
        const auto found = json->find(key);
        if (found == json->end() || !found->is_string()) {
            return fail(ErrorCode::invalid_input, "line " + std::to_string(row.number) +
                                                      " of the audit trail lacks \"" + key + "\"");
        }
        *value = found->get<std::string>();
    }
    const auto when = parse_timestamp(at);
    if (!when) {
        return fail(ErrorCode::invalid_input,
                    "line " + std::to_string(row.number) + " of the audit trail has no time");
    }
    row.at = *when;
    return row;
}

}  // namespace raadbot::governance
