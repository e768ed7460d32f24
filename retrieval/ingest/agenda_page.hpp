// Meeting pages: FirstAgenda/Prepare's rows by their own marks, every other system's by what an
// agenda looks like (numbered items with case numbers and named sections).
#pragma once

#include <optional>

#include "retrieval/ingest/html_dom.hpp"

namespace raadbot::ingest {

/// The page's meeting, or nothing when it is no agenda, minutes or item of one.
[[nodiscard]] std::optional<Parsed> read_agenda_page(const ParseInput& input,
                                                     const HtmlDocument& document);

/// The same by the source's own selectors; nothing when it has none or the page has no such items.
[[nodiscard]] std::optional<Parsed> read_selected_agenda(const ParseInput& input,
                                                         const HtmlDocument& document);

void add_file_links(Node from, std::vector<std::string>& to);
/// Of everything that its own mark says is closed, also where no reader sees an item.
void add_closed_links(Node from, std::vector<std::string>& to);

}  // namespace raadbot::ingest
