#include <nlohmann/json.hpp>

#include "adapters/admin/pages.hpp"
#include "bot/governance/desk.hpp"

namespace raadbot::admin {
namespace {

using governance::Act;
using governance::may;
using sources::State;

const std::string& state_words(const Texts& t, State state) {
    return t["state." + std::string(sources::to_string(state))];
}

void state_pill(Html& html, const Texts& t, State state) {
    const std::string& words = state_words(t, state);
    switch (state) {
        case State::approved: return pill(html, "good", words);
        case State::proposed: return pill(html, "waits", words);
        default: return pill(html, "bad", words);
    }
}

std::string audience_words(const Texts& t, const std::string& audience) {
    if (audience == "public") return t["audience.public"];
    if (audience == "council") return t["audience.council"];
    return t.with("audience.committee", {{"navn", audience.substr(audience.find(':') + 1)}});
}

void fact(Html& html, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
}

void source_facts(Html& html, const Texts& t, const sources::Source& source) {
    html.raw("<dl class=\"facts\">");
    fact(html, t["source.kind"], t.kind(to_string(source.kind)));
    fact(html, t["source.audience"], audience_words(t, source.audience.value));
    fact(html, t["source.base_url"], source.base_url);
    fact(html, t["source.path"], source.path.empty() ? t["source.fetched"] : source.path.string());
    fact(html, t["source.owner"], source.owner.unit);
    fact(html, t["source.owner_mail"], source.owner.mail);
    fact(html, t["source.purpose"], source.purpose);
    fact(html, t["source.rights"], source.rights);
    if (source.review_date)
        fact(html, t["source.review_date"], t.date(to_string(*source.review_date)));
    fact(html, t["source.refresh"], t.number(static_cast<std::uint64_t>(source.refresh.count())));
    std::string selectors;
    for (const std::string* one : sources::fields_of(source.selectors)) {
        if (!one->empty()) selectors += (selectors.empty() ? "" : ", ") + *one;
    }
    fact(html, t["new_source.selectors"], selectors);
    html.raw("</dl>");
}

std::string proposal_words(const Texts& t, const store::ProposalRow& row) {
    return t["proposal." + row.kind] + ": " + row.subject.substr(row.subject.find(':') + 1);
}

void reason_form(Html& html, const Frame& frame, const std::string& action, std::string_view button,
                 Markup kind) {
    open_form(html, frame, action);
    field(html, "reason", frame.texts["common.reason"], "", {.required = true, .most = 500});
    close_form(html, button, kind);
}

/// For agendas of a CMS that no reader knows: where a page has what. Folded away, since hardly any
/// source needs it.
void selector_fields(Html& html, const Texts& t, const http::Form& given) {
    html.raw("<details><summary>").text(t["new_source.selectors"]).raw("</summary>");
    paragraph(html, t["new_source.selectors_intro"]);
    field(html, "selector_item", t["selector.item"], http::value_of(given, "selector_item"),
          {.most = 200});
    field(html, "selector_number", t["selector.number"], http::value_of(given, "selector_number"),
          {.most = 200});
    field(html, "selector_title", t["selector.title"], http::value_of(given, "selector_title"),
          {.most = 200});
    field(html, "selector_case_number", t["selector.case_number"],
          http::value_of(given, "selector_case_number"), {.most = 200});
    field(html, "selector_closed", t["selector.closed"], http::value_of(given, "selector_closed"),
          {.most = 200});
    field(html, "selector_body", t["selector.body"], http::value_of(given, "selector_body"),
          {.most = 200});
    field(html, "selector_date", t["selector.date"], http::value_of(given, "selector_date"),
          {.most = 200});
    field(html, "selector_participants", t["selector.participants"],
          http::value_of(given, "selector_participants"), {.most = 200});
    field(html, "selector_skip", t["selector.skip"], http::value_of(given, "selector_skip"),
          {.most = 200});
    html.raw("</details>");
}

void preview_part(Html& html, const Texts& t, const governance::Preview& preview) {
    if (!preview.failed.empty()) {
        html.raw("<p class=\"fault box\">").text(t["preview.failed"]).raw(" ").text(preview.failed);
        html.raw("</p>");
        return;
    }
    html.raw("<dl class=\"figures\">");
    const auto figure = [&](std::string_view name, std::uint64_t value) {
        html.raw("<div><dt>").text(name).raw("</dt><dd>").text(t.number(value)).raw("</dd></div>");
    };
    figure(t["preview.documents"], preview.documents);
    figure(t["preview.passages"], preview.passages);
    figure(t["preview.cpr"], preview.cpr_masked);
    figure(t["preview.closed"], preview.closed_items);
    figure(t["preview.hidden"], preview.hidden_removed);
    figure(t["preview.orders"], preview.orders_marked);
    html.raw("</dl>");
    heading(html, t["preview.samples"]);
    paragraph(html, t.with("preview.asked",
                           {{"n", t.number(preview.asked)}, {"m", t.number(preview.answered)}}));
    if (!preview.samples.empty()) {
        html.raw("<dl class=\"samples\">");
        for (const auto& sample : preview.samples) {
            html.raw("<div><dt>").text(sample.question).raw("</dt><dd>»").text(sample.answer);
            html.raw("« <span class=\"soft\">").text(sample.title).raw("</span></dd></div>");
        }
        html.raw("</dl>");
    }
    heading(html, t["preview.pages"]);
    open_table(html, t["preview.pages"],
               {t["documents.title"], t["documents.url"], t["preview.passages"]});
    for (const auto& one : preview.pages) {
        html.raw("<tr><th scope=\"row\">").text(one.title).raw("</th>");
        cell(html, one.url);
        figure_cell(html, t.number(one.passages));
        html.raw("</tr>");
    }
    close_table(html);
    if (preview.documents > preview.pages.size()) {
        paragraph(html, t.with("preview.more",
                               {{"n", t.number(preview.documents - preview.pages.size())}}));
    }
    const auto list = [&](std::string_view title, const std::vector<std::string>& lines) {
        if (lines.empty()) return;
        heading(html, title);
        html.raw("<ul class=\"plain\">");
        for (const std::string& line : lines) html.raw("<li>").text(line).raw("</li>");
        html.raw("</ul>");
    };
    list(t["preview.terms"], preview.terms);
    list(t["preview.unreadable"], preview.unreadable);
    list(t["preview.skipped"], preview.skipped);
}

}  // namespace

std::string sources_page(const Frame& frame, const std::vector<SourceLine>& lines) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["sources.intro"]);
    if (may(frame.roles, Act::propose)) {
        html.raw("<p class=\"buttons\"><a class=\"send\" href=\"/kilder/ny\">");
        html.text(t["sources.new"]).raw("</a></p>");
    }
    open_table(html, t["sources.title"],
               {t["source.id"], t["source.kind"], t["source.state"], t["source.audience"],
                t["sources.documents"], t["source.review_date"], t["source.owner"]});
    for (const SourceLine& line : lines) {
        html.raw("<tr>");
        link_cell(html, "/kilder/" + line.source.id.value, line.source.id.value);
        cell(html, t.kind(to_string(line.source.kind)));
        html.raw("<td>");
        state_pill(html, t, line.state);
        html.raw("</td>");
        cell(html, audience_words(t, line.source.audience.value));
        figure_cell(html, t.number(line.documents));
        cell(html, line.source.review_date ? t.date(to_string(*line.source.review_date)) : "");
        cell(html, line.source.owner.unit);
        html.raw("</tr>");
    }
    close_table(html);
    return page(frame, t["sources.title"], html);
}

std::string new_source_page(const Frame& frame, const http::Form& given) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["new_source.intro"]);
    open_form(html, frame, "/kilder/ny");
    const auto value = [&](std::string_view name) { return http::value_of(given, name); };
    field(html, "id", t["source.id"], value("id"),
          {.required = true, .hint = t["new_source.id_hint"], .most = 64});
    Choices kinds;
    for (const char* kind : {"website", "handbook", "intranet", "meetings", "video"}) {
        kinds.emplace_back(kind, t.kind(kind));
    }
    choice(html, "kind", t["source.kind"], kinds, value("kind"));
    field(html, "path", t["source.path"], value("path"),
          {.hint = t["new_source.path_hint"], .most = 500});
    field(html, "base_url", t["source.base_url"], value("base_url"),
          {.required = true, .hint = t["new_source.base_url_hint"], .most = 500});
    field(html, "audience", t["source.audience"],
          value("audience").empty() ? "public" : value("audience"),
          {.required = true, .hint = t["new_source.audience_hint"], .most = 80});
    field(html, "owner", t["source.owner"], value("owner"), {.required = true, .most = 200});
    field(html, "owner_mail", t["source.owner_mail"], value("owner_mail"),
          {.type = "email", .required = true, .most = 200});
    area(html, "purpose", t["source.purpose"], value("purpose"), {.required = true, .most = 500});
    area(html, "rights", t["source.rights"], value("rights"),
         {.required = true, .hint = t["new_source.rights_hint"], .most = 500});
    field(html, "review_date", t["source.review_date"], value("review_date"),
          {.type = "date", .required = true, .hint = t["new_source.review_hint"]});
    field(html, "refresh_hours", t["source.refresh"],
          value("refresh_hours").empty() ? "24" : value("refresh_hours"),
          {.hint = t["new_source.refresh_hint"], .most = 4});
    selector_fields(html, t, given);
    close_form(html, t["new_source.button"]);
    return page(frame, t["new_source.title"], html);
}

std::string source_page(const Frame& frame, const SourceDetail& detail) {
    const Texts& t = frame.texts;
    const sources::Source& source = detail.line.source;
    const std::string here = "/kilder/" + source.id.value;
    Html html;
    html.raw("<p>");
    state_pill(html, t, detail.line.state);
    html.raw("</p>");
    source_facts(html, t, source);
    html.raw("<p><a href=\"/dokumenter?kilde=").text(source.id.value).raw("\">");
    html.text(t.with("source.see_documents", {{"n", t.number(detail.line.documents)}}));
    html.raw("</a></p>");
    for (const store::ProposalRow& row : detail.open) {
        html.raw("<p class=\"box\"><a href=\"/forslag/").number(static_cast<std::uint64_t>(row.id));
        html.raw("\">").text(proposal_words(t, row)).raw("</a></p>");
    }
    if (!detail.unreadable.empty()) {
        heading(html, t["preview.unreadable"]);
        html.raw("<ul class=\"plain\">");
        for (const store::FileRecord& file : detail.unreadable) {
            html.raw("<li>").text(file.path).raw(": ").text(file.note).raw("</li>");
        }
        html.raw("</ul>");
    }
    const bool used = source.state == State::approved;
    if (may(frame.roles, Act::propose) && source.state != State::proposed) {
        heading(html, t["source.widen"]);
        paragraph(html, t["source.widen_intro"]);
        if (used) {
            open_form(html, frame, here + "/dato");
            field(html, "review_date", t["source.new_review"], "",
                  {.type = "date", .required = true});
            close_form(html, t["source.propose_review"]);
        } else {
            open_form(html, frame, here + "/genoptag");
            close_form(html, t["source.propose_return"]);
        }
    }
    if (may(frame.roles, Act::take_down)) {
        heading(html, t["source.narrow"]);
        paragraph(html, t["source.narrow_intro"]);
        if (used) reason_form(html, frame, here + "/pause", t["source.pause"], "careful");
        if (source.state != State::removed) {
            reason_form(html, frame, here + "/fjern", t["source.remove"], "danger");
        }
    }
    return page(frame, source.id.value, html);
}

std::string proposals_page(const Frame& frame, const std::vector<store::ProposalRow>& open,
                           const std::vector<store::ProposalRow>& decided) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["proposals.intro"]);
    const auto table = [&](std::string_view title, const std::vector<store::ProposalRow>& rows,
                           bool state) {
        heading(html, title);
        if (rows.empty()) return paragraph(html, t["common.none"]);
        open_table(html, title,
                   {t["proposals.what"], t["proposals.by"], t["common.when"], t["source.state"]});
        for (const store::ProposalRow& row : rows) {
            html.raw("<tr>");
            link_cell(html, "/forslag/" + std::to_string(row.id), proposal_words(t, row));
            cell(html, row.proposed_by);
            cell(html, t.date(to_string(row.proposed_at)));
            cell(html, t["proposal_state." + row.state] +
                           (state && !row.decided_by.empty() ? ", " + row.decided_by : ""));
            html.raw("</tr>");
        }
        close_table(html);
    };
    table(t["proposals.open"], open, false);
    table(t["proposals.decided"], decided, true);
    return page(frame, t["proposals.title"], html);
}

std::string proposal_page(const Frame& frame, const store::ProposalRow& row, bool own) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t.with("proposal.by", {{"navn", row.proposed_by},
                                           {"tid", t.date(to_string(row.proposed_at))}}));
    if (row.state != "open") {
        html.raw("<p class=\"box\">").text(t["proposal_state." + row.state]).raw(": ");
        html.text(row.decided_by);
        if (!row.reason.empty()) html.raw(" – ").text(row.reason);
        html.raw("</p>");
    }
    bool ready = true;
    if (row.kind == governance::new_source) {
        if (const auto source = governance::source_from_json(row.payload)) {
            source_facts(html, t, *source);
        }
        heading(html, t["preview.title"]);
        if (row.preview.empty()) {
            ready = false;
            html.raw("<p class=\"box\" role=\"status\">").text(t["preview.being_made"]);
            html.raw(" <a href=\"\">").text(t["preview.reload"]).raw("</a></p>");
        } else if (const auto preview = governance::preview_from_json(row.preview)) {
            preview_part(html, t, *preview);
        }
    } else if (row.kind == governance::new_answer) {
        if (const auto answer = governance::curated_from_json(row.payload)) {
            html.raw("<dl class=\"facts\">");
            fact(html, t["answer.question"], answer->question);
            for (const std::string& one : answer->paraphrases) {
                fact(html, t["answer.paraphrase"], one);
            }
            fact(html, t["answer.text"], answer->text);
            fact(html, t["answer.proof"], answer->proof_url);
            fact(html, t["source.audience"], audience_words(t, answer->audience.value));
            if (answer->expires)
                fact(html, t["answer.expires"], t.date(to_string(*answer->expires)));
            html.raw("</dl>");
        }
    } else {
        html.raw("<dl class=\"facts\">");
        const auto payload = nlohmann::json::parse(row.payload, nullptr, false);
        if (payload.is_object()) {
            for (const auto& [key, value] : payload.items()) {
                if (value.is_string()) fact(html, key, value.get<std::string>());
            }
        }
        html.raw("</dl>");
    }
    if (row.state == "open") {
        const std::string here = "/forslag/" + std::to_string(row.id);
        heading(html, t["proposal.decide"]);
        if (own && frame.options.desk.four_eyes) {
            html.raw("<p class=\"box\">").text(t["proposal.own"]).raw("</p>");
        } else if (may(frame.roles, Act::decide)) {
            if (ready) {
                open_form(html, frame, here + "/godkend");
                close_form(html, t["proposal.approve"]);
            }
            reason_form(html, frame, here + "/afvis", t["proposal.reject"], "careful");
        } else {
            paragraph(html, t["proposal.waits"]);
        }
        if (own) {
            open_form(html, frame, here + "/fortryd");
            close_form(html, t["proposal.withdraw"], "quiet");
        }
    }
    return page(frame, proposal_words(t, row), html);
}

}  // namespace raadbot::admin
