#include "adapters/admin/pages.hpp"

namespace raadbot::admin {

std::string sign_in_page(const Frame& frame, bool provider) {
    const Texts& t = frame.texts;
    Html html;
    html.raw("<p class=\"intro\">").text(t["sign_in.intro"]).raw("</p>");
    if (provider) {
        html.raw("<p class=\"buttons\"><a class=\"send\" href=\"/log-ind/udbyder\">");
        html.text(t["sign_in.provider"]).raw("</a></p>");
    }
    if (frame.options.local_accounts) {
        if (provider) heading(html, t["sign_in.local"]);
        open_form(html, frame, "/log-ind");
        field(html, "login", t["sign_in.login"], "",
              {.required = true, .autocomplete = "username", .most = 64});
        field(html, "password", t["sign_in.password"], "",
              {.type = "password", .required = true, .autocomplete = "current-password"});
        close_form(html, t["sign_in.button"]);
    }
    return page(frame, t["sign_in.title"], html);
}

std::string prove_page(const Frame& frame, bool provider, std::string_view next) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["prove.intro"]);
    open_form(html, frame, "/bekraeft");
    hidden(html, "next", next);
    if (provider) {
        close_form(html, t["sign_in.provider"]);
    } else {
        field(html, "password", t["sign_in.password"], "",
              {.type = "password", .required = true, .autocomplete = "current-password"});
        close_form(html, t["prove.button"]);
    }
    return page(frame, t["prove.title"], html);
}

std::string password_page(const Frame& frame, bool must_change) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t[must_change ? "password.must" : "password.may"]);
    open_form(html, frame, "/adgangskode");
    field(html, "old", t["password.old_label"], "",
          {.type = "password", .required = true, .autocomplete = "current-password"});
    field(html, "new", t["password.new_label"], "",
          {.type = "password",
           .required = true,
           .hint = t["password.hint"],
           .autocomplete = "new-password"});
    close_form(html, t["password.button"]);
    return page(frame, t["password.title"], html);
}

std::string message_page(const Frame& frame, std::string_view title, std::string_view text) {
    Html html;
    paragraph(html, text);
    html.raw("<p><a href=\"/\">").text(frame.texts["site.back"]).raw("</a></p>");
    return page(frame, title, html);
}

std::string onward_page(const Frame& frame, std::string_view next) {
    Html html;
    html.raw("<!doctype html>\n<html lang=\"").text(frame.texts.language());
    html.raw("\"><head><meta charset=\"utf-8\"><title>").text(frame.texts["site.title"]);
    html.raw("</title><meta http-equiv=\"refresh\" content=\"0;url=").text(next);
    html.raw("\"></head><body><p><a href=\"").text(next).raw("\">");
    return html.text(frame.texts["site.onward"]).raw("</a></p></body></html>\n").str();
}

}  // namespace raadbot::admin
