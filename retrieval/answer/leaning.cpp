#include "retrieval/answer/leaning.hpp"

#include <algorithm>
#include <unordered_set>

#include "retrieval/answer/question_traits.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/printed_dates.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using Kind = danish::Morphology::Kind;

constexpr float beside_scale = 0.4F;   // What was said of the thing, when something else is asked.
constexpr float swapped_scale = 0.2F;  // What another thing was put in place of, in all likelihood.

/// How an aspect of the earlier question goes on.
enum class Fate {
    kept,     ///< As if it were asked again.
    beside,   ///< Helps when found.
    swapped,  ///< Another thing stands where it stood.
    gone,
};

bool is_digits(const std::string& word) { return word.front() >= '0' && word.front() <= '9'; }

bool is_named(const Aspect& aspect) {
    return aspect.exact || aspect.name || aspect.capital || aspect.kind == Kind::name;
}

/// Somebody whom rules can be for.
bool is_person(const std::string& lemma) {
    static const std::unordered_set<std::string> persons{"medlem",
                                                         "suppleant",
                                                         "stedfortræder",
                                                         "formand",
                                                         "borgmester",
                                                         "ordfører",
                                                         "chef",
                                                         "leder",
                                                         "direktør",
                                                         "elev",
                                                         "barn",
                                                         "voksen",
                                                         "pensionist",
                                                         "borger",
                                                         "ung",
                                                         "studerende",
                                                         "kandidat",
                                                         "politiker",
                                                         "ansat",
                                                         "medarbejder",
                                                         "lærer",
                                                         "forælder",
                                                         "gæst",
                                                         "tilhører",
                                                         "beboer",
                                                         "lejer",
                                                         "ejer",
                                                         "nabo",
                                                         "forening",
                                                         "virksomhed",
                                                         "firma",
                                                         "selvstændig",
                                                         "lønmodtager",
                                                         "kvinde",
                                                         "mand",
                                                         "hund",
                                                         "kat",
                                                         "substitute",
                                                         "deputy",
                                                         "member",
                                                         "chair",
                                                         "chairman",
                                                         "chairperson",
                                                         "mayor",
                                                         "child",
                                                         "adult",
                                                         "student",
                                                         "pensioner",
                                                         "company",
                                                         "association",
                                                         "næstformand",
                                                         "viceborgmester",
                                                         "udvalgsformand",
                                                         "byrådsmedlem",
                                                         "forkvinde"};
    if (persons.contains(lemma)) return true;
    const auto parts = danish::Morphology::instance().split(lemma);
    return parts.size() > 1 && persons.contains(danish::Morphology::instance().lemma(parts.back()));
}

bool is_thing(const Aspect& aspect) {
    if (aspect.light || aspect.year) return false;
    // "en voksen", "en på 10"
    if (aspect.age || is_person(aspect.lemma)) return true;
    return aspect.kind != Kind::verb && aspect.kind != Kind::adjective &&
           aspect.kind != Kind::other;
}

/// "kommuneplan", "lokalplan": things of one kind.
bool same_head(const std::string& a, const std::string& b) {
    const danish::Morphology& morphology = danish::Morphology::instance();
    const auto head = [&](const std::string& lemma) {
        const auto parts = morphology.split(lemma);
        return parts.empty() ? lemma : morphology.lemma(parts.back());
    };
    return a != b && head(a) == head(b);
}

/// "torsdag" and "fredag", "bil" and "cykel" behind the same preposition, "medlem" and "suppleant".
bool same_place(const Aspect& a, const Aspect& b) {
    if (a.age && b.age) return true;
    if (is_digits(a.surface) != is_digits(b.surface)) return false;
    if (is_digits(a.surface)) return true;
    return same_head(a.lemma, b.lemma) || (is_person(a.lemma) && is_person(b.lemma)) ||
           (!a.body.empty() && !b.body.empty()) ||
           (!a.preposition.empty() && a.preposition == b.preposition);
}

bool same_word(const Aspect& a, const Aspect& b) { return a.lemma == b.lemma; }

/// What was asked about the thing, in a question of this type: "hvor mange elever".
bool is_attribute(const Aspect& aspect, const QuestionView& before) {
    return aspect.focus && (before.type == QuestionType::how_much ||
                            before.type == QuestionType::who || before.type == QuestionType::list);
}

/// "fra nytår", "i Rørmose": where or when, beside the thing; "for suppleanter" is instead of it.
bool is_circumstance(const Aspect& aspect) {
    static const std::unordered_set<std::string> prepositions{
        "i",    "på", "fra", "om",   "ved", "efter", "før",    "inden",  "under", "siden",
        "uden", "in", "on",  "from", "at",  "after", "before", "during", "since", "without"};
    return prepositions.contains(aspect.preposition);
}

/// A date, a number, a place, a name.
bool asks_for_a_kind(QuestionType type) {
    return type == QuestionType::when || type == QuestionType::how_much ||
           type == QuestionType::where || type == QuestionType::who;
}

using Fates = std::vector<Fate>;

/// "og hvad med suppleanter?"
Fates fates_of_same(const QuestionView& view, const danish::FollowUp& form,
                    const QuestionView& before) {
    Fates fates;
    bool placed = !std::any_of(view.aspects.begin(), view.aspects.end(), [](const Aspect& own) {
        return is_thing(own) && !is_digits(own.surface);
    });
    for (const Aspect& aspect : before.aspects) {
        Fate fate = Fate::kept;
        const bool mine = !view.dates.empty() && aspect.year;
        if (mine || (!aspect.light &&
                     std::any_of(view.aspects.begin(), view.aspects.end(), [&](const Aspect& own) {
                         return is_thing(own) && is_thing(aspect) && !same_word(own, aspect) &&
                                same_place(own, aspect);
                     }))) {
            fate = Fate::gone;
            placed = true;
        } else if (form.condition && aspect.adjunct && !is_named(aspect)) {
            fate = Fate::beside;
        }
        fates.push_back(fate);
    }
    if (placed || form.condition) return fates;
    const bool beside =
        std::all_of(view.aspects.begin(), view.aspects.end(), [](const Aspect& own) {
            return !is_thing(own) || is_digits(own.surface) || is_circumstance(own);
        });
    // Nothing shows where it belongs: in the place of the last thing that was not itself asked for.
    const Aspect* last = nullptr;
    for (const Aspect& aspect : before.aspects) {
        if (!is_thing(aspect) || aspect.year || is_attribute(aspect, before)) continue;
        // A place takes another place's room, not that of the thing that is there.
        if (beside && !(is_circumstance(aspect) && is_named(aspect))) continue;
        if (last == nullptr || !is_named(*last) || is_named(aspect)) last = &aspect;
    }
    if (last != nullptr)
        fates[static_cast<std::size_t>(last - before.aspects.data())] = Fate::swapped;
    return fates;
}

/// "hvad koster det?"
Fates fates_of_other(const QuestionView& view, const danish::FollowUp& form,
                     const QuestionView& before) {
    const bool own_topic = std::any_of(view.aspects.begin(), view.aspects.end(),
                                       [](const Aspect& own) { return is_thing(own); });
    const auto topic = [&](const Aspect& aspect) {
        return is_thing(aspect) && !is_attribute(aspect, before) && !aspect.year &&
               (is_named(aspect) || !aspect.adjunct);
    };
    const bool has_topic = std::any_of(before.aspects.begin(), before.aspects.end(), topic);
    Fates fates;
    for (const Aspect& aspect : before.aspects) {
        const bool meant = has_topic ? topic(aspect) : !aspect.light && !aspect.year;
        const bool replaced = aspect.year && !view.dates.empty();
        if (replaced) {
            fates.push_back(Fate::gone);
        } else if (meant && (!own_topic || form.pronoun)) {
            fates.push_back(Fate::kept);
        } else {
            fates.push_back(aspect.light ? Fate::gone : Fate::beside);
        }
    }
    return fates;
}

/// The year that a question is about, in digits or by a word ("i år", "sidste år").
std::optional<int> year_of(const std::string& question, const Date& today) {
    if (const auto year = danish::only_year(question)) return year;
    for (const danish::DateMention& mention : dates_of(question, today)) {
        if (const auto year = whole_year(mention)) return year;
    }
    return std::nullopt;
}

}  // namespace

std::string with_counted_year(std::string_view text, const std::vector<std::string>& previous,
                              const Date& today) {
    static const std::unordered_set<std::string_view> years{"året", "aaret", "year"};
    static const std::unordered_set<std::string_view> before{"før", "foer", "forinden", "inden",
                                                             "before"};
    static const std::unordered_set<std::string_view> after{"efter", "derpå", "after"};
    const auto tokens = danish::tokenize(text);
    // "året før valget" counts from something else.
    if (tokens.size() < 2 || !years.contains(tokens[tokens.size() - 2].text))
        return std::string(text);
    const std::string& side = tokens.back().text;
    const int step = before.contains(side) ? -1 : after.contains(side) ? 1 : 0;
    if (step == 0) return std::string(text);
    for (auto earlier = previous.rbegin(); earlier != previous.rend(); ++earlier) {
        const auto year = year_of(*earlier, today);
        if (!year) continue;
        std::size_t from = tokens[tokens.size() - 2].begin;
        if (tokens.size() > 2 && tokens[tokens.size() - 3].text == "the")
            from = tokens[tokens.size() - 3].begin;
        return std::string(text.substr(0, from)) + std::to_string(*year + step) +
               std::string(text.substr(tokens.back().end));
    }
    return std::string(text);
}

void lean_on(QuestionView& view, const danish::FollowUp& form, const QuestionView& before) {
    const Fates fates =
        form.replaces ? fates_of_same(view, form, before) : fates_of_other(view, form, before);
    const bool says_nothing = std::all_of(view.aspects.begin(), view.aspects.end(),
                                          [](const Aspect& own) { return own.light || own.year; });
    // "Og hvad var det i 2025?"
    const bool only_year = says_nothing && std::any_of(view.aspects.begin(), view.aspects.end(),
                                                       [](const Aspect& own) { return own.year; });
    const bool yes_no = view.type == QuestionType::yes_no;
    const bool asks_nothing = view.type == QuestionType::unknown ||
                              view.type == QuestionType::definition || yes_no || form.condition;
    // "gælder det også i udvalg?", "og hvis det haster?" after a date or a number: a rule answers,
    // with or without another date. A price for others is a price.
    const bool by_rule = form.replaces && (yes_no || form.condition) && !before.money &&
                         asks_for_a_kind(before.type);
    if (by_rule) {
        view.type = QuestionType::yes_no;
        view.wanted = Wanted::nothing;
    } else if (form.replaces ? asks_nothing
                             : view.type == QuestionType::unknown && (form.bare || only_year)) {
        view.type = before.type;
        view.money = before.money;
        view.wanted = before.wanted;
        view.contact = before.contact;
        view.phone = before.phone;
        view.time = before.time;
        view.person = before.person;
        view.said = before.said;
    }
    // "hvornår var det?" after what was decided: the meeting's date stands with the decision.
    if (form.pronoun && view.type == QuestionType::when && view.aspects.empty() &&
        asks_about_meetings(before.type)) {
        view.type = before.type;
    }
    view.personal = view.personal || before.personal;
    // "hvor meget?" after "har vi givet penge til ...".
    if (view.type == QuestionType::how_much && says_nothing) {
        view.money = view.money || before.money || speaks_of_giving(before.text);
        if (view.money) view.wanted = Wanted::money;
    }
    // What is put in the place of something is all that is said: it counts no less than the rest.
    if (form.replaces) {
        float heaviest = 0;
        for (std::size_t i = 0; i < before.aspects.size(); ++i) {
            if (fates[i] == Fate::kept) heaviest = std::max(heaviest, before.aspects[i].weight);
        }
        for (Aspect& own : view.aspects) {
            if (is_thing(own)) own.weight = std::max(own.weight, heaviest);
        }
    }
    std::string inherited;
    for (std::size_t i = 0; i < before.aspects.size(); ++i) {
        Aspect aspect = before.aspects[i];
        if (fates[i] == Fate::gone) continue;
        if (std::any_of(view.aspects.begin(), view.aspects.end(),
                        [&](const Aspect& own) { return same_word(own, aspect); })) {
            continue;
        }
        if (fates[i] != Fate::kept) {
            aspect.context = true;
            aspect.exact = false;
            aspect.weight *= fates[i] == Fate::beside ? beside_scale : swapped_scale;
        }
        aspect.focus = false;
        aspect.inherited = true;
        if (fates[i] != Fate::swapped) inherited += aspect.surface + ' ';
        view.aspects.push_back(std::move(aspect));
    }
    view.search_text = inherited + view.text;
    if (form.may_lean) return;
    if (view.dates.empty()) {
        view.dates = before.dates;
        // Their words stand in the earlier question, not in this one.
        for (danish::DateMention& mention : view.dates) mention.begin = mention.end = 0;
        view.whole_year = before.whole_year;
    }
    if (view.bodies.empty()) view.bodies = before.bodies;
}

}  // namespace raadbot::answer
