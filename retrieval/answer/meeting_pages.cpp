#include "retrieval/answer/meeting_pages.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

using danish::QuestionType;

const store::Store::Meeting* meeting_meant(const QuestionView& question, const MeetingScope& scope,
                                           const std::vector<store::Store::Meeting>& meetings,
                                           const Date& today) {
    std::vector<std::string> bodies = scope.bodies;
    // Without a body the council is meant, where there is one.
    const bool has_council = std::any_of(meetings.begin(), meetings.end(), [](const auto& meeting) {
        return danish::body_key(meeting.body) == "byråd";
    });
    if (bodies.empty() && has_council) bodies.push_back("byråd");
    const store::Store::Meeting* chosen = nullptr;
    for (const auto& meeting : meetings) {
        if (!bodies.empty() &&
            std::find(bodies.begin(), bodies.end(), danish::body_key(meeting.body)) == bodies.end())
            continue;
        if (scope.first && meeting.date < *scope.first) continue;
        if (scope.last && meeting.date > *scope.last) continue;
        if (!scope.first && !scope.last) {
            const bool future = meeting.date >= today;
            if (future != (question.type == QuestionType::agenda)) continue;
            if (future && chosen != nullptr && meeting.date > chosen->date) continue;
        }
        if (chosen != nullptr && chosen->date == meeting.date &&
            chosen->paper == MeetingPaper::referat)
            continue;
        chosen = &meeting;
    }
    return chosen;
}

std::optional<Proof> decisions_of_meeting(const store::Store::Meeting& meeting,
                                          const store::Store& store, const Access& access) {
    ProofBuilder builder;
    std::string last;
    for (const StoredPassage& p : store.meeting_passages(meeting.url)) {
        if (!access.admits(p) || p.passage.section != Section::beslutning || p.passage.decided_on ||
            p.document.value == last) {
            continue;
        }
        for (const danish::Span& span : spans_of(p)) {
            if (is_attendance_line(words_of(p, span))) continue;
            last = p.document.value;
            if (builder.size() == ProofBuilder::max_cards) return builder.take();
            builder.quote(p, span, Lead{p.title, std::nullopt});
            break;
        }
    }
    return builder.empty() ? std::nullopt : std::optional(builder.take());
}

std::optional<Proof> answer_from_meeting_page(const QuestionView& question,
                                              const store::Store::Meeting& meeting,
                                              const store::Store& store, const Access& access,
                                              const Date& today) {
    ProofBuilder builder;
    const bool attendance = question.type == QuestionType::attendance;
    static constexpr std::array<std::string_view, 5> absent{"fravær", "afbud", "forfald",
                                                            "ikke til stede", "mangl"};
    const std::string asked = danish::fold(question.text);
    const auto about_absence = [](std::string_view text) {
        return std::any_of(absent.begin(), absent.end(), [&](std::string_view word) {
            return text.find(word) != std::string_view::npos;
        });
    };
    const bool absence_asked = about_absence(asked) || asked.find("væk") != std::string::npos ||
                               asked.find("absent") != std::string::npos ||
                               asked.find(" ikke ") != std::string::npos ||
                               asked.find(" not ") != std::string::npos;
    for (const StoredPassage& p : store.document_passages(meeting.document)) {
        if (!access.admits(p)) continue;
        if (attendance != (p.passage.section == Section::deltagere)) continue;
        const bool under_absence =
            std::any_of(p.passage.headings.begin(), p.passage.headings.end(),
                        [&](const std::string& h) { return about_absence(danish::fold(h)); });
        for (const danish::Span& span : spans_of(p)) {
            const std::string_view words = words_of(p, span);
            const bool tells_absence = under_absence || about_absence(danish::fold(words));
            if (attendance && absence_asked != tells_absence) continue;
            if (!attendance && !words.starts_with("- ")) continue;
            if (builder.size() == most_items) break;
            builder.quote(p, span, builder.empty() ? lead_of(p) : std::nullopt);
        }
    }
    if (builder.empty()) return std::nullopt;
    if (meeting.paper == MeetingPaper::dagsorden && meeting.date >= today) {
        builder.add_caveat({Caveat::Kind::not_decided, meeting.body, meeting.date, meeting.url});
    }
    return builder.take();
}

bool asks_when_meeting(const QuestionView& question) {
    if (question.type != QuestionType::when && question.type != QuestionType::where &&
        question.type != QuestionType::unknown) {
        return false;
    }
    const bool relative =
        std::any_of(question.dates.begin(), question.dates.end(), [](const auto& mention) {
            return mention.reference == danish::DateReference::next ||
                   mention.reference == danish::DateReference::last_held;
        });
    const auto means_meeting = [](const Aspect& aspect) {
        static const std::set<std::string_view> words{"møde", "byrådmøde", "byråd",
                                                      "kommunalbestyrelse", "udvalgmøde"};
        return aspect.light || !aspect.body.empty() ||
               (aspect.phrase && aspect.surface.find("møde") != std::string::npos) ||
               std::any_of(aspect.alternatives.begin(), aspect.alternatives.end(),
                           [](const Alternative& a) {
                               return a.terms.size() == 1 && words.contains(a.terms.front());
                           });
    };
    const auto words = danish::tokenize(question.text);
    const bool of_a_meeting =
        std::any_of(words.begin(), words.end(), [](const danish::Token& token) {
            return token.text == "mødet" || token.text == "meeting";
        });
    return (relative || of_a_meeting) &&
           std::all_of(question.aspects.begin(), question.aspects.end(), means_meeting);
}

std::optional<Proof> when_and_where(const store::Store::Meeting& meeting, const store::Store& store,
                                    const Access& access) {
    ProofBuilder builder;
    for (const StoredPassage& p : store.document_passages(meeting.document)) {
        if (!access.admits(p)) continue;
        for (const danish::Span& span : spans_of(p)) {
            const Facts facts = facts_of(words_of(p, span));
            if (!facts.date && !facts.time) continue;
            builder.quote(p, span);
            return builder.take();
        }
    }
    return std::nullopt;
}

std::vector<std::string> bodies_that_meet(const std::vector<store::Store::Meeting>& meetings,
                                          const Date& today) {
    std::vector<std::string> bodies;
    for (const auto& meeting : meetings) {  // By date.
        if (meeting.date < today || bodies.size() == most_options) continue;
        if (std::find(bodies.begin(), bodies.end(), meeting.body) == bodies.end())
            bodies.push_back(meeting.body);
    }
    return bodies;
}

}  // namespace raadbot::answer
