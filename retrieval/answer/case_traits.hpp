// What a case is about and what its decisions are, read from their words. Pure.
#pragma once

#include <string_view>

#include "retrieval/answer/aspects.hpp"
#include "retrieval/answer/meetings.hpp"
#include "retrieval/answer/term_set.hpp"

namespace raadbot::answer {

/// 0..1: how far both parts of the asker's compound are said in a case, be it apart: "svejsehold"
/// in "Ekstra hold i svejsning". One of them at least its title must say; `ruled`: what was
/// recommended and decided in it.
[[nodiscard]] float coverage_of_parts(const Aspect& aspect, const TermSet& title,
                                      const TermSet& ruled);

/// "Har sagen om hallen været oppe før?": at which meetings a case has been.
[[nodiscard]] bool asks_case_history(std::string_view question);

/// "Hvem stemte på ...", "hvor mange stemmer fik ...": a person was voted for, not a matter.
[[nodiscard]] bool asks_who_elected(std::string_view question);

/// "Hvem fra landsbylisten stemte ja", "hvem var den ene socialdemokrat": members by name, not
/// that there were some.
[[nodiscard]] bool asks_who_of_party(std::string_view question);

/// "Hvem stemte imod", "hvilke partier": not how many.
[[nodiscard]] bool asks_who_voted(std::string_view question);

/// The line says who voted, by letter, name or all together; "7 imod" does not.
[[nodiscard]] bool names_voters(std::string_view line);

/// True when the council chose somebody: "Valg af borgmester", "blev valgt til formand".
[[nodiscard]] bool elects(const Decision& decision);

/// Sent out for comments: the council has yet to adopt it.
[[nodiscard]] bool is_out_for_hearing(const Decision& decision);

}  // namespace raadbot::answer
