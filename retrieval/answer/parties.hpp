// Which party a question asks about, and whether a speaker is of it: national parties by their
// names, short names and letters, local lists by what the material prints. Pure but for reading.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retrieval/answer/library.hpp"
#include "retrieval/answer/transcripts.hpp"
#include "retrieval/danish/text.hpp"

namespace raadbot::answer {

struct PartyAsked {
    std::vector<std::string> names;  ///< Folded, without inflection where it has one.
    std::string letter;              ///< On the ballot: "V"; empty for a local list.
    danish::Span span;               ///< In the question.
};

[[nodiscard]] std::optional<PartyAsked> party_asked(std::string_view question);

/// True when the text says the party's name, as words of its own.
[[nodiscard]] bool names_party(const PartyAsked& party, std::string_view text);

/// "Enhedslisten (Ø): 2 mandater. Gruppeformand Bo Dam": the line of a list names the party last
/// before the person that stands at byte `person` of `text`.
[[nodiscard]] bool listed_under(const PartyAsked& party, std::string_view text, std::size_t person);

/// True when the speaker calls the party his own ("Vi i Venstre"), the chair gives him the floor
/// for it, papers print its letter behind his name ("Pia Toft (V)"), or a
/// page lists him under it.
[[nodiscard]] bool belongs_to(const PartyAsked& party, const std::string& speaker,
                              const std::vector<SpokenTurn>& turns, const Library& library);

}  // namespace raadbot::answer
