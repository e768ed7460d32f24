// A question cut into words, digit runs and marks, for the hand-written readers of dates, bodies,
// numbers and question types. Not for index terms (see text.hpp): a piece keeps every mark and
// blank that a date needs. Pure functions; no state, safe from any thread.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

enum class PieceKind { word, digits, mark };

struct Piece {
    PieceKind kind = PieceKind::mark;
    std::string text;  ///< Folded word, the digits, or the mark as it stands ("-" for every dash).
    std::string key;   ///< Words: loose_key of the text. Otherwise the text.
    std::size_t begin = 0;  ///< Byte range in the input.
    std::size_t end = 0;
    bool spaced = false;  ///< Blank, NBSP or line break stands before it.
};

/// Cuts a text; blanks give no piece. Invalid UTF-8 is taken byte by byte as marks.
[[nodiscard]] std::vector<Piece> pieces(std::string_view text);

/// One spelling for what people type instead of æøå: "hvornår", "hvornaar", "hvornar" -> "hvornar";
/// "økonomi", "oekonomi", "okonomi" -> "okonomi"; æ and ae -> "ae".
[[nodiscard]] std::string loose_key(std::string_view folded);

/// True when the words of the phrase (loose keys, separated by blanks) stand at pieces[at],
/// unbroken by marks.
[[nodiscard]] bool phrase_at(const std::vector<Piece>& pieces, std::size_t at,
                             std::string_view phrase);

/// Damerau-Levenshtein distance (neighbouring letters swapped count once), cut off above `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// True when key is one of the given ones.
[[nodiscard]] bool one_of(std::string_view key, std::initializer_list<std::string_view> keys);

}  // namespace raadbot::danish
