#include "retrieval/answer/aspects.hpp"

#include <algorithm>

#include "retrieval/answer/aspect_builder.hpp"
#include "retrieval/answer/question_traits.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;

constexpr float context_scale = 0.4F;  // Weight of what an earlier question was about.

/// The earlier questions a follow-up leans on: back to the last one that stands alone.
std::vector<std::string> leaned_on(const std::vector<std::string>& previous) {
    std::vector<std::string> result;
    for (auto it = previous.rbegin(); it != previous.rend(); ++it) {
        result.push_back(*it);
        if (!danish::is_follow_up(*it)) break;
    }
    std::reverse(result.begin(), result.end());
    return result;
}

}  // namespace

std::string_view to_string(Role role) {
    switch (role) {
        case Role::entity: return "entity";
        case Role::head: return "head";
        case Role::adjunct: return "adjunct";
        case Role::verb: return "verb";
        case Role::quality: return "quality";
        case Role::light: return "light";
        case Role::phrase: return "phrase";
        case Role::context: return "context";
    }
    return "head";
}

float Aspect::coverage(const TermSet& terms) const { return coverage({&terms}, {1.0F}); }

float Aspect::coverage(const std::vector<const TermSet*>& sets,
                       const std::vector<float>& scales) const {
    float best = 0;
    for (const Alternative& alternative : alternatives) {
        if (alternative.weight <= best || alternative.terms.empty()) continue;
        float weakest = 1;
        for (const std::string& term : alternative.terms) {
            float strength = 0;
            for (std::size_t i = 0; i < sets.size(); ++i) {
                strength = std::max(strength, sets[i]->strength(term) * scales[i]);
            }
            weakest = std::min(weakest, strength);
            if (weakest == 0) break;
        }
        best = std::max(best, weakest * alternative.weight);
    }
    return best;
}

QuestionView view_question(const Question& question, const AspectInputs& inputs) {
    QuestionView view;
    view.text = danish::to_valid_nfc(question.text);
    view.language = std::string(danish::question_language(view.text));
    view.type = danish::question_type(view.text);
    view.money = danish::asks_for_money(view.text);
    view.money = view.money || (view.type == QuestionType::how_much && speaks_of_giving(view.text));
    view.contact = asks_for_contact(view.text);
    view.phone = asks_for_phone(view.text);
    const auto words = danish::tokenize(view.text);
    view.personal = std::any_of(words.begin(), words.end(), [](const Token& token) {
        return token.text == "jeg" || token.text == "man" || token.text == "mig" ||
               token.text == "min" || token.text == "mit" || token.text == "mine";
    });
    view.time = asks_for_time(view.text);
    // "Hvad hedder skolelederen" asks who.
    if (names_by_calling(view.text) && asks_for_holder(view.text)) view.type = QuestionType::who;
    view.person = view.type == QuestionType::who && asks_for_holder(view.text);
    view.follow_up = !question.previous.empty() && danish::is_follow_up(view.text);

    const Date today = danish::copenhagen_date(question.now);
    view.dates = dates_of(view.text, today);
    const std::vector<danish::BodyMention> bodies =
        danish::find_bodies(view.text, inputs.known_bodies);
    for (const danish::BodyMention& mention : bodies) view.bodies.push_back(mention.key);
    // What a body "says" it says by deciding.
    view.said = view.type == QuestionType::said;
    if (view.type == QuestionType::said && (!view.bodies.empty() || names_some_body(view.text))) {
        view.type = QuestionType::decision;
    }

    AspectBuilder builder(view, inputs);
    builder.add(view.text, view.dates, bodies, false);
    const bool says_topic = std::any_of(view.aspects.begin(), view.aspects.end(),
                                        [](const Aspect& aspect) { return !aspect.light; });
    // What leans on an earlier question: it says so, or it has no topic of its own.
    view.follow_up = !question.previous.empty() && (view.follow_up || !says_topic);
    builder.set_context_scale(says_topic ? context_scale : 1.0F);

    std::vector<std::string> context;
    if (view.follow_up) {
        context = leaned_on(question.previous);
        for (const std::string& earlier : context) {
            const QuestionType before = danish::question_type(earlier);
            if (view.type == QuestionType::unknown) {
                view.type = before;
                view.money = danish::asks_for_money(earlier);
            }
            view.search_text += earlier;
            view.search_text += ' ';
        }
    }
    view.search_text += view.text;

    for (const danish::DateMention& mention : view.dates) {
        if (const auto year = whole_year(mention)) builder.add_year(*year);
    }
    for (const std::string& earlier : context) {
        const auto earlier_dates = dates_of(earlier, today);
        const auto earlier_bodies = danish::find_bodies(earlier, inputs.known_bodies);
        builder.add(earlier, earlier_dates, earlier_bodies, true);
        if (view.dates.empty()) {
            view.dates = earlier_dates;
            for (const danish::DateMention& mention : view.dates) {
                if (const auto year = whole_year(mention)) builder.add_year(*year);
            }
        }
        if (view.bodies.empty()) {
            for (const danish::BodyMention& mention : earlier_bodies)
                view.bodies.push_back(mention.key);
        }
    }
    for (const Aspect& aspect : view.aspects) {
        if (aspect.light) continue;
        for (const Alternative& alternative : aspect.alternatives) {
            if (alternative.weight < 0.6F) continue;
            for (const std::string& term : alternative.terms) {
                if (!term.starts_with('~')) view.expanded_text += term + ' ';
            }
        }
    }
    return view;
}

}  // namespace raadbot::answer
