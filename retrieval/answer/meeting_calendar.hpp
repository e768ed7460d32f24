// When bodies meet, as calendars print it: a column or a row for each body, a list under its name,
// several dates on one line. Pure.
#pragma once

#include <string>
#include <vector>

#include "retrieval/danish/text.hpp"
#include "retrieval/types.hpp"

namespace raadbot::answer {

/// One date of a meeting as a page has it.
struct CalendarEntry {
    Date date{};
    std::string key;   ///< danish::body_key of who meets.
    std::string body;  ///< As the page prints it.
    PassageId passage = 0;
    danish::Span quote;  ///< In the passage's text: the cell, row, item or sentence.
};

/// Every dated meeting in the passages of one document, in their order. `known`: bodies as printed.
/// A date without a year takes the only one that its row, table, heading or title names; without
/// any it is left out.
[[nodiscard]] std::vector<CalendarEntry> calendar_entries(
    const std::vector<StoredPassage>& document, const std::vector<std::string>& known);

}  // namespace raadbot::answer
