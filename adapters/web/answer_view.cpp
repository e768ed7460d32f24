#include "adapters/web/answer_view.hpp"

#include <algorithm>

#include "adapters/http/url.hpp"
#include "bot/conversation/link_words.hpp"
#include "retrieval/answer/table_rows.hpp"

namespace raadbot::web {
namespace {

using bot::Reply;
using bot::ReplyKind;
using bot::ReplyLink;
using bot::ReplySentence;
using bot::ReplySource;

// "beslutning" -> "Beslutning": section names are stored in lower case.
std::string with_capital(std::string_view text) {
    std::string out(text);
    if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') {
        out[0] = static_cast<char>(out[0] - 'a' + 'A');
    } else if (out.size() > 1 && out[0] == '\xc3' &&
               (out[1] == '\xa6' || out[1] == '\xb8' || out[1] == '\xa5')) {
        out[1] = static_cast<char>(out[1] - 0x20);  // æ, ø, å.
    }
    return out;
}

struct Named {
    std::string_view key;
    std::string_view value;
};

/// The cells of a table's row; none when it is running text, a column has no name, or it is too
/// wide for a telephone.
std::vector<Named> named_cells(std::string_view text) {
    constexpr std::size_t most = 5;
    std::vector<Named> cells;
    if (!answer::is_row(text)) return cells;
    for (const answer::Cell& cell : answer::cells_of(text, {0, text.size()})) {
        cells.push_back({answer::part(text, cell.heading), answer::part(text, cell.value)});
        if (cells.back().key.empty() || cells.size() > most) return {};
    }
    return cells;
}

class View {
public:
    View(const Reply& reply, const AnswerView& view, const Texts& texts)
        : reply_(reply), view_(view), t_(texts) {}

    Html whole() {
        html_.raw("<article class=\"turn kind-")
            .text(kind())
            .raw("\" data-answer=\"")
            .text(reply_.answer_id);
        html_.raw("\" data-question=\"").text(view_.question).raw("\">");
        heading();
        html_.raw("<div class=\"reply\">");
        body();
        notes();
        html_.raw("</div>");
        if (reply_.kind == ReplyKind::clarify) buttons("answer.options", reply_.options, true);
        terms();
        sources();
        contact();
        actions();
        buttons("answer.follow_ups", reply_.follow_ups, false);
        return html_.raw("</article>");
    }

private:
    std::string_view kind() const {
        switch (reply_.kind) {
            case ReplyKind::answered: return "answered";
            case ReplyKind::refused: return "refused";
            case ReplyKind::clarify: return "clarify";
        }
        return "refused";
    }

    void heading() {
        if (view_.heading_is_page_title || view_.question.empty()) {
            html_.raw("<h2 class=\"visually-hidden\">").text(t_["answer.answer"]).raw("</h2>");
            return;
        }
        html_.raw("<h2 class=\"asked\" tabindex=\"-1\" id=\"svar-").id(reply_.answer_id);
        html_.raw("\"><span class=\"visually-hidden\">").text(t_["answer.question"]);
        html_.raw(": </span>").text(view_.question).raw("</h2>");
    }

    void cite(const ReplySentence& sentence) {
        for (const std::uint32_t number : sentence.citations) {
            const auto source =
                std::find_if(reply_.sources.begin(), reply_.sources.end(),
                             [number](const ReplySource& s) { return s.number == number; });
            if (source == reply_.sources.end()) continue;
            const std::string n = std::to_string(number);
            html_.raw(" <a class=\"cite\" href=\"#kilde-").id(reply_.answer_id).raw("-").text(n);
            html_.raw("\" aria-label=\"").text(t_.with("answer.cite", {{"n", n}})).raw(": ");
            html_.text(source->title).raw("\">").text(n).raw("</a>");
        }
    }

    /// What stands in the text before the first sentence: the English frame of Danish quotes.
    void frame() {
        const std::string_view first =
            std::string_view(reply_.text).substr(0, reply_.text.find('\n'));
        if (first.empty() || first.find(reply_.sentences.front().text) != std::string_view::npos)
            return;
        html_.raw("<p class=\"frame\">").text(first).raw("</p>");
    }

    /// On a line of its own a lead needs no colon.
    static std::string_view bare(std::string_view lead) {
        const auto last = lead.find_last_not_of(" :");
        return last == std::string_view::npos ? std::string_view{} : lead.substr(0, last + 1);
    }

    /// How many sentences from here on are rows of one table of one source.
    [[nodiscard]] std::size_t rows_from(std::size_t first) const {
        const std::vector<Named> head = named_cells(reply_.sentences[first].text);
        if (head.empty()) return 0;
        std::size_t count = 1;
        while (first + count < reply_.sentences.size()) {
            const ReplySentence& next = reply_.sentences[first + count];
            const std::vector<Named> cells = named_cells(next.text);
            const bool same =
                next.lead.empty() && next.citations == reply_.sentences[first].citations &&
                std::equal(cells.begin(), cells.end(), head.begin(), head.end(),
                           [](const Named& a, const Named& b) { return a.key == b.key; });
            if (!same) break;
            ++count;
        }
        return count;
    }

    /// The rows' common keys as the head, the words of each source row in its cells.
    void table(std::size_t first, std::size_t count, std::string_view language, bool apart) {
        html_.raw(apart ? Markup("<table class=\"said-table apart\"")
                        : Markup("<table class=\"said-table\""));
        if (!language.empty() || !t_.is_danish()) html_.raw(" lang=\"da\"");
        html_.raw("><thead><tr>");
        for (const Named& cell : named_cells(reply_.sentences[first].text))
            html_.raw("<th scope=\"col\">").text(cell.key).raw("</th>");
        html_.raw("</tr></thead><tbody>");
        for (std::size_t i = first; i < first + count; ++i) {
            html_.raw("<tr class=\"said\">");
            for (const Named& cell : named_cells(reply_.sentences[i].text))
                html_.raw("<td>").text(cell.value).raw("</td>");
            html_.raw("</tr>");
        }
        html_.raw("</tbody></table><p class=\"said-by\">");
        cite(reply_.sentences[first]);
        html_.raw("</p>");
    }

    // Answers: sentences, lists and tables with their marks. What the source said is set as a
    // quotation.
    void sentences() {
        bool in_list = false;
        std::string_view lead;
        std::uint32_t card = 0;  // Of the sentence before.
        const std::string_view quote_language = reply_.language == "da" ? "" : "da";
        for (std::size_t i = 0; i < reply_.sentences.size(); ++i) {
            const ReplySentence& sentence = reply_.sentences[i];
            // A lead is told once; what follows it from the same place belongs to it.
            const std::uint32_t from = sentence.citations.empty() ? 0 : sentence.citations.front();
            const bool goes_on =
                sentence.lead == lead || (sentence.lead.empty() && card != 0 && from == card);
            card = from;
            if (in_list && (!sentence.list_item || !goes_on)) {
                html_.raw("</ul>");
                in_list = false;
            }
            bool apart = false;  // Ends what stood under a lead.
            if (!goes_on) {
                apart = sentence.lead.empty();
                lead = sentence.lead;
                if (!lead.empty()) html_.raw("<p class=\"lead\">").text(bare(lead)).raw("</p>");
            }
            if (const std::size_t rows = rows_from(i); rows > 1) {
                if (in_list) html_.raw("</ul>");
                in_list = false;
                table(i, rows, quote_language, apart);
                i += rows - 1;
                continue;
            }
            if (sentence.list_item && !in_list) {
                html_.raw(apart ? Markup("<ul class=\"said-list apart\">")
                                : Markup("<ul class=\"said-list\">"));
                in_list = true;
            }
            html_.raw(sentence.list_item ? Markup("<li class=\"said\">")
                      : apart            ? Markup("<p class=\"said apart\">")
                                         : Markup("<p class=\"said\">"));
            html_.raw("<span");
            if (!quote_language.empty() || !t_.is_danish()) html_.raw(" lang=\"da\"");
            html_.raw(">").text(sentence.text).raw("</span>");
            cite(sentence);
            html_.raw(sentence.list_item ? Markup("</li>") : Markup("</p>"));
        }
        if (in_list) html_.raw("</ul>");
    }

    /// Shown below as a card, a button or a box of its own.
    bool stands_below(std::string_view content) const {
        if (std::find(reply_.options.begin(), reply_.options.end(), content) !=
            reply_.options.end()) {
            return true;
        }
        const auto holds = [content](const std::string& part) {
            return !part.empty() && content.find(part) != std::string_view::npos;
        };
        if (reply_.contact && holds(reply_.contact->name) &&
            (holds(reply_.contact->mail) || holds(reply_.contact->phone))) {
            return true;
        }
        return std::any_of(reply_.sources.begin(), reply_.sources.end(),
                           [&](const ReplySource& source) { return holds(source.url); });
    }

    // Refusals and questions back: the text as it is, a line a paragraph, "- " lines as a list.
    void lines() {
        std::string_view rest = reply_.text;
        bool in_list = false;
        bool any = false;
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            const std::string_view line = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
            const bool item = line.starts_with("- ");
            const std::string_view content = item ? line.substr(2) : line;
            if (content.empty() || stands_below(content)) continue;
            if (in_list && !item) html_.raw("</ul>");
            if (item && !in_list) html_.raw("<ul>");
            in_list = item;
            any = true;
            html_.raw(item ? Markup("<li>") : Markup("<p>")).text(content);
            html_.raw(item ? Markup("</li>") : Markup("</p>"));
        }
        if (in_list) html_.raw("</ul>");
        if (!any && reply_.kind == ReplyKind::clarify) {
            html_.raw("<p>").text(t_["answer.unclear"]).raw("</p>");
        }
    }

    void body() {
        html_.raw("<div class=\"body\">");
        if (reply_.kind == ReplyKind::answered && !reply_.sentences.empty()) {
            frame();
            sentences();
        } else {
            lines();
        }
        html_.raw("</div>");
    }

    void notes() {
        if (reply_.notes.empty()) return;
        html_.raw("<div class=\"notes\"><h3>").text(t_["answer.notes"]).raw("</h3><ul>");
        for (const std::string& note : reply_.notes) html_.raw("<li>").text(note).raw("</li>");
        html_.raw("</ul></div>");
    }

    void terms() {
        if (reply_.terms.empty()) return;
        html_.raw("<section class=\"terms\"><h3>").text(t_["answer.terms"]).raw("</h3><dl>");
        for (const bot::ReplyTerm& term : reply_.terms) {
            html_.raw("<div><dt>").text(term.term).raw("</dt><dd><span");
            if (!t_.is_danish()) html_.raw(" lang=\"da\"");
            html_.raw(">").text(term.explanation).raw("</span>");
            if (term.source > 0) {
                const std::string n = std::to_string(term.source);
                html_.raw(" <a class=\"cite\" href=\"#kilde-")
                    .id(reply_.answer_id)
                    .raw("-")
                    .text(n);
                html_.raw("\" aria-label=\"").text(t_.with("answer.cite", {{"n", n}})).raw("\">");
                html_.text(n).raw("</a>");
            }
            html_.raw("</dd></div>");
        }
        html_.raw("</dl></section>");
    }

    void source_card(const ReplySource& source) {
        const std::string n = std::to_string(source.number);
        html_.raw("<li class=\"card\" tabindex=\"-1\" id=\"kilde-")
            .id(reply_.answer_id)
            .raw("-")
            .text(n);
        html_.raw("\">");
        const bool cited = reply_.kind == ReplyKind::answered;
        if (cited) html_.raw("<span class=\"number\" aria-hidden=\"true\">").text(n).raw("</span>");
        html_.raw("<div class=\"about\"><h4>");
        if (cited) html_.raw("<span class=\"visually-hidden\">").text(n).raw(". </span>");
        html_.raw("<span");
        if (!t_.is_danish()) html_.raw(" lang=\"da\"");
        html_.raw(">").text(source.title).raw("</span></h4><p class=\"meta\"><span>");
        html_.text(t_.kind(source.kind)).raw("</span>");
        if (!source.committee.empty()) html_.raw("<span>").text(source.committee).raw("</span>");
        if (!source.date.empty()) html_.raw("<span>").text(t_.date(source.date)).raw("</span>");
        if (!source.section.empty() && source.section != source.title) {
            html_.raw("<span>").text(with_capital(source.section)).raw("</span>");
        }
        html_.raw("</p>");
        if (!source.quote.empty()) {
            html_.raw("<blockquote");
            if (!t_.is_danish()) html_.raw(" lang=\"da\"");
            html_.raw(">").text(source.quote).raw("</blockquote>");
        }
        html_.raw("<p class=\"foot\">");
        if (is_web_url(source.url)) {
            html_.raw("<a class=\"open\" target=\"_blank\" rel=\"noopener noreferrer\"")
                .href(source.url);
            html_.raw(">")
                .text(t_["answer.open"])
                .raw("<span class=\"visually-hidden\">: ")
                .text(source.title);
            html_.raw(" (").text(t_["site.new_window"]).raw(")</span></a>");
        }
        for (const ReplyLink& link : source.also) {
            const std::string label = bot::link_words(link, t_.is_danish() ? "da" : "en");
            if (!is_web_url(link.url) || label.empty()) continue;
            html_.raw("<a class=\"open also\" target=\"_blank\" rel=\"noopener noreferrer\"")
                .href(link.url);
            html_.raw(">").text(label);
            html_.raw("<span class=\"visually-hidden\">: ").text(link.title);
            html_.raw(" (").text(t_["site.new_window"]).raw(")</span></a>");
        }
        if (!source.checked.empty()) {
            html_.raw("<span class=\"checked\">");
            html_.text(t_.with("answer.checked", {{"tid", t_.date(source.checked)}}))
                .raw("</span>");
        }
        html_.raw("</p></div></li>");
    }

    void sources() {
        if (reply_.sources.empty()) return;
        html_.raw("<section class=\"sources\"><h3>");
        html_.text(t_[reply_.kind == ReplyKind::answered ? "answer.sources" : "answer.nearest"]);
        html_.raw("</h3><ol class=\"cards\">");
        for (const ReplySource& source : reply_.sources) source_card(source);
        html_.raw("</ol></section>");
    }

    void contact() {
        if (!reply_.contact) return;
        html_.raw("<section class=\"contact\"><h3>").text(t_["answer.contact"]).raw("</h3>");
        html_.add(render(*reply_.contact, t_)).raw("</section>");
    }

    void actions() {
        html_.raw("<div class=\"actions\"><p class=\"ai\">");
        html_.text(reply_.ai_label.empty() ? t_["answer.machine"] : reply_.ai_label).raw("</p>");
        html_.raw(
            "<div class=\"tools\"><button type=\"button\" class=\"tool read\" hidden data-stop=\"");
        html_.text(t_["answer.stop_reading"])
            .raw("\">")
            .text(t_["answer.read_aloud"])
            .raw("</button>");
        if (!reply_.answer_id.empty()) {
            html_.raw("<button type=\"button\" class=\"tool copy\" hidden data-done=\"");
            html_.text(t_["answer.copied"])
                .raw("\">")
                .text(t_["answer.copy_link"])
                .raw("</button>");
            html_.raw("<a class=\"tool permalink\" href=\"/svar/");
            html_.text(http::percent_encoded(reply_.answer_id))
                .raw(t_.is_danish() ? Markup("") : Markup("?lang=en"));
            html_.raw("\">").text(t_["answer.permalink"]).raw("</a>");
        }
        html_.raw("</div>");
        if (!reply_.answer_id.empty()) feedback();
        html_.raw("</div>");
    }

    void feedback() {
        html_.raw(
            "<form class=\"feedback\" method=\"post\" action=\"/feedback\" "
            "data-role=\"feedback\">");
        html_.raw("<input type=\"hidden\" name=\"answer_id\" value=\"").text(reply_.answer_id);
        html_.raw("\"><input type=\"hidden\" name=\"lang\" value=\"")
            .text(t_.language())
            .raw("\">");
        html_.raw("<fieldset><legend>").text(t_["feedback.question"]).raw("</legend>");
        html_.raw("<button class=\"thumb\" name=\"helpful\" value=\"1\">").text(t_["feedback.yes"]);
        html_.raw("</button><button class=\"thumb\" name=\"helpful\" value=\"0\">")
            .text(t_["feedback.no"]);
        html_.raw("</button></fieldset><details><summary>").text(t_["feedback.add_comment"]);
        html_.raw("</summary><label>").text(t_["feedback.comment"]);
        html_.raw("<textarea name=\"comment\" rows=\"2\" maxlength=\"1000\"></textarea></label>");
        html_.raw("<p class=\"hint\">").text(t_["feedback.comment_hint"]).raw("</p></details>");
        html_.raw("<p class=\"thanks\" role=\"status\" data-thanks=\"").text(t_["feedback.thanks"]);
        html_.raw("\" data-thanks-comment=\"")
            .text(t_["feedback.thanks_comment"])
            .raw("\" data-failed=\"");
        html_.text(t_["feedback.failed"]).raw("\" data-unknown=\"").text(t_["feedback.unknown"]);
        html_.raw("\" data-send=\"").text(t_["feedback.send"]).raw("\"></p></form>");
    }

    void buttons(const char* title, const std::vector<std::string>& questions, bool prominent) {
        if (questions.empty()) return;
        html_.raw(prominent ? Markup("<section class=\"choices options\">")
                            : Markup("<section class=\"choices\">"));
        html_.raw("<h3>").text(t_[title]).raw(
            "</h3><form method=\"post\" data-role=\"ask\" action=\"");
        html_.text(view_.action)
            .raw("\"><input type=\"hidden\" name=\"lang\" value=\"")
            .text(t_.language());
        html_.raw("\">");
        for (const std::string& question : view_.previous) {
            html_.raw("<input type=\"hidden\" name=\"previous\" value=\"")
                .text(question)
                .raw("\">");
        }
        for (const std::string& question : questions) {
            html_.raw("<button class=\"choice\" name=\"q\" value=\"").text(question).raw("\">");
            html_.text(question).raw("</button>");
        }
        html_.raw("</form></section>");
    }

    const Reply& reply_;
    const AnswerView& view_;
    const Texts& t_;
    Html html_;
};

}  // namespace

Html render(const bot::Reply& reply, const AnswerView& view, const Texts& texts) {
    return View(reply, view, texts).whole();
}

Html render(const bot::Contact& contact, const Texts& texts) {
    Html html;
    if (contact.name.empty() && contact.mail.empty() && contact.phone.empty()) return html;
    html.raw("<address>");
    if (!contact.name.empty()) html.raw("<span class=\"who\">").text(contact.name).raw("</span>");
    if (!contact.mail.empty() && contact.mail.find_first_of(" ?&\"<>%") == std::string::npos) {
        html.raw("<a href=\"mailto:").text(contact.mail).raw("\"><span class=\"visually-hidden\">");
        html.text(texts["site.mail"]).raw(" </span>").text(contact.mail).raw("</a>");
    }
    if (!contact.phone.empty()) {
        std::string digits;
        for (const char c : contact.phone) {
            if ((c >= '0' && c <= '9') || c == '+') digits += c;
        }
        html.raw("<a href=\"tel:").text(digits).raw("\"><span class=\"visually-hidden\">");
        html.text(texts["site.phone"]).raw(" </span>").text(contact.phone).raw("</a>");
    }
    return html.raw("</address>");
}

}  // namespace raadbot::web
