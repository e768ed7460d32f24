#include "retrieval/answer/case_number_answers.hpp"

#include <algorithm>

#include "retrieval/answer/composer.hpp"
#include "retrieval/answer/minutes_lines.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {
namespace {

using danish::QuestionType;

bool is_case_number_word(std::string_view word) {
    return word.starts_with("sagsn") || word.starts_with("journaln");
}

/// "Sagsnummer på støjskærmen", "hvad er nummeret på sagen om havnen"
bool asks_for_case_number(const QuestionView& question) {
    const std::vector<danish::Token> tokens = danish::tokenize(question.text);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].text.starts_with("nummer") && tokens[i + 1].text == "på" &&
            tokens[i + 2].text.starts_with("sag"))
            return true;
    }
    return std::any_of(tokens.begin(), tokens.end(),
                       [](const danish::Token& token) { return is_case_number_word(token.text); });
}

bool names_case_number(const Aspect& aspect) { return is_case_number_word(aspect.surface); }

/// The first passage of a numbered case whose title names all that is asked about, else whose text
/// does; null when there is none.
const PassageEvidence* case_meant(const QuestionView& question,
                                  const std::vector<PassageEvidence>& ranked) {
    constexpr float called = 0.4F;
    constexpr float spoken_of = 0.6F;
    const auto first = [&](const TermSet PassageView::*where,
                           float least) -> const PassageEvidence* {
        for (const PassageEvidence& e : ranked) {
            const StoredPassage& p = e.view->stored;
            if (!p.meeting || p.meeting->case_number.empty() || !e.barred.empty() ||
                spans_of(p).empty())
                continue;
            bool asked = false;
            bool covered = true;
            for (const Aspect& aspect : question.aspects) {
                if (names_case_number(aspect) || aspect.light || aspect.phrase) continue;
                asked = true;
                covered = covered && aspect.coverage((*e.view).*where) >= least;
            }
            if (asked && covered) return &e;
        }
        return nullptr;
    };
    const PassageEvidence* titled = first(&PassageView::title, called);
    return titled != nullptr ? titled : first(&PassageView::text, spoken_of);
}

/// What the newest papers say the case is about, and what came of it.
std::optional<Proof> about_case(const std::vector<StoredPassage>& passages) {
    const auto newest = [&](std::initializer_list<Section> sections) {
        const StoredPassage* found = nullptr;
        for (const Section section : sections) {
            for (const StoredPassage& p : passages) {
                const bool fits = p.meeting && p.passage.section == section &&
                                  !p.passage.decided_on && p.passage.decided_by.empty();
                if (fits && (found == nullptr || found->meeting->date < p.meeting->date))
                    found = &p;
            }
            if (found != nullptr) break;
        }
        return found;
    };
    constexpr std::size_t most_of_summary = 2;
    ProofBuilder builder;
    for (const StoredPassage* p :
         {newest({Section::resume, Section::sagsfremstilling}), newest({Section::beslutning})}) {
        if (p == nullptr) continue;
        std::size_t quoted = 0;
        for (const danish::Span& span : spans_of(*p)) {
            if (is_attendance_line(words_of(*p, span))) continue;
            const bool decision = p->passage.section == Section::beslutning;
            builder.quote(*p, span,
                          builder.empty() ? std::optional(Lead{p->title, p->meeting->date})
                          : quoted == 0 && decision ? lead_of(*p)
                                                    : std::nullopt);
            if (++quoted == most_of_summary) break;
        }
    }
    return builder.empty() ? std::nullopt : std::optional(builder.take());
}

}  // namespace

std::vector<std::string> case_numbers_in(std::string_view text) {
    std::vector<std::string> numbers;
    for (const danish::Token& token : danish::tokenize(text)) {
        if (token.kind != danish::TokenKind::case_number) continue;
        std::string printed = token.text;
        for (char& c : printed) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        numbers.push_back(std::move(printed));
    }
    return numbers;
}

std::optional<Proof> answer_from_case_number(const QuestionView& question,
                                             const std::vector<PassageEvidence>& ranked,
                                             const store::Store& store, const Access& access) {
    if (const auto numbers = case_numbers_in(question.text); !numbers.empty()) {
        const bool bare =
            std::all_of(question.aspects.begin(), question.aspects.end(), [](const Aspect& aspect) {
                return aspect.light || aspect.exact || aspect.phrase || names_case_number(aspect);
            });
        const bool open = question.type == QuestionType::unknown ||
                          question.type == QuestionType::definition ||
                          question.type == QuestionType::said;
        if (!bare || !open) return std::nullopt;
        auto passages = store.case_passages(numbers.front());
        std::erase_if(passages, [&](const StoredPassage& p) { return !access.admits(p); });
        return about_case(passages);
    }
    if (!asks_for_case_number(question)) return std::nullopt;
    const PassageEvidence* found = case_meant(question, ranked);
    if (found == nullptr) return std::nullopt;
    const StoredPassage& p = found->view->stored;
    ProofBuilder builder;
    builder.quote(p, spans_of(p).front(),
                  Lead{p.title + ", sag " + p.meeting->case_number, p.meeting->date});
    return builder.take();
}

}  // namespace raadbot::answer
