// What the aspects of a question are to it, and what a sentence in its place leaves of them unsaid.
// Pure; internal to the measuring of features (features.cpp).
#pragma once

#include <algorithm>
#include <vector>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

[[nodiscard]] inline bool is(const Aspect& aspect, Role role) { return aspect.role == role; }
[[nodiscard]] inline bool is_entity(const Aspect& aspect) { return is(aspect, Role::entity); }

[[nodiscard]] inline bool is_head(const Aspect& aspect) { return is(aspect, Role::head); }
[[nodiscard]] inline bool is_adjunct(const Aspect& aspect) { return is(aspect, Role::adjunct); }
[[nodiscard]] inline bool is_verb(const Aspect& aspect) { return is(aspect, Role::verb); }
[[nodiscard]] inline bool is_phrase(const Aspect& aspect) { return is(aspect, Role::phrase); }
[[nodiscard]] inline bool is_content(const Aspect& aspect) { return !is(aspect, Role::light); }
[[nodiscard]] inline bool is_subject_matter(const Aspect& aspect) {
    return is_content(aspect) && !is(aspect, Role::phrase) && !is(aspect, Role::context);
}
[[nodiscard]] inline bool is_core(const Aspect& aspect) {
    return is_entity(aspect) || is_head(aspect) || is_adjunct(aspect);
}

/// What the aspects are to the question, in the form that measuring needs it.
struct Plan {
    /// `best`: how far any candidate covers each aspect.
    Plan(const QuestionView& question, const Coverage& best);

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
    [[nodiscard]] float important_share(const Coverage& coverage) const;

    /// A place, person, committee or numbered thing is asked about.
    [[nodiscard]] bool names_something() const {
        return std::any_of(aspects.begin(), aspects.end(), is_entity);
    }

    const std::vector<Aspect>& aspects;
    std::vector<float> important;
    float total = 0;
};

/// How far each aspect of a role is covered, weighed: much said is more than a share.
[[nodiscard]] float amount(const Plan& plan, const Coverage& coverage, Role role);

/// How many things, names and doings the question speaks of.
[[nodiscard]] std::ptrdiff_t things_asked(const Plan& plan);

/// How many things, names and doings are in title and headings: 1 from four on.
[[nodiscard]] float things_named(const Plan& plan, const Coverage& about);

/// A number that names a thing, or a year, is not covered nearly as it is.
[[nodiscard]] bool lacks_number(const QuestionView& question, const Coverage& whole);

/// 1 when the sentence says for which ages it holds, and one that was asked for is none of them.
[[nodiscard]] float speaks_of_other_age(const Plan& plan, const SentenceView& sentence);

/// True when a row's key, or a numbered thing in any sentence, is one of what the aspect is not.
/// `aspects`: all of the question, none of which is another thing.
[[nodiscard]] bool names_another(const std::vector<Aspect>& aspects, const Aspect& aspect,
                                 const SentenceView& sentence);

/// True for "Frokostordning, børnehave" in a table of all "dagtilbud" where "dagpleje" was asked
/// for: the row's key is another thing of the kind, and nothing there names the asked one.
[[nodiscard]] bool is_row_of_another(const QuestionView& question, const Aspect& aspect,
                                     const PassageView& view, const SentenceView& sentence);

/// The aspects, by index, in whose stead the sentence speaks of something that they are not.
[[nodiscard]] std::vector<std::size_t> contradicted(const Plan& plan, const SentenceView& sentence,
                                                    const Coverage& place);

/// The share of what matters in whose stead the sentence speaks of something that it is not: of a
/// "månedskort" where a "ugekort" was asked for, of "18-64 år" for a child.
[[nodiscard]] float speaks_of_another(const Plan& plan, const SentenceView& sentence,
                                      const Coverage& place);

/// Of a table's row: the share of what matters that neither row nor place speaks of, times the
/// share of the row's key that was not asked for.
[[nodiscard]] float other_key(const Plan& plan, const SentenceView& sentence,
                              const Coverage& place);

/// What the passage speaks of, but neither this sentence nor what stands above it.
[[nodiscard]] float told_elsewhere(const Plan& plan, const Coverage& own, const Coverage& around,
                                   const Coverage& text);

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

}  // namespace raadbot::answer
