#include "adapters/admin/site.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>

#include "adapters/admin/actions.hpp"
#include "adapters/admin/cookies.hpp"
#include "adapters/admin/signin.hpp"
#include "adapters/http/security.hpp"
#include "adapters/web/assets.hpp"
#include "adapters/web/rate_limit.hpp"
#include "bot/governance/audit.hpp"
#include "bot/governance/digest.hpp"
#include "retrieval/danish/dates.hpp"

namespace raadbot::admin {
namespace {

using http::Form;
using http::Request;
using http::Response;

constexpr std::string_view language_cookie = "raadbot-lang";
constexpr unsigned sign_ins_per_minute = 60;  // Per address.
constexpr std::int64_t page_rows = 50;
constexpr std::int64_t most_rows = 400;
constexpr std::chrono::days figure_days{30};

std::int64_t number_of(std::string_view text, std::int64_t otherwise) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? value
                                                                                  : otherwise;
}

class AdminSite final : public Site {
public:
    AdminSite(Options options, Hooks hooks, const bot::Clock& clock, Texts danish, Texts english)
        : options_(std::move(options)),
          hooks_(std::move(hooks)),
          clock_(clock),
          danish_(std::move(danish)),
          english_(std::move(english)),
          sign_in_(options_, hooks_.get, hooks_.post),
          attempts_(sign_ins_per_minute) {}

    Response handle(const Request& request) override;

private:
    /// One request and all that is known of it.
    struct Call {
        const Request& request;
        Form query;
        Form form;
        const Texts& texts;
        store::Store& store;
        Timestamp now;
        std::optional<Visitor> visitor;
        std::vector<std::string> cookies = {};
        std::string fault = {};
    };

    Response route(Call& call);
    Response outside(Call& call);
    Response get(Call& call);
    Response post(Call& call);
    Response act(Call& call);
    Response prove(Call& call);
    Response export_audit(Call& call);
    Response static_file(const Call& call) const;

    [[nodiscard]] Frame frame(const Call& call) const;
    Response html(const Call& call, std::string body, unsigned status = 200) const;
    Response message(const Call& call, unsigned status, const char* title, const char* text) const;
    Response see_other(const Call& call, std::string where) const;
    [[nodiscard]] bool same_origin(const Request& request) const;
    const Texts& texts(const Request& request, const Form& query) const;

    std::string show_overview(Call& call);
    std::string show_sources(Call& call);
    std::string show_source(Call& call, const sources::Source& source);
    std::string show_documents(Call& call);
    std::string show_audit(Call& call);
    std::string show_versions(Call& call);

    Options options_;
    Hooks hooks_;
    const bot::Clock& clock_;
    Texts danish_;
    Texts english_;
    SignIn sign_in_;
    web::RateLimit attempts_;
};

const Texts& AdminSite::texts(const Request& request, const Form& query) const {
    std::string_view chosen = http::value_of(query, "lang");
    if (chosen.empty()) chosen = cookie(request.field("Cookie"), language_cookie);
    if (chosen.empty()) chosen = options_.language;
    return chosen == "en" ? english_ : danish_;
}

bool AdminSite::same_origin(const Request& request) const {
    const std::string_view site = request.field("Sec-Fetch-Site");
    if (!site.empty() && site != "same-origin") return false;
    const std::string_view origin = request.field("Origin");
    if (origin.empty()) return true;  // Not a browser; the form's token still has to be right.
    const std::string own =
        options_.url.empty() ? request.scheme + "://" + request.host : options_.url;
    return http::same_name(origin, own);
}

Frame AdminSite::frame(const Call& call) const {
    Frame out{call.texts, options_, call.request.path, {}, {}, {}, {}, call.fault, {}, 0, 0};
    const std::string_view done = http::value_of(call.query, "ok");
    if (call.texts.has("done." + std::string(done))) out.done = std::string(done);
    if (!call.visitor) return out;
    store::Ledger ledger(call.store);
    out.person = call.visitor->staff.name;
    out.roles = call.visitor->roles;
    out.csrf = call.visitor->session.csrf;
    out.paused = call.store.setting(governance::pause_setting).value_or("");
    out.open_proposals = ledger.proposals("open").size();
    out.open_handoffs = ledger.handoffs("open").size();
    return out;
}

Response AdminSite::html(const Call& call, std::string body, unsigned status) const {
    Response out;
    out.status = status;
    out.content_type = "text/html; charset=utf-8";
    out.body = std::move(body);
    // No script at all.
    out.set("Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'" +
                std::string(sign_in_.has_provider() ? " " + provider_origin(options_) : "") +
                "; base-uri 'none'; frame-ancestors 'none'");
    for (const std::string& one : call.cookies) out.set("Set-Cookie", one);
    return out;
}

Response AdminSite::message(const Call& call, unsigned status, const char* title,
                            const char* text) const {
    return html(call, message_page(frame(call), call.texts[title], call.texts[text]), status);
}

Response AdminSite::see_other(const Call& call, std::string where) const {
    Response out;
    out.status = 303;
    out.set("Location", std::move(where));
    for (const std::string& one : call.cookies) out.set("Set-Cookie", one);
    return out;
}

Response AdminSite::static_file(const Call& call) const {
    const std::string_view path = call.request.path;
    for (const char* name : {"site.css", "admin.css", "favicon.svg"}) {
        const web::Asset& file = web::asset(name);
        const std::string here = "/assets/" + std::string(file.version) + "/" + name;
        const bool icon = std::string_view(name) == "favicon.svg";
        if (icon ? path != "/favicon.svg" : path != here) continue;
        Response out;
        out.content_type = icon ? "image/svg+xml" : "text/css; charset=utf-8";
        out.body = std::string(file.content);
        return out.set("Cache-Control",
                       icon ? "public, max-age=3600" : "public, max-age=31536000, immutable");
    }
    return message(call, 404, "error.title", "error.not_found");
}

// Before anybody is signed in
// ------------------------------------------------------------------------

Response AdminSite::outside(Call& call) {
    const std::string_view path = call.request.path;
    if (path == "/log-ind/udbyder" && !call.request.is_post()) {
        auto go = sign_in_.to_provider(call.request, false, {}, call.now);
        if (!go) return message(call, 502, "sign_in.title", "sign_in.failed");
        call.cookies.push_back(go->second);
        return see_other(call, go->first);
    }
    if (path == "/log-ind/svar" && !call.request.is_post()) {
        auto attempt = sign_in_.from_provider(call.request, call.query, call.store, call.now);
        for (std::string& one : attempt.cookies) call.cookies.push_back(std::move(one));
        if (attempt.outcome == SignIn::Outcome::good)
            return html(call, onward_page(frame(call), attempt.next));
        const bool nobody = attempt.outcome == SignIn::Outcome::nobody;
        return message(call, nobody ? 403 : 400, "sign_in.title",
                       nobody ? "sign_in.nobody" : "sign_in.failed");
    }
    if (path == "/log-ind" && call.request.is_post()) {
        // A form from elsewhere must not sign anybody in as somebody else.
        if (!same_origin(call.request)) return message(call, 403, "error.title", "error.foreign");
        const auto now = std::chrono::steady_clock::now();
        if (attempts_.take(call.request.client, now).count() > 0) {
            call.fault = call.texts["sign_in.wait"];
            return html(call, sign_in_page(frame(call), sign_in_.has_provider()), 429);
        }
        auto attempt = sign_in_.local(call.request, http::value_of(call.form, "login"),
                                      http::value_of(call.form, "password"), call.store, call.now);
        if (attempt.outcome == SignIn::Outcome::good) {
            call.cookies = std::move(attempt.cookies);
            return see_other(call, attempt.must_change ? "/adgangskode" : "/");
        }
        const bool wait = attempt.outcome == SignIn::Outcome::wait;
        call.fault = call.texts[wait ? "sign_in.wait" : "sign_in.wrong"];
        return html(call, sign_in_page(frame(call), sign_in_.has_provider()), wait ? 429 : 401);
    }
    if (call.request.is_post()) return message(call, 401, "sign_in.title", "error.signed_out");
    if (path == "/log-ind") {
        return html(call, sign_in_page(frame(call), sign_in_.has_provider()));
    }
    return see_other(call, "/log-ind");
}

// Pages
// ----------------------------------------------------------------------------------------------

std::string AdminSite::show_overview(Call& call) {
    store::Ledger ledger(call.store);
    Overview overview;
    const Date today = danish::copenhagen_date(call.now);
    overview.reminders = governance::reminders(call.store.all_sources(), today);
    overview.counts = call.store.counts();
    const Date from = danish::copenhagen_date(call.now - figure_days);
    for (const store::DayUsage& row : ledger.usage_by_day(from)) {
        overview.questions += row.count;
        if (row.kind == "answered") overview.answered += row.count;
    }
    for (const store::UnansweredRow& row : ledger.unanswered(most_rows)) {
        overview.unanswered += static_cast<std::size_t>(row.count);
    }
    overview.last_ingest = call.store.setting("last_ingest").value_or("");
    overview.index_version = std::to_string(call.store.generation());
    return overview_page(frame(call), overview);
}

std::string AdminSite::show_sources(Call& call) {
    const Date today = danish::copenhagen_date(call.now);
    const auto counts = call.store.source_counts();
    std::vector<SourceLine> lines;
    for (sources::Source& source : call.store.all_sources()) {
        SourceLine line{source, sources::effective_state(source, today), 0, {}};
        for (const auto& count : counts) {
            if (count.source == source.id) line.documents = count.documents;
        }
        lines.push_back(std::move(line));
    }
    return sources_page(frame(call), lines);
}

std::string AdminSite::show_source(Call& call, const sources::Source& source) {
    SourceDetail detail;
    detail.line.source = source;
    detail.line.state = sources::effective_state(source, danish::copenhagen_date(call.now));
    for (const auto& count : call.store.source_counts()) {
        if (count.source == source.id) detail.line.documents = count.documents;
    }
    for (store::FileRecord& file : call.store.files(source.id)) {
        if (!file.readable && detail.unreadable.size() < 100) detail.unreadable.push_back(file);
    }
    for (store::ProposalRow& row : store::Ledger(call.store).proposals("open")) {
        if (row.subject == "source:" + source.id.value) detail.open.push_back(row);
    }
    return source_page(frame(call), detail);
}

std::string AdminSite::show_documents(Call& call) {
    store::Ledger ledger(call.store);
    Documents out;
    out.source = std::string(http::value_of(call.query, "kilde"));
    out.part = std::string(http::value_of(call.query, "q"));
    out.page = std::min<std::int64_t>(number_of(http::value_of(call.query, "side"), 0), 100'000);
    out.rows =
        ledger.documents(SourceId{out.source}, out.part, out.page * page_rows, page_rows + 1);
    out.more = out.rows.size() > static_cast<std::size_t>(page_rows);
    if (out.more) out.rows.pop_back();
    out.taken_down = ledger.takedowns();
    for (const sources::Source& source : call.store.all_sources()) {
        out.sources.push_back(source.id.value);
    }
    return documents_page(frame(call), out);
}

std::string AdminSite::show_audit(Call& call) {
    store::Ledger ledger(call.store);
    governance::AuditCheck check;
    std::string fault;
    constexpr std::int64_t step = 500;
    for (std::int64_t first = 1; fault.empty(); first += step) {
        const auto rows = ledger.audit(first, step);
        for (const store::AuditRow& row : rows) {
            if (const auto& found = check.next(row); found && fault.empty()) {
                fault = std::to_string(found->number) + ": " + found->what;
            }
        }
        if (rows.size() < static_cast<std::size_t>(step)) break;
    }
    const std::int64_t before = number_of(http::value_of(call.query, "foer"), INT64_MAX);
    return audit_page(frame(call), ledger.audit_backwards(before, page_rows), ledger.all_staff(),
                      fault, check.head(), before);
}

std::string AdminSite::show_versions(Call& call) {
    store::Ledger ledger(call.store);
    return versions_page(frame(call), hooks_.versions ? hooks_.versions() : std::vector<Version>{},
                         ledger.test_questions(), ledger.known_errors());
}

Response AdminSite::export_audit(Call& call) {
    store::Ledger ledger(call.store);
    Response out;
    out.content_type = "application/jsonl";
    constexpr std::int64_t step = 500;
    for (std::int64_t first = 1;; first += step) {
        const auto rows = ledger.audit(first, step);
        for (const store::AuditRow& row : rows) out.body += governance::audit_json(row) + "\n";
        if (rows.size() < static_cast<std::size_t>(step)) break;
    }
    out.set("Content-Disposition", "attachment; filename=\"raadbot-audit.jsonl\"");
    for (const std::string& one : call.cookies) out.set("Set-Cookie", one);
    return out;
}

Response AdminSite::get(Call& call) {
    store::Ledger ledger(call.store);
    const std::string_view path = call.request.path;
    const auto below = [&](std::string_view prefix) -> std::string_view {
        return path.starts_with(prefix) ? path.substr(prefix.size()) : std::string_view{};
    };
    if (path == "/") return html(call, show_overview(call));
    if (path == "/adgangskode") {
        return html(call, password_page(frame(call), call.visitor->staff.must_change));
    }
    if (path == "/bekraeft") {
        const std::string_view next = http::value_of(call.query, "til");
        return html(call, prove_page(frame(call), call.visitor->staff.password.empty(), next));
    }
    if (path == "/kilder") return html(call, show_sources(call));
    if (path == "/kilder/ny") return html(call, new_source_page(frame(call), call.query));
    if (const auto id = below("/kilder/"); !id.empty()) {
        if (const auto source = call.store.source(SourceId{std::string(id)})) {
            return html(call, show_source(call, *source));
        }
    }
    if (path == "/forslag") {
        auto decided = ledger.proposals("");
        std::erase_if(decided, [](const auto& row) { return row.state == "open"; });
        if (decided.size() > 100) decided.resize(100);
        return html(call, proposals_page(frame(call), ledger.proposals("open"), decided));
    }
    if (const auto id = below("/forslag/"); !id.empty()) {
        if (const auto row = ledger.proposal(number_of(id, 0))) {
            return html(call, proposal_page(frame(call), *row,
                                            row->proposed_by == call.visitor->staff.login));
        }
    }
    if (path == "/dokumenter") return html(call, show_documents(call));
    if (path == "/svar") {
        return html(call, answers_page(frame(call), call.store.section_passages(Section::curated)));
    }
    if (path == "/svar/nyt") return html(call, new_answer_page(frame(call), call.query));
    if (path == "/ubesvarede") {
        const auto rows = ledger.unanswered(most_rows);
        return html(call, unanswered_page(frame(call),
                                          governance::group_by_meaning(rows, *hooks_.lexicon)));
    }
    if (path == "/henvendelser") return html(call, handoffs_page(frame(call), ledger.handoffs("")));
    if (path == "/feedback") {
        return html(call, feedback_page(frame(call), ledger.feedback(most_rows)));
    }
    if (path == "/versioner") return html(call, show_versions(call));
    if (path == "/tal") {
        const Date today = danish::copenhagen_date(call.now);
        const Date from = danish::copenhagen_date(call.now - figure_days);
        return html(call, figures_page(frame(call), ledger.usage_by_day(from), from, today));
    }
    if (path == "/stop") return html(call, stop_page(frame(call)));
    if (path == "/log") return html(call, show_audit(call));
    if (path == "/log/eksport") return export_audit(call);
    if (path == "/log-ind") return see_other(call, "/");
    return message(call, 404, "error.title", "error.not_found");
}

// Forms
// ----------------------------------------------------------------------------------------------

Response AdminSite::prove(Call& call) {
    std::string next(http::value_of(call.form, "next"));
    if (!is_own_path(next)) next = "/";
    if (call.visitor->staff.password.empty()) {
        auto go = sign_in_.to_provider(call.request, true, next, call.now);
        if (!go) return message(call, 502, "sign_in.title", "sign_in.failed");
        call.cookies.push_back(go->second);
        return see_other(call, go->first);
    }
    const auto outcome =
        sign_in_.prove(*call.visitor, http::value_of(call.form, "password"), call.store, call.now);
    if (outcome == SignIn::Outcome::good) return see_other(call, next + "?ok=proved");
    call.fault = call.texts[outcome == SignIn::Outcome::wait ? "sign_in.wait" : "sign_in.wrong"];
    return html(call, prove_page(frame(call), false, next), 401);
}

Response AdminSite::act(Call& call) {
    const std::string_view path = call.request.path;
    const governance::Person person{call.visitor->staff.login, call.visitor->roles};
    Deed deed;
    if (path.starts_with("/versioner/")) {
        const std::string id(path.substr(11));
        Result<void> result = fail(ErrorCode::not_found, "no versions here");
        if (id == "ny" && hooks_.build_version) result = hooks_.build_version(person);
        if (id != "ny" && hooks_.switch_version) result = hooks_.switch_version(person, id);
        deed = {id == "ny" ? "building" : "switched", "/versioner", std::move(result)};
    } else {
        governance::Desk desk(call.store, options_.desk, person, call.now);
        auto done = do_deed(path, call.form, desk);
        if (!done) return message(call, 404, "error.title", "error.not_found");
        deed = std::move(*done);
    }
    if (deed.result) return see_other(call, deed.back + "?ok=" + deed.done);
    call.fault = fault_words(call.texts, deed.result.error());
    const unsigned status = deed.result.error().code == ErrorCode::denied      ? 403
                            : deed.result.error().code == ErrorCode::not_found ? 404
                            : deed.result.error().code == ErrorCode::conflict  ? 409
                                                                               : 400;
    // The form again, with what was written.
    if (path == "/kilder/ny") return html(call, new_source_page(frame(call), call.form), status);
    if (path == "/svar/nyt") return html(call, new_answer_page(frame(call), call.form), status);
    return html(call,
                message_page(frame(call), call.texts["error.title"], call.texts["error.not_done"]),
                status);
}

Response AdminSite::post(Call& call) {
    const std::string_view path = call.request.path;
    if (!same_origin(call.request) ||
        !governance::same_secret(http::value_of(call.form, "csrf"), call.visitor->session.csrf)) {
        if (options_.log) options_.log("a form without the session's token was refused");
        return message(call, 403, "error.title", "error.foreign");
    }
    if (path == "/log-ud") {
        sign_in_.sign_out(*call.visitor, call.store, call.now);
        call.visitor.reset();
        call.cookies = {sign_in_.no_cookie(call.request)};
        return see_other(call, "/log-ind?ok=signed_out");
    }
    if (path == "/adgangskode") {
        const std::string wrong =
            sign_in_.change_password(*call.visitor, http::value_of(call.form, "old"),
                                     http::value_of(call.form, "new"), call.store, call.now);
        if (wrong.empty()) return see_other(call, "/?ok=password");
        call.fault = call.texts["password." + wrong];
        return html(call, password_page(frame(call), call.visitor->staff.must_change), 400);
    }
    if (path == "/bekraeft") return prove(call);
    if (path.ends_with("/godkend") && !call.visitor->fresh) {
        const std::string back(path.substr(0, path.size() - 8));
        return see_other(call, "/bekraeft?til=" + http::percent_encoded(back));
    }
    return act(call);
}

Response AdminSite::route(Call& call) {
    const std::string_view path = call.request.path;
    if (path == "/healthz") {
        Response out;
        out.body = "ok\n";
        return out;
    }
    if (path.starts_with("/assets/") || path == "/favicon.svg") return static_file(call);
    if (const auto chosen = http::value_of(call.query, "lang"); chosen == "da" || chosen == "en") {
        call.cookies.push_back(
            set_cookie(language_cookie, chosen, false, SameSite::lax, 365 * 24 * 3600));
    }
    const bool signing_in = path == "/log-ind/udbyder" || path == "/log-ind/svar" ||
                            (path == "/log-ind" && call.request.is_post());
    if (signing_in) return outside(call);
    auto [visitor, why] = sign_in_.visitor(call.request, call.store, call.now);
    if (why == SignIn::Why::stolen) {
        if (options_.log) options_.log("a session was used by two and has been ended");
        call.cookies.push_back(sign_in_.no_cookie(call.request));
        return message(call, 403, "error.stolen_title", "error.stolen");
    }
    if (!visitor) return outside(call);
    call.visitor = std::move(visitor);
    if (!call.visitor->new_cookie.empty()) call.cookies.push_back(call.visitor->new_cookie);
    if (call.visitor->staff.must_change && path != "/adgangskode" && path != "/log-ud") {
        if (call.request.is_post()) return message(call, 403, "error.title", "password.must");
        return html(call, password_page(frame(call), true));
    }
    if (call.visitor->roles.empty()) return message(call, 403, "sign_in.title", "sign_in.nobody");
    return call.request.is_post() ? post(call) : get(call);
}

Response AdminSite::handle(const Request& request) {
    try {
        const auto query = http::parse_form(request.query);
        std::optional<Form> form = Form{};
        if (request.is_post()) form = http::parse_form(request.body);
        const bool known = request.is_post() || request.method == "GET" || request.method == "HEAD";
        const auto store = store::Store::open(options_.desk.data_dir);
        Call call{request,
                  query.value_or(Form{}),
                  form.value_or(Form{}),
                  texts(request, query.value_or(Form{})),
                  *store,
                  clock_.now(),
                  std::nullopt};
        if (!query || !form || !known) return message(call, 400, "error.title", "error.unreadable");
        return route(call);
    } catch (const std::exception& error) {
        if (options_.log) options_.log(std::string("admin: ") + error.what());
        Response out;
        out.status = 500;
        out.body = danish_["error.internal"];
        return out;
    }
}

}  // namespace

Result<std::unique_ptr<Site>> Site::open(Options options, Hooks hooks, const bot::Clock& clock) {
    if (const auto good = check(options); !good) return tl::unexpected(good.error());
    auto danish = Texts::parse(web::asset("admin.da.toml").content, "da", options.municipality);
    if (!danish) return tl::unexpected(danish.error());
    auto english = Texts::parse(web::asset("admin.en.toml").content, "en", options.municipality);
    if (!english) return tl::unexpected(english.error());
    if (const std::string key = Texts::difference(*danish, *english); !key.empty()) {
        return fail(ErrorCode::invalid_config, "texts: " + key + " stands in one language only");
    }
    return std::make_unique<AdminSite>(std::move(options), std::move(hooks), clock,
                                       std::move(*danish), std::move(*english));
}

}  // namespace raadbot::admin
