// Where a page of meetings has what, for a CMS whose agendas no reader knows by itself. Values
// only; the selectors are CSS (see ingest/html_select.hpp for how much of it).
#pragma once

#include <array>
#include <string>

namespace raadbot::sources {

struct AgendaSelectors {
    std::string item;  ///< Each agenda item as a whole; empty: the page is read by its look.
    // Within an item:
    std::string number;
    std::string title;
    std::string case_number;
    std::string closed;  ///< What only closed items have.
    // Of the page:
    std::string body;
    std::string date;
    std::string participants;
    std::string skip;  ///< What is no content.
    friend bool operator==(const AgendaSelectors&, const AgendaSelectors&) = default;
};

/// All of them, in one order for whoever writes and reads them.
template <class Selectors>
[[nodiscard]] auto fields_of(Selectors& s) {
    return std::array{&s.item, &s.number, &s.title,        &s.case_number, &s.closed,
                      &s.body, &s.date,   &s.participants, &s.skip};
}

}  // namespace raadbot::sources
