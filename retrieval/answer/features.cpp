#include "retrieval/answer/features.hpp"

#include <algorithm>
#include <map>

#include "retrieval/answer/credits.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/answer/unmet.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

// What stands around a sentence counts less than what it says itself.
constexpr float heading_scale = 0.95F;
constexpr float title_scale = 0.9F;
constexpr float neighbour_scale = 0.8F;
constexpr float passage_scale = 0.4F;
constexpr float document_scale = 0.5F;
constexpr float thin_share = 0.3F;

Coverage coverage_of(const QuestionView& question, const TermSet& terms) {
    Coverage result;
    result.reserve(question.aspects.size());
    for (const Aspect& aspect : question.aspects) result.push_back(aspect.coverage(terms));
    return result;
}

void raise(Coverage& to, const Coverage& by, float scale) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = std::max(to[i], by[i] * scale);
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

float count_of(const QuestionView& question, Role role) {
    return static_cast<float>(
        std::count_if(question.aspects.begin(), question.aspects.end(),
                      [role](const Aspect& aspect) { return aspect.role == role; }));
}

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
        const bool held = aspect.role != Role::light &&
                          (aspect.role != Role::verb || question.wanted == Wanted::count);
        if (counted && aspect.focus && held &&
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
    // How far a matter has come is told at meetings; the pages tell how it is always.
    const bool meeting_question = is_about_meetings(question.type) || question.status;
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

/// Likeness of letters, 0..1, of a sentence and what stands around it.
struct Alike {
    float own = 0;
    float about = 0;
    float passage = 0;
    float place = 0;  ///< Sentence, title, headings and the sentence before.
};

bool is_focus(const Aspect& aspect) { return aspect.focus; }

/// How a sentence is tied to what it is asked about.
struct Tie {
    Binding binding;
    float elsewhere = 0;  ///< Share of what matters that other sentences of the passage speak of.
    float other_year = 0;
    float another = 0;    ///< speaks_of_another().
    float other_age = 0;  ///< speaks_of_other_age().
    Unmet unmet;
};

/// The sentence itself says all that is asked about and holds the kind of fact, and nothing of it
/// is another's.
bool tells_exactly(const Plan& plan, const QuestionView& question, const SentenceFeatures& f,
                   const Tie& tie) {
    constexpr float said = 0.5F;
    const Unmet& u = tie.unmet;
    const float against =
        std::max({u.meaning, u.means, u.place, u.names, u.sanction, u.deed, u.reason, u.past,
                  u.said, u.units, u.sibling, u.variant, tie.other_year});
    return wants_kind(question) && f.fits && against == 0 && things_asked(plan) > 0 &&
           plan.least(f.own, is_subject_matter, 0) >= said;
}

/// "Hvem kigger på det": a person's name, or what somebody is by his work where no holder of an
/// office is asked for.
float says_who(const Facts& facts, const QuestionView& question) {
    constexpr float unnamed = 0.6F;
    if (facts.person) return 1;
    return facts.office && !question.person ? unnamed : 0;
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
/// for yes and no: the towns ask too few such questions that must be refused. And in what form the
/// question comes: of a bare one every word decides, of a story few do.
void write_kinds(const QuestionView& question, DecisionFeatures& to) {
    constexpr std::array wanted{Wanted::money, Wanted::duration, Wanted::quantity, Wanted::measure,
                                Wanted::date,  Wanted::person,   Wanted::rule,     Wanted::phone};
    constexpr std::array types{QuestionType::how,  QuestionType::why,     QuestionType::definition,
                               QuestionType::list, QuestionType::unknown, QuestionType::vote};
    constexpr std::array roles{Role::entity,  Role::head,  Role::adjunct, Role::verb,
                               Role::quality, Role::light, Role::phrase,  Role::context};
    constexpr std::size_t forms = 3 + roles.size();
    static_assert(decision_kinds + wanted.size() + types.size() + forms == decision_lacks);
    std::size_t at = decision_kinds;
    // A queue's length is told where the queue is, a fence's height not always.
    const bool queue = question.wanted == Wanted::measure && asks_for_queue(question);
    for (const Wanted kind : wanted) to.at(at++) = flag(question.wanted == kind && !queue);
    for (const QuestionType type : types) to.at(at++) = flag(question.type == type);
    to.at(at++) = flag(question.opening == Opening::question_word);
    to.at(at++) = flag(question.opening == Opening::verb);
    to.at(at++) = flag(question.own_case);
    for (const Role role : roles) to.at(at++) = count_of(question, role);
}

/// One word that is not met undoes a bare question and hardly one with a story, and the more the
/// more names are asked for. What is told beside it, and light words, may go unmet.
void write_lacks(const QuestionView& question, const Coverage& place, DecisionFeatures& to) {
    constexpr float hardly = 0.1F;
    float lack = 0;  // Of the word that is missed most, by its weight.
    float least_met = 1;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (aspect.role == Role::light || aspect.role == Role::context) continue;
        const float met = std::min(place[i], 1.0F);
        lack = std::max(lack, aspect.weight * (1 - met));
        least_met = std::min(least_met, met);
    }
    const std::array<float, decision_score - decision_lacks> lacks{
        lack,
        flag(lack < hardly),
        least_met,
        lack * flag(question.opening == Opening::question_word),
        lack * count_of(question, Role::entity),
        lack * count_of(question, Role::head),
        lack * share_of_many(question.aspects.size())};
    std::copy(lacks.begin(), lacks.end(), to.begin() + decision_lacks);
}

void measure_sentence(const QuestionView& question, const Plan& plan, const SentenceView& s,
                      std::size_t index, const SentenceFeatures& f, const Coverage& placed,
                      const Tie& tie, const Alike& alike, const TypicalShares& typical, float light,
                      Row& row) {
    const Facts& facts = s.facts;
    const QuestionType type = question.type;
    const std::size_t length = s.span.end - s.span.begin;
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
        << flag(question.money && (facts.money || facts.free))
        << flag(type == QuestionType::yes_no && facts.rules)
        << flag(type == QuestionType::definition && facts.defines)
        << flag(type == QuestionType::when && facts.date)
        << flag(type == QuestionType::how_much && facts.number)
        << (type == QuestionType::who ? says_who(facts, question) : 0)
        << flag(type == QuestionType::where && facts.place)
        << flag(type == QuestionType::list && (s.list_item || s.lead_in))
        << static_cast<float>(std::min<std::size_t>(index, 10)) / 10
        << flag(s.lead_in || s.refers_on) << flag(s.list_item)
        << static_cast<float>(std::min<std::size_t>(length, 300)) / 300 << flag(length < 30)
        << plan.most(f.own, is_focus, 0.5F) << plan.most(f.place, is_focus, 0.8F)
        << tie.binding.fact << tie.binding.near << tie.binding.counted << tie.elsewhere
        << tie.other_year << flag(question.contact && facts.contact)
        << flag(type == QuestionType::when && facts.deadline)
        << flag(question.wanted == Wanted::duration && facts.duration)
        << plan.important_share(placed) << amount(plan, f.own, Role::light) << light << alike.own
        << alike.about << alike.passage << alike.place << tie.another << typical.own
        << typical.place << typical.passage << tie.other_age
        << std::max({tie.unmet.meaning, tie.unmet.means, tie.unmet.place, tie.unmet.names,
                     tie.unmet.sanction, tie.unmet.past, tie.unmet.sibling, tie.unmet.variant});
}

}  // namespace

std::vector<PassageFeatures> measure(const QuestionView& question,
                                     const std::vector<Candidate>& candidates, const Date& today) {
    const Demands demands = demands_of(question, today);
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
        credit_year(question, view, f.text);
        credit_body(question, view.stored, f.text);
        discredit_last_years(question, view.stored, f.title, f.headings);
        for (const SentenceView& s : view.sentences) {
            Coverage said(f.text.size());
            credit_told(question, demands, s, said);
            raise(f.text, said, 1.0F);
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
    // What is of another time, or of another lokalplan, found however well, is no measure.
    float best_search = 0;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        if (candidates[c].in_scope && !lacks_number(question, result[c].whole))
            best_search = std::max(best_search, candidates[c].search);
    }
    if (best_search > 0) {
        for (auto& [id, document] : documents)
            document.search = std::min(1.0F, document.search / best_search);
    }
    const Plan plan(question, best);
    const std::vector<std::string> numbers = numbers_of(question);
    const bool counts_a_thing = plan.most(Coverage(question.aspects.size(), 1.0F), is_focus, 0) > 0;
    likeness.weigh();
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        const PassageView& view = *candidates[c].view;
        PassageFeatures& f = result[c];
        const Document& document = documents[view.stored.document.value];
        Alike alike;
        alike.about = likeness.of({&view.about_runs});
        alike.passage = likeness.of({&view.text_runs, &view.about_runs});
        const float light = amount(plan, f.whole, Role::light);
        // The whole document speaks of nothing that was asked about.
        const float silent = flag(plan.most(document.whole, is_subject_matter, 1.0F) < thin_share);
        Coverage about = f.title;
        raise(about, f.headings, 1.0F);
        const UnmetReader unmet(demands, question, view, about);
        for (std::size_t i = 0; i < view.sentences.size(); ++i) {
            const SentenceView& s = view.sentences[i];
            SentenceFeatures sentence;
            sentence.own = coverage_of(question, s.terms);
            credit_told(question, demands, s, sentence.own);
            credit_exclusive(question, s, sentence.own);
            sentence.place = sentence.own;
            credit_year(question, view, sentence.place);
            credit_body(question, view.stored, sentence.place);
            raise(sentence.place, f.headings, heading_scale);
            raise(sentence.place, f.title, title_scale);
            // Of a table's rows each is for itself: the pensioners' is not the one before.
            const bool goes_on = i > 0 && !(s.row && view.sentences[i - 1].row);
            if (goes_on) {
                Coverage before = f.sentences[i - 1].own;
                for (std::size_t a = 0; a < before.size(); ++a) {
                    // "Storskrald hentes fire gange. Haveaffald koster 640 kr.": not storskrald.
                    if (sentence.own[a] < before[a] &&
                        names_another(question.aspects, question.aspects[a], s))
                        before[a] = 0;
                }
                raise(sentence.place, before, neighbour_scale);
            }
            discredit_others(question, view, s, sentence.own, sentence.place);
            Coverage whole = f.whole;
            raise(whole, document.whole, document_scale);
            Coverage placed = sentence.place;
            raise(placed, f.whole, passage_scale);
            if (s.row) {
                // The pensioners' row of the table does not make this one theirs.
                for (const std::size_t other : contradicted(plan, s, sentence.place)) {
                    // "For voksne? - og børn?": the new question is about another row.
                    const Aspect& lacking = plan.aspects[other];
                    if (lacking.inherited || (lacking.age && is_number(lacking))) continue;
                    whole[other] = 0;
                    placed[other] = sentence.place[other];
                }
            }
            sentence.fits = fits(question, s.facts, view.money_unit && s.row) &&
                            (numbers.empty() || !only_repeats_numbers(numbers, view.words(s))) &&
                            is_about_it(question, sentence.place, whole);
            Row row(sentence.rank);
            measure_place(question, plan, candidates[c], f, document, today, row);
            Tie tie;
            tie.binding = binding_of(question, view, s, sentence.own, about);
            tie.elsewhere = told_elsewhere(plan, sentence.own, about, f.text);
            tie.other_year = std::max(speaks_of_other_year(question, view, s),
                                      speaks_of_other_time(question, view, s));
            tie.another = speaks_of_another(plan, s, sentence.place);
            tie.other_age = speaks_of_other_age(plan, s);
            tie.unmet = unmet.of(i, placed, whole);
            alike.own = likeness.of({&s.runs});
            alike.place = likeness.of(
                {&s.runs, &view.about_runs, goes_on ? &view.sentences[i - 1].runs : nullptr});
            const TypicalShares typical(question.typical, view, s);
            measure_sentence(question, plan, s, i, sentence, placed, tie, alike, typical, light,
                             row);
            sentence.explains = tie.unmet.explained;
            sentence.holds_fact = tie.binding.fact == 1.0F;
            const bool exact = tells_exactly(plan, question, sentence, tie);
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
                                 question.typical.likeness,
                                 tie.other_age,
                                 tie.unmet.meaning,
                                 tie.unmet.means,
                                 tie.unmet.place,
                                 tie.unmet.names,
                                 tie.unmet.sanction,
                                 tie.unmet.deed,
                                 tie.unmet.reason,
                                 tie.unmet.said,
                                 tie.unmet.units,
                                 tie.unmet.numbers,
                                 tie.unmet.other,
                                 tie.unmet.past,
                                 tie.unmet.sibling,
                                 tie.unmet.variant,
                                 flag(tie.binding.counted == 0.0F && counts_a_thing),
                                 flag(things_asked(plan) == 1),
                                 flag(exact),
                                 flag(exact && s.row),
                                 flag(view.stored.passage.section == Section::curated)};
            write_kinds(question, sentence.decision);
            write_lacks(question, sentence.place, sentence.decision);
            f.sentences.push_back(std::move(sentence));
        }
        const bool no_fact = lacks_fact(question, f);
        for (SentenceFeatures& sentence : f.sentences)
            sentence.decision[decision_no_fact] = flag(no_fact);
    }
    return result;
}

}  // namespace raadbot::answer
