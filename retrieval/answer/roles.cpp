#include "retrieval/answer/roles.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace raadbot::answer {
namespace {

using Kind = danish::Morphology::Kind;

/// "Skovby", "Strandvej", "Folkeoplysningsudvalget": what towns, roads, houses and bodies are
/// called ends so; "boldklub" is a club.
bool ends_as_name(std::string_view part) {
    static const std::unordered_set<std::string_view> endings{
        "by",    "borg",  "bjerg", "sted",  "lev",    "rup",    "strup",  "skov",   "ø",    "havn",
        "vig",   "sund",  "dal",   "mark",  "lund",   "sø",     "holm",   "å",      "gård", "gade",
        "vej",   "torv",  "park",  "bro",   "høj",    "bæk",    "kær",    "hede",   "eng",  "bakke",
        "skole", "hal",   "sal",   "råd",   "udvalg", "nævn",   "center", "strand", "næs",  "odde",
        "toft",  "minde", "slot",  "fjord", "stræde", "kloster"};
    return endings.contains(part);
}

/// In how many passages a word stands with a capital, and in how many without.
struct Printed {
    std::size_t capitalised = 0;
    std::size_t small = 0;
};

}  // namespace

void assign_roles(QuestionView& question, const std::vector<Candidate>& candidates) {
    const auto printed = [&](const Aspect& aspect) {
        Printed result;
        for (const Candidate& candidate : candidates) {
            result.capitalised += candidate.view->capitalised.contains(aspect.surface) ? 1U : 0U;
            result.small += candidate.view->small.contains(aspect.surface) ? 1U : 0U;
        }
        return result;
    };
    const auto is_name = [&](const Aspect& aspect) {
        if (aspect.exact || aspect.year || aspect.capital) return true;
        if (question.language == "da" && aspect.kind == Kind::name) return true;
        if (!aspect.name) return false;
        // Papers write names with capitals; bodies they write as they like.
        const Printed as = printed(aspect);
        return !aspect.body.empty() || as.small == 0 || as.capitalised > 0;
    };
    const auto written_as_name = [&](const Aspect& aspect) {
        // English questions borrow Danish names only where they write them as names.
        if (question.language != "da") return false;
        const Printed as = printed(aspect);
        return as.capitalised > 0 && as.capitalised >= 4 * as.small;
    };
    // "skole" is a name's part in "hjortlund skole" and none in "skrive op til skole", whatever
    // headings do with capitals.
    const auto beside_name = [&](std::size_t i) {
        return (i > 0 && is_name(question.aspects[i - 1])) ||
               (i + 1 < question.aspects.size() && is_name(question.aspects[i + 1]));
    };
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        Aspect& aspect = question.aspects[i];
        // A compound may be a town: "Skovby".
        const auto parts = danish::Morphology::instance().split(aspect.lemma);
        const bool common = aspect.kind != Kind::unknown && aspect.kind != Kind::name &&
                            (parts.size() < 2 || !ends_as_name(parts.back()));
        const bool named =
            is_name(aspect) || (written_as_name(aspect) && (!common || beside_name(i)));
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
    // "hvor parkerer jeg, når der er møde": the doing is what is asked about.
    const auto names_matter = [](const Aspect& aspect) {
        return aspect.role == Role::head || (aspect.role == Role::entity && !aspect.adjunct);
    };
    if (std::any_of(question.aspects.begin(), question.aspects.end(), names_matter)) return;
    const auto doing =
        std::find_if(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
            return aspect.role == Role::verb && !aspect.adjunct && !aspect.focus;
        });
    if (doing != question.aspects.end()) doing->role = Role::head;
}

}  // namespace raadbot::answer
