// What the section or the lead-in of a list is called that answers a turn of question: "hvad skal
// jeg have med" is answered under "Medbring" or "vedlægges følgende". Pure functions; safe from any
// thread.
#pragma once

#include <span>
#include <string_view>

namespace raadbot::danish {

struct SectionSought {
    /// Beginnings of words (loose keys, see pieces.hpp; phrases separated by blanks) of which such
    /// a heading holds one; empty when the question has no such turn. They live as long as the
    /// program.
    std::span<const std::string_view> called;
    /// Words (lemmas) that only ask, as the material may name each thing and not the kind:
    /// "hvilke papirer".
    std::span<const std::string_view> asked_as;
    bool in_sentences = false;  ///< A sentence that holds one answers too: "Medbring dit pas."
};

[[nodiscard]] SectionSought section_sought(std::string_view question);

/// True when the words hold one of the beginnings.
[[nodiscard]] bool is_called(std::string_view words, std::span<const std::string_view> beginnings);

}  // namespace raadbot::danish
