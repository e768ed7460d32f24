#include "retrieval/answer/meeting_answers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

constexpr float least_topic_coverage = 0.62F;
constexpr std::size_t most_sentences = 4;
constexpr std::size_t most_items = 20;
constexpr std::size_t most_options = 4;
constexpr std::size_t most_votes = 8;  // Amendments are voted on first, the matter itself last.

bool asks_when_decided(const QuestionView& question) {
    if (question.type != QuestionType::when) return false;
    const danish::Morphology& morphology = danish::Morphology::instance();
    constexpr std::array<std::string_view, 8> verbs{"vedtage", "godkende", "beslutte", "afvise",
                                                    "bevilge", "approve",  "adopt",    "decide"};
    for (const danish::Token& token : danish::tokenize(question.text)) {
        const std::string lemma = morphology.lemma(token.text);
        if (std::find(verbs.begin(), verbs.end(), lemma) != verbs.end()) return true;
    }
    return false;
}

/// Share of the question's topic that a case's title and text cover; the title says what the case
/// is about.
float topic_coverage(const QuestionView& question, const PassageView& view) {
    float covered = 0;
    float total = 0;
    for (const Aspect& aspect : question.aspects) {
        const float here =
            aspect.coverage({&view.title, &view.headings, &view.text}, {1.0F, 0.9F, 0.85F});
        if (aspect.year) continue;  // The scope's dates answer for the year.
        if ((aspect.exact && here < 0.8F) || (aspect.name && here < 0.5F)) return 0;
        covered += aspect.weight * here;
        total += aspect.weight;
    }
    return total == 0 ? 0 : covered / total;
}

std::string case_key(const StoredPassage& p) {
    if (!p.meeting->case_number.empty()) return p.meeting->case_number;
    return danish::fold(p.title);
}

std::vector<StoredPassage> passages_of_case(const StoredPassage& p, const store::Store& store,
                                            const Access& access) {
    auto passages = p.meeting->case_number.empty() ? store.document_passages(p.document)
                                                   : store.case_passages(p.meeting->case_number);
    std::erase_if(passages, [&](const StoredPassage& q) { return !access.admits(q); });
    return passages;
}

std::vector<danish::Span> spans_of(const StoredPassage& p) {
    return quotable_spans(p.passage.text);
}

std::string_view words_of(const StoredPassage& p, const danish::Span& span) {
    return std::string_view(p.passage.text).substr(span.begin, span.end - span.begin);
}

/// Who was away is not what was decided.
bool is_attendance_line(std::string_view text) {
    const std::string folded = danish::fold(text);
    return folded.starts_with("fraværende") || folded.starts_with("afbud") ||
           folded.starts_with("ikke til stede") || folded.starts_with("til stede") ||
           folded.starts_with("mødt") || folded.starts_with("tilstede") ||
           folded.starts_with("følgende deltog ikke") || folded.starts_with("deltog ikke");
}

bool in_scope(const MeetingScope& scope, const Decision& decision) {
    if (!scope.bodies.empty() && std::find(scope.bodies.begin(), scope.bodies.end(),
                                           danish::body_key(decision.body)) == scope.bodies.end()) {
        return false;
    }
    if (scope.first && (!decision.date || *decision.date < *scope.first)) return false;
    return !scope.last || (decision.date && *decision.date <= *scope.last);
}

bool tells_votes(const Decision& decision) {
    for (const StoredPassage& p : decision.passages) {
        if (facts_of(p.passage.text).vote) return true;
    }
    return false;
}

class CaseAnswer {
public:
    CaseAnswer(const QuestionView& question, const MeetingScope& scope, const store::Store& store,
               const Access& access)
        : question_(question), scope_(scope), store_(store), access_(access) {}

    std::optional<MeetingAnswer> operator()(const std::vector<PassageEvidence>& ranked) {
        struct Case {
            float score = 0;
            const StoredPassage* sample = nullptr;
            std::set<std::string> meetings;  // A case that has travelled is likelier meant.
        };
        std::map<std::string, Case> cases;
        for (const PassageEvidence& e : ranked) {
            const StoredPassage& p = e.view->stored;
            if (!p.meeting || p.meeting->item_number.empty()) continue;
            float score = topic_coverage(question_, *e.view);
            if (score < least_topic_coverage) continue;
            if (question_.type == QuestionType::vote && !names_matter(*e.view)) continue;
            score += title_share(*e.view) * 0.5F + title_precision(p.title) * 0.4F;
            Case& found = cases[case_key(p)];
            found.meetings.insert(p.meeting->meeting_url);
            if (score > found.score) {
                found.score = score;
                found.sample = &p;
            }
        }
        std::vector<Case> best;
        for (auto& [key, found] : cases) {
            found.score +=
                0.03F * static_cast<float>(std::min<std::size_t>(found.meetings.size(), 5));
            best.push_back(found);
        }
        std::stable_sort(best.begin(), best.end(),
                         [](const Case& a, const Case& b) { return a.score > b.score; });
        if (Unclear unclear{Unclear::Kind::decision, alike(best)}; !unclear.options.empty())
            return unclear;
        for (std::size_t i = 0; i < best.size() && i < 3; ++i) {
            // A case that covers clearly less of the topic is another case.
            if (best[i].score < best.front().score * 0.9F) break;
            const auto passages = passages_of_case(*best[i].sample, store_, access_);
            if (auto proof = question_.type == QuestionType::proposal ? proposal(passages)
                                                                      : decision(passages)) {
                return std::move(*proof);
            }
        }
        return std::nullopt;
    }

private:
    /// Titles of several cases that the question fits equally well, none of them called by name.
    template <class Cases>
    std::vector<std::string> alike(const Cases& best) const {
        constexpr float as_good = 0.02F;
        constexpr float called_by_name = 0.75F;  // Of the title's words.
        std::vector<std::string> titles;
        if (scope_.limited() || best.size() < 2) return titles;
        for (const auto& one : best) {
            if (one.score < best.front().score - as_good) break;
            const std::string& title = one.sample->title;
            if (title_precision(title) >= called_by_name) return {};
            if (std::find(titles.begin(), titles.end(), title) == titles.end())
                titles.push_back(title);
        }
        if (titles.size() < 2 || titles.size() > most_options) titles.clear();
        return titles;
    }

    /// A vote is on what the item is called, not on all that its papers speak of.
    bool names_matter(const PassageView& view) const {
        constexpr float least = 0.4F;
        const bool deciding = view.stored.passage.section == Section::beslutning;
        bool asked = false;
        bool named = false;
        for (const Aspect& aspect : question_.aspects) {
            if (aspect.light || aspect.phrase || aspect.year) continue;
            asked = true;
            named = named || aspect.coverage(view.title) >= least ||
                    (deciding && aspect.coverage(view.text) >= least);
        }
        return named || !asked;
    }

    float title_share(const PassageView& view) const {
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            covered += aspect.weight * aspect.coverage(view.title);
            total += aspect.weight;
        }
        return total == 0 ? 0 : covered / total;
    }

    /// How much of a title the question speaks of: "Skovbyhallen" is more about the hall than
    /// "Skovbyhallen: tillægsbevilling som følge af jordforurening".
    float title_precision(const std::string& title) const {
        std::size_t count = 0;
        std::size_t spoken = 0;
        for (const danish::Token& token : danish::tokenize(title)) {
            // "Budget 2026: 2. behandling" is called by name as "budget 2026".
            if (danish::is_stop_word(token.text) ||
                is_decision_frame(danish::Morphology::instance().lemma(token.text))) {
                continue;
            }
            TermSet word;
            word.add(token.text);
            ++count;
            spoken +=
                std::any_of(question_.aspects.begin(), question_.aspects.end(),
                            [&](const Aspect& aspect) { return aspect.coverage(word) >= 0.45F; })
                    ? 1U
                    : 0U;
        }
        return count == 0 ? 0 : static_cast<float>(spoken) / static_cast<float>(count);
    }

    /// How much of the question a decision's own words and title cover.
    float relevance(const Decision& decision) const {
        TermSet terms;
        terms.add(decision.passages.front().title);
        for (const StoredPassage& p : decision.passages) terms.add(p.passage.text);
        float covered = 0;
        float total = 0;
        for (const Aspect& aspect : question_.aspects) {
            covered += aspect.weight * aspect.coverage(terms);
            total += aspect.weight;
        }
        return (total == 0 ? 0 : covered / total) +
               0.5F * title_precision(decision.passages.front().title);
    }

    std::optional<Proof> decision(const std::vector<StoredPassage>& passages) const {
        std::vector<Decision> all = decisions_of(passages);
        std::erase_if(all, [](const Decision& d) { return d.withheld; });
        std::vector<const Decision*> fitting;
        for (const Decision& d : all) {
            if (in_scope(scope_, d)) fitting.push_back(&d);
        }
        const bool votes_asked = question_.type == QuestionType::vote;
        if (votes_asked) std::erase_if(fitting, [](const Decision* d) { return !tells_votes(*d); });
        if (fitting.empty()) return std::nullopt;

        // The highest body that settled it, else whoever spoke last; among its decisions the one
        // nearest to the question, newest first.
        const auto standing = [&](const Decision* d) {
            return scope_.limited()
                       ? 0
                       : (d->postponed ? -1 : danish::body_rank(danish::body_key(d->body)));
        };
        int top = -1;
        for (const Decision* d : fitting) top = std::max(top, standing(d));
        std::vector<const Decision*> settled;
        for (const Decision* d : fitting) {
            if (standing(d) == top) settled.push_back(d);
        }
        const Decision* chosen = settled.back();
        for (const Decision* d : settled) {
            if (relevance(*d) > relevance(*chosen) + 0.1F) chosen = d;
        }
        ProofBuilder builder;
        quote_decision(builder, *chosen, votes_asked);
        for (auto it = settled.rbegin(); it != settled.rend() && builder.size() < most_sentences;
             ++it) {
            if (*it == chosen || votes_asked) continue;
            quote_first(builder, **it);
        }
        if (builder.empty()) return std::nullopt;
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            if (it->date <= chosen->date) break;
            const bool told =
                std::find(settled.begin(), settled.end(), &*it) != settled.end() && !votes_asked;
            if (!told) {
                builder.add_caveat(
                    {Caveat::Kind::later_decision, it->body, it->date, it->passages.front().url});
                break;
            }
        }
        if (chosen->postponed) {
            builder.add_caveat({Caveat::Kind::postponed, chosen->body, chosen->date, {}});
        }
        return builder.take();
    }

    static Lead lead(const Decision& decision) { return {decision.body, decision.date}; }

    void quote_decision(ProofBuilder& builder, const Decision& decision, bool votes) const {
        for (const bool only_votes : {true, false}) {
            if (only_votes && !votes) continue;
            for (const StoredPassage& p : decision.passages) {
                for (const danish::Span& span : spans_of(p)) {
                    if (builder.size() == (votes ? most_votes : most_sentences)) return;
                    const std::string_view words = words_of(p, span);
                    if (is_attendance_line(words)) continue;
                    if (only_votes && !facts_of(words).vote) continue;
                    builder.quote(p, span,
                                  builder.empty() ? std::optional(lead(decision)) : std::nullopt);
                }
            }
            if (!builder.empty()) return;
        }
    }

    static void quote_first(ProofBuilder& builder, const Decision& decision) {
        for (const StoredPassage& p : decision.passages) {
            for (const danish::Span& span : spans_of(p)) {
                if (is_attendance_line(words_of(p, span))) continue;
                builder.quote(p, span, lead(decision));
                return;
            }
        }
    }

    std::optional<Proof> proposal(const std::vector<StoredPassage>& passages) const {
        const StoredPassage* newest = nullptr;
        for (const StoredPassage& p : passages) {
            if (p.passage.section != Section::indstilling || !scope_.admits(p)) continue;
            if (newest == nullptr || newest->meeting->date <= p.meeting->date) newest = &p;
        }
        if (newest == nullptr) return std::nullopt;
        ProofBuilder builder;
        for (const danish::Span& span : spans_of(*newest)) {
            if (builder.size() == most_items) break;
            builder.quote(*newest, span, builder.empty() ? lead_of(*newest) : std::nullopt);
        }
        return builder.empty() ? std::nullopt : std::optional(builder.take());
    }

    const QuestionView& question_;
    const MeetingScope& scope_;
    const store::Store& store_;
    const Access& access_;
};

/// The one meeting that is meant: within the scope, else the next (agenda) or the last held
/// (attendance).
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

/// What a meeting decided, item by item: the first words of each decision under its item's title.
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
                               asked.find("absent") != std::string::npos;
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

/// True when the question names the speaker: all of the name, or the surname.
bool names_speaker(const QuestionView& question, const std::string& speaker) {
    const auto names = danish::tokenize(speaker);
    if (names.empty()) return false;
    const auto asked = danish::tokenize(question.text);
    return std::any_of(asked.begin(), asked.end(),
                       [&](const danish::Token& token) { return token.text == names.back().text; });
}

/// What a speaker said, from transcripts: the turn in which, or shortly after which, the topic is
/// spoken of.
std::optional<Proof> answer_from_speech(const QuestionView& question, const MeetingScope& scope,
                                        const std::vector<PassageEvidence>& ranked,
                                        const store::Store& store, const Access& access,
                                        const Date& today) {
    constexpr float least_topic = 0.6F;
    constexpr float earlier_scale = 0.75F;  // The chair names the item; speakers seldom repeat it.
    std::set<std::string> seen;
    struct Turn {
        float score = 0;
        StoredPassage passage;
    };
    std::optional<Turn> best;
    for (const PassageEvidence& e : ranked) {
        const StoredPassage& hit = e.view->stored;
        if (hit.passage.section != Section::tale || !seen.insert(hit.document.value).second)
            continue;
        TermSet earlier;
        std::size_t kept = 0;
        for (StoredPassage& p : store.document_passages(hit.document)) {
            if (!access.admits(p)) continue;
            TermSet words;
            words.add(p.passage.text);
            if (names_speaker(question, p.passage.speaker) && (!scope.first || scope.admits(p))) {
                TermSet speaker;
                speaker.add(p.passage.speaker);
                float covered = 0;
                float total = 0;
                for (const Aspect& aspect : question.aspects) {
                    if (aspect.coverage(speaker) > 0.8F) continue;
                    const float scale = aspect.light ? 0.3F : 1.0F;
                    total += aspect.weight * scale;
                    covered += aspect.weight * scale *
                               aspect.coverage({&words, &earlier}, {1.0F, earlier_scale});
                }
                const float score = total == 0 ? 1.0F : covered / total;
                if (score >= least_topic && (!best || score > best->score)) best = Turn{score, p};
            }
            if (++kept % 12 == 0) earlier = TermSet();  // A dozen turns back is another item.
            earlier.add(words);
        }
    }
    if (!best) return std::nullopt;
    ProofBuilder builder;
    const auto turn = std::make_shared<const PassageView>(make_view(best->passage));
    const PassageView& view = *turn;
    const PassageEvidence evidence = weigh(question, {{turn, 1.0F, true}}, today).front();
    const std::size_t first = evidence.best > 0 ? evidence.best - 1 : 0;
    for (std::size_t i = first; i < view.sentences.size() && builder.size() < most_sentences; ++i) {
        builder.quote(best->passage, view.sentences[i].span,
                      builder.empty()
                          ? std::optional(Lead{
                                best->passage.passage.speaker,
                                best->passage.meeting ? best->passage.meeting->date : std::nullopt})
                          : std::nullopt);
    }
    if (builder.empty()) return std::nullopt;
    builder.add_caveat({Caveat::Kind::transcript, {}, std::nullopt, best->passage.url});
    return builder.take();
}

/// "Hvornår er næste byrådsmøde?": a meeting's time or place and nothing else.
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
        return aspect.light || aspect.body ||
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

/// The meeting page's own line of date, time and place.
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

/// Bodies with a meeting to come, the next first.
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

std::optional<MeetingAnswer> as_answer(std::optional<Proof> proof) {
    if (!proof) return std::nullopt;
    return std::move(*proof);
}

}  // namespace

bool is_about_decisions(const QuestionView& question) {
    return question.type == QuestionType::decision || question.type == QuestionType::vote ||
           question.type == QuestionType::proposal || asks_when_decided(question);
}

std::optional<MeetingAnswer> answer_from_meetings(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<PassageEvidence>& ranked, const std::vector<store::Store::Meeting>& meetings,
    const store::Store& store, const Access& access, const Date& today) {
    if (scope.unmet) return std::nullopt;
    // "Hvad er på dagsordenen?" asks for the page; "hvordan får jeg noget på dagsordenen" does not.
    const bool bare = std::all_of(question.aspects.begin(), question.aspects.end(),
                                  [](const Aspect& aspect) { return aspect.light || aspect.body; });
    const bool page =
        (question.type == QuestionType::agenda && bare) ||
        question.type == QuestionType::attendance ||
        (question.type == QuestionType::decision && question.aspects.empty() && scope.limited());
    if (page) {
        if (const auto* meeting = meeting_meant(question, scope, meetings, today)) {
            if (question.type == QuestionType::decision) {
                if (meeting->paper != MeetingPaper::referat) return std::nullopt;
                return as_answer(decisions_of_meeting(*meeting, store, access));
            }
            return as_answer(answer_from_meeting_page(question, *meeting, store, access, today));
        }
        return std::nullopt;
    }
    if (question.said) {
        if (auto proof = answer_from_speech(question, scope, ranked, store, access, today))
            return proof;
    }
    if (asks_when_meeting(question)) {
        if (question.bodies.empty()) {
            Unclear unclear{Unclear::Kind::meeting, bodies_that_meet(meetings, today)};
            if (unclear.options.size() > 1) return unclear;
        }
        if (const auto* meeting = meeting_meant(question, scope, meetings, today)) {
            return as_answer(when_and_where(*meeting, store, access));
        }
        return std::nullopt;
    }
    if (!is_about_decisions(question) || question.aspects.empty()) return std::nullopt;
    return CaseAnswer(question, scope, store, access)(ranked);
}

bool fits_scope(const QuestionView& question, const MeetingScope& scope, const PassageView& view) {
    const bool meeting_question =
        is_about_decisions(question) || question.type == QuestionType::said;
    if (scope.unmet && meeting_question) return false;
    if (meeting_question && scope.limited()) return scope.admits(view.stored);
    if (!scope.first && !scope.last) return true;
    // Whole years are held against the text elsewhere (they may stand in it without a meeting).
    if (question.whole_year) return true;
    if (view.stored.meeting) {
        MeetingScope dates = scope;
        dates.bodies.clear();
        return dates.admits(view.stored);
    }
    // "I marts", "den 3. juni": a page may say the month itself; single days near today ask about
    // now.
    if (scope.first && scope.last && *scope.first == *scope.last) return true;
    static constexpr std::array<std::string_view, 12> months{
        "januar", "februar", "marts",     "april",   "maj",      "juni",
        "juli",   "august",  "september", "oktober", "november", "december"};
    return scope.first &&
           view.text.strength(months[static_cast<unsigned>(scope.first->month()) - 1]) > 0;
}

}  // namespace raadbot::answer
