// Documents, curated answers, and what people asked.
#include "adapters/admin/pages.hpp"

namespace raadbot::admin {
namespace {

using governance::Act;
using governance::may;

}  // namespace

std::string documents_page(const Frame& frame, const Documents& documents) {
    const Texts& t = frame.texts;
    Html html;
    html.raw("<form method=\"get\" action=\"/dokumenter\" class=\"filter\">");
    Choices sources = {{"", t["documents.all_sources"]}};
    for (const std::string& id : documents.sources) sources.emplace_back(id, id);
    choice(html, "kilde", t["source.id"], sources, documents.source);
    field(html, "q", t["documents.search"], documents.part, {.type = "search", .most = 200});
    close_form(html, t["documents.show"], "quiet");
    const bool may_take = may(frame.roles, Act::take_down);
    if (documents.rows.empty()) {
        paragraph(html, t["common.none"]);
    } else {
        open_table(html, t["documents.title"],
                   {t["documents.title"], t["source.id"], t["about.checked"], t["documents.down"]});
        for (const store::DocumentRow& row : documents.rows) {
            html.raw("<tr><th scope=\"row\"><a");
            html.href(row.url).raw(">").text(row.title).raw("</a></th>");
            cell(html, row.source.value);
            cell(html, t.date(to_string(row.checked)));
            html.raw("<td>");
            if (may_take) {
                html.raw("<details><summary>").text(t["documents.take_down"]);
                html.raw("<span class=\"visually-hidden\">: ").text(row.title);
                html.raw("</span></summary>");
                open_form(html, frame, "/dokumenter/" + row.id.value + "/fjern");
                html.raw("<label class=\"stacked\">").text(t["common.reason"]);
                html.raw(
                    "<input type=\"text\" name=\"reason\" required maxlength=\"500\" "
                    "autocomplete=\"off\"></label>");
                close_form(html, t["documents.take_down_now"], "danger");
                html.raw("</details>");
            }
            html.raw("</td></tr>");
        }
        close_table(html);
    }
    if (documents.page > 0 || documents.more) {
        html.raw("<p class=\"pager\">");
        const auto link = [&](std::int64_t number, std::string_view words) {
            html.raw("<a href=\"/dokumenter?kilde=").text(http::percent_encoded(documents.source));
            html.raw("&amp;q=").text(http::percent_encoded(documents.part)).raw("&amp;side=");
            html.number(static_cast<std::uint64_t>(number)).raw("\">").text(words).raw("</a> ");
        };
        if (documents.page > 0) link(documents.page - 1, t["common.previous"]);
        if (documents.more) link(documents.page + 1, t["common.next"]);
        html.raw("</p>");
    }
    if (!documents.taken_down.empty()) {
        heading(html, t["documents.taken_down"]);
        open_table(html, t["documents.taken_down"],
                   {t["documents.title"], t["common.reason"], t["common.by"], t["common.when"],
                    t["documents.back"]});
        for (const store::TakedownRow& row : documents.taken_down) {
            html.raw("<tr><th scope=\"row\">").text(row.title).raw("</th>");
            cell(html, row.reason);
            cell(html, row.by);
            cell(html, t.date(to_string(row.at)));
            html.raw("<td>");
            if (may(frame.roles, Act::propose)) {
                open_form(html, frame, "/dokumenter/" + row.document.value + "/genopret");
                close_form(html, t["documents.propose_back"], "quiet");
            }
            html.raw("</td></tr>");
        }
        close_table(html);
    }
    return page(frame, t["documents.heading"], html);
}

std::string answers_page(const Frame& frame, const std::vector<StoredPassage>& answers) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["answers.intro"]);
    if (may(frame.roles, Act::propose)) {
        html.raw("<p class=\"buttons\"><a class=\"send\" href=\"/svar/nyt\">");
        html.text(t["answers.new"]).raw("</a></p>");
    }
    if (answers.empty()) paragraph(html, t["common.none"]);
    for (const StoredPassage& answer : answers) {
        html.raw("<article class=\"box\"><h2>").text(answer.title).raw("</h2><p class=\"quote\">");
        html.text(answer.passage.text).raw("</p><p class=\"soft\">");
        html.text(answer.source.value);
        if (answer.expires) {
            html.raw(" · ").text(t["answer.expires"]).raw(" ");
            html.text(t.date(to_string(*answer.expires)));
        }
        if (!answer.proof_url.empty()) {
            html.raw(" · <a");
            html.href(answer.proof_url).raw(">").text(t["answer.proof"]).raw("</a>");
        }
        html.raw("</p></article>");
    }
    return page(frame, t["answers.title"], html);
}

std::string new_answer_page(const Frame& frame, const http::Form& given) {
    const Texts& t = frame.texts;
    const auto value = [&](std::string_view name) { return http::value_of(given, name); };
    Html html;
    paragraph(html, t["new_answer.intro"]);
    open_form(html, frame, "/svar/nyt");
    hidden(html, "rows", value("rows"));
    field(html, "question", t["answer.question"], value("question"),
          {.required = true, .most = 300});
    area(html, "paraphrases", t["answer.paraphrases"], value("paraphrases"),
         {.hint = t["new_answer.paraphrases_hint"], .most = 3'000});
    area(html, "text", t["answer.text"], value("text"),
         {.required = true, .hint = t["new_answer.text_hint"], .most = 4'000});
    field(html, "proof_url", t["answer.proof"], value("proof_url"),
          {.required = true, .hint = t["new_answer.proof_hint"], .most = 500});
    field(html, "audience", t["source.audience"],
          value("audience").empty() ? "public" : value("audience"),
          {.required = true, .hint = t["new_source.audience_hint"], .most = 80});
    field(html, "expires", t["answer.expires"], value("expires"),
          {.type = "date", .hint = t["new_answer.expires_hint"]});
    close_form(html, t["new_source.button"]);
    return page(frame, t["answers.new"], html);
}

std::string unanswered_page(const Frame& frame,
                            const std::vector<governance::QuestionGroup>& groups) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["unanswered.intro"]);
    if (groups.empty()) paragraph(html, t["common.none"]);
    for (const governance::QuestionGroup& group : groups) {
        std::string rows;
        for (const store::UnansweredRow& row : group.rows) {
            rows += (rows.empty() ? "" : " ") + std::to_string(row.id);
        }
        html.raw("<article class=\"box\"><h2>").text(group.question).raw("</h2><p class=\"soft\">");
        html.text(
            t.with("unanswered.count", {{"n", t.number(static_cast<std::uint64_t>(group.count))},
                                        {"tid", t.date(to_string(group.last))}}));
        html.raw("</p>");
        if (group.rows.size() > 1) {
            html.raw("<details><summary>").text(t["unanswered.wordings"]).raw("</summary><ul>");
            for (const store::UnansweredRow& row : group.rows) {
                html.raw("<li>").text(row.text).raw("</li>");
            }
            html.raw("</ul></details>");
        }
        if (may(frame.roles, Act::answer)) {
            html.raw("<div class=\"row\"><a class=\"send quiet\" href=\"/svar/nyt?question=");
            html.text(http::percent_encoded(group.question)).raw("&amp;rows=");
            html.text(http::percent_encoded(rows)).raw("\">").text(t["unanswered.write"]);
            html.raw("</a><a class=\"send quiet\" href=\"/kilder/ny?purpose=");
            html.text(http::percent_encoded(group.question)).raw("\">");
            html.text(t["unanswered.source"]).raw("</a>");
            open_form(html, frame, "/ubesvarede");
            hidden(html, "rows", rows);
            close_form(html, t["unanswered.dismiss"], "quiet");
            html.raw("</div>");
        }
        html.raw("</article>");
    }
    return page(frame, t["unanswered.title"], html);
}

std::string feedback_page(const Frame& frame, const std::vector<store::FeedbackRow>& rows) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["feedback.intro"]);
    if (rows.empty()) {
        paragraph(html, t["common.none"]);
        return page(frame, t["feedback.title"], html);
    }
    open_table(
        html, t["feedback.title"],
        {t["feedback.answer"], t["feedback.helpful"], t["feedback.comment"], t["common.when"]});
    for (const store::FeedbackRow& row : rows) {
        html.raw("<tr><th scope=\"row\"><a");
        html.href(frame.options.public_url + "/svar/" + row.answer).raw(">");
        html.text(row.answer.substr(0, 8)).raw("</a></th><td>");
        pill(html, row.helpful ? Markup("good") : Markup("bad"),
             t[row.helpful ? "feedback.yes" : "feedback.no"]);
        html.raw("</td>");
        cell(html, row.comment);
        cell(html, t.date(to_string(row.at)));
        html.raw("</tr>");
    }
    close_table(html);
    return page(frame, t["feedback.title"], html);
}

std::string handoffs_page(const Frame& frame, const std::vector<store::HandoffRow>& rows) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["handoffs.intro"]);
    if (rows.empty()) paragraph(html, t["common.none"]);
    for (const store::HandoffRow& row : rows) {
        html.raw("<article class=\"box\"><h2>").text(row.question).raw("</h2><p class=\"soft\">");
        html.text(t["channel." + row.channel]).raw(" · ").text(t.date(to_string(row.asked)));
        html.raw(" · ").text(t["handoff_state." + row.state]).raw("</p>");
        if (row.state != "open") {
            html.raw("<p class=\"quote\">").text(row.answer).raw("</p>");
            if (may(frame.roles, Act::propose)) {
                html.raw("<p><a href=\"/svar/nyt?question=");
                html.text(http::percent_encoded(row.question)).raw("&amp;text=");
                html.text(http::percent_encoded(row.answer)).raw("\">");
                html.text(t["handoffs.curate"]).raw("</a></p>");
            }
        } else if (may(frame.roles, Act::answer)) {
            open_form(html, frame, "/henvendelser/" + row.id);
            html.raw("<label class=\"stacked\">").text(t["handoffs.answer"]);
            html.raw(
                "<textarea name=\"answer\" rows=\"4\" required "
                "maxlength=\"2000\"></textarea></label>");
            close_form(html, t["handoffs.send"]);
        }
        html.raw("</article>");
    }
    return page(frame, t["handoffs.title"], html);
}

}  // namespace raadbot::admin
