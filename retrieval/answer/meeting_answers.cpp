#include "retrieval/answer/meeting_answers.hpp"

#include <algorithm>
#include <array>

#include "retrieval/answer/agreement_answers.hpp"
#include "retrieval/answer/calendar_answers.hpp"
#include "retrieval/answer/case_answers.hpp"
#include "retrieval/answer/case_number_answers.hpp"
#include "retrieval/answer/case_traits.hpp"
#include "retrieval/answer/list_answers.hpp"
#include "retrieval/answer/meeting_pages.hpp"
#include "retrieval/answer/office_answers.hpp"
#include "retrieval/answer/speech_answers.hpp"
#include "retrieval/danish/morphology.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

bool asks_when_decided(const QuestionView& question) {
    if (question.type != QuestionType::when) return false;
    const danish::Morphology& morphology = danish::Morphology::instance();
    constexpr std::array<std::string_view, 10> verbs{"vedtage", "godkende", "beslutte", "afvise",
                                                     "bevilge", "forkaste", "approve",  "adopt",
                                                     "decide",  "behandle"};
    const std::string folded = danish::fold(question.text);
    for (const std::string_view stand : {"sagde", "sagt"}) {
        // "Hvornår sagde byrådet ja til hallen"
        const std::size_t at = folded.find(stand);
        if (at != std::string::npos && (folded.find(" ja til ", at) != std::string::npos ||
                                        folded.find(" nej til ", at) != std::string::npos))
            return true;
    }
    const auto tokens = danish::tokenize(question.text);
    // "Hvornår var sagen oppe i udvalget", "hvornår havde udvalget den oppe"
    const bool was = std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return token.text == "var" || token.text == "havde" || token.text == "har";
    });
    for (const danish::Token& token : tokens) {
        if (was && token.text == "oppe") return true;
        const std::string lemma = morphology.lemma(token.text);
        if (std::find(verbs.begin(), verbs.end(), lemma) != verbs.end()) return true;
    }
    return false;
}

/// "på mødet den 6. oktober", "byrådsmødet i går": one that was held.
bool speaks_of_the_meeting(std::string_view text) {
    const auto tokens = danish::tokenize(text);
    return std::any_of(tokens.begin(), tokens.end(), [](const danish::Token& token) {
        return token.text.ends_with("mødet") || token.text == "meeting";
    });
}

/// "Hvad skal der ske med slagteriet?": what was decided last.
bool asks_what_becomes_of(std::string_view question) {
    const std::string folded = danish::fold(question);
    return folded.find("skal der ske med") != std::string::npos ||
           folded.find("kommer der til at ske med") != std::string::npos;
}

std::optional<MeetingAnswer> as_answer(std::optional<Proof> proof) {
    if (!proof) return std::nullopt;
    return std::move(*proof);
}

}  // namespace

bool is_about_decisions(const QuestionView& question) {
    return question.type == QuestionType::decision || question.type == QuestionType::vote ||
           question.type == QuestionType::proposal || asks_when_decided(question) ||
           asks_case_history(question.text) || asks_what_becomes_of(question.text);
}

std::optional<MeetingAnswer> answer_from_meetings(
    const QuestionView& question, const MeetingScope& scope,
    const std::vector<PassageEvidence>& ranked, const std::vector<store::Store::Meeting>& meetings,
    const Library& library, const Date& today) {
    const store::Store& store = library.store();
    const Access& access = library.access();
    std::vector<std::string> bodies;
    for (const auto& meeting : meetings) {
        if (std::find(bodies.begin(), bodies.end(), meeting.body) == bodies.end())
            bodies.push_back(meeting.body);
    }
    if (auto told = answer_from_lists(question, ranked, bodies, library, today)) return told;
    if (auto told = answer_from_offices(question, bodies, library, today)) return told;
    if (auto told = answer_from_agreements(question, library)) return told;
    if (auto told = answer_from_calendar(question, meetings, bodies, library, today)) return told;
    if (scope.unmet) return std::nullopt;
    if (auto proof = answer_from_case_number(question, ranked, store, access))
        return as_answer(std::move(proof));
    // "Hvad er på dagsordenen?" asks for the page; "hvordan får jeg noget på dagsordenen" does not.
    // "Tage stilling til" and "snakke om" are what every meeting does.
    const bool stance = danish::fold(question.text).find("stilling til") != std::string::npos;
    const bool bare =
        std::all_of(question.aspects.begin(), question.aspects.end(), [&](const Aspect& aspect) {
            return aspect.light || !aspect.body.empty() || aspect.phrase ||
                   (stance && aspect.lemma == "stilling");
        });
    const bool page =
        (question.type == QuestionType::agenda && bare) ||
        question.type == QuestionType::attendance ||
        (question.type == QuestionType::decision && question.aspects.empty() && scope.limited());
    if (page) {
        if (const auto* meeting = meeting_meant(question, scope, meetings, today)) {
            if (question.type == QuestionType::decision) {
                if (meeting->paper != MeetingPaper::referat) return std::nullopt;
                return as_answer(decisions_of_meeting(*meeting, store, access));
            }
            return as_answer(answer_from_meeting_page(question, *meeting, store, access, today));
        }
        // The papers of a meeting that is none of the material's no calendar replaces.
        if (question.type == QuestionType::agenda && scope.limited()) return Untold{};
        return std::nullopt;
    }
    if (asks_for_speech(question)) {
        if (auto told = answer_from_speech(question, scope, ranked, bodies, library, today))
            return told;
    }
    if (asks_when_meeting(question)) {
        if (question.bodies.empty()) {
            Unclear unclear{Unclear::Kind::meeting, bodies_that_meet(meetings, today)};
            if (unclear.options.size() > 1) return unclear;
        }
        if (const auto* meeting = meeting_meant(question, scope, meetings, today)) {
            return as_answer(when_and_where(*meeting, store, access));
        }
        return std::nullopt;
    }
    if (!is_about_decisions(question) || question.aspects.empty()) return std::nullopt;
    return answer_from_cases(question, scope, ranked, store, access);
}

bool fits_scope(const QuestionView& question, const MeetingScope& scope, const PassageView& view,
                const Date& today) {
    const bool meeting_question =
        is_about_decisions(question) || question.type == QuestionType::said;
    if (scope.unmet && meeting_question) return false;
    if (meeting_question && scope.limited()) return scope.admits(view.stored);
    if (!scope.first && !scope.last) return true;
    // Whole years are held against the text elsewhere (they may stand in it without a meeting).
    if (question.whole_year) return true;
    if (view.stored.meeting) {
        MeetingScope dates = scope;
        dates.bodies.clear();
        return dates.admits(view.stored);
    }
    // "I marts", "den 3. juni": a page may say the month itself; single days near today ask about
    // now.
    if (scope.first && scope.last && *scope.first == *scope.last) {
        // What happened at a meeting only its own papers tell.
        return *scope.last >= today || !speaks_of_the_meeting(question.text);
    }
    // "Til næste uge": what holds now holds then.
    constexpr std::chrono::days week{7};
    if (scope.first && scope.last && *scope.last >= today &&
        std::chrono::sys_days(*scope.last) - std::chrono::sys_days(*scope.first) <= week)
        return true;
    static constexpr std::array<std::string_view, 12> months{
        "januar", "februar", "marts",     "april",   "maj",      "juni",
        "juli",   "august",  "september", "oktober", "november", "december"};
    if (!scope.first) return false;
    // "Næste sommer" is any of its months.
    Date month = *scope.first;
    for (std::size_t count = 0; count < months.size(); ++count) {
        if (view.text.strength(months[static_cast<unsigned>(month.month()) - 1]) > 0) return true;
        month = Date{month.year(), month.month(), std::chrono::day{1}} + std::chrono::months{1};
        if (!scope.last || month > *scope.last) return false;
    }
    return false;
}

}  // namespace raadbot::answer
