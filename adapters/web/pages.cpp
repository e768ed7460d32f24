#include "adapters/web/pages.hpp"

#include <algorithm>

#include "adapters/web/assets.hpp"

namespace raadbot::web {
namespace {

Html& asset_url(Html& html, std::string_view name) {
    return html.raw("/assets/").text(asset(name).version).raw("/").text(name);
}

// The language is carried in the address: no cookie is needed for it.
Html& link(Html& html, const Frame& frame, Markup path) {
    html.raw(path);
    return frame.texts.is_danish() ? html : html.raw("?lang=en");
}

void head(Html& html, const Frame& frame, std::string_view title) {
    html.raw("<!doctype html>\n<html lang=\"")
        .text(frame.texts.language())
        .raw("\"><head><meta charset=\"utf-8\">");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.raw(
        "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"format-detection\" "
        "content=\"telephone=no\">");
    if (!frame.may_be_found) html.raw("<meta name=\"robots\" content=\"noindex\">");
    html.raw("<title>").text(title).raw("</title>");
    html.raw(
        "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" "
        "href=\"");
    asset_url(html, "site.css").raw("\"><script type=\"module\" src=\"");
    asset_url(html, "site.js").raw("\"></script></head>");
}

void banner(Html& html, const Frame& frame) {
    const Texts& t = frame.texts;
    html.raw("<a class=\"skip\" href=\"#indhold\">")
        .text(t["site.skip"])
        .raw("</a><header class=\"top\"><div class=\"wide\">");
    html.raw("<a class=\"brand\" href=\"");
    link(html, frame, "/")
        .raw(
            "\"><svg class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\" "
            "focusable=\"false\">");
    html.raw(
        "<path d=\"M4 5h24v17H15l-7 6v-6H4z\"/><path class=\"lines\" d=\"M9 11h14M9 "
        "16h9\"/></svg><span>");
    html.text(frame.options.municipality).raw("</span></a><nav aria-label=\"").text(t["site.nav"]);
    html.raw("\"><a href=\"");
    link(html, frame, "/om").raw("\"");
    if (frame.path == "/om") html.raw(" aria-current=\"page\"");
    html.raw(">").text(t["site.about"]).raw("</a><a class=\"language\" hreflang=\"");
    html.text(t.is_danish() ? "en" : "da").raw("\" lang=\"").text(t.is_danish() ? "en" : "da");
    html.raw("\" href=\"")
        .text(frame.path)
        .raw(t.is_danish() ? Markup("?lang=en") : Markup(""))
        .raw("\" aria-label=\"");
    html.text(t["site.other_language"]).raw(": ").text(t["site.other_language_label"]).raw("\">");
    html.text(t["site.other_language"]).raw("</a></nav></div></header>");
}

void footer(Html& html, const Frame& frame) {
    const Texts& t = frame.texts;
    html.raw("<footer class=\"bottom\"><div class=\"wide\"><section><h2>")
        .text(t["site.footer_contact"])
        .raw("</h2>");
    html.add(render(frame.options.contact, t))
        .raw("</section><nav aria-label=\"")
        .text(t["site.footer_links"]);
    html.raw("\"><h2>").text(t["site.footer_links"]).raw("</h2><ul><li><a href=\"");
    link(html, frame, "/om").raw("\">").text(t["site.about"]).raw("</a></li><li><a href=\"");
    link(html, frame, "/tilgaengelighed")
        .raw("\">")
        .text(t["site.accessibility"])
        .raw("</a></li><li><a href=\"");
    link(html, frame, "/privatliv")
        .raw("\">")
        .text(t["site.privacy"])
        .raw("</a></li></ul></nav></div></footer>");
}

std::string document(const Frame& frame, std::string_view title, const Html& main) {
    Html html;
    head(html, frame, title);
    html.raw(frame.widget ? Markup("<body class=\"widget\">") : Markup("<body>"));
    if (frame.widget) {
        html.raw("<header class=\"bar\"><h1>").text(frame.texts["site.title"]);
        html.raw("</h1><a class=\"tool\" target=\"_blank\" rel=\"noopener\" href=\"");
        link(html, frame, "/")
            .raw("\">")
            .text(frame.texts["widget.full"])
            .raw("<span class=\"visually-hidden\"> (");
        html.text(frame.texts["site.new_window"])
            .raw(")</span></a><button type=\"button\" class=\"tool close\" hidden>");
        html.text(frame.texts["widget.close"]).raw("</button></header>");
    } else {
        banner(html, frame);
    }
    html.raw("<main id=\"indhold\" tabindex=\"-1\">").add(main).raw("</main>");
    if (!frame.widget) footer(html, frame);
    return html.raw("</body></html>\n").str();
}

void notice(Html& html, const Texts& t) {
    html.raw("<aside class=\"notice\" aria-label=\"").text(t["notice.title"]).raw("\"><p><strong>");
    html.text(t["notice.title"]).raw(".</strong> <span class=\"detail\">").text(t["notice.text"]);
    html.raw("</span> ").text(t["notice.privacy"]);
    html.raw("</p></aside>");
}

void ask_form(Html& html, const Frame& frame, const AskPage& page) {
    const Texts& t = frame.texts;
    const bool follow_up = page.reply.has_value();
    html.raw("<form class=\"ask\" method=\"post\" data-role=\"ask\" data-main action=\"");
    html.raw(frame.widget ? Markup("/widget") : Markup("/"))
        .raw("\" data-failed=\"")
        .text(t["ask.failed"]);
    html.raw("\" data-empty=\"")
        .text(t["ask.empty"])
        .raw("\" data-working=\"")
        .text(t["ask.working"]);
    html.raw("\" data-ready=\"")
        .text(t["ask.ready"])
        .raw("\" data-again=\"")
        .text(t["ask.follow_up_label"]);
    html.raw("\"><label for=\"q\">")
        .text(t[follow_up ? "ask.follow_up_label" : "ask.label"])
        .raw("</label>");
    html.raw(
        "<div class=\"field\"><textarea id=\"q\" name=\"q\" rows=\"1\" autocomplete=\"off\" "
        "enterkeyhint=\"send\" maxlength=\"");
    html.number(frame.options.question_chars)
        .raw("\" required aria-describedby=\"q-hint q-fault\"");
    if (!page.fault.empty()) html.raw(" aria-invalid=\"true\"");
    html.raw(">");
    if (!follow_up) html.text(page.question);
    html.raw("</textarea><button class=\"send\">").text(t["ask.button"]).raw("</button></div>");
    html.raw("<p class=\"hint\" id=\"q-hint\">").text(t["ask.hint"]).raw("</p>");
    html.raw("<p class=\"fault\" id=\"q-fault\" role=\"alert\">").text(page.fault).raw("</p>");
    html.raw("<input type=\"hidden\" name=\"lang\" value=\"").text(t.language()).raw("\">");
    for (const std::string& question : page.previous) {
        html.raw("<input type=\"hidden\" name=\"previous\" value=\"").text(question).raw("\">");
    }
    html.raw("</form>");
}

void example_buttons(Html& html, const Frame& frame, const std::vector<std::string>& examples) {
    if (examples.empty()) return;
    html.raw(
        "<section class=\"examples choices\" aria-labelledby=\"examples\"><h2 id=\"examples\">");
    html.text(frame.texts["ask.examples"])
        .raw("</h2><form method=\"post\" data-role=\"ask\" action=\"");
    html.raw(frame.widget ? Markup("/widget") : Markup("/"))
        .raw("\"><input type=\"hidden\" name=\"lang\" value=\"");
    html.text(frame.texts.language()).raw("\">");
    for (const std::string& question : examples) {
        html.raw("<button class=\"choice\" name=\"q\" value=\"")
            .text(question)
            .raw("\">")
            .text(question);
        html.raw("</button>");
    }
    html.raw("</form></section>");
}

void earlier(Html& html, const Texts& t, const std::vector<std::string>& previous) {
    html.raw("<section class=\"earlier\" id=\"earlier\"")
        .raw(previous.empty() ? Markup(" hidden") : Markup(""));
    html.raw("><h2>").text(t["ask.earlier"]).raw("</h2><ol id=\"turns\">");
    for (auto question = previous.rbegin(); question != previous.rend(); ++question) {
        html.raw("<li>").text(*question).raw("</li>");
    }
    html.raw("</ol><p><a class=\"tool new\" href=\"")
        .raw(t.is_danish() ? Markup("?") : Markup("?lang=en"));
    html.raw("\">").text(t["ask.new"]).raw("</a></p></section>");
}

void paragraph(Html& html, std::string_view text) { html.raw("<p>").text(text).raw("</p>"); }

void section(Html& html, std::string_view title, std::string_view text) {
    html.raw("<h2>").text(title).raw("</h2>");
    paragraph(html, text);
}

Html prose(std::string_view title, std::string_view intro) {
    Html html;
    html.raw("<div class=\"prose\"><h1>")
        .text(title)
        .raw("</h1><p class=\"intro\">")
        .text(intro)
        .raw("</p>");
    return html;
}

void sources_table(Html& html, const Texts& t, const SiteFacts& facts) {
    html.raw("<h2 id=\"kilder\">").text(t["about.sources"]).raw("</h2>");
    std::uint64_t open = 0;
    std::uint64_t closed = 0;
    for (const SourceFact& source : facts.sources)
        (source.audience == "public" ? open : closed) += 1;
    if (open == 0) {
        paragraph(html, t["about.sources_none"]);
    } else {
        html.raw(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
            "aria-labelledby=\"kilder\"><table><thead><tr>");
        for (const char* key :
             {"about.source", "about.kind", "about.documents", "about.checked", "about.owner"}) {
            html.raw("<th scope=\"col\">").text(t[key]).raw("</th>");
        }
        html.raw("</tr></thead><tbody>");
        for (const SourceFact& source : facts.sources) {
            if (source.audience != "public") continue;
            html.raw("<tr><th scope=\"row\">")
                .text(source.name)
                .raw("</th><td>")
                .text(t.kind(source.kind));
            html.raw("</td><td class=\"figure\">")
                .text(t.number(source.documents))
                .raw("</td><td>");
            if (source.checked) html.text(t.date(to_string(*source.checked)));
            html.raw("</td><td>").text(source.owner).raw("</td></tr>");
        }
        html.raw("</tbody></table></div>");
    }
    if (closed == 1) paragraph(html, t["about.closed_one"]);
    if (closed > 1) paragraph(html, t.with("about.closed", {{"n", std::to_string(closed)}}));
}

void figures(Html& html, const Texts& t, const SiteFacts& facts) {
    if (!facts.counted_since) return;
    html.raw("<h2>").text(t["about.counts"]).raw("</h2>");
    paragraph(html,
              t.with("about.counts_period", {{"tid", t.date(to_string(*facts.counted_since))}}));
    html.raw("<dl class=\"figures\">");
    const std::pair<const char*, std::uint64_t> rows[] = {{"about.questions", facts.questions},
                                                          {"about.answered", facts.answered},
                                                          {"about.refused", facts.refused},
                                                          {"about.helpful", facts.helpful},
                                                          {"about.unhelpful", facts.unhelpful}};
    for (const auto& [key, value] : rows) {
        html.raw("<div><dt>")
            .text(t[key])
            .raw("</dt><dd>")
            .text(t.number(value))
            .raw("</dd></div>");
    }
    html.raw("</dl>");
}

/// KL's ten points, each with what enforces it here and what shows that it does.
void ten_points(Html& html, const Texts& t, const SiteFacts& facts) {
    html.raw("<h2 id=\"ti-punkter\">").text(t["points.title"]).raw("</h2>");
    paragraph(html, t["points.intro"]);
    const std::string refused = t.number(facts.refused);
    const std::string questions = t.number(facts.questions);
    const std::string open = std::to_string(
        std::count_if(facts.sources.begin(), facts.sources.end(),
                      [](const SourceFact& source) { return source.audience == "public"; }));
    const std::string closed = std::to_string(facts.sources.size() - std::stoul(open));
    html.raw("<ol class=\"points\">");
    for (int point = 1; point <= 10; ++point) {
        const std::string key = "points.p" + std::to_string(point);
        html.raw("<li><h3>").text(t[key]).raw("</h3>");
        paragraph(html, t[key + "_by"]);
        html.raw("<p class=\"hint\">").text(t["points.shown"]).raw(" ");
        html.text(t.with(key + "_shown",
                         {{"afvist", refused},
                          {"spørgsmål", questions},
                          {"persondata", t.number(facts.personal)},
                          {"politik", t.number(facts.policy)},
                          {"offentlige", open},
                          {"lukkede", closed},
                          {"prøver", t.number(facts.test_questions)},
                          {"fejl", t.number(facts.known_errors.size())},
                          {"nedtaget", t.number(facts.takedowns)},
                          {"linjer", t.number(facts.audit_lines)},
                          {"øjne", t[facts.four_eyes ? "points.four_eyes" : "points.two_eyes"]}}));
        html.raw("</p></li>");
    }
    html.raw("</ol>");
}

/// Which models take part in the search, and where they run.
void models(Html& html, const Frame& frame) {
    const Texts& t = frame.texts;
    if (frame.options.models.empty()) return;
    html.raw("<ul>");
    for (const ModelFact& model : frame.options.models) {
        html.raw("<li>").text(
            t.with(model.purpose == "reranking" ? "about.model_reranking" : "about.model_embedding",
                   {{"model", model.name}, {"host", model.host}}));
        html.raw("</li>");
    }
    html.raw("</ul>");
}

std::string titled(const Frame& frame, std::string_view title) {
    return std::string(title) + " – " + frame.options.municipality;
}

}  // namespace

std::string ask_page(const Frame& frame, const AskPage& page) {
    const Texts& t = frame.texts;
    Html html;
    html.raw(page.reply ? Markup("<div class=\"hero asked-already\">")
                        : Markup("<div class=\"hero\">"));
    if (!frame.widget) {
        html.raw("<h1>")
            .text(t["site.title"])
            .raw("</h1><p class=\"tagline\">")
            .text(t["site.tagline"])
            .raw("</p>");
    }
    notice(html, t);
    ask_form(html, frame, page);
    html.raw("</div><p id=\"status\" class=\"status\" role=\"status\"></p>");
    html.raw("<div id=\"answer\" class=\"column\">");
    if (page.reply) {
        html.add(render(*page.reply,
                        {page.question, page.previous, frame.widget ? "/widget" : "/", false}, t));
    }
    html.raw("</div><div class=\"column\">");
    std::vector<std::string> before = page.previous;
    if (page.reply && !before.empty())
        before.pop_back();  // The last one is the question just answered.
    earlier(html, t, before);
    if (!page.reply) example_buttons(html, frame, page.examples);
    html.raw("</div>");
    return document(frame, t["site.title"], html);
}

std::string permalink_page(const Frame& frame, const bot::Reply& reply) {
    const Texts& t = frame.texts;
    Html html;
    html.raw("<div class=\"column permalink-page\"><h1>")
        .text(t["permalink.title"])
        .raw("</h1><p class=\"hint\">");
    html.text(t["permalink.note"]).raw("</p>");
    notice(html, t);
    html.add(render(reply, {"", {}, "/", true}, t));
    html.raw("<p class=\"more\"><a class=\"send\" href=\"");
    link(html, frame, "/").raw("\">").text(t["permalink.ask_more"]).raw("</a></p></div>");
    return document(frame, t["permalink.title"], html);
}

std::string message_page(const Frame& frame, std::string_view title, std::string_view text) {
    Html html = prose(title, text);
    html.raw("<p><a class=\"send\" href=\"");
    link(html, frame, frame.widget ? Markup("/widget") : Markup("/")).raw("\">");
    html.text(frame.texts["feedback.back"]).raw("</a></p></div>");
    return document(frame, titled(frame, title), html);
}

std::string handoff_page(const Frame& frame, const HandoffView& handoff) {
    const Texts& t = frame.texts;
    Html html = prose(t["handoff.title"], t["handoff.intro"]);
    section(html, t["answer.question"], handoff.question);
    section(html, t["handoff.answer"],
            handoff.answer.empty() ? t["handoff.waiting"] : handoff.answer);
    html.raw("</div>");
    return document(frame, titled(frame, t["handoff.title"]), html);
}

std::string about_page(const Frame& frame, const SiteFacts& facts) {
    const Texts& t = frame.texts;
    Html html = prose(t["about.title"], t["about.intro"]);
    notice(html, t);
    html.raw("<h2>").text(t["about.how"]).raw("</h2><ol>");
    for (const char* key : {"about.how_1", "about.how_2", "about.how_3", "about.how_4"}) {
        html.raw("<li>").text(t[key]).raw("</li>");
    }
    html.raw("</ol>");
    section(html, t["about.limits"], t["about.limits_text"]);
    sources_table(html, t, facts);
    if (facts.indexed || !facts.index_version.empty()) {
        html.raw("<h2>").text(t["about.state"]).raw("</h2>");
        if (facts.indexed) {
            paragraph(html, t.with("about.indexed", {{"tid", t.date(to_string(*facts.indexed))}}));
        }
        if (!facts.index_version.empty()) {
            paragraph(html, t.with("about.version", {{"udgave", facts.index_version}}));
        }
    }
    figures(html, t, facts);
    section(html, t["about.method"],
            t[frame.options.models.empty() ? "about.method_text" : "about.method_models"]);
    models(html, frame);
    html.raw("<h2>").text(t["about.errors"]).raw("</h2>");
    if (facts.known_errors.empty()) {
        paragraph(html, t["about.errors_none"]);
    } else {
        html.raw("<ul>");
        for (const std::string& one : facts.known_errors) html.raw("<li>").text(one).raw("</li>");
        html.raw("</ul>");
    }
    ten_points(html, t, facts);
    section(html, t["about.responsible"], t["about.responsible_text"]);
    html.add(render(frame.options.contact, t)).raw("</div>");
    return document(frame, titled(frame, t["about.title"]), html);
}

std::string accessibility_page(const Frame& frame) {
    const Texts& t = frame.texts;
    Html html = prose(t["access.title"], t["access.intro"]);
    html.raw("<h2>").text(t["access.done"]).raw("</h2><ul>");
    for (const char* key : {"access.done_1", "access.done_2", "access.done_3", "access.done_4"}) {
        html.raw("<li>").text(t[key]).raw("</li>");
    }
    html.raw("</ul>");
    section(html, t["access.tested"], t["access.tested_text"]);
    section(html, t["access.limits"], t["access.limits_text"]);
    section(html, t["access.report"], t["access.report_text"]);
    html.add(render(frame.options.contact, t));
    paragraph(html, t["access.complaint"]);
    html.raw("</div>");
    return document(frame, titled(frame, t["access.title"]), html);
}

std::string privacy_page(const Frame& frame) {
    const Texts& t = frame.texts;
    const std::string days = std::to_string(frame.options.retention_days);
    Html html = prose(t["privacy_page.title"], t["privacy_page.intro"]);
    section(html, t["privacy_page.stored"],
            frame.options.retention_days == 0 ? t["privacy_page.stored_none"]
                                              : t.with("privacy_page.stored_text", {{"n", days}}));
    paragraph(html, t["privacy_page.address"]);
    for (const ModelFact& model : frame.options.models) {
        paragraph(html,
                  t.with("privacy_page.model", {{"model", model.name}, {"host", model.host}}));
    }
    section(html, t["privacy_page.cookies"], t["privacy_page.cookies_text"]);
    paragraph(html, t["privacy_page.speech"]);
    section(html, t["privacy_page.write_not"], t["privacy_page.write_not_text"]);
    section(html, t["privacy_page.responsible"], t["privacy_page.responsible_text"]);
    const bot::Contact& own = frame.options.data_protection;
    html.add(render(own == bot::Contact{} ? frame.options.contact : own, t));
    paragraph(html, t["privacy_page.complaint"]);
    html.raw("</div>");
    return document(frame, titled(frame, t["privacy_page.title"]), html);
}

}  // namespace raadbot::web
