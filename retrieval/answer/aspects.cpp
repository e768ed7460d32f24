#include "retrieval/answer/aspects.hpp"

#include <algorithm>

#include "retrieval/answer/aspect_builder.hpp"
#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/leaning.hpp"
#include "retrieval/answer/question_traits.hpp"
#include "retrieval/danish/asked_clause.hpp"
#include "retrieval/danish/pieces.hpp"
#include "retrieval/danish/plain_wording.hpp"
#include "retrieval/danish/printed_dates.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;
using danish::Token;

bool is_told(const danish::DateMention& mention, const danish::AskedClauses& clauses) {
    const auto within = [&](const danish::Span& span) {
        return mention.begin >= span.begin && mention.end <= span.end;
    };
    return (clauses.named && within(*clauses.named)) ||
           std::any_of(clauses.story.begin(), clauses.story.end(), within);
}

/// "Hvad kommer dagplejen til at koste efter nytår": next year's price.
bool speaks_of_new_year(std::string_view text) {
    const std::string folded = danish::fold(text);
    return folded.find("efter nytår") != std::string::npos ||
           folded.find("fra nytår") != std::string::npos ||
           folded.find("efter årsskiftet") != std::string::npos;
}

constexpr std::size_t longest_chain = 4;  // Earlier questions that one may lean on, in a row.

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

Question earlier_question(const Question& question) {
    Question earlier = question;
    earlier.text = question.previous.back();
    earlier.previous.pop_back();
    if (earlier.previous.size() > longest_chain) {
        earlier.previous.erase(earlier.previous.begin(),
                               earlier.previous.end() - static_cast<std::ptrdiff_t>(longest_chain));
    }
    return earlier;
}

float Typical::share(const std::vector<const TermSet*>& sets) const {
    float sum = 0;
    for (const TypicalWord& word : words) {
        float weakest = 1;
        for (const std::string& term : word.terms) {
            float strength = 0;
            for (const TermSet* set : sets) strength = std::max(strength, set->strength(term));
            weakest = std::min(weakest, strength);
        }
        sum += word.weight * weakest;
    }
    return std::min(sum, 1.0F);
}

QuestionView view_question(const Question& question, const AspectInputs& inputs) {
    QuestionView view;
    const Date today = danish::copenhagen_date(question.now);
    view.text = danish::plain_wording(
        with_counted_year(danish::to_valid_nfc(question.text), question.previous, today));
    view.language = std::string(danish::question_language(view.text));
    AspectBuilder builder(view, inputs);
    // What is asked for shows in words that may be misspelled as well.
    const std::string whole = builder.repaired_text(view.text);
    const danish::Span asked = danish::asked_clauses(whole).asked;
    const std::string meant = whole.substr(asked.begin, asked.end - asked.begin);
    view.type = danish::question_type(meant);
    if (const auto amount = asks_for_amount(meant);
        amount && (view.type == QuestionType::unknown || view.type == QuestionType::definition)) {
        view.type = *amount == Wanted::date ? QuestionType::when : QuestionType::how_much;
        view.wanted = *amount;
        view.money = *amount == Wanted::money;
    }
    view.money = view.money || danish::asks_for_money(meant) ||
                 (view.type == QuestionType::how_much && speaks_of_giving(meant));
    // "Hvad skulle hallen koste", "hvad tager I for en plads"
    const bool sold = meant.find("solgt for") != std::string::npos;
    if ((view.type == QuestionType::unknown || (view.type == QuestionType::decision && sold)) &&
        asks_for_price(meant)) {
        view.type = QuestionType::how_much;
        view.money = true;
    }
    view.contact = asks_for_contact(meant);
    view.phone = asks_for_phone(meant);
    const auto words = danish::tokenize(meant);
    view.personal = std::any_of(words.begin(), words.end(), [](const Token& token) {
        return danish::one_of(token.text, {"jeg", "man", "vi", "mig", "min", "mit", "mine"});
    });
    view.own_case = speaks_of_asker(words);
    view.opening = opening_of(words);
    view.time = asks_for_time(meant);
    // "Hvad hedder skolelederen" asks who.
    if (names_by_calling(meant) && asks_for_holder(meant)) view.type = QuestionType::who;
    view.person = view.type == QuestionType::who && asks_for_holder(meant);
    if (view.phone) view.wanted = Wanted::phone;
    if (view.wanted == Wanted::nothing) view.wanted = wanted_by(meant, view.type, view.money);

    view.dates = dates_of(view.text, today);
    // When something happened that the asker tells of is not the time that is asked about.
    const danish::AskedClauses clauses = danish::asked_clauses(view.text);
    std::vector<danish::DateMention> said_dates;  // Their words are no things.
    std::erase_if(view.dates, [&](const danish::DateMention& mention) {
        const bool told = is_told(mention, clauses);
        if (told) said_dates.push_back(mention);
        return told;
    });
    const std::vector<danish::BodyMention> bodies =
        danish::find_bodies(view.text, inputs.known_bodies);
    for (const danish::BodyMention& mention : bodies) view.bodies.push_back(mention.key);
    // "i juli", "om sommeren": any year's, unless a meeting is asked for.
    if (!asks_about_meetings(view.type) && bodies.empty() && !speaks_of_meetings(view.text)) {
        std::erase_if(view.dates, [&](const danish::DateMention& mention) {
            return is_time_of_year(view.text, mention);
        });
    }
    // What a body "says" it says by deciding.
    view.said = view.type == QuestionType::said;
    view.status = asks_for_status(view.text);
    if (view.type == QuestionType::said && (!view.bodies.empty() || names_some_body(view.text))) {
        view.type = QuestionType::decision;
    }

    said_dates.insert(said_dates.end(), view.dates.begin(), view.dates.end());
    builder.add(view.text, said_dates, bodies);
    std::erase_if(view.dates, [&](const danish::DateMention& mention) {
        if (!is_year_of_thing(view.text, mention)) return false;
        builder.add_year(*whole_year(mention));
        return true;
    });
    for (const danish::DateMention& mention : view.dates) {
        const std::string_view said =
            mention.end <= view.text.size()
                ? std::string_view(view.text).substr(mention.begin, mention.end - mention.begin)
                : std::string_view();
        // "Hvad koster dagplejen fra 1. januar 2027": the prices of that year.
        auto year = whole_year(mention);
        if (!year && view.money && !asks_about_meetings(view.type)) year = danish::only_year(said);
        if (!year) continue;
        // "Vælge næste år": a rule that holds every year names none; a price is that year's.
        const bool said_in_words = said.find_first_of("0123456789") == std::string_view::npos;
        builder.add_year(*year, view.money || !said_in_words);
    }
    if (view.money && speaks_of_new_year(view.text))
        builder.add_year(static_cast<int>(today.year()) + 1);
    view.typical = builder.typical(meant);
    view.search_text = view.text;
    // What leans on an earlier question: it says so, or it has no topic of its own.
    danish::FollowUp form = danish::read_follow_up(view.text);
    const bool says_topic = std::any_of(
        view.aspects.begin(), view.aspects.end(),
        [](const Aspect& aspect) { return !aspect.light && !aspect.year && !aspect.phrase; });
    view.follow_up = !question.previous.empty() && (form.leans || form.may_lean || !says_topic);
    if (view.follow_up) {
        lean_on(view, form, view_question(earlier_question(question), inputs));
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
    if (!view.typical.words.empty()) view.typical_text = view.text;
    for (const TypicalWord& word : view.typical.words) {
        for (const std::string& term : word.terms) view.typical_text += ' ' + term;
    }
    return view;
}

}  // namespace raadbot::answer
