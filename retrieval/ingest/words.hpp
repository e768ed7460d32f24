// Small pieces of text that every parser needs: blanks, lower case, slugs, printed dates.
// Pure functions on UTF-8; not a tokenizer (retrieval/danish is).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/types.hpp"

namespace raadbot::ingest {

[[nodiscard]] std::string_view trim(std::string_view text);

/// One blank for each run of blanks (no-break and thin spaces too), none at the ends of lines; soft
/// hyphens, zero-width and control characters are gone. Line breaks stay when `keep_lines`.
[[nodiscard]] std::string tidy(std::string_view text, bool keep_lines = false);

/// Lower case of ASCII and of the Latin-1 letters (Æ Ø Å É ...).
[[nodiscard]] std::string lower(std::string_view text);

[[nodiscard]] std::size_t word_count(std::string_view text);
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The id that common Markdown renderers give a heading: lower case, punctuation out, '-' for
/// blanks.
[[nodiscard]] std::string slug(std::string_view heading);

/// Percent-encoding of everything but unreserved characters.
[[nodiscard]] std::string percent_encode(std::string_view text);

struct FoundDate {
    Date date;
    std::size_t begin = 0;
    std::size_t end = 0;
};
/// The first date in the text: "1. oktober 2025", "01-10-2025", "1/10 2025", "1.10.25",
/// "2025-10-01".
[[nodiscard]] std::optional<FoundDate> find_date(std::string_view text);

/// True when one of the words stands in the lower-cased text between non-letters.
[[nodiscard]] bool has_word(std::string_view lowered, std::string_view word);

}  // namespace raadbot::ingest
