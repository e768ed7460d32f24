#include "retrieval/answer/question_plan.hpp"

namespace raadbot::answer {
namespace {

// What no candidate speaks of was in all likelihood only said in other words.
constexpr float heard = 0.3F;
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

}  // namespace

Plan::Plan(const QuestionView& question, const Coverage& best) : aspects(question.aspects) {
    for (std::size_t i = 0; i < aspects.size(); ++i) {
        const Aspect& aspect = aspects[i];
        total += aspect.weight;
        const bool thing = aspect.role == Role::head || aspect.role == Role::adjunct;
        important.push_back(aspect.weight * importance(aspect) *
                            (thing && best[i] < heard ? unheard_scale : 1.0F));
    }
}

float Plan::important_share(const Coverage& coverage) const {
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

bool lacks_number(const QuestionView& question, const Coverage& whole) {
    constexpr float least_exact = 0.75F;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (question.aspects[i].exact && whole[i] < least_exact) return true;
    }
    return false;
}

float amount(const Plan& plan, const Coverage& coverage, Role role) {
    float sum = 0;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        if (plan.aspects[i].role == role) sum += plan.aspects[i].weight * coverage[i];
    }
    return sum;
}

std::ptrdiff_t things_asked(const Plan& plan) {
    return std::count_if(plan.aspects.begin(), plan.aspects.end(), is_subject_matter);
}

float things_named(const Plan& plan, const Coverage& about) {
    constexpr float named = 0.6F;
    constexpr int many = 4;
    int count = 0;
    for (std::size_t i = 0; i < about.size(); ++i) {
        if (is_subject_matter(plan.aspects[i]) && about[i] >= named) ++count;
    }
    return static_cast<float>(std::min(count, many)) / many;
}

float speaks_of_other_age(const Plan& plan, const SentenceView& sentence) {
    if (sentence.ages.empty()) return 0;
    // "For voksne? - og børn?": the new question's age is the one that counts.
    const bool told_anew = std::any_of(plan.aspects.begin(), plan.aspects.end(),
                                       [](const Aspect& a) { return a.age && !a.inherited; });
    const bool other = std::any_of(plan.aspects.begin(), plan.aspects.end(), [&](const Aspect& a) {
        return a.age && !(told_anew && a.inherited) && !holds_age(sentence.ages, *a.age);
    });
    return other ? 1.0F : 0.0F;
}

bool names_another(const std::vector<Aspect>& aspects, const Aspect& aspect,
                   const SentenceView& sentence) {
    constexpr float another = 0.6F;
    // "Morgen og eftermiddag, heldag", "og for børn": what is asked for as well is no other thing.
    const auto asked_too = [&](const TermSet& said) {
        return std::any_of(aspects.begin(), aspects.end(), [&](const Aspect& also) {
            return &also != &aspect && !also.light && also.coverage(said) >= another;
        });
    };
    bool found = false;
    for (const std::string& word : aspect.others) {
        // "1. viceborgmester" is two words.
        const bool numbered = word.find('#') != std::string::npos;
        if (!sentence.row || numbered) {
            found = found || sentence.terms.strength(word) >= another;
            continue;
        }
        for (const TermSet& said : sentence.key) {
            if (said.strength(word) < another) continue;
            if (asked_too(said)) return false;
            found = true;
        }
    }
    return found;
}

bool is_row_of_another(const QuestionView& question, const Aspect& aspect, const PassageView& view,
                       const SentenceView& sentence) {
    // An English word stands for several Danish ones. Ages have their own measure.
    if (!sentence.row || question.language != "da" || aspect.age) return false;
    if (!names_another(question.aspects, aspect, sentence)) return false;
    const auto named = [&](const TermSet& terms) {
        constexpr float least = 0.6F;
        return std::max(terms.strength(aspect.surface), terms.strength(aspect.lemma)) >= least;
    };
    return !named(sentence.terms) && !named(view.headings) && !named(view.title);
}

std::vector<std::size_t> contradicted(const Plan& plan, const SentenceView& sentence,
                                      const Coverage& place) {
    constexpr float there = 0.5F;
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < place.size(); ++i) {
        const Aspect& aspect = plan.aspects[i];
        if (place[i] >= there) continue;
        const bool other_age =
            aspect.age && !sentence.ages.empty() && !holds_age(sentence.ages, *aspect.age);
        if (other_age || names_another(plan.aspects, aspect, sentence)) result.push_back(i);
    }
    return result;
}

float speaks_of_another(const Plan& plan, const SentenceView& sentence, const Coverage& place) {
    float weight = 0;
    float total = 0;
    for (const float important : plan.important) total += important;
    for (const std::size_t i : contradicted(plan, sentence, place)) weight += plan.important[i];
    return total == 0 ? 0 : weight / total;
}

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

float told_elsewhere(const Plan& plan, const Coverage& own, const Coverage& around,
                     const Coverage& text) {
    constexpr float there = 0.7F;
    constexpr float not_here = 0.35F;
    float weight = 0;
    float total = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_core(plan.aspects[i])) continue;
        total += plan.important[i];
        if (text[i] >= there && own[i] < not_here && around[i] < not_here)
            weight += plan.important[i];
    }
    return total == 0 ? 0 : weight / total;
}

}  // namespace raadbot::answer
