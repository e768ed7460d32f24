#include "retrieval/answer/credits.hpp"

#include <algorithm>
#include <string>

#include "retrieval/answer/fitting.hpp"
#include "retrieval/answer/question_plan.hpp"
#include "retrieval/danish/bodies.hpp"
#include "retrieval/danish/calendar.hpp"
#include "retrieval/danish/printed_dates.hpp"

namespace raadbot::answer {
namespace {

constexpr float age_strength = 0.9F;    // "18-66 år" for "en på 30".
constexpr float group_strength = 0.6F;  // "18-66 år" for "en voksen".

/// True when the text says the year, and only as the last of several: "Budget 2026-2029".
bool only_ends_with(std::string_view text, std::string_view year) {
    constexpr std::size_t digits = 4;
    bool ends = false;
    for (std::size_t at = text.find(year); at != std::string_view::npos;
         at = text.find(year, at + 1)) {
        std::string_view before = text.substr(0, at);
        const std::string_view dash = before.ends_with("-") ? "-" : "\xE2\x80\x93";
        if (!before.ends_with(dash)) return false;
        before.remove_suffix(dash.size());
        if (before.size() < digits ||
            before.substr(before.size() - digits).find_first_not_of("0123456789") !=
                std::string_view::npos) {
            return false;
        }
        ends = true;
    }
    return ends;
}

/// "Alder: 18-66 år" covers "en på 30", and nothing of "en på 15".
void credit_age(const QuestionView& question, const SentenceView& sentence, Coverage& coverage) {
    if (sentence.ages.empty()) return;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.age) continue;
        if (!holds_age(sentence.ages, *aspect.age)) {
            coverage[i] = 0;  // "Under 70 år" is not for one "over 70".
            continue;
        }
        coverage[i] = std::max(coverage[i], is_number(aspect) ? age_strength : group_strength);
    }
}

/// "10-12 m" covers "11 meter"; "indtil 10 m" nothing of it.
void credit_measures(const std::vector<MeasureAsked>& asked, const SentenceView& sentence,
                     Coverage& coverage) {
    constexpr float told = 0.9F;
    for (const MeasureAsked& one : asked) {
        const Held held = held_by(one, sentence.measures);
        if (held == Held::untold) continue;
        for (const std::size_t i : one.aspects)
            coverage[i] = held == Held::yes ? std::max(coverage[i], told) : 0.0F;
    }
}

/// "1. april-30. september" covers "i juli", and "om sommeren".
void credit_months(const QuestionView& question, const SentenceView& sentence, Coverage& coverage) {
    constexpr float told = 0.9F;
    if (!sentence.facts.date) return;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        for (const Alternative& alternative : question.aspects[i].alternatives) {
            if (alternative.terms.size() != 1) continue;
            const unsigned month = danish::month_number(alternative.terms.front());
            if (month != 0 && sentence.months.at(month - 1))
                coverage[i] = std::max(coverage[i], alternative.weight * told);
        }
    }
}

/// "Senest den 1. maj" tells a "frist" without its name.
void credit_deadline(const QuestionView& question, const Facts& facts, Coverage& coverage) {
    constexpr float told = 0.85F;
    if (!facts.deadline || (!facts.date && !facts.time && !facts.duration)) return;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const std::string& lemma = question.aspects[i].lemma;
        if (lemma == "frist" || lemma == "deadline" || lemma == "tidsfrist")
            coverage[i] = std::max(coverage[i], told);
    }
}

}  // namespace

bool is_number(const Aspect& aspect) {
    return aspect.surface.front() >= '0' && aspect.surface.front() <= '9';
}

void credit_year(const QuestionView& question, const PassageView& view, Coverage& coverage) {
    const StoredPassage& p = view.stored;
    if (!p.meeting || !p.meeting->date) return;
    if (!is_about_meetings(question.type) && titled_by_other_year(question, view)) return;
    const std::string year = std::to_string(static_cast<int>(p.meeting->date->year()));
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        if (question.aspects[i].year && question.aspects[i].surface == year) coverage[i] = 1;
    }
}

void credit_body(const QuestionView& question, const StoredPassage& passage, Coverage& coverage) {
    constexpr float met = 0.9F;
    if (!passage.meeting) return;
    for (std::size_t i = 0; i < coverage.size(); ++i) {
        const std::string& asked = question.aspects[i].body;
        if (asked.empty()) continue;
        const std::string& decided_by = passage.passage.decided_by;
        const std::string& body = decided_by.empty() ? passage.meeting->body : decided_by;
        if (danish::body_key(body) == asked) coverage[i] = std::max(coverage[i], met);
    }
}

void discredit_last_years(const QuestionView& question, const StoredPassage& p, Coverage& title,
                          Coverage& in_headings) {
    if (!question.money) return;
    for (std::size_t i = 0; i < question.aspects.size(); ++i) {
        const Aspect& aspect = question.aspects[i];
        if (!aspect.year && !danish::only_year(aspect.surface)) continue;
        if (only_ends_with(p.title, aspect.surface)) title[i] = 0;
        const auto& headings = p.passage.headings;
        const bool named = std::any_of(headings.begin(), headings.end(), [&](const auto& line) {
            return line.find(aspect.surface) != std::string::npos &&
                   !only_ends_with(line, aspect.surface);
        });
        if (!named) in_headings[i] = 0;
    }
}

void credit_exclusive(const QuestionView& question, const SentenceView& sentence,
                      Coverage& coverage) {
    constexpr float told = 0.7F;
    if (!sentence.exclusive || question.type != danish::QuestionType::yes_no) return;
    const bool named = std::any_of(sentence.marks.begin(), sentence.marks.end(),
                                   [](const Mark& mark) { return mark.kind == Mark::Kind::name; });
    for (std::size_t i = 0; named && i < coverage.size(); ++i) {
        if (question.aspects[i].role == Role::entity) coverage[i] = std::max(coverage[i], told);
    }
}

void discredit_others(const QuestionView& question, const PassageView& view,
                      const SentenceView& sentence, Coverage& own, Coverage& place) {
    constexpr float another_thing = 0.4F;
    for (std::size_t i = 0; i < place.size(); ++i) {
        if (place[i] <= another_thing ||
            !is_row_of_another(question, question.aspects[i], view, sentence)) {
            continue;
        }
        own[i] = std::min(own[i], another_thing);
        place[i] = another_thing;
    }
}

void credit_told(const QuestionView& question, const Demands& demands, const SentenceView& sentence,
                 Coverage& coverage) {
    credit_age(question, sentence, coverage);
    credit_measures(demands.measures, sentence, coverage);
    credit_deadline(question, sentence.facts, coverage);
    credit_months(question, sentence, coverage);
}

}  // namespace raadbot::answer
