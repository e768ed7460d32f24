#include "retrieval/answer/case_answers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "retrieval/answer/case_traits.hpp"
#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/light_words.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/answer/parties.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

constexpr float least_topic_coverage = 0.62F;
constexpr std::size_t most_votes = 8;  // Amendments are voted on first, the matter itself last.

/// Words of "har sagen været oppe før" that its papers need not hold.
bool is_history_frame(const Aspect& aspect) {
    static const std::set<std::string_view> words{
        "oppe", "behandle", "drøfte", "sag",    "før",   "tidligere", "gang",      "forrige",
        "møde", "punkt",    "være",   "førhen", "gange", "sagen",     "været oppe"};
    return words.contains(aspect.lemma) || words.contains(aspect.surface);
}

/// Share of the question's topic that a case's title and text cover; the title says what the case
/// is about. `ruled`: what was recommended and decided in it, wherever the passage stands.
float topic_coverage(const QuestionView& question, const PassageView& view, const TermSet& ruled) {
    float covered = 0;
    float total = 0;
    for (const Aspect& aspect : question.aspects) {
        const float here =
            std::max(aspect.coverage({&view.title, &view.headings, &view.text, &ruled},
                                     {1.0F, 0.9F, 0.85F, 0.8F}),
                     coverage_of_parts(aspect, view.title, ruled));
        if (aspect.year) continue;  // The scope's dates answer for the year.
        // "Hvad endte det med": that something was decided, every case holds.
        if (aspect.phrase && here == 0) continue;
        if (asks_case_history(question.text) && is_history_frame(aspect)) continue;
        if (aspect.surface == "oppe") continue;  // "Hvornår var den oppe": as every case was.
        constexpr float elsewhere = 0.3F;
        if ((aspect.exact && here < 0.8F) || (aspect.name && here < 0.5F) ||
            (aspect.role == Role::entity && here < elsewhere)) {
            return 0;
        }
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

bool in_scope(const MeetingScope& scope, const Decision& decision) {
    if (!scope.bodies.empty() && std::find(scope.bodies.begin(), scope.bodies.end(),
                                           danish::body_key(decision.body)) == scope.bodies.end()) {
        return false;
    }
    if (scope.first && (!decision.date || *decision.date < *scope.first)) return false;
    return !scope.last || (decision.date && *decision.date <= *scope.last);
}

/// `who`: by name, letter or all together, not by number alone.
bool tells_votes(const Decision& decision, bool who) {
    for (const StoredPassage& p : decision.passages) {
        for (const danish::Span& span : spans_of(p)) {
            const std::string_view line = words_of(p, span);
            if (facts_of(line).vote && (!who || names_voters(line))) return true;
        }
    }
    return false;
}

/// "Imod stemte Bo Dam (L)."
bool names_voting_person(const Decision& decision) {
    return std::any_of(
        decision.passages.begin(), decision.passages.end(), [](const StoredPassage& p) {
            const auto spans = spans_of(p);
            return std::any_of(spans.begin(), spans.end(), [&](const danish::Span& span) {
                const Facts facts = facts_of(words_of(p, span));
                return facts.vote && facts.person;
            });
        });
}

/// A line of minutes; borrowed from the decision.
struct Line {
    const StoredPassage* passage = nullptr;
    danish::Span span;
};

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
            float score = topic_coverage(question_, *e.view, ruled_in(p.document));
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
        // "Tidsplan for budget 2026" is not voted on.
        if (question_.type == QuestionType::vote) {
            const bool election = asks_who_elected(question_.text);
            const bool of_party = asks_who_of_party(question_.text);
            std::erase_if(best, [&](const Case& one) {
                const auto all = decisions_of(passages_of_case(*one.sample, store_, access_));
                return std::none_of(all.begin(), all.end(), [&](const Decision& d) {
                    return tells_votes(d, false) && (!of_party || names_voting_person(d)) &&
                           (!election || elects(d));
                });
            });
        }
        std::stable_sort(best.begin(), best.end(),
                         [](const Case& a, const Case& b) { return a.score > b.score; });
        if (Unclear unclear{Unclear::Kind::decision, alike(best)}; !unclear.options.empty())
            return unclear;
        for (std::size_t i = 0; i < best.size() && i < 3; ++i) {
            // A case that covers clearly less of the topic is another case.
            if (best[i].score < best.front().score * 0.9F) break;
            const auto passages = passages_of_case(*best[i].sample, store_, access_);
            std::optional<Proof> proof;
            if (asks_case_history(question_.text)) {
                proof = history(passages);
            } else if (question_.type == QuestionType::proposal) {
                proof = proposal(passages);
                // "Hvad var indstillingen, og hvad blev beslutningen?"
                if (proof && danish::fold(question_.text).find("beslut") != std::string::npos) {
                    if (const auto decided = decision(passages)) proof = joined(*proof, *decided);
                }
            } else {
                proof = decision(passages);
            }
            if (proof) return std::move(*proof);
            // Asked whether it was adopted finally: what its papers say besides is no answer.
            if (unsettled_) return Untold{};
        }
        return std::nullopt;
    }

private:
    /// The meetings at which the case was decided on, oldest first, the newest ones when there are
    /// more.
    std::optional<Proof> history(const std::vector<StoredPassage>& passages) const {
        std::vector<Decision> all = decisions_of(passages);
        std::erase_if(all, [&](const Decision& d) { return d.withheld || !in_scope(scope_, d); });
        const std::size_t first = all.size() > most_quotes ? all.size() - most_quotes : 0;
        ProofBuilder builder;
        for (std::size_t i = first; i < all.size(); ++i) quote_first(builder, all[i]);
        return builder.empty() ? std::nullopt : std::optional(builder.take());
    }

    static Proof joined(const Proof& first, const Proof& second) {
        ProofBuilder builder;
        for (const Proof* proof : {&first, &second}) {
            for (const Sentence& sentence : proof->sentences) {
                const Citation& citation = sentence.citations().front();
                builder.quote(proof->cards[citation.card - 1].passage,
                              {citation.begin, citation.end}, sentence.lead());
            }
            for (const Caveat& caveat : proof->caveats) builder.add_caveat(caveat);
        }
        return builder.take();
    }

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

    /// What was recommended and decided in an item.
    const TermSet& ruled_in(const DocumentId& document) {
        const auto [at, made] = ruled_.try_emplace(document.value);
        if (!made) return at->second;
        for (const StoredPassage& p : store_.document_passages(document)) {
            const bool rules = p.passage.section == Section::beslutning ||
                               p.passage.section == Section::indstilling;
            if (rules && access_.admits(p)) at->second.add(p.passage.text);
        }
        return at->second;
    }

    /// A vote is on what the item is called, not on all that its papers speak of.
    bool names_matter(const PassageView& view) {
        constexpr float least = 0.4F;
        constexpr float recommended = 0.9F;
        const bool deciding = view.stored.passage.section == Section::beslutning;
        bool asked = false;
        bool named = false;
        for (const Aspect& aspect : question_.aspects) {
            if (aspect.light || aspect.phrase || aspect.year) continue;
            asked = true;
            named =
                named || aspect.coverage(view.title) >= least ||
                coverage_of_parts(aspect, view.title, ruled_in(view.stored.document)) >= least ||
                // What is recommended is what is voted on.
                aspect.coverage(ruled_in(view.stored.document)) >= recommended ||
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

    std::optional<Proof> decision(const std::vector<StoredPassage>& passages) {
        std::vector<Decision> all = decisions_of(passages);
        std::erase_if(all, [](const Decision& d) { return d.withheld; });
        std::vector<const Decision*> fitting;
        for (const Decision& d : all) {
            if (in_scope(scope_, d)) fitting.push_back(&d);
        }
        // "Endeligt vedtaget" is no proposal that was sent out.
        if (danish::fold(question_.text).find("endelig") != std::string::npos)
            unsettled_ = std::erase_if(
                             fitting, [](const Decision* d) { return is_out_for_hearing(*d); }) > 0;
        const bool votes_asked = question_.type == QuestionType::vote;
        if (votes_asked)
            std::erase_if(fitting, [&](const Decision* d) {
                return !tells_votes(*d, asks_who_voted(question_.text));
            });
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
        for (auto it = settled.rbegin(); it != settled.rend() && builder.size() < most_quotes;
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

    static Lead lead(const Decision& decision) {
        return {decision.body, decision.date, decision.passages.front().title};
    }

    void quote_decision(ProofBuilder& builder, const Decision& decision, bool votes) const {
        const std::vector<Line> lines = lines_of(decision, votes);
        for (const bool only_votes : {true, false}) {
            if (only_votes && !votes) continue;
            for (const auto& [p, span] : lines) {
                if (builder.size() == (votes ? most_votes : most_quotes)) return;
                const std::string_view words = words_of(*p, span);
                if (only_votes && !facts_of(words).vote && !names_amendment(words, p->title))
                    continue;
                builder.quote(*p, span,
                              builder.empty() ? std::optional(lead(decision)) : std::nullopt);
            }
            if (!builder.empty()) return;
        }
    }

    /// "Et ændringsforslag om gratis skolemad faldt.": what is asked stands there, not in the
    /// item's name, and how it went.
    bool names_amendment(std::string_view words, const std::string& title) const {
        constexpr std::array<std::string_view, 6> ends{"faldt",    "forkast",  "afvist",
                                                       "bortfald", "vedtaget", "nedstemt"};
        const std::string folded = danish::fold(words);
        if (std::none_of(ends.begin(), ends.end(), [&](std::string_view end) {
                return folded.find(end) != std::string::npos;
            }))
            return false;
        return tells_apart(words, title);
    }

    /// Something that is asked about stands in the line, and not in the item's title.
    bool tells_apart(std::string_view words, const std::string& title) const {
        constexpr float said = 0.8F;
        constexpr float titled = 0.4F;
        TermSet here;
        TermSet named;
        here.add(words);
        named.add(title);
        return std::any_of(question_.aspects.begin(), question_.aspects.end(), [&](const auto& a) {
            return !a.light && !a.phrase && !a.year && !a.context && a.coverage(named) < titled &&
                   a.coverage(here) >= said;
        });
    }

    /// "Hvad skete der med forslaget om landsbybusser", decided with the budget: the lines of the
    /// decision from there on, then the others; in their order when the votes are asked about.
    std::vector<Line> lines_of(const Decision& decision, bool votes) const {
        std::vector<Line> lines;
        std::optional<std::size_t> apart;
        for (const StoredPassage& p : decision.passages) {
            for (const danish::Span& span : spans_of(p)) {
                const std::string_view words = words_of(p, span);
                if (is_attendance_line(words)) continue;
                if (!apart && !votes && tells_apart(words, p.title)) apart = lines.size();
                lines.push_back({&p, span});
            }
        }
        const auto first = lines.begin() + static_cast<std::ptrdiff_t>(apart.value_or(0));
        std::rotate(lines.begin(), first, lines.end());
        return lines;
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

    /// "Hvad foreslog Venstre": what the minutes say that the party put forward.
    std::optional<Proof> proposal_of(const PartyAsked& party,
                                     const std::vector<StoredPassage>& passages) const {
        static constexpr std::array<std::string_view, 3> putting{"foreslog", "foreslå", "forslag"};
        const auto puts_forward = [&](std::string_view words) {
            const std::string folded = danish::fold(words);
            return names_party(party, words) &&
                   std::any_of(putting.begin(), putting.end(), [&](std::string_view verb) {
                       return folded.find(verb) != std::string::npos;
                   });
        };
        ProofBuilder builder;
        for (const StoredPassage& p : passages) {
            if (p.passage.section != Section::beslutning || !scope_.admits(p)) continue;
            bool goes_on = false;  // How it went stands behind it.
            for (const danish::Span& span : spans_of(p)) {
                const bool told = puts_forward(words_of(p, span));
                if ((told || goes_on) && builder.size() < most_quotes)
                    builder.quote(p, span, builder.empty() ? lead_of(p) : std::nullopt);
                goes_on = told;
            }
        }
        return builder.empty() ? std::nullopt : std::optional(builder.take());
    }

    std::optional<Proof> proposal(const std::vector<StoredPassage>& passages) const {
        if (const auto party = party_asked(question_.text)) return proposal_of(*party, passages);
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
    std::map<std::string, TermSet> ruled_;  ///< By document.
    bool unsettled_ = false;                ///< Asked for the final decision; one is out.
};

}  // namespace

std::optional<MeetingAnswer> answer_from_cases(const QuestionView& question,
                                               const MeetingScope& scope,
                                               const std::vector<PassageEvidence>& ranked,
                                               const store::Store& store, const Access& access) {
    return CaseAnswer(question, scope, store, access)(ranked);
}

}  // namespace raadbot::answer
