#include "bot/governance/desk.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bot/conversation/strict_json.hpp"
#include "bot/governance/audit.hpp"
#include "bot/governance/digest.hpp"
#include "bot/governance/password.hpp"
#include "retrieval/danish/dates.hpp"

namespace raadbot::governance {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr std::size_t most_words = 2'000;  // Bytes of a reason, an answer, an error.

std::string dump(const ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<void> needs_words(std::string_view field, std::string_view text) {
    if (text.empty()) return fail(ErrorCode::invalid_input, std::string(field) + ": say why");
    if (text.size() > most_words) {
        return fail(ErrorCode::too_large, std::string(field) + ": at most 2000 bytes");
    }
    return {};
}

bool lies_below(const fs::path& path, const std::vector<fs::path>& roots) {
    if (roots.empty()) return true;
    std::error_code error;
    const fs::path real = fs::weakly_canonical(path, error);
    if (error) return false;
    return std::any_of(roots.begin(), roots.end(), [&](const fs::path& root) {
        const fs::path base = fs::weakly_canonical(root, error);
        if (error) return false;
        const auto [rest, inside] =
            std::mismatch(base.begin(), base.end(), real.begin(), real.end());
        // A trailing separator gives an empty last part.
        return rest == base.end() || (rest->empty() && std::next(rest) == base.end());
    });
}

Result<void> write_file(const fs::path& file, std::string_view text) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const fs::path fresh = file.string() + ".new";
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) return fail(ErrorCode::unavailable, "cannot write " + fresh.string());
    fs::rename(fresh, file, error);
    if (error) return fail(ErrorCode::unavailable, "cannot write " + file.string());
    return {};
}

std::string source_subject(const SourceId& id) { return "source:" + id.value; }

}  // namespace

Desk::Desk(store::Store& store, const DeskOptions& options, Person person, Timestamp now)
    : store_(store), ledger_(store), options_(options), person_(std::move(person)), now_(now) {}

Result<void> Desk::allowed(Act act) const {
    if (may(person_.roles, act)) return {};
    return fail(ErrorCode::denied, person_.login + " (" + names_of(person_.roles) +
                                       ") may not do this: it takes another role");
}

void Desk::note(std::string_view action, const std::string& subject, std::string detail) {
    append(store_, {person_.login, std::string(action), subject, std::move(detail)}, now_);
}

/// Runs `work` and, when it went well, notes it: both, or neither.
template <class Work>
auto Desk::noted(std::string_view action, const std::string& subject, std::string detail, Work work)
    -> decltype(work()) {
    decltype(work()) result;
    struct GiveUp {};
    try {
        store_.in_transaction([&] {
            result = work();
            if (!result) throw GiveUp{};
            note(action, subject, std::move(detail));
        });
    } catch (const GiveUp&) {  // Rolled back; the error is in the result.
    }
    return result;
}

Result<sources::Source> Desk::known_source(const SourceId& id) const {
    auto source = store_.source(id);
    if (!source) return fail(ErrorCode::not_found, "there is no source \"" + id.value + "\"");
    return std::move(*source);
}

// Proposals
// ------------------------------------------------------------------------------------------

Result<std::int64_t> Desk::propose(std::string_view kind, std::string subject,
                                   std::string payload) {
    if (auto may_propose = allowed(Act::propose); !may_propose) {
        return tl::unexpected(may_propose.error());
    }
    for (const store::ProposalRow& other : ledger_.proposals("open")) {
        if (other.kind == kind && other.subject == subject && kind != new_answer) {
            return fail(ErrorCode::conflict,
                        "this is proposed already, as number " + std::to_string(other.id));
        }
    }
    store::ProposalRow row;
    row.kind = std::string(kind);
    row.subject = std::move(subject);
    row.payload = std::move(payload);
    row.proposed_by = person_.login;
    row.proposed_at = now_;
    Result<std::int64_t> id = 0;
    store_.in_transaction([&] {
        id = ledger_.add_proposal(row);
        note(row.kind + ".propose", row.subject,
             dump({{"proposal", *id}, {"sha256", sha256_hex(row.payload)}}));
        if (kind == new_source) store_.put_setting(preview_wanted(*id), "1");
    });
    return id;
}

Result<std::int64_t> Desk::propose_source(sources::Source source) {
    source.state = sources::State::proposed;
    if (auto valid = sources::validate(source); !valid) {
        return fail(ErrorCode::invalid_input, valid.error().message);
    }
    if (source.purpose.empty())
        return fail(ErrorCode::invalid_input, "purpose: say what it is for");
    if (source.rights.empty()) {
        return fail(ErrorCode::invalid_input, "rights: say why it may be used");
    }
    // Without a folder it is fetched from its address; what may be connected to, the fetching
    // rules.
    if (!source.path.empty() && !lies_below(source.path, options_.roots)) {
        return fail(ErrorCode::denied, "path: " + source.path.string() +
                                           " lies outside the folders that may be proposed");
    }
    const auto known = store_.source(source.id);
    if (known && known->state != sources::State::proposed) {
        return fail(ErrorCode::conflict,
                    "source \"" + source.id.value + "\" is already there: choose another id");
    }
    Result<std::int64_t> id = 0;
    store_.in_transaction([&] {
        id = propose(new_source, source_subject(source.id), source_json(source));
        if (id) store_.put_source(source);
    });
    return id;
}

Result<std::int64_t> Desk::propose_review(const SourceId& id, const Date& until) {
    const auto source = known_source(id);
    if (!source) return tl::unexpected(source.error());
    const Date today = danish::copenhagen_date(now_);
    if (until <= today) return fail(ErrorCode::invalid_input, "review_date: it must lie ahead");
    return propose(source_review, source_subject(id), dump({{"review_date", to_string(until)}}));
}

Result<std::int64_t> Desk::propose_return(const SourceId& id) {
    const auto source = known_source(id);
    if (!source) return tl::unexpected(source.error());
    if (source->state != sources::State::paused && source->state != sources::State::removed) {
        return fail(ErrorCode::conflict, "source \"" + id.value + "\" is not paused");
    }
    return propose(source_return, source_subject(id), dump({{"source", id.value}}));
}

Result<std::int64_t> Desk::propose_document_return(const DocumentId& id) {
    for (const store::TakedownRow& row : ledger_.takedowns()) {
        if (row.document == id) {
            return propose(document_return, "document:" + id.value,
                           dump({{"url", row.url}, {"title", row.title}}));
        }
    }
    return fail(ErrorCode::not_found, "no document of that id was taken down");
}

Result<std::int64_t> Desk::propose_answer(CuratedAnswer answer) {
    if (answer.id.empty()) answer.id = random_hex(6);
    const std::string proof = answer.proof_url.substr(0, answer.proof_url.find('#'));
    auto document = ledger_.document_at(answer.proof_url);
    if (!document) document = ledger_.document_at(proof);
    if (!document) {
        return fail(ErrorCode::invalid_input,
                    "proof_url: no document of the material has this address");
    }
    const auto source = known_source(document->source);
    if (!source) return tl::unexpected(source.error());
    const Date today = danish::copenhagen_date(now_);
    if (sources::effective_state(*source, today) != sources::State::approved) {
        return fail(ErrorCode::invalid_input, "proof_url: its source is not in use");
    }
    const auto holds = widen({answer.audience});
    if (!std::binary_search(holds.begin(), holds.end(), source->audience)) {
        return fail(ErrorCode::invalid_input,
                    "audience: the source may not be seen by everybody who would see the answer");
    }
    if (source->review_date && (!answer.expires || *answer.expires > *source->review_date)) {
        answer.expires = source->review_date;
    }
    if (auto readable = curated_markdown(answer); !readable) {
        return tl::unexpected(readable.error());
    }
    return propose(new_answer, "answer:" + answer.id, curated_json(answer));
}

Result<store::ProposalRow> Desk::open_proposal(std::int64_t id) const {
    auto proposal = ledger_.proposal(id);
    if (!proposal) return fail(ErrorCode::not_found, "there is no proposal " + std::to_string(id));
    if (proposal->state != "open") {
        return fail(ErrorCode::conflict,
                    "proposal " + std::to_string(id) + " is " + proposal->state + " already");
    }
    return std::move(*proposal);
}

Result<void> Desk::carry_out(const store::ProposalRow& proposal) {
    const auto payload = bot::parse_strict_json(proposal.payload);
    if (!payload) return tl::unexpected(payload.error());
    if (proposal.kind == new_source) {
        auto source = source_from_json(proposal.payload);
        if (!source) return tl::unexpected(source.error());
        source->state = sources::State::approved;
        store_.put_source(*source);
        store_.put_setting(reading_wanted(source->id), "1");
        return {};
    }
    if (proposal.kind == new_answer) {
        const auto answer = curated_from_json(proposal.payload);
        if (!answer) return tl::unexpected(answer.error());
        const auto text = curated_markdown(*answer);
        if (!text) return tl::unexpected(text.error());
        const sources::Source source = curated_source(options_.data_dir, answer->audience);
        if (auto written = write_file(source.path / (answer->id + ".md"), *text); !written) {
            return written;
        }
        if (!store_.source(source.id)) store_.put_source(source);
        store_.put_setting(reading_wanted(source.id), "1");
        return {};
    }
    if (proposal.kind == document_return) {
        const DocumentId id{proposal.subject.substr(proposal.subject.find(':') + 1)};
        for (const store::TakedownRow& row : ledger_.takedowns()) {
            if (row.document == id) store_.put_setting(reading_wanted(row.source), "1");
        }
        ledger_.restore(id);
        return {};
    }
    auto source = known_source(SourceId{proposal.subject.substr(proposal.subject.find(':') + 1)});
    if (!source) return tl::unexpected(source.error());
    if (proposal.kind == source_review) {
        source->review_date = parse_date(payload->value("review_date", ""));
        store_.put_setting("review_date/" + source->id.value, to_string(*source->review_date));
    } else {
        source->state = sources::State::approved;
        store_.put_setting(reading_wanted(source->id), "1");
    }
    store_.put_source(*source);
    return {};
}

Result<void> Desk::approve(std::int64_t id) {
    if (auto may_decide = allowed(Act::decide); !may_decide) return may_decide;
    auto proposal = open_proposal(id);
    if (!proposal) return tl::unexpected(proposal.error());
    if (options_.four_eyes && proposal->proposed_by == person_.login) {
        return fail(ErrorCode::denied,
                    "who proposes cannot approve: another person must decide on this");
    }
    if (options_.four_eyes && proposal->kind == new_source && proposal->preview.empty()) {
        return fail(ErrorCode::conflict, "look at the preview first: it is not made yet");
    }
    proposal->state = "approved";
    proposal->decided_by = person_.login;
    proposal->decided_at = now_;
    return noted(proposal->kind + ".approve", proposal->subject,
                 dump({{"proposal", id},
                       {"proposed_by", proposal->proposed_by},
                       {"sha256", sha256_hex(proposal->payload)},
                       {"preview_sha256", sha256_hex(proposal->preview)}}),
                 [&]() -> Result<void> {
                     // Read again inside the transaction: two may decide at the same moment.
                     if (auto still_open = open_proposal(id); !still_open) {
                         return tl::unexpected(still_open.error());
                     }
                     ledger_.put_proposal(*proposal);
                     return carry_out(*proposal);
                 });
}

Result<void> Desk::reject(std::int64_t id, std::string_view reason) {
    if (auto may_decide = allowed(Act::decide); !may_decide) return may_decide;
    if (auto words = needs_words("reason", reason); !words) return words;
    auto proposal = open_proposal(id);
    if (!proposal) return tl::unexpected(proposal.error());
    proposal->state = "rejected";
    proposal->decided_by = person_.login;
    proposal->decided_at = now_;
    proposal->reason = std::string(reason);
    return noted(proposal->kind + ".reject", proposal->subject,
                 dump({{"proposal", id}, {"reason", reason}}), [&]() -> Result<void> {
                     ledger_.put_proposal(*proposal);
                     return {};
                 });
}

Result<void> Desk::withdraw(std::int64_t id) {
    auto proposal = open_proposal(id);
    if (!proposal) return tl::unexpected(proposal.error());
    if (proposal->proposed_by != person_.login) {
        return fail(ErrorCode::denied, "only who proposed it can withdraw it");
    }
    proposal->state = "withdrawn";
    proposal->decided_by = person_.login;
    proposal->decided_at = now_;
    return noted(proposal->kind + ".withdraw", proposal->subject, dump({{"proposal", id}}),
                 [&]() -> Result<void> {
                     ledger_.put_proposal(*proposal);
                     return {};
                 });
}

// At once
// --------------------------------------------------------------------------------------------

Result<void> Desk::pause_source(const SourceId& id, std::string_view reason) {
    if (auto may_pause = allowed(Act::take_down); !may_pause) return may_pause;
    if (auto words = needs_words("reason", reason); !words) return words;
    auto source = known_source(id);
    if (!source) return tl::unexpected(source.error());
    if (source->state != sources::State::approved) {
        return fail(ErrorCode::conflict, "source \"" + id.value + "\" is not in use");
    }
    source->state = sources::State::paused;
    return noted("source.pause", source_subject(id), dump({{"reason", reason}}),
                 [&]() -> Result<void> {
                     store_.put_source(*source);
                     return {};
                 });
}

Result<void> Desk::remove_source(const SourceId& id, std::string_view reason) {
    if (auto may_remove = allowed(Act::take_down); !may_remove) return may_remove;
    if (auto words = needs_words("reason", reason); !words) return words;
    auto source = known_source(id);
    if (!source) return tl::unexpected(source.error());
    source->state = sources::State::removed;
    return noted("source.remove", source_subject(id), dump({{"reason", reason}}),
                 [&]() -> Result<void> {
                     store_.put_source(*source);
                     store_.erase_source_content(id);
                     ledger_.erase_orphaned_answers();
                     return {};
                 });
}

Result<void> Desk::take_down(const DocumentId& id, std::string_view reason) {
    if (auto may_take = allowed(Act::take_down); !may_take) return may_take;
    if (auto words = needs_words("reason", reason); !words) return words;
    const auto document = ledger_.document(id);
    if (!document) return fail(ErrorCode::not_found, "there is no document of that id");
    return noted("document.take_down", "document:" + id.value,
                 dump({{"url", document->url}, {"reason", reason}}), [&]() -> Result<void> {
                     ledger_.take_down({id, document->source, document->url, document->title,
                                        std::string(reason), person_.login, now_});
                     return {};
                 });
}

Result<void> Desk::stop(std::string_view reason) {
    if (auto may_stop = allowed(Act::stop); !may_stop) return may_stop;
    if (auto words = needs_words("reason", reason); !words) return words;
    return noted("bot.pause", "bot", dump({{"reason", reason}}), [&]() -> Result<void> {
        store_.put_setting(pause_setting, reason);
        return {};
    });
}

Result<void> Desk::go_on() {
    if (auto may_stop = allowed(Act::stop); !may_stop) return may_stop;
    if (!store_.setting(pause_setting)) {
        return fail(ErrorCode::conflict, "the bot is not paused");
    }
    return noted("bot.resume", "bot", "", [&]() -> Result<void> {
        store_.erase_setting(pause_setting);
        return {};
    });
}

// Questions
// ------------------------------------------------------------------------------------------

Result<void> Desk::answer_handoff(std::string_view id, std::string_view answer) {
    if (auto may_answer = allowed(Act::answer); !may_answer) return may_answer;
    if (auto words = needs_words("answer", answer); !words) return words;
    auto row = ledger_.handoff(id);
    if (!row) return fail(ErrorCode::not_found, "there is no such question");
    if (row->state != "open") return fail(ErrorCode::conflict, "it is answered already");
    row->state = "answered";
    row->answer = std::string(answer);
    row->answered_by = person_.login;
    row->answered = now_;
    return noted("handoff.answer", "handoff:" + row->id, "", [&]() -> Result<void> {
        ledger_.put_handoff(*row);
        return {};
    });
}

Result<void> Desk::settle_unanswered(const std::vector<std::int64_t>& ids, std::string_view how) {
    if (auto may_answer = allowed(Act::answer); !may_answer) return may_answer;
    return noted("unanswered.settle", "questions", dump({{"count", ids.size()}, {"how", how}}),
                 [&]() -> Result<void> {
                     ledger_.erase_unanswered(ids);
                     return {};
                 });
}

Result<std::int64_t> Desk::add_test_question(store::TestQuestionRow row) {
    if (auto may_answer = allowed(Act::answer); !may_answer) {
        return tl::unexpected(may_answer.error());
    }
    if (row.question.empty() || row.question.size() > most_words) {
        return fail(ErrorCode::invalid_input, "question: write the question");
    }
    if (row.expect != "answered" && row.expect != "refused") {
        return fail(ErrorCode::invalid_input, "expect: answered or refused");
    }
    if (const auto audience = parse_audience(row.audience); !audience) {
        return tl::unexpected(audience.error());
    }
    return noted("test_question.add", "test_question", dump({{"expect", row.expect}}),
                 [&]() -> Result<std::int64_t> { return ledger_.add_test_question(row); });
}

Result<void> Desk::erase_test_question(std::int64_t id) {
    if (auto may_answer = allowed(Act::answer); !may_answer) return may_answer;
    return noted("test_question.erase", "test_question:" + std::to_string(id), "",
                 [&]() -> Result<void> {
                     ledger_.erase_test_question(id);
                     return {};
                 });
}

Result<std::int64_t> Desk::add_known_error(std::string_view text) {
    if (auto may_answer = allowed(Act::answer); !may_answer) {
        return tl::unexpected(may_answer.error());
    }
    if (auto words = needs_words("text", text); !words) return tl::unexpected(words.error());
    return noted("known_error.add", "known_error", std::string(text),
                 [&]() -> Result<std::int64_t> { return ledger_.add_known_error(text, now_); });
}

Result<void> Desk::erase_known_error(std::int64_t id) {
    if (auto may_answer = allowed(Act::answer); !may_answer) return may_answer;
    return noted("known_error.erase", "known_error:" + std::to_string(id), "",
                 [&]() -> Result<void> {
                     ledger_.erase_known_error(id);
                     return {};
                 });
}

// Staff
// ----------------------------------------------------------------------------------------------

Result<std::string> Desk::add_user(std::string_view login, std::string_view name, Roles roles) {
    if (auto may_manage = allowed(Act::staff); !may_manage) {
        return tl::unexpected(may_manage.error());
    }
    const bool good =
        !login.empty() && login.size() <= 64 && std::all_of(login.begin(), login.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                   c == '_';
        });
    if (!good) {
        return fail(ErrorCode::invalid_input,
                    "login: use 1-64 of the characters a-z, 0-9, . - and _");
    }
    if (roles.empty()) return fail(ErrorCode::invalid_input, "role: give at least one");
    std::string password = one_time_password();
    store::StaffRow row;
    row.login = std::string(login);
    row.name = name.empty() ? row.login : std::string(name);
    row.roles = names_of(roles);
    row.password = password_record(password);
    row.must_change = true;
    row.created = now_;
    return noted("staff.add", "staff:" + row.login, row.roles, [&]() -> Result<std::string> {
        ledger_.put_staff(row);
        ledger_.erase_sessions_of(row.login);
        ledger_.put_failures(sha256_hex(row.login), {});
        return std::move(password);
    });
}

Result<void> Desk::disable_user(std::string_view login) {
    if (auto may_manage = allowed(Act::staff); !may_manage) return may_manage;
    auto row = ledger_.staff(login);
    if (!row) return fail(ErrorCode::not_found, "there is no account of that name");
    row->disabled = true;
    return noted("staff.disable", "staff:" + row->login, "", [&]() -> Result<void> {
        ledger_.put_staff(*row);
        ledger_.erase_sessions_of(row->login);
        return {};
    });
}

// Values
// ---------------------------------------------------------------------------------------------

std::string source_json(const sources::Source& source) {
    std::vector<std::string> selectors;
    for (const std::string* one : sources::fields_of(source.selectors)) selectors.push_back(*one);
    return dump({{"id", source.id.value},
                 {"kind", to_string(source.kind)},
                 {"path", source.path.string()},
                 {"base_url", source.base_url},
                 {"audience", source.audience.value},
                 {"owner", source.owner.unit},
                 {"owner_mail", source.owner.mail},
                 {"owner_phone", source.owner.phone},
                 {"purpose", source.purpose},
                 {"rights", source.rights},
                 {"review_date", source.review_date ? to_string(*source.review_date) : ""},
                 {"refresh_hours", source.refresh.count()},
                 {"selectors", selectors}});
}

Result<sources::Source> source_from_json(std::string_view text) {
    const auto json = bot::parse_strict_json(text);
    if (!json) return tl::unexpected(json.error());
    try {
        sources::Source source;
        source.id = SourceId{json->at("id").get<std::string>()};
        const auto kind = parse_source_kind(json->at("kind").get<std::string>());
        if (!kind) return tl::unexpected(kind.error());
        source.kind = *kind;
        source.path = json->at("path").get<std::string>();
        source.base_url = json->at("base_url").get<std::string>();
        auto audience = parse_audience(json->at("audience").get<std::string>());
        if (!audience) return tl::unexpected(audience.error());
        source.audience = std::move(*audience);
        source.owner = {json->at("owner").get<std::string>(),
                        json->at("owner_mail").get<std::string>(),
                        json->at("owner_phone").get<std::string>()};
        source.purpose = json->at("purpose").get<std::string>();
        source.rights = json->at("rights").get<std::string>();
        source.review_date = parse_date(json->at("review_date").get<std::string>());
        source.refresh = std::chrono::hours{json->at("refresh_hours").get<std::int64_t>()};
        source.state = sources::State::proposed;
        if (const auto list = json->find("selectors"); list != json->end()) {  // Not in old ones.
            const auto fields = sources::fields_of(source.selectors);
            for (std::size_t i = 0; i < fields.size(); ++i)
                *fields.at(i) = list->at(i).get<std::string>();
        }
        return source;
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::invalid_input, "this is no source");
    }
}

std::string reading_wanted(const SourceId& id) { return "wanted/read/" + id.value; }
std::string preview_wanted(std::int64_t proposal) {
    return "wanted/preview/" + std::to_string(proposal);
}

}  // namespace raadbot::governance
