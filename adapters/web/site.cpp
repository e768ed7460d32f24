#include "adapters/web/site.hpp"

#include <algorithm>
#include <chrono>

#include "adapters/http/forwarded.hpp"
#include "adapters/http/security.hpp"
#include "adapters/http/url.hpp"
#include "adapters/web/api_json.hpp"
#include "adapters/web/assets.hpp"
#include "adapters/web/pages.hpp"
#include "adapters/web/rate_limit.hpp"

namespace raadbot::web {
namespace {

using http::Form;
using http::Request;
using http::Response;

constexpr std::size_t kept_previous = 5;  // Earlier questions that the page sends along.
constexpr std::size_t most_comment = 1'000;
constexpr std::size_t most_examples = 6;  // A phone's screen.
constexpr std::size_t most_answer_id = 200;

Response html_response(std::string body, unsigned status = 200) {
    Response out;
    out.status = status;
    out.content_type = "text/html; charset=utf-8";
    out.body = std::move(body);
    out.set("Content-Security-Policy", http::page_policy());
    return out;
}

Response json_response(std::string body, unsigned status = 200) {
    Response out;
    out.status = status;
    out.content_type = "application/json";
    out.body = std::move(body);
    return out;
}

bool is_media_type(std::string_view field, std::string_view type) {
    return http::same_name(trimmed(field.substr(0, field.find(';'))), type);
}

std::string asker(const Request& request) {
    const auto address = http::parse_address(request.client);
    return address ? http::to_string(http::asker_key(*address)) : request.client;
}

// The machine's own programs; also everybody, when a proxy on it was not named as trusted, and then
// one bucket for all would shut the town out.
bool is_this_machine(const Request& request) {
    static const auto loopback = http::parse_network("127.0.0.0/8");
    const auto address = http::parse_address(request.client);
    return address && (loopback->holds(*address) || request.client == "::1");
}

/// What a page was asked, whether by query or by form.
struct Asked {
    std::string question;
    std::vector<std::string> previous;
    bool ask = false;  ///< A question was sent, perhaps an empty one.
    std::string fault;
};

class PublicSite final : public Site {
public:
    PublicSite(WebOptions options, bot::Conversation& conversation, const bot::Clock& clock,
               std::function<SiteFacts()> facts, Texts danish, Texts english)
        : options_(std::move(options)),
          conversation_(conversation),
          clock_(clock),
          facts_(std::move(facts)),
          danish_(std::move(danish)),
          english_(std::move(english)),
          questions_(options_.questions_per_minute),
          feedback_(options_.feedback_per_minute) {}

    Response handle(const Request& request) override;

private:
    struct Call {
        const Request& request;
        Form query;
        Form form;  // The body of a form.
        const Texts& texts;
        bool widget = false;
    };

    Response route(const Request& request);
    Response get(const Call& call);
    Response post(const Call& call);
    Response page(const Call& call);
    Response fragment(const Call& call);
    Response api_ask(const Call& call);
    Response api_feedback(const Call& call);
    Response form_feedback(const Call& call);
    Response permalink(const Call& call, std::string_view id);
    Response handoff(const Call& call, std::string_view id);
    Response static_file(const Call& call, std::string_view rest);
    Response robots(const Call& call);

    Frame frame(const Call& call, std::string path) const {
        return {call.texts, options_, std::move(path), call.widget, true};
    }
    Response page_response(const Call& call, std::string body, unsigned status = 200) const;
    Response message(const Call& call, unsigned status, std::string_view title,
                     std::string_view text) const;
    Response method_not_allowed(const Call& call, const char* allowed) const;
    Response slow_down(const Call& call, std::chrono::seconds wait, bool json) const;
    Response fault(const Call& call, const JsonFault& fault) const;
    bool same_origin(const Request& request) const;
    Asked asked(const Form& form, const Texts& texts) const;
    bot::Reply reply(const Asked& asked, std::optional<Timestamp> now);
    std::chrono::seconds wait_for(RateLimit& limit, const Request& request) {
        if (is_this_machine(request)) return std::chrono::seconds(0);
        return limit.take(asker(request), std::chrono::steady_clock::now());
    }
    const Texts& texts(std::string_view language) const {
        return language == "en" ? english_ : danish_;
    }

    WebOptions options_;
    bot::Conversation& conversation_;
    const bot::Clock& clock_;
    std::function<SiteFacts()> facts_;
    Texts danish_;
    Texts english_;
    RateLimit questions_;
    RateLimit feedback_;
};

// A browser says where a form or a request comes from; programs without a browser say nothing, and
// have no session that could be misused.
bool PublicSite::same_origin(const Request& request) const {
    const std::string_view site = request.field("Sec-Fetch-Site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    const std::string_view origin = request.field("Origin");
    if (origin.empty()) return true;
    if (!options_.public_url.empty() && http::same_name(origin, options_.public_url)) return true;
    return http::same_name(origin, request.scheme + "://" + request.host);
}

Response PublicSite::page_response(const Call& call, std::string body, unsigned status) const {
    Response out = html_response(std::move(body), status);
    out.set("Content-Language", call.texts.language());
    if (call.widget) {
        out.fields.front().value = http::page_policy(options_.frame_ancestors);
        out.set("Cross-Origin-Resource-Policy", "cross-origin");
    }
    return out;
}

Response PublicSite::message(const Call& call, unsigned status, std::string_view title,
                             std::string_view text) const {
    Frame around = frame(call, "/");
    around.may_be_found = false;
    return page_response(call, message_page(around, title, text), status);
}

Response PublicSite::method_not_allowed(const Call& call, const char* allowed) const {
    return message(call, 405, call.texts["error.bad_request_title"], call.texts["error.method"])
        .set("Allow", allowed);
}

Response PublicSite::slow_down(const Call& call, std::chrono::seconds wait, bool json) const {
    const std::string seconds = std::to_string(wait.count());
    const std::string text = call.texts.with("error.slow_down", {{"n", seconds}});
    Response out = json ? json_response(error_json("rate_limited", text), 429)
                        : message(call, 429, call.texts["error.slow_down_title"], text);
    return out.set("Retry-After", seconds);
}

Response PublicSite::fault(const Call& call, const JsonFault& fault) const {
    const std::string most = std::to_string(options_.question_chars);
    const std::string text = call.texts.with(fault.text, {{"felt", fault.field}, {"n", most}});
    return json_response(error_json(fault.code, text, fault.detail), 400);
}

Asked PublicSite::asked(const Form& form, const Texts& texts) const {
    Asked out;
    for (const auto& [name, value] : form) {
        if (name == "q") {
            out.ask = true;
            out.question = std::string(trimmed(value));
        } else if (name == "previous" && characters(value) <= options_.question_chars) {
            out.previous.push_back(value);
        }
    }
    if (out.previous.size() > kept_previous) {
        out.previous.erase(out.previous.begin(),
                           out.previous.end() - static_cast<std::ptrdiff_t>(kept_previous));
    }
    if (!out.ask) return out;
    if (out.question.empty()) {
        out.fault = texts["ask.empty"];
    } else if (characters(out.question) > options_.question_chars) {
        out.fault = texts.with("ask.too_long", {{"n", std::to_string(options_.question_chars)}});
    }
    return out;
}

bot::Reply PublicSite::reply(const Asked& asked, std::optional<Timestamp> now) {
    bot::Message message;
    message.channel = "web";
    message.text = asked.question;
    message.previous = asked.previous;
    message.audiences = {Audience{}};
    message.now = now.value_or(clock_.now());
    conversation_.refresh();
    return conversation_.reply(message);
}

Response PublicSite::page(const Call& call) {
    const Asked asked = this->asked(call.request.is_post() ? call.form : call.query, call.texts);
    AskPage page;
    page.question = asked.question;
    page.previous = asked.previous;
    page.fault = asked.fault;
    unsigned status = asked.fault.empty() ? 200 : 400;
    Frame around = frame(call, call.widget ? "/widget" : "/");
    if (asked.ask && asked.fault.empty()) {
        const auto wait = wait_for(questions_, call.request);
        if (wait.count() > 0) return slow_down(call, wait, false);
        page.reply = reply(asked, std::nullopt);
        page.previous.push_back(asked.question);
        around.may_be_found = false;
    } else {
        page.examples = conversation_.example_questions(call.texts.language());
        if (page.examples.size() > most_examples) page.examples.resize(most_examples);
    }
    return page_response(call, ask_page(around, page), status);
}

Response PublicSite::fragment(const Call& call) {
    const Asked asked = this->asked(call.form, call.texts);
    const auto text = [](unsigned status, const std::string& words) {
        Response out;
        out.status = status;
        out.body = words;
        return out;
    };
    if (!asked.fault.empty()) return text(400, asked.fault);
    if (!asked.ask) return text(400, call.texts["ask.empty"]);
    const auto wait = wait_for(questions_, call.request);
    if (wait.count() > 0) {
        const std::string seconds = std::to_string(wait.count());
        return text(429, call.texts.with("error.slow_down", {{"n", seconds}}))
            .set("Retry-After", seconds);
    }
    const bot::Reply reply = this->reply(asked, std::nullopt);
    const bool widget = http::value_of(call.form, "widget") == "1";
    std::vector<std::string> previous = asked.previous;
    previous.push_back(asked.question);
    return html_response(
        render(reply, {asked.question, previous, widget ? "/widget" : "/", false}, call.texts)
            .str());
}

Response PublicSite::api_ask(const Call& call) {
    if (!is_media_type(call.request.field("Content-Type"), "application/json")) {
        return json_response(error_json("content_type", call.texts["error.content_type"]), 415);
    }
    const auto json = read_ask(call.request.body, options_.question_chars);
    if (!json) return fault(call, json.error());
    const Call worded{
        call.request, {}, {}, json->language.empty() ? call.texts : texts(json->language)};
    const auto begun = std::chrono::steady_clock::now();
    const auto wait = wait_for(questions_, call.request);
    if (wait.count() > 0) return slow_down(worded, wait, true);
    Asked asked;
    asked.question = json->question;
    asked.previous = json->previous;
    const bot::Reply reply = this->reply(asked, options_.obey_now ? json->now : std::nullopt);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    return json_response(bot::reply_json(reply, json->id, took.count()));
}

Response PublicSite::api_feedback(const Call& call) {
    if (!is_media_type(call.request.field("Content-Type"), "application/json")) {
        return json_response(error_json("content_type", call.texts["error.content_type"]), 415);
    }
    const auto json = read_feedback(call.request.body);
    if (!json) return fault(call, json.error());
    const auto wait = wait_for(feedback_, call.request);
    if (wait.count() > 0) return slow_down(call, wait, true);
    if (!conversation_.feedback(json->answer_id, json->helpful, json->comment, clock_.now(), {})) {
        return json_response(error_json("unknown_answer", call.texts["feedback.unknown"]), 404);
    }
    return json_response("{\"ok\":true}");
}

Response PublicSite::form_feedback(const Call& call) {
    const std::string_view id = http::value_of(call.form, "answer_id");
    const std::string_view helpful = http::value_of(call.form, "helpful");
    const std::string_view comment = http::value_of(call.form, "comment");
    if (id.empty() || id.size() > most_answer_id || (helpful != "0" && helpful != "1") ||
        characters(comment) > most_comment) {
        return message(call, 400, call.texts["error.bad_request_title"],
                       call.texts["error.bad_request"]);
    }
    const auto wait = wait_for(feedback_, call.request);
    if (wait.count() > 0) return slow_down(call, wait, false);
    const bool known = conversation_.feedback(id, helpful == "1", comment, clock_.now(), {});
    return message(call, known ? 200 : 404, call.texts["feedback.question"],
                   call.texts[!known            ? "feedback.unknown"
                              : comment.empty() ? "feedback.thanks"
                                                : "feedback.thanks_comment"]);
}

Response PublicSite::permalink(const Call& call, std::string_view id) {
    if (!id.empty() && id.size() <= most_answer_id) {
        conversation_.refresh();
        const auto kept = conversation_.kept(id, {Audience{}}, clock_.now());
        if (kept) {
            Frame around = frame(call, "/svar/" + http::percent_encoded(id));
            around.may_be_found = false;
            return page_response(call, permalink_page(around, *kept));
        }
    }
    return message(call, 404, call.texts["permalink.gone_title"], call.texts["permalink.gone"]);
}

Response PublicSite::handoff(const Call& call, std::string_view id) {
    const bool could_be = id.size() == 32 && options_.handoff;
    const auto found = could_be ? options_.handoff(id) : std::nullopt;
    if (!found) {
        return message(call, 404, call.texts["handoff.gone_title"], call.texts["handoff.gone"]);
    }
    Frame around = frame(call, "/henvendelse/" + http::percent_encoded(id));
    around.may_be_found = false;
    return page_response(call, handoff_page(around, *found));
}

Response PublicSite::static_file(const Call& call, std::string_view rest) {
    for (const char* name : {"site.css", "site.js"}) {
        const Asset& file = asset(name);
        if (rest != std::string(file.version) + "/" + name) continue;
        Response out;
        out.content_type =
            rest.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
        out.body = std::string(file.content);
        return out.set("Cache-Control", "public, max-age=31536000, immutable");
    }
    return message(call, 404, call.texts["error.not_found_title"], call.texts["error.not_found"]);
}

Response PublicSite::robots(const Call&) {
    Response out;
    out.body =
        "User-agent: *\nDisallow: /api/\nDisallow: /fragment/\nDisallow: /svar/\nDisallow: "
        "/widget\n";
    return out.set("Cache-Control", "public, max-age=3600");
}

Response PublicSite::get(const Call& call) {
    const std::string_view path = call.request.path;
    if (path == "/" || path == "/widget") return page(call);
    if (path == "/healthz") {
        Response out;
        out.body = "ok\n";
        return out;
    }
    if (path.starts_with("/svar/")) return permalink(call, path.substr(6));
    if (path.starts_with("/henvendelse/")) return handoff(call, path.substr(13));
    if (path.starts_with("/assets/")) return static_file(call, path.substr(8));
    if (path == "/om") return page_response(call, about_page(frame(call, "/om"), facts_()));
    if (path == "/tilgaengelighed") {
        return page_response(call, accessibility_page(frame(call, "/tilgaengelighed")));
    }
    if (path == "/privatliv") return page_response(call, privacy_page(frame(call, "/privatliv")));
    if (path == "/robots.txt") return robots(call);
    if (path == "/favicon.svg" || path == "/favicon.ico" || path == "/widget.js") {
        const bool script = path == "/widget.js";
        Response out;
        out.content_type = script ? "text/javascript; charset=utf-8" : "image/svg+xml";
        out.body = std::string(asset(script ? "widget.js" : "favicon.svg").content);
        if (script) out.set("Cross-Origin-Resource-Policy", "cross-origin");
        return out.set("Cache-Control", "public, max-age=3600");
    }
    if (path == "/api/ask" || path == "/api/feedback" || path == "/feedback" ||
        path == "/fragment/answer") {
        return method_not_allowed(call, "POST");
    }
    return message(call, 404, call.texts["error.not_found_title"], call.texts["error.not_found"]);
}

Response PublicSite::post(const Call& call) {
    const std::string_view path = call.request.path;
    const bool api = path.starts_with("/api/");
    if (!same_origin(call.request)) {
        return api ? json_response(error_json("foreign_origin", call.texts["error.foreign"]), 403)
                   : message(call, 403, call.texts["error.foreign_title"],
                             call.texts["error.foreign"]);
    }
    if (path == "/api/ask") return api_ask(call);
    if (path == "/api/feedback") return api_feedback(call);
    if (path == "/" || path == "/widget") return page(call);
    if (path == "/fragment/answer") return fragment(call);
    if (path == "/feedback") return form_feedback(call);
    Response found = get(call);
    return found.status == 404 ? found : method_not_allowed(call, "GET, HEAD");
}

Response PublicSite::route(const Request& request) {
    const bool posted = request.is_post();
    const bool widget = request.path == "/widget";
    const auto query = http::parse_form(request.query);
    std::optional<Form> form = Form{};
    if (posted &&
        is_media_type(request.field("Content-Type"), "application/x-www-form-urlencoded")) {
        form = http::parse_form(request.body);
    }
    const std::string_view language = form && !http::value_of(*form, "lang").empty()
                                          ? http::value_of(*form, "lang")
                                      : query ? http::value_of(*query, "lang")
                                              : std::string_view{};
    const Call call{request, query.value_or(Form{}), form.value_or(Form{}), texts(language),
                    widget};
    if (!query || !form) {
        return message(call, 400, call.texts["error.bad_request_title"],
                       call.texts["error.bad_request"]);
    }
    if (request.method == "GET" || request.method == "HEAD") return get(call);
    if (posted) return post(call);
    return method_not_allowed(call, "GET, HEAD, POST");
}

Response PublicSite::handle(const Request& request) {
    try {
        return route(request);
    } catch (const std::exception& error) {
        if (options_.failed) options_.failed(error.what());
        const Call call{request, {}, {}, danish_};
        if (request.path.starts_with("/api/")) {
            return json_response(error_json("internal", danish_["error.internal"]), 500);
        }
        return message(call, 500, danish_["error.internal_title"], danish_["error.internal"]);
    }
}

Result<void> check(const WebOptions& options) {
    const auto bad = [](std::string what) {
        return fail(ErrorCode::invalid_config, "web: " + std::move(what));
    };
    if (options.municipality.empty()) return bad("municipality is empty");
    if (options.questions_per_minute < 1 || options.questions_per_minute > 6'000) {
        return bad("questions_per_minute must be from 1 to 6000");
    }
    if (options.feedback_per_minute < 1 || options.feedback_per_minute > 6'000) {
        return bad("feedback_per_minute must be from 1 to 6000");
    }
    if (options.question_chars < 100 || options.question_chars > 8'000) {
        return bad("question_chars must be from 100 to 8000");
    }
    for (const std::string& origin : options.frame_ancestors) {
        if (!http::is_frame_ancestor(origin)) {
            return bad("frame_ancestors: \"" + origin +
                       "\" is not an origin such as https://www.example.dk");
        }
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Site>> Site::open(WebOptions options, bot::Conversation& conversation,
                                         const bot::Clock& clock,
                                         std::function<SiteFacts()> facts) {
    if (const auto good = check(options); !good) return tl::unexpected(good.error());
    auto danish = Texts::parse(asset("web.da.toml").content, "da", options.municipality);
    if (!danish) return tl::unexpected(danish.error());
    auto english = Texts::parse(asset("web.en.toml").content, "en", options.municipality);
    if (!english) return tl::unexpected(english.error());
    if (const std::string key = Texts::difference(*danish, *english); !key.empty()) {
        return fail(ErrorCode::invalid_config, "texts: " + key + " stands in one language only");
    }
    return std::make_unique<PublicSite>(std::move(options), conversation, clock, std::move(facts),
                                        std::move(*danish), std::move(*english));
}

}  // namespace raadbot::web
