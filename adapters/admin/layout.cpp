#include "adapters/admin/layout.hpp"

#include "adapters/web/assets.hpp"

namespace raadbot::admin {
namespace {

using governance::Act;

Html& asset_url(Html& html, std::string_view name) {
    return html.raw("/assets/").text(web::asset(name).version).raw("/").text(name);
}

void nav_link(Html& html, const Frame& frame, Markup path, std::string_view text,
              std::size_t waiting = 0) {
    html.raw("<li><a href=\"").raw(path).raw("\"");
    const bool here = path.text == "/" ? frame.path == "/" : frame.path.starts_with(path.text);
    if (here) html.raw(" aria-current=\"page\"");
    html.raw("><span>").text(text).raw("</span>");
    if (waiting > 0) {
        html.raw("<span class=\"count\">").number(waiting).raw("<span class=\"visually-hidden\"> ");
        html.text(frame.texts["nav.waiting"]).raw("</span></span>");
    }
    html.raw("</a></li>");
}

void side(Html& html, const Frame& frame) {
    const Texts& t = frame.texts;
    html.raw("<nav class=\"side\" aria-label=\"").text(t["nav.label"]).raw("\"><ul>");
    nav_link(html, frame, "/", t["nav.overview"]);
    nav_link(html, frame, "/forslag", t["nav.proposals"], frame.open_proposals);
    nav_link(html, frame, "/kilder", t["nav.sources"]);
    nav_link(html, frame, "/dokumenter", t["nav.documents"]);
    nav_link(html, frame, "/svar", t["nav.answers"]);
    nav_link(html, frame, "/ubesvarede", t["nav.unanswered"]);
    nav_link(html, frame, "/henvendelser", t["nav.handoffs"], frame.open_handoffs);
    nav_link(html, frame, "/feedback", t["nav.feedback"]);
    nav_link(html, frame, "/versioner", t["nav.versions"]);
    nav_link(html, frame, "/tal", t["nav.figures"]);
    nav_link(html, frame, "/stop", t["nav.stop"]);
    nav_link(html, frame, "/log", t["nav.audit"]);
    html.raw("</ul></nav>");
}

}  // namespace

std::string page(const Frame& frame, std::string_view title, const Html& main) {
    const Texts& t = frame.texts;
    Html html;
    html.raw("<!doctype html>\n<html lang=\"").text(t.language());
    html.raw(
        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
        "initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta "
        "name=\"robots\" "
        "content=\"noindex\"><title>");
    html.text(title).raw(" – ").text(t["site.title"]).raw("</title>");
    html.raw(
        "<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link "
        "rel=\"stylesheet\" href=\"");
    asset_url(html, "site.css").raw("\"><link rel=\"stylesheet\" href=\"");
    asset_url(html, "admin.css").raw("\"></head><body class=\"admin\">");
    html.raw("<a class=\"skip\" href=\"#indhold\">").text(t["site.skip"]);
    html.raw(
        "</a><header class=\"top\"><div class=\"wide\"><a class=\"brand\" href=\"/\"><svg "
        "class=\"mark\" viewBox=\"0 0 32 32\" aria-hidden=\"true\" focusable=\"false\"><path "
        "d=\"M4 5h24v17H15l-7 6v-6H4z\"/><path class=\"lines\" d=\"M9 11h14M9 "
        "16h9\"/></svg><span>");
    html.text(t["site.title"]).raw("</span></a><div class=\"who\">");
    html.raw("<a class=\"language\" hreflang=\"").text(t.is_danish() ? "en" : "da");
    html.raw("\" lang=\"").text(t.is_danish() ? "en" : "da").raw("\" href=\"?lang=");
    html.text(t.is_danish() ? "en" : "da").raw("\">").text(t["site.other_language"]).raw("</a>");
    if (!frame.person.empty()) {
        html.raw("<span>").text(frame.person).raw("</span>");
        html.raw("<a href=\"/adgangskode\">").text(t["site.account"]).raw("</a>");
        open_form(html, frame, "/log-ud");
        close_form(html, t["site.sign_out"], "quiet");
    }
    html.raw("</div></div></header>");
    if (!frame.paused.empty()) {
        html.raw("<div class=\"alarm\" role=\"region\" aria-label=\"").text(t["stop.title"]);
        html.raw("\"><p><strong>").text(t["stop.is_paused"]).raw("</strong> ").text(frame.paused);
        html.raw("</p></div>");
    }
    html.raw(frame.person.empty() ? Markup("<div class=\"room alone\">")
                                  : Markup("<div class=\"room\">"));
    if (!frame.person.empty()) side(html, frame);
    html.raw("<main id=\"indhold\" tabindex=\"-1\"><h1>").text(title).raw("</h1>");
    if (!frame.fault.empty()) {
        html.raw("<p class=\"fault box\" role=\"alert\">").text(frame.fault).raw("</p>");
    }
    if (!frame.done.empty()) {
        html.raw("<p class=\"done box\" role=\"status\">").text(t["done." + frame.done]);
        html.raw("</p>");
    }
    return html.add(main).raw("</main></div></body></html>\n").str();
}

void open_form(Html& html, const Frame& frame, std::string_view action) {
    html.raw("<form method=\"post\" action=\"").text(action).raw("\">");
    hidden(html, "csrf", frame.csrf);
}

void close_form(Html& html, std::string_view button, Markup kind) {
    html.raw("<p class=\"buttons\"><button class=\"send ").raw(kind).raw("\">").text(button);
    html.raw("</button></p></form>");
}

namespace {

void label_and_hint(Html& html, Markup name, std::string_view label, const FieldOptions& options) {
    html.raw("<div class=\"entry\"><label for=\"f-").raw(name).raw("\">").text(label);
    html.raw("</label>");
    if (!options.hint.empty()) {
        html.raw("<p class=\"hint\" id=\"h-").raw(name).raw("\">").text(options.hint).raw("</p>");
    }
}

void attributes(Html& html, Markup name, const FieldOptions& options) {
    html.raw(" id=\"f-").raw(name).raw("\" name=\"").raw(name).raw("\"");
    if (!options.hint.empty()) html.raw(" aria-describedby=\"h-").raw(name).raw("\"");
    if (options.required) html.raw(" required");
    if (options.most > 0) html.raw(" maxlength=\"").number(options.most).raw("\"");
}

}  // namespace

void field(Html& html, Markup name, std::string_view label, std::string_view value,
           FieldOptions options) {
    label_and_hint(html, name, label, options);
    html.raw("<input type=\"").raw(options.type).raw("\"");
    attributes(html, name, options);
    html.raw(" autocomplete=\"").raw(options.autocomplete).raw("\" value=\"").text(value);
    html.raw("\"></div>");
}

void area(Html& html, Markup name, std::string_view label, std::string_view value,
          FieldOptions options) {
    label_and_hint(html, name, label, options);
    html.raw("<textarea rows=\"4\"");
    attributes(html, name, options);
    html.raw(">\n").text(value).raw("</textarea></div>");
}

void choice(Html& html, Markup name, std::string_view label, const Choices& choices,
            std::string_view chosen) {
    label_and_hint(html, name, label, {});
    html.raw("<select");
    attributes(html, name, {});
    html.raw(">");
    for (const auto& [value, words] : choices) {
        html.raw("<option value=\"").text(value).raw("\"");
        if (value == chosen) html.raw(" selected");
        html.raw(">").text(words).raw("</option>");
    }
    html.raw("</select></div>");
}

void hidden(Html& html, Markup name, std::string_view value) {
    html.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"").text(value).raw("\">");
}

void open_table(Html& html, std::string_view label, const std::vector<std::string_view>& columns) {
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").text(label);
    html.raw("\"><table><thead><tr>");
    for (const std::string_view column : columns) {
        html.raw("<th scope=\"col\">").text(column).raw("</th>");
    }
    html.raw("</tr></thead><tbody>");
}

void close_table(Html& html) { html.raw("</tbody></table></div>"); }

void cell(Html& html, std::string_view text) { html.raw("<td>").text(text).raw("</td>"); }

void figure_cell(Html& html, std::string_view text) {
    html.raw("<td class=\"figure\">").text(text).raw("</td>");
}

void link_cell(Html& html, std::string_view path, std::string_view text) {
    html.raw("<th scope=\"row\"><a href=\"").text(path).raw("\">").text(text).raw("</a></th>");
}

void heading(Html& html, std::string_view text) { html.raw("<h2>").text(text).raw("</h2>"); }

void paragraph(Html& html, std::string_view text) { html.raw("<p>").text(text).raw("</p>"); }

void pill(Html& html, Markup kind, std::string_view text) {
    html.raw("<span class=\"pill ").raw(kind).raw("\">").text(text).raw("</span>");
}

}  // namespace raadbot::admin
