#include "retrieval/answer/evidence.hpp"

#include <algorithm>
#include <cmath>

namespace raadbot::answer {
namespace {

using danish::QuestionType;

// What stands around a sentence counts less than what it says itself.
constexpr float heading_scale = 0.95F;
constexpr float title_scale = 0.9F;
constexpr float neighbour_scale = 0.8F;
constexpr float passage_scale = 0.4F;

// A passage proves an answer when it covers this share of what the question is about ...
constexpr float least_coverage = 0.6F;
// ... and one of its sentences, read in its place under title and headings, covers this share.
constexpr float least_sentence = 0.55F;
// A name must be there nearly as it is (inflected, or as part of a compound).
constexpr float least_name = 0.6F;
constexpr float name_in_place = 0.5F;  // Of the sentence, its headings and title.
// Together: is the place about it, is no aspect left out, does the sentence itself say it? The
// weights are those of a logistic regression on the development questions, rounded; the bar is
// where one more right answer would cost one more wrong one.
constexpr float about_share = 2.0F / 4.7F;
constexpr float weakest_share = 2.0F / 4.7F;
constexpr float own_share = 0.7F / 4.7F;
constexpr float least_confidence = 0.38F;
constexpr float meeting_surcharge =
    0.08F;  // Cases are many and alike; their papers must fit better.
constexpr float least_focus = 0.45F;

// A page whose title says it comes before a section somewhere in another page; what matters most
// stands first.
constexpr float title_share = 0.2F;
constexpr float position_cost = 0.01F;

struct Weighted {
    float covered = 0;
    float total = 0;
    [[nodiscard]] float share() const { return total == 0 ? 0 : covered / total; }
};

/// The meeting's own year speaks for a sentence that says none.
bool of_year(const StoredPassage& p, std::string_view year) {
    return p.meeting && p.meeting->date &&
           std::to_string(static_cast<int>(p.meeting->date->year())) == year;
}

/// How far the kind of paper is the right place for the kind of question.
float prior(const QuestionView& question, const StoredPassage& p, float about) {
    const Section section = p.passage.section;
    if (section == Section::term) {
        // The municipality's own explanation is the answer to "hvad er ...", and to little else.
        if (question.type != QuestionType::definition) return -0.3F;
        return about >= 0.9F ? 1.2F : 0.2F;
    }
    // A curated answer is for its question, not for what its text happens to mention.
    if (section == Section::curated) return about >= 0.7F ? 0.25F : -0.5F;
    const bool of_meetings =
        question.type == QuestionType::decision || question.type == QuestionType::vote ||
        question.type == QuestionType::proposal || question.type == QuestionType::agenda ||
        question.type == QuestionType::attendance;
    const bool said = question.type == QuestionType::said;
    if (p.kind == SourceKind::video) return said ? 0.3F : -0.4F;
    if (!p.meeting || of_meetings || said) return 0;
    // What applies is told by handbook, intranet and website before the papers of a single case.
    float value = -0.3F;
    if (section == Section::beslutning) value += 0.1F;
    if (section == Section::indstilling || section == Section::bilag) value -= 0.15F;
    if (p.meeting->paper == MeetingPaper::dagsorden) value -= 0.1F;
    return value;
}

}  // namespace

bool fits(const QuestionView& question, const Facts& facts, bool money_unit) {
    switch (question.type) {
        case QuestionType::when:
            return question.time ? facts.time || facts.date
                                 : facts.date || facts.time || facts.duration;
        case QuestionType::how_much:
            return question.money ? facts.money || (facts.number && money_unit)
                                  : facts.number || facts.duration;
        case QuestionType::who:
            if (question.person) return facts.person;
            return facts.name || facts.person || facts.contact;
        case QuestionType::where: return facts.place || facts.name || facts.contact;
        case QuestionType::which_rule: return facts.rule;
        case QuestionType::vote: return facts.vote;
        case QuestionType::attendance: return facts.name;
        default: break;
    }
    const bool wants_contact = question.contact && (question.type == QuestionType::unknown ||
                                                    question.type == QuestionType::definition);
    return !wants_contact || facts.contact;
}

PassageEvidence weigh(const QuestionView& question, std::shared_ptr<const PassageView> view,
                      float search_score) {
    PassageEvidence evidence;
    const PassageView& p = *view;
    Weighted whole;
    Weighted text;
    Weighted about;
    Weighted titled;
    std::vector<float> whole_by_aspect;
    for (const Aspect& aspect : question.aspects) {
        const float everywhere =
            aspect.coverage({&p.text, &p.headings, &p.title}, {1.0F, heading_scale, title_scale});
        whole.total += aspect.weight;
        whole.covered += aspect.weight * everywhere;
        text.total += aspect.weight;
        text.covered += aspect.weight * aspect.coverage(p.text);
        about.total += aspect.weight;
        about.covered += aspect.weight * aspect.coverage({&p.title, &p.headings}, {1.0F, 1.0F});
        titled.total += aspect.weight;
        titled.covered += aspect.weight * aspect.coverage(p.title);
        whole_by_aspect.push_back(everywhere);
    }
    evidence.coverage = whole.share();
    evidence.text_coverage = text.share();
    evidence.about = about.share();

    float best = -1;
    for (std::size_t i = 0; i < p.sentences.size(); ++i) {
        const SentenceView& s = p.sentences[i];
        const SentenceView* before = i > 0 ? &p.sentences[i - 1] : nullptr;
        SentenceEvidence sentence;
        sentence.index = i;
        Weighted own;
        Weighted placed;
        bool exact = true;
        for (std::size_t a = 0; a < question.aspects.size(); ++a) {
            const Aspect& aspect = question.aspects[a];
            own.total += aspect.weight;
            const float in_sentence = aspect.coverage(s.terms);
            own.covered += aspect.weight * in_sentence;
            if (aspect.focus) sentence.focus = in_sentence;
            std::vector<const TermSet*> sets{&s.terms, &p.headings, &p.title};
            std::vector<float> scales{1.0F, heading_scale, title_scale};
            if (before != nullptr) {
                sets.push_back(&before->terms);
                scales.push_back(neighbour_scale);
            }
            float here = aspect.coverage(sets, scales);
            if (aspect.year && of_year(p.stored, aspect.surface)) here = 1;
            if (aspect.exact && here < 0.75F) exact = false;
            if (aspect.name && !aspect.context && here < name_in_place) exact = false;
            placed.total += aspect.weight;
            const float counted = std::max(here, whole_by_aspect[a] * passage_scale);
            placed.covered += aspect.weight * counted;
            if (!aspect.light && !aspect.context)
                sentence.weakest = std::min(sentence.weakest, counted);
        }
        sentence.own = own.share();
        sentence.in_place = placed.share();
        sentence.exact = exact;
        sentence.fits_type = fits(question, s.facts, p.money_unit);
        // What was asked for first, then how much of the question the sentence itself holds;
        // earlier sentences of a passage state, later ones elaborate.
        sentence.score =
            sentence.in_place + 0.4F * sentence.own + (sentence.fits_type ? 0.8F : 0.0F) -
            0.02F * static_cast<float>(std::min<std::size_t>(i, 10)) - (s.lead_in ? 0.15F : 0.0F);
        if (question.type == QuestionType::how && (s.facts.procedure || s.facts.contact))
            sentence.score += 0.3F;
        if (question.type == QuestionType::why && s.facts.reason) sentence.score += 0.4F;
        if (question.personal && s.speaks_to_reader) sentence.score += 0.12F;
        if (question.time && s.facts.time) sentence.score += 0.4F;
        if (question.money && s.facts.money) sentence.score += 0.3F;
        if (!exact) sentence.score -= 1.0F;
        if (exact && sentence.fits_type && sentence.in_place >= least_sentence)
            evidence.type_fits = true;
        if (sentence.score > best) {
            best = sentence.score;
            evidence.best = i;
        }
        evidence.sentences.push_back(sentence);
    }
    const float sentence_score = best < 0 ? 0 : best;
    evidence.score =
        evidence.coverage + 0.3F * evidence.text_coverage + 0.6F * evidence.about +
        0.5F * sentence_score + 0.25F * search_score + (evidence.type_fits ? 0.3F : 0.0F) +
        title_share * titled.share() + prior(question, p.stored, evidence.about) -
        position_cost * static_cast<float>(std::min<std::uint32_t>(p.stored.position, 10));
    evidence.view = std::move(view);
    return evidence;
}

bool is_answer(const QuestionView& question, const PassageEvidence& evidence) {
    if (question.aspects.empty() || evidence.sentences.empty()) return false;
    const SentenceEvidence& best = evidence.sentences[evidence.best];
    if (!evidence.type_fits || !best.exact) return false;
    if (evidence.coverage < least_coverage || best.in_place < least_sentence) return false;
    const PassageView& p = *evidence.view;
    if (question.type == QuestionType::said && p.stored.passage.section != Section::tale &&
        !p.stored.meeting) {
        return false;  // Only papers and recordings of meetings tell what was said there.
    }
    // A list of agenda items tells what was up, not what came of it.
    const bool item_list = p.stored.meeting && p.stored.meeting->item_number.empty() &&
                           p.stored.passage.section == Section::text &&
                           p.stored.kind != SourceKind::video;
    if (item_list && question.type != QuestionType::agenda && question.type != QuestionType::when)
        return false;
    const bool of_decisions =
        question.type == QuestionType::decision || question.type == QuestionType::vote;
    if (of_decisions && p.stored.meeting &&
        (p.stored.meeting->paper == MeetingPaper::dagsorden ||
         p.stored.passage.section == Section::indstilling)) {
        return false;  // What is proposed, or only on an agenda, is not decided.
    }
    for (const Aspect& aspect : question.aspects) {
        if (!aspect.name || aspect.context) continue;
        if (aspect.coverage({&p.text, &p.headings, &p.title}, {1.0F, heading_scale, title_scale}) <
            least_name) {
            return false;
        }
    }
    const bool counts = question.type == QuestionType::how_much ||
                        question.type == QuestionType::who || question.type == QuestionType::list;
    if (counts && best.focus < least_focus && evidence.about < 0.8F) return false;
    const float confidence =
        about_share * evidence.about + weakest_share * best.weakest + own_share * best.own;
    return confidence >= least_confidence + (p.stored.meeting ? meeting_surcharge : 0.0F);
}

std::vector<std::string> uncovered(const QuestionView& question,
                                   const std::vector<PassageEvidence>& evidence) {
    std::vector<std::string> result;
    for (const Aspect& aspect : question.aspects) {
        if (aspect.light || aspect.context) continue;
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
