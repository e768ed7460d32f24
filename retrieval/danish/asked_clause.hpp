// Long questions tell a story before they ask: "Goddag, jeg er 78 år og blev opereret i hoften,
// hvor ofte kan jeg få hjælp til rengøring?" Which clauses ask, and which only tell.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

struct AskedClauses {
    /// Byte ranges of clauses that tell who asks and why; none when no other clause asks.
    std::vector<Span> story;
    /// Of what is told, the clause that names what the question only points at: "vi har set på
    /// salen ved åen, hvad koster den?". Not part of `story`.
    std::optional<Span> named;
    /// The last clause that asks; the whole text when nothing is told beside it.
    Span asked;
};

/// `text`: a question in NFC, Danish or English. Clauses end at commas and full stops; one tells
/// when it begins as a statement ("jeg", "min mor", "hej") and another one asks something of its
/// own. What is said without stops is cut where the verb comes before its subject. Pure.
[[nodiscard]] AskedClauses asked_clauses(std::string_view text);

/// Where the second of two questions begins: "hvad koster en plads, | og får man rabat?". Nothing
/// when the text asks once. Pure.
[[nodiscard]] std::optional<std::size_t> second_question(std::string_view text);

}  // namespace raadbot::danish
