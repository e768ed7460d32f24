// What belongs together across files and sources, found out after a reading: an agenda and the
// minutes of its meeting, a recording's turns and the items that they speak of.
//
// An agenda's item is joined with the minutes' item of the same source, body and day that has its
// title, or its case number. What both tell in the same words is kept once, the minutes' (see
// store/relations.hpp); answers that were given from the agenda are marked as superseded.
//
// A recording is matched to the items of its body and day (see spoken_items.hpp); its turns get the
// item's name as their heading. Only items that everybody who may see the recording may see take
// part.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retrieval/store/store.hpp"

namespace raadbot::ingest {

/// Brings all of that up to the store; cheap when nothing has changed since the last call.
void relate(store::Store& store);

/// Which passages of an agenda's document the minutes' document tells in the same words, under the
/// same kind of section. Pure.
[[nodiscard]] std::vector<PassageId> told_by_both(const std::vector<StoredPassage>& agenda,
                                                  const std::vector<StoredPassage>& minutes);

}  // namespace raadbot::ingest
