#include "bot/conversation/wording.hpp"

#include <algorithm>
#include <set>

#include "retrieval/danish/dates.hpp"

namespace raadbot::bot {
namespace {

using answer::Caveat;

class Wording {
public:
    Wording(const answer::Outcome& outcome, const WordingInputs& inputs)
        : outcome_(outcome), inputs_(inputs), language_(outcome.language) {}

    Reply operator()() {
        reply_.language = language_;
        reply_.index_version = outcome_.index_version;
        reply_.ai_label = say("ai_label");
        std::string helpers;
        for (const std::string& name : inputs_.helpers) {
            helpers += (helpers.empty() ? "" : ", ") + name;
        }
        if (!helpers.empty()) {
            reply_.ai_label += ' ' + say("ai_label_models", {{"models", helpers}});
        }
        if (const auto* proof = std::get_if<answer::Proof>(&outcome_.result)) {
            tell(*proof);
        } else if (const auto* none = std::get_if<answer::NoProof>(&outcome_.result)) {
            refuse(*none);
        } else {
            ask(std::get<answer::Unclear>(outcome_.result));
        }
        return std::move(reply_);
    }

private:
    [[nodiscard]] std::string say(std::string_view key, const Values& values = {}) const {
        return inputs_.texts.get(language_, key, values);
    }

    [[nodiscard]] std::string date(const Date& day) const {
        return language_ == "en" ? danish::english_date(day) : danish::danish_date(day);
    }

    void line(const std::string& text) {
        if (text.empty()) return;
        if (!reply_.text.empty()) reply_.text += '\n';
        reply_.text += text;
    }

    void tell(const answer::Proof& proof) {
        reply_.kind = ReplyKind::answered;
        line(say("answer.frame"));
        for (const answer::Sentence& sentence : proof.sentences) {
            ReplySentence out;
            out.text = sentence.text();
            out.list_item = sentence.is_list_item();
            if (const auto& lead = sentence.lead()) {
                out.lead = before(*lead);
            }
            std::string marks;
            for (const answer::Citation& citation : sentence.citations()) {
                out.citations.push_back(citation.card);
                marks += " [" + std::to_string(citation.card) + "]";
            }
            line((out.list_item ? "- " : "") + out.lead + out.text + marks);
            reply_.sentences.push_back(std::move(out));
        }
        for (const Caveat& caveat : proof.caveats) {
            reply_.notes.push_back(note(caveat));
            line(reply_.notes.back());
        }
        for (const answer::SourceCard& card : proof.cards) reply_.sources.push_back(source(card));
        for (const answer::TermNote& term : proof.terms) {
            reply_.terms.push_back({term.term, term.explanation, term.card});
        }
    }

    [[nodiscard]] std::string before(const answer::Lead& lead) const {
        if (!lead.date) return say("answer.lead_without_date", {{"body", lead.body}});
        const Values values{
            {"body", lead.body}, {"date", date(*lead.date)}, {"matter", lead.matter}};
        if (lead.matter.empty())
            return say(lead.proposed ? "answer.lead_proposed" : "answer.lead", values);
        return say(lead.proposed ? "answer.lead_matter_proposed" : "answer.lead_matter", values);
    }

    [[nodiscard]] std::string note(const Caveat& caveat) const {
        Values values{{"body", caveat.body}, {"url", caveat.url}};
        if (caveat.date) values["date"] = date(*caveat.date);
        switch (caveat.kind) {
            case Caveat::Kind::not_decided: return say("note.not_decided", values);
            case Caveat::Kind::later_decision: return say("note.later_decision", values);
            case Caveat::Kind::postponed: return say("note.postponed", values);
            case Caveat::Kind::sources_disagree: return say("note.sources_disagree", values);
            case Caveat::Kind::old: return say("note.old", values);
            case Caveat::Kind::earlier_term: return say("note.earlier_term", values);
            case Caveat::Kind::list_goes_on: return say("note.list_goes_on", values);
            case Caveat::Kind::transcript: return say("note.transcript", values);
        }
        return {};
    }

    static ReplySource source(const answer::SourceCard& card) {
        const StoredPassage& p = card.passage;
        ReplySource out;
        out.number = card.number;
        out.source_id = p.source.value;
        out.document_id = p.document.value;
        out.url = link(p.url, p.passage.anchor);
        out.title = p.title;
        out.kind = to_string(p.kind);
        if (p.meeting) {
            out.committee = p.passage.decided_by.empty() ? p.meeting->body : p.passage.decided_by;
            const auto& day = p.passage.decided_on ? p.passage.decided_on : p.meeting->date;
            if (day) out.date = to_string(*day);
        } else if (p.updated) {
            out.date = to_string(*p.updated);
        }
        if (!p.passage.headings.empty()) {
            out.section = p.passage.headings.back();
        } else if (p.passage.section != Section::text) {
            out.section = to_string(p.passage.section);
        }
        out.quote = card.quote;
        const Anchor& anchor = p.passage.anchor;
        out.anchor = anchor.page     ? "#page=" + std::to_string(*anchor.page)
                     : anchor.second ? "t=" + std::to_string(*anchor.second)
                                     : anchor.fragment;
        out.checked = to_string(p.checked);
        return out;
    }

    void refuse(const answer::NoProof& none) {
        using answer::RefusalReason;
        reply_.kind = ReplyKind::refused;
        reply_.reason = answer::to_string(none.reason);
        const Values about{{"municipality", inputs_.municipality},
                           {"reason", inputs_.pause_reason}};
        line(say("refusal." + reply_.reason, about));
        if (none.reason == RefusalReason::no_answer_in_material) {
            if (!none.missing.empty())
                line(say("refusal.missing", {{"words", quoted(none.missing)}}));
            line(searched(none.searched_sources));
            if (none.nearest) {
                constexpr std::size_t longest_quote = 300;  // Bytes: a hint, not an answer.
                const StoredPassage& place = none.nearest->passage;
                const bool quoted = none.nearest->quote.size() <= longest_quote;
                line(say(quoted ? "refusal.nearest_says" : "refusal.nearest",
                         {{"title", place.title},
                          {"quote", none.nearest->quote},
                          {"url", link(place.url, place.passage.anchor)}}));
                reply_.sources.push_back(source(*none.nearest));
            }
        }
        if (!inputs_.contact.name.empty()) {
            reply_.contact = inputs_.contact;
            std::string details;
            for (const std::string& detail : {inputs_.contact.mail, inputs_.contact.phone}) {
                if (!detail.empty()) details += ", " + detail;
            }
            line(say("refusal.contact", {{"name", inputs_.contact.name}, {"details", details}}));
        }
    }

    static std::string quoted(const std::vector<std::string>& words) {
        std::string list;
        for (std::size_t i = 0; i < words.size() && i < 4; ++i) {
            if (i > 0) list += ", ";
            list += "»" + words[i] + "«";
        }
        return list;
    }

    [[nodiscard]] std::string searched(std::uint32_t count) const {
        std::set<std::string> kinds;
        for (const SourceKind kind : inputs_.searched) {
            kinds.insert(say("kind." + std::string(to_string(kind))));
        }
        std::string list;
        for (const std::string& kind : kinds) list += (list.empty() ? "" : ", ") + kind;
        if (list.empty()) return {};
        return say(count == 1 ? "refusal.searched_one" : "refusal.searched",
                   {{"count", std::to_string(count)}, {"sources", list}});
    }

    void ask(const answer::Unclear& unclear) {
        reply_.kind = ReplyKind::clarify;
        const bool meeting = unclear.kind == answer::Unclear::Kind::meeting;
        line(say(meeting ? "clarify.meeting" : "clarify.decision"));
        for (const std::string& option : unclear.options) {
            reply_.options.push_back(say(meeting ? "clarify.ask_meeting" : "clarify.ask_decision",
                                         {{"subject", option}}));
            line("- " + option);
        }
    }

    const answer::Outcome& outcome_;
    const WordingInputs& inputs_;
    std::string language_;
    Reply reply_;
};

}  // namespace

std::string suggestion(const Texts& texts, std::string_view language,
                       const answer::Neighbour& neighbour) {
    using Kind = answer::Neighbour::Kind;
    const Values values{{"subject", neighbour.subject}, {"within", neighbour.within}};
    switch (neighbour.kind) {
        case Kind::decision: return texts.get(language, "follow_up.decision", values);
        case Kind::proposal: return texts.get(language, "follow_up.proposal", values);
        case Kind::term: return texts.get(language, "follow_up.term", values);
        case Kind::section: break;
    }
    if (neighbour.subject.ends_with('?')) return neighbour.subject;
    return texts.get(language, "follow_up.section", values);
}

Reply put_into_words(const answer::Outcome& outcome, const WordingInputs& inputs) {
    return Wording(outcome, inputs)();
}

}  // namespace raadbot::bot
