// Danish text as tokens and sentences. Pure functions; no state, safe from any thread.
//
// Not for: meaning (see morphology, lexicon) or index terms (see retrieval/index).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace raadbot::danish {

enum class TokenKind {
    word,    ///< Letters, may hold inner hyphen or apostrophe ("17.4-udvalg" gives paragraph-like
             ///< parts).
    number,  ///< "25", "112.203", "3,5", "42,0"
    case_number,  ///< sagsnummer: "24/1187", "04.04.00-P20-3-24", "306-2009-600"
    paragraph,  ///< "§ 17", "§17", normalised to "§17"; stk/nr follow as their own tokens "stk4",
                ///< "nr2"
};

struct Token {
    std::string text;  ///< Folded: lower case, NFC, "é" -> "e" but æøå kept; numbers without
                       ///< thousands dots ("112203").
    std::size_t begin = 0;  ///< Byte range in the input.
    std::size_t end = 0;
    TokenKind kind = TokenKind::word;
};

/// Lower case and NFC; keeps æ ø å, strips other accents; invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string fold(std::string_view text);

[[nodiscard]] std::vector<Token> tokenize(std::string_view text);

/// Function words that carry no topic ("og", "hvad", "kan", "jeg", "the", ...), folded form.
[[nodiscard]] bool is_stop_word(std::string_view folded);

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

/// Sentences of a passage, as byte ranges without surrounding blanks. A line break always ends one
/// (lists and table rows are their own sentences); abbreviations ("kl.", "stk.", "nr.", "mio.",
/// "f.eks.", "jf.", "ca."), ordinals ("3. marts", "1. behandling"), initials and decimals do not.
[[nodiscard]] std::vector<Span> sentences(std::string_view text);

/// True when the bytes are well-formed UTF-8.
[[nodiscard]] bool is_valid_utf8(std::string_view text);
/// Replaces ill-formed sequences by U+FFFD and brings the text to NFC.
[[nodiscard]] std::string to_valid_nfc(std::string_view text);

}  // namespace raadbot::danish
