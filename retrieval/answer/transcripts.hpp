// A meeting's recording as its transcript holds it: turns of speakers, parted into the items that
// the chair calls up. Pure.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "retrieval/answer/term_set.hpp"
#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

/// What one speaker says of one item: a passage, or the part of it before or from the next call.
struct SpokenTurn {
    StoredPassage passage;
    danish::Span part;     ///< In the passage's text.
    TermSet words;         ///< Its own.
    TermSet called_up;     ///< With what words the item was called up; empty when none was.
    TermSet item_name;     ///< Of those words, and of its chapter, only what names the item.
    TermSet around;        ///< All that is said in its item; without items the dozen turns before.
    std::size_t item = 0;  ///< Counts up with every item that is called up; 0 before the first.
    bool calls_up = false;
};

/// The turns of one document in order; passages that are not spoken are left out.
[[nodiscard]] std::vector<SpokenTurn> turns_of(const std::vector<StoredPassage>& document);

/// Whom the others call mayor ("Tak, borgmester.") right after he spoke and who calls up the items;
/// empty when nobody is.
[[nodiscard]] std::string_view mayor_in(const std::vector<SpokenTurn>& turns);

/// Who calls up all the items that are called up, of several; empty when more than one does.
[[nodiscard]] std::string_view chair_in(const std::vector<SpokenTurn>& turns);

/// Where in a turn the last item is called up ("Punkt 4 er ...", "Så går vi til punkt fire"), or
/// npos.
[[nodiscard]] std::size_t call_in(std::string_view text);

}  // namespace raadbot::answer
