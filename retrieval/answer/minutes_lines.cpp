#include "retrieval/answer/minutes_lines.hpp"

#include "retrieval/answer/passage_view.hpp"

namespace raadbot::answer {

std::vector<danish::Span> spans_of(const StoredPassage& p) {
    return quotable_spans(p.passage.text);
}

std::string_view words_of(const StoredPassage& p, const danish::Span& span) {
    return std::string_view(p.passage.text).substr(span.begin, span.end - span.begin);
}

bool is_attendance_line(std::string_view text) {
    const std::string folded = danish::fold(text);
    return folded.starts_with("fraværende") || folded.starts_with("afbud") ||
           folded.starts_with("ikke til stede") || folded.starts_with("til stede") ||
           folded.starts_with("mødt") || folded.starts_with("tilstede") ||
           folded.starts_with("følgende deltog ikke") || folded.starts_with("deltog ikke");
}

}  // namespace raadbot::answer
