// Names as documents print them: persons ("Birgitte Holm", "Niels Ove Juhl") and bodies
// ("Social-, Senior- og Sundhedsudvalget", "Udvalget for By, Havn og Landdistrikter", "Byrådet").
// Read from capitals and the words around them, without a list. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/danish/text.hpp"

namespace raadbot::danish {

/// Two to four words with a capital in a row, in order of the text. An office or title before the
/// name ("Borgmester Jens Kragh") and a party's letter behind it are no part of it. A sentence's
/// first word counts, so headings may be taken for names: for looking up, not for telling.
[[nodiscard]] std::vector<Span> printed_persons(std::string_view text);

/// Councils and committees that are named in full, in order of the text.
[[nodiscard]] std::vector<Span> printed_bodies(std::string_view text);

/// True when both are the same person's name, whichever way å is written.
[[nodiscard]] bool same_person(std::string_view a, std::string_view b);

/// An office, by its dictionary form: "borgmester", "viceborgmester", "formand", "næstformand",
/// "skolechef", "kommunaldirektør"; empty when the (folded) word is no office.
[[nodiscard]] std::string office_of(std::string_view folded);

}  // namespace raadbot::danish
