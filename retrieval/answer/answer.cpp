#include "retrieval/answer/answer.hpp"

#include <stdexcept>

namespace raadbot::answer {
namespace {

std::string span_of(const SourceCard& card, std::size_t begin, std::size_t end) {
    const std::string& text = card.passage.passage.text;
    if (begin >= end || end > text.size()) {
        throw std::logic_error("a citation's span lies outside its passage");
    }
    return text.substr(begin, end - begin);
}

}  // namespace

std::string_view to_string(RefusalReason reason) {
    switch (reason) {
        case RefusalReason::out_of_scope: return "out_of_scope";
        case RefusalReason::no_answer_in_material: return "no_answer_in_material";
        case RefusalReason::policy_making: return "policy_making";
        case RefusalReason::personal_data: return "personal_data";
        case RefusalReason::closed_item: return "closed_item";
        case RefusalReason::instruction_in_question: return "instruction_in_question";
        case RefusalReason::paused: return "paused";
        case RefusalReason::rate_limited: return "rate_limited";
    }
    return "no_answer_in_material";
}

Sentence Sentence::quote(const SourceCard& card, std::size_t begin, std::size_t end) {
    std::string text = span_of(card, begin, end);
    const bool item = text.starts_with("- ");
    // The list marker is layout, not words of the source.
    const std::size_t skip = item ? 2 : 0;
    return {text.substr(skip), Citation{card.number, begin + skip, end}, item};
}

void Sentence::also_cite(const SourceCard& card, std::size_t begin, std::size_t end) {
    static_cast<void>(span_of(card, begin, end));
    const Citation citation{card.number, begin, end};
    for (const Citation& known : citations_) {
        if (known.card == citation.card) return;
    }
    citations_.push_back(citation);
}

}  // namespace raadbot::answer
