#include "adapters/admin/actions.hpp"

#include <algorithm>
#include <charconv>

namespace raadbot::admin {
namespace {

using http::Form;
using http::value_of;

std::string text_of(const Form& form, std::string_view name) {
    std::string out(value_of(form, name));
    std::erase(out, '\r');
    const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
    while (!out.empty() && blank(out.back())) out.pop_back();
    out.erase(out.begin(), std::find_if_not(out.begin(), out.end(), blank));
    return out;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find('\n', at);
        if (end == std::string::npos) end = text.size();
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::int64_t number_of(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

std::vector<std::int64_t> numbers_of(std::string_view text) {
    std::vector<std::int64_t> out;
    while (!text.empty() && out.size() < 1'000) {
        const std::size_t end = text.find(' ');
        const std::int64_t value = number_of(text.substr(0, end));
        if (value > 0) out.push_back(value);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

template <class T>
Result<void> only_error(const Result<T>& result) {
    if (result) return {};
    return tl::unexpected(result.error());
}

Deed propose_source(const Form& form, governance::Desk& desk) {
    Deed deed{"proposed", "/forslag", {}};
    sources::Source source;
    source.id = SourceId{text_of(form, "id")};
    const auto kind = parse_source_kind(text_of(form, "kind"));
    const auto audience = parse_audience(text_of(form, "audience"));
    source.review_date = parse_date(text_of(form, "review_date"));
    if (!kind) {
        deed.result = fail(ErrorCode::invalid_input, "kind: " + kind.error().message);
    } else if (!audience) {
        deed.result = fail(ErrorCode::invalid_input, "audience: " + audience.error().message);
    } else if (!source.review_date) {
        deed.result = fail(ErrorCode::invalid_input, "review_date: give a date");
    }
    if (!deed.result) return deed;
    source.kind = *kind;
    source.audience = *audience;
    source.path = text_of(form, "path");
    source.base_url = text_of(form, "base_url");
    source.owner = {text_of(form, "owner"), text_of(form, "owner_mail"), ""};
    source.purpose = text_of(form, "purpose");
    source.rights = text_of(form, "rights");
    if (const std::string hours = text_of(form, "refresh_hours"); !hours.empty()) {
        const std::int64_t refresh = number_of(hours);
        if (refresh < 1 || refresh > std::int64_t{24} * 366) {
            deed.result = fail(ErrorCode::invalid_input, "refresh: from 1 to 8784 hours");
            return deed;
        }
        source.refresh = std::chrono::hours{refresh};
    }
    constexpr std::string_view selectors[] = {
        "selector_item",        "selector_number",       "selector_title",
        "selector_case_number", "selector_closed",       "selector_body",
        "selector_date",        "selector_participants", "selector_skip"};
    std::size_t at = 0;
    for (std::string* one : sources::fields_of(source.selectors))
        *one = text_of(form, selectors[at++]);
    const auto id = desk.propose_source(std::move(source));
    deed.result = only_error(id);
    if (id) deed.back = "/forslag/" + std::to_string(*id);
    return deed;
}

Deed propose_answer(const Form& form, governance::Desk& desk) {
    Deed deed{"proposed", "/forslag", {}};
    governance::CuratedAnswer answer;
    answer.question = text_of(form, "question");
    answer.paraphrases = lines_of(text_of(form, "paraphrases"));
    answer.text = text_of(form, "text");
    answer.proof_url = text_of(form, "proof_url");
    answer.owner = desk.person().login;
    const auto audience = parse_audience(text_of(form, "audience"));
    if (!audience) {
        deed.result = fail(ErrorCode::invalid_input, "audience: " + audience.error().message);
        return deed;
    }
    answer.audience = *audience;
    const std::string expires = text_of(form, "expires");
    if (!expires.empty()) {
        answer.expires = parse_date(expires);
        if (!answer.expires) {
            deed.result = fail(ErrorCode::invalid_input, "expires: give a date");
            return deed;
        }
    }
    const auto id = desk.propose_answer(std::move(answer));
    deed.result = only_error(id);
    if (!id) return deed;
    deed.back = "/forslag/" + std::to_string(*id);
    const auto rows = numbers_of(value_of(form, "rows"));
    if (!rows.empty()) deed.result = desk.settle_unanswered(rows, "curated answer");
    return deed;
}

std::optional<Deed> about_source(const SourceId& id, std::string_view what, const Form& form,
                                 governance::Desk& desk) {
    const std::string here = "/kilder/" + id.value;
    if (what == "pause") {
        return Deed{"paused_source", here, desk.pause_source(id, text_of(form, "reason"))};
    }
    if (what == "fjern") {
        return Deed{"removed_source", here, desk.remove_source(id, text_of(form, "reason"))};
    }
    if (what == "genoptag") {
        return Deed{"proposed", "/forslag", only_error(desk.propose_return(id))};
    }
    if (what == "dato") {
        const auto until = parse_date(text_of(form, "review_date"));
        if (!until) {
            return Deed{"", here, fail(ErrorCode::invalid_input, "review_date: give a date")};
        }
        return Deed{"proposed", "/forslag", only_error(desk.propose_review(id, *until))};
    }
    return std::nullopt;
}

std::optional<Deed> about_proposal(std::int64_t id, std::string_view what, const Form& form,
                                   governance::Desk& desk) {
    const std::string here = "/forslag/" + std::to_string(id);
    if (what == "godkend") return Deed{"approved", here, desk.approve(id)};
    if (what == "afvis") return Deed{"rejected", here, desk.reject(id, text_of(form, "reason"))};
    if (what == "fortryd") return Deed{"withdrawn", here, desk.withdraw(id)};
    return std::nullopt;
}

std::optional<Deed> about_document(const DocumentId& id, std::string_view what, const Form& form,
                                   governance::Desk& desk) {
    if (what == "fjern") {
        return Deed{"taken_down", "/dokumenter", desk.take_down(id, text_of(form, "reason"))};
    }
    if (what == "genopret") {
        return Deed{"proposed", "/forslag", only_error(desk.propose_document_return(id))};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Deed> do_deed(std::string_view path, const Form& form, governance::Desk& desk) {
    if (path == "/kilder/ny") return propose_source(form, desk);
    if (path == "/svar/nyt") return propose_answer(form, desk);
    if (path == "/stop") return Deed{"stopped", "/stop", desk.stop(text_of(form, "reason"))};
    if (path == "/start") return Deed{"started", "/stop", desk.go_on()};
    if (path == "/ubesvarede") {
        const auto rows = numbers_of(value_of(form, "rows"));
        return Deed{"settled", "/ubesvarede", desk.settle_unanswered(rows, "dismissed")};
    }
    if (path == "/proever") {
        store::TestQuestionRow row;
        row.question = text_of(form, "question");
        row.audience = text_of(form, "audience");
        row.expect = text_of(form, "expect");
        row.source_url = text_of(form, "source_url");
        row.fact = text_of(form, "fact");
        return Deed{"test_added", "/versioner", only_error(desk.add_test_question(row))};
    }
    if (path == "/proever/slet") {
        return Deed{"erased", "/versioner",
                    desk.erase_test_question(number_of(value_of(form, "id")))};
    }
    if (path == "/fejl") {
        return Deed{"error_added", "/versioner",
                    only_error(desk.add_known_error(text_of(form, "text")))};
    }
    if (path == "/fejl/slet") {
        return Deed{"erased", "/versioner",
                    desk.erase_known_error(number_of(value_of(form, "id")))};
    }
    if (path.starts_with("/henvendelser/")) {
        return Deed{"answered", "/henvendelser",
                    desk.answer_handoff(path.substr(14), text_of(form, "answer"))};
    }
    // "/<room>/<id>/<what>"
    const std::size_t second = path.find('/', 1);
    const std::size_t third =
        second == std::string_view::npos ? second : path.find('/', second + 1);
    if (third == std::string_view::npos) return std::nullopt;
    const std::string_view room = path.substr(1, second - 1);
    const std::string id(path.substr(second + 1, third - second - 1));
    const std::string_view what = path.substr(third + 1);
    if (room == "kilder") return about_source(SourceId{id}, what, form, desk);
    if (room == "forslag") return about_proposal(number_of(id), what, form, desk);
    if (room == "dokumenter") return about_document(DocumentId{id}, what, form, desk);
    return std::nullopt;
}

std::string fault_words(const web::Texts& texts, const Error& error) {
    const char* kind = "fault.invalid";
    switch (error.code) {
        case ErrorCode::denied: kind = "fault.denied"; break;
        case ErrorCode::not_found: kind = "fault.not_found"; break;
        case ErrorCode::conflict: kind = "fault.conflict"; break;
        case ErrorCode::too_large: kind = "fault.too_large"; break;
        case ErrorCode::unavailable: kind = "fault.unavailable"; break;
        default: break;
    }
    std::string out;
    const std::string field = error.message.substr(0, error.message.find(':'));
    for (const char* section : {"source.", "answer.", "common.", "tests."}) {
        if (out.empty() && texts.has(section + field)) out = texts[section + field] + ": ";
    }
    return out + texts[kind];
}

bool is_own_path(std::string_view path) {
    return path.starts_with('/') && !path.starts_with("//") && path.size() < 200 &&
           std::all_of(path.begin(), path.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '-' ||
                      c == '_';
           });
}

std::string provider_origin(const Options& options) {
    if (!options.oidc) return {};
    const std::string& issuer = options.oidc->issuer;
    const std::size_t host = issuer.find("://");
    return host == std::string::npos ? "" : issuer.substr(0, issuer.find('/', host + 3));
}

}  // namespace raadbot::admin
