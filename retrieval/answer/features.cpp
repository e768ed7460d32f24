#include "retrieval/answer/features.hpp"

#include <algorithm>
#include <map>

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using Kind = danish::Morphology::Kind;

// What stands around a sentence counts less than what it says itself.
constexpr float heading_scale = 0.95F;
constexpr float title_scale = 0.9F;
constexpr float neighbour_scale = 0.8F;
constexpr float passage_scale = 0.4F;
constexpr float document_scale = 0.5F;
constexpr float age_strength = 0.9F;    // "18-66 år" for "en på 30".
constexpr float group_strength = 0.6F;  // "18-66 år" for "en voksen".
// What no candidate speaks of was in all likelihood only said in other words.
constexpr float heard = 0.3F;
constexpr float thin_share = 0.3F;
constexpr float unheard_scale = 0.7F;

/// How much it matters that an answer lacks an aspect, beside its rarity.
float importance(const Aspect& aspect) {
    switch (aspect.role) {
        case Role::head: return 1.0F;
        case Role::entity:  // Has features of its own.
        case Role::adjunct: return 0.7F;
        case Role::verb: return aspect.infinitive ? 0.8F : 0.4F;
        case Role::quality: return 0.5F;
        case Role::light: return 0.2F;
        case Role::phrase: return 0;
        case Role::context: return 0.3F;
    }
    return 1.0F;
}
constexpr float phrase_importance = 1.0F;

bool is(const Aspect& aspect, Role role) { return aspect.role == role; }
bool is_entity(const Aspect& aspect) { return is(aspect, Role::entity); }

/// What the aspects are to the question, in the form that measuring needs it.
struct Plan {
    /// `best`: how far any candidate covers each aspect.
    Plan(const QuestionView& question, const Coverage& best) : aspects(question.aspects) {
        for (std::size_t i = 0; i < aspects.size(); ++i) {
            const Aspect& aspect = aspects[i];
            total += aspect.weight;
            const bool thing = aspect.role == Role::head || aspect.role == Role::adjunct;
            important.push_back(aspect.weight * importance(aspect) *
                                (thing && best[i] < heard ? unheard_scale : 1.0F));
        }
    }
    template <class Member>
    [[nodiscard]] float share(const Coverage& coverage, Member member, float none) const {
        float covered = 0;
        float weight = 0;
        for (std::size_t i = 0; i < aspects.size(); ++i) {
            if (!member(aspects[i])) continue;
            covered += aspects[i].weight * coverage[i];
            weight += aspects[i].weight;
        }
        return weight == 0 ? none : covered / weight;
    }
    template <class Member>
    [[nodiscard]] float least(const Coverage& coverage, Member member, float none) const {
        float least = 2;
        for (std::size_t i = 0; i < aspects.size(); ++i) {
            if (member(aspects[i])) least = std::min(least, coverage[i]);
        }
        return least > 1 ? none : least;
    }
    template <class Member>
    [[nodiscard]] float most(const Coverage& coverage, Member member, float none) const {
        float most = -1;
        for (std::size_t i = 0; i < aspects.size(); ++i) {
            if (member(aspects[i])) most = std::max(most, coverage[i]);
        }
        return most < 0 ? none : most;
    }
    [[nodiscard]] float share(const Coverage& coverage) const {
        return share(
            coverage, [](const Aspect&) { return true; }, 0);
    }
    /// The share of what matters; a phrase counts as far as it is found.
    [[nodiscard]] float important_share(const Coverage& coverage) const {
        float covered = 0;
        float weight = 0;
        float phrase = 0;
        for (std::size_t i = 0; i < aspects.size(); ++i) {
            covered += important[i] * coverage[i];
            weight += important[i];
            if (aspects[i].role == Role::phrase) phrase = std::max(phrase, coverage[i]);
        }
        covered += phrase_importance * phrase;
        weight += phrase_importance * phrase;
        return weight == 0 ? 0 : covered / weight;
    }

    /// A place, person, committee or numbered thing is asked about.
    [[nodiscard]] bool names_something() const {
        return std::any_of(aspects.begin(), aspects.end(), is_entity);
    }

    const std::vector<Aspect>& aspects;
    std::vector<float> important;
    float total = 0;
};

bool is_head(const Aspect& aspect) { return is(aspect, Role::head); }
bool is_adjunct(const Aspect& aspect) { return is(aspect, Role::adjunct); }
bool is_verb(const Aspect& aspect) { return is(aspect, Role::verb); }
bool is_phrase(const Aspect& aspect) { return is(aspect, Role::phrase); }
bool is_content(const Aspect& aspect) { return !is(aspect, Role::light); }
bool is_subject_matter(const Aspect& aspect) {
    return is_content(aspect) && !is(aspect, Role::phrase) && !is(aspect, Role::context);
}
bool is_core(const Aspect& aspect) {
    return is_entity(aspect) || is_head(aspect) || is_adjunct(aspect);
}

Coverage coverage_of(const QuestionView& question, const TermSet& terms) {
    Coverage result;
    result.reserve(question.aspects.size());
    for (const Aspect& aspect : question.aspects) result.push_back(aspect.coverage(terms));
    return result;
}

void raise(Coverage& to, const Coverage& by, float scale) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = std::max(to[i], by[i] * scale);
}

/// The meeting's own year speaks for a text that says none.
void credit_year(const QuestionView& question, const StoredPassage& p, Coverage& coverage) {
    if (!p.meeting || !p.meeting->date) return;
    const std::string year = std::to_string(static_cast<int>(p.meeting->date->year()));
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        if (question.aspects[i].year && question.aspects[i].surface == year) coverage[i] = 1;
    }
}

/// "Alder: 18-66 år" covers "en på 30".
void credit_age(const QuestionView& question, const SentenceView& sentence, Coverage& coverage) {
    if (sentence.ages.empty()) return;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.age || !holds_age(sentence.ages, *aspect.age)) continue;
        const bool number = aspect.surface.front() >= '0' && aspect.surface.front() <= '9';
        coverage[i] = std::max(coverage[i], number ? age_strength : group_strength);
    }
}

/// What the passages of one document have together.
struct Document {
    Coverage whole;
    float search = 0;
    std::size_t count = 0;
};

float age_in_years(const StoredPassage& p, const Date& today) {
    const std::optional<Date> date = p.meeting ? p.meeting->date : p.updated;
    if (!date) return 0;
    const auto days = (std::chrono::sys_days{today} - std::chrono::sys_days{*date}).count();
    return std::clamp(static_cast<float>(days) / 365.0F, 0.0F, 5.0F);
}

float flag(bool value) { return value ? 1.0F : 0.0F; }

/// How much a question says: 1 from eight aspects on.
float share_of_many(std::size_t aspects) {
    constexpr std::size_t many = 8;
    return static_cast<float>(std::min(aspects, many)) / many;
}

/// Writes features one after the other.
class Row {
public:
    explicit Row(RankFeatures& to) : to_(to) {}
    Row& operator<<(float value) {
        to_.at(next_++) = value;
        return *this;
    }

private:
    RankFeatures& to_;
    std::size_t next_ = 0;
};

/// A number, sum or name is only the one asked for when what it belongs to stands with it: the
/// pupils of "hvor mange elever", the office of "hvem er formand", the doing of "hvad koster det at
/// leje".
bool is_about_it(const QuestionView& question, const Coverage& place, const Coverage& whole) {
    constexpr float least_focus = 0.4F;
    constexpr float least_office = 0.5F;  // A "chef" is no "it-chef".
    constexpr float least_doing = 0.3F;
    const bool counted = question.type == QuestionType::how_much || question.person;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (counted && aspect.focus && aspect.role != Role::light && aspect.role != Role::verb &&
            place[i] < (question.person ? least_office : least_focus)) {
            return false;
        }
        if (question.money && aspect.infinitive && aspect.role == Role::verb &&
            whole[i] < least_doing) {
            return false;
        }
    }
    return true;
}

void measure_place(const QuestionView& question, const Plan& plan, const Candidate& candidate,
                   const PassageFeatures& f, const Document& document, const Date& today,
                   Row& row) {
    const StoredPassage& p = candidate.view->stored;
    Coverage about = f.title;
    raise(about, f.headings, 1.0F);
    const Section section = p.passage.section;
    const bool meeting_question = is_about_meetings(question.type);
    const bool defines = question.type == QuestionType::definition;
    const bool curated = section == Section::curated;
    const bool video = p.kind == SourceKind::video;
    row << plan.share(about) << plan.share(f.title) << plan.share(f.headings) << plan.share(f.text)
        << plan.share(f.whole) << plan.share(document.whole) << plan.share(about, is_head, 0.5F)
        << plan.share(f.whole, is_core, 0.7F) << plan.least(f.whole, is_entity, 1)
        << plan.least(f.whole, is_head, 1) << plan.share(f.whole, is_adjunct, 0.7F)
        << plan.share(f.whole, is_verb, 0.5F) << plan.most(f.whole, is_phrase, 0.4F)
        << candidate.search << document.search
        << static_cast<float>(std::min<std::size_t>(document.count, 8)) / 8
        << flag(p.meeting && !meeting_question) << flag(p.meeting && meeting_question)
        << flag(section == Section::term && defines) << flag(section == Section::term && !defines)
        << flag(curated) << flag(curated) * plan.share(about) << flag(video && !question.said)
        << flag(video && question.said)
        << flag(p.meeting && p.meeting->paper == MeetingPaper::dagsorden)
        << flag(section == Section::indstilling || section == Section::bilag)
        << flag(section == Section::beslutning)
        << flag(p.meeting && p.meeting->item_number.empty() && section == Section::text)
        << static_cast<float>(std::min<std::uint32_t>(p.position, 10)) / 10
        << age_in_years(p, today) / 5 << flag(!candidate.in_scope);
}

/// How far each aspect of a role is covered, weighed: much said is more than a share.
float amount(const Plan& plan, const Coverage& coverage, Role role) {
    float sum = 0;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        if (plan.aspects[i].role == role) sum += plan.aspects[i].weight * coverage[i];
    }
    return sum;
}

/// How many things, names and doings are in title and headings: 1 from four on.
float things_named(const Plan& plan, const Coverage& about) {
    constexpr float named = 0.6F;
    constexpr int many = 4;
    int count = 0;
    for (std::size_t i = 0; i < about.size(); ++i) {
        if (is_subject_matter(plan.aspects[i]) && about[i] >= named) ++count;
    }
    return static_cast<float>(std::min(count, many)) / many;
}

/// Likeness of letters, 0..1, of a sentence and what stands around it.
struct Alike {
    float own = 0;
    float about = 0;
    float passage = 0;
    float place = 0;  ///< Sentence, title, headings and the sentence before.
};

/// How a sentence is tied to what it is asked about.
struct Tie {
    Binding binding;
    float elsewhere = 0;  ///< Share of what matters that other sentences of the passage speak of.
    float other_year = 0;
    float another = 0;  ///< speaks_of_another().
};

/// How much of what typically answers such questions stands there, times how like they are.
struct TypicalShares {
    TypicalShares(const Typical& typical, const PassageView& view, const SentenceView& s)
        : own(typical.likeness * typical.share({&s.terms})),
          place(typical.likeness * typical.share({&s.terms, &view.headings, &view.title})),
          passage(typical.likeness * typical.share({&view.text, &view.headings, &view.title})) {}
    float own = 0;
    float place = 0;
    float passage = 0;
};

/// The share of what matters in whose stead the sentence speaks of something that it is not: of a
/// "månedskort" where a "ugekort" was asked for, of "18-64 år" for a child.
float speaks_of_another(const Plan& plan, const SentenceView& sentence, const Coverage& place) {
    constexpr float there = 0.5F;
    constexpr float another = 0.6F;
    const auto says = [&](const std::string& word) {
        if (!sentence.row) return sentence.terms.strength(word) >= another;
        return std::any_of(sentence.key.begin(), sentence.key.end(),
                           [&](const TermSet& said) { return said.strength(word) >= another; });
    };
    float weight = 0;
    float total = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const Aspect& aspect = plan.aspects[i];
        total += plan.important[i];
        if (place[i] >= there) continue;
        const bool other_age =
            aspect.age && !sentence.ages.empty() && !holds_age(sentence.ages, *aspect.age);
        if (other_age || std::any_of(aspect.others.begin(), aspect.others.end(), says)) {
            weight += plan.important[i];
        }
    }
    return total == 0 ? 0 : weight / total;
}

/// Of a table's row: the share of what matters that neither row nor place speaks of, times the
/// share of the row's key that was not asked for.
float other_key(const Plan& plan, const SentenceView& sentence, const Coverage& place) {
    constexpr float there = 0.5F;
    if (sentence.key.empty()) return 0;
    float missing = 0;
    float total = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
        if (!is_subject_matter(plan.aspects[i])) continue;
        total += plan.important[i];
        if (place[i] < there) missing += plan.important[i];
    }
    if (missing == 0) return 0;
    const auto unasked =
        std::count_if(sentence.key.begin(), sentence.key.end(), [&](const TermSet& word) {
            return std::none_of(
                plan.aspects.begin(), plan.aspects.end(),
                [&](const Aspect& aspect) { return aspect.coverage(word) >= there; });
        });
    return missing / total * static_cast<float>(unasked) / static_cast<float>(sentence.key.size());
}

/// What the passage speaks of, but neither this sentence nor what stands above it.
float told_elsewhere(const Plan& plan, const SentenceFeatures& s, const Coverage& around,
                     const Coverage& text) {
    constexpr float there = 0.7F;
    constexpr float not_here = 0.35F;
    float weight = 0;
    float total = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_core(plan.aspects[i])) continue;
        total += plan.important[i];
        if (text[i] >= there && s.own[i] < not_here && around[i] < not_here)
            weight += plan.important[i];
    }
    return total == 0 ? 0 : weight / total;
}

/// A length of time, a place, a rule: material that speaks of the matter nearly always says them;
/// prices, dates, counts and names of persons it often does not.
bool is_soft(Wanted wanted) {
    return wanted == Wanted::duration || wanted == Wanted::place || wanted == Wanted::frequency ||
           wanted == Wanted::rule;
}

bool defines_term(const QuestionView& question, const PassageView& view) {
    return question.type == QuestionType::definition &&
           view.stored.passage.section == Section::term;
}

/// No sentence that is about the matter holds a fact of the kind asked for.
bool lacks_fact(const QuestionView& question, const PassageFeatures& f) {
    constexpr float least_place_of_fact = 0.25F;
    return wants_kind(question) &&
           std::none_of(f.sentences.begin(), f.sentences.end(), [](const SentenceFeatures& s) {
               return s.fits && s.decision.front() >= least_place_of_fact;
           });
}

/// How often material answers differs from kind to kind: rules nearly always, prices less so. Not
/// for yes and no: the towns ask too few such questions that must be refused.
void write_kinds(const QuestionView& question, DecisionFeatures& to) {
    constexpr std::array wanted{Wanted::money, Wanted::duration, Wanted::quantity, Wanted::measure,
                                Wanted::date,  Wanted::person,   Wanted::rule,     Wanted::phone};
    constexpr std::array types{QuestionType::how,  QuestionType::why,     QuestionType::definition,
                               QuestionType::list, QuestionType::unknown, QuestionType::vote};
    static_assert(decision_kinds + wanted.size() + types.size() == decision_feature_count);
    std::size_t at = decision_kinds;
    for (const Wanted kind : wanted) to.at(at++) = flag(question.wanted == kind);
    for (const QuestionType type : types) to.at(at++) = flag(question.type == type);
}

void measure_sentence(const QuestionView& question, const Plan& plan, const SentenceView& s,
                      std::size_t index, const SentenceFeatures& f, const Coverage& placed,
                      const Tie& tie, const Alike& alike, const TypicalShares& typical, float light,
                      Row& row) {
    const Facts& facts = s.facts;
    const QuestionType type = question.type;
    const std::size_t length = s.span.end - s.span.begin;
    const auto focus = [](const Aspect& aspect) { return aspect.focus; };
    const float least_entity = plan.least(f.place, is_entity, 1);
    const bool wanted = wants_kind(question);
    row << plan.share(f.own) << plan.share(placed) << least_entity
        << plan.least(f.own, is_entity, 0.6F) << flag(least_entity < 0.5F)
        << plan.least(placed, is_head, 1) << plan.least(f.own, is_head, 0.5F)
        << plan.share(f.own, is_adjunct, 0.4F) << plan.share(f.own, is_verb, 0.4F)
        << flag(wanted && f.fits) << flag(wanted && !f.fits)
        << flag(type == QuestionType::how && (facts.procedure || facts.contact))
        << flag(type == QuestionType::why && facts.reason)
        << flag(question.personal && s.speaks_to_reader) << flag(question.time && facts.time)
        << flag(question.money && facts.money) << flag(type == QuestionType::yes_no && facts.rules)
        << flag(type == QuestionType::definition && facts.defines)
        << flag(type == QuestionType::when && facts.date)
        << flag(type == QuestionType::how_much && facts.number)
        << flag(type == QuestionType::who && facts.person)
        << flag(type == QuestionType::where && facts.place)
        << flag(type == QuestionType::list && (s.list_item || s.lead_in))
        << static_cast<float>(std::min<std::size_t>(index, 10)) / 10 << flag(s.lead_in)
        << flag(s.list_item) << static_cast<float>(std::min<std::size_t>(length, 300)) / 300
        << flag(length < 30) << plan.most(f.own, focus, 0.5F) << plan.most(f.place, focus, 0.8F)
        << tie.binding.fact << tie.binding.near << tie.binding.counted << tie.elsewhere
        << tie.other_year << flag(question.contact && facts.contact)
        << flag(type == QuestionType::when && facts.deadline)
        << flag(question.wanted == Wanted::duration && facts.duration)
        << plan.important_share(placed) << amount(plan, f.own, Role::light) << light << alike.own
        << alike.about << alike.passage << alike.place << tie.another << typical.own
        << typical.place << typical.passage;
}

}  // namespace

bool is_about_meetings(QuestionType type) {
    return type == QuestionType::decision || type == QuestionType::vote ||
           type == QuestionType::proposal || type == QuestionType::agenda ||
           type == QuestionType::attendance || type == QuestionType::said;
}

bool wants_kind(const QuestionView& question) {
    switch (question.type) {
        case QuestionType::when:
        case QuestionType::how_much:
        case QuestionType::who:
        case QuestionType::where:
        case QuestionType::which_rule:
        case QuestionType::vote:
        case QuestionType::attendance: return true;
        default: return question.contact || question.time || question.money;
    }
}

bool fits(const QuestionView& question, const Facts& facts, bool money_unit) {
    if (question.phone) return facts.phone;
    switch (question.type) {
        case QuestionType::when:
            return question.time ? facts.time || facts.date
                                 : facts.date || facts.time || facts.duration || facts.deadline;
        case QuestionType::how_much:
            if (question.wanted == Wanted::measure) return facts.size || facts.duration;
            return question.money ? facts.money || (facts.number && money_unit)
                                  : facts.count || facts.duration;
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

void assign_roles(QuestionView& question, const std::vector<Candidate>& candidates) {
    for (Aspect& aspect : question.aspects) {
        std::size_t capitalised = 0;
        std::size_t small = 0;
        for (const Candidate& candidate : candidates) {
            capitalised += candidate.view->capitalised.contains(aspect.surface) ? 1U : 0U;
            small += candidate.view->small.contains(aspect.surface) ? 1U : 0U;
        }
        // English questions borrow Danish names only where they write them as names.
        const bool danish_question = question.language == "da";
        const bool written_as_name = danish_question && capitalised > 0 && capitalised >= 4 * small;
        const bool named = aspect.exact || aspect.name || aspect.capital || written_as_name ||
                           (danish_question && aspect.kind == Kind::name);
        if (aspect.context) {
            aspect.role = Role::context;
        } else if (aspect.phrase) {
            aspect.role = Role::phrase;
        } else if (aspect.light) {
            aspect.role = Role::light;
        } else if (named) {
            aspect.role = Role::entity;
        } else if (aspect.kind == Kind::verb || aspect.kind == Kind::other) {
            aspect.role = Role::verb;
        } else if (aspect.kind == Kind::adjective) {
            aspect.role = Role::quality;
        } else {
            aspect.role = aspect.adjunct ? Role::adjunct : Role::head;
        }
    }
}

std::vector<PassageFeatures> measure(const QuestionView& question,
                                     const std::vector<Candidate>& candidates, const Date& today) {
    Coverage best(question.aspects.size());
    Likeness likeness(question.search_text);
    std::vector<PassageFeatures> result;
    std::map<std::string_view, Document> documents;
    for (const Candidate& candidate : candidates) {
        const PassageView& view = *candidate.view;
        PassageFeatures f;
        f.title = coverage_of(question, view.title);
        f.headings = coverage_of(question, view.headings);
        f.text = coverage_of(question, view.text);
        credit_year(question, view.stored, f.text);
        for (const SentenceView& s : view.sentences) {
            credit_age(question, s, f.text);
            likeness.note(s.runs);
        }
        f.whole = f.text;
        raise(f.whole, f.headings, heading_scale);
        raise(f.whole, f.title, title_scale);
        Document& document = documents[view.stored.document.value];
        if (document.count == 0) document.whole.resize(f.whole.size());
        raise(document.whole, f.whole, 1.0F);
        document.search = std::max(document.search, candidate.search);
        raise(best, f.whole, 1.0F);
        ++document.count;
        result.push_back(std::move(f));
    }
    const Plan plan(question, best);
    likeness.weigh();
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        const PassageView& view = *candidates[c].view;
        PassageFeatures& f = result[c];
        const Document& document = documents[view.stored.document.value];
        Coverage whole = f.whole;
        raise(whole, document.whole, document_scale);
        Alike alike;
        alike.about = likeness.of({&view.about_runs});
        alike.passage = likeness.of({&view.text_runs, &view.about_runs});
        const float light = amount(plan, f.whole, Role::light);
        // The whole document speaks of nothing that was asked about.
        const float silent = flag(plan.most(document.whole, is_subject_matter, 1.0F) < thin_share);
        Coverage about = f.title;
        raise(about, f.headings, 1.0F);
        for (std::size_t i = 0; i < view.sentences.size(); ++i) {
            const SentenceView& s = view.sentences[i];
            SentenceFeatures sentence;
            sentence.own = coverage_of(question, s.terms);
            credit_age(question, s, sentence.own);
            sentence.place = sentence.own;
            credit_year(question, view.stored, sentence.place);
            raise(sentence.place, f.headings, heading_scale);
            raise(sentence.place, f.title, title_scale);
            // Of a table's rows each is for itself: the pensioners' is not the one before.
            const bool goes_on = i > 0 && !(s.row && view.sentences[i - 1].row);
            if (goes_on) raise(sentence.place, f.sentences[i - 1].own, neighbour_scale);
            Coverage placed = sentence.place;
            raise(placed, f.whole, passage_scale);
            sentence.fits = fits(question, s.facts, view.money_unit) &&
                            is_about_it(question, sentence.place, f.whole);
            Row row(sentence.rank);
            measure_place(question, plan, candidates[c], f, document, today, row);
            Tie tie;
            tie.binding = binding_of(question, view, s, sentence.own, about);
            tie.elsewhere = told_elsewhere(plan, sentence, about, f.text);
            tie.other_year = speaks_of_other_year(question, s, sentence.place);
            tie.another = speaks_of_another(plan, s, sentence.place);
            alike.own = likeness.of({&s.runs});
            alike.place = likeness.of(
                {&s.runs, &view.about_runs, goes_on ? &view.sentences[i - 1].runs : nullptr});
            const TypicalShares typical(question.typical, view, s);
            measure_sentence(question, plan, s, i, sentence, placed, tie, alike, typical, light,
                             row);
            sentence.holds_fact = tie.binding.fact == 1.0F;
            sentence.decision = {plan.important_share(placed),
                                 plan.important_share(whole),
                                 plan.important_share(about),
                                 plan.important_share(sentence.own),
                                 plan.least(placed, is_head, 0.7F),
                                 plan.least(sentence.place, is_entity, 0.9F),
                                 flag(plan.names_something()),
                                 flag(is_soft(question.wanted)),
                                 flag(defines_term(question, view)),
                                 tie.other_year,
                                 0,
                                 share_of_many(question.aspects.size()),
                                 flag(question.wanted == Wanted::count),
                                 flag(plan.share(f.whole, is_content, 1.0F) < thin_share),
                                 light,
                                 amount(plan, f.whole, Role::verb),
                                 things_named(plan, about),
                                 flag(question.type == QuestionType::where),
                                 document.search,
                                 amount(plan, sentence.own, Role::light),
                                 silent,
                                 flag(wants_kind(question) && !sentence.fits),
                                 flag(question.personal && s.speaks_to_reader),
                                 flag(question.type == QuestionType::yes_no && s.facts.rules),
                                 tie.another,
                                 other_key(plan, s, sentence.place),
                                 typical.place,
                                 typical.passage,
                                 question.typical.likeness};
            write_kinds(question, sentence.decision);
            f.sentences.push_back(std::move(sentence));
        }
        const bool no_fact = lacks_fact(question, f);
        for (SentenceFeatures& sentence : f.sentences)
            sentence.decision[decision_no_fact] = flag(no_fact);
    }
    return result;
}

}  // namespace raadbot::answer
