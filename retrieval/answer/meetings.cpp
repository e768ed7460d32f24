#include "retrieval/answer/meetings.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::DateMention;
using danish::DateReference;

bool of_body(const store::Store::Meeting& meeting, const std::vector<std::string>& bodies) {
    return bodies.empty() ||
           std::find(bodies.begin(), bodies.end(), danish::body_key(meeting.body)) != bodies.end();
}

void narrow(MeetingScope& scope, const Date& day) { scope.first = scope.last = day; }

/// "Udsat", "oversendt", "anbefales": not the end of a case.
bool is_postponed(std::string_view text) {
    const std::string folded = danish::fold(text);
    constexpr std::array<std::string_view, 12> marks{"udsat",
                                                     "udsættes",
                                                     "udskudt",
                                                     "tages af dagsordenen",
                                                     "taget af dagsordenen",
                                                     "oversendt",
                                                     "oversendes",
                                                     "sendt tilbage",
                                                     "sendes tilbage",
                                                     "tilbagesend",
                                                     "hjemvis",
                                                     "fornyet behandling"};
    return text.size() < 400 && std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) {
               return folded.find(mark) != std::string::npos;
           });
}

/// "Hvad vedtog de om prisen næste år"; not "hvad blev vedtaget på mødet i januar 2027".
bool decided_for_later(const QuestionView& question) {
    using danish::QuestionType;
    static const std::unordered_set<std::string_view> verbs{"vedtog", "besluttede", "bestemte",
                                                            "godkendte", "stemte"};
    if (question.type != QuestionType::decision && question.type != QuestionType::vote)
        return false;
    const auto tokens = danish::tokenize(question.text);
    const bool at_meeting = std::any_of(
        tokens.begin(), tokens.end(),
        [](const danish::Token& token) { return token.text.find("møde") != std::string::npos; });
    return !at_meeting &&
           std::any_of(tokens.begin(), tokens.end(),
                       [&](const danish::Token& token) { return verbs.contains(token.text); });
}

}  // namespace

bool MeetingScope::admits(const StoredPassage& passage) const {
    if (!limited()) return true;
    if (!passage.meeting) return false;
    std::optional<Date> date = passage.meeting->date;
    std::string body = danish::body_key(passage.meeting->body);
    if (passage.passage.decided_on) date = passage.passage.decided_on;
    if (!passage.passage.decided_by.empty()) body = danish::body_key(passage.passage.decided_by);
    if (!bodies.empty() && std::find(bodies.begin(), bodies.end(), body) == bodies.end())
        return false;
    if (first && (!date || *date < *first)) return false;
    if (last && (!date || *date > *last)) return false;
    return true;
}

MeetingScope resolve_scope(const QuestionView& question,
                           const std::vector<store::Store::Meeting>& meetings, const Date& today) {
    MeetingScope scope;
    scope.bodies = question.bodies;
    const bool for_later = decided_for_later(question);
    for (const DateMention& mention : question.dates) {
        if (for_later && mention.first && *mention.first > today) continue;
        // "sidste møde" without a body means the council's.
        std::vector<std::string> bodies = question.bodies;
        if (bodies.empty()) bodies.push_back("byråd");
        std::optional<Date> found;
        switch (mention.reference) {
            case DateReference::last_held:
                for (const auto& meeting : meetings) {
                    if (of_body(meeting, bodies) && meeting.date <= today &&
                        meeting.paper == MeetingPaper::referat) {
                        found = meeting.date;  // Sorted by date: the last one stays.
                    }
                }
                break;
            case DateReference::next:
                for (const auto& meeting : meetings) {
                    if (of_body(meeting, bodies) && meeting.date >= today &&
                        meeting.paper != MeetingPaper::referat) {
                        found = meeting.date;
                        break;
                    }
                }
                break;
            case DateReference::day_of_month:
                for (const auto& meeting : meetings) {
                    if (!of_body(meeting, question.bodies) ||
                        static_cast<unsigned>(meeting.date.day()) != mention.day)
                        continue;
                    if (meeting.date <= today) {
                        found = meeting.date;
                    } else if (question.type == danish::QuestionType::agenda) {
                        found = meeting.date;  // What will be dealt with there.
                        break;
                    }
                }
                break;
            case DateReference::day_and_month: {
                if (!mention.first) continue;
                for (const auto& meeting : meetings) {
                    if (of_body(meeting, question.bodies) &&
                        meeting.date.month() == mention.first->month() &&
                        meeting.date.day() == mention.first->day() &&
                        (meeting.date <= today || !found)) {
                        found = meeting.date;
                    }
                }
                if (!found) {
                    scope.first = mention.first;
                    scope.last = mention.last ? mention.last : mention.first;
                    scope.unmet = true;
                    continue;
                }
                break;
            }
            case DateReference::range:
                scope.first = mention.first;
                scope.last = mention.last;
                continue;
        }
        if (found) {
            narrow(scope, *found);
            if (scope.bodies.empty())
                scope.bodies = mention.reference == DateReference::last_held ||
                                       mention.reference == DateReference::next
                                   ? bodies
                                   : question.bodies;
        } else {
            scope.unmet = true;
        }
    }
    return scope;
}

std::vector<Decision> decisions_of(const std::vector<StoredPassage>& case_passages) {
    struct Key {
        std::string body;
        std::string date;
        auto operator<=>(const Key&) const = default;
    };
    // Retellings in another body's papers come second to the deciding meeting's own minutes.
    std::map<Key, std::map<std::string, std::vector<StoredPassage>>> own;
    std::map<Key, std::map<std::string, std::vector<StoredPassage>>> retold;
    for (const StoredPassage& p : case_passages) {
        if (p.passage.section != Section::beslutning || !p.meeting) continue;
        const bool told_of_another =
            !p.passage.decided_by.empty() || p.passage.decided_on.has_value();
        const std::string body =
            p.passage.decided_by.empty() ? p.meeting->body : p.passage.decided_by;
        const std::optional<Date> date =
            p.passage.decided_on ? p.passage.decided_on : p.meeting->date;
        const Key key{danish::body_key(body), date ? raadbot::to_string(*date) : std::string()};
        const bool same_meeting =
            danish::body_key(p.meeting->body) == key.body && p.meeting->date == date;
        if (!told_of_another && p.meeting->paper == MeetingPaper::dagsorden) continue;
        auto& target = told_of_another && !same_meeting ? retold : own;
        target[key][p.document.value].push_back(p);
    }
    for (auto& [key, documents] : retold) own.try_emplace(key, std::move(documents));
    std::vector<Decision> result;
    for (auto& [key, documents] : own) {
        Decision decision;
        decision.passages = std::move(documents.begin()->second);
        const StoredPassage& p = decision.passages.front();
        decision.body = p.passage.decided_by.empty() ? p.meeting->body : p.passage.decided_by;
        decision.date = p.passage.decided_on ? p.passage.decided_on : p.meeting->date;
        std::string text;
        for (const StoredPassage& part : decision.passages) text += part.passage.text + "\n";
        decision.postponed = is_postponed(text);
        decision.withheld = danish::fold(text).find("ikke frigivet") != std::string::npos;
        result.push_back(std::move(decision));
    }
    std::sort(result.begin(), result.end(), [](const Decision& a, const Decision& b) {
        return std::pair(a.date.value_or(Date{}), danish::body_rank(danish::body_key(a.body))) <
               std::pair(b.date.value_or(Date{}), danish::body_rank(danish::body_key(b.body)));
    });
    return result;
}

}  // namespace raadbot::answer
