// Overview, versions and their test questions, figures, the kill switch, the audit trail.
#include <map>

#include "adapters/admin/pages.hpp"
#include "adapters/admin/plot.hpp"

namespace raadbot::admin {
namespace {

using governance::Act;
using governance::may;

std::string share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? "–" : std::to_string(part * 100 / whole) + " %";
}

/// Day by day from the first, also those without a question.
std::vector<Day> days_of(const Texts& t, const Date& from, const Date& today,
                         const std::vector<store::DayUsage>& usage,
                         const std::vector<std::string>& series,
                         std::string (*key)(const store::DayUsage&)) {
    std::map<std::chrono::sys_days, std::map<std::string, std::uint64_t>> counted;
    for (const store::DayUsage& row : usage) {
        counted[std::chrono::sys_days{row.day}][key(row)] += row.count;
    }
    std::vector<Day> out;
    for (std::chrono::sys_days day{from}; day <= std::chrono::sys_days{today};
         day += std::chrono::days{1}) {
        Day line;
        line.label = t.date(to_string(Date{day}));
        for (const std::string& name : series) line.values.push_back(counted[day][name]);
        out.push_back(std::move(line));
    }
    return out;
}

}  // namespace

std::string overview_page(const Frame& frame, const Overview& overview) {
    const Texts& t = frame.texts;
    Html html;
    html.raw("<dl class=\"figures\">");
    const auto figure = [&](std::string_view name, const std::string& value) {
        html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
    };
    figure(t["overview.sources"], t.number(overview.counts.sources));
    figure(t["overview.documents"], t.number(overview.counts.documents));
    figure(t["overview.questions"], t.number(overview.questions));
    figure(t["overview.answered"], share(overview.answered, overview.questions));
    html.raw("</dl>");
    heading(html, t["overview.todo"]);
    html.raw("<ul class=\"todo\">");
    const auto todo = [&](Markup path, const char* key, std::size_t count) {
        html.raw("<li><a href=\"").raw(path).raw("\">");
        html.text(t.with(key, {{"n", t.number(count)}})).raw("</a></li>");
    };
    todo("/forslag", "overview.proposals", frame.open_proposals);
    todo("/henvendelser", "overview.handoffs", frame.open_handoffs);
    todo("/ubesvarede", "overview.unanswered", overview.unanswered);
    html.raw("</ul>");
    heading(html, t["overview.reminders"]);
    if (overview.reminders.empty()) {
        paragraph(html, t["overview.no_reminders"]);
    } else {
        open_table(html, t["overview.reminders"],
                   {t["source.id"], t["source.review_date"], t["source.owner"]});
        for (const governance::Reminder& reminder : overview.reminders) {
            html.raw("<tr>");
            link_cell(html, "/kilder/" + reminder.source.id.value, reminder.source.id.value);
            html.raw("<td>").text(t.date(to_string(*reminder.source.review_date))).raw(" ");
            if (reminder.days_left < 0) pill(html, "bad", t["state.expired"]);
            html.raw("</td>");
            cell(html, reminder.source.owner.unit);
            html.raw("</tr>");
        }
        close_table(html);
    }
    if (!overview.last_ingest.empty()) {
        html.raw("<p class=\"soft\">");
        html.text(t.with("overview.indexed", {{"tid", t.date(overview.last_ingest)},
                                              {"udgave", overview.index_version}}));
        html.raw("</p>");
    }
    return page(frame, t["overview.title"], html);
}

std::string versions_page(const Frame& frame, const std::vector<Version>& versions,
                          const std::vector<store::TestQuestionRow>& tests,
                          const std::vector<store::KnownErrorRow>& errors) {
    const Texts& t = frame.texts;
    const bool may_switch = may(frame.roles, Act::versions);
    const bool may_answer = may(frame.roles, Act::answer);
    Html html;
    paragraph(html, t["versions.intro"]);
    if (!versions.empty()) {
        open_table(html, t["versions.title"],
                   {t["versions.id"], t["versions.made"], t["versions.outcome"], t["source.state"],
                    t["versions.switch"]});
        for (const Version& version : versions) {
            html.raw("<tr><th scope=\"row\">").text(version.id).raw("</th>");
            cell(html, t.date(version.made));
            cell(html, version.outcome);
            html.raw("<td>");
            if (version.live) pill(html, "good", t["versions.live"]);
            html.raw("</td><td>");
            if (may_switch && !version.live) {
                open_form(html, frame, "/versioner/" + version.id);
                close_form(html, t["versions.make_live"], "quiet");
            }
            html.raw("</td></tr>");
        }
        close_table(html);
    }
    if (may_switch) {
        open_form(html, frame, "/versioner/ny");
        close_form(html, t["versions.build"]);
    }
    heading(html, t["tests.title"]);
    paragraph(html, t["tests.intro"]);
    if (!tests.empty()) {
        open_table(html, t["tests.title"],
                   {t["answer.question"], t["tests.expect"], t["tests.source"], t["tests.fact"],
                    t["common.erase"]});
        for (const store::TestQuestionRow& row : tests) {
            html.raw("<tr><th scope=\"row\">").text(row.question).raw("</th>");
            cell(html, t["tests." + row.expect]);
            cell(html, row.source_url);
            cell(html, row.fact);
            html.raw("<td>");
            if (may_answer) {
                open_form(html, frame, "/proever/slet");
                hidden(html, "id", std::to_string(row.id));
                close_form(html, t["common.erase"], "quiet");
            }
            html.raw("</td></tr>");
        }
        close_table(html);
    }
    if (may_answer) {
        open_form(html, frame, "/proever");
        field(html, "question", t["answer.question"], "", {.required = true, .most = 300});
        field(html, "audience", t["source.audience"], "public",
              {.required = true, .hint = t["new_source.audience_hint"], .most = 80});
        choice(html, "expect", t["tests.expect"],
               {{"answered", t["tests.answered"]}, {"refused", t["tests.refused"]}}, "answered");
        field(html, "source_url", t["tests.source"], "",
              {.hint = t["tests.source_hint"], .most = 500});
        field(html, "fact", t["tests.fact"], "", {.hint = t["tests.fact_hint"], .most = 300});
        close_form(html, t["tests.add"]);
    }
    heading(html, t["errors.title"]);
    paragraph(html, t["errors.intro"]);
    for (const store::KnownErrorRow& row : errors) {
        html.raw("<div class=\"box\"><p>").text(row.text).raw("</p>");
        if (may_answer) {
            open_form(html, frame, "/fejl/slet");
            hidden(html, "id", std::to_string(row.id));
            close_form(html, t["errors.mended"], "quiet");
        }
        html.raw("</div>");
    }
    if (may_answer) {
        open_form(html, frame, "/fejl");
        area(html, "text", t["errors.text"], "", {.required = true, .most = 1'000});
        close_form(html, t["errors.add"]);
    }
    return page(frame, t["versions.title"], html);
}

std::string figures_page(const Frame& frame, const std::vector<store::DayUsage>& usage,
                         const Date& from, const Date& today) {
    const Texts& t = frame.texts;
    std::map<std::string, std::uint64_t> kinds;
    std::map<std::string, std::uint64_t> reasons;
    std::map<std::string, std::uint64_t> channels;
    std::uint64_t all = 0;
    for (const store::DayUsage& row : usage) {
        kinds[row.kind] += row.count;
        channels[row.channel] += row.count;
        if (!row.reason.empty()) reasons[row.reason] += row.count;
        all += row.count;
    }
    Html html;
    paragraph(html, t["figures.intro"]);
    const std::vector<std::string> series = {"answered", "refused", "clarify"};
    std::vector<std::string> names;
    for (const std::string& one : series) names.push_back(t["figures." + one]);
    plot(html, t, t["figures.by_day"],
         t.with("figures.summary", {{"n", t.number(all)},
                                    {"besvaret", share(kinds["answered"], all)},
                                    {"afvist", share(kinds["refused"], all)}}),
         series.empty() ? std::vector<std::string>{} : names,
         days_of(t, from, today, usage, series,
                 [](const store::DayUsage& row) { return row.kind; }));
    const auto table = [&](std::string_view title, const std::map<std::string, std::uint64_t>& rows,
                           std::string_view section) {
        heading(html, title);
        if (rows.empty()) return paragraph(html, t["common.none"]);
        open_table(html, title, {title, t["figures.count"], t["figures.share"]});
        for (const auto& [name, count] : rows) {
            html.raw("<tr><th scope=\"row\">").text(t[std::string(section) + name]).raw("</th>");
            figure_cell(html, t.number(count));
            figure_cell(html, share(count, all));
            html.raw("</tr>");
        }
        close_table(html);
    };
    table(t["figures.reasons"], reasons, "reason.");
    table(t["figures.channels"], channels, "channel.");
    return page(frame, t["figures.title"], html);
}

std::string stop_page(const Frame& frame) {
    const Texts& t = frame.texts;
    Html html;
    paragraph(html, t["stop.intro"]);
    if (!may(frame.roles, Act::stop)) {
        paragraph(html, t["stop.not_you"]);
    } else if (frame.paused.empty()) {
        open_form(html, frame, "/stop");
        area(html, "reason", t["stop.reason"], "",
             {.required = true, .hint = t["stop.reason_hint"], .most = 500});
        close_form(html, t["stop.button"], "danger");
    } else {
        open_form(html, frame, "/start");
        close_form(html, t["stop.start"]);
    }
    return page(frame, t["stop.title"], html);
}

std::string audit_page(const Frame& frame, const std::vector<store::AuditRow>& rows,
                       const std::vector<store::StaffRow>& staff, std::string_view fault,
                       std::string_view head, std::int64_t before) {
    const Texts& t = frame.texts;
    std::map<std::string, std::string> names;
    for (const store::StaffRow& row : staff) names[row.login] = row.name;
    Html html;
    paragraph(html, t["audit.intro"]);
    if (fault.empty()) {
        html.raw("<p class=\"done box\">").text(t["audit.unbroken"]).raw(" <code>").text(head);
        html.raw("</code></p>");
    } else {
        html.raw("<p class=\"fault box\" role=\"alert\">").text(t["audit.broken"]).raw(" ");
        html.text(fault).raw("</p>");
    }
    html.raw("<p><a href=\"/log/eksport\" download>").text(t["audit.export"]).raw("</a></p>");
    open_table(html, t["audit.title"],
               {t["audit.number"], t["common.when"], t["common.by"], t["audit.action"],
                t["audit.subject"], t["audit.detail"]});
    for (const store::AuditRow& row : rows) {
        html.raw("<tr><th scope=\"row\" class=\"figure\">");
        html.number(static_cast<std::uint64_t>(row.number)).raw("</th>");
        cell(html, to_string(row.at));
        const auto known = names.find(row.actor);
        cell(html, known == names.end() || known->second == row.actor
                       ? row.actor
                       : known->second + " (" + row.actor + ")");
        cell(html, row.action);
        cell(html, row.subject);
        cell(html, row.detail);
        html.raw("</tr>");
    }
    close_table(html);
    if (!rows.empty() && rows.back().number > 1 && before > 0) {
        html.raw("<p class=\"pager\"><a href=\"/log?foer=");
        html.number(static_cast<std::uint64_t>(rows.back().number)).raw("\">");
        html.text(t["common.older"]).raw("</a></p>");
    }
    return page(frame, t["audit.title"], html);
}

}  // namespace raadbot::admin
