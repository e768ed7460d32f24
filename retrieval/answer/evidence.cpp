#include "retrieval/answer/evidence.hpp"

#include <algorithm>

#include "retrieval/answer/question_form.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/weights.hpp"
#include "retrieval/answer/wording.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

// How much less sure a place may be whose title names all that is asked about, every word of it or
// all but light ones ("et nyt pas").
constexpr float titled_leniency = 1.2F;
constexpr float nearly_titled_leniency = 0.35F;
// "Der er 46 tilhørerpladser": or whose sentence tells how many there are of all that is asked.
constexpr float told_leniency = 0.9F;
constexpr float explained_leniency = 0.7F;
// What answered the question before goes on being spoken of, as far as what the follow-up says
// itself is said there: added to a sentence's score, and to the log-odds of its place.
constexpr float spoken_rank = 1.0F;
constexpr float spoken_confidence = 0.7F;

template <std::size_t N>
float weighted(const std::array<float, N>& features, const std::array<Weight, N>& weights) {
    float sum = 0;
    for (std::size_t i = 0; i < N; ++i) sum += features[i] * weights[i].value;
    return sum;
}

bool is_any(const Aspect& /*aspect*/) { return true; }
bool is_of_matter(const Aspect& aspect) {
    return aspect.role != Role::light && aspect.role != Role::phrase;
}

/// Of the aspects that count.
float weighted_share(const QuestionView& question, const Coverage& coverage,
                     bool (*counts)(const Aspect&) = is_any) {
    float covered = 0;
    float total = 0;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        if (!counts(question.aspects[i])) continue;
        covered += question.aspects[i].weight * coverage[i];
        total += question.aspects[i].weight;
    }
    return total == 0 ? 0 : covered / total;
}

bool asks_for_papers(const QuestionView& question) {
    static constexpr std::array<std::string_view, 12> papers{
        "bilag",       "dokument", "papir",      "notat",    "fil",        "rapport",
        "høringssvar", "hvidbog",  "attachment", "document", "smateriale", "demateriale"};
    return std::any_of(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
        return std::any_of(papers.begin(), papers.end(), [&](std::string_view paper) {
            return aspect.surface.find(paper) != std::string::npos;
        });
    });
}

/// "Hvornår åbner svømmehallen om søndagen": neither the pool nor a name for it is there.
bool names_nothing(const QuestionView& question, const Coverage& whole) {
    constexpr float hardly = 0.1F;
    bool asked = false;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        const Role role = question.aspects[i].role;
        if (role != Role::head && role != Role::entity) continue;
        if (whole[i] > hardly) return false;
        asked = true;
    }
    return asked;
}

/// What no amount of likeness makes good.
std::string_view barred(const QuestionView& question, const Candidate& candidate,
                        const PassageFeatures& features) {
    const StoredPassage& p = candidate.view->stored;
    if (!candidate.in_scope) return "another meeting or time";
    if (lacks_number(question, features.whole)) return "a number or year is missing";
    if (question.time && names_nothing(question, features.whole)) return "other opening hours";
    if (question.type == QuestionType::said && p.passage.section != Section::tale && !p.meeting)
        return "no papers or recording of a meeting";
    // What holds for the asker is not found in a debate.
    if (question.personal && !question.said && p.passage.section == Section::tale)
        return "only said in a debate";
    if (p.meeting) {
        // A list of agenda items tells what was up, not what came of it.
        const bool item_list = p.meeting->item_number.empty() &&
                               p.passage.section == Section::text && p.kind != SourceKind::video;
        if (item_list && question.type != QuestionType::agenda &&
            question.type != QuestionType::when) {
            return "only a list of items";
        }
        // Of attachments only the names are here, and names tell nothing but that they are.
        if (p.passage.section == Section::bilag && !asks_for_papers(question))
            return "only names of attachments";
        const bool of_decisions =
            question.type == QuestionType::decision || question.type == QuestionType::vote;
        if (of_decisions && (p.meeting->paper == MeetingPaper::dagsorden ||
                             p.passage.section == Section::indstilling)) {
            return "proposed or only on an agenda";
        }
    }
    const auto& sentences = candidate.view->sentences;
    if (question.type == QuestionType::why && p.passage.section != Section::curated &&
        std::none_of(sentences.begin(), sentences.end(),
                     [](const SentenceView& s) { return s.facts.reason; }))
        return "no reason is given";
    const bool holds_fact = std::any_of(features.sentences.begin(), features.sentences.end(),
                                        [](const SentenceFeatures& s) { return s.holds_fact; });
    // The only numbers may be those of days, where persons are counted.
    const bool counts = question.wanted != Wanted::count ||
                        std::any_of(sentences.begin(), sentences.end(),
                                    [](const SentenceView& s) { return s.facts.counted; });
    if ((!holds_fact || !counts) && features.sentences.front().decision[decision_no_fact] > 0)
        return "no fact of the kind asked for";
    return {};
}

/// How far what the follow-up says itself is said here; 1 when it says nothing itself, 0 when a
/// thing that it names is not said at all: "og formanden for jagt?" asks of another chairman.
float own_share(const QuestionView& question, const Coverage& place) {
    float covered = 0;
    float total = 0;
    constexpr float hardly = 0.1F;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (aspect.inherited || aspect.role == Role::light || aspect.role == Role::phrase) continue;
        const bool thing = aspect.role == Role::head || aspect.role == Role::adjunct ||
                           aspect.role == Role::entity;
        if (thing && place[i] < hardly) return 0;
        covered += aspect.weight * place[i];
        total += aspect.weight;
    }
    return total == 0 ? 1 : covered / total;
}

/// How much less sure a place may be for what it names: a paper "Aktivitetscenter på Solvej" that
/// says a sum tells what it costs, however few the words. `about`: what title and headings cover.
float leniency_of_naming(const QuestionView& question, const PassageEvidence& evidence,
                         const Coverage& about) {
    constexpr float all = 0.95F;
    const DecisionFeatures& f = evidence.decision;
    const bool tells = wants_kind(question) && evidence.sentences[evidence.telling].fits &&
                       f[decision_no_fact] == 0 && f[decision_other_year] == 0 &&
                       f[decision_another] == 0 && f[decision_other_key] == 0 &&
                       f[decision_other_age] == 0;
    if (!tells) return 0;
    if (weighted_share(question, about) >= all) return titled_leniency;
    const Coverage& own = evidence.features.sentences[evidence.telling].own;
    if (question.wanted == Wanted::count && weighted_share(question, own, is_of_matter) >= all)
        return told_leniency;
    // A price under the thing's name is its price; a day or a person may be of something beside.
    return question.money && weighted_share(question, about, is_of_matter) >= all
               ? nearly_titled_leniency
               : 0;
}

}  // namespace

std::vector<PassageEvidence> weigh(const QuestionView& question,
                                   const std::vector<Candidate>& candidates, const Date& today) {
    std::vector<PassageFeatures> measured = measure(question, candidates, today);
    const float form = form_odds(form_of(question));
    const Wording wording(question);
    std::vector<PassageEvidence> result;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        PassageEvidence evidence;
        evidence.view = candidates[c].view;
        evidence.features = std::move(measured[c]);
        const PassageFeatures& f = evidence.features;
        if (f.sentences.empty()) continue;
        Coverage about = f.title;
        for (std::size_t i = 0; i < about.size(); ++i) about[i] = std::max(about[i], f.headings[i]);
        evidence.coverage = weighted_share(question, f.whole);
        evidence.barred = barred(question, candidates[c], f);
        for (std::size_t i = 0; i < f.sentences.size(); ++i) {
            SentenceEvidence sentence;
            sentence.index = i;
            sentence.score = weighted(f.sentences[i].rank, rank_weights) +
                             wording.score(evidence.view->sentences[i].wording);
            if (candidates[c].spoken_of)
                sentence.score += spoken_rank * own_share(question, f.sentences[i].place);
            sentence.fits = f.sentences[i].fits;
            if (i == 0 || sentence.score > evidence.sentences[evidence.best].score)
                evidence.best = i;
            evidence.sentences.push_back(sentence);
        }
        evidence.telling = evidence.best;
        if (wants_kind(question)) {
            // The fact asked for must stand in a sentence that is about the matter.
            for (std::size_t i = 0; i < evidence.sentences.size(); ++i) {
                const SentenceEvidence& s = evidence.sentences[i];
                const SentenceEvidence& told = evidence.sentences[evidence.telling];
                if (s.fits && (!told.fits || s.score > told.score)) evidence.telling = i;
            }
        }
        evidence.score = evidence.sentences[evidence.best].score;
        evidence.decision = f.sentences[evidence.telling].decision;
        const DecisionFeatures& of_best = f.sentences[evidence.best].decision;
        std::copy(of_best.begin() + decision_of_best, of_best.end(),
                  evidence.decision.begin() + decision_of_best);
        constexpr float tens = 10.0F;
        evidence.decision[decision_score] = evidence.score / tens;
        evidence.confidence = weighted(evidence.decision, decision_weights) + form + decision_bias;
        if (candidates[c].spoken_of) {
            evidence.confidence +=
                spoken_confidence * own_share(question, f.sentences[evidence.telling].place);
        }
        evidence.explains = f.sentences[evidence.best].explains;
        evidence.leniency =
            evidence.explains ? explained_leniency : leniency_of_naming(question, evidence, about);
        result.push_back(std::move(evidence));
    }
    std::stable_sort(
        result.begin(), result.end(),
        [](const PassageEvidence& a, const PassageEvidence& b) { return a.score > b.score; });
    return result;
}

bool leaves_unmet(const PassageEvidence& evidence) {
    const DecisionFeatures& f = evidence.decision;
    return std::any_of(f.begin() + decision_unmet, f.begin() + decision_unmet_end,
                       [](float value) { return value > 0; });
}

bool is_answer(const PassageEvidence& evidence) {
    const float least = least_confidence - evidence.leniency;
    return evidence.barred.empty() && evidence.confidence >= least;
}

std::vector<PassageEvidence>::iterator proving_place(std::vector<PassageEvidence>& best_first) {
    // Of the towns' questions that only the second place answered, most were to be refused where
    // this sum was less, and a quarter where it was more.
    constexpr float least_sum = 0.5F;
    constexpr float doubt = 0.5F;
    if (best_first.empty()) return best_first.end();
    const auto first = best_first.begin();
    if (is_answer(*first)) return first;
    const auto next = first + 1;
    const bool proves = next != best_first.end() && is_answer(*next) &&
                        next->confidence + doubt * first->confidence >= least_sum;
    return proves ? next : best_first.end();
}

std::vector<std::string> uncovered(const QuestionView& question,
                                   const std::vector<PassageEvidence>& evidence) {
    std::vector<std::string> result;
    for (const Aspect& aspect : question.aspects) {
        if (aspect.light || aspect.context || aspect.phrase) continue;
        bool found = false;
        for (const PassageEvidence& e : evidence) {
            const PassageView& p = *e.view;
            if (aspect.coverage({&p.text, &p.headings, &p.title}, {1, 1, 1}) >= 0.5F) {
                found = true;
                break;
            }
        }
        if (!found) result.push_back(aspect.surface);
    }
    return result;
}

}  // namespace raadbot::answer
