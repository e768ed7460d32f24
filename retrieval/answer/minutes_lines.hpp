// The lines of minutes as they are quoted. Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

inline constexpr std::size_t most_items = 20;   ///< Of a list that is quoted as a whole.
inline constexpr std::size_t most_options = 4;  ///< Among which an asker is asked to choose.
/// Of an answer that is no list.
inline constexpr std::size_t most_quotes = 4;

[[nodiscard]] std::vector<danish::Span> spans_of(const StoredPassage& p);
/// Into the passage's text, which must outlive it.
[[nodiscard]] std::string_view words_of(const StoredPassage& p, const danish::Span& span);
/// Who was away is not what was decided.
[[nodiscard]] bool is_attendance_line(std::string_view text);

}  // namespace raadbot::answer
