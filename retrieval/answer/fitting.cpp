#include "retrieval/answer/fitting.hpp"

#include <algorithm>

#include "retrieval/answer/binding.hpp"
#include "retrieval/answer/fact_words.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

/// "søskenderabat?" after a price.
bool asks_for_share(const QuestionView& question) {
    return std::any_of(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
        return !aspect.context && is_told_in_shares(aspect.lemma);
    });
}

/// "Hvor mange gange"
bool counts_times(const QuestionView& question) {
    const auto tokens = danish::tokenize(question.text);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const bool many = tokens[i - 1].text == "mange" || tokens[i - 1].text == "many";
        if (many && (tokens[i].text == "gange" || tokens[i].text == "times")) return true;
    }
    return false;
}

/// "Hvor mange dage"
bool counts_time(const QuestionView& question) {
    const auto tokens = danish::tokenize(question.text);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].text != "mange" && tokens[i].text != "many") continue;
        const std::string& counted = tokens[i + 1].text;
        if (said_by(counted).duration_unit) return true;
    }
    return false;
}

/// "Hvor høj", "hvor dybt": of what lasts one asks "hvor lang".
bool asks_for_height(const QuestionView& question) {
    const auto tokens = danish::tokenize(question.text);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const std::string& next = tokens[i + 1].text;
        if (tokens[i].text == "hvor" &&
            (next.starts_with("høj") || next.starts_with("dyb") || next.starts_with("bred") ||
             next.starts_with("tung") || next.starts_with("tyk")))
            return true;
    }
    return false;
}

/// "Hvad er vagtnummeret"
bool asks_for_number(const QuestionView& question) {
    return std::any_of(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
        return !aspect.context && aspect.lemma.ends_with("nummer");
    });
}

}  // namespace

std::vector<std::string> numbers_of(const QuestionView& question) {
    std::vector<std::string> numbers;
    if (question.type != QuestionType::how_much) return numbers;
    for (const danish::Token& token : danish::tokenize(question.text)) {
        if (token.kind == danish::TokenKind::number) numbers.push_back(token.text);
    }
    return numbers;
}

bool only_repeats_numbers(const std::vector<std::string>& asked, std::string_view text) {
    bool repeated = false;
    for (const danish::Token& token : danish::tokenize(text)) {
        if (token.kind == danish::TokenKind::word) {
            if (said_by(token.text).number || said_by(token.text).written_number) return false;
            continue;
        }
        if (std::find(asked.begin(), asked.end(), token.text) == asked.end()) return false;
        repeated = true;
    }
    return repeated;
}

bool asks_for_queue(const QuestionView& question) {
    return std::any_of(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
        return !aspect.context && (aspect.lemma == "kø" || aspect.lemma.ends_with("venteliste"));
    });
}

bool is_about_meetings(danish::QuestionType type) {
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
    if (question.wanted == Wanted::percent) return facts.percent;
    switch (question.type) {
        case QuestionType::when:
            // "Betales senest den 5. i måneden" is no opening time.
            if (question.time) return facts.time || (facts.date && !facts.money);
            // "Prisen er 40 kr. i 2026": of what year the sum is, and not when something happens.
            return (facts.date && !(facts.only_year && facts.money)) || facts.time ||
                   facts.duration || facts.deadline;
        case QuestionType::how_much:
            if (question.wanted == Wanted::measure)
                return facts.size || (facts.duration && !asks_for_height(question)) ||
                       (facts.count && asks_for_queue(question));
            // "Hvor meget": kroner, a share of them, so many of something, but no days.
            if (question.wanted == Wanted::quantity)
                return facts.counted || facts.size || facts.money ||
                       (facts.phone && asks_for_number(question));
            // "Hvor mange dage før": so many, and no date.
            if (question.wanted == Wanted::duration && counts_time(question)) return facts.duration;
            if (question.wanted == Wanted::duration)
                return facts.duration || facts.time || facts.deadline ||
                       (facts.date && !facts.money);
            if (question.wanted == Wanted::date) return facts.date || facts.duration;
            if (question.wanted == Wanted::frequency)
                return facts.recurs || facts.count || facts.duration;
            if (question.wanted == Wanted::count && counts_times(question))
                return facts.counted || facts.recurs;
            // "Hvor mange børn" is not told by "efter tre måneder".
            if (question.wanted == Wanted::count && !question.money && !counts_time(question))
                return facts.counted;
            return question.money ? facts.money || facts.free || facts.pay_share ||
                                        (facts.number && money_unit) ||
                                        (facts.percent && asks_for_share(question))
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

}  // namespace raadbot::answer
